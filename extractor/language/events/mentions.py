"""Words that name an event, and what speaks for and against its being what the article reports.

Every piece of evidence has a name and a weight (`events.evidence` in the rule data); a mention's score is their sum.
"""

from __future__ import annotations

import datetime
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from extractor.language.phrases import PhraseTable
from extractor.language.state import Annotations, Range, Timex
from extractor.patterns import PatternSet, Rule, Scalar

ASSERTED, PLANNED, DENIED, SUPPOSED = "asserted", "planned", "denied", "hypothetical"
DAY_TYPES: Final = ("DATE", "TIME")
DAY_LENGTH: Final = len("2024-07-27")
_LEAD, _EARLY, _OPENING = 2, 4, 8
_MIN_LEAD_TOKENS: Final = 6
_HELD_BEFORE, _HELD_AFTER, _OCCASION, _MODAL, _WINDOW, _SUBORDINATE = 8, 9, 5, 5, 10, 2
_CITED: Final = 2
_ENDS: Final = '.!?"”…'


@dataclass(slots=True)
class Mention:
    """A trigger in the text.

    Attributes:
        rule: The rule of its type.
        first: Its first token.
        last: The token after it.
        sentence: The characters of its sentence.
        modality: Whether the event took place.
        verb: Whether the trigger is a verb.
        hosted: Whether it names a meeting to which a committee invites others.
        weak: Whether the trigger often means something else.
        quoted: Whether it stands between quotation marks.
        evidence: Names of what speaks for and against it.
        score: Sum of their weights.
        date: The day told in the same sentence.
    """

    rule: Rule
    first: int
    last: int
    sentence: Range
    modality: str = ASSERTED
    verb: bool = False
    hosted: bool = False
    weak: bool = False
    quoted: bool = False
    evidence: list[str] = field(default_factory=list)
    score: float = 0
    date: Timex | None = None

    @property
    def type(self) -> str:
        """The event's type."""
        return str(self.rule.set["type"])

    @property
    def general(self) -> bool:
        """Whether the trigger only says that there is an event, not which."""
        return bool(self.rule.set.get("general"))


@dataclass(frozen=True, slots=True)
class EventWords:
    """Words around a trigger, see `patterns/events/words.yml`; the keys of `weights` are the pieces of evidence."""

    weights: Mapping[str, float]
    limits: Mapping[str, float]
    held: frozenset[str]
    is_held: frozenset[str]
    organized: PhraseTable[None]
    hosts: PhraseTable[None]
    locatives: frozenset[str]
    occasions: frozenset[str]
    afterwards: frozenset[str]
    fillers: frozenset[str]
    background: PhraseTable[None]
    statements: PhraseTable[None]
    cited: frozenset[str]
    planned: frozenset[str]
    denied: frozenset[str]
    supposed: frozenset[str]
    after: frozenset[str]
    attended: frozenset[str]
    presided: frozenset[str]
    welcomed: frozenset[str]
    crowds: frozenset[str]
    buildings: frozenset[str]
    honorifics: frozenset[str]
    sites: frozenset[str]
    follow_up: frozenset[str]
    pointers: frozenset[str]
    bodies: frozenset[str]
    body_parts: frozenset[str]
    event_names: frozenset[str]
    no_bodies: frozenset[str]
    courts: frozenset[str]
    members: frozenset[str]
    companions: frozenset[str]
    agent_heads: frozenset[str]
    generic_agents: frozenset[str]
    name_stops: frozenset[str]
    english_joints: frozenset[str]
    offices: frozenset[str]
    pronouns: frozenset[str]
    levels: frozenset[str]
    cases: frozenset[str]
    subordinate: frozenset[str]
    heads: Mapping[str, str]

    @classmethod
    def of(cls, patterns: PatternSet) -> EventWords:
        """The words of the rule data."""

        def listed(name: str) -> frozenset[str]:
            return frozenset(patterns.lexicon(f"events.{name}").phrases)

        def phrases(name: str) -> PhraseTable[None]:
            return PhraseTable((tuple(phrase.split()), None) for phrase in listed(name))

        def numbers(table: str) -> dict[str, float]:
            return {key: float(value or 0) for key, value in patterns.table(f"events.{table}").items()}

        return cls(
            weights=numbers("evidence"),
            limits=numbers("limits"),
            held=listed("held"),
            is_held=listed("is-held"),
            organized=phrases("organized"),
            hosts=phrases("hosts"),
            locatives=listed("locatives"),
            occasions=listed("occasions"),
            afterwards=listed("afterwards"),
            fillers=listed("fillers"),
            background=phrases("background"),
            statements=phrases("statements"),
            cited=listed("cited"),
            planned=listed("planned"),
            denied=listed("denied"),
            supposed=listed("supposed"),
            after=listed("after"),
            attended=listed("attended"),
            presided=listed("presided"),
            welcomed=listed("welcomed"),
            crowds=listed("crowds"),
            buildings=listed("buildings"),
            honorifics=frozenset(patterns.lexicon("officials.honorifics").phrases),
            sites=listed("sites"),
            follow_up=listed("follow-up"),
            pointers=listed("pointers"),
            bodies=listed("bodies"),
            body_parts=listed("body-parts"),
            event_names=listed("event-names"),
            no_bodies=listed("no-bodies"),
            courts=listed("courts"),
            members=listed("members") | listed("gatherings"),
            companions=listed("companions"),
            agent_heads=listed("agent-heads"),
            generic_agents=listed("generic-agents"),
            name_stops=listed("name-stops"),
            english_joints=listed("english-joints"),
            offices=frozenset(patterns.lexicon("quotes.roles").phrases),
            pronouns=frozenset(patterns.lexicon("quotes.pronouns").phrases),
            levels=frozenset(patterns.lexicon("regions.cues").phrases),
            cases=listed("cases"),
            subordinate=listed("subordinate"),
            heads={
                phrase: str(attributes["body"])
                for phrase, attributes in patterns.lexicon("events.heads").phrases.items()
            },
        )


def trigger_table(patterns: PatternSet) -> PhraseTable[tuple[Rule, Mapping[str, Scalar]]]:
    """The triggers of every rule of `events`, each with its rule and its attributes."""
    items = []
    for rule in patterns.rules("events"):
        for trigger in rule.trigger:
            phrases = patterns.lexicon(trigger[1:]).phrases if trigger.startswith("@") else {trigger.lower(): {}}
            items += [(tuple(phrase.split()), (rule, attributes)) for phrase, attributes in phrases.items()]
    return PhraseTable(items)


class Weigher:
    """Finds the mentions of one article and weighs them."""

    def __init__(
        self, found: Annotations, words: EventWords, triggers: PhraseTable[tuple[Rule, Mapping[str, Scalar]]]
    ) -> None:
        self.found = found
        self.words = words
        self.triggers = triggers
        self.lower = found.tokens.lower
        self.direct = sorted((q.start, q.end) for q in found.quotes if q.direct)
        self.reported = sorted((q.start, q.end) for q in found.quotes if not q.direct)
        days = sorted((d for d in found.dates if d.type in DAY_TYPES and day_of(d)), key=lambda day: day.start)
        self.days = [day for day in days if not _inside(self.direct, day.start)]
        self.quoted_days = [day for day in days if _inside(self.direct, day.start)]
        self.venues = sorted(venue.start for venue in found.venues)
        self.latest = self._latest()
        self.body = self._body()
        self.opening = found.sentences[min(_OPENING, len(found.sentences)) - 1][0]
        self.title = frozenset(self._title_types())

    def is_cited(self, day: Timex) -> bool:
        """Whether a day is only the one on which the outlet read of it: "yang dikutip pada Sabtu (26/7)"."""
        at = self.found.tokens.at(day.start)
        return not self.words.cited.isdisjoint(self.lower[max(at - _CITED, 0) : at])

    def mentions(self) -> list[Mention]:
        """The triggers, weighed, in the order of the text.

        Those between quotation marks count only where the text itself names no event of their type.
        """
        found: list[Mention] = []
        first_words, after = self.triggers.first, 0
        for index in [i for i, word in enumerate(self.lower) if word in first_words]:
            hit = self.triggers.at(self.lower, index) if index >= after else None
            if hit is None:
                continue
            after, (rule, attributes) = hit
            if attributes.get("idiom") or (rule.set.get("general") and self.triggers.at(self.lower, after)):
                continue
            start = self.found.tokens.starts[index]
            mention = Mention(
                rule,
                index,
                after,
                self.found.sentence_at(start),
                verb=attributes.get("form") == "verb",
                hosted=bool(attributes.get("hosted")),
                weak=bool(attributes.get("weak")),
                quoted=_inside(self.direct, start),
            )
            found.append(mention)
        told = {mention.type for mention in found if not mention.quoted}
        found = [mention for mention in found if not (mention.quoted and mention.type in told)]
        for mention in found:
            self._weigh(mention)
        self._repeated(found)
        return found

    def _repeated(self, mentions: list[Mention]) -> None:
        counts = Counter(mention.type for mention in mentions if not mention.quoted)
        for mention in mentions:
            if not mention.quoted and counts[mention.type] >= self.words.limits["repeated"]:
                mention.evidence.append("repeated")
                mention.score += self.words.weights["repeated"]

    def _latest(self) -> datetime.date | None:
        published = self.found.context.published
        return published.date() if published else max(filter(None, map(day_of, self.days)), default=None)

    def _body(self) -> list[int]:
        """Starts of the sentences that can be the article's lead: of some length, not all quotation, not a heading."""
        starts = []
        for start, end in self.found.sentences:
            first, last = self.found.tokens.covering(start, end)
            if last - first < _MIN_LEAD_TOKENS or self.found.text[end - 1 : end] not in _ENDS:
                continue
            if any(begin <= start + 1 and end - 1 <= stop + 1 for begin, stop in self.direct):
                continue
            starts.append(start)
            if len(starts) == _EARLY:
                break
        return starts

    def _title_types(self) -> Iterator[str]:
        words = (self.found.context.title or "").lower().replace(",", " ").replace(":", " ").split()
        for index in [i for i, word in enumerate(words) if word in self.triggers.first]:
            if hit := self.triggers.at(words, index):
                yield str(hit[1][0].set["type"])

    def _weigh(self, mention: Mention) -> None:
        start, end = mention.sentence
        at = self.found.tokens.starts[mention.first]
        before, after = self._around(mention)
        mention.modality = self._modality(before, after)
        days = self.quoted_days if mention.quoted else self.days
        first_day = bisect_left(days, start, key=lambda day: day.start)
        mention.date = next((day for day in days[first_day : first_day + 1] if day.start < end), None)
        first_venue = bisect_left(self.venues, start)
        subordinate = mention.verb and not self.words.subordinate.isdisjoint(before[-_SUBORDINATE:])
        afterwards = self._led(before, self.words.afterwards)
        led = afterwards or self._led(before, self.words.occasions)
        checks = {
            "lead": start in self.body[:_LEAD],
            "early": start in self.body[_LEAD:],
            "title": mention.type in self.title,
            "held": mention.verb or self._is_held(before, after),
            "date": mention.date is not None,
            "venue": any(venue < end for venue in self.venues[first_venue : first_venue + 1]),
            "occasion": led and not subordinate,
            "afterwards": afterwards,
            "statement": led and not afterwards and self._only_tells(start),
            "background": any(
                self.words.background.at(self.lower, self.found.tokens.at(opening)) is not None
                for opening in {start, self.found.paragraph_at(start)[0]}
            ),
            "late": start > self.opening and mention.type not in self.title,
            "presided": afterwards and not self.words.presided.isdisjoint(before[-_OCCASION:]),
            "old": mention.date is not None and self._age(mention.date) > self.words.limits["old-days"],
            "speech": _inside(self.reported, at),
            "quoted": mention.quoted,
            "case": not self.words.cases.isdisjoint(before[-1:]),
            "subordinate": subordinate,
            "weak": mention.weak,
            mention.modality: mention.modality != ASSERTED,
        }
        mention.evidence = [name for name, holds in checks.items() if holds]
        mention.score = sum(self.words.weights[name] for name in mention.evidence)
        if mention.date and self.is_cited(mention.date):
            mention.date = None

    def _only_tells(self, start: int) -> bool:
        """Whether the sentence at a character, near the beginning, only tells where something was said."""
        return start <= self.opening and self.words.statements.at(self.lower, self.found.tokens.at(start)) is not None

    def _around(self, mention: Mention) -> tuple[list[str], list[str]]:
        """The words of the sentence shortly before and after the trigger."""
        first, last = self.found.tokens.covering(*mention.sentence)
        begin, end = max(first, mention.first - _WINDOW), min(last, mention.last + _WINDOW)
        return self.lower[begin : mention.first], self.lower[mention.last : end]

    def _is_held(self, before: list[str], after: list[str]) -> bool:
        words = self.words
        near = before[-_HELD_BEFORE:]
        return not (
            words.held.isdisjoint(near)
            and words.attended.isdisjoint(near)
            and words.is_held.isdisjoint(after[:_HELD_AFTER])
        )

    def _led(self, before: list[str], leads: frozenset[str]) -> bool:
        """Whether one of `leads` stands before the trigger, with nothing between but words for an occasion."""
        for word in reversed(before[-_OCCASION:]):
            if word in leads:
                return True
            if word not in self.words.fillers:
                return False
        return False

    def _modality(self, before: list[str], after: list[str]) -> str:
        near = {*before[-_MODAL:], *self.words.after.intersection(after[:_MODAL])}
        for words, modality in (
            (self.words.denied, DENIED),
            (self.words.planned, PLANNED),
            (self.words.supposed, SUPPOSED),
        ):
            if not words.isdisjoint(near):
                return modality
        return ASSERTED

    def _age(self, date: Timex) -> float:
        """Days from a date to publication, or to the latest day in the article where that is unknown."""
        day = day_of(date)
        return (self.latest - day).days if self.latest and day else 0


def day_of(date: Timex) -> datetime.date | None:
    """The calendar day of a TIMEX3 value that has one."""
    try:
        return datetime.date.fromisoformat((date.value or "")[:DAY_LENGTH])
    except ValueError:
        return None


def _inside(ranges: list[Range], offset: int) -> bool:
    index = bisect_right(ranges, offset, key=lambda r: r[0]) - 1
    return index >= 0 and offset < ranges[index][1]

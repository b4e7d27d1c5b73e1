"""Who held an event, when, where, and who took part."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence

from extractor.language.events.bodies import BodyNames
from extractor.language.events.mentions import DAY_LENGTH, PLANNED, EventWords, Mention, Weigher, day_of
from extractor.language.state import Annotations, Person, Range, Timex, VenueFound, overlaps, range_at
from extractor.language.tokens import TokenTable
from extractor.record import Level, Region

AGENT, PASSIVE = "oleh", "di"
BACKGROUND = "background"
HOLDER, SPEAKER, VISITOR, COURT, AGENT_ONLY, NOBODY = "holder", "speaker", "visitor", "court", "agent", "none"
TIED = frozenset({"held", "title"})
_NEAR_DAYS = 10
_FOLLOWING = 3
_CONTEXT_SENTENCES = 8


class Arguments:
    """Looks for the arguments of events in one article."""

    def __init__(self, found: Annotations, words: EventWords, weigher: Weigher) -> None:
        self.found = found
        self.words = words
        self.weigher = weigher
        self.names = BodyNames(found, words)
        self.tokens: TokenTable = found.tokens
        self.direct = [quote for quote in found.quotes if quote.direct]
        told = [self._by_agent, self._by_follow_up, self._by_subject, self._by_name_after]
        self._steps: dict[str, list[Callable[[Mention], str | None]]] = {
            HOLDER: [*told, self._by_name_before],
            SPEAKER: [*told, self._by_speaker],
            VISITOR: [self._by_visitor],
            COURT: [self._by_court, self._by_agent, self._by_subject],
            AGENT_ONLY: [self._by_agent, self._by_subject],
            NOBODY: [],
        }

    # -- when ---------------------------------------------------------------------------------------------------

    def date(self, mentions: Sequence[Mention]) -> str | None:
        """The day of the event: told with it, else the day on which the article's first statement was made."""
        best = mentions[0]
        if best.date is None and best.modality == PLANNED:
            coarse = next((d for d in self._dates_in(best.sentence) if d.value), None)
            return coarse.value if coarse else None
        dated = [m for m in mentions if m is best or (m.modality == best.modality and self._can_be_day(m))]
        dated = [m for m in dated if m.date]
        nearest = min(dated, key=lambda m: (m is not best, abs(m.first - best.first)), default=None)
        date = nearest.date if nearest else next((d for d in self.weigher.days if self._is_current(d)), None)
        return date.value[:DAY_LENGTH] if date and date.value else None

    def _can_be_day(self, mention: Mention) -> bool:
        """Whether the day told with a mention can be the event's: not that of another time, nor one still to come."""
        published, day = self.found.context.published, day_of(mention.date) if mention.date else None
        if BACKGROUND in mention.evidence or day is None:
            return False
        return published is None or mention.modality == PLANNED or day <= published.date()

    def _dates_in(self, sentence: Range) -> Iterator[Timex]:
        return (d for d in self.found.dates if sentence[0] <= d.start < sentence[1] and d.type == "DATE")

    def _is_current(self, date: Timex) -> bool:
        """Whether a day lies shortly before publication and is told early."""
        published, day = self.found.context.published, day_of(date)
        limit = self.found.sentences[min(_CONTEXT_SENTENCES, len(self.found.sentences)) - 1][1]
        if date.start > limit or day is None:
            return False
        return published is None or 0 <= (published.date() - day).days <= _NEAR_DAYS

    # -- where --------------------------------------------------------------------------------------------------

    def venue(self, mentions: Sequence[Mention]) -> VenueFound | None:
        """The site where something took place, nearest to the event; else the one told in its own sentence."""
        best = mentions[0]
        inside: list[VenueFound] = []
        for mention in sorted(
            mentions, key=lambda m: (m is not best, BACKGROUND in m.evidence, abs(m.first - best.first))
        ):
            start, end = mention.sentence
            inside += [v for v in self.found.venues if start <= v.start < end and v not in inside]
        anywhere = [v for v in self.found.venues if v.hosts_event or self._is_located(v)]
        return next((v for v in (*inside, *anywhere) if v in anywhere), inside[0] if inside else None)

    def _is_located(self, venue: VenueFound) -> bool:
        """Whether the sentence of a site says that something takes place there."""
        first, _ = self.tokens.covering(*self.found.sentence_at(venue.start))
        return not self.words.sites.isdisjoint(self.tokens.lower[first : self.tokens.at(venue.start)])

    def region(self, mentions: Sequence[Mention], venue: VenueFound | None) -> Region | None:
        """The region of the site, else the last one of the event's sentence, else the first one of the lead."""
        if venue and venue.region:
            return venue.region
        leads = [range_at(self.found.sentences, start) for start in self.weigher.body[:2]]
        for start, end in (*(mention.sentence for mention in mentions[:1]), *leads):
            inside = [r.region for r in self.found.regions if start <= r.start < end]
            inside = [r for r in inside if r.level != Level.COUNTRY] or inside
            if inside:
                return inside[-1] if (start, end) == mentions[0].sentence else inside[0]
        return None

    # -- who ----------------------------------------------------------------------------------------------------

    def participants(self, mentions: Sequence[Mention]) -> list[Person]:
        """Persons named, outside quotation marks, in the event's sentence and in those that take it up."""
        best = mentions[0]
        ranges = [best.sentence, *(s for s in self._following(best) if self._takes_up(s))]
        return [
            person
            for person in self.found.persons
            if any(a <= s < b and not self._is_quoted(s) for s, _ in person.mentions for a, b in ranges)
        ]

    def _following(self, mention: Mention) -> list[Range]:
        """The sentences after that of a mention."""
        sentences = self.found.sentences
        after = bisect_right(sentences, mention.sentence[0], key=lambda s: s[0])
        return sentences[after : after + _FOLLOWING]

    def _takes_up(self, sentence: Range) -> bool:
        """Whether a sentence speaks of the event of the sentences before: "Kegiatan ini …"."""
        first, last = self.tokens.covering(*sentence)
        lower = self.tokens.lower
        return any(
            lower[at] in self.words.follow_up and lower[at + 1] in self.words.pointers for at in range(first, last - 1)
        )

    def _is_quoted(self, offset: int) -> bool:
        return overlaps(self.direct, offset, offset + 1)

    def organizer(self, mentions: Sequence[Mention]) -> str | None:
        """The body or person that holds the event."""
        best = mentions[0]
        kind = str(best.rule.set.get("organizer", HOLDER))
        for step in self._steps[kind]:
            for mention in mentions if kind != VISITOR else mentions[:1]:
                if name := step(mention):
                    return self.names.fullest(name)
        if kind in (HOLDER, SPEAKER) and not TIED.isdisjoint(best.evidence):
            return self.names.fullest(self._lead_body() or "") or None
        return None

    def _by_agent(self, mention: Mention) -> str | None:
        """The body after "digelar (oleh)", "yang dilakukan"."""
        _, last = self.tokens.covering(*mention.sentence)
        return self._agent_between(mention.last, min(mention.last + 12, last))

    def _agent_between(self, index: int, stop: int) -> str | None:
        lower = self.tokens.lower
        for at in range(index, stop):
            if lower[at] in self.words.organized or lower[at] == AGENT:
                after = at + 1 + (lower[at + 1 : at + 2] == [AGENT])
                if name := self.names.at(after, stop):
                    return name
        return None

    def _by_subject(self, mention: Mention) -> str | None:
        """The body that stands before the active verb of holding, or before the trigger when that is the verb."""
        first, _ = self.tokens.covering(*mention.sentence)
        lower = self.tokens.lower
        held = (
            i for i in range(mention.first - 1, max(first, mention.first - 10) - 1, -1) if lower[i] in self.words.held
        )
        verb = mention.first if mention.verb else next(held, None)
        if verb is None:
            return None
        if mention.verb and lower[mention.first].startswith(PASSIVE):
            return self._agent_between(
                mention.first, min(mention.last + 14, self.tokens.covering(*mention.sentence)[1])
            )
        names = self.names.inside(first, verb)
        return names[-1] if names else None

    def _by_follow_up(self, mention: Mention) -> str | None:
        """The organizer in a sentence that takes the event up ("Kegiatan tersebut diinisiasi oleh …")."""
        for sentence in self._following(mention):
            if self._takes_up(sentence) and (name := self._agent_between(*self.tokens.covering(*sentence))):
                return name
        return None

    def _by_name_after(self, mention: Mention) -> str | None:
        """A body's name directly after the trigger: "survei Poltracking", "real count KPU"."""
        _, last = self.tokens.covering(*mention.sentence)
        return self.names.at(mention.last, last)

    def _by_name_before(self, mention: Mention) -> str | None:
        """The last body that the sentence names before the trigger."""
        first, _ = self.tokens.covering(*mention.sentence)
        names = self.names.inside(first, mention.first)
        return names[-1] if names else None

    def _by_court(self, mention: Mention) -> str | None:
        """The court named in the sentence or in the ones around it."""
        begin = range_at(self.found.sentences, max(mention.sentence[0] - 1, 0))[0]
        first, last = self.tokens.covering(begin, mention.sentence[1] + 200)
        return next(
            (name for name in self.names.inside(first, last) if not self.words.courts.isdisjoint(name.lower().split())),
            None,
        )

    def _by_visitor(self, mention: Mention) -> str | None:
        """The person who visits: the subject, else the one who speaks in the sentence."""
        start, end = mention.sentence
        at = self.tokens.starts[mention.first]
        for quote in self.direct:
            if quote.cue_range and start <= quote.cue_range[0] < end and quote.speaker_name:
                return quote.speaker_name
        named = [(s, p) for p in self.found.persons for s, _ in p.mentions if s < at and not self._is_quoted(s)]
        if not named:
            return None
        subjects = [found for found in named if found[0] >= start]
        chosen = max(subjects, key=_first) if subjects else min(named, key=_first)
        return chosen[1].name

    def _by_speaker(self, mention: Mention) -> str | None:
        """The body of the person who speaks at a press conference."""
        spoken = [q for q in self.found.quotes if q.speaker and q.start < mention.sentence[1]]
        roles = spoken[-1].speaker.roles if spoken and spoken[-1].speaker else []
        return next((role.organization for role in roles if role.organization), None)

    def _lead_body(self) -> str | None:
        """The first body that the lead names."""
        for start in self.weigher.body[:1]:
            return next(iter(self.names.of(range_at(self.found.sentences, start))), None)
        return None


def _first(found: tuple[int, Person]) -> int:
    return found[0]

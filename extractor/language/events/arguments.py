"""Who held an event, when, where, and who took part."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence

from extractor.language.events.bodies import BodyNames
from extractor.language.events.mentions import ASSERTED, DAY_LENGTH, PLANNED, EventWords, Mention, Weigher, day_of
from extractor.language.state import Annotations, Person, Range, Timex, VenueFound, overlaps, range_at
from extractor.language.tokens import TokenTable
from extractor.record import Level, Region

AGENT, PASSIVE, LOCATIVE = "oleh", "di", "di"
BACKGROUND = "background"
HOLDER, SPEAKER, VISITOR, COURT, NOBODY = "holder", "speaker", "visitor", "court", "none"
AGENT_ONLY, OFFICER, CROWD = "agent", "officer", "crowd"
LAW = frozenset({"police", "justice"})
TIED = frozenset({"held", "title"})
_NEAR_DAYS = 10
_FOLLOWING = 3
_CONTEXT_SENTENCES = 8
_HOST_WITHIN = 12
_HOLDER_NAME, _CROWD = 3, 9


class Arguments:
    """Looks for the arguments of events in one article."""

    def __init__(self, found: Annotations, words: EventWords, weigher: Weigher) -> None:
        self.found = found
        self.words = words
        self.weigher = weigher
        self.names = BodyNames(found, words)
        self.tokens: TokenTable = found.tokens
        self.direct = [quote for quote in found.quotes if quote.direct]
        told = [self._by_agent, self._by_host, self._by_follow_up, self._by_subject, self._by_name_after]
        self._steps: dict[str, list[Callable[[Mention], str | None]]] = {
            HOLDER: [*told, self._by_name_before],
            SPEAKER: [*told, self._by_speaker],
            VISITOR: [self._by_visitor],
            COURT: [self._by_court, self._by_agent, self._by_subject],
            AGENT_ONLY: [self._by_agent, self._by_subject],
            OFFICER: [self._by_agent, self._by_subject, self._by_officer],
            CROWD: [self._by_agent, self._by_subject, self._by_crowd],
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
        nearest = min(
            dated,
            key=lambda m: (m is not best, not self._is_told_again(m, best), abs(m.first - best.first)),
            default=None,
        )
        date = nearest.date if nearest else self._day_told_again(best)
        date = date or next((d for d in self.weigher.days if self._is_current(d)), None)
        return date.value[:DAY_LENGTH] if date and date.value else None

    def _day_told_again(self, best: Mention) -> Timex | None:
        """The day in a sentence that takes the event up by another word: "Kegiatan itu digelar Senin …"."""
        for start, end in self._following(best):
            day = next((d for d in self.weigher.days if start <= d.start < end), None)
            if day and self._is_current(day) and self._takes_up((start, end)):
                return day
        return None

    def _is_told_again(self, mention: Mention, best: Mention) -> bool:
        """Whether a mention takes up the event told shortly before: "Aksi ini digelar …"."""
        following = self.tokens.lower[mention.last : mention.last + 1]
        pointed = bool(following) and following[0] in self.words.pointers
        return pointed and "held" in mention.evidence and mention.sentence in self._following(best)

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
        venues = sorted(self.found.venues, key=lambda v: self._is_quoted(v.start) and not best.quoted)
        inside: list[VenueFound] = []
        for mention in sorted(
            mentions, key=lambda m: (m is not best, BACKGROUND in m.evidence, abs(m.first - best.first))
        ):
            start, end = mention.sentence
            inside += [v for v in venues if start <= v.start < end and v not in inside]
        own = (v for v in inside if best.sentence[0] <= v.start < best.sentence[1] and self._follows(v, best))
        anywhere = [v for v in venues if v.hosts_event or self._is_located(v)]
        chosen = next((v for v in (*inside, *anywhere) if v in anywhere), inside[0] if inside else None)
        return next(own, chosen)

    def _follows(self, venue: VenueFound, mention: Mention) -> bool:
        """Whether "di" and a site follow a trigger."""
        at = self.tokens.at(venue.start)
        return at > mention.last and self.tokens.lower[at - 1] == LOCATIVE

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
        if self.words.follow_up.isdisjoint(lower[first:last]):
            return False
        return any(
            lower[at] in self.words.follow_up and lower[at + 1] in self.words.pointers for at in range(first, last - 1)
        )

    def _is_quoted(self, offset: int) -> bool:
        return overlaps(self.direct, offset, offset + 1)

    def organizer(self, mentions: Sequence[Mention]) -> str | None:
        """The body or person that holds the event."""
        best = mentions[0]
        kind = kind_of(best)
        for step in self._steps[kind]:
            for mention in mentions if kind != VISITOR else mentions[:1]:
                if name := step(mention):
                    return self.names.fullest(name)
        if kind in (HOLDER, SPEAKER) and not TIED.isdisjoint(best.evidence) and not self._is_passive(best):
            return self.names.fullest(self._lead_body() or "") or None
        return None

    def _by_agent(self, mention: Mention) -> str | None:
        """The body after "digelar (oleh)", "yang dilakukan"."""
        _, last = self.tokens.covering(*mention.sentence)
        return self._agent_between(mention.last, min(mention.last + 12, last))

    def _agent_between(self, index: int, stop: int) -> str | None:
        lower = self.tokens.lower
        for at in [i for i in range(index, stop) if lower[i] == AGENT or lower[i] in self.words.organized.first]:
            hit = self.words.organized.at(lower, at)
            if hit or lower[at] == AGENT:
                after = hit[0] if hit else at + 1
                after += lower[after : after + 1] == [AGENT]
                if name := self.names.together(after, stop):
                    return name
        return None

    def _by_subject(self, mention: Mention) -> str | None:
        """The body or person before the active verb of holding, or before the trigger when that is the verb."""
        first, last = self.tokens.covering(*mention.sentence)
        lower = self.tokens.lower
        held = (
            i for i in range(mention.first - 1, max(first, mention.first - 10) - 1, -1) if lower[i] in self.words.held
        )
        verb = mention.first if mention.verb else next(held, None)
        if verb is None:
            return None
        if self._is_passive(mention):
            beside = self.names.together(mention.last, last)
            return beside or self._agent_between(mention.first, min(mention.last + 14, last))
        acting = self.names.acting(first, verb)
        at, name = acting[-1] if acting else (first - 1, None)
        if name is None and not mention.verb and kind_of(mention) == HOLDER:
            return self._holding_person(first, verb)
        return (mention.verb and self._by_doer(mention, at)) or name

    def _holding_person(self, first: int, verb: int) -> str | None:
        """The person right before the active verb of holding: "Misbakhun menyelenggarakan kegiatan …"."""
        person = self._person_before(max(first, verb - _HOLDER_NAME) - 1, verb)
        return person.name if person and self.tokens.lower[verb] not in self.words.attended else None

    def _is_passive(self, mention: Mention) -> bool:
        words = self.tokens.lower[mention.first : mention.last]
        return mention.verb and any(word.startswith(PASSIVE) for word in words)

    def _by_doer(self, mention: Mention, after: int) -> str | None:
        """The person who does what the verb says, named in its sentence behind token `after`; or that person's body."""
        if "afterwards" in mention.evidence:
            return None
        pronoun = self.tokens.lower[mention.first - 1 : mention.first]
        if pronoun and pronoun[0] in self.words.pronouns:
            after = self.tokens.covering(*self.found.sentence_at(max(mention.sentence[0] - 1, 0)))[0] - 1
        person = self._person_before(after, mention.first)
        if person is None:
            return None
        return self.names.led_by(person) if kind_of(mention) in (AGENT_ONLY, OFFICER, CROWD) else person.name

    def _person_before(self, first: int, last: int) -> Person | None:
        """The last person named in the tokens after `first` and before `last`, outside quotation marks."""
        named = (
            (start, person)
            for person in self.found.persons
            for start, _ in person.mentions
            if first < self.tokens.at(start) < last and not self._is_quoted(start)
        )
        return max(named, key=_first, default=(0, None))[1]

    def _by_host(self, mention: Mention) -> str | None:
        """The committee that a meeting is held with, which invites ("rapat dengan Komisi I")."""
        if not mention.hosted:
            return None
        last = min(mention.last + _HOST_WITHIN, self.tokens.covering(*mention.sentence)[1])
        at = next((i for i in range(mention.last, last) if self.words.hosts.at(self.tokens.lower, i)), None)
        return self.names.at(at, last + 1) if at is not None else None

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
        """The last body that the sentence names before the trigger; it is no holder of what is done to it."""
        if self._is_passive(mention):
            return None
        first, _ = self.tokens.covering(*mention.sentence)
        acting = self.names.acting(first, mention.first)
        return acting[-1][1] if acting else None

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
        first, last = self.tokens.covering(start, end)
        if not self.words.welcomed.isdisjoint(self.tokens.lower[first : mention.first]):
            return self._guest(mention.last, last)
        for quote in self.direct:
            if quote.cue_range and start <= quote.cue_range[0] < end and quote.speaker_name:
                return quote.speaker_name
        named = [(s, p) for p in self.found.persons for s, _ in p.mentions if s < at and not self._is_quoted(s)]
        if not named:
            return None
        subjects = [found for found in named if found[0] >= start]
        chosen = max(subjects, key=_first) if subjects else min(named, key=_first)
        return chosen[1].name

    def _guest(self, first: int, last: int) -> str | None:
        """The first person named in the tokens `first:last`, after "menerima kunjungan"."""
        named = ((self.tokens.at(start), person) for person in self.found.persons for start, _ in person.mentions)
        inside = [(at, person) for at, person in named if first <= at < last]
        return min(inside, key=lambda found: found[0])[1].name if inside else None

    def _by_speaker(self, mention: Mention) -> str | None:
        """The body of the person who speaks at a press conference."""
        spoken = [q.speaker for q in self.found.quotes if q.speaker and q.start < mention.sentence[1]]
        roles = spoken[-1].roles if spoken else []
        bodies = (role.organization for role in roles if role.organization)
        told = next((body for body in bodies if self.names.is_body(body)), None)
        return told or (self.names.led_by(spoken[-1]) if spoken else None) or self._lead_subject()

    def _by_officer(self, mention: Mention) -> str | None:
        """The body of the first officer of the law who speaks: whose news of an arrest it is."""
        if mention.modality != ASSERTED:
            return None
        for quote in self.found.quotes:
            for role in quote.speaker.roles if quote.speaker else ():
                if role.sector in LAW and role.status == "current":
                    return role.organization or (self.names.led_by(quote.speaker) if quote.speaker else None)
        return None

    def _by_crowd(self, mention: Mention) -> str | None:
        """The crowd with which the sentence begins: "Ratusan petani menggelar unjuk rasa"."""
        first, _ = self.tokens.covering(*mention.sentence)
        lower = self.tokens.lower
        verbs = (i for i in range(first, mention.first + 1) if i == mention.first or lower[i] in self.words.held)
        last = next(verbs)
        if lower[first] not in self.words.crowds or not 1 < last - first <= _CROWD:
            return None
        return self.found.text[self.tokens.starts[first] : self.tokens.ends[last - 1]]

    def _lead_subject(self) -> str | None:
        """The body that the lead begins with."""
        if not self.weigher.body:
            return None
        first, last = self.tokens.covering(*range_at(self.found.sentences, self.weigher.body[0]))
        return self.names.at(first, last)

    def _lead_body(self) -> str | None:
        """The first body that the lead names."""
        for start in self.weigher.body[:1]:
            acting = self.names.acting(*self.tokens.covering(*range_at(self.found.sentences, start)))
            return acting[0][1] if acting else None
        return None


def kind_of(mention: Mention) -> str:
    """Where the organizer of an event of this type is looked for."""
    return str(mention.rule.set.get("organizer", HOLDER))


def _first(found: tuple[int, Person]) -> int:
    return found[0]

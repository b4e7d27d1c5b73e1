"""When and where an event took place, and who took part."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from extractor.language.events.mentions import DAY_LENGTH, PLANNED, EventWords, Mention, Weigher, day_of
from extractor.language.events.telling import LOCATIVE, Telling
from extractor.language.state import Annotations, Person, Range, Timex, VenueFound, range_at
from extractor.record import Level, Region

BACKGROUND: Final = "background"
_NEAR_DAYS: Final = 10
_CONTEXT_SENTENCES: Final = 8


class Arguments:
    """Looks for day, site, region and participants of events in one article."""

    def __init__(self, found: Annotations, words: EventWords, weigher: Weigher, telling: Telling) -> None:
        self.found = found
        self.words = words
        self.weigher = weigher
        self.telling = telling
        self.tokens = found.tokens

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
        for start, end in self.telling.following(best):
            day = next((d for d in self.weigher.days if start <= d.start < end), None)
            if day and self._is_current(day) and self.telling.takes_up((start, end)):
                return day
        return None

    def _is_told_again(self, mention: Mention, best: Mention) -> bool:
        """Whether a mention takes up the event told shortly before: "Aksi ini digelar …"."""
        following = self.tokens.lower[mention.last : mention.last + 1]
        pointed = bool(following) and following[0] in self.words.pointers
        return pointed and "held" in mention.evidence and mention.sentence in self.telling.following(best)

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
        published, day = self.found.context.published, None if self.weigher.is_cited(date) else day_of(date)
        limit = self.found.sentences[min(_CONTEXT_SENTENCES, len(self.found.sentences)) - 1][1]
        if date.start > limit or day is None:
            return False
        return published is None or 0 <= (published.date() - day).days <= _NEAR_DAYS

    # -- where --------------------------------------------------------------------------------------------------

    def venue(self, mentions: Sequence[Mention]) -> VenueFound | None:
        """The site where something took place, nearest to the event; else the one told in its own sentence."""
        best = mentions[0]
        venues = sorted(self.found.venues, key=lambda v: self.telling.is_quoted(v.start) and not best.quoted)
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
        ranges = [best.sentence, *(s for s in self.telling.following(best) if self.telling.takes_up(s))]
        return [
            person
            for person in self.found.persons
            if any(a <= s < b and not self.telling.is_quoted(s) for s, _ in person.mentions for a, b in ranges)
        ]

"""Component `warta_venues`: named physical sites.

A site is looked for after a locative ("di", "bertempat di") and after a word of visiting; a body's name is a site only
where the sentence ties a statement or a happening to it. The name keeps its parts and ends before an area that a comma
sets off; that area is the venue's region.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc

from extractor.language.component import Component
from extractor.language.phrases import PhraseTable
from extractor.language.state import Annotations, RegionMention, VenueFound, annotations, publish
from extractor.language.tokens import CAPS, INITIAL, TITLE
from extractor.language.venue_names import INNER, INSTITUTION, NAME, Site, SiteReader, key_of
from extractor.patterns import PatternSet

LOCATIVE, VISIT, LIST = "locative", "visit", "list"
_RULES = {INSTITUTION: "venues.institution", NAME: "venues.known-name", INNER: "venues.capitalised"}
_LOOSE_KINDS = frozenset({"street", "natural_site"})
_CAPITALS = frozenset((TITLE, CAPS, INITIAL))
_NEAR, _MAX_POSITIONS, _MAX_AREAS = 4, 3, 4


@dataclass(frozen=True, slots=True)
class _Place:
    """A site, how the text leads to it, and whether its sentence ties something to it."""

    site: Site
    lead: str
    tied: bool
    rule: str


class Venues(Component):
    """Sets `venues` of the annotations, in the order of the text, each site once under its fullest name."""

    def __init__(self, nlp: Language, name: str, patterns: PatternSet) -> None:
        super().__init__(nlp, name, patterns)
        self._reader = SiteReader(patterns)
        leads = {"venues.locatives": LOCATIVE, "venues.visits": VISIT}
        self._leads = PhraseTable(
            (key_of(phrase), lead) for lexicon, lead in leads.items() for phrase in patterns.lexicon(lexicon).phrases
        )
        self._positions = PhraseTable((key_of(p), None) for p in patterns.lexicon("venues.positions").phrases)
        self._ties = _words(patterns, "venues.ties")
        self._affiliations = _words(patterns, "venues.affiliations")
        self._addresses = _words(patterns, "venues.addresses")
        self._days = _words(patterns, "venues.days")
        self._joints = _words(patterns, "venues.joints")
        self._enabled = {rule.id for rule in patterns.rules("venues")}

    def __call__(self, doc: Doc) -> Doc:
        """Annotates `doc` in place and returns it."""
        found = annotations(doc)
        places = [place for place in self._places(found) if place.rule in self._enabled]
        found.venues = merged([self._venue(found, doc.text, place) for place in places])
        publish(doc, "warta_venues", found.venues, (venue.kind for venue in found.venues))
        return doc

    def _places(self, found: Annotations) -> Iterator[_Place]:
        """The places that locatives, words of visiting and lists lead to, in order and without overlaps."""
        lower, first_words, after = found.tokens.lower, self._leads.first, 0
        for index, word in enumerate(lower):
            if word not in first_words or index < after or (hit := self._leads.at(lower, index)) is None:
                continue
            end, lead = hit
            place = self._led(found, index, end, lead)
            while place:
                yield place
                after = place.site.last
                place = self._listed(found, place)

    def _led(self, found: Annotations, lead_at: int, start: int, lead: str) -> _Place | None:
        lower = found.tokens.lower
        for _ in range(_MAX_POSITIONS):
            position = self._positions.at(lower, start)
            if position is None or self._reader.word_at(found.tokens, start):
                break
            start = position[0]
        site = self._reader.at(found.tokens, start)
        if site is None:
            return None
        tied = lead == VISIT or self._is_dated(found, site) or self._is_tied(found, lead_at, site)
        if not self._holds(lower, lead_at, site, lead, tied):
            return None
        return _Place(site, lead, tied, _RULES.get(site.word.role, "venues.visit" if lead == VISIT else "venues.site"))

    def _holds(self, lower: list[str], lead_at: int, site: Site, lead: str, tied: bool) -> bool:
        """Whether the words before the locative let the site be a venue: a body needs a tie, a street is no address."""
        near = lower[max(lead_at - _NEAR, 0) : lead_at]
        if site.word.role == INSTITUTION:
            return tied and lead == LOCATIVE and self._affiliations.isdisjoint(near)
        if site.word.kind in _LOOSE_KINDS:
            return tied and lead == LOCATIVE and self._addresses.isdisjoint(near[-1:])
        return True

    def _listed(self, found: Annotations, before: _Place) -> _Place | None:
        """The next site of a list: "Hotel A, Hotel B dan Aula C"; never a street, which is the address of the first."""
        tokens, index = found.tokens, before.site.last
        while index < len(tokens) and tokens.lower[index] in self._joints:
            index += 1
        if index == before.site.last:
            return None
        site = self._reader.at(tokens, index)
        if site is None or site.word.role == INNER or site.word.kind in _LOOSE_KINDS:
            return None
        if site.word.role == INSTITUTION and before.site.word.role != INSTITUTION:
            return None
        return _Place(site, LIST, before.tied, "venues.list")

    def _is_dated(self, found: Annotations, site: Site) -> bool:
        """Whether a day follows the name, after areas that commas set off: "di KPK, Jakarta, Selasa (21/10)"."""
        tokens, index = found.tokens, site.last
        for _ in range(_MAX_AREAS):
            while index < len(tokens) and tokens.words[index] in (",", "pada"):
                index += 1
            if index < len(tokens) and tokens.lower[index] in self._days:
                return True
            while index < len(tokens) and tokens.kinds[index] in _CAPITALS and tokens.lower[index] not in self._days:
                index += 1
        return False

    def _is_tied(self, found: Annotations, lead_at: int, site: Site) -> bool:
        """Whether the sentence says before the locative, or after it where it comes first, what happens there."""
        tokens = found.tokens
        start, end = tokens.covering(*found.sentence_at(tokens.starts[lead_at]))
        words = tokens.lower[start:lead_at] if lead_at > start + 1 else tokens.lower[site.last : end]
        return not self._ties.isdisjoint(words)

    def _venue(self, found: Annotations, text: str, place: _Place) -> VenueFound:
        tokens, site = found.tokens, place.site
        start, end = tokens.starts[site.first], tokens.ends[site.last - 1]
        mention = self._region(found, site)
        region = mention.region if mention else None
        name = " ".join(text[start:end].split())
        return VenueFound(start, end, place.rule, name, site.word.kind, region, place.tied)

    def _region(self, found: Annotations, site: Site) -> RegionMention | None:
        """The area after the name, set off by commas, else the last one inside it."""
        tokens = found.tokens
        starts = {tokens.at(mention.start): mention for mention in found.regions}
        index = site.last
        for _ in range(_MAX_AREAS):
            if index >= len(tokens) or tokens.words[index] not in (",", "(", "di"):
                break
            index += 1
            if index in starts:
                return starts[index]
            while index < len(tokens) and tokens.kinds[index] in _CAPITALS:
                index += 1
        inside = [mention for first, mention in starts.items() if site.first <= first < site.last]
        return inside[-1] if inside else None


def merged(venues: list[VenueFound]) -> list[VenueFound]:
    """Each site once: of names whose words hold one another the fullest stays, with what the others knew."""
    kept: list[VenueFound] = []
    words: list[frozenset[str]] = []
    for venue in venues:
        own = frozenset(key_of(venue.name)) - {"(", ")"}
        same = next((i for i, other in enumerate(words) if own <= other or other <= own), None)
        if same is None:
            kept.append(venue)
            words.append(own)
            continue
        other = kept[same]
        fullest = venue if len(own) > len(words[same]) else other
        fullest.region = fullest.region or other.region or venue.region
        fullest.hosts_event = other.hosts_event or venue.hosts_event
        kept[same], words[same] = fullest, own | words[same]
    return sorted(kept, key=lambda venue: venue.start)


def _words(patterns: PatternSet, lexicon: str) -> frozenset[str]:
    return frozenset(patterns.lexicon(lexicon).phrases)

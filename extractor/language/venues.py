"""Component `warta_venues`: named physical sites.

A site is looked for after a locative ("di", "bertempat di") and after a word of visiting; a body's name is a site only
where the sentence ties a statement or a happening to it. The name keeps its parts and ends before an area that a comma
sets off; that area is the venue's region.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from spacy.language import Language
from spacy.tokens import Doc

from extractor.language.component import Component
from extractor.language.gazetteer import gazetteer_of, related
from extractor.language.phrases import Key, PhraseTable
from extractor.language.state import Annotations, Range, RegionMention, VenueFound, annotations_of
from extractor.language.tokens import CAPS, INITIAL, LOWER, TITLE, TokenTable
from extractor.language.venue_names import COURT, INNER, INSTITUTION, LOOSE, NAME, SITE, Site, SiteReader, key_of
from extractor.patterns import PatternSet
from extractor.record import Region

MAX_VENUES: Final = 300
LOCATIVE, VISIT, WORKS, LIST, ITSELF, FATE = "locative", "visit", "works", "list", "itself", "fate"
SET_OFF: Final = "set-off"
_LEADS: Final = {
    "venues.locatives": LOCATIVE,
    "venues.visits": VISIT,
    "venues.works": WORKS,
    "venues.commas": SET_OFF,
    "venues.openers": LIST,
    "venues.self-evident": ITSELF,
    "venues.fates": FATE,
}
_RULES: Final = {INSTITUTION: "venues.institution", NAME: "venues.known-name", INNER: "venues.capitalised"}
_LEAD_RULES: Final = {
    LOCATIVE: "venues.site",
    VISIT: "venues.visit",
    WORKS: "venues.worked-on",
    SET_OFF: "venues.set-off",
    LIST: "venues.list",
    ITSELF: "venues.self-evident-name",
    FATE: "venues.befallen",
}
_CAPITALS: Final = frozenset((TITLE, CAPS, INITIAL))
_NAMED_FOR_PERSONS: Final = ("house", "official_residence", "street")
_NEAR, _BODY_WINDOW, _MAX_POSITIONS, _MAX_AREAS, _LOOK_BACK = 4, 8, 3, 4, 12


@dataclass(frozen=True, slots=True)
class _Article:
    """What was found in the article so far, its tokens, and its mentions of regions by their first token."""

    found: Annotations
    tokens: TokenTable
    areas: Mapping[int, RegionMention]


@dataclass(frozen=True, slots=True)
class _Place:
    """A site, whether its sentence ties something to it, and the rule that found it."""

    site: Site
    tied: bool
    rule: str


class Venues(Component):
    """Sets `venues` of the annotations, in the order of the text, each site once under its fullest name."""

    def __init__(self, nlp: Language, name: str, patterns: PatternSet) -> None:
        super().__init__(nlp, name, patterns)
        self._reader = SiteReader(patterns)
        self._leads = PhraseTable(
            (key_of(phrase), lead) for lexicon, lead in _LEADS.items() for phrase in patterns.lexicon(lexicon).phrases
        )
        self._commas = _words(patterns, "venues.commas")
        self._positions = PhraseTable((key_of(p), None) for p in patterns.lexicon("venues.positions").phrases)
        self._ties = _words(patterns, "venues.ties")
        self._suits = self._ties | _words(patterns, "venues.suits")
        self._staff = _words(patterns, "venues.staff")
        self._affiliations = _words(patterns, "venues.affiliations")
        self._addresses = _words(patterns, "venues.addresses")
        self._owners = _words(patterns, "venues.owners")
        self._days = _words(patterns, "venues.days")
        self._date_joints = _words(patterns, "venues.date-joints")
        self._area_joints = _words(patterns, "venues.area-joints")
        self._joints = _words(patterns, "venues.joints")
        self._gazetteer = gazetteer_of(patterns)
        self._home = str(patterns.table("venues.settings")["country"])
        self._spellings = {key: key_of(str(full)) for key, full in patterns.table("venues.abbreviations").items()}
        self._enabled = {rule.id for rule in patterns.rules("venues")}

    def __call__(self, doc: Doc) -> Doc:
        """Annotates `doc` in place and returns it."""
        found = annotations_of(doc)
        article = _Article(found, found.tokens, {found.tokens.at(m.start): m for m in found.regions})
        places = list(islice((p for p in self._places(article) if p.rule in self._enabled), MAX_VENUES + 1))
        if len(places) > MAX_VENUES:
            found.warnings.append(("too-many-venues", f"only the first {MAX_VENUES} sites were read"))
            places.pop()
        found.venues = merged([self._venue(article, found.text, place) for place in places], self._spellings)
        self.publish(doc, found.venues, (venue.kind for venue in found.venues))
        return doc

    def _places(self, article: _Article) -> Iterator[_Place]:
        """The places that locatives, words of visiting and lists lead to, in order and without overlaps."""
        lower, first_words, after = article.tokens.lower, self._leads.first, 0
        for index, word in enumerate(lower):
            if word not in first_words or index < after:
                continue
            if word in self._commas and not self._begins(lower, index + 1):
                continue
            if (hit := self._leads.at(lower, index)) is None:
                continue
            end, lead = hit
            if lead == FATE:
                place = self._befallen(article, index, after)
            else:
                place = self._led(article, index, index if lead == ITSELF else end, lead)
            while place:
                yield place
                after = place.site.last
                place = self._listed(article, place)

    def _begins(self, lower: Sequence[str], index: int) -> bool:
        """Whether a word for a site may begin at token `index`, which most commas do not stand before."""
        return index < len(lower) and lower[index] in self._reader.first_words

    def _led(self, article: _Article, lead_at: int, start: int, lead: str) -> _Place | None:
        tokens = article.tokens
        if lead == SET_OFF and tokens.kinds[start : start + 1] not in _CAPITALS:
            return None
        site = self._reader.at(tokens, self._after_region(article, self._after_positions(article, start)))
        if site is None or (lead == SET_OFF and not self._is_set_off(article, lead_at, site)):
            return None
        tied = (
            lead == VISIT
            or self._is_dated(article, site)
            or (lead == LOCATIVE and self._is_tied(article, lead_at, site))
        )
        if not self._holds(article, lead_at, site, lead, tied):
            return None
        own = None if lead == SET_OFF else _RULES.get(site.word.role)
        return _Place(site, tied, own or _LEAD_RULES[lead])

    def _is_set_off(self, article: _Article, lead_at: int, site: Site) -> bool:
        """Whether a site by its own words stands between the name of an event and a day."""
        own = site.word.role in (SITE, NAME) and site.word.kind not in LOOSE
        named = lead_at > 0 and article.tokens.kinds[lead_at - 1] in _CAPITALS
        return own and named and self._is_dated(article, site) and self._is_tied(article, lead_at, site)

    def _befallen(self, article: _Article, index: int, after: int) -> _Place | None:
        """The site whose name ends before the words at `index` for what befalls it: "Jalan Melati terendam"."""
        tokens = article.tokens
        if index == 0 or tokens.kinds[index - 1] == LOWER:
            return None
        for start in range(max(after, index - _LOOK_BACK), index - 1):
            site = self._reader.at(tokens, start)
            if site and site.last == index and site.word.role == SITE and not site.word.small:
                return _Place(site, True, _LEAD_RULES[FATE])
        return None

    def _after_positions(self, article: _Article, start: int) -> int:
        """The token after words for a position ("di depan", "di dua lokasi, …") and the comma that may follow them."""
        tokens, begin = article.tokens, start
        for _ in range(_MAX_POSITIONS):
            position = self._positions.at(tokens.lower, start)
            if position is None or self._reader.word_at(tokens, start):
                break
            start = position[0]
        return start + 1 if start > begin and tokens.words[start : start + 1] == [","] else start

    def _after_region(self, article: _Article, start: int) -> int:
        """The token after a region that stands directly before the word for a site: "di Kampar Pasar Melati"."""
        tokens = article.tokens
        if start >= len(tokens) or tokens.kinds[start] not in _CAPITALS:
            return start
        mention = article.areas.get(start)
        end = tokens.covering(mention.start, mention.end)[1] if mention else start
        word = self._reader.word_at(tokens, end)
        return end if word and word[1].role == SITE and not word[1].small and word[1].kind not in LOOSE else start

    def _holds(self, article: _Article, lead_at: int, site: Site, lead: str, tied: bool) -> bool:
        """Whether the words before the site let it be a venue: a body needs a tie, a street is no address."""
        near = article.tokens.lower[max(lead_at - _NEAR, 0) : lead_at]
        if site.word.small and not (tied and lead in (LOCATIVE, VISIT) and self._is_proper(article, site)):
            return False
        if site.word.role == INSTITUTION:
            return tied and lead in (LOCATIVE, VISIT) and self._affiliations.isdisjoint(near)
        if site.word.kind in LOOSE:
            return tied and lead == LOCATIVE and self._addresses.isdisjoint(near[-1:])
        if site.word.role == INNER:
            led = lead in (LOCATIVE, VISIT)
            return led and self._affiliations.isdisjoint(near) and self._addresses.isdisjoint(near[-1:])
        if not self._staff.isdisjoint(near[-1:]) and not self._is_dated(article, site):
            return False
        return lead != ITSELF or not self._is_owned(article, lead_at)

    def _is_proper(self, article: _Article, site: Site) -> bool:
        """Whether more than a region's name follows the word for the site: "pasar Melati", but not "pasar Blora"."""
        area = article.areas.get(site.named)
        return area is None or article.tokens.covering(area.start, area.end)[1] < site.last

    def _is_owned(self, article: _Article, index: int) -> bool:
        """Whether the word before a name, an office or an owner, makes it somebody's employer or a source."""
        tokens = article.tokens
        if index == 0 or tokens.lower[index - 1] in self._owners:
            return index > 0
        first = tokens.starts[index - 1] <= article.found.sentence_at(tokens.starts[index])[0]
        return not first and tokens.kinds[index - 1] in _CAPITALS

    def _listed(self, article: _Article, before: _Place) -> _Place | None:
        """The next site of a list: "Hotel A, Hotel B dan Aula C"; never a street, which is the address of the first."""
        tokens, index = article.tokens, before.site.last
        while index < len(tokens) and tokens.lower[index] in self._joints:
            index += 1
        if index == before.site.last:
            return None
        site = self._reader.at(tokens, index)
        if site is None or site.word.role == INNER or site.word.kind in LOOSE or site.word.small:
            return None
        if site.word.role == INSTITUTION and before.site.word.role != INSTITUTION:
            return None
        return _Place(site, before.tied, "venues.list")

    def _is_dated(self, article: _Article, site: Site) -> bool:
        """Whether a day follows the name, after areas that commas set off: "di KPK, Jakarta, Selasa (21/10)"."""
        tokens, index = article.tokens, site.last
        for _ in range(_MAX_AREAS):
            while index < len(tokens) and tokens.lower[index] in self._date_joints:
                index += 1
            if index < len(tokens) and tokens.lower[index] in self._days:
                return True
            while index < len(tokens) and tokens.kinds[index] in _CAPITALS and tokens.lower[index] not in self._days:
                index += 1
        return False

    def _is_tied(self, article: _Article, lead_at: int, site: Site) -> bool:
        """Whether the sentence says before the locative, or after it where it comes first, what happens there.

        For a body's name the words close by count only: it stands for the body more often than for the building.
        """
        tokens = article.tokens
        start, end = tokens.covering(*article.found.sentence_at(tokens.starts[lead_at]))
        if site.word.role == INSTITUTION:
            start, end = max(start, lead_at - _BODY_WINDOW), min(end, site.last + _BODY_WINDOW)
        words = tokens.lower[start:lead_at] if lead_at > start + 1 else tokens.lower[site.last : end]
        ties = self._suits if site.word.kind == COURT and not site.word.alone else self._ties
        return not ties.isdisjoint(words)

    def _venue(self, article: _Article, text: str, place: _Place) -> VenueFound:
        tokens, site = article.tokens, place.site
        start, end = tokens.starts[site.first], tokens.ends[site.last - 1]
        region = self._region(article, site)
        start, end = self._spelt_out(article, text, start, end)
        name = " ".join(text[start:end].split())
        return VenueFound(start, end, place.rule, name, site.word.kind, region, place.tied)

    def _spelt_out(self, article: _Article, text: str, start: int, end: int) -> Range:
        """Where the text spells out a name that begins with an abbreviation: "Pengadilan Negeri (PN) Blora"."""
        short, _, rest = text[start:end].partition(" ")
        if not short.isupper() or not rest or (bracket := text.find(f"({short}) {rest}")) < 0:
            return start, end
        tokens = article.tokens
        first = tokens.at(bracket)
        begins = [first]
        while first > 0 and tokens.kinds[first - 1] in _CAPITALS:
            first -= 1
            if self._reader.word_at(tokens, first):
                begins.append(first)
        return (start, end) if len(begins) == 1 else (tokens.starts[begins[-1]], bracket + len(short) + len(rest) + 3)

    def _region(self, article: _Article, site: Site) -> Region | None:
        """The area after the name, set off by commas, else the last one inside it."""
        tokens, index = article.tokens, site.last
        for _ in range(_MAX_AREAS):
            if index >= len(tokens) or tokens.lower[index] not in self._area_joints:
                break
            index += 1
            if index in article.areas:
                return article.areas[index].region
            while index < len(tokens) and tokens.kinds[index] in _CAPITALS:
                index += 1
        inside = (article.areas[i].region for i in range(site.last - 1, site.first - 1, -1) if i in article.areas)
        return next((region for region in inside if region.name != self._home), None) or self._last_word(article, site)

    def _last_word(self, article: _Article, site: Site) -> Region | None:
        """The region that the name's last word names where that is also another word, and the article is about its
        province: "Hotel Melati Kudus". Persons lend their names to houses and streets, so that these tell nothing."""
        if site.word.kind in _NAMED_FOR_PERSONS or site.last < site.named + 2:
            return None
        context = article.found.context
        word = article.tokens.words[site.last - 1]
        others = (*self._gazetteer.of_context(context), *(mention.region for mention in article.found.regions))
        region = self._gazetteer.link(word, near=others)
        return region if region and region.code and any(related(region, other) for other in others) else None


def merged(venues: list[VenueFound], spellings: Mapping[str, Key]) -> list[VenueFound]:
    """Each site once: of names whose words hold one another the fullest stays, with what the others knew.

    Args:
        venues: The sites in the order of the text.
        spellings: The words for which an abbreviation stands ("ponpes"), by which names are compared.
    """
    kept: list[VenueFound] = []
    words: list[frozenset[str]] = []
    for venue in venues:
        own = frozenset(full for word in key_of(venue.name) for full in spellings.get(word, (word,))) - {"(", ")"}
        same = next((i for i, other in enumerate(words) if own <= other or other <= own), None)
        if same is None:
            kept.append(venue)
            words.append(own)
            continue
        other = kept[same]
        fuller = (len(own), len(venue.name)) > (len(words[same]), len(other.name))
        fullest = venue if fuller else other
        fullest.region = fullest.region or other.region or venue.region
        fullest.hosts_event = other.hosts_event or venue.hosts_event
        kept[same], words[same] = fullest, own | words[same]
    return sorted(kept, key=lambda venue: venue.start)


def _words(patterns: PatternSet, lexicon: str) -> frozenset[str]:
    return frozenset(patterns.lexicon(lexicon).phrases)

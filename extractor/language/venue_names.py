"""Finds where the name of a site begins and ends, from the word for the site and the capitals after it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from extractor.language.phrases import Key, PhraseTable
from extractor.language.tokens import CAPS, INITIAL, LOWER, NUMBER, TITLE, TokenTable
from extractor.patterns import PatternSet

SITE, INSTITUTION, NAME, INNER = "site", "institution", "name", "inner"
HALL, STREET, COURT = "hall", "street", "court"
LOOSE: Final = (STREET, "natural_site")
MAX_TOKENS, MAX_PARTS = 16, 3
_LEXICONS: Final = {"venues.sites": SITE, "venues.institutions": INSTITUTION, "venues.names": NAME}
_CAPITAL: Final = frozenset((TITLE, CAPS, INITIAL))
_HYPHENS: Final = frozenset("-–/")
_CAPITALS: Final = re.compile(rf"[{TITLE}{CAPS}]{{1,3}}")
_WORD: Final = re.compile(r"\w+(?:[-'’]\w+)*\.?|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Word:
    """A word for a site: its role and kind, and how it must be written.

    Attributes:
        role: `SITE`, `INSTITUTION`, `NAME` or `INNER`.
        kind: Kind of the venue.
        acronym: True when only capitals make it the word ("MAN", "RS").
        capital: True when it must begin with a capital ("Pasar Senen", but "pasar Asia" is none).
        alone: True when it needs no name after it ("kompleks parlemen").
        titled: True when a capital lets it do without a name ("Mapolda").
        small: True when the text writes a word without the capital that it should have ("pasar Melati").
    """

    role: str
    kind: str
    acronym: bool = False
    capital: bool = False
    alone: bool = False
    titled: bool = False
    small: bool = False


@dataclass(frozen=True, slots=True)
class Site:
    """A site in the text: tokens `first` to `last` (exclusive), and the word that makes it one.

    `named` is the first token of its name proper.
    """

    first: int
    last: int
    word: Word
    named: int


class SiteReader:
    """Reads the site that begins at a token.

    Attributes:
        first_words: The first words of all words for sites.
    """

    def __init__(self, patterns: PatternSet) -> None:
        self._words = PhraseTable(_words(patterns))
        self.first_words = self._words.first.keys()
        self._inner = {key[0]: Word(INNER, kind) for key, kind in _kinds(patterns, "venues.inner")}
        self._parts = PhraseTable(
            (key_of(phrase), part)
            for lexicon, part in (("venues.parts", True), ("venues.units", False))
            for phrase in patterns.lexicon(lexicon).phrases
        )
        self._fillers = PhraseTable((key_of(phrase), None) for phrase in patterns.lexicon("venues.fillers").phrases)
        self._connectors = frozenset(patterns.lexicon("venues.connectors").phrases)
        self._joiners = frozenset(
            word for phrase in patterns.lexicon("venues.joiners").phrases for word in key_of(phrase)
        )
        self._stops = frozenset(patterns.lexicon("venues.stops").phrases)
        self._compounds = frozenset(patterns.lexicon("venues.compounds").phrases)
        self._studios = frozenset(patterns.lexicon("venues.studios").phrases)
        self._broadcasters = frozenset(patterns.lexicon("venues.broadcasters").phrases)
        self._generic = frozenset(patterns.lexicon("venues.generic").phrases)

    def at(self, tokens: TokenTable, first: int) -> Site | None:
        """The site whose name begins at token `first`, None when there is none.

        A part of a site ("halaman", "lobi") belongs to the name when the site's word or a capital follows it; what lies
        in a building or compound that a comma sets off is one name with it ("Aula Melati, Gedung Kartini").
        """
        site = self._single(tokens, first)
        if site and tokens.words[site.last : site.last + 1] == [","]:
            return replace(site, last=self._end_of_whole(tokens, site))
        return site

    def _end_of_whole(self, tokens: TokenTable, site: Site) -> int:
        """Where the building around a hall, the compound around a building or the broadcaster of a studio ends."""
        begin = site.last + 1
        if tokens.lower[site.named - 1] in self._studios:
            run = _CAPITALS.match(tokens.kinds, begin)
            end = run.end() if run else begin
            return end if tokens.lower[end - 1] in self._broadcasters else site.last
        whole = self._single(tokens, begin)
        if whole is None or whole.word.kind == HALL or whole.word.kind in LOOSE:
            return site.last
        if whole.word.role not in (SITE, INSTITUTION):
            return site.last
        within = tokens.lower[begin] in self._compounds and tokens.lower[site.first] not in self._compounds
        return whole.last if site.word.kind == HALL or (within and site.word.kind not in LOOSE) else site.last

    def _single(self, tokens: TokenTable, first: int) -> Site | None:
        start, within = first, False
        for _ in range(MAX_PARTS):
            after, is_part = self._after_part(tokens, start)
            if after == start or not self._begins(tokens, after):
                break
            start, within = after, within or is_part
        hit = self.word_at(tokens, start, within=within)
        if hit is None:
            return self._capitalised(tokens, first)
        end, word = hit
        last, proper = self._run(tokens, first, end)
        specific = word.role == INSTITUTION or any(self._is_specific(tokens, index) for index in range(end, last))
        if within and word.role == INSTITUTION:
            word = replace(word, role=SITE)
        named = proper and specific
        return Site(first, last, word, end) if named or self._suffices(tokens, start, word) else None

    def _is_specific(self, tokens: TokenTable, index: int) -> bool:
        """Whether a token of a name says more than the kind of site ("Sekolah Rakyat") or one letter ("gedung A")."""
        letter = tokens.kinds[index] == INITIAL and len(tokens.words[index].rstrip(".")) == 1
        return tokens.lower[index] not in self._generic and not letter

    def _suffices(self, tokens: TokenTable, index: int, word: Word) -> bool:
        """Whether `word` at `index` needs no name after it."""
        if word.alone or word.role == NAME or (word.role == INSTITUTION and word.acronym):
            return True
        return word.titled and tokens.kinds[index] != LOWER

    def word_at(self, tokens: TokenTable, index: int, *, within: bool = False) -> tuple[int, Word] | None:
        """The end of the word for a site at `index`, and the word.

        Args:
            tokens: The article's tokens.
            index: Where the word begins.
            within: Whether a part of a building stands before it, after which a body may be written small.
        """
        hit = self._words.at(tokens.lower, index)
        if hit is None:
            return None
        end, word = hit
        if word.acronym and not all(tokens.kinds[i] == CAPS for i in range(index, end)):
            return None
        if tokens.kinds[index] != LOWER:
            return hit
        if word.role == NAME or (word.role == INSTITUTION and not within):
            return None
        return (end, replace(word, small=True)) if word.capital else hit

    def _after_part(self, tokens: TokenTable, index: int) -> tuple[int, bool]:
        """The token after a part of a site and its number ("lantai 4"), or after a unit of a body, and whether it is a
        part; `index` itself when there is neither."""
        hit = self._parts.at(tokens.lower, index)
        if hit is None:
            return index, False
        end, is_part = hit
        return end + (tokens.kinds[end : end + 1] == NUMBER), is_part

    def _begins(self, tokens: TokenTable, index: int) -> bool:
        for _ in range(MAX_PARTS):
            if self.word_at(tokens, index, within=True):
                return True
            index = self._after_part(tokens, index)[0]
        return False

    def _capitalised(self, tokens: TokenTable, first: int) -> Site | None:
        """A capitalised name with a word inside that makes it a site; of several the last ("Melati Garden Resto").

        What follows "of" or "and" says less: "Melati Hospital of Kenanga University" is a hospital.
        """
        if first >= len(tokens) or tokens.kinds[first] not in _CAPITAL or tokens.lower[first] in self._stops:
            return None
        last, _ = self._run(tokens, first, first)
        if last < first + 2:
            return None
        joint = next((i for i in range(first, last) if tokens.lower[i] in self._connectors), last)
        known = (self._inner.get(tokens.lower[i]) for i in (*range(joint - 1, first - 1, -1), *range(joint, last)))
        word = next((word for word in known if word), None)
        return Site(first, last, word, first) if word else None

    def _run(self, tokens: TokenTable, first: int, index: int) -> tuple[int, bool]:
        """Where the name ends whose word for the site ends at `index`, and whether it has a proper part."""
        end, proper = index, False
        limit = min(len(tokens), first + MAX_TOKENS)
        while index < limit:
            step = self._step(tokens, first, index, proper)
            if step == index:
                break
            bracket = tokens.words[index] == "("
            proper = proper or (not bracket and any(tokens.kinds[i] != LOWER for i in range(index, step)))
            if proper and tokens.kinds[step - 1] != LOWER:
                end = step
            index = step
        return end, proper

    def _step(self, tokens: TokenTable, first: int, index: int, proper: bool) -> int:
        """The token after what continues the name at `index`; `index` itself when nothing does."""
        kind, word = tokens.kinds[index], tokens.lower[index]
        if kind in _CAPITAL:
            return index if word in self._stops or (proper and self._is_street(tokens, index)) else index + 1
        if kind == NUMBER:
            return self._number(tokens, index)
        if kind == LOWER:
            return self._small(tokens, first, index, proper)
        if tokens.words[index] == "(":
            return self._bracket(tokens, index)
        if word in self._connectors or self._is_joint(tokens, index):
            return index + 1 if self._is_capital(tokens, index + 1) else index
        return index

    def _is_street(self, tokens: TokenTable, index: int) -> bool:
        hit = self.word_at(tokens, index)
        return hit is not None and hit[1].kind == STREET

    def _number(self, tokens: TokenTable, index: int) -> int:
        """A short number belongs to the name after its first words ("SMAN 1 Blora", "Terminal 3")."""
        follows = index + 1 < len(tokens) and tokens.kinds[index + 1] == LOWER
        directly = self._words.at(tokens.lower, index - 1) is not None
        short = len(tokens.words[index]) <= 3 or (directly and "." in tokens.words[index])
        return index + 1 if short and (directly or not follows) else index

    def _small(self, tokens: TokenTable, first: int, index: int, proper: bool) -> int:
        """Words in small letters inside a name: "kantor dinas Blora", "Inn and Suites", "Kebudayaan dan Pariwisata"."""
        word = tokens.lower[index]
        if not proper:
            hit = self._fillers.at(tokens.lower, index) or self.word_at(tokens, index)
            return hit[0] if hit else index
        if not self._is_capital(tokens, index + 1):
            return index
        if word in self._connectors:
            return index + 1
        joins = word == "dan" and not self._joiners.isdisjoint(tokens.lower[first:index])
        return index + 1 if joins and self.word_at(tokens, index + 1) is None else index

    def _bracket(self, tokens: TokenTable, index: int) -> int:
        """An abbreviation in brackets belongs to the name: "Pengadilan Negeri (PN) Blora"."""
        closed = index + 2 < len(tokens) and tokens.words[index + 2] == ")"
        return index + 3 if closed and tokens.kinds[index + 1] in _CAPITAL else index

    def _is_joint(self, tokens: TokenTable, index: int) -> bool:
        """Whether a hyphen or slash stands between two words without a space ("Cikande-Rangkasbitung")."""
        glued = 0 < index < len(tokens) - 1 and tokens.ends[index - 1] == tokens.starts[index]
        return glued and tokens.words[index] in _HYPHENS and tokens.ends[index] == tokens.starts[index + 1]

    def _is_capital(self, tokens: TokenTable, index: int) -> bool:
        fits = index < len(tokens) and tokens.kinds[index] in (TITLE, CAPS, INITIAL, NUMBER)
        return fits and tokens.lower[index] not in self._stops


def key_of(phrase: str) -> Key:
    """The words of `phrase` in lower case."""
    return tuple(word.lower() for word in _WORD.findall(phrase))


def _kinds(patterns: PatternSet, lexicon: str) -> Iterator[tuple[Key, str]]:
    for phrase, entry in patterns.lexicon(lexicon).phrases.items():
        yield key_of(phrase), str(entry["kind"])


def _words(patterns: PatternSet) -> Iterator[tuple[Key, Word]]:
    for lexicon, role in _LEXICONS.items():
        for entry in patterns.lexicon(lexicon).entries:
            kind, flags = str(entry.set["kind"]), (bool(entry.set.get(key)) for key in ("capital", "alone", "titled"))
            capital, alone, titled = flags
            for phrase in entry.phrases:
                yield key_of(phrase), Word(role, kind, phrase.isupper(), capital, alone, titled)

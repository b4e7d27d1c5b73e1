"""Word classes: one letter a token, so that runs of tokens can be read like a string.

| letter | class | letter | class |
| --- | --- | --- | --- |
| R r | first word and rest of an office | N | known name |
| O o | first word and rest of a body | T | other capitalised word |
| S s | status word ("mantan", "Plt") | A | all capitals |
| K k | rank | I | initial or dotted abbreviation |
| H | honorific | D | degree |
| B b | binder ("selaku", "yang juga") | M | name or role word |
| E e | word behind an office ("terpilih") | p | pointer ("itu") |
| Q | role word | 9 | number, also Roman |
| c & | inner word ("pada"), "dan" | P | name particle ("bin") |
| X | capitalised, but no name | w | any other word |
| , : ( ) - / ' " | themselves | . n | other marks, line break |
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from spacy.language import Language
from spacy.tokens import Doc

from extractor.language.component import PhraseIndex
from extractor.language.state import Annotations, annotations_of
from extractor.language.tokens import BREAK, CAPS, INITIAL, LOWER, NUMBER, PUNCT, TITLE, TokenTable, kind_of
from extractor.patterns import PatternSet, Scalar

_ROMAN: Final = re.compile(r"[IVX]{1,5}")
_BYLINE: Final = re.compile(r"[HNTMI]{2,8},[RS]")
_MARKS: Final = {
    ",": ",",
    "(": "(",
    ")": ")",
    "-": "-",
    "–": "-",
    "/": "/",
    ":": ":",
    "&": "&",
    "'": "'",
    "’": "'",
    "‘": "'",
}
_QUOTES: Final = frozenset('"“”«»')
_PHRASES: Final = {
    "R": ("state", "ministers", "heads", "units", "fused", "experts", "candidates"),
    "S": ("status-words",),
    "K": ("ranks",),
    "B": ("binders",),
    "E": ("status-after",),
}
_CAPITAL_ONLY: Final = frozenset("OK")

Attributes = Mapping[str, Scalar]
Matches = Callable[[str], object]


@dataclass(frozen=True, slots=True)
class Lexicons:
    """What the classes of words are read from.

    Attributes:
        words: The class of each single word.
        small: The same for words in small letters.
        parts: What begins or ends at a small word inside a role.
        english: Words of English names of bodies.
        no_name: Matches capitalised words that are no names by their form.
        role_word: Matches capitalised words that are role words by their form.
        field: Matches small words that may be an expert's field.
    """

    words: dict[str, str]
    small: dict[str, str]
    parts: dict[str, str]
    english: frozenset[str]
    no_name: Matches
    role_word: Matches
    field: Matches


@dataclass(slots=True)
class Words:
    """The tokens of a Doc with their classes.

    Attributes:
        tokens: The tokens.
        codes: One letter a token.
        phrases: For the first token of each phrase: the token after it, and the attributes of its entry.
        lexicons: What they were classified by.
    """

    tokens: TokenTable
    codes: str
    phrases: dict[int, tuple[int, Attributes]]
    lexicons: Lexicons

    def part(self, index: int) -> str | None:
        """What begins or ends at the small word at `index`, see the lexicon `officials.joints`."""
        return self.lexicons.parts.get(self.tokens.lower[index])

    def attribute(self, index: int, name: str) -> Scalar:
        """An attribute of the phrase that begins at token `index`, None where there is none."""
        phrase = self.phrases.get(index)
        return phrase[1].get(name) if phrase else None

    def text(self, start: int, end: int) -> str:
        """The tokens from `start` to `end` as written, with white space normalised."""
        tokens = self.tokens
        parts = [tokens.words[start]]
        for i in range(start + 1, end):
            parts.append(("" if tokens.starts[i] == tokens.ends[i - 1] else " ") + tokens.words[i])
        return "".join(parts)


class WordClasses:
    """Classifies tokens by the lexicons of offices, bodies, ranks and names."""

    def __init__(self, nlp: Language, patterns: PatternSet) -> None:
        phrases: dict[str, dict[str, Scalar]] = {}
        spelled: set[str] = set()
        for lexicon in patterns.lexicons("officials"):
            short = lexicon.id.removeprefix("officials.")
            letter = next((k for k, ids in _PHRASES.items() if short in ids), None)
            if short.startswith("bodies-"):
                letter = "O"
                spelled.update(phrase for entry in lexicon.entries for phrase in entry.phrases)
            if letter:
                phrases.update({phrase: {"class": letter, **a} for phrase, a in lexicon.phrases.items()})
        self._index = PhraseIndex(nlp, [phrases])
        self._capitals = {p.lower() for p in spelled if p.isupper()} - {p.lower() for p in spelled if not p.isupper()}
        self._lexicons = _lexicons(patterns)
        self._code = lru_cache(maxsize=1 << 16)(self._class_of)

    def __call__(self, doc: Doc) -> Words:
        """The classes of the tokens of `doc`."""
        found = annotations_of(doc)
        tokens = found.tokens
        codes = [*map(self._code, tokens.words)]
        phrases: dict[int, tuple[int, Attributes]] = {}
        for start, end, attributes in self._index.find(doc):
            letter = str(attributes["class"])
            if tokens.kinds[start] == LOWER and _needs_capital(letter, tokens.words[start]):
                continue
            if letter == "O" and tokens.kinds[start] == TITLE and tokens.lower[start] in self._capitals:
                continue
            phrases[start] = (end, attributes)
            if letter == "B" and attributes["kind"] == "and" and end - start == 1:
                codes[start] = "&"
            else:
                codes[start:end] = letter + letter.lower() * (end - start - 1)
        _read_dates(found, codes)
        _read_headlines(found, codes)
        _read_left(tokens, codes, phrases)
        _read_initials(tokens.words, codes)
        return Words(tokens, "".join(codes), phrases, self._lexicons)

    def _class_of(self, word: str) -> str:
        """The letter of a token that no phrase covers."""
        kind, known = kind_of(word), self._lexicons.words.get(word.lower())
        if kind == LOWER:
            return self._of_small(word, known)
        if kind == TITLE:
            return self._of_title(word, known)
        if kind in (CAPS, INITIAL):
            return "9" if _ROMAN.fullmatch(word) else _of_capitals(kind, known)
        if kind == NUMBER:
            return "9"
        if kind == BREAK:
            return "n"
        return _MARKS.get(word) or ('"' if word in _QUOTES else PUNCT)

    def _of_small(self, word: str, known: str | None) -> str:
        if word.startswith("ke-") and word[3:].isdigit():
            return "9"
        return self._lexicons.small.get(word) or ("H" if known == "H" else "w")

    def _of_title(self, word: str, known: str | None) -> str:
        if word[1:3].isupper():
            return "A"
        if known:
            return known
        return "X" if self._lexicons.no_name(word) else "Q" if self._lexicons.role_word(word) else "T"


def _needs_capital(letter: str, word: str) -> bool:
    """Whether a phrase in small letters is another word: bodies, ranks, and offices as short as "PM"."""
    return letter in _CAPITAL_ONLY or (letter == "R" and len(word) < 4)


def _of_capitals(kind: str, known: str | None) -> str:
    """The letter of a word in capitals ("KPU") or with full stops ("S.IP.")."""
    if kind == CAPS:
        return known if known in ("D", "H", "X", "c", "Q", "N") else "A"
    return known if known in ("H", "D", "Q", "X") else "I"


def _lexicons(patterns: PatternSet) -> Lexicons:
    """Reads the lexicons of single words; where a word stands in several, the last of these wins."""

    def phrases(name: str) -> Mapping[str, Attributes]:
        return patterns.lexicon(f"officials.{name}").phrases

    def matcher(atom: str) -> Matches:
        return re.compile(patterns.regex("officials", f"{{{atom}}}")).fullmatch

    order = ("degrees", "D"), ("names", "N"), ("not-names", "X"), ("name-particles", "P"), ("role-words", "Q")
    words = {word: letter for name, letter in order for word in phrases(name)}
    doubtful = set(phrases("names")) & {*phrases("role-words"), *phrases("not-names")}
    words.update(dict.fromkeys(doubtful, "M"))
    words.update(dict.fromkeys(phrases("honorifics"), "H"))
    words.update(dict.fromkeys(phrases("inner-words"), "c"))
    small = ("role-words", "Q"), ("name-particles", "P"), ("inner-words", "c"), ("pointers", "p")
    return Lexicons(
        words=words,
        small={word: letter for name, letter in small for word in phrases(name)},
        parts={word: str(entry["part"]) for word, entry in phrases("joints").items()},
        english=frozenset(phrases("english-words")),
        no_name=matcher("no_name"),
        role_word=matcher("role_word"),
        field=matcher("field"),
    )


def _read_dates(found: Annotations, codes: list[str]) -> None:
    """Words of a date are no names: "Ahad" is a day in "Ahad (11/2)" and may be a person elsewhere."""
    for date in found.dates:
        first, last = found.tokens.covering(date.start, date.end)
        for i in range(first, last if last - first > 1 else first):
            if codes[i] in "TNM":
                codes[i] = "X"


def _read_headlines(found: Annotations, codes: list[str]) -> None:
    """In a line written like a headline every word has a capital, so capitals tell nothing: no names are read there."""
    tokens = found.tokens
    for begin, end in found.paragraphs:
        first, last = tokens.covering(begin, end)
        if last - first >= 30 or not _is_headline(tokens.kinds[first:last], tokens.words[first:last]):
            continue
        if not _BYLINE.match("".join(codes[first:last])):
            codes[first:last] = "X" * (last - first)


def _is_headline(kinds: str, words: list[str]) -> bool:
    """Whether a line has capitals nearly everywhere, few numbers, no full stop and no quotation mark at its end."""
    small, large = kinds.count(LOWER), kinds.count(TITLE) + kinds.count(CAPS)
    return 4 < large >= 3 * small and kinds.count(NUMBER) < 3 and "." not in words and words[-1] not in ('"', "”", ")")


def _read_left(tokens: TokenTable, codes: list[str], phrases: dict[int, tuple[int, Attributes]]) -> None:
    """English offices have their field before them ("Research & Analytics Manager"): it becomes part of the office."""
    for start, (end, attributes) in list(phrases.items()):
        if not attributes.get("left"):
            continue
        first = start
        while first > 0 and codes[first - 1] in "QTOo&" and tokens.kinds[first - 1] != LOWER:
            first -= 1
        while first < start and tokens.words[first] == "&":
            first += 1
        if first < start:
            phrases[first] = (end, attributes)
            codes[first:end] = "R" + "r" * (end - first - 1)


def _read_initials(words: list[str], codes: list[str]) -> None:
    """The "I" before a Balinese name ("I Gede …") is no Roman one."""
    if "I" not in words:
        return
    for i in [i for i, word in enumerate(words[:-1]) if word == "I"]:
        if codes[i + 1] in "NM" and (i == 0 or codes[i - 1] not in "oOQ9"):
            codes[i] = "I"

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
| , ( ) - / ' " | themselves | . n | other marks, line break |
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc

from extractor.language.component import PhraseIndex
from extractor.language.state import Annotations, annotations
from extractor.language.tokens import BREAK, CAPS, INITIAL, LOWER, NUMBER, PUNCT, TITLE, TokenTable
from extractor.patterns import PatternSet, Scalar

_ROMAN = re.compile(r"[IVX]{1,5}")
_MARKS = {",": ",", "(": "(", ")": ")", "-": "-", "–": "-", "/": "/", "&": "&", "'": "'", "’": "'", "‘": "'"}
_QUOTES = frozenset('"“”«»')
_PHRASES = {
    "R": ("state", "ministers", "heads", "units", "fused", "experts", "candidates"),
    "S": ("status-words",),
    "K": ("ranks",),
    "B": ("binders",),
    "E": ("status-after",),
}
_CAPITAL_ONLY = frozenset("OK")

Attributes = Mapping[str, Scalar]


@dataclass(slots=True)
class Words:
    """The tokens of a Doc with their classes.

    Attributes:
        tokens: The tokens.
        codes: One letter a token.
        phrases: For the first token of each phrase: the token after it, and the attributes of its entry.
    """

    tokens: TokenTable
    codes: str
    phrases: dict[int, tuple[int, Attributes]]

    def attribute(self, index: int, name: str) -> Scalar:
        """An attribute of the phrase that begins at token `index`, None where there is none."""
        phrase = self.phrases.get(index)
        return phrase[1].get(name) if phrase else None

    def text(self, start: int, end: int) -> str:
        """The tokens from `start` to `end` joined by spaces, for look-ups."""
        return " ".join(self.tokens.words[start:end])


class WordClasses:
    """Classifies tokens by the lexicons of offices, bodies, ranks and names."""

    def __init__(self, nlp: Language, patterns: PatternSet) -> None:
        phrases: dict[str, dict[str, Scalar]] = {}
        for lexicon in patterns.lexicons("officials"):
            short = lexicon.id.removeprefix("officials.")
            letter = "O" if short.startswith("bodies-") else next((k for k, ids in _PHRASES.items() if short in ids), None)
            if letter:
                phrases.update({phrase: {"class": letter, **a} for phrase, a in lexicon.phrases.items()})
        self._index = PhraseIndex(nlp, [phrases])
        self._words = self._single_words(patterns)
        small = ("role-words", "Q"), ("name-particles", "P"), ("inner-words", "c"), ("pointers", "p")
        self._small = {w: k for name, k in small for w in patterns.lexicon(f"officials.{name}").phrases}
        self._no_name = re.compile(patterns.regex("officials", "{no_name}")).fullmatch
        self._role_word = re.compile(patterns.regex("officials", "{role_word}")).fullmatch

    @staticmethod
    def _single_words(patterns: PatternSet) -> dict[str, str]:
        def words(name: str) -> set[str]:
            return set(patterns.lexicon(f"officials.{name}").phrases)

        classes: dict[str, str] = {}
        for name, letter in (("degrees", "D"), ("names", "N"), ("not-names", "X"), ("name-particles", "P")):
            classes.update(dict.fromkeys(words(name), letter))
        classes.update(dict.fromkeys(words("role-words"), "Q"))
        classes.update(dict.fromkeys(words("names") & (words("role-words") | words("not-names")), "M"))
        classes.update(dict.fromkeys(words("honorifics"), "H"))
        classes.update(dict.fromkeys(words("inner-words"), "c"))
        return classes

    def __call__(self, doc: Doc) -> Words:
        """The classes of the tokens of `doc`."""
        found = annotations(doc)
        tokens = found.tokens
        known = self._words
        codes = [
            self._class_of(kind, word, known.get(lower)) for kind, word, lower in zip(tokens.kinds, tokens.words, tokens.lower, strict=True)
        ]
        phrases: dict[int, tuple[int, Attributes]] = {}
        for start, end, attributes in self._index.find(doc):
            letter = str(attributes["class"])
            if tokens.kinds[start] == LOWER and (letter in _CAPITAL_ONLY or len(tokens.words[start]) < 4 and letter == "R"):
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
        return Words(tokens, "".join(codes), phrases)

    def _class_of(self, kind: str, word: str, known: str | None) -> str:
        """The letter of a token that no phrase covers."""
        if kind == LOWER:
            if word.startswith("ke-") and word[3:].isdigit():
                return "9"
            return self._small.get(word) or ("H" if known == "H" else "w")
        if kind == TITLE:
            if word[1:3].isupper():
                return "A"
            return known or ("X" if self._no_name(word) else "Q" if self._role_word(word) else "T")
        if kind == CAPS:
            return "9" if _ROMAN.fullmatch(word) else known if known in ("D", "H", "X", "c", "Q") else "A"
        if kind == INITIAL:
            return known if known in ("H", "D", "Q") else "9" if _ROMAN.fullmatch(word) else "I"
        if kind == NUMBER:
            return "9"
        if kind == BREAK:
            return "n"
        return _MARKS.get(word) or ('"' if word in _QUOTES else PUNCT)


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
        if last - first < 30 and _is_headline(tokens.kinds[first:last], tokens.words[first:last]):
            codes[first:last] = "X" * (last - first)


def _is_headline(kinds: str, words: list[str]) -> bool:
    """Whether a line has capitals nearly everywhere, few numbers, and neither full stop nor quotation mark at its end."""
    small, large = kinds.count(LOWER), kinds.count(TITLE) + kinds.count(CAPS)
    return 4 < large >= 3 * small and kinds.count(NUMBER) < 3 and "." not in words and words[-1] not in ('"', "”", ")")


def _read_left(tokens: TokenTable, codes: list[str], phrases: dict[int, tuple[int, Attributes]]) -> None:
    """English offices have their field before them ("Research & Analytics Manager"): it becomes part of the office."""
    for start, (end, attributes) in list(phrases.items()):
        if not attributes.get("left"):
            continue
        first = start
        while first > 0 and (codes[first - 1] in "QTOo" or tokens.words[first - 1] == "&") and tokens.kinds[first - 1] != LOWER:
            first -= 1
        while first < start and tokens.words[first] == "&":
            first += 1
        if first < start:
            phrases[first] = (end, attributes)
            codes[first:end] = "R" + "r" * (end - first - 1)


def _read_initials(words: list[str], codes: list[str]) -> None:
    """The "I" before a Balinese name ("I Gede …") is no Roman one."""
    for i in range(len(codes) - 1):
        if words[i] == "I" and codes[i + 1] in "NM" and (i == 0 or codes[i - 1] not in "oOQ9"):
            codes[i] = "I"

"""A table of a Doc's tokens, read once and shared by every component.

Asking spaCy for a token's text costs far more than asking a list, and a string with one letter a token lets an
ordinary regular expression find runs of tokens: `TITLE` + `TITLE` + … is a name candidate.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import lru_cache
from operator import add
from typing import Final

from spacy.tokens import Doc

_DOTTED: Final = re.compile(r"(?:[A-Z][A-Za-z]{0,4}\.)+(?:[A-Z][A-Za-z]{0,4})?")

LOWER, TITLE, CAPS, INITIAL, NUMBER, PUNCT, BREAK = "w", "T", "A", "I", "9", ".", "n"


@lru_cache(maxsize=1 << 16)
def kind_of(word: str) -> str:
    """The kind of a token, one letter.

    `TITLE` begins with a capital ("Blora", "Ma'ruf", "McDonald"), `CAPS` has two capitals or more and no small letter
    ("KPU"), `INITIAL` is one capital with or without a full stop ("M.") or a dotted abbreviation ("S.IP."), `NUMBER`
    begins with a digit, `BREAK` holds a line break, `LOWER` is any other word and `PUNCT` everything else.
    """
    first = word[0]
    if first.isalpha():
        if not first.isupper():
            return LOWER
        if len(word) == 1 or _DOTTED.fullmatch(word):
            return INITIAL
        return CAPS if word.isupper() else TITLE
    if first.isdigit():
        return NUMBER
    return BREAK if "\n" in word else PUNCT


@dataclass(frozen=True, slots=True)
class TokenTable:
    """The tokens of a Doc, column by column.

    Attributes:
        words: The tokens' texts.
        lower: The same in lower case.
        starts: Offset of each token's first character.
        ends: Offset after each token's last character.
        kinds: One letter a token, see `kind_of`.
    """

    words: list[str]
    lower: list[str]
    starts: list[int]
    ends: list[int]
    kinds: str

    @classmethod
    def of(cls, doc: Doc) -> TokenTable:
        """The table of `doc`, whatever tokenizer made it."""
        words = [token.text for token in doc]
        starts = [token.idx for token in doc]
        return cls.build(words, starts)

    @classmethod
    def build(cls, words: list[str], starts: list[int]) -> TokenTable:
        """The table of tokens given by their texts and first characters."""
        ends = list(map(add, starts, map(len, words)))
        return cls(words, list(map(str.lower, words)), starts, ends, "".join(map(kind_of, words)))

    def __len__(self) -> int:
        return len(self.words)

    def at(self, offset: int) -> int:
        """Index of the token that holds the character at `offset`, or of the first one after it."""
        index = bisect_right(self.starts, offset) - 1
        return index if index >= 0 and offset < self.ends[index] else index + 1

    def covering(self, start: int, end: int) -> tuple[int, int]:
        """Half-open range of the tokens that share a character with `start:end`."""
        return bisect_right(self.ends, start), bisect_left(self.starts, end)

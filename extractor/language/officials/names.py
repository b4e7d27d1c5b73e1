"""Reads names: runs of capitalised words with the small words, initials and nicknames inside them."""

from __future__ import annotations

import re
from typing import Final

from extractor.language.gazetteer import Gazetteer
from extractor.language.officials.model import Name
from extractor.language.officials.words import Words

MAX_TOKENS: Final = 7
RUN: Final = re.compile(
    r"""(?:[NTIMA]                          # names, unknown words, initials, capitals
        | P(?=[NTM])                        # "bin", "La"
        | (?<=[NTIM])(?:H(?=[NTM])          # "Evita H Legowo"
                      | -w                  # "Moon Jae-in"
                      | (?<=[NTM]T)-T(?![NTM])  # "Agnes Pannier-Runacher"
                      | '[TNM]{1,2}'(?=[NTM]))  # "Munafri 'Appi' Arifuddin"
        )+""",
    re.VERBOSE,
)
_NAMING: Final = re.compile("[NTM]")
_DEGREES: Final = re.compile(r"(?:,?(?:D|I(?![NTMI]))){1,6}|A{1,3}(?=,)")
_RANK_BRACKET: Final = re.compile(r"\([AIKD]\)")


class NameReader:
    """Reads the names in the tokens of one Doc.

    Args:
        words: The tokens with their classes.
        gazetteer: A place is no name.
        short: Words by which the text names a person without an office, in lower case.
    """

    def __init__(self, words: Words, gazetteer: Gazetteer, short: frozenset[str]) -> None:
        self.words = words
        self.codes = words.codes
        self._places = gazetteer.names
        self._short = short

    def is_short(self, index: int) -> bool:
        """Whether the text names a person by the word at `index`."""
        return self.words.tokens.lower[index] in self._short

    def at(self, index: int) -> Name | None:
        """The name that begins at token `index`, with rank and honorifics before it; None when none does."""
        start, rank, honorifics = self._announcement(index)
        run = RUN.match(self.codes, start)
        if not run:
            return None
        end = run.end()
        if self.codes[end - 1] == "A":
            end = self._trimmed(start, end)
        end = min(end, start + MAX_TOKENS)
        if end <= start or not self._plausible(start, end, announced=bool(rank or honorifics)) or self._in_english(end):
            return None
        return Name(start, end, rank, honorifics)

    def _in_english(self, end: int) -> bool:
        """Whether a name of a body in English goes on after a name ("Saiful Mujani Research", "House of …")."""
        following = self.words.tokens.lower[end : end + 1]
        return following == ["of"] or (self.codes[end : end + 1] == "Q" and following[0] in self.words.lexicons.english)

    def _announcement(self, index: int) -> tuple[int, tuple[int, int] | None, list[int]]:
        """The token after rank and honorifics at `index`, the rank's tokens, and the honorifics."""
        rank, honorifics = None, []
        while index < len(self.codes) and self.codes[index] in "HKk":
            if self.codes[index] == "H":
                honorifics.append(index)
                index += 1
                continue
            end = self.words.phrases[index][0] if index in self.words.phrases else index + 1
            bracket = _RANK_BRACKET.match(self.codes, end)
            rank = (index, bracket.end() if bracket else end)
            index = rank[1]
        return index, rank, honorifics

    def with_degrees(self, name: Name) -> int:
        """The token after the degrees behind a name ("…, S.H., M.H."), which are added to its honorifics."""
        match = _DEGREES.match(self.codes, name.end)
        if not match:
            return name.end
        name.honorifics += [i for i in range(name.end, match.end()) if self.codes[i] != ","]
        return match.end()

    def _trimmed(self, start: int, end: int) -> int:
        """Leaves out capitals at the end that are no part of a name, but keeps "MD" in "Mahfud MD" and "AHY" alone."""
        words = self.words.tokens.words
        while end > start and self.codes[end - 1] == "A" and (end - 1 == start or len(words[end - 1]) > 2):
            if end - start == 1 and len(words[start]) <= 4:
                return end
            end -= 1
        return end

    def _plausible(self, start: int, end: int, *, announced: bool) -> bool:
        """Whether a run of capitalised words may be a person's name at all."""
        run = self.codes[start:end]
        if run in ("A", "I"):
            return announced or self.is_short(start)
        if not _NAMING.search(run) or (run[0] == "A" and len(run) > 1):
            return announced
        if announced or self.is_short(start):
            return True
        return run != "M" and ("N" in run or tuple(self.words.tokens.lower[start:end]) not in self._places)

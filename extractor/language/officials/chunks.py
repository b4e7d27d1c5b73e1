"""Cuts a text into chunks: roles, names, and the words and marks between them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from extractor.language.gazetteer import Gazetteer
from extractor.language.officials.model import Chunk
from extractor.language.officials.names import NameReader
from extractor.language.officials.roles import RoleReader
from extractor.language.officials.words import Words

_DULL = "wXQ9OoDE'"
_DULL_RUN = re.compile(f"[{_DULL}]+")
_MARKS = {
    ",": "comma",
    ":": "colon",
    "(": "open",
    ")": "close",
    "-": "dash",
    "/": "and",
    "n": "break",
    ".": "stop",
    "c": "inner",
    '"': "quote",
    "p": "pointer",
}


class Chunker:
    """Cuts the tokens of one Doc into chunks.

    Args:
        words: The tokens with their classes.
        gazetteer: Tells regions inside roles, and places from names.
        short: Words by which the text names a person without an office, in lower case.
        blockers: Words before an office that make it part of another name ("Kantor Bupati").
        places: The tokens of regions with a word for their level: the first one, and the one after the last.
    """

    def __init__(
        self,
        words: Words,
        gazetteer: Gazetteer,
        short: frozenset[str],
        blockers: frozenset[str],
        places: Mapping[int, int],
    ) -> None:
        self.words = words
        self._places = places
        self.codes = words.codes
        self._blockers = blockers
        self._names = NameReader(words, gazetteer, short)
        self._roles = RoleReader(words, gazetteer, self._names)

    def chunks(self) -> list[Chunk]:
        """All chunks from left to right; stretches of other words become one chunk of kind "other"."""
        found: list[Chunk] = []
        codes, places, index = self.codes, self._places, 0
        last = Chunk("none", 0, 0)
        while index < len(codes):
            code = codes[index]
            if index in places:
                chunk = Chunk("place", index, places[index])
            elif code in _MARKS:
                chunk = Chunk(_MARKS[code], index, index + 1)
            elif code in _DULL and (dull := _DULL_RUN.match(codes, index)):
                chunk = Chunk("other", index, dull.end())
            else:
                chunk = self._next(index)
            if chunk.kind == "other" == last.kind:
                last.end = chunk.end
            else:
                found.append(chunk)
                last = chunk
            index = chunk.end
        return found

    def _next(self, index: int) -> Chunk:
        code = self.codes[index]
        if code in "RS" and (role := self._roles.at(index)) and not self._is_blocked(role.start, role.end):
            kind = str(self.words.attribute(role.office, "chunk") or "role")
            return Chunk(kind, index, role.period[1] if role.period else role.end, role)
        if code in "NTIMHKAP" and (name := self._names.at(index)):
            return Chunk("name", index, self._names.with_degrees(name), name)
        if code in "B&" and index in self.words.phrases:
            end, attributes = self.words.phrases[index]
            return Chunk(str(attributes["kind"]), index, end)
        return Chunk("inner" if code == "&" else "other", index, index + 1)

    def _is_blocked(self, start: int, end: int) -> bool:
        """Whether the word before a role makes it part of another name, and no person's name follows."""
        if start and self.codes[start - 1] in "Bb":
            return False
        before = self.words.tokens.lower[start - 1] if start else ""
        following = self.codes[end : end + 1]
        return before in self._blockers and not (following and following in "NTMHKI")

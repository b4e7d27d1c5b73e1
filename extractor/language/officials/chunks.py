"""Cuts a text into chunks: roles, names, and the words and marks between them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from extractor.language.gazetteer import Gazetteer
from extractor.language.officials.model import LETTERS, POINTS_BACK, Chunks, Item
from extractor.language.officials.names import NameReader
from extractor.language.officials.roles import RoleReader
from extractor.language.officials.words import Words

_CLASSES: Final = "RrSsKkHBbEeQOoNTAIDM9XPwpc&,:()-/'\".n"
_DULL: Final = "wXQ9OoDE'"
_OTHER, _PLACE = LETTERS["other"], LETTERS["place"]
# In a line without an office only names count, and what may join two of them.
_LOUD: Final = str.maketrans(dict.fromkeys(_DULL, _OTHER))
_QUIET: Final = str.maketrans(dict.fromkeys(set(_CLASSES) - set("NTIMHKAPB()-n"), _OTHER))
_CANDIDATE: Final = re.compile(f"[NTIMHKAPRSBrskbe&{_PLACE}]")
_NAME_BEGINS: Final = frozenset("NTIMHKAP")
_OTHERS: Final = re.compile(f"{_OTHER}{{2,}}")
_ITEM: Final = re.compile(f"[{''.join(LETTERS[kind] for kind in ('name', 'role', 'group', 'counsel'))}]")


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

    def chunks(self) -> Chunks:
        """All chunks from left to right; stretches of other words are one chunk.

        In a line without an office only names, and what may join two of them, are told from other words, unless a
        role points back to a person ("Bupati itu"): then all that was said before it counts.
        """
        chunks = self._cut(self._view(whole=False))
        return self._cut(self._view(whole=True)) if POINTS_BACK.search(chunks.kinds) else chunks

    def _view(self, *, whole: bool) -> str:
        """The classes of the tokens, those of other words made one, and places marked."""
        codes = list(self.codes)
        for place in self._places:
            if place == 0 or codes[place] not in _DULL or codes[place - 1] not in _DULL:
                codes[place] = _PLACE
        view = "".join(codes)
        if whole:
            return view.translate(_LOUD)
        lines = (view[begin:end] for begin, end in self._lines())
        return "".join(line.translate(_LOUD if "R" in line or _PLACE in line else _QUIET) for line in lines)

    def _lines(self) -> Iterator[tuple[int, int]]:
        """The tokens of each line, its break with it."""
        begin, size = 0, len(self.codes)
        while begin < size:
            end = self.codes.find("n", begin) + 1 or size
            yield begin, end
            begin = end

    def _cut(self, view: str) -> Chunks:
        """Reads a role, a name or a binder wherever one may begin in `view`; all else stands for itself."""
        parts: list[str] = []
        items: list[Item] = []
        starts: list[int] = []
        index = 0
        while candidate := _CANDIDATE.search(view, index):
            start = candidate.start()
            kind, end, item = self._read(start, view[start])
            parts += view[index:start], LETTERS[kind]
            if item:
                items.append(item)
                starts.append(start)
            index = end
        parts.append(view[index:])
        kinds = _OTHERS.sub(_OTHER, "".join(parts))
        at = [match.start() for match in _ITEM.finditer(kinds)]
        return Chunks(kinds, dict(zip(at, items, strict=True)), dict(zip(at, starts, strict=True)))

    def _read(self, index: int, code: str) -> tuple[str, int, Item | None]:
        """The kind of the chunk that begins at token `index`, the token after it, and the role or name that it is."""
        if code in _NAME_BEGINS:
            if name := self._names.at(index):
                return "name", self._names.with_degrees(name), name
        elif code in "RS":
            if (role := self._roles.at(index)) and not self._is_blocked(role.start, role.end):
                kind = str(self.words.attribute(role.office, "chunk") or "role")
                return kind, role.period[1] if role.period else role.end, role
        elif code == _PLACE:
            return "place", self._places[index], None
        elif code in "B&" and index in self.words.phrases:
            end, attributes = self.words.phrases[index]
            return str(attributes["kind"]), end, None
        return ("inner" if code == "&" else "other"), index + 1, None

    def _is_blocked(self, start: int, end: int) -> bool:
        """Whether the word before a role makes it part of another name, and no person's name follows."""
        if start and self.codes[start - 1] in "Bb":
            return False
        if start and self.words.attribute(start - 1, "open"):
            return True  # "Himpunan Pengusaha Muda"
        before = self.words.tokens.lower[start - 1] if start else ""
        following = self.codes[end : end + 1]
        return before in self._blockers and not (following and following in "NTMHKI")

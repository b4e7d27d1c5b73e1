"""The parts of a text that officials are made of, in tokens: roles, names, and the chunks between them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

_MARKS: Final = {
    "comma": ",",
    "colon": ":",
    "open": "(",
    "close": ")",
    "dash": "-",
    "stop": ".",
    "break": "n",
    "quote": '"',
    "inner": "c",
    "other": "w",
    "pointer": "p",
    "and": "/",
}
_ITEMS: Final = {"name": "N", "role": "R", "group": "G", "counsel": "C", "place": "L"}
_BINDERS: Final = (
    *("as", "holds", "held", "also", "became", "becomes", "led", "is"),
    *("with", "then", "alias", "both", "instead", "more", "self"),
)
LETTERS: Final = _MARKS | _ITEMS | dict(zip(_BINDERS, "abdefghijklmoqs", strict=True))
"""The letter of each kind of chunk; those of marks and other words are those of their word classes."""
POINTS_BACK: Final = re.compile("{role}{pointer}".format(**LETTERS))


@dataclass(slots=True)
class Role:
    """Status words, an office, and what follows it.

    Attributes:
        start: First token, a status word where there is one.
        office: First token of the office.
        head_end: Token after the office's own words.
        end: Token after the role.
        form: How the role goes on, see `patterns/officials/offices.yml`.
        status: What a word behind the office says ("terpilih").
        numbered: Whether a number follows ("paslon nomor urut 2").
        period: Tokens of the term of office ("periode 2018-2023"), behind the role.
        client: First token of the person for whom it is held ("juru bicara Budi Santoso").
    """

    start: int
    office: int
    head_end: int
    end: int
    form: str
    status: str | None = None
    numbered: bool = False
    period: tuple[int, int] | None = None
    client: int | None = None


@dataclass(slots=True)
class Name:
    """A person's name; rank and honorifics stand before `start`, degrees behind `end`."""

    start: int
    end: int
    rank: tuple[int, int] | None = None
    honorifics: list[int] = field(default_factory=list)


Item = Role | Name


@dataclass(slots=True)
class Chunks:
    """A text cut into chunks: roles, names, and the words and marks between them.

    Attributes:
        kinds: One letter a chunk, see `LETTERS`, so that shapes are found by regular expressions.
        items: The chunks that are a role or a name, by their place in `kinds`.
        starts: The first token of each of those, which for a name is its rank or honorific.
    """

    kinds: str
    items: dict[int, Item]
    starts: dict[int, int]

    def roles(self) -> list[tuple[int, Role]]:
        """The places and roles of the chunks that are one."""
        return [(i, item) for i, item in self.items.items() if isinstance(item, Role)]

    def names(self) -> list[tuple[int, Name]]:
        """The places and names of the chunks that are one."""
        return [(i, item) for i, item in self.items.items() if isinstance(item, Name)]

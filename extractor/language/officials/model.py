"""The parts of a text that officials are made of, in tokens: roles, names, and the chunks between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field


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
    """

    start: int
    office: int
    head_end: int
    end: int
    form: str
    status: str | None = None
    numbered: bool = False
    period: tuple[int, int] | None = None


@dataclass(slots=True)
class Name:
    """A person's name; rank and honorifics stand before `start`, degrees behind `end`."""

    start: int
    end: int
    rank: tuple[int, int] | None = None
    honorifics: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Chunk:
    """A role, a name, or a word or mark between them, with its kind in the vocabulary of the shapes."""

    kind: str
    start: int
    end: int
    item: Role | Name | None = None


def positions(chunks: Sequence[Chunk], *kinds: str) -> dict[str, list[int]]:
    """Where the chunks of some kinds stand."""
    found: dict[str, list[int]] = {kind: [] for kind in kinds}
    for i, chunk in enumerate(chunks):
        if chunk.kind in found:
            found[chunk.kind].append(i)
    return found

"""Roles without a name that point back to a person ("Ketua DPD Golkar NTT itu")."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from extractor.language.officials.model import LETTERS, Chunks, Name, Role
from extractor.language.officials.shapes import Binding

RULE: Final = "officials.role-points-back"
_REACH: Final = 60
_POINTER, _QUOTE, _BREAK = LETTERS["pointer"], LETTERS["quote"], LETTERS["break"]
_SENTENCE_ENDS: Final = LETTERS["stop"] + LETTERS["break"]
_CLAUSE_BEGINS: Final = _SENTENCE_ENDS + LETTERS["comma"] + LETTERS["quote"]


def point_back(chunks: Chunks, bound: Sequence[Binding], persons: set[int], spoken: set[int]) -> Iterator[Binding]:
    """Binds each role followed by "itu" or "ini" to the person whom the article last made a subject.

    Args:
        chunks: All chunks of the Doc.
        bound: The roles that have a name already.
        persons: Ids of the names of persons with a role.
        spoken: Ids of the names that a verb of saying goes with; they are persons too.
    """
    taken = {id(binding.role) for binding in bound}
    for i, role in chunks.roles():
        if chunks.kinds[i] != LETTERS["role"] or chunks.kinds[i + 1 : i + 2] != _POINTER or id(role) in taken:
            continue
        if role.end == role.head_end and role.start == role.office:
            continue
        first = max(0, i - _REACH)
        last = _sentence_before(chunks.kinds, first, i)
        known = [(j, n) for j, n in _outside_quotes(chunks, first, last) if id(n) in persons or id(n) in spoken]
        subjects = [n for j, n in known if id(n) in spoken or _is_subject(chunks, first, j)] or [n for _, n in known]
        if subjects:
            yield Binding(role, subjects[-1], RULE)


def _outside_quotes(chunks: Chunks, first: int, last: int) -> Iterator[tuple[int, Name]]:
    """The names between two chunks that the article itself names, not a speaker in quotation marks."""
    quoted = False
    for i in range(first, last):
        kind, item = chunks.kinds[i], chunks.items.get(i)
        if kind == _BREAK:
            quoted = False
        elif kind == _QUOTE:
            quoted = not quoted
        elif isinstance(item, Name) and not quoted:
            yield i, item


def _is_subject(chunks: Chunks, first: int, index: int) -> bool:
    """Whether a name, with the role before it, opens its sentence or clause; `first` is where the view begins."""
    before = index - 1
    while before >= first and isinstance(chunks.items.get(before), Role):
        before -= 1
    return before < first or chunks.kinds[before] in _CLAUSE_BEGINS


def _sentence_before(kinds: str, first: int, index: int) -> int:
    """The chunk after the last end of a sentence: the subject of a role's own sentence is somebody else."""
    return max((kinds.rfind(end, first, index) for end in _SENTENCE_ENDS), default=-1) + 1

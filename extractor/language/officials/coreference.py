"""Roles without a name that point back to a person ("Ketua DPD Golkar NTT itu")."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractor.language.officials.model import Chunk, Name, Role
from extractor.language.officials.shapes import Binding

RULE = "officials.role-points-back"
_REACH = 60


def point_back(
    chunks: Sequence[Chunk], roles: Sequence[int], bound: Sequence[Binding], persons: set[int], spoken: set[int]
) -> Iterator[Binding]:
    """Binds each role followed by "itu" or "ini" to the person whom the article last made a subject.

    Args:
        chunks: All chunks of the Doc.
        roles: Where those of kind "role" stand.
        bound: The roles that have a name already.
        persons: Ids of the names of persons with a role.
        spoken: Ids of the names that a verb of saying goes with; they are persons too.
    """
    taken = {id(binding.role) for binding in bound}
    for i in roles:
        role = chunks[i].item
        if i + 1 == len(chunks) or chunks[i + 1].kind != "pointer":
            continue
        if not isinstance(role, Role) or id(role) in taken:
            continue
        if role.end == role.head_end and role.start == role.office:
            continue
        before = _sentences_before(chunks[max(0, i - _REACH) : i])
        named = [i for i in _outside_quotes(before) if id(before[i].item) in persons or id(before[i].item) in spoken]
        subjects = [i for i in named if id(before[i].item) in spoken or _is_subject(before, i)] or named
        if subjects and isinstance(name := before[subjects[-1]].item, Name):
            yield Binding(role, name, RULE)


def _outside_quotes(chunks: Sequence[Chunk]) -> Iterator[int]:
    """The places of the names that the article itself names, not a speaker in quotation marks."""
    quoted = False
    for i, chunk in enumerate(chunks):
        if chunk.kind == "break":
            quoted = False
        elif chunk.kind == "quote":
            quoted = not quoted
        elif isinstance(chunk.item, Name) and not quoted:
            yield i


def _is_subject(chunks: Sequence[Chunk], index: int) -> bool:
    """Whether a name, with the role before it, opens its sentence or clause."""
    first = index - 1
    while first >= 0 and isinstance(chunks[first].item, Role):
        first -= 1
    return first < 0 or chunks[first].kind in ("stop", "break", "comma", "quote")


def _sentences_before(chunks: Sequence[Chunk]) -> Sequence[Chunk]:
    """The chunks up to the last end of a sentence: the subject of a role's own sentence is somebody else."""
    last = max((i for i, chunk in enumerate(chunks) if chunk.kind in ("stop", "break")), default=-1)
    return chunks[: last + 1]

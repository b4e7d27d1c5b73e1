"""Roles without a name that point back to a person ("Ketua DPD Golkar NTT itu")."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractor.language.officials.model import Chunk, Name, Role
from extractor.language.officials.shapes import Binding
from extractor.language.officials.words import Words

RULE = "officials.role-points-back"
_REACH = 60


def point_back(chunks: Sequence[Chunk], bound: Sequence[Binding], spoken: set[int], words: Words) -> Iterator[Binding]:
    """Binds each role followed by "itu" or "ini" to the person named last in its paragraph, else to the last speaker.

    Args:
        chunks: All chunks of the Doc.
        bound: The roles that have a name already; their names are persons.
        spoken: Ids of the names that a verb of saying goes with.
        words: The tokens with their classes.
    """
    taken = {id(binding.role) for binding in bound}
    persons = {id(binding.name) for binding in bound}
    for i, chunk in enumerate(chunks[:-1]):
        role = chunk.item
        if not isinstance(role, Role) or id(role) in taken or chunk.kind != "role":
            continue
        if chunks[i + 1].kind != "pointer":
            continue
        if role.end == role.head_end and role.start == role.office:
            continue
        before = chunks[max(0, i - _REACH) : i]
        names = [c.item for c in before if isinstance(c.item, Name)]
        line = max((c.end for c in before if "n" in words.codes[c.start : c.end]), default=0)
        near = [name for name in names if name.start >= line and id(name) in persons]
        far = [name for name in names if id(name) in spoken] or [name for name in names if id(name) in persons]
        if near or far:
            yield Binding(role, (near or far)[-1], RULE)

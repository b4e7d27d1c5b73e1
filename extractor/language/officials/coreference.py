"""Roles without a name that point back to a person ("Ketua DPD Golkar NTT itu")."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractor.language.officials.chunks import Chunk, Name, Role
from extractor.language.officials.shapes import Binding
from extractor.language.officials.words import Words

RULE = "officials.role-points-back"
_REACH = 60


def point_back(
    chunks: Sequence[Chunk], bound_roles: set[int], bound_names: set[int], words: Words, short: frozenset[str]
) -> Iterator[Binding]:
    """Binds each role followed by "itu" or "ini" to the person named last before it.

    Args:
        chunks: All chunks of the Doc.
        bound_roles: Ids of the roles that have a name already.
        bound_names: Ids of the names that have a role: they are persons.
        words: The tokens with their classes.
        short: Words by which the text names somebody as a speaker: such a name is a person's too.
    """
    for i, chunk in enumerate(chunks[:-1]):
        role = chunk.item
        if not isinstance(role, Role) or id(role) in bound_roles or chunks[i + 1].kind != "pointer":
            continue
        if words.tokens.kinds[role.office] == "w" and role.start == role.office:
            continue
        for before in reversed(chunks[max(0, i - _REACH) : i]):
            name = before.item
            if isinstance(name, Name) and (id(name) in bound_names or words.tokens.lower[name.start] in short):
                yield Binding(role, name, RULE)
                break

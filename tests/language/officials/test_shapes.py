"""Shapes: the small language in which rules bind roles to names."""

from __future__ import annotations

import pytest

from extractor.errors import PatternError
from extractor.language.officials.model import LETTERS, Chunks, Name, Role
from extractor.language.officials.shapes import Shapes
from extractor.patterns import Rule


def shapes(shape: str, **attributes: str) -> Shapes:
    return Shapes([Rule(id="officials.test", shape=shape, set=attributes, examples=[{"text": "x"}])])


def chunks(kinds: str) -> Chunks:
    makers = {
        "role": lambda i: Role(i, i, i + 1, i + 1, "head"),
        "group": lambda i: Role(i, i, i + 1, i + 1, "party"),
        "name": lambda i: Name(i, i + 1),
    }
    items = {i: makers[kind](i) for i, kind in enumerate(kinds.split()) if kind in makers}
    return Chunks("".join(LETTERS[kind] for kind in kinds.split()), items, {i: i for i in items})


def bound(shape: str, kinds: str, **attributes: str) -> list[tuple[int, int]]:
    return [(b.role.start, b.name.start) for b in shapes(shape, **attributes).bind(chunks(kinds))]


@pytest.mark.parametrize(
    ("shape", "kinds", "expected"),
    [
        ("role name", "role name", [(0, 1)]),
        ("role name", "role comma name", []),
        ("role comma? name", "role comma name", [(0, 2)]),
        ("role comma? name", "role name", [(0, 1)]),
        ("role as|is name", "role is name", [(0, 2)]),
        ("role name >comma", "role name comma", [(0, 1)]),
        ("role name >comma", "role name other", []),
        ("role name >comma", "role name", [(0, 1)]),
        ("role names", "role name comma name comma and name", [(0, 1), (0, 3), (0, 6)]),
        ("role places comma name", "role comma place comma place comma name", [(0, 6)]),
        ("role name", "group name", [(0, 1)]),
        ("group name", "role name", []),
        ("role pointer", "role pointer", []),
    ],
)
def test_what_a_shape_binds(shape: str, kinds: str, expected: list[tuple[int, int]]) -> None:
    assert bound(shape, kinds) == expected


def test_respectively_pairs_in_order() -> None:
    assert bound("role and role name and name", "role and role name and name", pair="respectively") == [(0, 3), (2, 5)]


def test_the_first_rule_takes_the_role() -> None:
    rules = [
        Rule(id="officials.long", shape="role name comma name", set={"status": "former"}, examples=[{"text": "x"}]),
        Rule(id="officials.short", shape="role name", examples=[{"text": "x"}]),
    ]
    found = list(Shapes(rules).bind(chunks("role name comma name")))
    assert {(b.rule, b.status) for b in found} == {("officials.long", "former")}


def test_an_unknown_kind_is_refused_by_name() -> None:
    with pytest.raises(PatternError, match=r"officials\.test.*'verb'"):
        shapes("role verb name")

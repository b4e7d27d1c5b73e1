"""Quotation marks: paired, nested, missing, stray."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.language.quotes.marks import marks_in, single_stretches, stretches

DOUBLE = [
    ('"Satu dua," kata Umi.', ["Satu dua"]),
    ("“Satu dua,” kata Umi.", ["Satu dua"]),
    ("„Satu dua“ kata Umi.", ["Satu dua"]),
    ("«Satu dua», kata Umi.", ["Satu dua"]),
    ("''Satu dua,'' kata Umi.", ["Satu dua"]),
    ('"Satu," kata Umi, "dua."', ["Satu", "dua."]),
    ('"Satu dua."kata Umi."Tiga."', ["Satu dua.", "Tiga."]),
    ('Ia berkata"satu dua" lalu pergi', ["satu dua"]),
    ('"Dia bilang "tidak" kemarin," kata Umi.', ['Dia bilang "tidak" kemarin']),
    ("“Dia bilang “tidak” kemarin,” kata Umi.", ["Dia bilang “tidak” kemarin"]),
    ("”Satu dua“, kata Umi.", ["Satu dua"]),
    ('" Satu dua " kata Umi.', ["Satu dua"]),
    ('("Satu dua")', ["Satu dua"]),
    ('""', []),
    ("tanpa tanda", []),
]


@pytest.mark.parametrize(("text", "expected"), DOUBLE)
def test_double_marks(text: str, expected: list[str]) -> None:
    found = stretches(text, (0, len(text)), marks_in(text))
    assert [text[s.start : s.end] for s in found] == expected
    assert all(s.opened and s.closed for s in found)


@pytest.mark.parametrize(
    ("text", "expected", "opened", "closed"),
    [
        ('Satu dua," kata Umi.', "Satu dua", False, True),
        ('"Satu dua', "Satu dua", True, False),
        ("Satu. “Dua tiga", "Dua tiga", True, False),
    ],
)
def test_a_missing_mark(text: str, expected: str, opened: bool, closed: bool) -> None:
    [found] = stretches(text, (0, len(text)), marks_in(text))
    assert (text[found.start : found.end], found.opened, found.closed) == (expected, opened, closed)


def test_a_missing_closing_mark_ends_at_the_next_opening_one() -> None:
    text = '"Satu dua, kata Umi. "Tiga empat," katanya.'
    assert [(text[s.start : s.end], s.closed) for s in stretches(text, (0, len(text)), marks_in(text))] == [
        ("Satu dua, kata Umi.", False),
        ("Tiga empat", True),
    ]


def test_a_paragraph_is_read_alone() -> None:
    text = 'Papan 10" itu.\n"Satu dua," kata Umi.'
    second = (text.index("\n") + 1, len(text))
    assert [text[s.start : s.end] for s in stretches(text, second, marks_in(text)[1:])] == ["Satu dua"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ia menonton 'Hari yang Panjang' kemarin.", ["Hari yang Panjang"]),
        ("‘Hari Jum’at yang panjang’ dibuka.", ["Hari Jum’at yang panjang"]),
        ("Jum'at dan Ma'ruf", []),
        ("tahun '98 dan '99", []),
    ],
)
def test_single_marks(text: str, expected: list[str]) -> None:
    found = single_stretches(text)
    assert [text[s.start : s.end] for s in found] == expected
    assert all(s.single for s in found)


@given(st.text(alphabet="ab ,.\"“”'‘’«»", max_size=60))
def test_stretches_lie_in_order_inside_their_paragraph(text: str) -> None:
    found = stretches(text, (0, len(text)), marks_in(text))
    for stretch in found:
        assert 0 <= stretch.outer[0] <= stretch.start < stretch.end <= stretch.outer[1] <= len(text)
    assert all(a.outer[1] <= b.outer[1] and a.start <= b.start for a, b in pairwise(found))

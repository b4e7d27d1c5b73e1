"""Abbreviated names and what the article spells them out as."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.language.abbreviations import bracketed, spelt_out

INTRODUCED = "Massa dari Barisan Pemuda Kota Tegal (BP KT) datang bersama Kejaksaan Negeri (Kejari) Pati dan warga."


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("BP KT", "Barisan Pemuda Kota Tegal (BP KT)"),
        ("Kejari Pati", "Kejaksaan Negeri (Kejari) Pati"),
        ("Kejari Kudus", None),
        ("KPU", None),
    ],
)
def test_the_place_that_introduces_an_abbreviation(name: str, expected: str | None) -> None:
    assert bracketed(INTRODUCED, name) == expected


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("Dinas Pekerjaan Umum Kota Tegal bergerak.", "Dinas PU", "Dinas Pekerjaan Umum Kota Tegal"),
        ("Dinas Pekerjaan Umum Kota Tegal bergerak.", "Dinas PU Kota", "Dinas Pekerjaan Umum Kota Tegal"),
        ("Dinas Pekerjaan Umum Kota Tegal bergerak.", "Dinas PU Kabupaten", None),
        ("Dinas Pangan Kota Tegal bergerak.", "Dinas PU", None),
        ("Dinas PU Kota Tegal bergerak.", "Dinas PU", None),
        ("Komisi Pemilihan Umum rapat.", "KPU", None),
        ("Dinas Pekerjaan Umum rapat.", "Dinas Pangan", None),
    ],
)
def test_an_abbreviation_inside_a_name(text: str, name: str, expected: str | None) -> None:
    assert spelt_out(text, name) == expected


@given(st.text(), st.text(min_size=1))
def test_any_text_can_be_read(text: str, name: str) -> None:
    assert isinstance(bracketed(text, name), str | None)
    assert isinstance(spelt_out(text, name), str | None)

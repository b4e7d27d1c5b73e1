"""Names in bylines."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.page.rules import PageRules

LINES = [
    (
        "Penulis: Rahma Wulandari | Editor: galih prasojo",
        {"authors": ["Rahma Wulandari"], "editors": ["galih prasojo"]},
    ),
    ("Rep: Rahma Wulandari/ Red: Galih Prasojo", {"authors": ["Rahma Wulandari"], "editors": ["Galih Prasojo"]}),
    ("Oleh : Budi Santoso, Tri Lestari (Ambon)", {"authors": ["Budi Santoso", "Tri Lestari"]}),
    ("Penulis: Kontributor Sukamaju, Rahma Wulandari", {"authors": ["Rahma Wulandari"]}),
    ("Oleh : Budi Santoso | Senin, 30 Januari 2017 | 22:03 WIB", {"authors": ["Budi Santoso"]}),
    ("Editor. Galih Prasojo", {"editors": ["Galih Prasojo"]}),
    ("Redaktur & Reporter : Rahma", {"authors": ["Rahma"], "editors": ["Rahma"]}),
    ("Oleh: M. Budi Santoso - 13 November 2020", {"authors": ["M. Budi Santoso"]}),
    ("Laporan Wartawan WartaNusa.com, Rahma Wulandari", {"authors": ["Rahma Wulandari"]}),
    ("Sumber: Antara", {"agency": ["Antara"]}),
]


@pytest.mark.parametrize(("line", "expected"), LINES)
def test_line(rules: PageRules, line: str, expected: dict[str, list[str]]) -> None:
    credits = rules.bylines.line(line)
    assert {role: list(credits.get(role)) for role in credits.names if credits.get(role)} == expected


NO_BYLINES = [
    "Oleh karena itu, warga diminta pulang.",
    "Penulis buku itu hadir di Jakarta.",
    "Editor sedang rapat.",
    "Menurut Reporter Tanpa Batas, kebebasan pers turun.",
    "Sumber: Pemerintah Kota Sukamaju",
    "Rapat: dihadiri Bupati",
]


@pytest.mark.parametrize("line", NO_BYLINES)
def test_ordinary_lines_are_no_bylines(rules: PageRules, line: str) -> None:
    assert not rules.bylines.line(line)


def test_a_label_alone_goes_with_the_next_line(rules: PageRules) -> None:
    credits = rules.bylines.read(["Penulis", "Rahma Wulandari", ", Budi Santoso", "Editor", "Galih Prasojo", "Share"])
    assert credits.get("authors") == ("Rahma Wulandari", "Budi Santoso")
    assert credits.get("editors") == ("Galih Prasojo",)


def test_a_short_form_of_a_name_is_left_out(rules: PageRules) -> None:
    credits = rules.bylines.read(["Laporan Wartawan Warta Nusa, Hadi Wibowo", "Penulis: Moh. Hadi Wibowo"])
    assert credits.get("authors") == ("Moh. Hadi Wibowo",)


NAMES = [
    ("Rahma Wulandari - wartaNusa", ["Rahma Wulandari"]),
    ("Rahma Wulandari, Jurnalis · Kamis 09 Juli 2020 07:26 WIB", ["Rahma Wulandari"]),
    ("Rahma Wulandari | Jum'at, 17 Februari 2017 - 13:30 wib", ["Rahma Wulandari"]),
    ("Rina Devi, S.H.", ["Rina Devi"]),
    ("Nusa Cyber Media", []),
    ("PT. NUSA MEDIA BARU - Nusa.co.id", []),
    ("www.wartanusa.co", []),
    ("https://www.facebook.com/wartanusa", []),
    ("Antara", []),
    ("admin", []),
]


@pytest.mark.parametrize(("text", "expected"), NAMES)
def test_names(rules: PageRules, text: str, expected: list[str]) -> None:
    assert rules.bylines.names(text) == expected


@given(st.lists(st.text(max_size=120), max_size=8))
def test_any_lines_are_read_without_an_error(rules: PageRules, lines: list[str]) -> None:
    for names in rules.bylines.read(lines).names.values():
        assert all(name.strip() == name and name for name in names)

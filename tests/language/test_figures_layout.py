"""Lists, tables and headings: which place, vote, year and measure they give to the figures in them."""

from __future__ import annotations

import pytest

from extractor.language.figures.gaps import Gaps
from extractor.language.figures.layout import Layout
from extractor.language.state import Annotations, FigureFound, paragraphs_of
from extractor.language.tokens import TokenTable
from extractor.patterns import load_patterns
from tests.language.test_figures import annotate

TABLE = (
    "Berikut partisipasi pemilih Pilkada di Kabupaten Kudus:\n\n"
    "No | Kecamatan | DPT | Pilkada 2018 | Pilkada 2024\n\n"
    "1 | Jati | 40.000 | 80,1% | 78,3%\n\n"
    "2 | Kudus | 52.110 | 79% | 77,7%"
)
Told = tuple[float, str | None, str | None, str | None, int | None]


def told(figure: FigureFound) -> Told:
    place = figure.region.name if figure.region else None
    return figure.value, place, figure.region_source, figure.event, figure.year


def layout(text: str) -> Layout:
    table = TokenTable([], [], [], [], "")
    return Layout(Annotations(table, text, paragraphs=paragraphs_of(text)), Gaps.of(load_patterns()))


def test_a_row_gives_its_place_and_a_header_its_vote() -> None:
    assert [told(share) for share in annotate(TABLE).percentages] == [
        (80.1, "Kecamatan Jati", "table", "Pilkada", 2018),
        (78.3, "Kecamatan Jati", "table", "Pilkada", 2024),
        (79, "Kecamatan Kudus", "table", "Pilkada", 2018),
        (77.7, "Kecamatan Kudus", "table", "Pilkada", 2024),
    ]


def test_numbers_alone_in_cells_are_counts_of_what_their_header_says() -> None:
    found = [
        (count.value, count.unit, count.rule, count.region and count.region.name) for count in annotate(TABLE).counts
    ]
    assert found == [
        (40000, "DPT", "counts.cell", "Kecamatan Jati"),
        (52110, "DPT", "counts.cell", "Kecamatan Kudus"),
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Tingkat partisipasi pemilih Pilwalkot Surabaya 2024 per kecamatan:\n\nWonokromo: 61,2%\n\nSawahan: 59,8%",
            [
                (61.2, "Kecamatan Wonokromo", "list", "Pilwalkot", 2024),
                (59.8, "Kecamatan Sawahan", "list", "Pilwalkot", 2024),
            ],
        ),
        (
            "Berikut cakupan vaksinasi Jawa Tengah 2023:\n\n1. Kota Tegal 71 persen\n\n2. Kabupaten Kudus, 70 persen",
            [(71, "Kota Tegal", "list", None, 2023), (70, "Kabupaten Kudus", "list", None, 2023)],
        ),
        (
            "Partisipasi pemilih Pilgub 2024.\n\n1. Jawa Timur (data masuk 90%)\n\n- Partisipasi pemilih: 65,1%",
            [(90, "Jawa Timur", "list", "Pilgub", 2024), (65.1, "Jawa Timur", "heading", "Pilgub", 2024)],
        ),
        (
            "Partisipasi PSU digelar di tiga desa pada PSU 2025:\n\nDesa | Hadir\n\nSambi | 80 %\n\n"
            "Angka itu naik dari Pilkada 2024.",
            [(80, "Desa Sambi", "table", "PSU", 2025)],
        ),
        (
            "Desa/Kelurahan | Kehadiran pemilih\n\nSambi | 80 %",
            [(80, "Sambi", "table", None, None)],
        ),
    ],
)
def test_lists_hand_down_what_introduces_them(text: str, found: list[Told]) -> None:
    assert [told(share) for share in annotate(text).percentages] == found


@pytest.mark.parametrize(
    ("introduction", "kind"),
    [("Target partisipasi pemilih per kecamatan:", "target"), ("Partisipasi pemilih per kecamatan:", "actual")],
)
def test_lists_hand_down_the_kind(introduction: str, kind: str) -> None:
    shares = annotate(f"{introduction}\n\n1. Jati 80 persen\n\n2. Bae 82 persen").percentages
    assert [share.kind for share in shares] == [kind, kind]


@pytest.mark.parametrize(
    ("text", "line", "introductions"),
    [
        ("Ini sebuah kalimat.\n\nBerikut daftarnya:\n\n1. Jati 80%", 2, [1, 0]),
        ("Berikut partisipasi pemilih di semua kecamatan Kabupaten Kudus:\n\n1. Jati 80%\n\n2. Bae 81%", 2, [0]),
        ("Sebuah kalimat.\n\nPilgub 2024\n\nJati 80%", 2, [1, 0]),
        ("Sebuah kalimat.\n\nSebuah kalimat lagi.", 1, []),
    ],
)
def test_introductions(text: str, line: int, introductions: list[int]) -> None:
    assert list(layout(text).introductions(line))[: len(introductions)] == introductions
    assert bool(list(layout(text).introductions(line))) == bool(introductions)


def test_cells_are_stripped_and_headers_found_by_column() -> None:
    table = layout("Desa |  Hadir \n\nSambi | 80 %")
    text = "Desa |  Hadir \n\nSambi | 80 %"
    assert [text[slice(*cell)] for cell in table.cells(1)] == ["Sambi", "80 %"]
    assert table.header_cell(1, 1) == (text.index("Hadir"), text.index("Hadir") + 5)
    assert table.header_cell(0, 1) is None
    assert table.header_cell(1, 7) is None

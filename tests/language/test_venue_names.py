from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.language.tokens import TokenTable
from extractor.language.venue_names import SiteReader
from extractor.patterns import load_patterns

READER = SiteReader(load_patterns())


def table(text: str) -> TokenTable:
    """The tokens of a text whose tokens are set apart by spaces; a hyphen after `~` is glued to its neighbours."""
    words, starts, offset = [], [], 0
    for piece in text.split():
        offset -= piece.startswith("~")
        words.append(piece.strip("~"))
        starts.append(offset)
        offset += len(words[-1]) + (not piece.endswith("~"))
    return TokenTable.build(words, starts)


def name(text: str) -> str | None:
    tokens = table(text)
    site = READER.at(tokens, 0)
    return " ".join(tokens.words[site.first : site.last]) if site else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hotel Melati Indah , Blora", "Hotel Melati Indah"),
        ("hotel Melati itu", "hotel Melati"),
        ("hotel itu", None),
        ("Hotel itu", None),
        ("Kejaksaan Negeri Kudus Senin ( 20/10/2025 )", "Kejaksaan Negeri Kudus"),
        ("Balai Kota Bandung pada Rabu", "Balai Kota Bandung"),
        ("Pengadilan Negeri ( PN ) Kudus", "Pengadilan Negeri ( PN ) Kudus"),
        ("tempat pemungutan suara ( TPS )", None),
        ("kantor dinas kesehatan Blora", "kantor dinas kesehatan Blora"),
        ("kantor kementerian Keuangan RI", "kantor kementerian Keuangan RI"),
        ("halaman Kantor Industri Pangan dan Kemasan , Kudus", "halaman Kantor Industri Pangan dan Kemasan"),
        ("Hotel Melati dan Mawar", "Hotel Melati"),
        ("Inn and Suites Melati", "Inn and Suites Melati"),
        ("lobi Gedung Kartini", "lobi Gedung Kartini"),
        ("ruang sidang DPRD Blora", "ruang sidang DPRD Blora"),
        ("ruang sidang itu", None),
        ("Aula Melati , Gedung Kartini , Blora", "Aula Melati , Gedung Kartini"),
        ("Gedung Kartini , Hotel Melati", "Gedung Kartini"),
        ("SMAN 9 Blora", "SMAN 9 Blora"),
        ("SMAN 9 saat itu", "SMAN 9"),
        ("Hotel Melati 12 orang", "Hotel Melati"),
        ("man Blora", None),
        ("pasar Asia", None),
        ("Pasar Melati", "Pasar Melati"),
        ("Jalan Cikande ~-~ Melati", "Jalan Cikande - Melati"),
        ("Kantor Partai Melati Jalan Mawar", "Kantor Partai Melati"),
        ("lapangan bola Jalan Mawar", "lapangan bola Jalan Mawar"),
        ("kompleks parlemen , Senayan", "kompleks parlemen"),
        ("Kementerian / Lembaga", None),
        ("KPK , Jakarta", "KPK"),
        ("Melati Garden Resto Tunjungan Blora , Sabtu", "Melati Garden Resto Tunjungan Blora"),
        ("Tunjungan Blora , Sabtu", None),
        ("", None),
    ],
)
def test_where_a_name_ends(text: str, expected: str | None) -> None:
    assert name(text) == expected


WORDS = [
    "Hotel",
    "hotel",
    "Melati",
    "kantor",
    "dinas",
    "dan",
    ",",
    "(",
    ")",
    "PN",
    "halaman",
    "9",
    "\n",
    "Jalan",
    "Senin",
    "of",
    "-",
]


@settings(deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=30), st.integers(0, 31))
def test_a_site_begins_where_it_is_read_and_is_short(words: list[str], index: int) -> None:
    starts = [sum(len(word) + 1 for word in words[:i]) for i in range(len(words))]
    site = READER.at(TokenTable.build(words, starts), index)
    if site:
        assert index == site.first < site.last <= len(words)
        assert "\n" not in words[site.first : site.last]

from __future__ import annotations

import pytest

from extractor.language.gazetteer import gazetteer_of
from extractor.language.region_names import NameFinder
from extractor.language.tokens import TokenTable
from extractor.patterns import load_patterns
from extractor.record import Level


@pytest.fixture(scope="module")
def finder() -> NameFinder:
    patterns = load_patterns()
    return NameFinder(patterns, gazetteer_of(patterns))


def table(text: str) -> TokenTable:
    """The tokens of a text whose tokens are set apart by spaces."""
    words, starts, offset = text.split(), [], 0
    for word in words:
        starts.append(text.index(word, offset))
        offset = starts[-1] + len(word)
    return TokenTable.build(words, starts)


def names(finder: NameFinder, text: str) -> list[str]:
    tokens = table(text)
    return [" ".join(tokens.words[hit.first : hit.last]) for hit in finder.find(tokens)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("warga Kabupaten Blora , Jawa Tengah", ["Kabupaten Blora", "Jawa Tengah"]),
        ("Kab . Blora", ["Kab . Blora"]),
        ("di kota . Blora sepi", ["Blora"]),
        ("Wali Kota Semarang", ["Semarang"]),
        ("Balai Kota Bandung", ["Bandung"]),
        ("ibu kota Jakarta", ["Jakarta"]),
        ("Polres Tegal Kota menahan", ["Tegal Kota"]),
        ("Tegal Kota Semarang", ["Tegal", "Kota Semarang"]),
        ("di Semarang Barat", ["Semarang Barat"]),
        ("di Lampung Selatan", ["Lampung Selatan"]),
        ("Desa Suka Maju Kecamatan Cepu Kabupaten Blora", ["Desa Suka Maju", "Kecamatan Cepu", "Kabupaten Blora"]),
        ("Kecamatan Tunjungan Blora", ["Kecamatan Tunjungan", "Blora"]),
        ("Kelurahan Pasar Melati", ["Kelurahan Pasar Melati"]),
        ("Kepala Desa Jati Ahmad dari Desa Jati", ["Desa Jati", "Desa Jati"]),
        ("dana desa dan Menteri Desa Yandri", []),
        ("kecamatan itu", []),
        ("jakarta", []),
        ("as dan dki", []),
        ("di Jalan Surabaya", []),
        ("Jl. Raya Bogor", []),
        ("Sungai Kapuas", []),
        ("Pulau Bali", ["Bali"]),
        ("Polda Metro Jaya", []),
    ],
)
def test_names(finder: NameFinder, text: str, expected: list[str]) -> None:
    assert names(finder, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bima Pratama hadir", []),
        ("kata Bima kemarin", []),
        ("di Bima Pratama", []),
        ("gempa di Bima", ["Bima"]),
        ("Bupati Pati hadir", ["Pati"]),
        ("Kejari Kuningan", ["Kuningan"]),
        ("Batu , Jawa Timur", ["Batu", "Jawa Timur"]),
        ("kawasan Kuningan , Jakarta Selatan", ["Jakarta Selatan"]),
        ("Sumedang , Kuningan", ["Sumedang", "Kuningan"]),
        ("Kecamatan Jati , Kudus", ["Kecamatan Jati", "Kudus"]),
        ("warga Pati ramai . Pati macet", ["Pati", "Pati"]),
        ("warga Pati ramai . Ratu Pati tiba", ["Pati"]),
    ],
)
def test_a_word_or_personal_name_needs_evidence(finder: NameFinder, text: str, expected: list[str]) -> None:
    assert names(finder, text) == expected


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("Bupati Bandung", Level.REGENCY),
        ("Wali Kota Bandung", Level.CITY),
        ("Gubernur Jambi", Level.PROVINCE),
        ("Kota Bandung", Level.CITY),
        ("warga Bandung", None),
    ],
)
def test_the_words_before_a_name_say_its_level(finder: NameFinder, text: str, level: Level | None) -> None:
    (hit,) = finder.find(table(text))
    assert hit.level == level

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from extractor.language.gazetteer import Gazetteer, gazetteer_of, key_of, related, split_name
from extractor.language.state import Context
from extractor.patterns import load_patterns
from extractor.record import Level


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return gazetteer_of(load_patterns())


def codes(gazetteer: Gazetteer, phrase: str) -> list[str | None]:
    return [region.code for region in gazetteer.lookup(phrase)]


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("Kabupaten Blora", ["33.16"]),
        ("Kab. Blora", ["33.16"]),
        ("kab Blora", ["33.16"]),
        ("Blora", ["33.16"]),
        ("BLORA", ["33.16"]),
        ("Jateng", ["33"]),
        ("Jawa Tengah", ["33"]),
        ("Provinsi Jawa Tengah", ["33"]),
        ("DKI", ["31"]),
        ("Jakarta", ["31"]),
        ("Jakarta Pusat", ["31.71"]),
        ("Kota Administrasi Jakarta Pusat", ["31.71"]),
        ("Solo", ["33.72"]),
        ("Jogja", ["34.71"]),
        ("Kota Semarang", ["33.74"]),
        ("Semarang", ["33.22", "33.74"]),
        ("Magelang Kota", ["33.71"]),
        ("Banjar", ["32.79", "63.03"]),
        ("Jambi", ["15", "15.71"]),
        ("Toli-Toli", ["72.04"]),
        ("Tolitoli", ["72.04"]),
        ("Fak-Fak", ["92.03"]),
        ("Tojo Una-Una", ["72.09"]),
        ("Kep. Riau", ["21"]),
        ("Kotabaru", ["63.02"]),
        ("AS", [None]),
        ("Kabupaten Surakarta", []),
        ("Antahberantah", []),
        ("Kota", []),
        ("", []),
    ],
)
def test_lookup(gazetteer: Gazetteer, phrase: str, expected: list[str | None]) -> None:
    assert codes(gazetteer, phrase) == expected


def test_a_region_says_its_level_and_province(gazetteer: Gazetteer) -> None:
    (blora,) = gazetteer.lookup("Blora")
    assert (blora.name, blora.level, blora.province) == ("Kabupaten Blora", Level.REGENCY, "Jawa Tengah")
    province = gazetteer.parent(blora)
    assert province is not None
    assert (province.name, province.level, province.province) == ("Jawa Tengah", Level.PROVINCE, None)
    assert gazetteer.parent(province) is None


@pytest.mark.parametrize(
    ("phrase", "context", "level", "expected"),
    [
        ("Blora", None, None, "33.16"),
        ("Semarang", None, None, None),
        ("Semarang", None, Level.REGENCY, "33.22"),
        ("Semarang", None, Level.CITY, "33.74"),
        ("Jambi", None, Level.PROVINCE, "15"),
        ("Blora", None, Level.CITY, "33.16"),
        ("Banjar", Context(dateline="CIAMIS"), None, "32.79"),
        ("Banjar", Context(publisher="Warta Kalsel"), None, "63.03"),
        ("Banjar", Context(dateline="CIAMIS", publisher="Warta Kalsel"), None, "32.79"),
        ("Semarang", Context(publisher="Warta Jateng"), None, None),
        ("Antahberantah", Context(dateline="CIAMIS"), None, None),
    ],
)
def test_link(
    gazetteer: Gazetteer, phrase: str, context: Context | None, level: Level | None, expected: str | None
) -> None:
    region = gazetteer.link(phrase, context, level=level)
    assert (region.code if region else None) == expected


def test_a_region_close_by_decides(gazetteer: Gazetteer) -> None:
    near = gazetteer.lookup("Kota Semarang")
    region = gazetteer.link("Semarang", near=near)
    assert region is not None
    assert region.code == "33.74"


def test_related_regions_share_a_province(gazetteer: Gazetteer) -> None:
    (blora,), (jateng,), (ciamis,), (usa,) = map(gazetteer.lookup, ("Blora", "Jateng", "Ciamis", "AS"))
    assert related(blora, jateng)
    assert not related(blora, ciamis)
    assert not related(usa, usa)


@pytest.mark.parametrize(
    ("name", "code", "expected"),
    [
        ("Kabupaten Blora", "33.16", ("Blora", Level.REGENCY)),
        ("Kota Semarang", "33.74", ("Semarang", Level.CITY)),
        ("Kota Administrasi Jakarta Pusat", "31.71", ("Jakarta Pusat", Level.CITY)),
        ("Kota Baru", "34.71.09", ("Kota Baru", Level.DISTRICT)),
        ("Sukamaju", "33.16.10.2001", ("Sukamaju", Level.VILLAGE)),
        ("Jawa Tengah", "33", ("Jawa Tengah", Level.PROVINCE)),
    ],
)
def test_the_word_for_the_level_is_split_off(name: str, code: str, expected: tuple[str, Level]) -> None:
    assert split_name(name, code) == expected


def test_hyphens_make_no_difference() -> None:
    assert key_of("Bau-Bau") == key_of("Bau Bau") == ("bau", "bau")


def test_every_code_and_name_equals_the_official_table(gazetteer: Gazetteer, shared: Path) -> None:
    with (shared / "regions" / "wilayah.csv").open(encoding="utf-8", newline="") as lines:
        official = {row["code"]: row["name"] for row in csv.DictReader(lines) if row["code"].count(".") < 2}
    ours = {code: region.name for code, region in gazetteer.codes.items() if code.count(".") < 2}
    assert ours.keys() == official.keys()
    assert len(ours) == 38 + 514
    names = {code: " ".join(name.replace("Kep. ", "Kepulauan ").split()) for code, name in official.items()}
    assert ours == names


def test_the_gazetteer_is_built_once_for_the_same_rule_data() -> None:
    assert gazetteer_of(load_patterns()) is gazetteer_of(load_patterns())

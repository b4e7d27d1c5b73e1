"""When a found value says the same as a gold one."""

from __future__ import annotations

import pytest

from extractor.compare import Comparer, begins_with, match, same_words, word_f1, words
from extractor.patterns import load_patterns


@pytest.fixture(scope="module")
def comparer() -> Comparer:
    return Comparer(load_patterns())


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("H. Umi Rahmawati, M.Si.", "umi rahmawati", True),
        ("Umi Rahmawati", "Rahmawati Umi", False),
        ("Umi Rahmawati", "Umi", False),
        ("Ma'ruf", "Ma'ruf", True),
        (None, "Umi", False),
        (None, None, True),
    ],
)
def test_names(comparer: Comparer, one: str | None, other: str | None, same: bool) -> None:
    assert comparer.same_name(one, other) is same


@pytest.mark.parametrize(
    ("wanted", "found", "same"),
    [
        ("Kabupaten Blora", "Blora", True),
        ("Kota Blora", "Kota Rembang", False),
        (None, "Blora", True),
        ("Indonesia", None, True),
        ("Blora", None, False),
    ],
)
def test_areas(comparer: Comparer, wanted: str | None, found: str | None, same: bool) -> None:
    assert comparer.same_area(wanted, found) is same


def test_words_lose_case_and_punctuation() -> None:
    assert words("“Rata-rata, 77,6 persen!” (S.IP.)") == ["rata-rata", "77", "6", "persen", "s.ip"]


@pytest.mark.parametrize(
    ("one", "other", "f1"),
    [("a b c", "A B C", 1), ("a b", "a c", 0.5), ("a a b", "a", 0.5), ("a", None, 0), ("", "", 0), ("a", "b", 0)],
)
def test_word_f1(one: str, other: str | None, f1: float) -> None:
    assert word_f1(one, other) == pytest.approx(f1)


def test_same_words_looks_past_brackets_and_case() -> None:
    assert same_words("Universitas Kutalawas (UK)", "universitas Kutalawas")
    assert same_words(None, "")
    assert not same_words("Ketua Umum", "Ketua")


def test_begins_with_whole_words() -> None:
    assert begins_with("“Kami, semua siap”", "kami semua")
    assert not begins_with("Kami semuanya", "kami semua")


def test_matching_is_one_to_one() -> None:
    found = match([1, 1, 2], [1, 3, 1, 1], lambda g, f: g == f)
    assert (found.pairs, found.missed, found.spurious) == ([(1, 1), (1, 1)], [2], [3, 1])

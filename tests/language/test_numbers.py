from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.language.numbers import NUMBER, NumberWords, number_words, parse_number, plain
from extractor.patterns import load_patterns

DIGITS = ("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan")
SCALES = (
    (10**12, "triliun", "satu triliun"),
    (10**9, "miliar", "satu miliar"),
    (10**6, "juta", "satu juta"),
    (1000, "ribu", "seribu"),
    (100, "ratus", "seratus"),
    (10, "puluh", "sepuluh"),
)


@pytest.fixture(scope="module")
def words() -> NumberWords:
    return number_words(load_patterns())


def spelled(number: int) -> str:
    """`number` in Indonesian words, written independently of the parser."""
    if number < 10:
        return DIGITS[number]
    if 10 < number < 20:
        return "sebelas" if number == 11 else f"{DIGITS[number - 10]} belas"
    scale, name, one = next(row for row in SCALES if number >= row[0])
    count, rest = divmod(number, scale)
    head = one if count == 1 else f"{spelled(count)} {name}"
    return f"{head} {spelled(rest)}" if rest else head


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0),
        ("77", 77),
        ("26.238", 26238),
        ("1.234.567", 1234567),
        ("208,265,720", 208265720),
        ("1.234,5", 1234.5),
        ("1,234.5", 1234.5),
        ("12.345.678,9", 12345678.9),
        ("12,5", 12.5),
        ("12,345", 12345),
        ("0.125", 0.125),
        ("0,125", 0.125),
    ],
)
def test_counts_in_digits(text: str, value: float) -> None:
    assert parse_number(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [("77,6", 77.6), ("77.6", 77.6), ("77.605", 77.605), ("77,605", 77.605), ("100", 100), ("1.200", 1200), ("5", 5)],
)
def test_shares_read_a_lone_mark_as_decimal(text: str, value: float) -> None:
    assert parse_number(text, share=True) == value


@pytest.mark.parametrize(("text", "value"), [("1,125", 1.125), ("1.125", 1125), ("1,5", 1.5), ("2.000,5", 2000.5)])
def test_before_a_magnitude_a_lone_comma_is_decimal(text: str, value: float) -> None:
    assert parse_number(text, scaled=True) == value


@pytest.mark.parametrize(
    "text", ["", "abc", "1.2.3", "12,5.000", "1,234,5", "1.234,567.8", "20.22.5", ".5", "5.", "1" * 41, "١٢"]
)
def test_no_number(text: str) -> None:
    assert parse_number(text) is None


def test_whole_numbers_are_ints() -> None:
    assert isinstance(parse_number("50,0", share=True), int)
    assert isinstance(parse_number("50,5", share=True), float)


@given(st.integers(0, 10**15))
def test_grouped_numbers_come_back_in_both_traditions(number: int) -> None:
    english = f"{number:,}"
    assert parse_number(english.replace(",", ".")) == number
    assert parse_number(english) == number


@given(st.decimals(0, 10**9, places=2, allow_nan=False))
def test_decimals_come_back_in_both_traditions(number: Decimal) -> None:
    english = f"{number:,.2f}"
    indonesian = english.translate(str.maketrans(",.", ".,"))
    assert parse_number(english) == parse_number(indonesian) == plain(number)


@given(st.text("0123456789.,", max_size=50), st.booleans(), st.booleans())
def test_any_string_of_digits_and_marks_is_a_number_or_none(text: str, share: bool, scaled: bool) -> None:
    value = parse_number(text, share=share, scaled=scaled)
    assert value is None or value >= 0
    assert value is None or NUMBER.fullmatch(text)


@given(st.integers(0, 10**15 - 1))
def test_words_come_back(words: NumberWords, number: int) -> None:
    assert words.parse(spelled(number)) == number


@given(st.integers(0, 999), st.lists(st.integers(0, 9), min_size=1, max_size=3))
def test_decimals_in_words_come_back(words: NumberWords, whole: int, decimals: list[int]) -> None:
    expected = plain(Decimal(f"{whole}.{''.join(map(str, decimals))}"))
    phrase = f"{spelled(whole)} koma {' '.join(DIGITS[digit] for digit in decimals)}"
    assert words.parse(phrase) == expected


@pytest.mark.parametrize(
    ("phrase", "value"),
    [
        ("tujuh puluh dua", 72),
        ("Tujuh puluh koma lima", 70.5),
        ("77 koma 6", 77.6),
        ("dua belas", 12),
        ("seratus sebelas ribu", 111_000),
        ("sejuta dua ratus", 1_000_200),
    ],
)
def test_phrases(words: NumberWords, phrase: str, value: float) -> None:
    assert words.parse(phrase) == value


@pytest.mark.parametrize(
    "phrase", ["", "persen", "puluh", "belas", "satu dua", "satu sepuluh", "juta", "dua persen", "tujuh koma banyak"]
)
def test_other_phrases_are_no_numbers(words: NumberWords, phrase: str) -> None:
    assert words.parse(phrase) is None

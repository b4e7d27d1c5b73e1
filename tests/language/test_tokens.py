"""The table of tokens: kinds, and the way from characters to tokens."""

from __future__ import annotations

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from extractor.language.tokens import TokenTable, kind_of

KINDS = [
    ("Blora", "T"),
    ("Ma'ruf", "T"),
    ("McDonald", "T"),
    ("KPU", "A"),
    ("COVID-19", "A"),
    ("A", "I"),
    ("M.", "I"),
    ("S.IP.", "I"),
    ("bupati", "w"),
    ("e-KTP", "w"),
    ("77,6", "9"),
    ("27/7/2024", "9"),
    ("(", "."),
    ("%", "."),
    (" ", "."),
    ("\n", "n"),
    (" \n ", "n"),
]


@pytest.mark.parametrize(("word", "kind"), KINDS)
def test_kinds(word: str, kind: str) -> None:
    assert kind_of(word) == kind


@pytest.fixture(scope="module")
def table() -> TokenTable:
    return TokenTable.of(spacy.blank("id")("Bupati Sleman  hadir."))


def test_columns(table: TokenTable) -> None:
    assert table.words == ["Bupati", "Sleman", " ", "hadir", "."]
    assert table.lower[:2] == ["bupati", "sleman"]
    assert table.starts == [0, 7, 14, 15, 20]
    assert table.ends == [6, 13, 15, 20, 21]
    assert table.kinds == "TT.w."
    assert len(table) == 5


@pytest.mark.parametrize(("offset", "index"), [(0, 0), (5, 0), (6, 1), (7, 1), (20, 4), (21, 5), (99, 5)])
def test_token_at_an_offset(table: TokenTable, offset: int, index: int) -> None:
    assert table.at(offset) == index


@pytest.mark.parametrize(
    ("start", "end", "expected"), [(0, 6, (0, 1)), (3, 9, (0, 2)), (7, 13, (1, 2)), (6, 7, (1, 1))]
)
def test_tokens_that_cover_a_range(table: TokenTable, start: int, end: int, expected: tuple[int, int]) -> None:
    assert table.covering(start, end) == expected


@given(st.text(alphabet="aB1 .,\n", min_size=1, max_size=80), st.data())
def test_covering_tokens_hold_the_range(text: str, data: st.DataObject) -> None:
    found = TokenTable.of(_NLP(text))
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    first, last = found.covering(start, end)
    shared = [i for i in range(len(found)) if found.starts[i] < end and start < found.ends[i]]
    assert list(range(first, last)) == shared


_NLP = spacy.blank("id")

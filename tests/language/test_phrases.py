from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.language.phrases import PhraseTable

TABLE = PhraseTable([(("jawa",), 1), (("jawa", "tengah"), 2), (("jawa", "timur"), 3), (("bali",), 4)])


@pytest.mark.parametrize(
    ("words", "index", "expected"),
    [
        ("jawa tengah", 0, (2, 2)),
        ("jawa barat", 0, (1, 1)),
        ("di jawa timur", 1, (3, 3)),
        ("di bali", 0, None),
        ("jawa", 1, None),
        ("", 0, None),
    ],
)
def test_the_longest_phrase_at_a_word(words: str, index: int, expected: tuple[int, int] | None) -> None:
    assert TABLE.at(words.split(), index) == expected


@given(st.lists(st.sampled_from(["jawa", "tengah", "timur", "bali", "di"]), max_size=8), st.integers(0, 9))
def test_what_is_found_stands_there(words: list[str], index: int) -> None:
    hit = TABLE.at(words, index)
    if hit:
        end, value = hit
        assert (tuple(words[index:end]), value) in TABLE.first[words[index]]

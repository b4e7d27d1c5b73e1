"""Word lists as regular expressions."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.language.trie import trie_regex


@given(st.lists(st.text(min_size=1, max_size=8), min_size=1, max_size=12), st.text(max_size=8))
def test_matches_the_words_and_nothing_else(words: list[str], other: str) -> None:
    pattern = re.compile(trie_regex(words))
    assert all(pattern.fullmatch(word) for word in words)
    assert bool(pattern.fullmatch(other)) == (other in words)


def test_longest_word_first() -> None:
    match = re.match(trie_regex(["Kab", "Kabupaten", "Kab."]), "Kabupaten Blora")
    assert match is not None
    assert match[0] == "Kabupaten"


def test_no_groups() -> None:
    assert re.compile(trie_regex(["a(b", "a[c", "(x)"])).groups == 0


def test_no_words_are_refused() -> None:
    with pytest.raises(ValueError, match="at least one"):
        trie_regex([])

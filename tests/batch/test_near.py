"""MinHash: the same for the same text, close for close texts, and each linked to the earlier one most like it."""

from __future__ import annotations

import numpy as np
import pytest

from extractor.batch.near import POSITIONS, SIZE, Near, near_duplicates, signature

WORDS = [f"kata{number}" for number in range(400)]


def table(*texts: str) -> np.ndarray:
    return np.frombuffer(b"".join(map(signature, texts)), dtype="<u4").reshape(-1, POSITIONS)


def test_signature_is_of_the_words_alone() -> None:
    text = " ".join(WORDS)
    assert signature(text) == signature(text.upper().replace(" ", ",\n"))
    assert len(signature(text)) == SIZE
    assert signature("terlalu pendek untuk dibandingkan") == b""


@pytest.mark.parametrize(("changed", "near"), [(0, True), (4, True), (200, False)])
def test_near_texts_are_found(changed: int, near: bool) -> None:
    other = [*WORDS[: len(WORDS) - changed], *(f"lain{number}" for number in range(changed))]
    found = list(near_duplicates(table(" ".join(WORDS), " ".join(other)), np.array([3, 8])))
    assert bool(found) is near
    assert all((link.index, link.of) == (8, 3) for link in found)


def test_copies_are_linked_to_the_first() -> None:
    text, other = " ".join(WORDS), " ".join(WORDS[::-1])
    found = list(near_duplicates(table(text, other, text, text), np.arange(4)))
    assert found == [Near(2, 0, 1.0), Near(3, 0, 1.0)]


def test_nothing_is_near_nothing() -> None:
    assert list(near_duplicates(np.empty((0, POSITIONS), dtype="<u4"), np.empty(0, dtype=np.int64))) == []

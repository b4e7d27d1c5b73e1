"""Enumerations dealt out to each other: "Pemilu 2014 dan 2019 masing-masing 75 persen dan 81 persen"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from extractor.language.figures.gaps import Gaps
from extractor.language.figures.passage import Anchor, Passage
from extractor.language.state import Range, RegionMention

T = TypeVar("T", Anchor, RegionMention)


def dealt(items: Sequence[T], passage: Passage, gaps: Gaps) -> dict[Range, T]:
    """The item that belongs to each share after "masing-masing", where there are as many as shares.

    Args:
        items: Anchors or regions of the passage, in order.
        passage: The sentence, its figures known.
        gaps: The words between figures and what binds them.
    """
    if len(items) < 2 or len(passage.figures) < 2:
        return {}
    match = gaps.respectively.search(passage.text, passage.start, passage.end)
    if match is None:
        return {}
    shares = [span for span in passage.figures if span[0] > match.start()]
    chain: list[T] = []
    for item in reversed([item for item in items if item.end <= match.start()]):
        if chain and not gaps.enumerated.fullmatch(passage.text[item.end : chain[0].start]):
            break
        chain.insert(0, item)
    return dict(zip(shares, chain, strict=True)) if len(chain) == len(shares) > 1 else {}

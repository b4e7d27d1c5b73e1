"""Enumerations dealt out to each other: "Pemilu 2014 dan 2019 masing-masing 75 persen dan 81 persen"."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TypeVar

from extractor.language.figures.gaps import Gaps
from extractor.language.figures.passage import Anchor, Passage
from extractor.language.state import Range, RegionMention

T = TypeVar("T", Anchor, RegionMention)


def dealt(items: Sequence[T], passage: Passage, gaps: Gaps) -> dict[Range, T]:
    """The item that belongs to each share of an enumeration, where as many items are enumerated before it.

    "masing-masing" may stand between the two; without it the shares must follow each other at once: "Ampel dan Cepogo
    menyusul dengan 97 persen dan 95 persen".

    Args:
        items: Anchors or regions of the passage, in order.
        passage: The sentence, its figures known.
        gaps: The words between figures and what binds them.
    """
    if len(items) < 2 or len(passage.figures) < 2:
        return {}
    match = gaps.respectively.search(passage.text, passage.start, passage.end)
    found: dict[Range, T] = {}
    for run in _runs(items, passage, gaps, match.end() if match else passage.end):
        start = match.start() if match and match.start() < run[0][0] else run[0][0]
        if any(start > span[0] >= items[0].end for span in passage.figures if span not in run) and not match:
            continue
        chain = _chain([item for item in items if item.end <= start], passage.text, gaps)
        if len(chain) == len(run) > 1:
            found.update(zip(run, chain, strict=True))
    return found


def _runs(items: Sequence[T], passage: Passage, gaps: Gaps, told: int) -> list[list[Range]]:
    """The enumerations of shares; after `told`, where they are dealt out, other words may stand between them."""
    runs: list[list[Range]] = [[passage.figures[0]]]
    for last, span in pairwise(passage.figures):
        between = any(last[1] <= item.start < span[0] for item in items)
        close = gaps.enumerated.fullmatch(passage.text, last[1], span[0]) or last[0] >= told
        if close and not between:
            runs[-1].append(span)
        else:
            runs.append([span])
    return runs


def _chain(items: Sequence[T], text: str, gaps: Gaps) -> list[T]:
    """The last items that are enumerated."""
    chain: list[T] = []
    for item in reversed(items):
        if chain and not gaps.enumerated.fullmatch(text[item.end : chain[0].start]):
            break
        chain.insert(0, item)
    return chain

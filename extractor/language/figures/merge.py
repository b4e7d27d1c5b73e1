"""Figures told more than once become one item with several mentions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from extractor.language.state import FigureFound
from extractor.record import Region, RegionSource

_SOURCES: Final = [source.value for source in RegionSource]
_WORD: Final = re.compile(r"\w{3,}")


def merged(figures: Iterable[FigureFound], families: Mapping[str, str]) -> list[FigureFound]:
    """The figures with repetitions folded into the first one that tells the same.

    What the first one leaves open (metric, measure, quotient, region, event, year, speaker) the repetition gives,
    and so is the smaller region of the two, or the closer place where the same region is named.

    Args:
        figures: The figures in order.
        families: For each vote the wider one that was held on the same day ("Pilgub": "Pilkada").
    """
    kept: list[FigureFound] = []
    by_value: dict[tuple[float, str, str], list[FigureFound]] = {}
    for figure in figures:
        key = (figure.value, figure.unit, figure.category)
        twin = next((other for other in by_value.get(key, ()) if _same(other, figure, families)), None)
        if twin is None:
            kept.append(figure)
            by_value.setdefault(key, []).append(figure)
        else:
            _absorb(twin, figure)
    return kept


def _same(first: FigureFound, second: FigureFound, families: Mapping[str, str]) -> bool:
    if first.kind != second.kind or (first.start, first.end) == (second.start, second.end):
        return False
    votes = [families.get(figure.event or "", figure.event) for figure in (first, second)]
    if not _agree(first.year, second.year) or not _agree(*votes):
        return False
    if not _nested(first.region, second.region):
        return False
    return first.category in ("voter_turnout", "abstention") or _same_metric(first.metric, second.metric)


def _agree(first: object, second: object) -> bool:
    return first is None or second is None or first == second


def _nested(first: Region | None, second: Region | None) -> bool:
    """Whether two regions are the same, or one is the province of the other, or one is left open."""
    if first is None or second is None:
        return True
    return first.name in (second.name, second.province) or second.name == first.province


def _same_metric(first: str | None, second: str | None) -> bool:
    if first is None or second is None:
        return first is second
    one, other = (set(_WORD.findall(metric.lower())) for metric in (first, second))
    return bool(one & other) or one == other


def _absorb(first: FigureFound, second: FigureFound) -> None:
    first.mentions.append((second.start, second.end))
    first.metric = first.metric or second.metric
    first.measure = first.measure or second.measure
    if first.numerator is None and first.denominator is None:
        first.numerator, first.denominator = second.numerator, second.denominator
    narrower = second.region is not None and (first.region is None or second.region.province == first.region.name)
    closer = first.region == second.region and _rank(second.region_source) < _rank(first.region_source)
    if narrower or closer:
        first.region, first.region_source = second.region, second.region_source
    first.event = first.event or second.event
    first.year = first.year or second.year
    first.speaker = first.speaker or second.speaker


def _rank(source: str | None) -> int:
    """How close to the figure its region is named; none is the farthest."""
    return _SOURCES.index(source) if source else len(_SOURCES)

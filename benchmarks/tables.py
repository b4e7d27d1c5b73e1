"""The tables of the report, in Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from benchmarks.batch import Batch
from benchmarks.latency import SHARES
from benchmarks.measure import Speed, Spread
from benchmarks.side_by_side import Comparison, Taken


def stage_rows(speeds: Mapping[str, Speed], peaks: Mapping[str, float], item: str) -> Iterator[str]:
    """Time by stage, with the peak in MB of a process that goes no further, where it was measured."""
    memory = " peak MB up to here |" if peaks else ""
    yield f"| stage | ms {item} | share |{memory}"
    yield f"| --- | ---: | ---: |{' ---: |' if peaks else ''}"
    whole = speeds["all stages"].each.median
    for stage, speed in speeds.items():
        peak = f" {peaks[stage]:.0f} |" if stage in peaks else " |" if peaks else ""
        yield f"| {stage} | {speed.each.tell()} | {speed.each.median / whole:.0%} |{peak}"


def comparison_rows(comparison: Comparison, base: str, makes: Mapping[str, str], found: str = "") -> Iterator[str]:
    """Ours and the other tools.

    Args:
        comparison: What was measured.
        base: The one of ours that the others are compared with.
        makes: What a tool makes, by its name.
        found: Name of what is counted, for a column of it.
    """
    yield f"| tool | what it makes | ms each | a second | peak MB | times as long |{f' {found} |' if found else ''}"
    yield f"| --- | --- | ---: | ---: | ---: | ---: |{' ---: |' if found else ''}"
    against = comparison.ours[base]
    for name, taken in (comparison.ours | comparison.others).items():
        count = f" {_number(taken.found)} |" if found else ""
        yield f"| {taken.name} | {makes.get(name, '')} | {_cells(taken, against)} |{count}"
    for name, reason in comparison.missing.items():
        yield f"| {name} | not measured: {reason} | | | | |{' |' if found else ''}"


def latency_rows(sets: Mapping[str, Mapping[str, Spread]]) -> Iterator[str]:
    """Milliseconds of a call, by set."""
    yield f"| ms of one call | {' | '.join(SHARES)} |"
    yield f"| --- |{' ---: |' * len(SHARES)}"
    for name, spreads in sets.items():
        yield f"| {name} | {' | '.join(spreads[share].tell(1) for share in SHARES)} |"


def start_rows(steps: Mapping[str, Spread]) -> Iterator[str]:
    """Seconds of the cold start, by step."""
    yield "| step | seconds |"
    yield "| --- | ---: |"
    for step, spread in steps.items():
        yield f"| {step} | {spread.tell(3)} |"


def batch_rows(batch: Batch) -> Iterator[str]:
    """An archive with one worker and with two."""
    yield "| workers | seconds | processor seconds | pages a second | times as fast |"
    yield "| --- | ---: | ---: | ---: | ---: |"
    one, two = (spent.tell(1) for spent in batch.busy)
    yield f"| 1 | {Spread(batch.one.seconds).tell(1)} | {one} | {batch.one} | 1 |"
    yield f"| 2 | {Spread(batch.two.seconds).tell(1)} | {two} | {batch.two} | {batch.gain.tell()} |"


def _cells(taken: Taken, against: Taken) -> str:
    times = "1" if taken is against else taken.times(against).tell()
    peak = "" if taken.peak is None else f"{taken.peak:.0f}"
    return f"{taken.speed.each.tell()} | {taken.speed.rate:,.0f} | {peak} | {times}"


def _number(count: int | None) -> str:
    return "" if count is None else f"{count:,}"

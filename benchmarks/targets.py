"""What Warta must reach, and whether it does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from benchmarks.measure import Spread


@dataclass(frozen=True)
class Target:
    """A figure to be reached.

    Attributes:
        what: What is measured.
        limit: The figure.
        least: Whether what is measured must be at least the limit; otherwise, at most.
        wanted: The limit as people say it.
        unit: Unit of limit and measure.
        digits: Decimals that are told.
    """

    what: str
    limit: float
    least: bool
    wanted: str
    unit: str = ""
    digits: int = 2

    def met(self, measured: Spread) -> bool:
        """Whether the median reaches it."""
        return measured.median >= self.limit if self.least else measured.median <= self.limit


PAGES = "HTML to record beside trafilatura's text alone, shared pages"
LARGE = "HTML to record beside trafilatura's text alone, pages over 250 KB"
NEWSPAPER = "HTML to record beside newspaper4k's text alone, shared pages"
TEXT = "text to record, an article of 440 tokens, one core"
EDSNLP = "text to record beside edsnlp's rule pipeline, the same articles"
IMPORT = "`import extractor`"
FIRST = "first record, from the start of the process"
MEMORY = "most memory of a worker"
WORKERS = "two workers beside one"

TARGETS = (
    Target(PAGES, 3, True, "at most 1/3 of its time", "times as fast", 1),
    Target(LARGE, 4, True, "at most 1/4 of its time", "times as fast", 1),
    Target(NEWSPAPER, 20, True, "at most 1/20 of its time", "times as fast", 1),
    Target(TEXT, 3.5, False, "at most 3.5 ms", "ms"),
    Target(EDSNLP, 4, True, "at least 4 times as fast", "times as fast", 1),
    Target(IMPORT, 0.15, False, "under 0.15 s", "s", 3),
    Target(FIRST, 1, False, "under 1 s", "s"),
    Target(MEMORY, 250, False, "under 250 MB", "MB", 0),
    Target(WORKERS, 1.85, True, "at least 1.85 times as fast", "times as fast"),
)


def target_rows(measured: Mapping[str, Spread], missing: Mapping[str, str]) -> Iterator[str]:
    """The table of targets.

    Args:
        measured: What was measured, by `Target.what`, in the target's unit.
        missing: Why something was not, by the same.
    """
    yield "| target | wanted | measured (lowest to highest) | |"
    yield "| --- | --- | --- | --- |"
    for target in TARGETS:
        if (spread := measured.get(target.what)) is None:
            yield f"| {target.what} | {target.wanted} | {missing.get(target.what, 'no reason known')} | not measured |"
        else:
            verdict = "met" if target.met(spread) else "**missed**"
            yield f"| {target.what} | {target.wanted} | {spread.tell(target.digits, target.unit)} | {verdict} |"

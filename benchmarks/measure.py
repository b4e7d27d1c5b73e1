"""Time and memory of a process, and how to tell them.

Uses the standard library alone, as the environments of other tools import it too.
"""

from __future__ import annotations

import resource
import statistics
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Spread:
    """What the passes of a measurement gave, in any unit.

    Attributes:
        values: One value a pass, in the order of the passes.
    """

    values: tuple[float, ...]

    @property
    def median(self) -> float:
        """The median of the passes."""
        return statistics.median(self.values)

    @property
    def low(self) -> float:
        """The lowest pass."""
        return min(self.values)

    @property
    def high(self) -> float:
        """The highest pass."""
        return max(self.values)

    def tell(self, digits: int = 2, unit: str = "") -> str:
        """Median and, in brackets, lowest and highest: "1.20 s (1.10 to 1.40)"."""
        unit = f" {unit}" if unit else ""
        low, high = f"{self.low:,.{digits}f}", f"{self.high:,.{digits}f}"
        return f"{self.median:,.{digits}f}{unit} ({low} to {high})"


@dataclass(frozen=True)
class Speed:
    """Seconds of each repetition over `items` pages."""

    items: int
    seconds: tuple[float, ...]

    @property
    def rate(self) -> float:
        """Median of the items a second."""
        return self.items / statistics.median(self.seconds)

    @property
    def milliseconds(self) -> float:
        """Median milliseconds an item."""
        return 1000 / self.rate

    @property
    def each(self) -> Spread:
        """Milliseconds an item, pass by pass."""
        return Spread(tuple(1000 * second / self.items for second in self.seconds))

    def __str__(self) -> str:
        low, high = self.items / max(self.seconds), self.items / min(self.seconds)
        return f"{self.rate:,.0f} ({low:,.0f} to {high:,.0f})"


def ratio(over: Spread, under: Spread) -> Spread:
    """How many times `under` `over` is.

    Args:
        over: Values of the passes of one side.
        under: Those of the other, taken in turn with them: pass by pass, both met the machine in the same state.

    Returns:
        The ratio of the medians, between the lowest and the highest ratio of two passes.
    """
    pairs = [one / other for one, other in zip(over.values, under.values, strict=True)]
    middle = over.median / under.median
    return Spread((min(*pairs, middle), middle, max(*pairs, middle)))


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least `share` (0 to 1) of the values do not exceed (nearest rank)."""
    ordered = sorted(values)
    rank = -int(-share * len(ordered) // 1)
    return ordered[max(rank, 1) - 1]


def peak_megabytes() -> float:
    """The most memory that this process has held, in MB (10**6 bytes)."""
    status = Path("/proc/self/status")
    if status.is_file():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) * 1024 / 1e6
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1e6 if sys.platform == "darwin" else peak * 1024 / 1e6


def resident_megabytes() -> float:
    """The memory that this process holds now, in MB (10**6 bytes); its peak where the system does not tell."""
    status = Path("/proc/self/status")
    if not status.is_file():
        return peak_megabytes()
    line = next(line for line in status.read_text().splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) * 1024 / 1e6

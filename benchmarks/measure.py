"""Time and memory of a process."""

from __future__ import annotations

import resource
import statistics
import sys
from dataclasses import dataclass
from pathlib import Path


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

    def __str__(self) -> str:
        low, high = self.items / max(self.seconds), self.items / min(self.seconds)
        return f"{self.rate:,.0f} ({low:,.0f} to {high:,.0f})"


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

"""What a run has found out so far about the targets."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from benchmarks.measure import Spread
from benchmarks.side_by_side import Comparison

NO_SHARED = "the shared folder is absent (`WARTA_SHARED`)"


@dataclass
class Findings:
    """What a run has found out so far.

    Attributes:
        measured: By `Target.what`, in the unit of the target.
        missing: Why a target was not measured, by the same.
        versions: Tools that were measured, with their versions.
    """

    measured: dict[str, Spread] = field(default_factory=dict)
    missing: dict[str, str] = field(default_factory=dict)
    versions: dict[str, None] = field(default_factory=dict)

    def versus(self, target: str, comparison: Comparison, tool: str, own: str) -> None:
        """Notes for a target how many times as long as `own` the tool took, or why that is not known."""
        if tool in comparison.others:
            self.measured[target] = comparison.others[tool].times(comparison.ours[own])
        else:
            self.missing[target] = f"{tool}: {comparison.missing.get(tool, 'it was not run')}"

    def tools(self, comparison: Comparison) -> None:
        """Notes which tools were measured."""
        self.versions |= dict.fromkeys(taken.name for taken in comparison.others.values())

    def failed(self, targets: Iterable[str], reason: str) -> None:
        """Notes why these targets were not measured."""
        self.missing |= dict.fromkeys(targets, reason)

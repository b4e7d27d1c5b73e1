"""What a run may be told."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extractor.archive import Reading


def cores() -> int:
    """Number of processor cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@dataclass(frozen=True, slots=True)
class Options:
    """How a run works.

    Attributes:
        workers: Number of processes; as many as there are cores when 0.
        seconds: Most time that a page may take.
        memory: Most memory in MiB that a page may take beyond what its worker holds.
        keep_duplicates: Write a record also for a page whose address and text were met before.
        join: Join the pages of an article that is split over several.
        strict: Stop at the first failure.
        restart: Throw away what an earlier run with the same output left unfinished.
        columns: Which column of tables and rows holds what; guessed when None.
        fetched: Folder of pages that lists of addresses are looked up in.
        slice_size: Large files are cut into slices of about this many bytes.
    """

    workers: int = 0
    seconds: float = 30.0
    memory: int = 2048
    keep_duplicates: bool = False
    join: bool = True
    strict: bool = False
    restart: bool = False
    columns: Mapping[str, str] | None = None
    fetched: Path | None = None
    slice_size: int = 4 * 1024 * 1024

    def identity(self) -> dict[str, Any]:
        """The options that the output depends on: a run can be resumed only with the same ones."""
        return {
            "seconds": self.seconds,
            "memory": self.memory,
            "keep_duplicates": self.keep_duplicates,
            "join": self.join,
            "columns": dict(self.columns) if self.columns else None,
            "fetched": str(self.fetched) if self.fetched else None,
            "slice_size": self.slice_size,
        }

    def reading(self) -> Reading:
        """The options that concern reading."""
        return Reading(self.columns, self.fetched)

"""The accounts of a run."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field


@dataclass(slots=True)
class Summary:
    """The accounts of a run; `inputs` equals `records` and the sums of `duplicates` and `failures`.

    Attributes:
        inputs: Number of inputs read.
        records: Number of records written.
        duplicates: Number of inputs that gave no record of their own: "same" (address and text were met before) and
            "page" (joined to the record of the article's first page).
        near: Number of records whose text is much like that of an earlier one; they are records all the same.
        failures: Number of failures by code.
        warnings: Number of records that carry a warning, by code.
        left_out: Number of files and entries that are no pages, such as pictures.
        seconds: Time the run took.
        resumed: Whether it went on with what an earlier one had left.
        workers: Number of processes.
        worker_deaths: Number of processes that were killed or broke down, time limits aside.
        peak_memory: Largest memory of one worker in MiB.
        memory_quarters: Mean over the workers of the memory of one in each quarter of the run, in MiB.
    """

    inputs: int = 0
    records: int = 0
    duplicates: Counter[str] = field(default_factory=Counter)
    near: int = 0
    failures: Counter[str] = field(default_factory=Counter)
    warnings: Counter[str] = field(default_factory=Counter)
    left_out: int = 0
    seconds: float = 0.0
    resumed: bool = False
    workers: int = 0
    worker_deaths: int = 0
    peak_memory: float = 0.0
    memory_quarters: list[float] = field(default_factory=list)

    def balances(self) -> bool:
        """Whether every input is accounted for."""
        return self.inputs == self.records + self.duplicates.total() + self.failures.total()

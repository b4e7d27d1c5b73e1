"""The accounts of fetching."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(slots=True)
class Summary:
    """The accounts of a run; `inputs` equals `fetched` and the sums of `skipped` and `failures`.

    Attributes:
        inputs: Number of addresses dealt with, and of lists that could not be read.
        fetched: Number of articles in the archive.
        earlier: How many of them an earlier run with this output had fetched.
        skipped: Number of addresses that need no fetching: "same" (given before, or a further page of an article),
            "redirect" (leads to a page that is there), "not-modified" (the server says that nothing has changed).
        failures: Number of failures by code.
        incomplete: Number of articles of which further pages could not be fetched.
        requests: Number of answers from servers, redirects and further pages included.
        bytes: Their bodies, as they came.
        records: Number of records written, when watching.
        stopped: Whether the run was stopped before its end.
        seconds: Time it took.
    """

    inputs: int = 0
    fetched: int = 0
    earlier: int = 0
    skipped: Counter[str] = field(default_factory=Counter)
    failures: Counter[str] = field(default_factory=Counter)
    incomplete: int = 0
    requests: int = 0
    bytes: int = 0
    records: int = 0
    stopped: bool = False
    seconds: float = 0.0

    def balances(self) -> bool:
        """Whether every address is accounted for."""
        return self.inputs == self.fetched + self.skipped.total() + self.failures.total()

    def report(self, out: Path, agent: str) -> dict[str, Any]:
        """The report of the run, as JSON takes it."""
        return {
            "out": out.name,
            "accounts": {
                "inputs": self.inputs,
                "fetched": self.fetched,
                "skipped": self.skipped.total(),
                "failures": self.failures.total(),
                "balanced": self.balances(),
            },
            "user_agent": agent,
            **{key: getattr(self, key) for key in ("earlier", "skipped", "failures", "incomplete", "requests")},
            **{key: getattr(self, key) for key in ("bytes", "records", "stopped")},
            "seconds": round(self.seconds, 3),
        }

    def write(self, path: Path, out: Path, agent: str) -> None:
        """Writes the report; it has its name only when it is whole."""
        part = path.with_name(f"{path.name}.part")
        part.write_text(json.dumps(self.report(out, agent), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        part.replace(path)

"""Archives: pages a second of `warta run` with one worker and with two, and the memory of a worker."""

from __future__ import annotations

import json
import resource
import subprocess
import time
import zipfile
from dataclasses import dataclass
from pathlib import Path

from benchmarks.archive import Made, Maker
from benchmarks.corpora import Pages
from benchmarks.measure import Speed, Spread, ratio
from benchmarks.soak import command

MEBIBYTE = 2**20
OF_SAMPLES = 0.6
"""The share of made pages in the archive; the others are shared pages."""


@dataclass(frozen=True)
class Batch:
    """What the runs of an archive took.

    Attributes:
        one: Seconds on the clock of the runs with one worker.
        two: Those of the runs with two workers, each after one with one.
        busy: Seconds of processor time of a run, with one worker and with two: far below the clock's times the
            workers, they tell of a machine that had other work.
        peak: The most memory of a worker in each run with two, in MB.
        records: Records that a run wrote.
    """

    one: Speed
    two: Speed
    busy: tuple[Spread, Spread]
    peak: Spread
    records: int

    @property
    def gain(self) -> Spread:
        """How many times as fast two workers are."""
        return ratio(self.one.each, self.two.each)


def make_archive(folder: Path, count: int, shared: Pages | None) -> Made:
    """A zip of varied samples and, where shared pages are given, JSON Lines of these under addresses of their own."""
    made = Made(fetched=str(folder))
    samples = count if shared is None else round(OF_SAMPLES * count)
    maker = Maker()
    with zipfile.ZipFile(folder / "pages.zip", "w", zipfile.ZIP_STORED) as archive:
        for number, page in enumerate(maker.pages(samples)):
            archive.writestr(f"arsip/{number}.html", page.html)
    made.sources.append(str(folder / "pages.zip"))
    if shared is not None:
        contents = [path.read_bytes().decode("utf-8", "replace") for path in shared.paths]
        with (folder / "pages.jsonl").open("w", encoding="utf-8") as file:
            for number in range(count - samples):
                row = {"url": f"https://kabar.example/{number}", "html": contents[number % len(contents)]}
                file.write(json.dumps(row) + "\n")
        made.sources.append(str(folder / "pages.jsonl"))
    made.inputs = count
    return made


def run_batches(made: Made, folder: Path, repeats: int) -> Batch:
    """Runs the archive with one and with two workers in turn.

    Raises:
        RuntimeError: A run failed, or did not account for every page.
    """
    seconds: dict[int, list[float]] = {1: [], 2: []}
    busy: dict[int, list[float]] = {1: [], 2: []}
    peaks, records = [], 0
    for _ in range(repeats):
        for workers, taken in seconds.items():
            out = folder / f"out-{workers}"
            out.mkdir(exist_ok=True)
            begin, before = time.perf_counter(), _children()
            status = subprocess.run(command(made, out, workers), check=False).returncode
            taken.append(time.perf_counter() - begin)
            busy[workers].append(_children() - before)
            report = json.loads((out / "run.json").read_bytes()) if status in (0, 3) else {}
            accounts = report.get("accounts", {})
            if accounts.get("inputs") != made.inputs or accounts.get("failures"):
                raise RuntimeError(f"warta run ended with status {status} and the accounts {accounts}")
            records = accounts["records"]
            if workers == 2:
                peaks.append(report["peak_memory"] * MEBIBYTE / 1e6)
    one, two = (Speed(made.inputs, tuple(taken)) for taken in seconds.values())
    spent = (Spread(tuple(busy[1])), Spread(tuple(busy[2])))
    return Batch(one, two, spent, Spread(tuple(peaks)), records)


def _children() -> float:
    """Seconds of processor time of all processes that this one has waited for."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime

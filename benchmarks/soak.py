"""The acceptance run: a large test archive, unbroken, killed ten times and resumed, with one worker and with two.

    python -m benchmarks.soak [PAGES] [FOLDER]

Prints the accounts, whether the outputs are the same byte for byte, the memory of a worker by quarters of the run, and
what a second worker brings. The killed run takes one and two workers in turn.
"""

from __future__ import annotations

import hashlib
import json
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.archive import Made, make

KILLS = 10
COMMAND = "import sys; from extractor.cli import main; sys.exit(main())"
OUTPUTS = ("records.jsonl", "failures.jsonl", "duplicates.jsonl")


def command(made: Made, out: Path, workers: int) -> list[str]:
    """The command line of a run."""
    options = ["-o", str(out / "records.jsonl"), "--workers", str(workers), "--fetched", made.fetched, "--quiet"]
    return [sys.executable, "-c", COMMAND, "run", *made.sources, *options]


def unbroken(made: Made, out: Path, workers: int) -> tuple[float, dict[str, Any]]:
    """Runs once; returns the seconds and the run's report."""
    begin = time.monotonic()
    done = subprocess.run(command(made, out, workers), check=False)
    assert done.returncode == 3, done.returncode
    return time.monotonic() - begin, json.loads((out / "run.json").read_bytes())


def killed(made: Made, out: Path, seconds: float, kills: int = KILLS) -> int:
    """Runs and kills at random moments, then runs to the end; returns how often it was killed at work."""
    moments = random.Random(9)
    count = 0
    for number in range(kills):
        process = subprocess.Popen(command(made, out, 1 + number % 2))
        try:
            process.wait(2.0 + moments.uniform(0.1, seconds / kills))
            return count
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            count += 1
    unbroken(made, out, 2)
    return count


def digests(out: Path) -> list[str]:
    """What the outputs of a run hold."""
    return [hashlib.sha256((out / name).read_bytes()).hexdigest()[:16] for name in OUTPUTS]


def main(pages: int, folder: Path) -> None:
    """Makes the archive and prints what comes of it."""
    made = make(folder, pages, rounds=4)  # what a quarter of the run holds is like any other
    print(f"{pages} pages made; expected: {made.inputs} inputs, {dict(made.failures)}", flush=True)
    seconds, report = unbroken(made, folder / "two", 2)
    print(f"unbroken, 2 workers: {seconds:.0f} s, {report['accounts']}, near {report['near']}", flush=True)
    print(f"failures as expected: {report['failures'] == dict(made.failures)}", flush=True)
    print(f"memory of a worker by quarters, MiB: {report['memory_quarters']}, peak {report['peak_memory']}", flush=True)
    alone, _ = unbroken(made, folder / "one", 1)
    same = digests(folder / "two") == digests(folder / "one")
    print(f"1 worker: {alone:.0f} s, two are {alone / seconds:.2f} times as fast; same bytes {same}", flush=True)
    count = killed(made, folder / "killed", seconds)
    same = digests(folder / "two") == digests(folder / "killed")
    print(f"killed {count} times and resumed: same bytes {same}", flush=True)


if __name__ == "__main__":
    where = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(tempfile.mkdtemp(prefix="warta-soak-"))
    where.mkdir(parents=True, exist_ok=True)
    try:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000, where)
    finally:
        shutil.rmtree(where, ignore_errors=True)

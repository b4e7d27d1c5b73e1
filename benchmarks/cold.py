"""The cold start: how long a fresh process takes to `import extractor`, to load, and to the first record.

    python -m benchmarks.cold

is that process: it prints the seconds of each step as JSON once it has its record.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time

from benchmarks.measure import Spread

STEPS = ("import extractor", "load()", "first record", "process to record")
TEXT = (
    "Ketua KPU Kabupaten Blora, Rina Astuti, membuka rapat kerja di Hotel Arjuna Blora, Rabu (14/2/2024). "
    '"Partisipasi pemilih pada 2020 mencapai 71,3 persen," kata Rina.'
)


def cold_starts(repeats: int) -> dict[str, Spread]:
    """Seconds on the clock by step, one fresh process a repetition; "process to record" begins before the process.

    One process before them, which is not counted, brings the files into memory.
    """
    _one_start()
    starts = [_one_start() for _ in range(repeats)]
    return {step: Spread(tuple(start[step] for start in starts)) for step in STEPS}


def _one_start() -> dict[str, float]:
    from benchmarks.corpora import ROOT

    begin = time.perf_counter()
    command = [sys.executable, "-m", "benchmarks.cold"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        whole = time.perf_counter() - begin
    told: dict[str, float] = json.loads(line)
    return told | {STEPS[-1]: whole}


def main() -> None:
    """Takes the steps and prints their seconds."""
    clock = time.perf_counter
    begin = clock()
    import extractor

    imported = clock()
    ready = extractor.load()
    loaded = clock()
    ready.extract_text(TEXT, title="KPU Blora Gelar Rapat Kerja", published="2024-02-14").model_dump_json()
    seconds = (imported - begin, loaded - imported, clock() - loaded)
    print(json.dumps(dict(zip(STEPS, seconds, strict=False))), flush=True)


if __name__ == "__main__":
    main()

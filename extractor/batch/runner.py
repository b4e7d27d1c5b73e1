"""One run from sources to outputs; the same call goes on with what an interrupted one left."""

from __future__ import annotations

import fcntl
import gc
import json
import os
import platform
import shutil
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from extractor._version import __version__
from extractor.archive import JsonLines
from extractor.archive.sinks import Sink, open_sink
from extractor.batch.index import build_index
from extractor.batch.joining import join_tasks, joined_records
from extractor.batch.merge import Merge, Outputs
from extractor.batch.options import Options, cores
from extractor.batch.outcome import outcome_of
from extractor.batch.parts import Store, write_whole
from extractor.batch.plan import PLAN, Plan, kept_plan, make_plan
from extractor.batch.progress import Progress, Quiet
from extractor.batch.summary import Summary
from extractor.batch.watch import Watch
from extractor.batch.worker import Task
from extractor.errors import InputError
from extractor.pipeline import Extractor

FAILURES_NAME = "failures.jsonl"
DUPLICATES_NAME = "duplicates.jsonl"
RUN_NAME = "run.json"
_FIRST_PAGE = (
    "<html><body><article><h1>Rapat</h1><p>Ketua KPU Blora Umi hadir, Rabu (14/2/2024).</p>"
    '<p>"Sebanyak 77 persen pemilih datang ke Balai Kota," kata Umi.</p></article></body></html>'
)


def run(
    sources: Iterable[str | Path],
    out: Path,
    extractor: Extractor,
    options: Options | None = None,
    progress: Progress | None = None,
) -> Summary:
    """Writes the records of the sources to `out`, and beside it failures, duplicates and the report of the run.

    Args:
        sources: Files, folders, globs, archives; "-" is standard input. See `extractor.archive.read_sources`.
        out: The output, by its ending; see `extractor.archive.sinks.open_sink`. What it held is replaced at the end.
        extractor: What extracts the records.
        options: How the run works.
        progress: Told how it goes; nobody is when None.

    Raises:
        InputError: An unfinished run with this output was started otherwise; another one is at work on it; the output
            names no kind; or a strict run met a failure.
        OSError: An output cannot be written. What was done is kept.
    """
    options, progress = options or Options(), progress or Quiet()
    begin = time.perf_counter()
    sink = open_sink(out)
    folder = out.with_name(f".{out.name}.work")
    folder.mkdir(parents=True, exist_ok=True)
    given = [str(source) for source in sources]
    identity = {
        "sources": given,
        "version": __version__,
        "patterns": extractor.patterns.digest,
        **options.identity(),
    }
    with _locked(folder):
        if options.restart:
            _empty(folder)
        plan = kept_plan(folder, options, identity)
        summary = Summary(resumed=plan is not None, workers=options.workers or cores())
        if plan is None:
            _empty(folder)
            plan = make_plan(given, folder, options, identity, progress.note)
        progress.begin(sum(shard.size for shard in plan.shards))
        try:
            _extract_and_write(plan, out, sink, extractor, summary, progress)
        finally:
            progress.end()
        summary.seconds = time.perf_counter() - begin
        write_whole(out.with_name(RUN_NAME), _report(summary, identity, out))
        (folder / PLAN).unlink()  # from here on, the run is over
        shutil.rmtree(folder)
    return summary


def _extract_and_write(
    plan: Plan, out: Path, sink: Sink, extractor: Extractor, summary: Summary, progress: Progress
) -> None:
    options = plan.options
    store = Store(plan.folder)
    watch = Watch(store, summary.workers, options.seconds, options.memory, options.strict, progress)
    tasks = [Task(s.name, partial(plan.inputs, s), partial(outcome_of, extractor), s.size) for s in plan.shards]
    extractor.extract(_FIRST_PAGE)  # what is built at the first page is built once, before there are workers
    gc.freeze()  # what is there now is shared with the workers, untouched by their collectors
    try:
        watch.run(sorted(tasks, key=lambda task: -task.size))  # the largest first, so that none is left at the end
        parts = _parts(store, tasks)
        index = build_index(parts, keep_duplicates=options.keep_duplicates, join=options.join)
        joins = join_tasks(extractor, index, parts)
        watch.run(joins)
    finally:
        gc.unfreeze()
    merge = Merge(index, joined_records(store, joins), summary)
    with ExitStack() as stack:
        outputs = Outputs(
            records=stack.enter_context(sink),
            failures=stack.enter_context(JsonLines(out.with_name(FAILURES_NAME))),
            duplicates=stack.enter_context(JsonLines(out.with_name(DUPLICATES_NAME))),
        )
        merge.write(parts, outputs)
    summary.left_out = plan.left_out + sum((store.finished(task.name) or {}).get("left_out", 0) for task in tasks)
    summary.worker_deaths, summary.peak_memory = watch.deaths, round(watch.peak, 1)
    summary.memory_quarters = _quarters(watch.samples)


def _parts(store: Store, tasks: Sequence[Task]) -> list[Path]:
    return [
        store.part(task.name, number)
        for task in tasks
        for number in range((store.finished(task.name) or {}).get("parts", 0))
    ]


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Holds the working folder; the kernel lets go of it when this process ends, however it ends."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError:
        raise InputError("run-at-work", f"another run is at work on the same output; wait for it ({folder})") from None
    finally:
        os.close(descriptor)


def _empty(folder: Path) -> None:
    for child in folder.iterdir():
        if child.is_dir():
            shutil.rmtree(child)
        else:
            child.unlink()


def _quarters(samples: list[tuple[float, float]]) -> list[float]:
    """Largest memory of a worker in each quarter of the time."""
    if not samples:
        return []
    start, end = samples[0][0], samples[-1][0]
    width = (end - start) / 4 or 1.0
    quarters = [[m for t, m in samples if q == min(int((t - start) / width), 3)] for q in range(4)]
    return [round(max(quarter), 1) for quarter in quarters if quarter]


def _report(summary: Summary, identity: dict[str, Any], out: Path) -> bytes:
    report = {
        "out": out.name,
        "accounts": {
            "inputs": summary.inputs,
            "records": summary.records,
            "duplicates": summary.duplicates.total(),
            "failures": summary.failures.total(),
            "balanced": summary.balances(),
        },
        **{key: getattr(summary, key) for key in ("duplicates", "near", "failures", "warnings", "left_out")},
        "options": identity,
        "python": platform.python_version(),
        "seconds": round(summary.seconds, 3),
        "inputs_a_second": round(summary.inputs / summary.seconds, 1) if summary.seconds else None,
        **{
            key: getattr(summary, key)
            for key in ("resumed", "workers", "worker_deaths", "peak_memory", "memory_quarters")
        },
    }
    return json.dumps(report, ensure_ascii=False, indent=1).encode() + b"\n"

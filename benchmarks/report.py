"""The whole report: runs the sections one after the other and puts the targets on top."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from benchmarks import sections, targets
from benchmarks.corpora import large_pages, page_sets, texts
from benchmarks.findings import NO_SHARED, Findings
from benchmarks.lexicons import write_lexicons
from benchmarks.machine import build, load_average, machine
from benchmarks.peers import last_line
from benchmarks.settings import Settings
from benchmarks.targets import target_rows
from extractor.pipeline import load

Job = tuple[str, Sequence[str], Callable[[], list[str]]]
BESIDE: dict[str, dict[str, str]] = {
    "samples": {},
    "shared pages": {"trafilatura": targets.PAGES, "newspaper4k": targets.NEWSPAPER},
}
"""By set of pages: the target of ours beside a tool, by the name of the tool."""
BESIDE_LARGE = {"trafilatura": targets.LARGE}


def measure(settings: Settings) -> list[str]:
    """Measures everything; returns the lines of the report."""
    findings = Findings()
    begin, busy = time.monotonic(), load_average()
    with tempfile.TemporaryDirectory(prefix="warta-bench-") as folder:
        lines = [line for job in _jobs(settings, Path(folder), findings) for line in _run(job, findings)]
    return [*_head(settings, findings, busy, time.monotonic() - begin), *lines]


def _jobs(settings: Settings, folder: Path, findings: Findings) -> Iterator[Job]:
    """The sections: title, targets that need it, and what measures it."""
    extractor, articles = load(), texts(settings.texts)
    lexicons = folder / "lexicons.json"
    write_lexicons(extractor.patterns, lexicons)
    sets = page_sets(settings.pages)
    detailed = sets[-1].name  # the real pages where they are there
    if detailed != "shared pages":
        findings.failed((targets.PAGES, targets.NEWSPAPER), NO_SHARED)
    sets.append(large_pages(settings.pages // 4, folder))
    for pages in sets:
        beside = BESIDE.get(pages.name, BESIDE_LARGE)
        section = partial(sections.pages_section, extractor, pages, settings, findings)
        yield pages.name, tuple(beside.values()), partial(section, beside=beside, peaks=pages.name == detailed)
    yield (
        "texts",
        (targets.TEXT, targets.EDSNLP),
        partial(sections.texts_section, extractor, articles, lexicons, settings, findings),
    )
    dated = articles[: settings.dated]
    yield "dates alone", (), partial(sections.dates_section, extractor, dated, folder, settings, findings)
    yield "calls", (), partial(sections.latency_section, extractor, sets, articles, settings)
    yield "cold start", (targets.IMPORT, targets.FIRST), partial(sections.start_section, settings, findings)
    archives = partial(sections.batch_section, sets, folder, settings, findings)
    yield "archives", (targets.MEMORY, targets.WORKERS), archives


def _run(job: Job, findings: Findings) -> list[str]:
    """The lines of a section; where it breaks down, the reason stands there and at its targets."""
    title, needed, section = job
    begin = time.monotonic()
    print(f"{title} …", end=" ", file=sys.stderr, flush=True)
    try:
        lines = section()
    except (RuntimeError, OSError, ValueError, subprocess.SubprocessError) as error:
        reason = f"{type(error).__name__}: {last_line(str(error))}"
        findings.failed(needed, reason)
        lines = [f"## {title[0].upper()}{title[1:]}\n", f"Not measured: {reason}.\n"]
    print(f"{time.monotonic() - begin:.0f} s", file=sys.stderr, flush=True)
    return lines


def _head(settings: Settings, findings: Findings, busy: str, seconds: float) -> Iterator[str]:
    yield "# Speed and memory\n"
    yield "Written by `python -m benchmarks` (`make bench`); measure again rather than edit.\n"
    yield f"{machine()} {busy} Measured in {seconds / 60:.1f} minutes."
    yield f"{build()} Beside it: {', '.join(findings.versions) or 'no other tool'}.\n"
    yield "## Targets\n"
    yield from target_rows(findings.measured, findings.missing)
    yield ""
    yield "## How it is measured\n"
    yield f"A figure is the median of {settings.repeats} passes, where no other number is given, with lowest and"
    yield "highest in brackets; one pass before them is not counted. It is processor time of one process where the"
    yield "clock on the wall is not named. Ours and the other tools take their passes in turn; a ratio is that of the"
    yield "medians, its range that of passes side by side. Pages come again and again, so that their words are known,"
    yield "as frequent ones are in a long run. Memory is the most that a process of its own held, in MB (10**6 bytes)."
    yield "A target is met when the median meets it.\n"

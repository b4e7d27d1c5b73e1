"""Warta by stage: `python -m benchmarks.stages --until STAGE PATH...` prints the peak memory in MB.

Each page or text runs through the stages up to STAGE as the extractor runs it, with a clock around each stage. The peak
is that of a process of its own, which loads and runs no more than these stages.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from benchmarks.corpora import ROOT, Article, article_of
from benchmarks.measure import Speed, peak_megabytes
from extractor.assemble import assemble
from extractor.language.state import annotations_of
from extractor.page import Page, read_html, read_text
from extractor.patterns import PatternSet, load_patterns
from extractor.pipeline import COMPONENTS, Extractor

STAGES = ("page", "tokens", *(name.removeprefix("warta_") for name in COMPONENTS), "record")

Reader = Callable[[], Page]


def html_readers(patterns: PatternSet, pages: Iterable[bytes]) -> list[Reader]:
    """What reads each of these HTML pages."""
    return [partial(read_html, html, patterns) for html in pages]


def text_readers(patterns: PatternSet, articles: Iterable[Article]) -> list[Reader]:
    """What reads each of these articles."""
    return [partial(read_text, patterns=patterns, **article) for article in articles]


def one_pass(extractor: Extractor, readers: Sequence[Reader], until: str = STAGES[-1]) -> dict[str, float]:
    """Seconds of processor time a stage over all pages."""
    spent = dict.fromkeys(STAGES, 0.0)
    stages = STAGES[: STAGES.index(until) + 1]
    for reader in readers:
        with extractor.memory():
            _one_page(extractor, reader, stages, spent)
    return spent


def _one_page(extractor: Extractor, reader: Reader, stages: tuple[str, ...], spent: dict[str, float]) -> None:
    clock = time.process_time
    begin = clock()
    page = reader()
    spent["page"] += (now := clock()) - begin
    if len(stages) == 1:
        return
    begin, doc = now, extractor.make_doc(page)
    spent["tokens"] += (now := clock()) - begin
    for stage in stages[2:]:
        begin = now
        if stage == "record":
            assemble(page, annotations_of(doc), extractor.patterns.digest, None).model_dump_json()
        else:
            doc = extractor.nlp.get_pipe(f"warta_{stage}")(doc)
        spent[stage] += (now := clock()) - begin


def stage_speeds(extractor: Extractor, readers: Sequence[Reader], repeats: int) -> dict[str, Speed]:
    """The speed of each stage alone, and of all of them ("all stages")."""
    one_pass(extractor, readers)
    passes = [one_pass(extractor, readers) for _ in range(repeats)]
    speeds = {stage: Speed(len(readers), tuple(spent[stage] for spent in passes)) for stage in STAGES}
    speeds["all stages"] = Speed(len(readers), tuple(sum(spent.values()) for spent in passes))
    return speeds


def stage_peak(paths: Iterable[Path], until: str) -> float:
    """Peak memory in MB of a process that runs the stages up to `until`, over pages (.html) or articles (.jsonl)."""
    command = [sys.executable, "-m", "benchmarks.stages", "--until", until, *map(str, paths)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, cwd=ROOT)
    return float(json.loads(done.stdout))


def stage_peaks(paths: Sequence[Path], stages: Iterable[str] = STAGES) -> dict[str, float]:
    """`stage_peak` of each of these stages, as many at a time as there are cores: memory is no matter of time."""
    stages = tuple(stages)
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        return dict(zip(stages, pool.map(partial(stage_peak, paths), stages), strict=True))


def main() -> None:
    """Runs every page once up to a stage and prints the peak."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--until", choices=STAGES, required=True)
    parser.add_argument("paths", nargs="+", type=Path)
    arguments = parser.parse_args()
    stages = STAGES[: STAGES.index(arguments.until) + 1]
    patterns = load_patterns()
    extractor = Extractor(patterns, components=[x for x in COMPONENTS if x.removeprefix("warta_") in stages])
    for path in arguments.paths:
        if path.suffix == ".jsonl":
            articles = map(article_of, path.read_text(encoding="utf-8").splitlines())
            one_pass(extractor, text_readers(patterns, articles), arguments.until)
        else:
            one_pass(extractor, html_readers(patterns, [path.read_bytes()]), arguments.until)
    print(json.dumps(peak_megabytes()))


if __name__ == "__main__":
    main()

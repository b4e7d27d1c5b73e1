"""Warta by stage: `python -m benchmarks.stages --until STAGE` prints times and peak memory as JSON.

Each page runs through the stages up to STAGE as the extractor runs it, with a clock around each stage. The peak
is that of a process of its own, which loads and runs no more than these stages.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.corpora import ROOT, Pages
from benchmarks.measure import Speed, peak_megabytes
from extractor.assemble import assemble
from extractor.language.state import annotations_of
from extractor.page import read_html
from extractor.patterns import load_patterns
from extractor.pipeline import COMPONENTS, Extractor, load

STAGES = ("page", "tokens", *(name.removeprefix("warta_") for name in COMPONENTS), "record")


def one_pass(extractor: Extractor, pages: list[bytes], until: str) -> dict[str, float]:
    """Seconds of processor time a stage over all pages."""
    spent = dict.fromkeys(STAGES, 0.0)
    stages = STAGES[: STAGES.index(until) + 1]
    for html in pages:
        with extractor.memory():
            _one_page(extractor, html, stages, spent)
    return spent


def _one_page(extractor: Extractor, html: bytes, stages: tuple[str, ...], spent: dict[str, float]) -> None:
    clock = time.process_time
    begin = clock()
    page = read_html(html, extractor.patterns)
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


def stage_speeds(pages: Pages, repeats: int) -> dict[str, Speed]:
    """The speed of each stage alone, and of "html to record"."""
    extractor, contents = load(), pages.contents()
    one_pass(extractor, contents, STAGES[-1])
    passes = [one_pass(extractor, contents, STAGES[-1]) for _ in range(repeats)]
    speeds = {stage: Speed(pages.count, tuple(spent[stage] for spent in passes)) for stage in STAGES}
    speeds["html to record"] = Speed(pages.count, tuple(sum(spent.values()) for spent in passes))
    return speeds


def stage_peak(pages: Pages, until: str) -> float:
    """Peak memory in MB of a process that runs the stages up to `until`."""
    command = [sys.executable, "-m", "benchmarks.stages", "--until", until, *map(str, pages.paths)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, cwd=ROOT)
    return float(json.loads(done.stdout))


def main() -> None:
    """Runs every page once up to a stage and prints the peak."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--until", choices=STAGES, required=True)
    parser.add_argument("paths", nargs="+", type=Path)
    arguments = parser.parse_args()
    components = [
        name for name in COMPONENTS if name.removeprefix("warta_") in STAGES[: STAGES.index(arguments.until) + 1]
    ]
    extractor = Extractor(load_patterns(), components=components)
    one_pass(extractor, [path.read_bytes() for path in arguments.paths], arguments.until)
    print(json.dumps(peak_megabytes()))


if __name__ == "__main__":
    main()

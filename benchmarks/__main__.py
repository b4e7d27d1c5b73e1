"""`python -m benchmarks`: measures, prints, and writes benchmarks/results.md."""

from __future__ import annotations

import argparse
import platform
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.corpora import ROOT, Pages, page_sets, texts
from benchmarks.measure import Speed
from benchmarks.peers import Peer, peer_rows
from benchmarks.stages import STAGES, stage_peak, stage_speeds
from extractor import __version__
from extractor.pipeline import load

RESULTS = ROOT / "benchmarks" / "results.md"


def stage_table(pages: Pages, repeats: int) -> tuple[list[str], dict[str, Speed]]:
    """Rows for our stages, and their speeds."""
    speeds = stage_speeds(pages, repeats)
    rows = ["| stage | ms a page | pages a second | peak MB up to here |", "| --- | ---: | ---: | ---: |"]
    for stage, speed in speeds.items():
        peak = f"{stage_peak(pages, stage):.0f}" if stage in STAGES else ""
        rows.append(f"| {stage} | {speed.milliseconds:.2f} | {speed} | {peak} |")
    return rows, speeds


def peer_table(pages: Pages, speeds: dict[str, Speed], repeats: int) -> Iterator[str]:
    """Rows for the other tools beside ours on the same pages."""
    yield "| tool | what it makes | pages a second | peak MB | time against our whole record |"
    yield "| --- | --- | ---: | ---: | ---: |"
    whole = speeds["html to record"]
    yield f"| warta {__version__} | the whole record | {whole} | {stage_peak(pages, STAGES[-1]):.0f} | 1 |"
    text = speeds["page"]
    ratio = text.milliseconds / whole.milliseconds
    yield f"| warta {__version__} | text and metadata | {text} | {stage_peak(pages, 'page'):.0f} | {ratio:.2f} |"

    def cells(other: Peer) -> str:
        ratio = other.speed.milliseconds / whole.milliseconds
        return f"text and metadata | {other.speed} | {other.peak:.0f} | {ratio:.1f}"

    yield from peer_rows(pages, repeats, 4, cells)


def text_speed(count: int, repeats: int) -> Speed | None:
    """Text to record on the shared corpus, or None where it is absent."""
    articles = texts(count)
    if not articles:
        return None
    extractor = load()
    seconds = []
    for _ in range(repeats + 1):
        begin = time.process_time()
        for article in articles:
            extractor.extract_text(article["text"] or "", title=article["title"], published=article["published"])
        seconds.append(time.process_time() - begin)
    return Speed(len(articles), tuple(seconds[1:]))


def report(count: int, repeats: int) -> Iterator[str]:
    """The lines of the report."""
    yield "# Speed and memory\n"
    yield "Written by `python -m benchmarks`; measure again rather than edit. Pages come again and again, so that their"
    yield "words are known, as frequent ones are in a long run. One process, processor time, median of"
    yield f"{repeats} passes (slowest to fastest). {_machine()}\n"
    for pages in page_sets(count):
        size = sum(path.stat().st_size for path in pages.paths) / len(pages.paths) / 1000
        yield f"## {pages.name.capitalize()}\n"
        yield f"{len(pages.paths)} pages of {size:.0f} KB on average, read over and over to {pages.count}.\n"
        rows, speeds = stage_table(pages, repeats)
        yield from (*rows, "")
        yield from (*peer_table(pages, speeds, repeats), "")
    if speed := text_speed(count, repeats):
        yield "## Texts\n"
        yield f"Text to record on {speed.items} articles of the shared corpus: {speed} a second, "
        yield f"{speed.milliseconds:.2f} ms an article."


def _machine() -> str:
    model = next((line for line in _lines("/proc/cpuinfo") if line.startswith("model name")), platform.processor())
    return f"Python {platform.python_version()}, {model.partition(':')[2].strip() or model}."


def _lines(path: str) -> list[str]:
    return Path(path).read_text(encoding="utf-8").splitlines() if Path(path).is_file() else []


def main() -> None:
    """Parses the arguments and writes the report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=200, help="pages a pass")
    parser.add_argument("--repeats", type=int, default=5, help="passes")
    arguments = parser.parse_args()
    lines = []
    for line in report(arguments.count, arguments.repeats):
        print(line, flush=True)
        lines.append(line)
    RESULTS.write_text("\n".join(lines).rstrip() + "\n", encoding="utf-8")
    print(f"written to {RESULTS.relative_to(ROOT)}", file=sys.stderr)


if __name__ == "__main__":
    main()

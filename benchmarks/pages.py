"""Page cleaning alone: `python -m benchmarks.pages` compares speeds, and `--soak` watches memory over 10,000 pages.

Speeds are those of one process on the same pages in one run: the shared pages, and a page of 300 KB made here.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.corpora import Pages, page_sets
from benchmarks.large import large_page
from benchmarks.measure import peak_megabytes, resident_megabytes
from benchmarks.own import timed
from benchmarks.peers import FROM_HTML
from benchmarks.side_by_side import compare
from benchmarks.stages import html_readers
from benchmarks.tables import comparison_rows
from extractor.page import read_html
from extractor.patterns import load_patterns

OURS = "warta"


def speed_table(pages: Pages, repeats: int) -> Iterator[str]:
    """Rows of our page cleaning and of other tools on `pages`."""
    contents = pages.contents()
    ours = {OURS: (timed(html_readers(load_patterns(), contents)), len(contents))}
    comparison = compare(ours, FROM_HTML, pages.paths, len(pages.paths), repeats)
    yield from comparison_rows(comparison, OURS, dict.fromkeys((OURS, *FROM_HTML), "text and metadata"))


def speeds(count: int, repeats: int) -> Iterator[str]:
    """The tables of all sets of pages and of the large page."""
    for pages in page_sets(count):
        yield f"## Page cleaning, {pages.name}\n"
        yield from (*speed_table(pages, repeats), "")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "large.html")
        path.write_text(large_page(), encoding="utf-8")
        yield f"## Page cleaning, one page of {path.stat().st_size / 1000:.0f} KB\n"
        yield from speed_table(Pages("large page", (path,), 10), repeats)


def soak(count: int) -> Iterator[str]:
    """Memory while `count` pages are read: the highest of each quarter, measured every 100 pages."""
    patterns = load_patterns()
    contents = [path.read_bytes() for pages in page_sets(count) for path in pages.paths]
    held = []
    for number in range(count):
        read_html(contents[number % len(contents)], patterns)
        if number % 100 == 99:
            held.append(resident_megabytes())
    quarter = max(1, len(held) // 4)
    parts = [held[begin : begin + quarter] for begin in range(0, 4 * quarter, quarter)]
    yield f"{count} pages of {statistics.mean(map(len, contents)) / 1000:.0f} KB on average. Resident memory, MB:"
    yield ", ".join(f"quarter {n}: {max(part):.1f}" for n, part in enumerate(parts, 1) if part)
    yield f"peak of the process: {peak_megabytes():.1f}"


def main() -> None:
    """Parses the arguments and prints the report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, help="pages a pass (100), or pages of the soak (10,000)")
    parser.add_argument("--repeats", type=int, default=3, help="passes")
    parser.add_argument("--soak", action="store_true", help="watch memory instead of speed")
    arguments = parser.parse_args()
    lines = soak(arguments.count or 10_000) if arguments.soak else speeds(arguments.count or 100, arguments.repeats)
    for line in lines:
        print(line, flush=True)


if __name__ == "__main__":
    main()

"""`python -m benchmarks`: measures, prints, and writes benchmarks/results.md."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path

from benchmarks.corpora import ROOT
from benchmarks.report import measure
from benchmarks.settings import FULL, QUICK

RESULTS = ROOT / "benchmarks" / "results.md"


def main() -> None:
    """Parses the arguments and writes the report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer passes over less; the figures are rougher")
    parser.add_argument("--repeats", type=int, help="passes (5, or 2 with --quick)")
    parser.add_argument("--out", type=Path, default=RESULTS, help="where the report goes")
    arguments = parser.parse_args()
    settings = QUICK if arguments.quick else FULL
    if arguments.repeats:
        settings = replace(settings, repeats=arguments.repeats)
    report = "\n".join(measure(settings)).rstrip() + "\n"
    arguments.out.write_text(report, encoding="utf-8")
    print(report)
    print(f"written to {arguments.out.name}", file=sys.stderr)


if __name__ == "__main__":
    main()

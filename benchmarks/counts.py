"""`python -m benchmarks.counts`: how much work an article takes, in counts that are the same on every machine.

Times flake, counts do not: calls of our functions and turns of our loops, tokens, regular expressions, nodes, bytes.
`tests/test_ceilings.py` holds them under the ceilings in benchmarks/ceilings.json; `--update` records those anew.

A step is a call of a function of ours or a turn of a loop, be it a comprehension. What runs inside spaCy, a parser or a
built-in function is not seen, only how often it was asked and with how much.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from benchmarks.corpora import ROOT
from benchmarks.counts_ceilings import CEILINGS, Counts, write_ceilings
from benchmarks.counts_run import COUNTED, RUNS, are_present


def measure(names: Iterable[str]) -> dict[str, tuple[Counts, dict[str, int]]]:
    """Reads sets in a process of its own; gives for each its counts, and the steps of its busiest functions."""
    # The order of sets of strings changes a count by a hundredth of a percent; with a fixed seed, by nothing.
    environment = {**os.environ, "PYTHONHASHSEED": "0"}
    command = [sys.executable, "-m", "benchmarks.counts_run", *names]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, cwd=ROOT, env=environment)
    found: dict[str, Any] = json.loads(done.stdout)
    return {name: (Counts(one["articles"], one["counts"]), one["functions"]) for name, one in found.items()}


def table(measured: Mapping[str, Counts]) -> Iterator[str]:
    """The lines of a table of counts an article, a set a column."""
    yield f"| an article | {' | '.join(measured)} |"
    yield f"| --- |{' ---: |' * len(measured)}"
    for count in COUNTED:
        yield f"| {count} | {' | '.join(counts.each(count) for counts in measured.values())} |"


def busiest(name: str, counts: Counts, functions: Mapping[str, int], most: int) -> Iterator[str]:
    """The lines of a list of the functions that take most steps."""
    yield f"\nSteps an article, {name}:"
    for function, steps in list(functions.items())[:most]:
        yield f"{steps / counts.articles:10,.1f}  {function}"


def main() -> None:
    """Parses the arguments, counts and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--update", action="store_true", help=f"write {CEILINGS.relative_to(ROOT)}")
    parser.add_argument("--json", action="store_true", help="totals over each set as JSON, not a table an article")
    parser.add_argument("--functions", type=int, default=0, metavar="N", help="also list the N busiest functions")
    arguments = parser.parse_args()
    found = {name: one for run in RUNS if are_present(run) for name, one in measure(run).items()}
    measured = {name: counts for name, (counts, _) in found.items()}
    if arguments.json:
        print(json.dumps({n: {"articles": c.articles, "counts": c.counts} for n, c in measured.items()}, indent=1))
    else:
        print("\n".join(table(measured)))
        for name, (counts, functions) in found.items() if arguments.functions else ():
            print("\n".join(busiest(name, counts, functions, arguments.functions)))
    if arguments.update:
        write_ceilings(measured)
        print(f"written to {CEILINGS.relative_to(ROOT)}", file=sys.stderr)


if __name__ == "__main__":
    main()

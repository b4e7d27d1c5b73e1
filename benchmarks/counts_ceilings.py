"""The recorded ceilings of the counts, and what is said of a count that went above its ceiling or far below it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from math import ceil
from pathlib import Path

from benchmarks.corpora import ROOT

CEILINGS = ROOT / "benchmarks" / "ceilings.json"
MARGIN = 0.02
SLACK = 0.15
_RECORD = "`python -m benchmarks.counts --update` records the ceilings anew."
_ADVICE = (
    f"Do without what is too much, or say in the commit why the product needs it; keep what was gained. {_RECORD} "
    "With `--functions 30` it tells which functions take most steps."
)


@dataclass(frozen=True)
class Counts:
    """Counts, or their ceilings, over all articles of a set."""

    articles: int
    counts: Mapping[str, int]

    def each(self, name: str) -> str:
        """A count an article, for people."""
        value = self.counts[name] / self.articles
        return f"{value:,.0f}" if value >= 1000 else f"{value:,.4g}"

    def with_margin(self) -> Counts:
        """The ceilings for these counts."""
        return Counts(self.articles, {name: ceil(count * (1 + MARGIN)) for name, count in self.counts.items()})


def read_ceilings(path: Path = CEILINGS) -> dict[str, Counts]:
    """The recorded ceilings by the name of the set."""
    return {name: Counts(**found) for name, found in json.loads(path.read_text(encoding="utf-8")).items()}


def write_ceilings(measured: Mapping[str, Counts], path: Path = CEILINGS) -> None:
    """Records ceilings for the sets that were measured; those of other sets stay as they are."""
    kept = read_ceilings(path) if path.exists() else {}
    ceilings = kept | {name: counts.with_margin() for name, counts in measured.items()}
    path.write_text(json.dumps({name: asdict(found) for name, found in ceilings.items()}, indent=1) + "\n", "utf-8")


def complaints(name: str, measured: Counts, ceilings: Counts | None) -> list[str]:
    """What is wrong with the counts of a set, in sentences; nothing when all of them keep to their ceilings."""
    if ceilings is None or set(measured.counts) != set(ceilings.counts):
        return [f"The {name} have counts without a ceiling, or ceilings without a count. {_RECORD}"]
    if measured.articles != ceilings.articles:
        return [f"The {name} are {measured.articles} articles now, {ceilings.articles} when recorded. {_RECORD}"]
    found = [*_over(name, measured, ceilings), *_stale(name, measured, ceilings)]
    return [*found, _ADVICE] if found else []


def _over(name: str, measured: Counts, ceilings: Counts) -> Iterator[str]:
    for count, value in measured.counts.items():
        if value > (most := ceilings.counts[count]):
            above = f"{100 * (value / most - 1):.1f} % above" if most else "above"
            yield (
                f"The {name} take more {count} than they may: {measured.each(count)} an article, {above} the ceiling "
                f"of {ceilings.each(count)}."
            )


def _stale(name: str, measured: Counts, ceilings: Counts) -> Iterator[str]:
    for count, value in measured.counts.items():
        if ceilings.counts[count] > ceil(value * (1 + SLACK)):
            yield (
                f"The {name} take fewer {count}, which is good: {measured.each(count)} an article, the ceiling is "
                f"{ceilings.each(count)}."
            )

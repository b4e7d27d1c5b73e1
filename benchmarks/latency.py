"""How long a caller waits for one call of the library, on the clock on the wall."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from functools import partial

from benchmarks.corpora import Article
from benchmarks.measure import Spread, percentile
from extractor.pipeline import Extractor
from extractor.record import Record

SHARES = {"p50": 0.50, "p90": 0.90, "p99": 0.99, "max": 1.0}
CALLS = 200
"""A pass has at least so many calls, so that its p99 is not its slowest."""

Call = Callable[[], Record]


def page_calls(extractor: Extractor, contents: Sequence[bytes]) -> list[Call]:
    """One call of `extract` a page."""
    return [partial(extractor.extract, html) for html in contents]


def text_calls(extractor: Extractor, articles: Sequence[Article]) -> list[Call]:
    """One call of `extract_text` an article."""
    return [partial(extractor.extract_text, **article) for article in articles]


def latencies(calls: Sequence[Call], repeats: int) -> dict[str, Spread]:
    """Milliseconds of a call: the percentiles of each pass over all calls, by name of `SHARES`.

    A call is made as often in a pass as it takes to come to `CALLS`; one round before the first pass warms up.
    """
    rounds = -(-CALLS // len(calls))
    _one_round(calls)
    passes = [[took for _ in range(rounds) for took in _one_round(calls)] for _ in range(repeats)]
    return {name: Spread(tuple(percentile(took, share) for took in passes)) for name, share in SHARES.items()}


def _one_round(calls: Sequence[Call]) -> list[float]:
    taken = []
    for call in calls:
        begin = time.perf_counter()
        call()
        taken.append(1000 * (time.perf_counter() - begin))
    return taken

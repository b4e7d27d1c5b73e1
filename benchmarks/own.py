"""Our own passes: functions that run over a set once and return seconds of processor time."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from functools import partial

from benchmarks.corpora import Article
from benchmarks.latency import Call
from benchmarks.side_by_side import Pass
from benchmarks.stages import text_readers
from extractor.language.state import annotations_of
from extractor.patterns import PatternSet
from extractor.pipeline import Extractor


def timed(calls: Sequence[Callable[[], object]]) -> Pass:
    """What makes all of these calls."""

    def run() -> float:
        begin = time.process_time()
        for call in calls:
            call()
        return time.process_time() - begin

    return run


def in_json(calls: Sequence[Call]) -> Pass:
    """What makes the records of these calls, and the JSON of each."""
    return timed([partial(_told, call) for call in calls])


def _told(call: Call) -> str:
    return call().model_dump_json()


def values_found(calls: Sequence[Call]) -> int:
    """Roles, dates, venues, shares, counts, quotes and events in the records of these calls."""
    found = 0
    for call in calls:
        record = call()
        found += sum(len(official.roles) for official in record.officials)
        lists = (record.dates, record.venues, record.percentages, record.counts, record.quotes, record.events)
        found += sum(map(len, lists))
    return found


class Dates:
    """Tokens, sentences and dates of articles that are read already; `found` counts the dates of the last pass."""

    def __init__(self, patterns: PatternSet, articles: Sequence[Article]) -> None:
        self.extractor = Extractor(patterns, components=("warta_sentences", "warta_dates"))
        self.pages = [reader() for reader in text_readers(patterns, articles)]
        self.found = 0

    def run(self) -> float:
        """One pass."""
        begin, self.found = time.process_time(), 0
        for page in self.pages:
            with self.extractor.memory():
                doc = self.extractor.nlp(self.extractor.make_doc(page))
                self.found += len(annotations_of(doc).dates)
        return time.process_time() - begin

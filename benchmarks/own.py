"""Our own passes: functions that run over a set once and return seconds of processor time."""

from __future__ import annotations

import time
from collections.abc import Sequence

from benchmarks.corpora import Article
from benchmarks.side_by_side import Pass
from benchmarks.stages import text_readers
from extractor.language.state import annotations_of
from extractor.page import read_html
from extractor.patterns import PatternSet
from extractor.pipeline import Extractor


def clean_pages(patterns: PatternSet, contents: Sequence[bytes]) -> Pass:
    """HTML to text and metadata."""

    def run() -> float:
        begin = time.process_time()
        for html in contents:
            read_html(html, patterns)
        return time.process_time() - begin

    return run


def records_of_pages(extractor: Extractor, contents: Sequence[bytes]) -> Pass:
    """HTML to the record in JSON."""

    def run() -> float:
        begin = time.process_time()
        for html in contents:
            extractor.extract(html).model_dump_json()
        return time.process_time() - begin

    return run


def records_of_texts(extractor: Extractor, articles: Sequence[Article]) -> Pass:
    """The text of an article to its record in JSON."""

    def run() -> float:
        begin = time.process_time()
        for article in articles:
            extractor.extract_text(
                article["text"] or "", title=article["title"], published=article["published"]
            ).model_dump_json()
        return time.process_time() - begin

    return run


def values_found(extractor: Extractor, articles: Sequence[Article]) -> int:
    """Roles, dates, venues, shares, counts, quotes and events in the records of articles."""
    found = 0
    for article in articles:
        record = extractor.extract_text(article["text"] or "", title=article["title"], published=article["published"])
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

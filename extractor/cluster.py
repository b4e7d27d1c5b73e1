"""The work of a batch as a step of a datatrove pipeline, for more than one machine (extra `cluster`).

datatrove's readers give documents from files that its executors (local, Slurm, Ray) deal out, and its writers take the
documents that come out; both go through fsspec. A task that is done leaves a marker, so that a stopped job goes on.

    LocalPipelineExecutor(pipeline=[
        WarcReader("s3://bucket/warcs"),
        Records("s3://bucket/failures"),
        JsonlWriter("s3://bucket/records", adapter=lambda writer, document: document.metadata["record"]),
    ], tasks=64)
"""

from __future__ import annotations

import json
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

from datatrove.data import Document, DocumentsPipeline
from datatrove.io import DataFolderLike, get_datafolder
from datatrove.pipeline.base import PipelineStep

from extractor.archive import Failure, Input
from extractor.archive.inputs import looks_like_markup
from extractor.batch.outcome import outcome_of
from extractor.pipeline import Extractor, load
from extractor.record import Record

TIMEOUT_CODE = "page-timeout"


class _TimeoutError(BaseException):
    """Not an `Exception`, so that nothing on the way takes it for a fault of the page."""


class Records(PipelineStep):  # type: ignore[misc]
    """Turns documents that hold pages into documents that hold records.

    The text of a document is the page, or plain text; `url`, `title`, `published` and `publisher` are taken from its
    metadata. What comes out has the article's text as text, the record's id as id, and the record under "record" in
    its metadata. A page without a record is counted by its code and written as a line of `RANK.jsonl` in the folder of
    failures, so that documents in = documents out + failures.

    Args:
        failures: Folder for the failures, anything that fsspec opens.
        patterns: Folder of your own rule data.
        seconds: Most time a page may take; the limit holds in the main thread of a process on Unix.
    """

    name = "Warta"
    type = "EXTRACTOR"

    def __init__(self, failures: DataFolderLike, patterns: str | None = None, seconds: float = 30.0) -> None:
        super().__init__()
        self.failures = get_datafolder(failures)
        self.patterns = patterns
        self.seconds = seconds

    def run(self, data: DocumentsPipeline, rank: int = 0, world_size: int = 1) -> DocumentsPipeline:
        """Works through the documents of one task."""
        extractor = load(Path(self.patterns) if self.patterns else None)
        with self.failures.open(f"{rank:05d}.jsonl", "wt") as failures:
            for document in data:
                outcome = self._outcome(extractor, _input(document))
                if isinstance(outcome, Failure):
                    failures.write(json.dumps(outcome.document(), ensure_ascii=False) + "\n")
                    self.stat_update("failures", outcome.code)
                else:
                    self.stat_update("records")
                    yield _document(outcome)

    def _outcome(self, extractor: Extractor, page: Input) -> Record | Failure:
        try:
            with _limit(self.seconds):
                return outcome_of(extractor, page)
        except _TimeoutError:
            return Failure(page.source, TIMEOUT_CODE, f"{page.source}: it took more than {self.seconds:g} seconds")


def _input(document: Document) -> Input:
    known = {key: str(value) for key in ("url", "published") if (value := document.metadata.get(key))}
    markup = looks_like_markup(document.text)
    if not markup:
        known |= {key: str(value) for key in ("title", "publisher") if (value := document.metadata.get(key))}
    return Input(str(document.id), document.text, markup, **known)  # type: ignore[arg-type]


def _document(record: Record) -> Document:
    metadata: dict[str, Any] = {"url": record.article.url, "record": json.loads(record.model_dump_json())}
    return Document(text=record.article.text, id=record.id, metadata=metadata)


@contextmanager
def _limit(seconds: float) -> Iterator[None]:
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "setitimer"):
        yield
        return

    def stop(number: int, frame: FrameType | None) -> None:
        raise _TimeoutError

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)

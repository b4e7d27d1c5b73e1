"""From what was fetched to records."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from extractor.errors import InputError
from extractor.fetch.whole import Fetched
from extractor.page import join_pages, read_html
from extractor.page.content import charset_of
from extractor.record import Record

if TYPE_CHECKING:
    from extractor.pipeline import Extractor


RECORDS = ".jsonl"
_LONGEST_LINE = 64 * 1024 * 1024


class Reader:
    """Extracts records in a thread of its own at a time, so that requests go on meanwhile."""

    def __init__(self, extractor: Extractor) -> None:
        self.extractor = extractor
        self._lock = asyncio.Lock()  # an extractor is not for several threads at once

    async def record(self, fetched: Fetched) -> Record:
        """The record of an article that was fetched; its `provenance.source` is the address given.

        Raises:
            InputError: The page is empty, binary or too large.
        """
        async with self._lock:
            return await asyncio.to_thread(self._record, fetched)

    async def record_or_empty(self, fetched: Fetched) -> Record:
        """The record of an article; an empty one with the reason as its warning where there is none."""
        error: InputError | None = fetched.failure
        if fetched.pages:
            try:
                return await self.record(fetched)
            except InputError as unreadable:
                error = unreadable
        if error is None:
            error = InputError("internal-error", f"{fetched.given.url} gave nothing; please report it")
        return self.extractor.empty_record(error, url=fetched.given.url, source=fetched.given.url)

    def _record(self, fetched: Fetched) -> Record:
        patterns = self.extractor.patterns
        pages = [
            read_html(page.content, patterns, url=page.address.url, charset=charset_of(page.headers))
            for page in fetched.pages
        ]
        page = pages[0]
        if len(pages) > 1:
            try:
                page = join_pages(pages)
            except ValueError:  # the pages say that they belong to different articles
                page = pages[0]
        return self.extractor.record_of_page(page, fetched.given.url)


class RecordsFile:
    """A file of records, one JSON document a line, that is appended to.

    Attributes:
        size: Its size.
    """

    def __init__(self, path: Path, keep: int) -> None:
        """Opens or begins a file.

        Args:
            path: The file.
            keep: Number of bytes that are whole; what follows them is cut off.

        Raises:
            OSError: It cannot be written.
        """
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file: BinaryIO = path.open("ab")
        self._file.truncate(keep)
        self.size = keep

    def add(self, record: Record) -> None:
        """Appends a record."""
        line = record.model_dump_json().encode() + b"\n"
        self._file.write(line)
        self._file.flush()
        self.size += len(line)

    def close(self) -> None:
        """Closes the file."""
        self._file.close()


def foreign_line(path: Path, begin: int, begun: Collection[str]) -> bool:
    """Whether a file of records holds, from a byte on, whole lines that no run of ours has begun.

    Args:
        path: The file, which may be absent.
        begin: Where to begin to look.
        begun: The addresses whose records may be there without being committed.
    """
    if not path.exists():
        return False
    with path.open("rb") as stream:
        stream.seek(begin)
        while line := stream.readline(_LONGEST_LINE):
            try:
                document = json.loads(line)
            except ValueError:
                if line.endswith(b"\n"):
                    return True  # what a kill tears has no end
                continue
            provenance = document.get("provenance") if isinstance(document, dict) else None
            if not isinstance(provenance, dict) or provenance.get("source") not in begun:
                return True
    return False

"""Bounded reading: pages, rows and compressed streams that grow beyond reason are refused, not read."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import BinaryIO

from extractor.page.decode import MAX_SIZE

MAX_ROW = 4 * MAX_SIZE
"""A row holds a page with escapes, and some more."""
MAX_RATIO = 200
"""Web pages shrink to a tenth, in rare cases to a fortieth; bombs to a thousandth."""
RATIO_FREE = 64 * 1024 * 1024


class BombError(Exception):
    """A compressed stream unpacks to far more than pages do."""


class Unpacked(io.RawIOBase):
    """A stream of unpacked bytes that stops with `BombError` where the ratio to the packed bytes is beyond reason."""

    def __init__(self, unpacked: BinaryIO, packed: BinaryIO) -> None:
        self._unpacked = unpacked
        self._packed = packed
        self._count = 0

    def readable(self) -> bool:
        """Always true."""
        return True

    def readinto(self, buffer: object) -> int:
        """Fills the buffer; see `io.RawIOBase.readinto`."""
        view = memoryview(buffer)  # type: ignore[arg-type]
        content = self._unpacked.read(len(view))
        view[: len(content)] = content
        self._count += len(content)
        if self._count > RATIO_FREE and self._count > MAX_RATIO * max(self._packed.tell(), 1):
            raise BombError(f"it unpacks to more than {MAX_RATIO} times its size")
        return len(content)


def read_page(stream: BinaryIO) -> bytes:
    """The content of a stream, up to one byte more than a page may have: enough to be refused as too large."""
    parts = []
    left = MAX_SIZE + 1
    while left and (part := stream.read(min(left, 1 << 20))):
        parts.append(part)
        left -= len(part)
    return b"".join(parts)


def read_lines(stream: BinaryIO) -> Iterator[tuple[int, bytes | None]]:
    """Every line with its number from 1; None for one of more than 64 MiB, which is passed over."""
    number = 0
    while line := stream.readline(MAX_ROW):
        number += 1
        if len(line) < MAX_ROW or line.endswith(b"\n"):
            yield number, line
            continue
        while (rest := stream.readline(1 << 20)) and not rest.endswith(b"\n"):
            pass
        yield number, None

"""Cuts large files into pieces that are read by themselves, and looks into tables for their columns."""

from __future__ import annotations

import csv
import json
import zipfile
from pathlib import Path
from typing import Any, BinaryIO, cast

from extractor.archive.kinds import COMPRESSED, HEAD_SIZE, Kind, kind_of
from extractor.archive.packed import unpack
from extractor.archive.rows import guess_columns, told
from extractor.archive.sources import Piece

ENTRIES = 250
_BLOCK = 1 << 22


def slices(path: Path, size: int) -> list[Piece]:
    """The pieces of a file, each of about `size` bytes; none for a file that is read as a whole.

    JSON Lines are cut between lines, web archives anywhere (a record belongs to the piece that its first byte lies
    in), zip archives between entries, Parquet between row groups. What cannot be cut is a page, a table in CSV, a tar
    archive, and compressed rows.
    """
    try:
        with path.open("rb") as stream:
            kind = kind_of(stream.read(HEAD_SIZE), path.name)
            stream.seek(0)
            return _cut(stream, kind, size, path.stat().st_size)
    except Exception:  # whatever is wrong with the file is told when it is read
        return []


def _cut(stream: BinaryIO, kind: Kind, size: int, length: int) -> list[Piece]:
    if kind is Kind.ZIP:
        count = len(zipfile.ZipFile(stream).infolist())
        starts = range(0, count, ENTRIES) if count > ENTRIES else ()
        return [Piece(kind, start, min(start + ENTRIES, count)) for start in starts]
    if length <= size:
        return []
    if kind is Kind.JSON_LINES:
        return _lines(stream, size)
    if kind is Kind.PARQUET:
        return _row_groups(stream, size)
    if kind is Kind.WARC or (kind in (Kind.GZIP, Kind.ZSTD) and _holds_warc(stream, kind)):
        return [Piece(kind, start, min(start + size, length)) for start in range(0, length, size)]
    return []


def _holds_warc(stream: BinaryIO, kind: Kind) -> bool:
    head = stream.read(4)
    stream.seek(0)
    return head == b"\x5d\x2a\x4d\x18" or unpack(stream, kind).read(5) == b"WARC/"


def _lines(stream: BinaryIO, size: int) -> list[Piece]:
    pieces = []
    start = before = lines = position = 0
    while block := stream.read(_BLOCK):
        if position + len(block) - start >= size:
            block += stream.readline()
            lines += block.count(b"\n")
            position += len(block)
            pieces.append(Piece(Kind.JSON_LINES, start, position, before))
            start, before = position, lines
        else:
            lines += block.count(b"\n")
            position += len(block)
    return [*pieces, Piece(Kind.JSON_LINES, start, position, before)] if start < position else pieces


def _row_groups(stream: BinaryIO, size: int) -> list[Piece]:
    import pyarrow.parquet as pq

    metadata = pq.ParquetFile(stream).metadata
    pieces = []
    start = held = 0
    for group in range(metadata.num_row_groups):
        held += metadata.row_group(group).total_byte_size
        if held >= size:
            pieces.append(Piece(Kind.PARQUET, start, group + 1))
            start, held = group + 1, 0
    return [*pieces, Piece(Kind.PARQUET, start, metadata.num_row_groups)] if held else pieces


def columns_of(path: Path) -> tuple[dict[str, str], str] | None:
    """Which column of a table holds what, and a sentence where a column goes by another name than ours.

    None for a file that is no table, or whose first row cannot be read.
    """
    try:
        with path.open("rb") as raw:
            stream = cast(BinaryIO, raw)
            name = path.name
            kind = kind_of(stream.read(HEAD_SIZE), name)
            stream.seek(0)
            if kind in COMPRESSED:
                name = name.rpartition(".")[0]
                stream = unpack(stream, kind)
                kind = kind_of(stream.peek(HEAD_SIZE), name)  # type: ignore[attr-defined]
            row = _first_row(stream, kind)
    except Exception:  # whatever is wrong with the file is told when it is read
        return None
    if row is None:
        return None
    columns = guess_columns(row, row)
    return columns, told({field: column for field, column in columns.items() if column in row})


def _first_row(stream: BinaryIO, kind: Kind) -> dict[str, Any] | None:
    if kind is Kind.JSON_LINES:
        row = json.loads(stream.readline(HEAD_SIZE * 256))
        return row if isinstance(row, dict) else None
    if kind is Kind.CSV:
        header = stream.readline(HEAD_SIZE).decode("utf-8-sig")
        delimiter = max(",;\t|", key=header.count)
        names = next(csv.reader([header], delimiter=delimiter))
        cells = next(csv.reader([stream.readline(HEAD_SIZE).decode("utf-8", "replace")], delimiter=delimiter), [])
        return dict(zip(names, cells + [""] * len(names), strict=False))
    if kind is Kind.PARQUET:
        import pyarrow.parquet as pq

        file = pq.ParquetFile(stream)
        batch = next(file.iter_batches(1, use_threads=False), None)
        return dict(batch.to_pylist()[0]) if batch is not None and batch.num_rows else None
    return None

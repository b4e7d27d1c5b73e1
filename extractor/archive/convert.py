"""Turns one form of output into another."""

from __future__ import annotations

import gzip
import json
import sqlite3
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, cast

from pydantic import ValidationError

from extractor.archive.sinks import open_sink
from extractor.errors import InputError
from extractor.record import Record


def convert(source: Path, out: Path) -> int:
    """Writes the records of one output to another and returns their number.

    Every record is checked against its schema on the way. CSV tables cannot be read back: they leave out what a flat
    table cannot hold.

    Raises:
        InputError: The source holds no records, or the ending of either names no kind of output.
        OSError: The source cannot be read, or the output not be written.
    """
    if source.resolve() == out.resolve():
        raise InputError("bad-output", f"{source} would be replaced by itself; choose another name for the output")
    count = 0
    with open_sink(out) as sink:
        for count, document in enumerate(_documents(source), 1):
            try:
                record = Record.model_validate_json(document)
            except ValidationError as error:
                first = error.errors()[0]
                place = ".".join(map(str, first["loc"])) or "the line"
                sentence = f"record {count} of {source} is none of ours: {place}: {first['msg']}"
                raise InputError("bad-record", sentence) from None
            sink.write(record.model_dump_json().encode())
    return count


def _documents(source: Path) -> Iterator[bytes]:
    name = source.name.lower()
    if name.endswith((".jsonl", ".jsonl.gz", ".jsonl.zst")):
        yield from _lines(source)
    elif name.endswith(".parquet"):
        yield from _parquet(source)
    elif name.endswith(".db"):
        yield from _database(source)
    else:
        raise InputError("bad-source", f"{source}: give records in .jsonl, .jsonl.gz, .jsonl.zst, .parquet or .db")


def _lines(source: Path) -> Iterator[bytes]:
    with source.open("rb") as raw:
        stream = cast(BinaryIO, raw)
        if source.suffix == ".gz":
            stream = cast(BinaryIO, gzip.GzipFile(fileobj=raw))
        elif source.suffix == ".zst":
            import io

            import zstandard

            stream = cast(BinaryIO, io.BufferedReader(zstandard.ZstdDecompressor().stream_reader(raw)))
        try:
            yield from (line for line in stream if line.strip())
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise InputError("corrupt-archive", f"{source} cannot be unpacked to its end: {error}") from None


def _parquet(source: Path) -> Iterator[bytes]:
    import pyarrow as pa
    import pyarrow.dataset as ds

    if not source.exists():
        raise InputError("unreadable-source", f"{source} does not exist; check the path")
    files = sorted(source.glob("*.parquet")) if source.is_dir() else [source]
    try:
        for file in files:
            for batch in ds.dataset(file).to_batches(batch_size=256, use_threads=False):
                yield from (json.dumps(_restored(row), ensure_ascii=False).encode() for row in batch.to_pylist())
    except (pa.ArrowException, OSError) as error:
        raise InputError("corrupt-archive", f"{source} is not a whole Parquet output: {error}") from None


def _restored(row: dict[str, Any]) -> dict[str, Any]:
    """A row as the record was: Parquet has one type for a column, a count is a whole number where it can be."""
    for count in row.get("counts") or ():
        if isinstance(value := count.get("value"), float) and value.is_integer():
            count["value"] = int(value)
    return row


def _database(source: Path) -> Iterator[bytes]:
    if not source.exists():
        raise InputError("unreadable-source", f"{source} does not exist; check the path")
    connection = sqlite3.connect(f"file:{source}?mode=ro", uri=True)
    try:
        yield from (row[0].encode() for row in connection.execute("SELECT json FROM records ORDER BY record"))
    except sqlite3.DatabaseError as error:
        raise InputError("bad-source", f"{source} is no database of records: {error}") from None
    finally:
        connection.close()

"""Rows of data files: JSON, JSON Lines, CSV and Parquet, one input a row."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, BinaryIO

from extractor.archive.inputs import Failure, Input, input_of
from extractor.archive.limits import MAX_ROW, read_lines
from extractor.errors import InputError

Columns = Mapping[str, str]
NAMES = {
    "html": ("html", "raw_html", "page", "content_html", "html_content", "page_source", "body_html"),
    "text": ("text", "body", "content", "article", "maintext", "article_text", "isi", "teks", "konten", "isi_berita"),
    "title": ("title", "headline", "judul", "judul_berita"),
    "url": ("url", "link", "canonical_url", "page_url", "address", "tautan"),
    "published": ("published", "published_at", "date_published", "publish_date", "date", "tanggal", "waktu"),
    "publisher": ("publisher", "outlet", "source_name", "media", "site_name"),
    "id": ("id", "_id", "uuid"),
}
"""Names of columns as scrapers and data sets use them; the first that a table has is taken."""


def guess_columns(names: Iterable[str], sample: Mapping[str, Any]) -> dict[str, str]:
    """Which column holds what.

    A column of times is taken only when the sample's is in ISO 8601, so that one in another form does not turn every
    row into a failure.

    Args:
        names: The table's columns.
        sample: Its first row.
    """
    known = {name.strip().lower(): name for name in names}
    guess = {field: known.get(next((o for o in options if o in known), ""), field) for field, options in NAMES.items()}
    if (column := guess["published"]) != "published" and not _is_time(sample.get(column)):
        guess["published"] = "published"
    return guess


def told(columns: Columns) -> str:
    """A guess for a person: only what goes by another name than ours."""
    return ", ".join(f"{field} from {column!r}" for field, column in columns.items() if field != column)


def read_json(stream: BinaryIO, source: str, columns: Columns | None = None) -> Iterator[Input | Failure]:
    """One object, a list of objects, or one object a line."""
    content = stream.read(MAX_ROW + 1)
    if len(content) > MAX_ROW:
        sentence = f"{source} has more than {MAX_ROW >> 20} MiB; write one object a line and name it .jsonl"
        yield Failure(source, "row-too-long", sentence)
        return
    try:
        document = json.loads(content)
    except (ValueError, RecursionError) as error:
        if content.count(b"\n", 0, len(content.rstrip())):
            yield from read_json_lines(io.BytesIO(content), source, columns)
        else:
            yield Failure(source, "bad-json", f"{source} is not valid JSON: {error}")
        return
    if isinstance(document, list):
        for number, row in enumerate(document, 1):
            yield row_input(row, source, number, columns)
    else:
        yield _input(document, source, None, columns)


def read_json_lines(
    stream: BinaryIO, source: str, columns: Columns | None = None, before: int = 0
) -> Iterator[Input | Failure]:
    """One object a line; a damaged line costs only itself.

    Args:
        stream: The lines.
        source: Name of the file.
        columns: Which key holds what; guessed from the first object when None.
        before: Number of lines of the file before the stream begins.
    """
    for number, line in read_lines(stream):
        number += before
        if line is None:
            sentence = f"line {number} of {source} has more than {MAX_ROW >> 20} MiB"
            yield Failure(f"{source}#{number}", "row-too-long", sentence, number)
        elif line.strip():
            try:
                row = json.loads(line)
            except (ValueError, RecursionError) as error:
                sentence = f"line {number} of {source} is not valid JSON: {error}"
                yield Failure(f"{source}#{number}", "bad-json", sentence, number)
                continue
            if columns is None and isinstance(row, dict):
                columns = guess_columns(row, row)
            yield row_input(row, source, number, columns)


def read_csv(stream: BinaryIO, source: str, columns: Columns | None = None) -> Iterator[Input | Failure]:
    """One row a line of a CSV file with a header; commas, semicolons, tabs and bars are told by the header."""
    csv.field_size_limit(MAX_ROW)
    lines = io.TextIOWrapper(stream, encoding="utf-8-sig", errors="replace", newline="")
    try:
        header = lines.readline(1 << 16)
        names = next(csv.reader([header], delimiter=_delimiter(header)), [])
        rows = csv.reader(lines, delimiter=_delimiter(header))
        number = 0
        while True:
            number += 1
            try:
                cells = next(rows, None)
            except csv.Error as error:
                yield Failure(f"{source}#{number}", "bad-row", f"row {number} of {source} is not CSV: {error}", number)
                continue
            if cells is None:
                return
            if not cells:
                continue
            if len(cells) != len(names):
                sentence = f"row {number} of {source} has {len(cells)} cells, the header {len(names)}"
                yield Failure(f"{source}#{number}", "bad-row", sentence, number)
                continue
            row = {name: cell or None for name, cell in zip(names, cells, strict=True)}
            if columns is None:
                columns = guess_columns(names, row)
            yield row_input(row, source, number, columns)
    finally:
        lines.detach()


def read_parquet(
    stream: BinaryIO, source: str, columns: Columns | None = None, groups: tuple[int, int] | None = None
) -> Iterator[Input | Failure]:
    """One input a row of a Parquet file; a damaged row group costs only its rows.

    Args:
        stream: The file, seekable.
        source: Its name.
        columns: Which column holds what; guessed when None.
        groups: The row groups to read, first and one after the last; all when None.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        file = pq.ParquetFile(stream)
    except (pa.ArrowException, OSError) as error:
        yield Failure(source, "corrupt-archive", f"{source} is not a whole Parquet file: {one_line(error)}")
        return
    names = file.schema_arrow.names
    metadata = file.metadata
    first, end = groups or (0, metadata.num_row_groups)
    number = sum(metadata.row_group(g).num_rows for g in range(first))
    for group in range(first, end):
        done = number
        try:
            for batch in file.iter_batches(16, row_groups=[group], use_threads=False, columns=_wanted(names, columns)):
                for row in batch.to_pylist():
                    number += 1
                    columns = columns or guess_columns(names, row)
                    yield row_input(row, source, number, columns)
        except (pa.ArrowException, OSError) as error:
            last = done + metadata.row_group(group).num_rows
            sentence = f"rows {number + 1} to {last} of {source} cannot be read: {one_line(error)}"
            yield Failure(f"{source}#{number + 1}", "damaged-rows", sentence, number + 1)
            number = last


def row_input(row: object, source: str, number: int, columns: Columns | None = None) -> Input | Failure:
    """The input of a row, named by the file and the row's id, or its number."""
    key = row.get((columns or {}).get("id", "id")) if isinstance(row, dict) else None
    named = isinstance(key, str | int) and str(key)
    return _input(row, f"{source}#{key if named else number}", number, columns)


def _input(row: object, source: str, number: int | None, columns: Columns | None) -> Input | Failure:
    try:
        return input_of(row, source, columns=columns, position=number)
    except InputError as error:
        return Failure(source, error.code, str(error), number)


def one_line(error: BaseException) -> str:
    """An error's message without line breaks, not too long."""
    return " ".join(str(error).split())[:200] or type(error).__name__


def _wanted(names: list[str], columns: Columns | None) -> list[str]:
    wanted = set((columns or guess_columns(names, {})).values()) | {n for n in names if n.lower() in NAMES["published"]}
    return [name for name in names if name in wanted]


def _delimiter(header: str) -> str:
    return max(",;\t|", key=header.count)


def _is_time(value: object) -> bool:
    try:
        return not isinstance(value, str) or datetime.fromisoformat(value) is not None
    except ValueError:
        return False

"""Reads the inputs of a run: files, folders, JSON and JSON Lines, standard input.

A folder stands for the pages below it, in the order of their paths; hidden files are left out. A file is taken for
what it holds: HTML or plain text by its tags, JSON by its ending or its first character. Nothing raises here: what
cannot be read comes out as a `Failure`.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from extractor.archive.inputs import Failure, Input, input_of, looks_like_markup
from extractor.errors import InputError

PAGE_ENDINGS = frozenset({".html", ".htm", ".xhtml", ".txt", ".jsonl", ".ndjson"})
STANDARD_INPUT = "-"
_ROW_ENDINGS = frozenset({".jsonl", ".ndjson"})
_JSON_OBJECT = re.compile(rb'(?:\xef\xbb\xbf)?\s*\{\s*"')


def read_sources(sources: Iterable[str | Path]) -> Iterator[Input | Failure]:
    """Every input of the sources, in order.

    Args:
        sources: Paths of files and folders; "-" is standard input.
    """
    for source in sources:
        if str(source) == STANDARD_INPUT:
            yield from _read_stream(sys.stdin.buffer, "stdin", "")
        elif (path := Path(source)).is_dir():
            for page in pages_below(path):
                yield from _read_file(page)
        else:
            yield from _read_file(path)


def pages_below(folder: Path) -> list[Path]:
    """The files below `folder` that `read_sources` reads, sorted; a JSON file is read only when it is named."""
    files = (path for path in folder.rglob("*") if path.suffix.lower() in PAGE_ENDINGS and path.is_file())
    return sorted(path for path in files if not any(part.startswith(".") for part in path.relative_to(folder).parts))


def read_one(source: str | Path) -> Input:
    """The one input of a file or of standard input.

    Raises:
        InputError: It cannot be read, or it holds several inputs.
    """
    if Path(source).is_dir():
        raise InputError("unreadable-source", f"{source} is a folder; use `warta run {source} -o records.jsonl`")
    inputs = read_sources([source])
    first = next(inputs, None)
    if first is None:
        raise InputError("empty-input", f"{source} is empty; give a page or a text")
    if isinstance(first, Failure):
        raise InputError(first.code, first.sentence)
    if next(inputs, None) is not None:
        raise InputError(
            "several-inputs", f"{source} holds several articles; use `warta run {source} -o records.jsonl`"
        )
    return first


def _read_file(path: Path) -> Iterator[Input | Failure]:
    try:
        with path.open("rb") as stream:
            yield from _read_stream(stream, path.as_posix(), path.suffix.lower())
    except FileNotFoundError:
        yield Failure(path.as_posix(), "unreadable-source", f"{path} does not exist; check the path")
    except OSError as error:
        yield Failure(path.as_posix(), "unreadable-source", f"{path} cannot be read: {error.strerror}")


def _read_stream(stream: BinaryIO, source: str, ending: str) -> Iterator[Input | Failure]:
    if ending in _ROW_ENDINGS:
        yield from _read_rows(stream, source)
        return
    content = stream.read()
    if ending == ".json" or _JSON_OBJECT.match(content):
        yield from _read_json(content, source)
    else:
        yield Input(source, content, looks_like_markup(content))


def _read_json(content: bytes, source: str) -> Iterator[Input | Failure]:
    """One object, a list of objects, or one object a line."""
    try:
        document = json.loads(content)
    except ValueError as error:
        if content.count(b"\n", 0, len(content.rstrip())):
            yield from _read_rows(content.splitlines(), source)
        else:
            yield Failure(source, "bad-json", f"{source} is not valid JSON: {error}")
        return
    if isinstance(document, list):
        for number, row in enumerate(document, 1):
            yield _row(row, source, number)
    else:
        yield _input(document, source)


def _read_rows(lines: Iterable[bytes], source: str) -> Iterator[Input | Failure]:
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            yield Failure(f"{source}#{number}", "bad-json", f"line {number} of {source} is not valid JSON: {error}")
        else:
            yield _row(row, source, number)


def _row(row: object, source: str, number: int) -> Input | Failure:
    key = row.get("id") if isinstance(row, dict) else None
    return _input(row, f"{source}#{key if isinstance(key, str | int) and str(key) else number}")


def _input(row: object, source: str) -> Input | Failure:
    try:
        return input_of(row, source)
    except InputError as error:
        return Failure(source, error.code, str(error))

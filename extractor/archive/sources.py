"""Reads the inputs of a run from sources of every kind.

A folder stands for the pages and archives below it, in the order of their paths. A file is taken for what it holds;
see `extractor.archive.kinds`. Nothing raises here: what cannot be read comes out as a `Failure`.
"""

from __future__ import annotations

import io
import shutil
import sys
import tempfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO, cast

from extractor.archive.folders import Found, find
from extractor.archive.inputs import Failure, Input, looks_like_markup
from extractor.archive.kinds import COMPRESSED, CONTAINERS, HEAD_SIZE, Kind, kind_of
from extractor.archive.limits import BombError, read_page
from extractor.archive.packed import Member, tar_members, unpack, zip_members
from extractor.archive.rows import Columns, one_line, read_csv, read_json, read_json_lines, read_parquet
from extractor.archive.urls import read_urls
from extractor.archive.warc import read_warc
from extractor.errors import InputError

STANDARD_INPUT = "-"
_SPOOLED = 32 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Reading:
    """How sources are read.

    Attributes:
        columns: Which column or key of a row holds what, by "html", "text", "title" ...; guessed when None.
        fetched: Folder of pages that lists of addresses are looked up in.
    """

    columns: Columns | None = None
    fetched: Path | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a file: bytes of JSON Lines or of a web archive, entries of a zip archive, row groups of Parquet.

    Attributes:
        kind: What the file is.
        start: The first.
        stop: One after the last.
        before: Number of lines before the piece, for JSON Lines.
    """

    kind: Kind
    start: int
    stop: int
    before: int = 0


def read_sources(sources: Iterable[str | Path], reading: Reading | None = None) -> Iterator[Input | Failure]:
    """Every input of the sources, in order.

    Args:
        sources: Paths of files and folders, globs; "-" is standard input.
        reading: How they are read.
    """
    for source in sources:
        if str(source) == STANDARD_INPUT:
            with tempfile.SpooledTemporaryFile(_SPOOLED) as spool:
                shutil.copyfileobj(sys.stdin.buffer, spool)
                spool.seek(0)
                yield from filter(None, read_stream(cast(BinaryIO, spool), "stdin", reading or Reading()))
            continue
        for found in find(source):
            if isinstance(found, Failure):
                yield found
            elif isinstance(found, Found):
                yield from filter(None, read_file(Path(found.path), reading or Reading()))


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


def read_file(
    path: Path, reading: Reading, *, name: str | None = None, piece: Piece | None = None
) -> Iterator[Input | Failure | None]:
    """The inputs of one file; None stands for an entry of an archive that is no page.

    Args:
        path: The file.
        reading: How it is read.
        name: What it is called in records and messages; its path when None.
        piece: The part of it to read; all when None.
    """
    source = name or path.as_posix()
    try:
        with path.open("rb") as stream:
            if piece is None:
                yield from read_stream(stream, source, reading, folder=path.parent)
            else:
                yield from _read_piece(stream, source, reading, piece)
    except FileNotFoundError:
        yield Failure(source, "unreadable-source", f"{path} does not exist; check the path")
    except OSError as error:
        yield Failure(source, "unreadable-source", f"{path} cannot be read: {error.strerror or one_line(error)}")


def read_stream(
    stream: BinaryIO, source: str, reading: Reading, folder: Path | None = None
) -> Iterator[Input | Failure | None]:
    """The inputs of a seekable stream, whatever it holds."""
    kind = kind_of(stream.read(HEAD_SIZE), source)
    stream.seek(0)
    if kind in COMPRESSED:
        yield from _read_compressed(stream, source, kind, reading)
    elif kind in (Kind.WARC, Kind.ARC):
        yield from read_warc(stream, source, kind)
    elif kind is Kind.PARQUET:
        yield from read_parquet(stream, source, reading.columns)
    elif kind is Kind.ZIP:
        yield from _read_members(zip_members(stream, source), source, reading)
    elif kind is Kind.URLS:
        yield from read_urls(stream, source, reading.fetched, folder)
    else:
        yield from _read_plain(stream, source, kind, reading)


def _read_piece(stream: BinaryIO, source: str, reading: Reading, piece: Piece) -> Iterator[Input | Failure | None]:
    span = (piece.start, piece.stop)
    if piece.kind is Kind.PARQUET:
        yield from read_parquet(stream, source, reading.columns, span)
    elif piece.kind is Kind.ZIP:
        yield from _read_members(zip_members(stream, source, span), source, reading)
    elif piece.kind is Kind.JSON_LINES:
        yield from read_json_lines(_Window(stream, *span).buffered(), source, reading.columns, piece.before)
    else:
        yield from read_warc(stream, source, piece.kind, span)


def _read_compressed(stream: BinaryIO, source: str, kind: Kind, reading: Reading) -> Iterator[Input | Failure | None]:
    """A compressed page, data file or tar archive, or a web archive compressed record by record."""
    try:
        plain = unpack(stream, kind)
        head = cast(io.BufferedReader, plain).peek(HEAD_SIZE)
        inner = kind_of(head, source.rpartition(".")[0])
        if inner in (Kind.WARC, Kind.ARC) and kind is not Kind.BZIP2:
            yield from read_warc(stream, source, kind)
        elif inner is Kind.TAR:
            yield from _read_members(tar_members(plain, source), source, reading)
        elif inner in COMPRESSED | CONTAINERS:
            yield Failure(source, "nested-archive", f"{source} holds an archive in an archive; unpack it first")
        elif inner is Kind.URLS:
            yield from read_urls(plain, source, reading.fetched, None)
        else:
            yield from _read_plain(plain, source, inner, reading)
    except BombError as error:
        yield Failure(source, "archive-bomb", f"{source}: {error}; the rest of it was not read")
    except (OSError, EOFError, zlib.error, ValueError, _zstd_error()) as error:
        yield Failure(source, "corrupt-archive", f"{source} cannot be unpacked to its end: {one_line(error)}")


def _read_members(
    members: Iterable[Member | Failure | None], source: str, reading: Reading
) -> Iterator[Input | Failure | None]:
    for member in members:
        if member is None or isinstance(member, Failure):
            yield member
            continue
        name, number, content = member
        place = f"{source}#{name}"
        try:
            yield from (
                replace(read, position=number) if read else None for read in _read_member(content, place, reading)
            )
        except BombError:
            raise
        except Exception as error:  # zip, tar and the unpackers below them raise errors of many kinds
            yield Failure(place, "corrupt-entry", f"{place} cannot be unpacked: {one_line(error)}", number)


def _read_member(content: BinaryIO, source: str, reading: Reading) -> Iterator[Input | Failure | None]:
    buffered = io.BufferedReader(cast(io.RawIOBase, content), HEAD_SIZE)
    kind = kind_of(buffered.peek(HEAD_SIZE), source)
    plain = cast(BinaryIO, buffered)
    if kind in COMPRESSED:
        plain = unpack(plain, kind)
        kind = kind_of(cast(io.BufferedReader, plain).peek(HEAD_SIZE), source.rpartition(".")[0])
    if kind in CONTAINERS | COMPRESSED:
        yield Failure(source, "nested-archive", f"{source} is an archive in an archive; unpack it first")
    else:
        yield from _read_plain(plain, source, kind, reading)


def _read_plain(stream: BinaryIO, source: str, kind: Kind, reading: Reading) -> Iterator[Input | Failure | None]:
    if kind is Kind.JSON_LINES:
        yield from read_json_lines(stream, source, reading.columns)
    elif kind is Kind.JSON:
        yield from read_json(stream, source, reading.columns)
    elif kind is Kind.CSV:
        yield from read_csv(stream, source, reading.columns)
    elif kind is Kind.TAR:
        yield from _read_members(tar_members(stream, source), source, reading)
    elif kind is Kind.FOREIGN:
        yield Failure(source, "corrupt-archive", f"{source} is not the archive that its ending says")
    else:
        content = read_page(stream)
        yield Input(source, content, looks_like_markup(content))


class _Window(io.RawIOBase):
    """The bytes of a stream between two positions."""

    def __init__(self, stream: BinaryIO, start: int, stop: int) -> None:
        self._stream = stream
        self._left = stop - start
        stream.seek(start)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer)  # type: ignore[arg-type]
        content = self._stream.read(min(len(view), self._left))
        view[: len(content)] = content
        self._left -= len(content)
        return len(content)

    def buffered(self) -> BinaryIO:
        return cast(BinaryIO, io.BufferedReader(self, 1 << 20))


def _zstd_error() -> type[Exception]:
    try:
        from zstandard import ZstdError
    except ImportError:
        return ValueError
    return ZstdError

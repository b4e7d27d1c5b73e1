"""Where records go: JSON Lines, Parquet, CSV tables, SQLite; what has its name is whole."""

from __future__ import annotations

import gzip
import shutil
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Protocol, Self, cast

from extractor.errors import InputError

ENDINGS = (".jsonl", ".jsonl.gz", ".jsonl.zst", ".parquet", ".csv", ".db")


class Sink(Protocol):
    """Takes records, as a context manager; what it makes has its name when the block ends well."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def write(self, document: bytes) -> None:
        """Writes one record, given as JSON in UTF-8 without line breaks."""


class JsonLines:
    """Writes one JSON document a line to `path`, as a context manager; .gz and .zst compress.

    The lines go to a file with the ending ".part" beside it, which takes the name `path` when the block ends and is
    removed when the block fails: whatever has the name is whole. The same lines give the same bytes.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._part = path.with_name(f"{path.name}.part")

    def __enter__(self) -> Self:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self._raw = self._part.open("wb")
        self._file = self._compressed()
        return self

    def _compressed(self) -> BinaryIO:
        if self.path.suffix == ".gz":
            return cast(BinaryIO, gzip.GzipFile("", "wb", fileobj=self._raw, mtime=0))
        if self.path.suffix == ".zst":
            import zstandard

            return cast(BinaryIO, zstandard.ZstdCompressor(level=6).stream_writer(self._raw, closefd=False))
        return self._raw

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self._file.close()
            self._raw.close()
        except OSError:
            self._part.unlink(missing_ok=True)
            raise
        if kind is None:
            self._part.replace(self.path)
        else:
            self._part.unlink()

    def write(self, document: str | bytes) -> None:
        """Writes one document, given as JSON without line breaks."""
        self._file.write((document.encode() if isinstance(document, str) else document) + b"\n")


def open_sink(path: Path) -> Sink:
    """The sink that the ending of a path names.

    Raises:
        InputError: The ending names none, or something of another's making is in the way.
    """
    name = path.name.lower()
    if name.endswith((".jsonl", ".jsonl.gz", ".jsonl.zst")):
        return JsonLines(path)
    if name.endswith(".parquet"):
        from extractor.archive.parquet_sink import ParquetFolder

        return ParquetFolder(path)
    if name.endswith(".csv"):
        from extractor.archive.csv_sink import CsvFolder

        return CsvFolder(path)
    if name.endswith(".db"):
        from extractor.archive.sqlite_sink import Database

        return Database(path)
    raise InputError("bad-output", f"{path}: the ending names no kind of output; use one of {', '.join(ENDINGS)}")


def refuse_foreign(path: Path, own: str) -> None:
    """Refuses to replace a folder that holds anything but files of ours.

    Args:
        path: The folder that is to be replaced.
        own: Ending of the files that we write there.

    Raises:
        InputError: It is a file, or holds other files.
    """
    if path.is_dir():
        foreign = next((child.name for child in sorted(path.iterdir()) if child.suffix != own or child.is_dir()), None)
        if foreign is None:
            return
        raise InputError("bad-output", f"{path} holds {foreign}, which is not ours to replace; choose another name")
    if path.exists():
        raise InputError("bad-output", f"{path} is a file, and this output is a folder; choose another name")


def replace_folder(part: Path, path: Path) -> None:
    """Gives a whole folder its name, in place of an older one."""
    old = path.with_name(f"{path.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if path.exists():
        path.replace(old)
    part.replace(path)
    shutil.rmtree(old, ignore_errors=True)

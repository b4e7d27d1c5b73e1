"""Files inside zip and tar archives, and compressed files; names and sizes that could do harm are refused by name."""

from __future__ import annotations

import bz2
import gzip
import io
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import BinaryIO, cast

from extractor.archive.inputs import Failure
from extractor.archive.kinds import READ_ENDINGS, Kind, ending_of, is_document
from extractor.archive.limits import MAX_RATIO, BombError, Unpacked
from extractor.archive.rows import one_line

Member = tuple[str, int, BinaryIO]
"""The name of a file inside an archive, its number from 1, and its content."""
MAX_EXPANSION = 4 * 1024 * 1024
_UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    NotImplementedError,
    RuntimeError,
    EOFError,
    OSError,
    ValueError,
    BombError,
)


def unpack(stream: BinaryIO, kind: Kind) -> BinaryIO:
    """The unpacked content of a compressed stream.

    Raises:
        BombError: While it is read, when it unpacks to far more than pages do.
    """
    if kind is Kind.GZIP:
        plain = cast(BinaryIO, gzip.GzipFile(fileobj=stream))
    elif kind is Kind.BZIP2:
        plain = cast(BinaryIO, bz2.BZ2File(stream))
    else:
        import zstandard

        plain = cast(BinaryIO, zstandard.ZstdDecompressor().stream_reader(stream, read_across_frames=True))
    return cast(BinaryIO, io.BufferedReader(Unpacked(plain, stream), 1 << 16))


def is_unsafe(name: str) -> bool:
    """Whether a name is absolute or leads out of the folder that it would be unpacked to."""
    path = PurePosixPath(name.replace("\\", "/"))
    return path.is_absolute() or ".." in path.parts or (len(name) > 1 and name[1] == ":")


def zip_members(
    stream: BinaryIO, source: str, piece: tuple[int, int] | None = None
) -> Iterator[Member | Failure | None]:
    """The files of a zip archive in the order of its directory; None for one that is no page.

    Args:
        stream: The archive, seekable.
        source: Its name.
        piece: Only the entries with these numbers from 0, first and one after the last; all when None.
    """
    try:
        archive = zipfile.ZipFile(stream)
    except (*_UNREADABLE,) as error:
        yield Failure(source, "corrupt-archive", f"{source} is not a whole zip archive: {one_line(error)}")
        return
    first, end = piece or (0, len(archive.infolist()))
    for number, entry in enumerate(archive.infolist()[first:end], first + 1):
        name = f"{source}#{entry.filename}"
        if entry.is_dir():
            continue
        if refusal := _zip_refusal(entry, name, number):
            yield refusal
            continue
        try:
            with archive.open(entry) as content:
                plain = io.BufferedReader(cast(io.RawIOBase, content), 1 << 16)
                wanted = _is_wanted(entry.filename, plain)
                yield (entry.filename, number, cast(BinaryIO, plain)) if wanted else None
        except _UNREADABLE as error:
            yield Failure(name, "corrupt-entry", f"{name} cannot be unpacked: {one_line(error)}", number)


def _zip_refusal(entry: zipfile.ZipInfo, name: str, number: int) -> Failure | None:
    if is_unsafe(entry.filename):
        return Failure(name, "unsafe-path", f"{name} would be unpacked outside its folder; it was not read", number)
    if (entry.external_attr >> 16) & 0o170000 not in (0, 0o100000):
        return Failure(name, "unsafe-entry", f"{name} is a link or a device, not a file; it was not read", number)
    if entry.flag_bits & 1:
        return Failure(name, "encrypted-entry", f"{name} is encrypted; unpack the archive first", number)
    if entry.file_size > MAX_EXPANSION and entry.file_size > MAX_RATIO * max(entry.compress_size, 1):
        sentence = f"{name} unpacks to more than {MAX_RATIO} times its size; it was not read"
        return Failure(name, "archive-bomb", sentence, number)
    return None


def tar_members(stream: BinaryIO, source: str) -> Iterator[Member | Failure | None]:
    """The files of a tar archive, read from front to back; None for one that is no page."""
    number = 0
    try:
        with tarfile.open(fileobj=stream, mode="r|") as archive:
            for entry in archive:
                number += 1
                name = f"{source}#{entry.name}"
                archive.members = []  # type: ignore[attr-defined]  # tarfile keeps every header otherwise
                if entry.isdir():
                    continue
                if refusal := _tar_refusal(entry, name, number):
                    yield refusal
                elif content := archive.extractfile(entry):
                    plain = cast(BinaryIO, content)
                    yield (entry.name, number, plain) if _is_wanted(entry.name, plain) else None
    except (tarfile.TarError, *_UNREADABLE) as error:
        sentence = f"{source} cannot be read beyond entry {number}: {one_line(error)}"
        code = "archive-bomb" if isinstance(error, BombError) else "corrupt-archive"
        yield Failure(source, code, sentence, number + 1)


def _tar_refusal(entry: tarfile.TarInfo, name: str, number: int) -> Failure | None:
    if is_unsafe(entry.name):
        return Failure(name, "unsafe-path", f"{name} would be unpacked outside its folder; it was not read", number)
    if not entry.isfile():
        what = "a link" if entry.islnk() or entry.issym() else "a device"
        return Failure(name, "unsafe-entry", f"{name} is {what}, not a file; it was not read", number)
    return None


def _is_wanted(name: str, content: BinaryIO) -> bool:
    """Whether an entry is read, as files of a folder are."""
    if any(part.startswith(".") for part in PurePosixPath(name).parts):
        return False
    ending = ending_of(name)
    if ending in READ_ENDINGS:
        return True
    return ending not in LEFT_OUT and is_document(_peek(content))


def _peek(content: BinaryIO) -> bytes:
    if isinstance(content, io.BufferedReader):
        return content.peek(4096)[:4096]
    head = content.read(4096)
    content.seek(-len(head), io.SEEK_CUR)
    return head


LEFT_OUT = frozenset(
    {
        ".css",
        ".gif",
        ".ico",
        ".jpeg",
        ".jpg",
        ".js",
        ".json",
        ".log",
        ".map",
        ".md",
        ".mp3",
        ".mp4",
        ".pdf",
        ".png",
        ".py",
        ".rss",
        ".svg",
        ".ttf",
        ".webp",
        ".woff",
        ".woff2",
        ".xml",
        ".yaml",
        ".yml",
    }
)
"""Endings of files beside pages; a file with one of them is read only when it is named."""

"""What a run reads, file by file: folders and globs are walked, and what is no file is refused by name."""

from __future__ import annotations

import glob
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from extractor.archive.inputs import Failure
from extractor.archive.kinds import READ_ENDINGS, ending_of, is_document
from extractor.archive.packed import LEFT_OUT


@dataclass(frozen=True, slots=True)
class Found:
    """A file to read, with its size in bytes and the time of its last change in nanoseconds."""

    path: str
    size: int
    changed: int


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A file of a folder that is no page, by its ending."""

    path: str


def find(source: str | Path) -> Iterator[Found | Failure | LeftOut]:
    """The files that a source stands for, in the order of their paths.

    Hidden files of a folder are passed over, and so is what neither ending nor content shows to be a page or data;
    a JSON file is read only when it is named.

    Args:
        source: A file, a folder, or a glob (`**` included).
    """
    path = Path(source)
    if not os.path.lexists(path) and glob.has_magic(str(source)):
        found = glob.iglob(str(source), recursive=True)  # noqa: PTH207  # Path.glob takes no absolute pattern
        matches = sorted(map(Path, found), key=lambda match: match.parts)
        if not matches:
            yield Failure(str(source), "unreadable-source", f"nothing matches {source}; check the pattern")
        for match in matches:
            if not match.is_dir():
                yield _named(match)
        return
    yield from _below(path, Path(os.path.realpath(path))) if path.is_dir() else [_named(path)]


def _named(path: Path) -> Found | Failure:
    name = path.as_posix()
    try:
        status = path.stat()
    except FileNotFoundError:
        return Failure(name, "unreadable-source", f"{path} does not exist; check the path")
    except OSError as error:
        return Failure(name, "unreadable-source", f"{path} cannot be read: {error.strerror}")
    if not stat.S_ISREG(status.st_mode):
        return Failure(name, "not-a-file", f"{path} is a device, a pipe or a socket; save what it gives as a file")
    return Found(name, status.st_size, status.st_mtime_ns)


def _below(folder: Path, root: Path) -> Iterator[Found | Failure | LeftOut]:
    try:
        with os.scandir(folder) as entries:
            found = sorted((entry for entry in entries if not entry.name.startswith(".")), key=lambda entry: entry.name)
    except OSError as error:
        yield Failure(folder.as_posix(), "unreadable-source", f"{folder} cannot be listed: {error.strerror}")
        return
    for entry in found:
        path = Path(entry.path)
        if entry.is_symlink():
            yield from _linked(path, root)
        elif entry.is_dir(follow_symlinks=False):
            yield from _below(path, root)
        else:
            yield _file(path)


def _linked(path: Path, root: Path) -> Iterator[Found | Failure | LeftOut]:
    """A link inside the folder to a file is read; one to a folder is not followed, as the folder is read itself."""
    target = Path(os.path.realpath(path))
    if not target.is_relative_to(root):
        sentence = f"{path} is a link to {target}, outside the folder; name that file or folder itself to read it"
        yield Failure(path.as_posix(), "link-outside", sentence)
    elif not target.is_dir():
        yield _file(path)


def _file(path: Path) -> Found | Failure | LeftOut:
    ending = ending_of(path.name)
    found = _named(path)
    if isinstance(found, Failure) or ending in READ_ENDINGS:
        return found
    if ending in LEFT_OUT:
        return LeftOut(path.as_posix())
    try:
        with path.open("rb") as stream:
            return found if is_document(stream.read(4096)) else LeftOut(path.as_posix())
    except OSError as error:
        return Failure(path.as_posix(), "unreadable-source", f"{path} cannot be read: {error.strerror}")

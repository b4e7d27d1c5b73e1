"""Lists of addresses: the pages were fetched earlier and lie in files; nothing is fetched here."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO
from urllib.parse import unquote, urlsplit

from extractor.archive.inputs import Failure, Input, looks_like_markup
from extractor.archive.limits import read_lines, read_page
from extractor.archive.packed import is_unsafe


def read_urls(stream: BinaryIO, source: str, fetched: Path | None, folder: Path | None) -> Iterator[Input | Failure]:
    """The page of each address of a list.

    Args:
        stream: An address a line, or an address, a tab and the path of its file; empty lines and `#` are left out.
        source: Name of the list.
        fetched: Folder of pages by host and path, as `wget --force-directories` leaves them.
        folder: What the paths of files are relative to: the list's own folder.
    """
    for number, line in read_lines(stream):
        entry = (line or b"").decode("utf-8", "replace").strip().removeprefix("\ufeff")
        if not entry or entry.startswith("#"):
            continue
        url, _, name = entry.partition("\t")
        place = f"{source}#{number}"
        path = _below(folder, name) if name else _fetched(fetched, url)
        if path is None:
            where = f"{name} beside the list" if name else "the fetched pages"
            hint = "" if name or fetched else "; name their folder with --fetched DIR"
            yield Failure(place, "not-fetched", f"{url} is not among {where}{hint}", number)
            continue
        try:
            with path.open("rb") as page:
                content = read_page(page)
        except OSError as error:
            yield Failure(place, "unreadable-source", f"{path} of {url} cannot be read: {error.strerror}", number)
        else:
            yield Input(place, content, looks_like_markup(content), url=url, position=number)


def _below(folder: Path | None, name: str) -> Path | None:
    path = folder / name if folder and not is_unsafe(name) else None
    return path if path and path.is_file() and _inside(path, folder) else None


def _fetched(fetched: Path | None, url: str) -> Path | None:
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    host, path = parts.netloc.lower(), unquote(parts.path).strip("/")
    if fetched is None or not host or is_unsafe(f"{host}/{path}"):
        return None
    stem = f"{host}/{path}".rstrip("/") + (f"?{parts.query}" if parts.query else "")
    for name in (stem, f"{stem}.html", f"{stem}/index.html"):
        try:
            if (file := fetched / name).is_file() and _inside(file, fetched):
                return file
        except (OSError, ValueError):  # a name too long, or with a null byte
            return None
    return None


def _inside(path: Path, folder: Path | None) -> bool:
    return folder is not None and path.resolve().is_relative_to(folder.resolve())

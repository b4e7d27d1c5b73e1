"""Where addresses come from: the command line, files, sitemaps, feeds."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from extractor.archive import STANDARD_INPUT, Failure
from extractor.archive.limits import read_lines
from extractor.fetch.addresses import redacted
from extractor.fetch.listings import Listings


@dataclass(frozen=True, slots=True)
class Given:
    """An address as it was given.

    Attributes:
        text: The address.
        position: Number of its line in a file; behind the file's name where several were given ("a.txt:3").
    """

    text: str
    position: int | str | None = None


@dataclass(frozen=True, slots=True)
class Sources:
    """Where addresses come from.

    Attributes:
        addresses: Addresses of pages.
        files: Files with an address a line; "-" is standard input.
        sitemaps: Addresses of sitemaps, or of front pages whose robots.txt names some.
        feeds: Addresses of feeds.
        since: Of sitemaps and feeds, only what was changed since then.
    """

    addresses: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()
    feeds: tuple[str, ...] = ()
    since: datetime | None = None

    async def inputs(self, listings: Listings) -> AsyncIterator[Given | Failure]:
        """Every address, in order; a failure for each list that cannot be read."""
        for address in self.addresses:
            yield Given(address)
        for name in self.files:
            for given in _lines(name):
                several = len(self.files) > 1 and given.position is not None
                yield replace(given, position=f"{redacted(name)}:{given.position}") if several else given
        for listing in (*self.sitemaps, *self.feeds):
            async for found in listings.addresses(listing):
                yield found if isinstance(found, Failure) else Given(found)


def _lines(name: str) -> Iterator[Given | Failure]:
    """The addresses of a file: one a line, up to a tab; empty lines and those with # in front are left out."""
    if name == STANDARD_INPUT:
        yield from _addresses(sys.stdin.buffer, "stdin")
        return
    try:
        with Path(name).open("rb") as stream:
            yield from _addresses(stream, name)
    except OSError as error:
        name = redacted(name)
        yield Failure(name, "unreadable-source", f"{name} cannot be read: {error.strerror}; check the path")


def _addresses(stream: BinaryIO, name: str) -> Iterator[Given | Failure]:
    for number, line in read_lines(stream):
        if line is None:
            yield Failure(name, "row-too-long", f"line {number} of {name} has more than 64 MiB", number)
            continue
        text = line.decode("utf-8", "replace").removeprefix("\ufeff").partition("\t")[0].strip()
        if text and not text.startswith("#"):
            yield Given(text, number)

"""Reads lists of addresses: feeds (RSS, Atom, through feedparser) and sitemaps (sitemaps.org, through lxml).

What is read is hostile until shown otherwise: sizes, numbers and depths are bounded, entities are not resolved, nothing
is loaded. A document that is broken off gives the entries before the break; what is lost is told.
"""

from __future__ import annotations

import io
import re
import zlib
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from time import struct_time
from typing import Any

import feedparser
from lxml import etree

from extractor.fetch.errors import FetchError
from extractor.fetch.markup import UNREADABLE, root_of, text_of, without_entities

MOST_BYTES = 50 * 1024 * 1024
"""Largest sitemap, unpacked (sitemaps.org)."""
MOST_ENTRIES = 50_000
"""Entries of a sitemap (sitemaps.org); those beyond are left."""
_GZIP = b"\x1f\x8b"
_HEAD = 1 << 16
_FEED = re.compile(r"<(?:\w{1,20}:)?(rss|feed|RDF)(?=[\s>/])")
_SITEMAP = re.compile(r"<(?:\w{1,20}:)?(urlset|sitemapindex)(?=[\s>/])")
_EMPTY = re.compile(r"<[^<>]{0,2000}/>")
_ENTRY_ENDS = re.compile(r"</(?:\w{1,20}:)?(?:url|sitemap|item|entry)\s*>")
_LINES = re.compile(r"\s*https?://\S", re.IGNORECASE)
_DAY = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a list.

    Attributes:
        url: The address.
        modified: The last moment at which the page may have been changed, as the list says: of a day alone, its end.
            With a zone.
    """

    url: str
    modified: datetime | None = None


@dataclass(slots=True)
class Listing:
    """What a feed or sitemap lists.

    Attributes:
        pages: Pages.
        listings: Further sitemaps, of a sitemap index.
        problems: What of the list could not be read, with the codes "damaged-listing", "broken-listing" and
            "listing-too-long".
    """

    pages: list[Entry] = field(default_factory=list)
    listings: list[Entry] = field(default_factory=list)
    problems: list[FetchError] = field(default_factory=list, compare=False)


def read_listing(content: bytes, url: str) -> Listing:
    """What a feed, a sitemap, a sitemap index or a text of addresses lists; gzip is undone.

    Args:
        content: The document.
        url: Its address, for messages.

    Raises:
        FetchError: "bad-listing" when it is none of these, "unpacks-too-large".
    """
    text = text_of(_unpacked(content, url))
    if _LINES.match(text):
        return _lines(text, url)
    root = root_of(text)
    for begins, read in ((_SITEMAP, _sitemap), (_FEED, _feed)):
        if match := begins.match(root) or begins.search(root[:_HEAD]):
            return read(_Document(root[match.start() :], match[1], url))
    raise FetchError("bad-listing", f"{url} is neither a feed nor a sitemap; give the address of one")


class _Document:
    """A feed or a sitemap from its root on, up to the end of its last whole entry where it is broken off.

    Attributes:
        text: The document.
        url: Its address.
        broken: Whether it is broken off.
    """

    def __init__(self, root: str, name: str, url: str) -> None:
        self.url = url
        whole = re.search(rf"</(?:\w{{1,20}}:)?{name}\s*>", root[root.rfind("</") :]) or _EMPTY.match(root)
        self.broken = whole is None
        if self.broken:
            ends = [match.end() for match in _ENTRY_ENDS.finditer(root)]
            root = root[: ends[-1] if ends else root.find(">") + 1]
        self.text = without_entities(root)


def _listing(document: _Document, entries: Iterator[tuple[bool, Entry]]) -> Listing:
    """What the entries of a document make; each is said to be a further sitemap or not."""
    listing, unreadable = Listing(), 0
    for number, (further, entry) in enumerate(entries):
        if number >= MOST_ENTRIES:
            listing.problems.append(_too_long(document.url))
            break
        if UNREADABLE in entry.url:
            unreadable += 1
        else:
            (listing.listings if further else listing.pages).append(entry)
    if unreadable:
        told = f"{document.url}: entities make addresses unreadable ({unreadable} of them); the others were taken"
        listing.problems.append(FetchError("damaged-listing", told))
    if document.broken:
        told = f"{document.url} breaks off; the addresses before the break were taken"
        listing.problems.append(FetchError("broken-listing", told))
    return listing


def _lines(text: str, url: str) -> Listing:
    lines = [Entry(line) for line in text.split() if "://" in line]
    return Listing(lines[:MOST_ENTRIES], problems=[_too_long(url)] if len(lines) > MOST_ENTRIES else [])


def _too_long(url: str) -> FetchError:
    return FetchError("listing-too-long", f"{url} lists more than {MOST_ENTRIES:,} addresses; the rest is left")


def _unpacked(content: bytes, url: str) -> bytes:
    if not content.startswith(_GZIP):
        return content
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        unpacked = unpacker.decompress(content, MOST_BYTES + 1)
    except zlib.error as error:
        raise FetchError("bad-listing", f"{url} cannot be unpacked: {error}") from None
    if len(unpacked) > MOST_BYTES:
        raise FetchError("unpacks-too-large", f"{url} unpacks to more than {MOST_BYTES:,} bytes")
    return unpacked


def _sitemap(document: _Document) -> Listing:
    try:
        return _listing(document, _sitemap_entries(document.text))
    except etree.XMLSyntaxError as error:
        told = f"{document.url} is no sitemap that can be read: {error.msg}"
        raise FetchError("bad-listing", told) from None


def _sitemap_entries(text: str) -> Iterator[tuple[bool, Entry]]:
    events = etree.iterparse(
        io.BytesIO(text.encode("utf-8", "replace")),
        events=("end",),
        tag=("{*}url", "{*}sitemap"),
        encoding="utf-8",
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
    )
    for _, element in events:
        if entry := _entry(element):
            yield etree.QName(element).localname == "sitemap", entry
        _drop(element)


def _entry(element: Any) -> Entry | None:
    values = {}
    for child in element:
        if isinstance(child.tag, str):
            values[etree.QName(child).localname] = "".join(child.itertext()).strip()
    found = values.get("loc")
    return Entry(found, _moment(values.get("lastmod"))) if found else None


def _drop(element: Any) -> None:
    """Frees what was read."""
    element.clear()
    while element.getprevious() is not None:
        del element.getparent()[0]


def _moment(text: str | None) -> datetime | None:
    """The last moment that a time in W3C's profile of ISO 8601 may mean; a year or a month alone is one too."""
    text = (text or "").strip()
    try:
        if match := _DAY.fullmatch(text):
            year, month = int(match[1]), int(match[2] or 12)
            day = int(match[3] or monthrange(year, month)[1])
            return datetime.combine(date(year, month, day), time.max, UTC)
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _feed(document: _Document) -> Listing:
    content = f'<?xml version="1.0" encoding="utf-8"?>{document.text}'.encode("utf-8", "replace")
    parsed = feedparser.parse(io.BytesIO(content), sanitize_html=False, resolve_relative_uris=False)
    return _listing(document, ((False, entry) for entry in _feed_entries(parsed.entries, document.text)))


def _feed_entries(entries: list[Any], text: str) -> Iterator[Entry]:
    for entry in entries:
        permanent = entry.get("id", "") if entry.get("guidislink") else ""
        if link := (entry.get("link") or permanent or "").strip():
            if (written := link.replace("://", ":///", 1)) in text:  # feedparser takes slashes for too many
                link = written
            yield Entry(link, _feed_moment(entry))


def _feed_moment(entry: Any) -> datetime | None:
    for name in ("updated", "published"):
        if day := _moment(entry.get(name)) if _DAY.fullmatch(entry.get(name, "").strip()) else None:
            return day
        parsed: struct_time | None = entry.get(f"{name}_parsed")
        try:
            if parsed:
                return datetime(*parsed[:6], tzinfo=UTC)
        except ValueError:
            return None
    return None

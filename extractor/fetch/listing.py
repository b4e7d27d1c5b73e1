"""Reads lists of addresses: feeds (RSS, Atom, through feedparser) and sitemaps (sitemaps.org, through lxml).

What is read is hostile until shown otherwise: sizes, numbers and depths are bounded, entities are not resolved, nothing
is loaded. A document that is broken off gives the entries before the break.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from time import struct_time
from typing import Any

import feedparser
from lxml import etree

from extractor.fetch.errors import FetchError

MOST_BYTES = 50 * 1024 * 1024
"""Largest sitemap, unpacked (sitemaps.org)."""
MOST_ENTRIES = 50_000
"""Entries of a sitemap (sitemaps.org); those beyond are left."""
_GZIP = b"\x1f\x8b"
_HEAD = 4096
_FEED = re.compile(rb"<(?:\w{1,20}:)?(?:rss|feed|RDF)[\s>]")
_SITEMAP = re.compile(rb"<(?:\w{1,20}:)?(?:urlset|sitemapindex)[\s>]")
_LINES = re.compile(rb"(?:\xef\xbb\xbf)?\s*https?://\S", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a list.

    Attributes:
        url: The address.
        modified: When the page was last changed, as the list says; with a zone.
    """

    url: str
    modified: datetime | None = None


@dataclass(slots=True)
class Listing:
    """What a feed or sitemap lists.

    Attributes:
        pages: Pages.
        listings: Further sitemaps, of a sitemap index.
    """

    pages: list[Entry] = field(default_factory=list)
    listings: list[Entry] = field(default_factory=list)


def read_listing(content: bytes, url: str) -> Listing:
    """What a feed, a sitemap, a sitemap index or a text of addresses lists; gzip is undone.

    Args:
        content: The document.
        url: Its address, for messages.

    Raises:
        FetchError: "bad-listing" when it is none of these, "unpacks-too-large".
    """
    content = _unpacked(content, url)
    head = content[:_HEAD]
    if _SITEMAP.search(head):
        return _sitemap(content, url)
    if _FEED.search(head):
        return _feed(content)
    if _LINES.match(head):
        lines = content.decode("utf-8-sig", "replace").split()
        return Listing([Entry(line) for line in lines[:MOST_ENTRIES] if "://" in line])
    raise FetchError("bad-listing", f"{url} is neither a feed nor a sitemap; give the address of one")


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


def _sitemap(content: bytes, url: str) -> Listing:
    listing = Listing()
    events = etree.iterparse(
        io.BytesIO(content),
        events=("end",),
        tag=("{*}url", "{*}sitemap"),
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
    )
    try:
        for _, element in events:
            entry = _entry(element)
            if entry:
                (listing.listings if etree.QName(element).localname == "sitemap" else listing.pages).append(entry)
            if len(listing.pages) + len(listing.listings) >= MOST_ENTRIES:
                break
            _drop(element)
    except etree.XMLSyntaxError as error:
        if not (listing.pages or listing.listings):
            raise FetchError("bad-listing", f"{url} is no sitemap that can be read: {error.msg}") from None
    return listing


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
    """A date or time in W3C's profile of ISO 8601, of which also years and months alone are part."""
    if not text:
        return None
    text = {4: f"{text}-01-01", 7: f"{text}-01"}.get(len(text), text)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _feed(content: bytes) -> Listing:
    parsed = feedparser.parse(io.BytesIO(content), sanitize_html=False, resolve_relative_uris=False)
    return Listing(list(_feed_entries(parsed.entries)))


def _feed_entries(entries: list[Any]) -> Iterator[Entry]:
    for entry in entries[:MOST_ENTRIES]:
        permanent = entry.get("id", "") if entry.get("guidislink") else ""
        if link := (entry.get("link") or permanent or "").strip():
            yield Entry(link, _feed_moment(entry.get("updated_parsed") or entry.get("published_parsed")))


def _feed_moment(parsed: struct_time | None) -> datetime | None:
    try:
        return datetime(*parsed[:6], tzinfo=UTC) if parsed else None
    except ValueError:
        return None

"""Writes what was fetched as a web archive (WARC 1.1, ISO 28500:2017) through warcio.

A page's records are appended in one piece, each a gzip member of its own where the name ends in .gz: a run that is
killed leaves at most a torn piece at the end, which the next one cuts off. Bodies are stored with their content coding
and without their transfer coding; the latter is named X-Crawl-Transfer-Encoding.
"""

from __future__ import annotations

import base64
import hashlib
import io
import os
import uuid
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import quote

from warcio.archiveiterator import ArchiveIterator
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from extractor._version import __version__
from extractor.fetch.options import PRODUCT
from extractor.fetch.wire import Exchange

ENDINGS = (".warc.gz", ".warc")
_NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
_TYPES = {
    "warcinfo": "application/warc-fields",
    "request": "application/http;msgtype=request",
    "response": "application/http;msgtype=response",
    "revisit": "application/http;msgtype=response",
}
_CHUNK = 1 << 20
_SAFE = "!#$%&'()*+,/:;=?@[]~"


@dataclass(frozen=True, slots=True)
class Earlier:
    """The record that a page was written to when it was last fetched.

    Attributes:
        date: Its WARC-Date.
        record: Its WARC-Record-ID.
        url: Its WARC-Target-URI.
    """

    date: str
    record: str
    url: str


@dataclass(frozen=True, slots=True)
class Stored:
    """A response from the cache, which goes into an archive that does not hold it yet.

    Attributes:
        url: What it answered.
        head: Status line and headers.
        body: The body.
        at: When the server made it, as its Date header says.
    """

    url: str
    head: bytes
    body: bytes
    at: datetime


class Archive:
    """A web archive that is appended to."""

    def __init__(
        self, path: Path, keep: int, agent: str, begin_session: Callable[[str], None] = lambda identity: None
    ) -> None:
        """Opens or begins an archive.

        Args:
            path: The file.
            keep: Number of bytes that are whole; what follows them is cut off.
            agent: The user agent, for the head.
            begin_session: Told the WARC-Record-ID of the head before it is written.

        Raises:
            OSError: It cannot be written.
        """
        self._begin_session = begin_session
        path.parent.mkdir(parents=True, exist_ok=True)
        self.path = path
        self._zip = path.name.endswith(".gz")
        self._file: BinaryIO = path.open("ab")
        self._file.truncate(keep)
        self.size = keep
        self._agent = agent
        self._info = ""

    def _begin(self) -> ArcWarcRecord:
        """The head of a session, before its first records: what writes them."""
        fields = {
            "software": f"{PRODUCT}/{__version__}",
            "format": "WARC File Format 1.1",
            "conformsTo": "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
            "robots": "obey",
            "http-header-user-agent": self._agent,
        }
        body = "".join(f"{name}: {value}\r\n" for name, value in fields.items()).encode()
        self._info = _identity()
        headers = [("WARC-Filename", self.path.name), ("WARC-Date", _date(datetime.now(UTC)))]
        return self._record("warcinfo", self._info, headers, body)

    def add(
        self, exchanges: Iterable[Exchange], earlier: Mapping[str, Earlier], stored: Iterable[Stored] = ()
    ) -> dict[str, Earlier]:
        """Appends what was exchanged for one article, at once.

        Args:
            exchanges: Requests and responses; those that are not whole, or not to be kept, are left out.
            earlier: The records that a "304 Not Modified" confirms, by address.
            stored: Responses from the cache; they are written before the exchanges that confirm them.

        Returns:
            The records of responses with status 200, by address, for later revisits.
        """
        begun = bool(self._info)
        records = [] if begun else [self._begin()]
        known = dict(earlier)
        for response in stored:
            made = Earlier(_date(response.at), _identity(), _uri(response.url))
            headers = [("WARC-Target-URI", made.url), ("WARC-Date", made.date), ("WARC-Warcinfo-ID", self._info)]
            records.append(self._record("response", made.record, headers, response.body, response.head))
            known[response.url] = made
        for exchange in exchanges:
            if exchange.whole and exchange.kept:
                identity = self._add_exchange(exchange, known.get(exchange.url), records)
                if exchange.status == 200:
                    known[exchange.url] = Earlier(_date(exchange.at), identity, _uri(exchange.url))
        if len(records) > (not begun):
            if not begun:
                self._begin_session(self._info)
            self._append(records)
        elif not begun:
            self._info = ""  # a head alone says nothing
        return known

    def close(self) -> None:
        """Closes the file; everything is on the disk then."""
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()

    def _add_exchange(self, exchange: Exchange, earlier: Earlier | None, records: list[ArcWarcRecord]) -> str:
        response, request = _identity(), _identity()
        common = [("WARC-Target-URI", _uri(exchange.url)), ("WARC-Date", _date(exchange.at))]
        common += [("WARC-Warcinfo-ID", self._info), ("WARC-Protocol", exchange.protocol)]
        common += [("WARC-IP-Address", exchange.ip)] if exchange.ip else []
        asked = [*common, ("WARC-Concurrent-To", response)]
        records.append(self._record("request", request, asked, b"", exchange.request))
        kind = "revisit" if exchange.status == 304 and earlier else "response"
        told = [*common, ("WARC-Concurrent-To", request)]
        if kind == "revisit" and earlier:
            told += [("WARC-Profile", _NOT_MODIFIED), ("WARC-Refers-To", earlier.record)]
            told += [("WARC-Refers-To-Target-URI", earlier.url), ("WARC-Refers-To-Date", earlier.date)]
        records.append(self._record(kind, response, told, bytes(exchange.body), exchange.head))
        return response

    def _record(
        self, kind: str, identity: str, headers: list[tuple[str, str]], body: bytes, head: bytes | None = None
    ) -> ArcWarcRecord:
        all_headers = [("WARC-Type", kind), ("WARC-Record-ID", identity), *headers]
        if kind == "response":
            all_headers.append(("WARC-Payload-Digest", digest(body)))
        fields = StatusAndHeaders("", all_headers, protocol="WARC/1.1")
        record = ArcWarcRecord("warc", kind, fields, io.BytesIO(body), _Head(head) if head else None, _TYPES[kind], 0)
        record.length = record.payload_length = len(body)
        return record

    def _append(self, records: Iterable[ArcWarcRecord]) -> None:
        piece = io.BytesIO()
        writer = WARCWriter(piece, gzip=self._zip, warc_version="1.1")
        for record in records:
            writer.write_record(record)
        try:
            self._file.write(piece.getbuffer())
            self._file.flush()
        except OSError as error:
            raise OSError(error.errno, error.strerror, str(self.path)) from None
        self.size += piece.tell()


class _Head:
    """A head of HTTP that warcio writes as it is, byte for byte."""

    def __init__(self, head: bytes) -> None:
        self.headers_buff = head

    def compute_headers_buffer(self, _filter: Any) -> None:
        """There is nothing to compute."""


def foreign_record(path: Path, begin: int, sessions: Collection[str]) -> bool:
    """Whether an archive holds, from a byte on, whole records that do not belong to our sessions.

    Args:
        path: The archive, which may be absent.
        begin: Where to begin to look; what is torn ends the search.
        sessions: The WARC-Record-IDs of our heads.
    """
    if not path.exists() or path.stat().st_size <= begin:
        return False
    with path.open("rb") as stream:
        stream.seek(begin)
        try:
            for record in ArchiveIterator(stream, no_record_parse=True):
                headers = record.rec_headers
                named = headers.get_header("WARC-Warcinfo-ID"), headers.get_header("WARC-Record-ID")
                if _length(record.raw_stream) < int(headers.get_header("Content-Length")):
                    return False
                if not any(name in sessions for name in named):
                    return True
        except Exception:  # whatever warcio meets in what is torn
            return False
    return False


def _length(stream: Any) -> int:
    """The bytes left in a stream, which are read."""
    length = 0
    while chunk := stream.read(_CHUNK):
        length += len(chunk)
    return length


def digest(content: bytes) -> str:
    """A digest as web archives write it."""
    return f"sha1:{base64.b32encode(hashlib.sha1(content, usedforsecurity=False).digest()).decode()}"


def _identity() -> str:
    return f"<urn:uuid:{uuid.uuid4()}>"


def _date(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _uri(url: str) -> str:
    return quote(url, safe=_SAFE)

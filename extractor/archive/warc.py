"""Web archives: WARC through FastWARC, ARC through warcio; damage costs the records it hits and no more.

A compressed web archive is a row of gzip members (or zstd frames), one a record (ISO 28500, annex D). Each is unpacked
by itself, so that one that is damaged is left behind: reading goes on at the next place where a member unpacks to the
head of a record, and the bytes between are named. An uncompressed archive goes on at the next head of a record.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator
from typing import Any, BinaryIO, Literal

from extractor.archive.codings import decoded
from extractor.archive.inputs import Failure, Input, looks_like_markup
from extractor.archive.kinds import Kind
from extractor.archive.limits import read_page
from extractor.archive.rows import one_line
from extractor.page.decode import MAX_SIZE

MAX_MEMBER = 64 * 1024 * 1024
"""A record larger than this holds no page; it is passed over without being kept."""
_BLOCK = 1 << 16
_GZIP, _ZSTD = b"\x1f\x8b\x08", b"\x28\xb5\x2f\xfd"
_HEAD = re.compile(rb"(?:WARC/[01]\.\d+\r?\n|filedesc://|(?:https?|dns|ftp):\S{1,4000} \d)")
_WARC_HEAD = re.compile(rb"WARC/[01]\.\d+\r?\n")
_LENGTH = re.compile(rb"^content-length:[ \t]{0,20}(\d{1,18})[ \t]{0,20}\r?$", re.IGNORECASE | re.MULTILINE)
_HTML = frozenset({"text/html", "application/xhtml+xml"})


class _DamageError(Exception):
    """A member or record that cannot be read."""


def read_warc(
    stream: BinaryIO, source: str, kind: Kind, piece: tuple[int, int] | None = None
) -> Iterator[Input | Failure]:
    """The pages of a web archive: answers with status 200 and HTML, resources of HTML, and conversions to plain text.

    Args:
        stream: The archive, seekable.
        source: Its name.
        kind: What its first bytes are: WARC, ARC, or the compression of members that hold them.
        piece: Only the records whose first byte lies between these two; all when None.
    """
    stream.seek(0, io.SEEK_END)
    size = stream.tell()
    begin, end = piece or (0, size)
    walk = _Members(stream, kind, size) if kind in (Kind.GZIP, Kind.ZSTD) else _Records(stream, size)
    for offset, content in walk.between(begin, end):
        if isinstance(content, str):
            yield Failure(f"{source}@{offset}", "damaged-record", f"{source}: {content}", offset)
        else:
            yield from _pages(content, source, offset)


def _pages(content: bytes, source: str, offset: int) -> Iterator[Input | Failure]:
    reader = _warc_pages if content.startswith(b"WARC/") else _arc_pages
    try:
        for number, (url, type_, page, markup) in enumerate(reader(content)):
            place = f"{offset}.{number}" if number else str(offset)
            headers = {"Content-Type": type_} if type_ else None
            yield Input(f"{source}@{place}", page, markup, url=url, position=offset, headers=headers)
    except Exception as error:  # the parsers raise errors of many kinds on hostile headers
        sentence = f"{source}: the record at byte {offset} cannot be read: {one_line(error)}"
        yield Failure(f"{source}@{offset}", "damaged-record", sentence, offset)


def _warc_pages(content: bytes) -> Iterator[tuple[str | None, str, bytes, bool]]:
    try:
        yield from list(_warc_pages_decoded(content, "all"))
    except Exception:  # FastWARC is strict about gzip and deflate; browsers, and those who fetch, are not
        yield from _warc_pages_decoded(content, "transfer")


def _warc_pages_decoded(
    content: bytes, decode: Literal["all", "transfer"]
) -> Iterator[tuple[str | None, str, bytes, bool]]:
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    wanted = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
    for record in ArchiveIterator(io.BytesIO(content), record_types=wanted, parse_http=False):
        url = record.headers.get("WARC-Target-URI")
        url = url.strip("<>") if url else None
        if record.is_http:
            record.parse_http(auto_decode=decode)
            if record.http_headers is None or record.http_headers.status_code != 200:
                continue
            named = record.http_headers.get("Content-Type") or ""
        else:
            named = record.headers.get("Content-Type") or ""
        type_ = _media_type(named)
        plain = type_ == "text/plain" and record.record_type == WarcRecordType.conversion
        if plain or type_ in _HTML or (record.is_http and not type_):
            page = record.reader.read(MAX_SIZE + 1)
            if decode == "transfer" and record.is_http:
                page = decoded(page, record.http_headers.get("Content-Encoding") or "", MAX_SIZE)
            if type_ or looks_like_markup(page):
                yield url, named, page, not plain


def _arc_pages(content: bytes) -> Iterator[tuple[str | None, str, bytes, bool]]:
    from warcio.archiveiterator import ArchiveIterator

    for record in ArchiveIterator(io.BytesIO(content), arc2warc=True):
        headers = record.http_headers
        if record.rec_type != "response" or headers is None or headers.get_statuscode() != "200":
            continue
        named = headers.get_header("Content-Type") or ""
        if _media_type(named) in _HTML:
            yield record.rec_headers.get_header("WARC-Target-URI"), named, read_page(record.content_stream()), True


def _media_type(named: str) -> str:
    return named.partition(";")[0].strip().lower()


class _Walk:
    """Goes through an archive unit by unit, and over what is damaged."""

    def __init__(self, stream: BinaryIO, size: int) -> None:
        self.stream = stream
        self.size = size

    def between(self, begin: int, end: int) -> Iterator[tuple[int, bytes | str]]:
        """Units that begin in [begin, end) with their offsets; a sentence in place of content for a lost stretch.

        A piece begins with the first head that can be made out, so what is damaged just behind a piece is told by it.
        """
        position = begin if begin == 0 else self.next_head(begin)
        chained = begin == 0
        while position is not None and (position < end or chained):
            if position >= end and self.next_head(position) == position:
                return  # the next piece begins with it
            try:
                content, after = self.read(position)
            except _DamageError as damage:
                found = self.next_head(position + 1)
                lost = self.size if found is None else found
                yield position, f"bytes {position} to {lost - 1} are lost: {damage}"
                position, chained = found, False
            else:
                if content:
                    yield position, content
                position, chained = (after, True) if after < self.size else (None, False)

    def next_head(self, position: int) -> int | None:
        """Where the next unit begins, at `position` or later."""
        raise NotImplementedError

    def read(self, position: int) -> tuple[bytes, int]:
        """The unit at `position`, empty for one that is too large to hold a page, and where it ends."""
        raise NotImplementedError

    def _search(self, needle: bytes, position: int) -> Iterator[int]:
        """Every place of `needle` from `position` on."""
        overlap = len(needle) - 1
        block = b""
        self.stream.seek(position)
        while more := self.stream.read(_BLOCK * 16):
            block = block[-overlap:] + more
            base = self.stream.tell() - len(block)
            after = self.stream.tell()
            at = block.find(needle)
            while at >= 0:
                yield base + at
                at = block.find(needle, at + 1)
            self.stream.seek(after)


class _Members(_Walk):
    """The members of a compressed archive."""

    def __init__(self, stream: BinaryIO, kind: Kind, size: int) -> None:
        super().__init__(stream, size)
        self.magic = _GZIP if kind is Kind.GZIP else _ZSTD
        self.first = self._skip_dictionary() if kind is Kind.ZSTD else 0

    def between(self, begin: int, end: int) -> Iterator[tuple[int, bytes | str]]:
        yield from super().between(max(begin, self.first), end)

    def next_head(self, position: int) -> int | None:
        for found in self._search(self.magic, position):
            try:
                self.stream.seek(found)
                head = self._unpacker().decompress(self.stream.read(_BLOCK), *self._most(1 << 14))
            except self._errors():
                continue
            if _HEAD.match(head):
                return found
        return None

    def read(self, position: int) -> tuple[bytes, int]:
        self.stream.seek(position)
        unpacker = self._unpacker()
        content = bytearray()
        length = 0
        while not unpacker.eof:
            packed = unpacker.unconsumed_tail or self.stream.read(_BLOCK)
            if not packed:
                raise _DamageError("the archive ends inside a record")
            try:
                part = unpacker.decompress(packed, *self._most(1 << 20))
            except self._errors() as error:
                raise _DamageError(one_line(error)) from None
            length += len(part)
            if length <= MAX_MEMBER:
                content += part
        after = self.stream.tell() - len(unpacker.unused_data)
        if not _HEAD.match(content):
            raise _DamageError("what is packed there is not a record")
        whole = _record_length(bytes(content[:_BLOCK])) if content.startswith(b"WARC/") else len(content)
        if length > MAX_MEMBER:
            if whole < length // 2:
                raise _DamageError("many records are packed as one; pack each by itself (`warcio recompress`)")
            return b"", after
        if whole > len(content):
            raise _DamageError("the record is shorter than it says")
        return bytes(content), after

    def _skip_dictionary(self) -> int:
        """Reads the dictionary in the skippable frame before the records, if there is one; returns where they begin."""
        self.stream.seek(0)
        head = self.stream.read(8)
        self.dictionary: Any = None
        if head[:4] != b"\x5d\x2a\x4d\x18":
            return 0
        import zstandard

        content = self.stream.read(min(int.from_bytes(head[4:8], "little"), MAX_MEMBER))
        after = self.stream.tell()
        if content.startswith(_ZSTD):
            content = zstandard.ZstdDecompressor().decompress(content, max_output_size=MAX_MEMBER)
        self.dictionary = zstandard.ZstdCompressionDict(content)
        return after

    def _unpacker(self) -> Any:
        if self.magic == _GZIP:
            return zlib.decompressobj(31)
        import zstandard

        return _Frame(zstandard.ZstdDecompressor(dict_data=self.dictionary).decompressobj())

    def _most(self, count: int) -> tuple[int, ...]:
        return (count,) if self.magic == _GZIP else ()

    def _errors(self) -> tuple[type[Exception], ...]:
        if self.magic == _GZIP:
            return (zlib.error,)
        import zstandard

        return (zstandard.ZstdError,)


class _Frame:
    """A zstd unpacker that looks like the one of zlib."""

    unconsumed_tail = b""

    def __init__(self, unpacker: Any) -> None:
        self._unpacker = unpacker
        self.decompress = unpacker.decompress

    @property
    def eof(self) -> bool:
        return bool(self._unpacker.eof)

    @property
    def unused_data(self) -> bytes:
        return bytes(self._unpacker.unused_data)


class _Records(_Walk):
    """The records of an archive that is not compressed."""

    def next_head(self, position: int) -> int | None:
        if position == 0:
            return 0
        for found in self._search(b"\nWARC/", max(position - 1, 0)):
            self.stream.seek(found + 1)
            if _WARC_HEAD.match(head := self.stream.read(_BLOCK)) and _LENGTH.search(head.partition(b"\r\n\r\n")[0]):
                return found + 1
        return None

    def read(self, position: int) -> tuple[bytes, int]:
        self.stream.seek(position)
        head = self.stream.read(_BLOCK)
        if not _WARC_HEAD.match(head):
            return self._arc_record(head, position)
        length = _record_length(head)
        after = position + length
        if not length or after > self.size:
            raise _DamageError("the record has no length" if not length else "the archive ends inside a record")
        self.stream.seek(after)
        if (gap := self.stream.read(4)) != b"\r\n\r\n"[: len(gap)]:
            raise _DamageError("the record does not end where it says")
        if length > MAX_MEMBER:
            return b"", after + len(gap)
        self.stream.seek(position)
        return self.stream.read(length) + b"\r\n\r\n", after + len(gap)

    def _arc_record(self, head: bytes, position: int) -> tuple[bytes, int]:
        line = head.partition(b"\n")[0]
        words = line.split()
        if not _HEAD.match(head) or not words[-1].isdigit():
            raise _DamageError("no record begins there")
        after = position + len(line) + 1 + int(words[-1])
        if after > self.size:
            raise _DamageError("the archive ends inside a record")
        if after - position > MAX_MEMBER:
            return b"", after + 1
        self.stream.seek(position)
        return self.stream.read(after - position) + b"\n", after + 1


def _record_length(head: bytes) -> int:
    """Length of a WARC record from its head: headers, empty line and block; 0 where it does not say."""
    headers, blank, _ = head.partition(b"\r\n\r\n")
    found = _LENGTH.search(headers)
    return len(headers) + len(blank) + int(found[1]) if found and blank else 0

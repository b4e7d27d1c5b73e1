"""Web archives: damage costs what it hits, is named by its bytes, and comes out the same however the file is cut."""

from __future__ import annotations

import gzip
import io
from itertools import pairwise
from pathlib import Path

import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.archive import Failure, Input
from extractor.archive.kinds import Kind, kind_of
from extractor.archive.warc import read_warc

HTML = b"<html><body><p>Hujan turun di pasar nomor %d.</p></body></html>"


def record(number: int, *, status: str = "200 OK", mime: str = "text/html", kind: str = "response") -> bytes:
    body = HTML % number
    if kind == "response":
        body = f"HTTP/1.1 {status}\r\nContent-Type: {mime}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body
    type_ = "application/http; msgtype=response" if kind == "response" else mime
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{number:032d}>\r\n"
        f"WARC-Date: 2024-02-14T00:00:00Z\r\nWARC-Target-URI: https://kabar.example/{number}\r\n"
        f"Content-Type: {type_}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body + b"\r\n\r\n"


def packed(records: list[bytes], kind: Kind) -> list[bytes]:
    if kind is Kind.GZIP:
        return [gzip.compress(each, mtime=0) for each in records]
    return [zstandard.ZstdCompressor().compress(each) for each in records] if kind is Kind.ZSTD else records


def read(content: bytes, piece: tuple[int, int] | None = None) -> list[Input | Failure]:
    return list(read_warc(io.BytesIO(content), "a.warc", kind_of(content, "a.warc"), piece))


KINDS = [Kind.WARC, Kind.GZIP, Kind.ZSTD]


@pytest.mark.parametrize("kind", KINDS)
def test_pages_are_read_with_address_and_byte(kind: Kind) -> None:
    members = packed([record(n) for n in range(3)], kind)
    found = read(b"".join(members))
    assert [page.url for page in found if isinstance(page, Input)] == [f"https://kabar.example/{n}" for n in range(3)]
    assert [page.content for page in found if isinstance(page, Input)] == [HTML % n for n in range(3)]
    assert [page.position for page in found] == [0, len(members[0]), len(members[0]) + len(members[1])]
    assert found[1].source == f"a.warc@{len(members[0])}"


def test_only_pages_are_read() -> None:
    records = [
        record(0, status="404 Not Found"),
        record(1, mime="image/png"),
        record(2, kind="request"),
        record(3, kind="conversion", mime="text/plain"),
        record(4, kind="resource"),
    ]
    found = read(b"".join(records))
    assert [(p.url, p.markup) for p in found if isinstance(p, Input)] == [
        ("https://kabar.example/3", False),
        ("https://kabar.example/4", True),
    ]
    assert len(found) == 2


@pytest.mark.parametrize("kind", KINDS)
def test_damaged_record_is_named_and_reading_goes_on(kind: Kind) -> None:
    members = packed([record(n) for n in range(5)], kind)
    start = len(members[0]) + len(members[1])
    end = start + len(members[2])
    members[2] = members[2].replace(b"WARC/", b"WARX/") if kind is Kind.WARC else b"\0" * len(members[2])
    found = read(b"".join(members))
    assert [page.url[-1] for page in found if isinstance(page, Input) and page.url] == ["0", "1", "3", "4"]
    (failure,) = (page for page in found if isinstance(page, Failure))
    assert (failure.code, failure.position) == ("damaged-record", start)
    assert f"bytes {start} to {end - 1} are lost" in failure.sentence


@pytest.mark.parametrize("kind", KINDS)
def test_archive_that_ends_too_early_is_told(kind: Kind) -> None:
    members = packed([record(n) for n in range(3)], kind)
    found = read(b"".join(members)[: -len(members[2]) // 2])
    assert [type(page) for page in found] == [Input, Input, Failure]


@settings(max_examples=60, deadline=None)
@given(
    kind=st.sampled_from(KINDS),
    damage=st.lists(st.tuples(st.floats(0, 1), st.integers(1, 60)), max_size=3),
    cuts=st.lists(st.floats(0, 1), max_size=5),
)
def test_pieces_hold_what_the_whole_holds(kind: Kind, damage: list[tuple[float, int]], cuts: list[float]) -> None:
    content = bytearray(b"".join(packed([record(n) for n in range(6)], kind)))
    for place, length in damage:
        start = 64 + int(place * (len(content) - 64))
        content[start : start + length] = b"\0" * len(content[start : start + length])
    whole = read(bytes(content))
    borders = sorted({0, len(content), *(int(cut * len(content)) for cut in cuts)})
    assert [item for piece in pairwise(borders) for item in read(bytes(content), piece)] == whole


def test_arc() -> None:
    block = b"1 0 Warta\nURL IP-address Archive-date Content-type Archive-length\n\n"
    parts = [b"filedesc://a.arc 0.0.0.0 20240214000000 text/plain %d\n%s\n" % (len(block), block)]
    for number in range(2):
        answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + HTML % number
        head = f"https://kabar.example/{number} 127.0.0.1 20240214000000 text/html {len(answer)}\n".encode()
        parts.append(head + answer + b"\n")
    for content in (b"".join(parts), b"".join(gzip.compress(part, mtime=0) for part in parts)):
        found = read(content)
        assert [page.content for page in found if isinstance(page, Input)] == [HTML % 0, HTML % 1]
        assert [page.url for page in found if isinstance(page, Input)][1] == "https://kabar.example/1"


def test_records_packed_as_one_member_are_read(tmp_path: Path) -> None:
    found = read(gzip.compress(record(0) + record(1), mtime=0))
    assert [page.source for page in found] == ["a.warc@0", "a.warc@0.1"]


@given(st.binary(max_size=300))
def test_any_bytes_end_in_failures(content: bytes) -> None:
    for head in (b"WARC/1.0\r\n", b"\x1f\x8b\x08", b"filedesc://", b"\x28\xb5\x2f\xfd"):
        read(head + content)

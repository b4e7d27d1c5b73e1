"""What is written is a web archive that other tools validate and read back identical."""

from __future__ import annotations

import asyncio
import gzip
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from extractor import InputError
from extractor.fetch import Options, Sources, Summary, fetch
from extractor.patterns import load_patterns
from tests.conftest import Run
from tests.fetch.server import Server, article, in_turn, page, quick, raw, redirect, to_us

PATTERNS = load_patterns()
PAGE = article()
PACKED = gzip.compress(PAGE.encode())


def run(server: Server, out: Path, *paths: str, options: Options | None = None, **more: Any) -> Summary:
    sources = Sources(tuple(server.url(path) for path in paths))
    return asyncio.run(fetch(sources, out, PATTERNS, options or quick(), resolver=to_us, **more))


def records(out: Path) -> list[tuple[str, Any, bytes, bytes]]:
    """Type, headers, head of HTTP and raw body of every record, as warcio reads them."""
    found = []
    with out.open("rb") as stream:
        for record in ArchiveIterator(stream, no_record_parse=True):
            content = record.raw_stream.read()
            head, _, body = content.partition(b"\r\n\r\n")
            found.append((record.rec_type, record.rec_headers, head, body))
    return found


def is_valid(out: Path) -> bool:
    class Arguments:
        inputs = [str(out)]  # noqa: RUF012
        verbose = False

    return Checker(Arguments()).process_all() == 0


@pytest.mark.parametrize("name", ["pages.warc.gz", "pages.warc"])
def test_archives_validate_and_read_back_identical(name: str, tmp_path: Path) -> None:
    chunked = (
        b"HTTP/1.1 200 Baik Sekali\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\nX-Odd: \xe9\xff\r\n\r\n"
    )
    routes = {
        "/plain": page(PAGE, headers=[("X-Twice", "1"), ("X-Twice", "2")]),
        "/packed": page(PACKED, headers=[("Content-Encoding", "gzip")]),
        "/chunked": raw(chunked + b"%x\r\n%b\r\n0\r\n\r\n" % (len(PAGE), PAGE.encode())),
        "/moved": redirect("/plain?x=1"),
        "/gone": page("Tidak ada.", status=404),
        "/empty": page(""),
    }
    out = tmp_path / name
    with Server(routes) as server:
        run(server, out, *routes, options=quick(host_connections=1))
        base = server.url("")
    assert is_valid(out)
    found = records(out)
    assert [kind for kind, *_ in found] == ["warcinfo"] + ["request", "response"] * 7
    responses = {headers["WARC-Target-URI"]: (head, body) for kind, headers, head, body in found if kind == "response"}
    head, body = responses[f"{base}/plain"]
    assert body == PAGE.encode()
    assert head.endswith(b"X-Twice: 1\r\nX-Twice: 2")
    assert responses[f"{base}/packed"][1] == PACKED
    head, body = responses[f"{base}/chunked"]
    assert (head, body) == (chunked.removesuffix(b"\r\n\r\n").replace(b"Transfer", b"X-Crawl-Transfer"), PAGE.encode())
    assert responses[f"{base}/moved"][0].startswith(b"HTTP/1.1 302 ")
    assert responses[f"{base}/gone"][1] == b"Tidak ada."
    for kind, headers, head, _ in found[1:]:
        assert headers["WARC-IP-Address"] == "127.0.0.1"
        assert headers["WARC-Protocol"] == "http/1.1"
        assert headers["WARC-Warcinfo-ID"] == found[0][1]["WARC-Record-ID"]
        if kind == "request":
            assert head.startswith(b"GET /")
            assert b"\r\nUser-Agent: warta/" in head
    pairs = zip(found[1::2], found[2::2], strict=True)
    assert all(request[1]["WARC-Concurrent-To"] == response[1]["WARC-Record-ID"] for request, response in pairs)


def test_the_page_room_reads_what_was_sent(tmp_path: Path) -> None:
    from extractor.archive import Input, read_sources

    with Server({"/a": page(PACKED, headers=[("Content-Encoding", "gzip")]), "/b": redirect("/a?x")}) as server:
        run(server, tmp_path / "pages.warc.gz", "/a", "/b")
        given = [one for one in read_sources([tmp_path / "pages.warc.gz"]) if isinstance(one, Input)]
        assert {one.url for one in given} == {server.url("/a"), server.url("/a?x")}
        assert {one.content for one in given} == {PAGE.encode()}


def test_a_torn_end_is_cut_off_and_only_that_is_fetched_again(tmp_path: Path) -> None:
    out = tmp_path / "pages.warc.gz"
    with Server({"/a": page(PAGE), "/b": page(PAGE), "/c": page(PAGE)}) as server:
        run(server, out, "/a", "/b")
        whole = out.read_bytes()
        with out.open("ab") as stream:
            stream.write(whole[-300:-20])
        summary = run(server, out, "/a", "/b", "/c")
        assert (summary.fetched, summary.earlier) == (3, 2)
        assert sorted(server.paths()) == ["/a", "/b", "/c"]
    assert out.read_bytes().startswith(whole)
    assert is_valid(out)


def test_of_several_tries_the_last_is_kept_and_nothing_of_refused_bodies(tmp_path: Path, warta: Run) -> None:
    packed = [("Content-Encoding", "gzip")]
    routes = {
        "/damaged": page(PACKED[:-20], headers=packed),
        "/mended": in_turn(page(PACKED[:-20], headers=packed), page(status=503), page(PACKED, headers=packed)),
        "/brotli": page("x", headers=[("Content-Encoding", "br")]),
        "/busy": page(status=503),
    }
    out = tmp_path / "pages.warc.gz"
    with Server(routes) as server:
        summary = run(server, out, *routes)
        assert summary.requests == 10
        base = server.url("")
    kept = [headers["WARC-Target-URI"] for kind, headers, *_ in records(out) if kind == "response"]
    assert sorted(kept) == [f"{base}/busy", f"{base}/mended"]
    assert is_valid(out)
    status, _, err = warta("run", out, "-o", tmp_path / "records.jsonl")
    assert (status, "1 inputs = 1 records" in err, summary.fetched) == (0, True, 1)


def test_what_a_power_cut_took_is_fetched_again(tmp_path: Path) -> None:
    out = tmp_path / "pages.warc.gz"
    with Server({"/a": page(PAGE), "/b": page(PAGE)}) as server:
        run(server, out, "/a")
        first = out.stat().st_size
        run(server, out, "/b")
        with out.open("r+b") as stream:
            stream.truncate(first + 100)
        summary = run(server, out, "/a", "/b")
        assert (summary.fetched, summary.earlier) == (2, 1)
        assert server.paths() == ["/a", "/b", "/b"]
    assert is_valid(out)


def test_a_run_with_nothing_to_do_changes_nothing(tmp_path: Path) -> None:
    out = tmp_path / "pages.warc.gz"
    with Server({"/a": page(PAGE)}) as server:
        run(server, out, "/a", "/gone")
        before = out.read_bytes()
        summary = run(server, out, "/a", "/gone")
        assert (summary.fetched, summary.failures) == (1, {"not-found": 1})
        assert len(server.paths()) == 2
    assert out.read_bytes() == before


def test_failures_are_tried_again_when_asked_for(tmp_path: Path) -> None:
    out = tmp_path / "pages.warc.gz"
    with Server({}) as server:
        assert run(server, out, "/a").failures == {"not-found": 1}
        server.routes["/a"] = page(PAGE)
        assert run(server, out, "/a").failures == {"not-found": 1}
        assert run(server, out, "/a", retry_failed=True).fetched == 1
        assert run(server, out, "/a", retry_failed=True).earlier == 1
        assert (tmp_path / "pages.warc.gz.failures.jsonl").read_bytes() == b""


def test_restart_begins_anew(tmp_path: Path) -> None:
    out = tmp_path / "pages.warc.gz"
    with Server({"/a": page(PAGE), "/b": page(PAGE)}) as server:
        run(server, out, "/a")
        run(server, out, "/b", restart=True)
        assert {headers["WARC-Target-URI"] for kind, headers, *_ in records(out) if kind == "response"} == {
            server.url("/b")
        }


def test_outputs_that_are_not_ours_are_left_alone(tmp_path: Path) -> None:
    with Server({}) as server:
        (tmp_path / "pages.warc.gz").write_bytes(b"WARC/1.1\r\n")
        with pytest.raises(InputError, match="was not written by") as error:
            run(server, tmp_path / "pages.warc.gz", "/a")
        assert error.value.code == "bad-output"
        with pytest.raises(InputError, match="web archive"):
            run(server, tmp_path / "pages.zip", "/a")
        (tmp_path / ".other.warc.ledger").write_bytes(b"bukan basis data" * 100)
        with pytest.raises(InputError, match="no ledger of ours") as error:
            run(server, tmp_path / "other.warc", "/a")
        assert error.value.code == "bad-ledger"
        with sqlite3.connect(tmp_path / ".third.warc.ledger") as base:
            base.execute("CREATE TABLE pages (x)")
        base.close()
        with pytest.raises(InputError, match="no ledger of ours"):
            run(server, tmp_path / "third.warc", "/a")


def test_refresh_asks_on_conditions_and_writes_a_revisit(tmp_path: Path) -> None:
    out = tmp_path / "pages.warc.gz"
    with Server(
        {"/a": page(PAGE, headers=[("ETag", '"1"'), ("Last-Modified", "Wed, 14 Feb 2024 10:00:00 GMT")])}
    ) as server:
        run(server, out, "/a")
        server.routes["/a"] = page(status=304)
        summary = run(server, out, "/a", refresh=True)
        assert (summary.skipped, summary.balances()) == ({"not-modified": 1}, True)
        asked = server.asked[-1].headers
        assert (asked["if-none-match"], asked["if-modified-since"]) == ('"1"', "Wed, 14 Feb 2024 10:00:00 GMT")
        server.routes["/a"] = page(article("Baru"))
        assert run(server, out, "/a", refresh=True).fetched == 1
    found = records(out)
    (revisit,) = [headers for kind, headers, *_ in found if kind == "revisit"]
    first, second = (headers for kind, headers, *_ in found if kind == "response")
    assert revisit["WARC-Profile"].endswith("/revisit/server-not-modified")
    assert revisit["WARC-Refers-To"] == first["WARC-Record-ID"]
    assert revisit["WARC-Refers-To-Date"] == first["WARC-Date"] < second["WARC-Date"]
    assert is_valid(out)


def test_what_is_no_cache_is_refused(tmp_path: Path) -> None:
    (tmp_path / "http.db").write_bytes(b"bukan basis data" * 100)
    with Server({}) as server, pytest.raises(InputError, match="is no HTTP cache"):
        run(server, tmp_path / "pages.warc.gz", "/a", options=quick(cache=tmp_path))


def test_archives_share_a_cache(tmp_path: Path) -> None:
    """A fresh page is not asked for at all, a stale one on conditions; the archive holds the page either way."""
    fresh, stale = [("Cache-Control", "max-age=3600")], [("Cache-Control", "max-age=0"), ("ETag", '"1"')]
    options = quick(cache=tmp_path / "cache")
    with Server({"/fresh": page(PAGE, headers=fresh), "/stale": page(PAGE, headers=stale)}) as server:
        run(server, tmp_path / "one.warc.gz", "/fresh", "/stale", options=options)
        server.routes["/stale"] = page(status=304, headers=stale)
        summary = run(server, tmp_path / "two.warc.gz", "/fresh", "/stale", options=options)
        assert summary.fetched == 2
        assert sorted(server.paths()) == ["/fresh", "/stale", "/stale"]
        assert server.asked[-1].headers["if-none-match"] == '"1"'
    found = records(tmp_path / "two.warc.gz")
    assert sorted(kind for kind, *_ in found) == ["request", "response", "response", "revisit", "warcinfo"]
    assert {body for kind, _, _, body in found if kind == "response"} == {PAGE.encode()}
    assert is_valid(tmp_path / "two.warc.gz")

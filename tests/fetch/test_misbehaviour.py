"""Servers that misbehave, each with what becomes of its page; the server is a real one on a local port."""

from __future__ import annotations

import asyncio
import gzip
import json
import zlib
from pathlib import Path
from typing import Any

import pytest

from extractor import Extractor
from extractor.fetch import Fetcher, Options, Sources, Summary, fetch
from extractor.patterns import load_patterns
from tests.fetch.server import Handler, Server, article, endless, in_turn, page, quick, raw, redirect, to_us

PATTERNS = load_patterns()
PAGE = article()
OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"
PACKED = gzip.compress(PAGE.encode())
GZIP = [("Content-Encoding", "gzip")]
BOMB = gzip.compress(b"<p>" + b" " * 40_000_000)


def run(server: Server, out: Path, *paths: str, options: Options | None = None, **more: Any) -> Summary:
    urls = tuple(map(server.url, paths))
    return asyncio.run(fetch(Sources(urls), out, PATTERNS, options or quick(), resolver=to_us, **more))


def failures(out: Path) -> list[dict[str, Any]]:
    lines = out.with_name("pages.warc.gz.failures.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


BROKEN: dict[str, tuple[Handler, str, int]] = {
    # what the server does, the code that comes of it, how often it is asked
    "drips slowly": (raw(OK + b"\r\n", *[b"x"] * 200, pause=0.05), "fetch-timeout", 1),
    "never sends a head": (raw(b"", pause=30), "fetch-timeout", 1),
    "never ends, slowly": (endless(OK + b"\r\n", b"x" * 100, 0.02), "fetch-timeout", 1),
    "never ends, fast": (endless(OK + b"\r\n", b"x" * 65536), "body-too-large", 1),
    "says it is too large": (raw(OK + b"Content-Length: 99999999999\r\n\r\n"), "body-too-large", 1),
    "redirects in a loop": (redirect("/case"), "redirect-loop", 1),
    "redirects to a metadata service": (redirect("http://169.254.169.254/latest/"), "private-address", 1),
    "redirects to a mapped private address": (redirect("http://[::ffff:10.0.0.1]/"), "private-address", 1),
    "redirects to a file": (redirect("file:///etc/passwd"), "unsupported-scheme", 1),
    "redirects to a script": (redirect("javascript:alert(1)"), "unsupported-scheme", 1),
    "redirects nowhere": (page(status=302), "bad-redirect", 1),
    "redirects to what is no address": (redirect("http://[::1"), "bad-address", 1),
    "is always too busy": (page(status=429, headers=[("Retry-After", "0")]), "too-many-requests", 3),
    "asks to come back tomorrow": (page(status=503, headers=[("Retry-After", "86400")]), "server-error", 1),
    "fails for good": (page(status=500), "server-error", 3),
    "is not there": (page(status=404), "not-found", 1),
    "is gone": (page(status=410), "not-found", 1),
    "forbids": (page(status=403), "access-denied", 1),
    "answers with an odd status": (page(status=418), "http-status", 1),
    "answers with half a page": (page(status=206), "http-status", 1),
    "sends a picture": (page(b"\x89PNG", type_="image/png"), "not-a-page", 1),
    "sends a gzip bomb": (page(BOMB, headers=GZIP), "unpacks-too-large", 1),
    "breaks off in the gzip": (page(PACKED[:-20], headers=GZIP), "damaged-body", 3),
    "calls plain text gzip": (page("plain", headers=GZIP), "damaged-body", 3),
    "packs in an unknown way": (page("x", headers=[("Content-Encoding", "br")]), "unknown-coding", 1),
    "packs again and again": (page("x", headers=[("Content-Encoding", "gzip, gzip, gzip, gzip")]), "unknown-coding", 1),
    "breaks its chunks": (raw(CHUNKED + b"zz\r\nabc\r\n"), "broken-response", 1),
    "breaks off in a chunk": (raw(CHUNKED + b"100\r\nabc"), "connection-lost", 3),
    "breaks off in the body": (raw(OK + b"Content-Length: 1000\r\n\r\n<p>"), "connection-lost", 3),
    "hangs up at once": (raw(b""), "connection-lost", 3),
    "does not speak HTTP": (raw(b"SSH-2.0-OpenSSH_9.6\r\n\r\n"), "broken-response", 1),
    "sends huge headers": (raw(OK + b"X-Big: " + b"x" * 200_000 + b"\r\n\r\n"), "headers-too-large", 1),
    "sends headers without end": (endless(OK, b"X-More: 1\r\n" * 500), "headers-too-large", 1),
    "names two lengths": (raw(OK + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello!"), "broken-response", 1),
}


@pytest.mark.parametrize("case", BROKEN)
def test_broken(case: str, tmp_path: Path) -> None:
    handler, code, times = BROKEN[case]
    with Server({"/case": handler, "/good": page(PAGE)}) as server:
        seconds = 0.4 if code == "fetch-timeout" else 5.0
        options = quick(page_seconds=seconds, page_bytes=1_000_000)
        out = tmp_path / "pages.warc.gz"
        sources = Sources((server.url("/case"), server.url("/good", "lain.test")))
        summary = asyncio.run(fetch(sources, out, PATTERNS, options, resolver=to_us))
        assert summary.failures == {code: 1}
        assert len(server.times("/case")) == times
    assert (summary.inputs, summary.fetched, summary.balances()) == (2, 1, True)
    (failure,) = failures(out)
    assert failure["source"] == server.url("/case")
    assert failure["code"] == code
    assert len(failure["sentence"]) > 20


MENDED: dict[str, tuple[Handler, int]] = {
    # what the server does before all is well, and how often it is asked
    "is busy once": (in_turn(page(status=429, headers=[("Retry-After", "1")]), page(PAGE)), 2),
    "is busy until a date": (
        in_turn(page(status=503, headers=[("Retry-After", "Wed, 14 Feb 2024 10:00:00 GMT")]), page(PAGE)),
        2,
    ),
    "fails once": (in_turn(page(status=503), page(PAGE)), 2),
    "fails twice, in two ways": (in_turn(page(status=500), raw(b""), page(PAGE)), 3),
    "breaks off once": (in_turn(raw(OK + b"Content-Length: 1000\r\n\r\n<p>"), page(PAGE)), 2),
    "names another charset": (page(PAGE, type_="text/html; charset=iso-8859-1"), 1),
    "names a charset that is none": (page(PAGE, type_="text/html; charset=rot13"), 1),
    "names no type": (page(PAGE, type_=""), 1),
    "packs": (page(PACKED, headers=GZIP), 1),
    "packs as bare deflate": (page(zlib.compress(PAGE.encode())[2:-4], headers=[("Content-Encoding", "deflate")]), 1),
    "sends rubbish behind the gzip": (page(PACKED + b"rubbish", headers=GZIP), 1),
    "sends chunks": (raw(CHUNKED + b"%x\r\n" % len(PAGE) + PAGE.encode() + b"\r\n0\r\n\r\n"), 1),
    "speaks HTTP/1.0": (raw(b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n" + PAGE.encode()), 1),
    "sends odd bytes in a header": (page(PAGE, headers=[("X-Odd", "\xe9\xff")]), 1),
    "sets cookies": (page(PAGE, headers=[("Set-Cookie", "a=b"), ("Set-Cookie", "c=d; Path=/")]), 1),
    "redirects in bare UTF-8": (redirect("/berita-baru-\u00e9".encode().decode("latin-1")), 1),
}


@pytest.mark.parametrize("case", MENDED)
def test_mended(case: str, tmp_path: Path, extractor: Extractor) -> None:
    handler, times = MENDED[case]
    routes = {"/case": handler, "/berita-baru-%C3%A9": page(PAGE)}
    with Server(routes) as server:
        summary = run(server, tmp_path / "pages.warc.gz", "/case")
        assert (summary.fetched, summary.failures.total()) == (1, 0), failures(tmp_path / "pages.warc.gz")
        assert len(server.times("/case")) == times
    from extractor.archive import read_sources
    from extractor.batch import record_of

    (given,) = read_sources([tmp_path / "pages.warc.gz"])
    assert not hasattr(given, "code")
    record = record_of(extractor, given)  # type: ignore[arg-type]
    assert [official.name for official in record.officials] == ["Rina Astuti"]


def test_the_charset_of_the_header_is_used(tmp_path: Path, extractor: Extractor) -> None:
    body = article(sentence="Kafe Résumé buka.").encode("cp1251", "replace").replace(b"R?sum?", b"\xd0\xee\xf1\xf1")
    with Server({"/case": page(body, type_="text/html; charset=windows-1251")}) as server:
        run(server, tmp_path / "pages.warc.gz", "/case")
    from extractor.archive import read_sources
    from extractor.batch import record_of

    (given,) = read_sources([tmp_path / "pages.warc.gz"])
    assert "Росс" in record_of(extractor, given).article.text  # type: ignore[arg-type]


def test_retry_after_is_waited_for_by_the_whole_host(tmp_path: Path) -> None:
    routes = {"/busy": in_turn(page(status=429, headers=[("Retry-After", "1")]), page(PAGE)), "/next": page(PAGE)}
    with Server(routes) as server:
        summary = run(server, tmp_path / "pages.warc.gz", "/busy", "/next", options=quick(host_connections=1))
        first, *later = sorted(server.times())
        assert summary.fetched == 2
        assert all(moment - first > 0.9 for moment in later)


def test_a_host_that_asks_for_too_long_a_wait_is_left_alone(tmp_path: Path) -> None:
    routes = {"/busy": page(status=429, headers=[("Retry-After", "3600")]), "/next": page(PAGE)}
    with Server(routes) as server:
        summary = run(server, tmp_path / "pages.warc.gz", "/busy", "/next", options=quick(host_connections=1))
        assert summary.failures == {"too-many-requests": 1, "host-busy": 1}
        assert server.paths() == ["/busy"]


def test_too_many_redirects(tmp_path: Path) -> None:
    with Server({f"/{i}": redirect(f"/{i + 1}") for i in range(9)}) as server:
        summary = run(server, tmp_path / "pages.warc.gz", "/0", options=quick(redirects=3))
        assert summary.failures == {"too-many-redirects": 1}
        assert server.paths() == ["/0", "/1", "/2", "/3"]


UNFETCHED = [
    ("ftp://berita.test/x", "unsupported-scheme"),
    ("file:///etc/passwd", "unsupported-scheme"),
    ("mailto:redaksi@example.org", "unsupported-scheme"),
    ("data:text/html,x", "unsupported-scheme"),
    ("bukan alamat:", "bad-address"),
    ("http://127.0.0.1:1/", "connection-failed"),
    ("http://10.0.0.1/", "private-address"),
    ("http://192.168.1.1/", "private-address"),
    ("http://169.254.169.254/latest/meta-data/", "private-address"),
    ("http://[::1]/", "private-address"),
    ("http://[fe80::1]/", "private-address"),
    ("http://[::ffff:192.168.0.1]/", "private-address"),
    ("http://[64:ff9b::a00:1]/", "private-address"),
    ("http://[2002:a00:1::]/", "private-address"),
    ("http://0.0.0.0/", "private-address"),
    ("http://100.64.0.1/", "private-address"),
    ("http://224.0.0.1/", "private-address"),
]


@pytest.mark.parametrize(("url", "code"), UNFETCHED)
def test_addresses_that_are_not_fetched(url: str, code: str, tmp_path: Path) -> None:
    sources = Sources((url,))
    summary = asyncio.run(fetch(sources, tmp_path / "pages.warc.gz", PATTERNS, quick(tries=1), resolver=to_us))
    assert summary.failures == {code: 1}


def test_loopback_is_refused_by_default_whatever_the_name_says(tmp_path: Path) -> None:
    with Server({"/x": page(PAGE)}) as server:
        out = tmp_path / "pages.warc.gz"
        for url in (server.url("/x"), server.url("/x", "127.0.0.1"), server.url("/x", "localhost")):
            options = Options(rate=500, tries=1)
            summary = asyncio.run(fetch(Sources((url,)), out, PATTERNS, options, resolver=_local))
            assert summary.failures == {"private-address": 1}, url
        assert server.asked == []
        allowed = Options(rate=500, allow_private=True)
        summary = asyncio.run(
            fetch(Sources((server.url("/x"),)), tmp_path / "b.warc.gz", PATTERNS, allowed, resolver=_local)
        )
        assert summary.fetched == 1


async def _local(host: str, port: int) -> list[str]:
    return ["127.0.0.1"]


def test_a_name_that_is_rebound_is_refused_at_the_connection(tmp_path: Path) -> None:
    """The first answer of DNS is allowed, the next one private: each connection is checked anew."""
    answers = iter([["127.0.0.1"]])

    async def rebinding(host: str, port: int) -> list[str]:
        return next(answers, ["10.0.0.1"])

    with Server({"/a": raw(OK + b"\r\n" + PAGE.encode()), "/robots.txt": raw(OK + b"\r\n")}) as server:
        sources = Sources((server.url("/a"),))
        summary = asyncio.run(fetch(sources, tmp_path / "pages.warc.gz", PATTERNS, quick(), resolver=rebinding))
        assert summary.failures == {"private-address": 1}
        assert [one.path for one in server.asked] == ["/robots.txt"]


def test_one_private_address_among_public_ones_is_enough(tmp_path: Path) -> None:
    async def mixed(host: str, port: int) -> list[str]:
        return ["127.0.0.1", "10.0.0.1"]

    with Server({"/a": page(PAGE)}) as server:
        sources = Sources((server.url("/a"),))
        summary = asyncio.run(fetch(sources, tmp_path / "pages.warc.gz", PATTERNS, quick(), resolver=mixed))
        assert summary.failures == {"private-address": 1}
        assert server.asked == []


def test_duplicates_fragments_and_campaigns_are_one_page(tmp_path: Path) -> None:
    with Server({"/a": page(PAGE), "/old": redirect("/a")}) as server:
        given = ["/a", "/a", "/a#komentar", "/a?utm_source=x", "/old", "/a?b=1&a=2", "/a?a=2&b=1"]
        summary = run(server, tmp_path / "pages.warc.gz", *given, options=quick(host_connections=1))
        assert (summary.fetched, summary.skipped) == (2, {"same": 4, "redirect": 1})
        assert server.paths() == ["/a", "/old", "/a?b=1&a=2"]


def test_idn_hosts_are_asked_for_in_their_dns_form(tmp_path: Path) -> None:
    with Server({"/a": page(PAGE)}) as server:
        urls = (
            server.url("/a", "bücher.test"),
            server.url("/a", "BÜCHER.test"),
            server.url("/a", "xn--bcher-kva.test"),
        )
        summary = asyncio.run(fetch(Sources(urls), tmp_path / "pages.warc.gz", PATTERNS, quick(), resolver=to_us))
        assert (summary.fetched, summary.skipped) == (1, {"same": 2})
        assert server.asked[-1].host == f"xn--bcher-kva.test:{server.port}"


def test_cookies_are_neither_kept_nor_sent(tmp_path: Path) -> None:
    with Server({"/a": page(PAGE, headers=[("Set-Cookie", "a=b; Path=/")]), "/b": page(PAGE)}) as server:
        run(server, tmp_path / "pages.warc.gz", "/a", "/b", options=quick(host_connections=1))
        assert not any("cookie" in one.headers for one in server.asked)


def test_requests_say_who_asks(tmp_path: Path) -> None:
    with Server({"/a": page(PAGE)}) as server:
        run(server, tmp_path / "pages.warc.gz", "/a")
        assert server.asked[-1].headers["user-agent"].startswith("warta/")
        assert server.asked[-1].headers["user-agent"].endswith("(+redaksi@example.org)")
        assert server.asked[-1].headers["from"] == "redaksi@example.org"


def test_credentials_are_sent_to_their_host_only_and_written_nowhere(tmp_path: Path) -> None:
    with Server({"/a": redirect("http://lain.test:PORT/b")}) as server:
        server.routes["/a"] = redirect(server.url("/b", "lain.test"))
        server.routes["/b"] = page(PAGE)
        url = server.url("/a", "wartawan:rahasia@berita.test")
        broken = "http://wartawan:rahasia@berita.test:99999/"
        out = tmp_path / "pages.warc"
        asyncio.run(fetch(Sources((url, broken)), out, PATTERNS, quick(), resolver=to_us))
        told = {one.path: one.headers.get("authorization") for one in server.asked if one.path != "/robots.txt"}
        assert told["/a"] is not None
        assert told["/b"] is None
    for path in tmp_path.iterdir():
        content = path.read_bytes()
        assert b"rahasia" not in content, path
        assert b"d2FydGF3YW46cmFoYXNpYQ" not in content, path


def test_a_proxy_of_the_environment_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:1")
    with Server({"/a": page(PAGE)}) as server:
        assert run(server, tmp_path / "pages.warc.gz", "/a").fetched == 1


def test_the_library_names_failures_in_records(extractor: Extractor) -> None:
    async def records() -> dict[str, list[str]]:
        async with Fetcher(quick(), extractor=extractor, resolver=to_us) as fetcher:
            urls = [server.url("/a"), server.url("/gone"), "ftp://x.test/", server.url("/a#1")]
            return {r.provenance.source or "": [w.code for w in r.warnings] async for r in fetcher.records(urls)}

    with Server({"/a": page(PAGE)}) as server:
        told = asyncio.run(records())
    assert told == {server.url("/a"): [], server.url("/gone"): ["not-found"], "ftp://x.test/": ["unsupported-scheme"]}

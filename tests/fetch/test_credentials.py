"""User and password of an address go to its host alone: not into files, messages or the cache."""

from __future__ import annotations

import asyncio
import sqlite3
from pathlib import Path

import httpx
import pytest

from extractor import Extractor
from extractor.fetch import FetchError, Sources, fetch
from extractor.fetch.addresses import parse_address
from extractor.page.credentials import without_credentials
from extractor.patterns import load_patterns
from extractor.scrapy import record_of
from tests.conftest import Run
from tests.fetch.server import Asked, Server, Writer, article, page, quick, redirect, to_us

PATTERNS = load_patterns()

MALFORMED = [
    "http://u:SECRET/PW@berita.test/",
    "http://u:SECRET#PW@berita.test/",
    "http://u:#SECRETPW@berita.test/",
    "http://u:SECRET?PW@berita.test/",
    "http://u:SECRET PW@exa mple.test/",
    "u:SECRETPW@berita.test/x",
    "http:/u:SECRETPW@berita.test/x",
    "http:u:SECRETPW@berita.test/x",
    "http://u:SECRETPW@berita.test:99999/x",
    "http://u:SECRETPW@[::1/x",
    "ftp://u:SECRETPW@berita.test/x",
]


@pytest.mark.parametrize("text", MALFORMED)
def test_malformed_addresses_are_told_without_their_secret(text: str, tmp_path: Path) -> None:
    with pytest.raises(FetchError) as error:
        parse_address(text)
    assert "SECRET" not in str(error.value)
    assert "PW" not in without_credentials(text)
    sources = Sources((text,), files=(text,), feeds=(text,))
    summary = asyncio.run(fetch(sources, tmp_path / "pages.warc", PATTERNS, quick(), resolver=to_us))
    assert summary.failures.total() == 3
    for path in tmp_path.iterdir():
        content = path.read_bytes()
        assert b"SECRET" not in content, path
        assert b"PW" not in content, path


ELSEWHERE = [
    "https://a.test/@penulis/judul",
    "https://a.test/x?surat=a:b@c.test",
    "/@penulis:1",
    "a.test/x?surat=a:b@c.test",
    "mailto:a@b.test",
]


@pytest.mark.parametrize("url", ELSEWHERE)
def test_at_signs_elsewhere_are_left_alone(url: str) -> None:
    assert without_credentials(url) == url


def test_a_redirect_with_a_password_is_archived_without_it(tmp_path: Path) -> None:
    with Server({"/b": page(article())}) as server:
        server.routes["/a"] = redirect(server.url("/b", "u:SECRETPW@lain.test"))
        out = tmp_path / "pages.warc"
        asyncio.run(fetch(Sources((server.url("/a"),)), out, PATTERNS, quick(), resolver=to_us))
        assert server.asked[-1].headers["authorization"].startswith("Basic ")
    assert b"SECRETPW" not in out.read_bytes()
    assert b"Location: http://lain.test" in out.read_bytes()


def test_what_is_for_one_user_is_not_in_the_cache(tmp_path: Path) -> None:
    async def protected(asked: Asked, writer: Writer) -> None:
        headers = [("Cache-Control", "max-age=3600")]
        allowed = "authorization" in asked.headers
        await (page(article(), headers=headers) if allowed else page("tidak", status=401))(asked, writer)

    options = quick(cache=tmp_path / "cache")
    with Server({"/a": protected}) as server:
        for host, fetched in (("u:SECRETPW@berita.test", 1), ("berita.test", 0)):
            sources, out = Sources((server.url("/a", host),)), tmp_path / f"{fetched}.warc"
            summary = asyncio.run(fetch(sources, out, PATTERNS, options, resolver=to_us))
            assert summary.fetched == fetched
    with sqlite3.connect(tmp_path / "cache" / "http.db") as base:
        stored = b"".join(row[0] for row in base.execute("SELECT data FROM entries"))
    base.close()
    assert b"uthorization" not in stored
    assert b"dTpTRUNSRVRQVw" not in stored


def test_records_hold_no_password(extractor: Extractor, warta: Run, tmp_path: Path) -> None:
    url, clean = "http://u:SECRETPW@berita.test/a", "http://berita.test/a"
    response = httpx.Response(200, content=article().encode(), request=httpx.Request("GET", url))
    records = [
        extractor.extract(response),
        extractor.extract(article(), url=url),
        extractor.extract_text("Rapat itu dibuka.", title="Rapat", url=url),
        *extractor.extract_many([{"html": "", "url": url}]),
        record_of(extractor, article(), url),
        record_of(extractor, "", url),
    ]
    assert {record.article.url for record in records} == {clean}
    assert not any("SECRETPW" in record.model_dump_json() for record in records)
    (tmp_path / "a.html").write_text(article(), encoding="utf-8")
    status, printed, _ = warta("extract", tmp_path / "a.html", "--url", url)
    assert (status, "SECRETPW" in printed) == (0, False)

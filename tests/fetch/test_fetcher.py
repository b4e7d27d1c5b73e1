"""The library: records as they come, in asynchronous and in plain code."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

import extractor as package
from extractor import Extractor, InputError
from extractor.fetch import Fetcher, SyncFetcher
from tests.fetch.server import Server, article, page, quick, raw, to_us


def test_records_come_as_they_are_ready(extractor: Extractor) -> None:
    slow = raw(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n", article().encode(), pause=0.4)

    async def sources() -> list[str | None]:
        async with Fetcher(quick(), extractor=extractor, resolver=to_us) as fetcher:
            urls = [server.url("/slow"), server.url("/quick", "lain.test")]
            return [record.provenance.source async for record in fetcher.records(urls)]

    with Server({"/slow": slow, "/quick": page(article())}) as server:
        assert asyncio.run(sources()) == [server.url("/quick", "lain.test"), server.url("/slow")]


def test_addresses_are_taken_as_they_are_needed(extractor: Extractor) -> None:
    taken = 0

    async def urls() -> AsyncIterator[str]:
        nonlocal taken
        for number in range(1000):
            taken += 1
            yield server.url(f"/a?n={number}")

    async def first() -> str | None:
        async with Fetcher(quick(look_ahead=4), extractor=extractor, resolver=to_us) as fetcher:
            async for record in fetcher.records(urls()):
                return record.article.title
        return None

    with Server({"/a": page(article())}) as server:
        assert asyncio.run(first()) == "Rapat Kerja"
        assert taken < 20
    gc.collect()  # a connection that was left open would warn here


def test_plain_code(extractor: Extractor) -> None:
    made = SyncFetcher(quick(), extractor=extractor, resolver=to_us)
    with Server({"/a": page(article()), "/b": page(article("Rapat Lain"))}) as server, made as fetcher:
        records = list(fetcher.records([server.url("/a"), server.url("/b"), server.url("/gone")]))
        assert {record.article.title for record in records} == {"Rapat Kerja", "Rapat Lain", None}
        assert fetcher.record(server.url("/a")).article.title == "Rapat Kerja"
        assert len(fetcher.fetch(server.url("/a")).pages) == 1
        with pytest.raises(InputError, match="404 Not Found") as error:
            fetcher.record(server.url("/gone"))
        assert error.value.code == "not-found"
        assert next(iter(fetcher.records([server.url("/a"), server.url("/b")]))).article.title


def test_plain_code_inside_a_running_loop(extractor: Extractor) -> None:
    async def notebook() -> str | None:
        with SyncFetcher(quick(), extractor=extractor, resolver=to_us) as fetcher:
            return fetcher.record(server.url("/a")).article.title

    with Server({"/a": page(article())}) as server:
        assert asyncio.run(notebook()) == "Rapat Kerja"


def test_wrong_use_is_told_clearly(extractor: Extractor) -> None:
    unopened = SyncFetcher(quick(), extractor=extractor)
    for call in (unopened.fetch, unopened.record, lambda url: list(unopened.records([url]))):
        with pytest.raises(RuntimeError, match="with SyncFetcher"):
            call("http://berita.test/")
    with SyncFetcher(quick(allow_networks="127.0.0.0/8"), extractor=extractor, resolver=to_us) as fetcher:
        with pytest.raises(TypeError, match=r"of one address, record\(url\) gives it"):
            list(fetcher.records("http://berita.test/"))
        (record,) = fetcher.records([None])  # type: ignore[list-item]
        assert [warning.code for warning in record.warnings] == ["bad-address"]
        with Server({"/a": page(article())}) as server:
            assert fetcher.record(server.url("/a")).article.title == "Rapat Kerja"


def test_the_package_offers_them() -> None:
    assert package.Fetcher is Fetcher
    assert package.SyncFetcher is SyncFetcher


def test_a_fetched_page_is_an_input_of_extract(extractor: Extractor, tmp_path: Path) -> None:
    async def fetched() -> str | None:
        async with Fetcher(quick(), extractor=extractor, resolver=to_us) as fetcher:
            page = (await fetcher.fetch(server.url("/a"))).pages[0]
            return extractor.extract(page.content, url=page.address.url, headers=page.headers).article.title

    with Server({"/a": page(article())}) as server:
        assert asyncio.run(fetched()) == "Rapat Kerja"

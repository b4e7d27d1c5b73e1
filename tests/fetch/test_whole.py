"""Articles that are split over pages arrive whole; the server plays known sites."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest

from extractor import Extractor
from extractor.fetch import Fetcher, Options, Sources, fetch
from extractor.page.further import Further, further_pages
from extractor.patterns import load_patterns
from tests.conftest import Run
from tests.fetch.server import Asked, Server, Writer, article, page, quick, redirect

PATTERNS = load_patterns()
KOMPAS, CNN = "nasional.kompas.com", "www.cnnindonesia.com"
SPLIT = "/read/2024/02/14/100000071/rapat-kerja"
LINKS = f'<a href="{SPLIT}?page=2">2</a> <a href="{SPLIT}?page=3">3</a>'


async def all_to_us(host: str, port: int) -> list[str]:
    return ["127.0.0.1"]


def routes(*, whole: bool) -> dict[str, object]:
    async def by_page(asked: object, writer: object) -> None:
        query = asked.target.partition("?")[2]  # type: ignore[attr-defined]
        number = query.removeprefix("page=") or "1"
        if number == "all" and not whole:
            answer = page("tidak ada", status=404)
        else:
            links = "" if number == "all" else LINKS
            answer = page(article(extra=links, sentence=f"Ini halaman {number}."))
        await answer(asked, writer)  # type: ignore[arg-type]

    return {SPLIT: by_page}


@pytest.mark.parametrize(
    ("whole", "options", "asked", "text"),
    [
        (True, quick(), ["", "?page=all"], "Ini halaman all."),
        (False, quick(), ["", "?page=all", "?page=2", "?page=3"], "Ini halaman 3."),
        (True, quick(whole=False), [""], "Ini halaman 1."),
    ],
)
def test_a_split_article_is_fetched_whole(
    whole: bool, options: Options, asked: list[str], text: str, extractor: Extractor
) -> None:
    async def record(url: str) -> str:
        async with Fetcher(options, extractor=extractor, resolver=all_to_us) as fetcher:
            return (await fetcher.record(url)).article.text

    with Server(routes(whole=whole)) as server:  # type: ignore[arg-type]
        assert text in asyncio.run(record(server.url(SPLIT, KOMPAS)))
        assert server.paths() == [SPLIT + query for query in asked]


def test_pages_of_an_article_count_as_one_and_are_known_from_then_on(tmp_path: Path) -> None:
    out = tmp_path / "pages.warc.gz"
    with Server(routes(whole=False)) as server:  # type: ignore[arg-type]
        urls = (server.url(SPLIT, KOMPAS),)
        first = asyncio.run(fetch(Sources(urls), out, PATTERNS, quick(), resolver=all_to_us))
        assert (first.fetched, first.incomplete) == (1, 0), "the single pages are as good as ?page=all"
        urls += (server.url(f"{SPLIT}?page=2", KOMPAS),)
        again = asyncio.run(fetch(Sources(urls), out, PATTERNS, quick(), resolver=all_to_us))
        assert (again.fetched, again.skipped) == (1, {"same": 1})
        assert len(server.paths()) == 4


def test_a_page_that_was_lost_is_named_and_can_be_had_later(tmp_path: Path, warta: Run) -> None:
    out, told = tmp_path / "pages.warc.gz", tmp_path / "pages.warc.gz.failures.jsonl"
    site = routes(whole=False)[SPLIT]
    broken = True

    async def by_page(asked: Asked, writer: Writer) -> None:
        lost = broken and asked.target.endswith("page=3")
        await (page(status=503) if lost else site)(asked, writer)  # type: ignore[operator]

    with Server({SPLIT: by_page}) as server:
        sources = Sources((server.url(SPLIT, KOMPAS),))

        def run(**more: bool) -> tuple[int, int, int]:
            summary = asyncio.run(fetch(sources, out, PATTERNS, quick(tries=2), resolver=all_to_us, **more))
            assert summary.balances()
            return summary.fetched, summary.earlier, summary.incomplete

        for earlier in (0, 1):
            assert run() == (1, earlier, 1)
            (failure,) = map(json.loads, told.read_text(encoding="utf-8").splitlines())
            assert (failure["source"], failure["code"]) == (server.url(f"{SPLIT}?page=3", KOMPAS), "server-error")
        assert run(retry_failed=True) == (1, 0, 1)
        broken = False
        server.asked.clear()
        assert run(retry_failed=True) == (1, 0, 0)
        assert server.paths() == [f"{SPLIT}?page=3"], "only what was lost is asked for"
        assert run(retry_failed=True) == (1, 1, 0)
        assert told.read_bytes() == b""
    assert warta("run", out, "-o", tmp_path / "records.jsonl", "-q", "--workers", 1)[0] == 0
    (record,) = map(json.loads, (tmp_path / "records.jsonl").read_text(encoding="utf-8").splitlines())
    assert all(f"Ini halaman {number}." in record["article"]["text"] for number in (1, 2, 3))


def test_an_address_of_all_pages_that_leads_to_the_first_is_not_followed(extractor: Extractor) -> None:
    site = routes(whole=False)[SPLIT]

    async def by_page(asked: Asked, writer: Writer) -> None:
        whole = asked.target.endswith("page=all")
        await (redirect(SPLIT) if whole else site)(asked, writer)  # type: ignore[operator]

    async def pages(url: str) -> int:
        async with Fetcher(quick(), extractor=extractor, resolver=all_to_us) as fetcher:
            return len((await fetcher.fetch(url)).pages)

    with Server({SPLIT: by_page}) as server:
        assert asyncio.run(pages(server.url(SPLIT, KOMPAS))) == 3
        assert server.paths() == [SPLIT, f"{SPLIT}?page=all", f"{SPLIT}?page=2", f"{SPLIT}?page=3"]


def test_a_page_that_leads_back_to_the_first_is_not_taken_twice(tmp_path: Path, extractor: Extractor) -> None:
    path = "/nasional/20240214100000-20-944001/rapat-kerja"
    handlers = {path: page(article(extra=f'<a href="{path}/2">2</a>')), f"{path}/2": redirect(path)}

    async def pages(url: str) -> int:
        async with Fetcher(quick(), extractor=extractor, resolver=all_to_us) as fetcher:
            return len((await fetcher.fetch(url)).pages)

    with Server(handlers) as server:
        assert asyncio.run(pages(server.url(path, CNN))) == 1


@pytest.mark.parametrize(("whole", "text"), [(True, "Ini halaman all."), (False, "Ini halaman 3.")])
def test_the_archive_gives_one_record(whole: bool, text: str, warta: Run, tmp_path: Path) -> None:
    out = tmp_path / "pages.warc.gz"
    with Server(routes(whole=whole)) as server:  # type: ignore[arg-type]
        asyncio.run(fetch(Sources((server.url(SPLIT, KOMPAS),)), out, PATTERNS, quick(), resolver=all_to_us))
    assert warta("run", out, "-o", tmp_path / "records.jsonl", "-q", "--workers", 1)[0] == 0
    (record,) = map(json.loads, (tmp_path / "records.jsonl").read_text(encoding="utf-8").splitlines())
    assert text in record["article"]["text"]
    assert [warning["code"] for warning in record["warnings"]] == []


def test_unknown_sites_are_left_as_they_are() -> None:
    assert further_pages(article(extra=LINKS), PATTERNS, f"https://wartanusa.com{SPLIT}") == Further()
    known = further_pages(article(extra=LINKS), PATTERNS, f"https://{KOMPAS}{SPLIT}")
    assert known.whole == f"https://{KOMPAS}{SPLIT}?page=all"
    assert len(known.pages) == 2
    assert further_pages(article(extra=LINKS), PATTERNS, f"https://{KOMPAS}{SPLIT}?page=all") == Further()
    assert further_pages(article(), PATTERNS, f"https://{KOMPAS}{SPLIT}") == Further()

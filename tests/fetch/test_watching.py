"""Watching: what is new is fetched and appended, once, also after a stop or a kill."""

from __future__ import annotations

import asyncio
import json
import signal
import subprocess
from pathlib import Path
from typing import Any

from extractor import Extractor
from extractor.fetch import Sources, Summary, watch
from tests.conftest import Run
from tests.fetch.server import Asked, Server, Writer, article, page, quick, to_us
from tests.fetch.test_listing import index, rss, sitemap
from tests.fetch.test_run import POLITE, command, until


def run(server: Server, out: Path, extractor: Extractor, **more: Any) -> Summary:
    sources = Sources(feeds=(server.url("/rss"),))
    settings: dict[str, Any] = {"rounds": 1, "interval": 0.05, **more}
    return asyncio.run(watch(sources, out, extractor, quick(tries=1), resolver=to_us, **settings))


def sources_of(out: Path) -> list[str]:
    return [json.loads(line)["provenance"]["source"] for line in out.read_text(encoding="utf-8").splitlines()]


def feed(server: Server, *paths: str, etag: str = "") -> Any:
    headers = [("ETag", etag)] if etag else []
    return page(rss(*map(server.url, paths)), type_="application/rss+xml", headers=headers)


def test_only_what_is_new_is_fetched(tmp_path: Path, extractor: Extractor) -> None:
    out = tmp_path / "records.jsonl"
    with Server({f"/{i}": page(article(f"Rapat Kerja {i}")) for i in range(4)}) as server:
        server.routes["/rss"] = feed(server, "/0", "/1", etag='"1"')
        assert run(server, out, extractor).records == 2
        server.routes["/rss"] = feed(server, "/2", "/1", "/0", etag='"2"')
        summary = run(server, out, extractor)
        assert (summary.records, summary.inputs, summary.balances()) == (1, 1, True)
        assert server.asked[-2].headers["if-none-match"] == '"1"'
        server.routes["/rss"] = page(status=304)
        assert run(server, out, extractor).inputs == 0
        assert server.asked[-1].headers["if-none-match"] == '"2"'
        assert sorted(sources_of(out)) == [server.url(f"/{i}") for i in range(3)]
        assert sorted(path for path in server.paths() if path != "/rss") == ["/0", "/1", "/2"]


def test_an_index_that_has_not_changed_leads_to_sitemaps_that_have(tmp_path: Path, extractor: Extractor) -> None:
    def tagged(content: str, tag: str) -> Any:
        async def answer(asked: Asked, writer: Writer) -> None:
            same = asked.headers.get("if-none-match") == tag
            await page("" if same else content, status=304 if same else 200, headers=[("ETag", tag)])(asked, writer)

        return answer

    out = tmp_path / "records.jsonl"
    with Server({f"/{i}": page(article(f"Rapat Kerja {i}")) for i in range(2)}) as server:
        sources = Sources(sitemaps=(server.url("/i.xml"),))
        server.routes["/i.xml"] = tagged(index(server.url("/s.xml")), '"i"')
        for number in (1, 2):
            server.routes["/s.xml"] = tagged(sitemap(*map(server.url, ["/0", "/1"][:number])), f'"{number}"')
            job = watch(sources, out, extractor, quick(tries=1), rounds=2, interval=0.05, resolver=to_us)
            assert asyncio.run(job).records == 1
        conditions = [one.headers.get("if-none-match") for one in server.asked if one.path == "/s.xml"]
        assert conditions == [None, '"1"', '"1"', '"2"']


def test_failures_in_passing_are_tried_again_in_later_rounds_and_not_for_ever(
    tmp_path: Path, extractor: Extractor
) -> None:
    out = tmp_path / "records.jsonl"
    with Server({"/0": page(status=503), "/1": page(status=503), "/2": page(status=404)}) as server:
        server.routes["/rss"] = feed(server, "/0", "/1", "/2")
        summary = run(server, out, extractor)
        assert summary.failures == {"server-error": 2, "not-found": 1}
        server.routes["/rss"] = page(status=304)
        server.routes["/0"] = page(article())
        assert run(server, out, extractor, rounds=4).records == 1
        assert (len(server.times("/0")), len(server.times("/1")), len(server.times("/2"))) == (2, 3, 1)
    lines = (tmp_path / "records.jsonl.failures.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["code"] for line in lines].count("server-error") == 4


def test_a_torn_record_is_cut_off_and_written_anew(tmp_path: Path, extractor: Extractor) -> None:
    out = tmp_path / "records.jsonl"
    with Server({"/0": page(article()), "/1": page(article("Lain Lagi"))}) as server:
        server.routes["/rss"] = feed(server, "/0")
        run(server, out, extractor)
        with out.open("ab") as stream:
            stream.write(b'{"schema_version": "1.')
        server.routes["/rss"] = feed(server, "/0", "/1")
        run(server, out, extractor)
        assert sources_of(out) == [server.url("/0"), server.url("/1")]


def test_what_is_no_page_for_the_extractor_is_a_failure(tmp_path: Path, extractor: Extractor) -> None:
    with Server({"/0": page("")}) as server:
        server.routes["/rss"] = feed(server, "/0")
        summary = run(server, tmp_path / "records.jsonl", extractor)
        assert (summary.failures, summary.balances()) == ({"empty-input": 1}, True)


def test_a_watch_that_is_stopped_ends_cleanly_and_goes_on(warta: Run, tmp_path: Path) -> None:
    out = tmp_path / "records.jsonl"
    with Server({f"/{i}": page(article(f"Rapat Kerja {i}")) for i in range(3)}) as server:
        urls = [server.url(f"/{i}", "127.0.0.1") for i in range(3)]
        server.routes["/rss"] = page(rss(*urls[:1]))
        server.routes["/peta.xml"] = page(sitemap(*urls[1:2]))
        sources = ["--rss", server.url("/rss", "127.0.0.1"), "--sitemap", server.url("/peta.xml", "127.0.0.1")]
        arguments = ["watch", *sources, "-o", out, "--interval", 1, "--rate", 100, *POLITE]
        with subprocess.Popen(command(*arguments), stderr=subprocess.PIPE, text=True) as process:
            until(lambda: out.exists() and len(sources_of(out)) == 2)
            server.routes["/rss"] = page(rss(*urls))
            until(lambda: len(sources_of(out)) == 3)
            process.send_signal(signal.SIGINT)
            assert process.stderr
            told = process.stderr.read()
        assert process.returncode == 0, told
        assert "3 inputs = 3 fetched + 0 skipped + 0 failures" in told
        assert warta(*arguments, "--rounds", 1)[0] == 0
        assert sorted(sources_of(out)) == urls

"""robots.txt by RFC 9309, rates and connections, measured at the server."""

from __future__ import annotations

import asyncio
from itertools import pairwise
from pathlib import Path

import pytest

from extractor.fetch import Options, Sources, Summary, fetch
from extractor.patterns import load_patterns
from tests.fetch.server import Handler, Server, article, in_turn, page, quick, raw, redirect, to_us

PATTERNS = load_patterns()
GOOD = page(article())
PATHS = ("/berita/a", "/pencarian/b", "/berita/c?halaman=2")


def run(
    server: Server, folder: Path, *paths: str, options: Options | None = None, host: str = "berita.test"
) -> Summary:
    urls = tuple(server.url(path, host) for path in paths)
    return asyncio.run(
        fetch(Sources(urls), folder / "pages.warc.gz", PATTERNS, options or quick(tries=2), resolver=to_us)
    )


def site(robots: Handler | None) -> dict[str, Handler]:
    routes = {path.partition("?")[0]: GOOD for path in PATHS}
    return {**routes, "/robots.txt": robots} if robots else routes


def text(content: str, **more: object) -> Handler:
    return page(content, type_="text/plain", **more)  # type: ignore[arg-type]


ROBOTS: dict[str, tuple[Handler | None, int, dict[str, int]]] = {
    # what robots.txt answers, how many of three pages are fetched, and the failures
    "is not there": (None, 3, {}),
    "is forbidden": (page(status=403), 3, {}),
    "is gone": (page(status=410), 3, {}),
    "is empty": (text(""), 3, {}),
    "is a picture": (page(b"\x89PNG\r\n\x1a\n\0\0", type_="image/png"), 3, {}),
    "is an HTML page": (page(article()), 3, {}),
    "fails": (page(status=500), 0, {"robots-unreachable": 3}),
    "fails once": (in_turn(page(status=503), text("User-agent: *\nDisallow: /pencarian")), 2, {"robots-disallowed": 1}),
    "is too busy": (page(status=429, headers=[("Retry-After", "9999")]), 0, {"robots-unreachable": 3}),
    "hangs up": (raw(b""), 0, {"robots-unreachable": 3}),
    "drips": (raw(b"HTTP/1.1 200 OK\r\n\r\n", *[b"#"] * 100, pause=0.05), 0, {"robots-unreachable": 3}),
    "forbids all": (text("User-agent: *\nDisallow: /"), 0, {"robots-disallowed": 3}),
    "forbids us": (text("User-agent: warta\nDisallow: /\n\nUser-agent: *\nDisallow:"), 0, {"robots-disallowed": 3}),
    "forbids others": (text("User-agent: wartanusa\nDisallow: /\n\nUser-agent: lain\nDisallow: /"), 3, {}),
    "forbids a folder": (text("User-agent: *\nDisallow: /pencarian/"), 2, {"robots-disallowed": 1}),
    "forbids a parameter": (text("User-agent: *\nDisallow: /*?halaman="), 2, {"robots-disallowed": 1}),
    "allows more than it forbids": (text("User-agent: *\nDisallow: /\nAllow: /berita/"), 2, {"robots-disallowed": 1}),
    "has a byte order mark": (text("\ufeffUser-agent: *\nDisallow: /pencarian/"), 2, {"robots-disallowed": 1}),
    "is huge": (text("User-agent: *\nDisallow: /pencarian/\n" + "# diam\n" * 200_000), 2, {"robots-disallowed": 1}),
    "asks for a day between requests": (text("User-agent: *\nCrawl-delay: 86400"), 0, {"crawl-delay-too-long": 3}),
    "is redirected in a loop": (redirect("/robots.txt"), 3, {}),
    "is redirected to a file": (redirect("file:///etc/passwd"), 3, {}),
}


@pytest.mark.parametrize("case", ROBOTS)
def test_robots(case: str, tmp_path: Path) -> None:
    robots, fetched, failures = ROBOTS[case]
    with Server(site(robots)) as server:
        seconds = 0.4 if case == "drips" else 5.0
        summary = run(server, tmp_path, *PATHS, options=quick(tries=2, page_seconds=seconds))
        assert (summary.fetched, summary.failures) == (fetched, failures)
        assert summary.balances()
        assert len(server.paths()) == fetched


def test_robots_is_asked_for_once_an_origin_and_kept_for_the_next_run(tmp_path: Path) -> None:
    with Server(site(text("User-agent: *\nDisallow: /pencarian/"))) as server:
        run(server, tmp_path, PATHS[0], PATHS[1])
        run(server, tmp_path, PATHS[2])
        assert [one.path for one in server.asked].count("/robots.txt") == 1
        run(server, tmp_path, PATHS[0], host="lain.test")
        assert [one.path for one in server.asked].count("/robots.txt") == 2


def test_a_redirected_robots_holds_for_the_origin_that_was_asked(tmp_path: Path) -> None:
    with Server(site(None)) as server:
        server.routes["berita.test/robots.txt"] = redirect(server.url("/robots.txt", "lain.test"), 301)
        server.routes["lain.test/robots.txt"] = text("User-agent: *\nDisallow: /pencarian/")
        assert run(server, tmp_path, *PATHS).failures == {"robots-disallowed": 1}


def test_robots_of_the_target_holds_for_redirects(tmp_path: Path) -> None:
    with Server(site(None)) as server:
        server.routes["berita.test/berita/a"] = redirect(server.url("/berita/a", "tertutup.test"))
        server.routes["tertutup.test/robots.txt"] = text("User-agent: *\nDisallow: /")
        assert run(server, tmp_path, "/berita/a").failures == {"robots-disallowed": 1}
        assert not server.times(host="tertutup.test")


def test_the_product_token_of_another_user_agent_is_what_robots_is_read_for(tmp_path: Path) -> None:
    with Server(site(text("User-agent: kliping\nDisallow: /"))) as server:
        options = quick(user_agent="Kliping/2.0 (+https://example.org)")
        assert run(server, tmp_path, PATHS[0], options=options).failures == {"robots-disallowed": 1}
        assert server.asked[0].headers["user-agent"] == "Kliping/2.0 (+https://example.org)"


def gaps(times: list[float]) -> float:
    return min(later - earlier for earlier, later in pairwise(sorted(times)))


def test_the_rate_holds_for_each_host_by_itself(tmp_path: Path) -> None:
    paths = [f"/{number}" for number in range(8)]
    with Server(dict.fromkeys(paths, GOOD)) as server:
        urls = tuple(server.url(path, host) for path in paths for host in ("a.test", "b.test"))
        options = quick(rate=10.0, host_connections=4)
        summary = asyncio.run(fetch(Sources(urls), tmp_path / "p.warc.gz", PATTERNS, options, resolver=to_us))
        assert summary.fetched == 16
        for host in ("a.test", "b.test"):
            assert gaps(server.times(host=host)) > 0.05
            times = server.times(host=host)
            assert max(times) - min(times) > 0.1 * 7 * 0.9
        a, b = server.times(host="a.test"), server.times(host="b.test")
        assert min(max(a), max(b)) > max(min(a), min(b)), "one host need not wait for the other"


@pytest.mark.parametrize("host", ["berita.test", "bücher.test"])
def test_a_crawl_delay_holds_where_it_is_longer_than_ours(host: str, tmp_path: Path) -> None:
    routes = {**{f"/{i}": GOOD for i in range(4)}, "/robots.txt": text("User-agent: *\nCrawl-delay: 0.2")}
    with Server(routes) as server:
        assert run(server, tmp_path, "/0", "/1", "/2", "/3", host=host).fetched == 4
        assert gaps([one.at for one in server.asked]) > 0.15, "robots.txt is a request too"


def test_connections_to_a_host_are_bounded(tmp_path: Path) -> None:
    slow = raw(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n", article().encode(), pause=0.03)
    paths = [f"/{number}" for number in range(12)]
    with Server(dict.fromkeys(paths, slow)) as server:
        assert run(server, tmp_path, *paths, options=quick(host_connections=3)).fetched == 12
        assert server.most_open == {"berita.test": 3}


def test_waiting_for_a_turn_does_not_count_as_work_on_a_page(tmp_path: Path) -> None:
    paths = [f"/{number}" for number in range(6)]
    with Server(dict.fromkeys(paths, GOOD)) as server:
        assert run(server, tmp_path, *paths, options=quick(rate=5.0, page_seconds=0.5)).fetched == 6


def test_dots_in_a_path_are_no_way_around_robots(tmp_path: Path) -> None:
    routes = site(text("User-agent: *\nDisallow: /pencarian/"))
    with Server(routes) as server:
        summary = run(server, tmp_path, "/berita/../pencarian/b", "/berita/%2e%2e/pencarian/b?x", "/./pencarian/b?y")
        assert summary.failures == {"robots-disallowed": 3}
        assert server.paths() == []

"""Feeds and sitemaps: what they list, and what is wrong with them."""

from __future__ import annotations

import asyncio
import gzip
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.fetch import FetchError, Sources, Summary, fetch
from extractor.fetch.listing import read_listing
from extractor.patterns import load_patterns
from tests.fetch.server import Server, article, page, quick, redirect, to_us

PATTERNS = load_patterns()
SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
URL = "https://berita.test/peta.xml"


def sitemap(*urls: str, modified: str = "") -> str:
    times = f"<lastmod>{modified}</lastmod>" if modified else ""
    entries = "".join(f"<url><loc>{url}</loc>{times}</url>" for url in urls)
    return f'<?xml version="1.0"?><urlset {SPACE}>{entries}</urlset>'


def index(*urls: str) -> str:
    entries = "".join(f"<sitemap><loc>{url}</loc></sitemap>" for url in urls)
    return f"<sitemapindex {SPACE}>{entries}</sitemapindex>"


def rss(*urls: str) -> str:
    items = "".join(f"<item><title>x</title><link>{url}</link></item>" for url in urls)
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>x</title>{items}</channel></rss>'


ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom"><entry><link rel="alternate" href="https://a.test/1"/>'
    "<updated>2024-02-14T10:00:00+07:00</updated></entry></feed>"
)
RDF = (
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">'
    '<item rdf:about="https://a.test/1"><title>x</title><link>https://a.test/1</link></item></rdf:RDF>'
)
READ: list[tuple[str, str | bytes, list[str]]] = [
    ("a sitemap", sitemap("https://a.test/1", "https://a.test/2"), ["https://a.test/1", "https://a.test/2"]),
    ("ampersands", sitemap("https://a.test/1?a=1&amp;b=2"), ["https://a.test/1?a=1&b=2"]),
    ("spaces", sitemap(" \n https://a.test/1 \n"), ["https://a.test/1"]),
    ("CDATA", sitemap("<![CDATA[https://a.test/1]]>"), ["https://a.test/1"]),
    ("no namespace", "<urlset><url><loc>https://a.test/1</loc></url></urlset>", ["https://a.test/1"]),
    ("no address", sitemap("", "https://a.test/1"), ["https://a.test/1"]),
    ("gzip", gzip.compress(sitemap("https://a.test/1").encode()), ["https://a.test/1"]),
    ("gzip that breaks off", gzip.compress(sitemap("https://a.test/1").encode())[:-4], ["https://a.test/1"]),
    ("broken off", sitemap("https://a.test/1", "https://a.test/2")[:-40], ["https://a.test/1"]),
    ("lines", "https://a.test/1\nhttps://a.test/2\n", ["https://a.test/1", "https://a.test/2"]),
    ("lines with a mark", b"\xef\xbb\xbfhttps://a.test/1\r\n", ["https://a.test/1"]),
    ("RSS", rss("https://a.test/1"), ["https://a.test/1"]),
    (
        "RSS that is not XML",
        rss("https://a.test/1").replace("<title>x</title>", "<title>a & b</title>"),
        ["https://a.test/1"],
    ),
    (
        "RSS with a permanent link",
        "<rss><channel><item><guid>https://a.test/1</guid></item></channel></rss>",
        ["https://a.test/1"],
    ),
    ("Atom", ATOM, ["https://a.test/1"]),
    ("RDF", RDF, ["https://a.test/1"]),
    ("an empty sitemap", f"<urlset {SPACE}/>", []),
]


@pytest.mark.parametrize(("what", "content", "urls"), READ, ids=[row[0] for row in READ])
def test_lists_are_read(what: str, content: str | bytes, urls: list[str]) -> None:
    listing = read_listing(content.encode() if isinstance(content, str) else content, URL)
    assert [entry.url for entry in listing.pages] == urls


LONG_HEAD = f"<?xml version='1.0'?>\n<!-- {'x' * 20_000} <rss> --> <?xml-stylesheet href='a'?>\n"
WIDE = [
    sitemap("https://a.test/1").replace('"1.0"', '"1.0" encoding="UTF-16"').encode("utf-16"),
    sitemap("https://a.test/1").encode("utf-16-be"),
    rss("https://a.test/1").encode("utf-16"),
    (LONG_HEAD + index().replace("></", f">{sitemap('https://a.test/1')[21:]}</")).encode(),
    (LONG_HEAD + rss("https://a.test/1")[21:]).encode(),
    f'<!DOCTYPE rss [<!ENTITY nbsp "]>">]>{rss("https://a.test/1")[21:]}'.encode(),
    sitemap("https://a.test/1").replace('"1.0"', '"1.0" encoding="x-none"').encode(),
]


@pytest.mark.parametrize("content", WIDE, ids=range(len(WIDE)))
def test_lists_in_other_dress_are_read(content: bytes) -> None:
    listing = read_listing(content, URL)
    assert [entry.url for entry in listing.pages] == ["https://a.test/1"]
    assert listing.problems == []


BOMB = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "https://a.test/">'
    + "".join(f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 50}">' for i in range(8))
    + f"]><urlset {SPACE}><url><loc>&i;</loc></url><url><loc>https://a.test/1</loc></url></urlset>"
)
FILE = f"""<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>
<urlset {SPACE}><url><loc>https://a.test/&f;</loc></url><url><loc>https://a.test/1</loc></url></urlset>"""
ONE, TWO = "https://a.test/1", "https://a.test/2"
LOSING: list[tuple[str, str, list[str], list[str]]] = [
    ("a bomb", BOMB, [ONE], ["damaged-listing"]),
    ("a file", FILE, [ONE], ["damaged-listing"]),
    ("an entity that is not declared", sitemap("https://a.test/&tak;x", ONE), [ONE], ["damaged-listing"]),
    ("one in a feed", rss("https://a.test/&tak;x", ONE), [ONE], ["damaged-listing"]),
    ("bare ampersands", sitemap("https://a.test/?a=1&b=2&copy=3"), ["https://a.test/?a=1&b=2&copy=3"], []),
    ("broken off in an address", sitemap(ONE, TWO)[: -len("2</loc></url></urlset>")], [ONE], ["broken-listing"]),
    ("broken off behind an address", sitemap(ONE, TWO)[: -len("</url></urlset>")], [ONE], ["broken-listing"]),
    ("broken off between entries", sitemap(ONE, TWO)[: -len("</urlset>")], [ONE, TWO], ["broken-listing"]),
    ("broken off in the first entry", sitemap(ONE)[: -len("1</loc></url></urlset>")], [], ["broken-listing"]),
    ("a feed that breaks off", rss(ONE, TWO)[: -len("2</link></item></channel></rss>")], [ONE], ["broken-listing"]),
    ("too many", sitemap(*[ONE] * 51), [ONE] * 50, ["listing-too-long"]),
    ("too many lines", f"{ONE}\n" * 51, [ONE] * 50, ["listing-too-long"]),
    ("exactly enough", sitemap(*[ONE] * 50), [ONE] * 50, []),
    ("nothing", f"<urlset {SPACE}></urlset>", [], []),
]


@pytest.mark.parametrize(("what", "content", "urls", "codes"), LOSING, ids=[row[0] for row in LOSING])
def test_what_a_list_loses_is_told(
    what: str, content: str, urls: list[str], codes: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("extractor.fetch.listing.MOST_ENTRIES", 50)
    listing = read_listing(content.encode(), URL)
    assert [entry.url for entry in listing.pages] == urls
    assert [problem.code for problem in listing.problems] == codes


REFUSED = [
    (article(), "bad-listing"),
    ("", "bad-listing"),
    ("{}", "bad-listing"),
    (b"\x1f\x8b\x08rusak", "bad-listing"),
    (gzip.compress(b" " * 60_000_000), "unpacks-too-large"),
]


@pytest.mark.parametrize(("content", "code"), REFUSED)
def test_what_is_no_list_is_refused(content: str | bytes, code: str) -> None:
    with pytest.raises(FetchError) as error:
        read_listing(content.encode() if isinstance(content, str) else content, URL)
    assert error.value.code == code


@given(st.lists(st.from_regex(r"https://[a-z]{1,8}\.test/[a-z0-9?=&]{0,12}", fullmatch=True), max_size=8))
def test_every_address_of_a_sitemap_comes_back(urls: list[str]) -> None:
    content = sitemap(*(url.replace("&", "&amp;") for url in urls)).encode()
    assert [entry.url for entry in read_listing(content, URL).pages] == urls
    assert read_listing(gzip.compress(content), URL) == read_listing(content, URL)


@given(st.binary(max_size=300), st.sampled_from(["", "<urlset>", "<rss>", "<feed ", "\x1f\x8b", "https://"]))
def test_no_bytes_break_the_reader(content: bytes, head: str) -> None:
    with suppress(FetchError):
        listing = read_listing(head.encode("latin-1") + content, URL)
        assert all(entry.url for entry in listing.pages)


def test_times_are_read() -> None:
    content = sitemap("https://a.test/1", modified="2024-02-14").encode()
    assert read_listing(content, URL).pages[0].modified == datetime(2024, 2, 14, 23, 59, 59, 999999, UTC)
    assert read_listing(ATOM.encode(), URL).pages[0].modified == datetime(2024, 2, 14, 3, tzinfo=UTC)
    assert read_listing(sitemap("https://a.test/1", modified="kemarin").encode(), URL).pages[0].modified is None


def run(folder: Path, **sources: Any) -> Summary:
    return asyncio.run(fetch(Sources(**sources), folder / "pages.warc.gz", PATTERNS, quick(), resolver=to_us))


def test_an_index_leads_to_its_sitemaps_and_to_each_once(tmp_path: Path) -> None:
    with Server({f"/{i}": page(article()) for i in range(3)}) as server:
        server.routes["/i.xml"] = page(
            index(server.url("/s.xml"), "/s.xml.gz", server.url("/i.xml"), server.url("/no.xml"))
        )
        server.routes["/s.xml"] = page(sitemap(server.url("/0"), "/1"))
        server.routes["/s.xml.gz"] = page(gzip.compress(sitemap(server.url("/1"), server.url("/2")).encode()))
        summary = run(tmp_path, sitemaps=(server.url("/i.xml"),))
        assert (summary.fetched, summary.skipped, summary.failures) == (3, {"same": 1}, {"not-found": 1})
        assert summary.inputs == 5
        assert len(server.times("/i.xml")) == 1


def test_a_front_page_stands_for_the_sitemaps_of_its_robots(tmp_path: Path) -> None:
    with Server({"/0": page(article())}) as server:
        server.routes["/robots.txt"] = page(f"User-agent: *\nDisallow:\nSitemap: {server.url('/peta.xml')}")
        server.routes["/peta.xml"] = page(sitemap(server.url("/0")))
        assert run(tmp_path, sitemaps=(server.url("/"),)).fetched == 1


def test_only_what_is_new_enough(tmp_path: Path) -> None:
    with Server({f"/{i}": page(article()) for i in range(3)}) as server:
        old, new = sitemap(server.url("/0"), modified="2020-01-01"), sitemap(server.url("/1"), modified="2024-03-01")
        server.routes["/old.xml"], server.routes["/new.xml"] = page(old), page(new)
        server.routes["/none.xml"] = page(sitemap(server.url("/2")))
        maps = tuple(server.url(f"/{name}.xml") for name in ("old", "new", "none"))
        summary = run(tmp_path, sitemaps=maps, since=datetime(2024, 1, 1, tzinfo=UTC))
        assert summary.fetched == 2
        assert "/0" not in server.paths()


SINCE = datetime(2024, 3, 10, 12, tzinfo=UTC)
PERIODS = [("2024", 1), ("2023", 0), ("2024-03", 1), ("2024-02", 0), ("2024-03-10", 1), ("2024-03-09", 0)]
PERIODS += [("2024-03-10T11:00:00Z", 0), ("2024-03-10T12:00:00Z", 1), ("2024-13", 1)]


@pytest.mark.parametrize(("modified", "taken"), PERIODS)
def test_a_period_counts_by_its_end(modified: str, taken: int, tmp_path: Path) -> None:
    feed = ATOM.replace("2024-02-14T10:00:00+07:00", modified)
    for content in (sitemap("https://a.test/1", modified=modified), feed):
        (entry,) = read_listing(content.encode(), URL).pages
        assert (entry.modified is None or entry.modified >= SINCE) == taken


def test_what_a_list_loses_is_a_failure_of_the_run(tmp_path: Path) -> None:
    with Server({"/1": page(article())}) as server:
        broken = sitemap(server.url("/1"), server.url("/22"))[: -len("2</loc></url></urlset>")]
        server.routes["/peta.xml"] = page(broken)
        server.routes["/rss"] = page(rss("file:///etc/passwd"))
        summary = run(tmp_path, sitemaps=(server.url("/peta.xml"),), feeds=(server.url("/rss"),))
        assert (summary.fetched, summary.failures) == (1, {"broken-listing": 1, "unsupported-scheme": 1})
        assert "/2" not in server.paths()
    told = (tmp_path / "pages.warc.gz.failures.jsonl").read_text(encoding="utf-8")
    assert '"source": "file:///etc/passwd"' in told


def test_lists_that_cannot_be_read_are_failures(tmp_path: Path) -> None:
    with Server({"/a.xml": page(article()), "/b.xml": redirect("/b.xml")}) as server:
        maps = (server.url("/a.xml"), server.url("/b.xml"), "bukan alamat")
        summary = run(tmp_path, feeds=maps, files=(str(tmp_path / "absent.txt"),))
        assert summary.failures == {"bad-listing": 1, "redirect-loop": 1, "bad-address": 1, "unreadable-source": 1}
        assert summary.balances()

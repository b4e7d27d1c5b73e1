"""The model of site profiles, the choice of a profile, and every profile's examples."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from extractor import PatternError
from extractor.page import read_html
from extractor.page.further import further_pages
from extractor.page.profiles import Clock, Layout, PageExample, Profiles, SiteProfile, host_of, parse_place
from extractor.page.tree import parse
from extractor.patterns import PatternSet, load_patterns

EXAMPLE = {"html": "<p>x</p>", "expect": {"title": "x"}}
ALL = load_patterns().documents("sites", SiteProfile)


def profile(**values: Any) -> SiteProfile:
    return SiteProfile.model_validate({"id": "nusa", "hosts": ["wartanusa.com"], "examples": [EXAMPLE], **values})


@pytest.mark.parametrize(
    ("known", "example"),
    [(known, example) for known in ALL for example in known.examples],
    ids=lambda x: x.id if isinstance(x, SiteProfile) else "",
)
def test_example(patterns: PatternSet, known: SiteProfile, example: PageExample) -> None:
    article = read_html(example.html, patterns, url=example.url).article.model_dump(mode="json")
    assert {name: article[name] for name in example.expect} == example.expect
    assert not [words for words in example.absent if words in article["text"]]


@pytest.mark.parametrize(
    ("known", "example"),
    [(known, example) for known in ALL for example in known.examples if example.url],
    ids=lambda x: x.id if isinstance(x, SiteProfile) else "",
)
def test_where_the_rest_of_an_example_is(patterns: PatternSet, known: SiteProfile, example: PageExample) -> None:
    found = further_pages(example.html, patterns, example.url or "")
    assert (found.whole, found.pages) == (example.whole, example.further)


def test_ids_are_unique() -> None:
    layouts = [layout.id for known in ALL for layout in known.layouts]
    assert len(layouts) == len(set(layouts))


REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"host": ["a.com"]}, "Extra inputs"),
    ({"hosts": ["https://wartanusa.com"]}, "is not a host name"),
    ({"hosts": [], "examples": [EXAMPLE]}, "needs hosts, names or signs"),
    ({"examples": []}, "at least 1"),
    ({"signs": ["p:::x"]}, "is not a CSS selector"),
    ({"noise": ["("]}, "is not a regular expression"),
    ({"zone": "WIB"}, "pattern"),
    ({"layouts": [{"id": "a", "published": ["meta:"]}]}, "names no key or selector"),
    ({"layouts": [{"id": "a", "body": ["[["]}]}, "is not a CSS selector"),
    ({"layouts": [{"id": "a", "valid_from": "2020-01-02", "valid_until": "2020-01-01"}]}, "before it begins"),
    ({"layouts": [{"id": "a", "clocks": {"json-ld": "wib"}}]}, "'zoned', 'local' or 'utc'"),
]


@pytest.mark.parametrize(("values", "message"), REFUSED)
def test_malformed_profiles_are_refused(values: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError) as error:
        profile(**values)
    assert message in str(error.value)


def test_a_users_profile_replaces_ours_and_is_named_when_malformed(tmp_path: Path) -> None:
    folder = tmp_path / "sites"
    folder.mkdir()
    (folder / "tribun.yml").write_text("id: tribun\nhosts: [x.com]\nexamples: []\n", encoding="utf-8")
    with pytest.raises(PatternError, match=r"tribun\.yml:3: examples"):
        load_patterns(tmp_path).documents("sites", SiteProfile)


HOSTS = [
    ("https://www.wartanusa.com/a", True),
    ("https://jogja.wartanusa.com/a", True),
    ("wartanusa.com", True),
    ("https://wartanusa.com.evil.org/a", False),
    ("https://mywartanusa.com/a", False),
    ("https://example.org/?u=wartanusa.com", False),
    ("http://[", False),
    ("", False),
]


@pytest.mark.parametrize(("url", "known"), HOSTS)
def test_hosts(url: str, known: bool) -> None:
    assert (Profiles((profile(),)).for_url([url]) is not None) is known


def test_a_star_stands_for_a_part_of_a_name() -> None:
    network = Profiles((profile(hosts=["radar*.nusa.id"]),))
    assert network.for_url(["https://radarsolo.nusa.id/a"])
    assert network.for_url(["https://m.radarsolo.nusa.id/a"])
    assert not network.for_url(["https://solo.nusa.id/a"])


def test_an_address_must_fit_where_addresses_are_given() -> None:
    photos = Profiles((profile(urls=["/foto/"]),))
    assert photos.for_url(["https://wartanusa.com/foto/1"])
    assert not photos.for_url(["https://wartanusa.com/berita/1"])


def test_the_address_of_all_pages() -> None:
    assert (
        profile(all_pages="page=all").whole_url("https://wartanusa.com/a?page=2#x")
        == "https://wartanusa.com/a?page=all"
    )
    assert profile().whole_url("https://wartanusa.com/a") is None


def test_the_most_specific_host_wins() -> None:
    network = profile(publisher="Warta Nusa", names={"jogja.wartanusa.com": "Warta Jogja"})
    special = profile(id="khusus", hosts=["solo.wartanusa.com"], publisher="Warta Solo")
    profiles = Profiles((network, special))
    assert profiles.publisher_of("jogja.wartanusa.com") == "Warta Jogja"
    assert profiles.publisher_of("solo.wartanusa.com") == "Warta Solo"
    assert profiles.publisher_of("www.wartanusa.com") == "Warta Nusa"
    assert profiles.publisher_of("example.org") is None


def test_the_first_address_that_is_known_decides() -> None:
    profiles = Profiles((profile(),))
    assert profiles.for_url([None, "https://example.org/a", "https://wartanusa.com/a"]) is not None
    assert profiles.for_url([None, "https://example.org/a"]) is None


def test_signs_in_the_page() -> None:
    profiles = Profiles((profile(hosts=[], signs=["body.nusa article"]),))
    assert profiles.for_page(parse('<body class="nusa"><article>x</article></body>')) is not None
    assert profiles.for_page(parse("<body><article>x</article></body>")) is None


def test_layouts_in_use_on_the_day_come_first() -> None:
    old = {"id": "a.old", "valid_until": "2017-12-31"}
    new = {"id": "a.new", "valid_from": "2018-01-01"}
    site = profile(layouts=[new, old])
    assert [layout.id for layout in site.layouts_for(date(2016, 5, 1))] == ["a.old", "a.new"]
    assert [layout.id for layout in site.layouts_for(date(2020, 5, 1))] == ["a.new", "a.old"]
    assert [layout.id for layout in site.layouts_for(None)] == ["a.new", "a.old"]


def test_the_longest_place_tells_the_clock() -> None:
    layout = Layout.model_validate({"id": "a", "clocks": {"json-ld": "utc", "json-ld:datePublished": "local"}})
    assert layout.clock("json-ld:datePublished") is Clock.LOCAL
    assert layout.clock("json-ld:dateModified") is Clock.UTC
    assert layout.clock("meta:pubdate") is Clock.ZONED


def test_places() -> None:
    assert parse_place("json-ld:author.name") == ("json-ld", "author.name", None)
    assert parse_place("meta:article:author") == ("meta", "article:author", None)
    assert parse_place("time.date@datetime") == ("css", "time.date", "datetime")
    assert parse_place("h1.title") == ("css", "h1.title", None)


@pytest.mark.parametrize(
    ("url", "host"), [("HTTPS://WWW.Nusa.com:80/a", "www.nusa.com"), ("nusa.com/a", "nusa.com"), ("", "")]
)
def test_host_of(url: str, host: str) -> None:
    assert host_of(url) == host


def test_a_profiles_bylines_and_title_suffixes_are_used(patterns: PatternSet, tmp_path: Path) -> None:
    folder = tmp_path / "sites"
    folder.mkdir()
    (folder / "nusa.yml").write_text(
        "id: nusa\nhosts: [wartanusa.com]\ntitle_suffixes: [' ~ Nusa']\n"
        "bylines: ['Ditulis tangan (?P<authors>[^;]{3,40}); disunting (?P<editors>.{3,40})']\n"
        "layouts: [{id: nusa.1, title: ['h2.t'], body: ['.b'], byline: ['.w']}]\n"
        "examples: [{html: x, expect: {title: x}}]\n",
        encoding="utf-8",
    )
    lead = "Sebanyak 120 warga Tambakrejo menanam bibit bakau di pesisir pada Senin pagi."
    byline = "Ditulis tangan Rahma Wulandari; disunting Galih Prasojo"
    html = f"<h2 class='t'>Tanam Bakau ~ Nusa</h2><div class='b'><p>{lead}</p><p>{byline}</p></div>"
    article = read_html(html, load_patterns(tmp_path), url="https://wartanusa.com/a").article
    assert article.title == "Tanam Bakau"
    assert (article.authors, article.editors) == (("Rahma Wulandari",), ("Galih Prasojo",))
    assert article.text == lead

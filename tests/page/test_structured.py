"""JSON-LD, metadata and canonical address."""

from __future__ import annotations

import pytest

from extractor.page.structured import Structured, read_structured
from extractor.page.tree import parse


def structured(*scripts: str, head: str = "") -> Structured:
    blocks = "".join(f'<script type="application/ld+json">{script}</script>' for script in scripts)
    return read_structured(parse(f"<html><head>{head}{blocks}</head><body></body></html>"))


ARTICLE = (
    '{"@type": "NewsArticle", "headline": "Panen Raya", "datePublished": "2024-03-04", "author": {"name": "Rahma"}}'
)

LENIENT = [
    ("as it should be", ARTICLE),
    ("in a list", f"[{ARTICLE}]"),
    ("in a graph", '{"@graph": [{"@type": "WebPage"}, ' + ARTICLE + "]}"),
    ("trailing comma", ARTICLE.replace("}}", "},}")),
    ("raw line break", ARTICLE.replace("Panen Raya", "Panen Raya\n")),
    ("in a comment", f"<!-- {ARTICLE} -->"),
    ("in CDATA", f"//<![CDATA[\n{ARTICLE}\n//]]>"),
    (
        "unescaped quotation mark",
        ARTICLE.replace('"datePublished"', '"description": "kata "dia", ya", "datePublished"'),
    ),
    ("type in a list", ARTICLE.replace('"NewsArticle"', '["NewsArticle", "Report"]')),
    ("cut off", ARTICLE[:-1]),
]


@pytest.mark.parametrize("script", [row[1] for row in LENIENT], ids=[row[0] for row in LENIENT])
def test_json_ld_is_read_leniently(script: str) -> None:
    found = structured(script)
    assert list(found.json_ld("headline")) == ["Panen Raya"]
    assert list(found.json_ld("datePublished")) == ["2024-03-04"]
    assert list(found.json_ld("author")) == ["Rahma"]


@pytest.mark.parametrize(
    "script", ["", "null", "1", "[[[", "{" * 5000, '{"@type": "NewsArticle"', "var x = 1;", '"text"']
)
def test_what_is_no_json_gives_nothing(script: str) -> None:
    assert list(structured(script).json_ld("headline")) == []


def test_the_most_complete_article_comes_first() -> None:
    found = structured('{"@type": "Article", "headline": "Sisa"}', ARTICLE)
    assert next(found.json_ld("headline")) == "Panen Raya"


def test_an_author_by_reference_is_looked_up() -> None:
    graph = (
        '{"@graph": [{"@type": "Article", "headline": "A", "author": {"@id": "#p"}},'
        ' {"@type": "Person", "@id": "#p", "name": "Rahma Wulandari"}]}'
    )
    assert list(structured(graph).json_ld("author.name")) == ["Rahma Wulandari"]


def test_other_types_are_no_articles() -> None:
    found = structured('{"@type": "WebSite", "name": "Warta Nusa"}')
    assert found.articles == ()
    assert found.types == {"WebSite"}


def test_metas_by_any_name_in_any_case() -> None:
    head = '<meta property="OG:Title" content=" A  B "><meta itemprop="datePublished" content="2024"><meta name="x">'
    found = structured(head=head)
    assert list(found.meta("og:title", "datePublished")) == [("meta:og:title", "A B"), ("meta:datePublished", "2024")]


CANONICAL = [
    (
        '<link rel="canonical" href="https://wartanusa.com/a"><meta property="og:url" content="https://wartanusa.com/b">',
        "https://wartanusa.com/a",
    ),
    (
        '<link rel="canonical" href="/a"><meta property="og:url" content="https://wartanusa.com/b">',
        "https://wartanusa.com/b",
    ),
    ("", None),
]


@pytest.mark.parametrize(("head", "expected"), CANONICAL)
def test_canonical_address(head: str, expected: str | None) -> None:
    assert structured(head=head).canonical == expected

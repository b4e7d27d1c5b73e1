"""Headline, people, times, section and topics by the generic path, with the place they were taken from."""

from __future__ import annotations

import pytest

from extractor.page import read_html
from extractor.patterns import PatternSet
from extractor.record import Article
from tests.page.test_html import FOUR, NAV, TEASERS, TEXT, TITLE


def read(
    patterns: PatternSet,
    top: str = "",
    bottom: str = "",
    head: str = "",
    heading: str = f"<h1>{TITLE}</h1>",
    **given: str,
) -> Article:
    body = f"{NAV}<div class='wrap'>{heading}{top}<div class='isi'>{FOUR}</div>{bottom}</div>{TEASERS}"
    return read_html(f"<html><head>{head}</head><body>{body}</body></html>", patterns, **given).article


def place(article: Article, field: str) -> str:
    return next(source.place for source in article.evidence if source.field == field)


def ld(**values: str) -> str:
    pairs = ", ".join(f'"{key}": {value}' for key, value in values.items())
    return f'<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "{TITLE}", {pairs}}}</script>'


OG = f'<meta property="og:title" content="{TITLE} - Warta Nusa"><title>{TITLE} | Warta Nusa</title>'
TITLES = [
    ("og:title with the site's name", OG, f"<h1>{TITLE}</h1>"),
    ("h1 names the channel", OG, f"<h1>Daerah</h1><h2>{TITLE}</h2>"),
    ("headline in a div", OG, f'<h1>Daerah</h1><div class="judul">{TITLE}</div>'),
    (
        "og:title cut at a quotation mark",
        '<meta property="og:title" content="Warga Tambakrejo Tanam ">',
        f"<h1>{TITLE}</h1>",
    ),
    ("site's name first", f"<title>WartaNusa.com: {TITLE}</title>", f"<h1>{TITLE}</h1>"),
    ("page number", f"<title>{TITLE} Halaman all - Warta Nusa</title>", f"<h1>{TITLE}</h1>"),
    ("no visible headline", OG + '<meta property="og:site_name" content="Warta Nusa">', ""),
    ("h1 alone", "", f"<h1>{TITLE}</h1>"),
    ("entities", f"<title>{TITLE.replace('Seribu', '&#83;eribu')} - Warta Nusa</title>", f"<h1> {TITLE} </h1>"),
]


@pytest.mark.parametrize(("head", "heading"), [row[1:] for row in TITLES], ids=[row[0] for row in TITLES])
def test_title(patterns: PatternSet, head: str, heading: str) -> None:
    article = read(patterns, head=head, heading=heading)
    assert article.title == TITLE
    assert article.text == TEXT


def test_a_dash_inside_a_headline_stays(patterns: PatternSet) -> None:
    head = '<meta property="og:title" content="Debat Pilkada - Tiga Calon Bicara Pasar">'
    head += '<meta property="og:site_name" content="Warta Nusa">'
    assert read(patterns, head=head, heading="").title == "Debat Pilkada - Tiga Calon Bicara Pasar"


TIMES = [
    ("visible", "<div>Senin, 4 Maret 2024 09:15 WIB</div>", "", "2024-03-04T09:15:00+07:00", "visible:date-line"),
    (
        "time element",
        '<time datetime="2024-03-04T09:15:30+07:00">kemarin</time>',
        "",
        "2024-03-04T09:15:30+07:00",
        "visible:time[datetime]",
    ),
    (
        "json-ld in utc",
        "<div>Senin, 4 Maret 2024 09:15 WIB</div>",
        ld(datePublished='"2024-03-04T02:15:30Z"'),
        "2024-03-04T09:15:30+07:00",
        "json-ld:datePublished",
    ),
    (
        "local time labelled utc",
        "<div>Senin, 4 Maret 2024 09:15 WITA</div>",
        ld(datePublished='"2024-03-04T09:15:30+00:00"'),
        "2024-03-04T09:15:30+08:00",
        "json-ld:datePublished",
    ),
    (
        "meta",
        "",
        '<meta property="article:published_time" content="2024-03-04T09:15:30+07:00">',
        "2024-03-04T09:15:30+07:00",
        "meta:article:published_time",
    ),
    (
        "a template's date",
        "<div>Senin, 4 Maret 2024 09:15 WIB</div>",
        '<meta itemprop="datePublished" content="2014-07-13T20:07:27">',
        "2024-03-04T09:15:00+07:00",
        "visible:date-line",
    ),
    (
        "the time of the last change first",
        "<div>Diperbarui 6 Maret 2024 10:00 WIB</div><div>4 Maret 2024 09:15 WIB</div>",
        "",
        "2024-03-04T09:15:00+07:00",
        "visible:date-line",
    ),
]


@pytest.mark.parametrize(
    ("top", "head", "expected", "where"), [row[1:] for row in TIMES], ids=[row[0] for row in TIMES]
)
def test_published(patterns: PatternSet, top: str, head: str, expected: str, where: str) -> None:
    article = read(patterns, top, head=head)
    assert article.published == expected
    assert place(article, "published") == where


def test_the_day_of_the_crawl_in_the_page_head_is_not_taken(patterns: PatternSet) -> None:
    middle = f"<div><h1>{TITLE}</h1><p>4 Maret 2024 09:15 WIB</p><div>{FOUR}</div></div>"
    html = f"<body><div>Jumat, 8 Maret 2024</div>{NAV}{middle}</body>"
    assert read_html(html, patterns).article.published == "2024-03-04T09:15:00+07:00"


def test_a_time_given_by_the_caller_wins(patterns: PatternSet) -> None:
    article = read(patterns, "<div>Senin, 4 Maret 2024 09:15 WIB</div>", published="2024-03-05")
    assert article.published == "2024-03-05"
    assert place(article, "published") == "argument"


def test_days_that_contradict_each_other_are_told(patterns: PatternSet) -> None:
    html = f"<body><h1>{TITLE}</h1><p>4 Maret 2024 09:15 WIB</p><div>{FOUR}</div></body>"
    page = read_html(ld(datePublished='"2020-01-01T00:00:00+07:00"') + html, patterns)
    assert "published-conflict" in [warning.code for warning in page.warnings]


def test_no_time_is_told(patterns: PatternSet) -> None:
    page = read_html(f"<h1>{TITLE}</h1><div>{FOUR}</div>", patterns)
    assert page.article.published is None
    assert "no-published-date" in [warning.code for warning in page.warnings]


def test_the_last_change(patterns: PatternSet) -> None:
    head = ld(datePublished='"2024-03-04T09:15:30+07:00"', dateModified='"2024-03-05T10:00:00+07:00"')
    article = read(patterns, head=head)
    assert article.modified == "2024-03-05T10:00:00+07:00"
    assert place(article, "modified") == "json-ld:dateModified"


PEOPLE = [
    (
        "one line",
        "<div>Penulis: Rahma Wulandari | Editor: Galih Prasojo</div>",
        "",
        "",
        ("Rahma Wulandari",),
        ("Galih Prasojo",),
    ),
    (
        "below the text",
        "",
        "<div>Reporter: Rahma Wulandari</div><div>Editor : <b>Galih Prasojo</b></div>",
        "",
        ("Rahma Wulandari",),
        ("Galih Prasojo",),
    ),
    (
        "labels in elements of their own",
        "<div><span>Penulis</span> <a>Rahma Wulandari</a> <span>Editor</span> <a>Galih Prasojo</a></div>",
        "",
        "",
        ("Rahma Wulandari",),
        ("Galih Prasojo",),
    ),
    (
        "an element for the name",
        '<div class="detail__author">Rahma Wulandari - wartaNusa</div>',
        "",
        "",
        ("Rahma Wulandari",),
        (),
    ),
    ("name and time", "<div>Rahma Wulandari - 4 Maret 2024 09:15 WIB</div>", "", "", ("Rahma Wulandari",), ()),
    ("json-ld", "", "", ld(author='{"@type": "Person", "name": "Rahma Wulandari"}'), ("Rahma Wulandari",), ()),
    (
        "json-ld names the editor",
        "",
        "<div>Editor: Galih Prasojo</div>",
        ld(author='{"name": "Galih Prasojo"}'),
        (),
        ("Galih Prasojo",),
    ),
    ("json-ld names the firm", "", "", ld(author='{"name": "Nusa Cyber Media"}'), (), ()),
    ("json-ld names an organization", "", "", ld(author='{"@type": "Organization", "name": "Rumah Nusa"}'), (), ()),
    (
        "metadata names an account",
        "",
        "",
        '<meta property="article:author" content="https://www.facebook.com/nusa">',
        (),
        (),
    ),
    ("metadata names the firm", "", "", '<meta name="author" content="PT. NUSA MEDIA BARU">', (), ()),
    (
        "metadata names the site",
        "",
        "",
        '<meta property="og:site_name" content="Nusa Kini"><meta name="author" content="Nusa Kini">',
        (),
        (),
    ),
    ("metadata", "", "", '<meta name="author" content="Rahma Wulandari">', ("Rahma Wulandari",), ()),
]


@pytest.mark.parametrize(
    ("top", "bottom", "head", "authors", "editors"), [row[1:] for row in PEOPLE], ids=[row[0] for row in PEOPLE]
)
def test_people(
    patterns: PatternSet, top: str, bottom: str, head: str, authors: tuple[str, ...], editors: tuple[str, ...]
) -> None:
    article = read(patterns, top, bottom, head)
    assert (article.authors, article.editors) == (authors, editors)
    assert article.text == TEXT


def test_an_agency_is_no_author(patterns: PatternSet) -> None:
    article = read(patterns, head=ld(author='{"@type": "Person", "name": "Antara"}'))
    assert (article.authors, article.agency) == ((), "Antara")


def test_photographers(patterns: PatternSet) -> None:
    assert read(patterns, "<div>Fotografer: Tri Lestari</div>").photographers == ("Tri Lestari",)


def test_section_topics_and_deck(patterns: PatternSet) -> None:
    head = ld(articleSection='"Daerah"', description='"Penanaman bakau di pesisir diikuti warga dan pelajar."')
    article = read(
        patterns,
        bottom='<div class="tag"><a href="/tag/bakau">bakau</a><a href="/tag/pesisir">#pesisir</a></div>',
        head=head,
    )
    assert article.section == "Daerah"
    assert article.tags == ("bakau", "pesisir")
    assert article.summary == "Penanaman bakau di pesisir diikuti warga dan pelajar."


def test_topics_from_metadata(patterns: PatternSet) -> None:
    article = read(patterns, head='<meta name="keywords" content="bakau, Pesisir, bakau,">')
    assert article.tags == ("bakau", "Pesisir")


def test_addresses_and_publisher(patterns: PatternSet) -> None:
    head = '<link rel="canonical" href="https://wartanusa.com/b/1">'
    head += '<meta property="og:site_name" content="Warta Nusa - Kabar Pesisir">'
    article = read(patterns, head=head, url="https://wartanusa.com/b/1?utm_source=x")
    assert (article.url, article.canonical_url) == (
        "https://wartanusa.com/b/1?utm_source=x",
        "https://wartanusa.com/b/1",
    )
    assert article.publisher == "Warta Nusa"


TOPICS = [
    ("box of topics", '<div class="tags"><span>Tags:</span><ul><li><a href="#">bakau</a></li></ul></div>', ("bakau",)),
    (
        "list of topics",
        '<ul class="tag-list"><li><a href="#">Topik</a></li><li><a href="#">bakau</a></li></ul>',
        ("bakau",),
    ),
    ("addresses of topics", '<p><a href="/tag/bakau">bakau</a></p>', ("bakau",)),
    (
        "a headline is no topic",
        '<div class="tags"><a href="#">Tujuh Warga Tambakrejo Pulang dari Tanah Rantau</a></div>',
        (),
    ),
]


@pytest.mark.parametrize(("bottom", "tags"), [row[1:] for row in TOPICS], ids=[row[0] for row in TOPICS])
def test_topics_below_the_body(patterns: PatternSet, bottom: str, tags: tuple[str, ...]) -> None:
    assert read(patterns, bottom=bottom).tags == tags


def test_topics_below_the_body_win_over_those_of_the_page_head(patterns: PatternSet) -> None:
    top, bottom = '<p><a href="/tag/ramai">ramai</a></p>', '<div class="post-tags"><a href="#">bakau</a></div>'
    assert read(patterns, top=top, bottom=bottom).tags == ("bakau",)


def test_a_byline_in_a_box_inside_the_body_is_read_before_the_box_goes(patterns: PatternSet) -> None:
    box = '<div class="credit"><span>Reporter: Rahma Wulandari</span><br><span>Editor: Galih Prasojo</span></div>'
    article = read_html(f"<h1>{TITLE}</h1><div class='isi'>{FOUR}{box}</div>{TEASERS}", patterns).article
    assert (article.authors, article.editors) == (("Rahma Wulandari",), ("Galih Prasojo",))
    assert article.text == TEXT


def test_times_after_a_short_lead_are_not_those_of_the_article(patterns: PatternSet) -> None:
    aside = "<div><small>Minggu, 3 Maret 2024 08:00</small><h5>Ombak Tinggi</h5></div>" * 2
    html = f"<body><small>Senin, 4 Maret 2024 09:15</small><h1>{TITLE}</h1><div>{FOUR}</div>{aside}</body>"
    assert read_html(html, patterns).article.published == "2024-03-04T09:15:00"


def codes(patterns: PatternSet, head: str, top: str = "") -> list[str]:
    page = read_html(f"<head>{head}</head><body><h1>{TITLE}</h1>{top}<div>{FOUR}</div></body>", patterns)
    return [warning.code for warning in page.warnings]


def test_a_zone_that_nothing_visible_bears_out_is_told(patterns: PatternSet) -> None:
    head = ld(datePublished='"2024-03-04T02:15:00+00:00"')
    assert "zone-assumed" in codes(patterns, head)
    assert "zone-assumed" not in codes(patterns, head, "<p>4 Maret 2024 09:15 WIB</p>")


def test_a_date_of_years_ago_in_an_element_is_the_templates(patterns: PatternSet) -> None:
    head = ld(datePublished='"2024-03-04T09:15:00+07:00"')
    assert "published-conflict" not in codes(patterns, head, '<time datetime="2014-07-13">arsip</time>')
    assert "published-conflict" in codes(patterns, head, '<time datetime="2024-02-13">arsip</time>')

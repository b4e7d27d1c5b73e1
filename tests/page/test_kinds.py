"""Pages that are no articles."""

from __future__ import annotations

import pytest

from extractor import InputError
from extractor.page import read_html
from extractor.patterns import PatternSet
from extractor.record import PageType
from tests.page.test_html import FOUR, LEAD, NAV, TEASERS, TITLE, page, paragraphs

LINKS = "".join(f'<li><a href="/berita/{n}">Nelayan Tambakrejo Libur Melaut Pekan {n}</a></li>' for n in range(40))
ARTICLE = '{"@type": "NewsArticle", "headline": "x", "isAccessibleForFree": "False"}'
LOCKED = f'<script type="application/ld+json">{ARTICLE}</script>'

KINDS = [
    ("article", page(f"<div>{FOUR}</div>"), "https://wartanusa.com/b/panen-raya", PageType.ARTICLE),
    (
        "not found",
        "<title>404 - Halaman tidak ditemukan</title><h1>Oops</h1><p>Kembali ke beranda</p>",
        None,
        PageType.ERROR,
    ),
    (
        "not found, told in the text",
        "<title>Warta Nusa</title><p>Maaf, halaman yang Anda cari tidak ditemukan. Silakan kembali.</p>",
        None,
        PageType.ERROR,
    ),
    ("blocked", "<title>Just a moment...</title><p>Checking your browser before accessing.</p>", None, PageType.ERROR),
    ("front page", f"<title>Warta Nusa</title><ul>{LINKS}</ul>", "https://wartanusa.com/", PageType.INDEX),
    ("topic", f"<title>Topik bakau</title><ul>{LINKS}</ul>", "https://wartanusa.com/tag/bakau", PageType.INDEX),
    ("list without an address", f"<title>Indeks</title><ul>{LINKS}</ul>", None, PageType.INDEX),
    (
        "gallery",
        "<title>Foto: Bakau</title><h1>Foto: Bakau</h1><img src=a><p>Bakau.</p>",
        "https://wartanusa.com/foto/bakau",
        PageType.GALLERY,
    ),
    (
        "paywall by text",
        page(f"<div><p>{LEAD}</p><p>Artikel ini khusus untuk pelanggan.</p></div>"),
        None,
        PageType.PAYWALL,
    ),
    ("paywall by json-ld", page(f"<div><p>{LEAD}</p></div>", LOCKED), None, PageType.PAYWALL),
    ("nothing", "<html><head></head><body></body></html>", None, PageType.EMPTY),
    ("scripts alone", "<html><body><script>var a = 1;</script></body></html>", None, PageType.EMPTY),
]


@pytest.mark.parametrize(("html", "url", "kind"), [row[1:] for row in KINDS], ids=[row[0] for row in KINDS])
def test_kind(patterns: PatternSet, html: str, url: str | None, kind: PageType) -> None:
    page_read = read_html(html, patterns, url=url)
    assert page_read.article.page_type is kind
    told = "not-an-article" in [warning.code for warning in page_read.warnings]
    assert told is (kind is not PageType.ARTICLE)
    if kind not in (PageType.ARTICLE, PageType.PAYWALL):
        assert page_read.article.text == ""


def test_an_article_on_500_people_is_no_error_page(patterns: PatternSet) -> None:
    html = page(f"<div>{FOUR}</div>", title="404 Warga Tambakrejo Tanam Seribu Bakau")
    assert read_html(html, patterns).article.page_type is PageType.ARTICLE


def test_captions_are_the_text_of_a_gallery(patterns: PatternSet) -> None:
    captions = [
        f"Warga Tambakrejo menanam bakau di pesisir pada hari ke-{n}, dibantu pelajar dan nelayan." for n in range(1, 5)
    ]
    figures = "".join(f"<figure><img src=a><figcaption>{caption}</figcaption></figure>" for caption in captions)
    html = f"<body>{NAV}<h1>{TITLE}</h1><div>{figures}</div>{TEASERS}</body>"
    assert read_html(html, patterns, url="https://foto.wartanusa.com/bakau").article.text == "\n\n".join(captions)


def test_a_page_in_malay_is_named(patterns: PatternSet) -> None:
    lead = "Polis menahan lelaki itu kerana mencuri wang syarikat, kata pegawai mahkamah pada Khamis, ketika itu."
    page_read = read_html(
        page(f"<div>{paragraphs(lead, lead + ' Beliau berkata.', lead + ' Itu sahaja.')}</div>"), patterns
    )
    assert page_read.article.language == "ms"
    assert "not-indonesian" in [warning.code for warning in page_read.warnings]


@pytest.mark.parametrize(
    ("html", "code"),
    [
        ("", "empty-input"),
        (b"", "empty-input"),
        (b"\x89PNG\r\n" + bytes(100), "binary-input"),
        (b"<" * (17 << 20), "input-too-large"),
    ],
)
def test_input_that_is_refused(patterns: PatternSet, html: str | bytes, code: str) -> None:
    with pytest.raises(InputError) as error:
        read_html(html, patterns)
    assert error.value.code == code

"""Responses of HTTP as inputs: body, address and encoding, whichever library made them."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import httpx
import pytest
from scrapy.http import HtmlResponse
from web_poet import HttpResponse

from extractor import Extractor, InputError
from extractor.page.content import charset_of, content_of

HTML = (
    "<html><body><article><h1>Rapat Росс Digelar</h1>"
    "<p>Ketua KPU Kabupaten Blora, Rina Astuti, hadir di Росс.</p></article></body>"
)
BODY = HTML.encode("cp1251")
TITLE = "Rapat Росс Digelar"
TYPE = "text/html; charset=windows-1251"
URL = "https://berita.test/a"
MODIFIED = "Wed, 14 Feb 2024 10:00:00 GMT"

RESPONSES: list[tuple[str, Any]] = [
    (
        "httpx",
        httpx.Response(
            200,
            headers={"Content-Type": TYPE, "Last-Modified": MODIFIED},
            content=BODY,
            request=httpx.Request("GET", URL),
        ),
    ),
    ("scrapy", HtmlResponse(URL, body=BODY, headers={"Content-Type": TYPE, "Last-Modified": MODIFIED})),
    ("web-poet", HttpResponse(URL, body=BODY, headers={"Content-Type": TYPE, "Last-Modified": MODIFIED})),
    ("requests", SimpleNamespace(url=URL, content=BODY, headers={"content-type": TYPE}, status_code=200)),
]


@pytest.mark.parametrize(("library", "response"), RESPONSES, ids=[name for name, _ in RESPONSES])
def test_responses_bring_their_address_and_encoding(library: str, response: Any, extractor: Extractor) -> None:
    record = extractor.extract(response)
    assert (record.article.title, record.article.url) == (TITLE, URL)
    assert record.article.published is None, "Last-Modified is no time of publication"
    assert extractor.extract(response, url="https://lain.test/").article.url == "https://lain.test/"
    (again,) = extractor.extract_many([response])
    assert again == record


def test_bytes_and_headers(extractor: Extractor) -> None:
    assert extractor.extract(BODY, headers={"content-type": TYPE}).article.title == TITLE
    assert extractor.extract(BODY, headers={b"Content-Type": [TYPE.encode()]}).article.title == TITLE
    assert extractor.extract(BODY).article.title != TITLE


def test_a_packed_response_is_read_unpacked(extractor: Extractor) -> None:
    import gzip

    headers = {"Content-Type": TYPE, "Content-Encoding": "gzip"}
    response = httpx.Response(200, headers=headers, content=gzip.compress(BODY), request=httpx.Request("GET", URL))
    assert extractor.extract(response).article.title == TITLE


def test_an_empty_response_names_its_address(extractor: Extractor) -> None:
    (record,) = extractor.extract_many([httpx.Response(200, request=httpx.Request("GET", URL))])
    assert (record.article.url, [warning.code for warning in record.warnings]) == (URL, ["empty-input"])


def test_what_is_no_page_is_refused(extractor: Extractor) -> None:
    with pytest.raises(TypeError, match="give bytes or text"):
        extractor.extract(SimpleNamespace(content=5, url=URL, headers={}))
    with pytest.raises(InputError):
        extractor.extract(b"")
    assert content_of(5).html == 5  # type: ignore[comparison-overlap]


@pytest.mark.parametrize(
    ("value", "charset"),
    [
        ("text/html; charset=UTF-8", "UTF-8"),
        ('text/html;charset="iso-8859-1"', "iso-8859-1"),
        ("text/html; a=b; Charset = utf-8", "utf-8"),
        ("text/html", None),
        ("", None),
        (b"text/html; charset=utf-8", "utf-8"),
        ([], None),
    ],
)
def test_charsets(value: Any, charset: str | None) -> None:
    assert charset_of({"Content-TYPE": value}) == charset
    assert charset_of({"X": "y"}) is None
    assert charset_of(None) is None


def test_a_response_without_a_request_does_without_its_address(extractor: Extractor) -> None:
    record = extractor.extract(httpx.Response(200, content=b"<h1>Kafe Baru di Blora</h1><p>Kafe itu dibuka.</p>"))
    assert (record.article.url, record.article.title) == (None, "Kafe Baru di Blora")


def test_headers_may_be_pairs(extractor: Extractor) -> None:
    page = "<h1>Kafé Baru di Blora</h1><p>Kafé itu dibuka Rabu (14/2/2024).</p>".encode("latin-1")
    record = extractor.extract(page, headers=[("Content-Type", "text/html; charset=iso-8859-1")])
    assert record.article.title == "Kafé Baru di Blora"

"""Addresses of an article's pages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.page.pages import article_url, page_number_of, page_numbers
from extractor.page.tree import parse

OWN = "https://wartanusa.com/read/123/panen-raya"

SAME = [
    OWN,
    "http://www.wartanusa.com/read/123/panen-raya/",
    OWN + "?page=2",
    OWN + "?page=all",
    OWN + "?page=all#komentar",
    OWN + "?utm_source=x&fbclid=y",
    OWN + "/2",
    OWN + "/page/3/",
    OWN + "/amp",
    "https://m.wartanusa.com/read/123/panen-raya",
    "https://amp.wartanusa.com/read/123/panen-raya?page=2",
]


@pytest.mark.parametrize("url", SAME)
def test_forms_of_one_article_share_an_address(url: str) -> None:
    assert article_url(url) == OWN


OTHERS = [
    OWN + "-lagi",
    "https://wartanusa.com/read/124/panen-raya",
    OWN + "?id=2",
    "https://jogja.wartanusa.com/read/123/panen-raya",
]


@pytest.mark.parametrize("url", OTHERS)
def test_other_articles_do_not(url: str) -> None:
    assert article_url(url) != OWN


NUMBERS = [
    (OWN, None),
    (OWN + "?page=3", 3),
    (OWN + "?page=all", None),
    (OWN + "/2", 2),
    (OWN + "/page/4", 4),
    ("https://wartanusa.com/read/2024/03/04", None),
    ("https://wartanusa.com/12", None),
    (None, None),
    ("http://[", None),
]


@pytest.mark.parametrize(("url", "number"), NUMBERS)
def test_page_number(url: str | None, number: int | None) -> None:
    assert page_number_of(url) == number


def pager(*hrefs: str) -> str:
    links = "".join(f'<a href="{href}">x</a>' for href in hrefs)
    return f'<body><div class="paging">{links}</div></body>'


COUNTS = [
    (pager(OWN + "?page=2", OWN + "?page=3"), OWN, (1, 3)),
    (pager("?page=2"), OWN, (1, 2)),
    (pager("/read/123/panen-raya?page=2"), OWN + "?page=2", (2, 2)),
    (pager("https://wartanusa.com/read/999/lain-lagi?page=9"), OWN, (None, None)),
    (pager(), OWN, (None, None)),
    (pager(OWN + "?page=2"), OWN + "?page=all", (None, None)),
    (pager(OWN + "?page=2"), None, (None, None)),
]


@pytest.mark.parametrize(("html", "url", "expected"), COUNTS)
def test_number_and_count(html: str, url: str | None, expected: tuple[int | None, int | None]) -> None:
    assert page_numbers(parse(html), None, url) == expected


@given(st.text(st.characters(codec="ascii", categories=("L", "N")), min_size=1, max_size=12), st.integers(2, 30))
def test_a_page_parameter_never_changes_the_article(slug: str, number: int) -> None:
    url = f"https://wartanusa.com/read/{slug}-panen"
    assert article_url(f"{url}?page={number}") == article_url(url)
    assert page_number_of(f"{url}?page={number}") == number

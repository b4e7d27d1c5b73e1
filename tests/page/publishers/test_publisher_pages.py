"""Whole pages of our own, in the markup of each publisher: every field must come out exactly.

Beside `<id>.html` stands `<id>.json` with what a reader would write down; the sentences and people are invented.
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from extractor.page.html import read_html
from extractor.page.profiles import SiteProfile
from extractor.patterns import load_patterns
from extractor.record import Article

PAGES = sorted(Path(__file__).parent.glob("*.html"))
FIELDS = ("title", "published", "authors", "editors", "section", "tags", "dateline")
ADDRESSES = re.compile(r"<link[^>]{0,200}rel=['\"](?:canonical|amphtml)[^>]{0,300}>")
NOISE = ("baca juga", "advertisement", "gambas:", "google news", "whatsapp channel", "copyright")


def expected(page: Path) -> dict[str, Any]:
    """What a reader would write down of this page."""
    found: dict[str, Any] = json.loads(page.with_suffix(".json").read_text(encoding="utf-8"))
    return found


@cache
def article_of(page: Path) -> Article:
    """The page as it is read with its profile."""
    return read_html(page.read_bytes(), load_patterns(), url=expected(page)["url"]).article


def named(page: Path) -> str:
    """The page's name in a test report."""
    return page.stem


def test_every_profile_has_a_page() -> None:
    profiles = {profile.id for profile in load_patterns().documents("sites", SiteProfile)}
    pages = {page.stem.split("-")[0] for page in PAGES}
    assert pages == profiles


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_text_is_the_article_and_nothing_else(page: Path) -> None:
    article = article_of(page)
    assert article.text == expected(page)["text"]
    assert not [phrase for phrase in NOISE if phrase in article.text.lower()]


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_fields(page: Path) -> None:
    article, want = article_of(page), expected(page)
    got = {field: getattr(article, field) for field in FIELDS}
    got = {field: list(value) if isinstance(value, tuple) else value for field, value in got.items()}
    assert got == {field: want[field] for field in FIELDS}


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_profile_is_chosen(page: Path) -> None:
    profiles = {profile.id: profile for profile in load_patterns().documents("sites", SiteProfile)}
    profile = profiles[page.stem.split("-")[0]]
    if profile.publisher is not None:
        assert profile.knows(expected(page)["url"])


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_page_without_an_address_is_known_by_its_signs(page: Path) -> None:
    want = expected(page)
    source = ADDRESSES.sub("", page.read_text(encoding="utf-8")).replace(want["url"], "")
    article = read_html(source, load_patterns()).article
    assert article.text == want["text"]
    assert (article.title, article.published) == (want["title"], want["published"])
    assert list(article.authors) == want["authors"]

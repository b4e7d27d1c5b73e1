"""Articles that are split over several pages: which page this is, which address they share, how they are joined."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from selectolax.lexbor import LexborHTMLParser

_PAGE_PARAMETERS: Final = frozenset({"page", "halaman", "hal", "p", "pg"})
_TRACKING: Final = re.compile(
    r"^(?:utm_\w+|fbclid|gclid|ref|source|from|amp|outputtype|view|single|tab|mode|cmpid|dtmid|_ga|s|share)$"
)
_CAMPAIGN: Final = re.compile(r"^(?:utm_\w+|fbclid|gclid|dclid|msclkid|yclid|igshid|mc_[ce]id|_ga|_gl)$")
_PAGE_PATH: Final = re.compile(r"/(?:page/)?(?P<number>\d{1,2})/?$")
_AMP_PATH: Final = re.compile(r"/amp(?=/|$)")
_HAS_NUMBER: Final = re.compile(r"[=/]\d{1,2}(?:/?$|&|#)")
_MOST_PAGES: Final = 40
_MOST_LINKS: Final = 200


def article_url(url: str) -> str:
    """The address that all pages and forms of an article share: no page number, no AMP, no tracking, no fragment."""
    parts = urlsplit(url)
    query = [
        (key, value)
        for key, value in parse_qsl(parts.query, keep_blank_values=True)
        if key.lower() not in _PAGE_PARAMETERS and not _TRACKING.match(key.lower())
    ]
    host = (parts.netloc or "").lower().removeprefix("amp.").removeprefix("m.")
    path = _AMP_PATH.sub("", _without_page(parts.path)).rstrip("/")
    return urlunsplit(("https", host.removeprefix("www."), path, urlencode(query), ""))


def without_tracking(url: str) -> str:
    """The address without parameters that only tell which campaign a reader came by."""
    parts = urlsplit(url)
    query = parse_qsl(parts.query, keep_blank_values=True)
    kept = [(key, value) for key, value in query if not _CAMPAIGN.match(key.lower())]
    return url if len(kept) == len(query) else urlunsplit(parts._replace(query=urlencode(kept)))


def _without_page(path: str) -> str:
    """A path without a page number; a number is one only after a part that names an article."""
    match = _PAGE_PATH.search(path)
    if not match or not re.search(r"[a-z]-[a-z0-9]|/page/", path[: match.end("number")], re.IGNORECASE):
        return path
    return path[: match.start()]


def page_number_of(url: str | None) -> int | None:
    """The number of the page that an address names; None for the first page and for `?page=all`."""
    if not url:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    for key, value in parse_qsl(parts.query):
        if key.lower() in _PAGE_PARAMETERS and value.isdigit() and 1 <= int(value) <= _MOST_PAGES:
            return int(value)
    if _without_page(parts.path) != parts.path and (match := _PAGE_PATH.search(parts.path)):
        number = int(match["number"])
        return number if 1 <= number <= _MOST_PAGES else None
    return None


def page_numbers(tree: LexborHTMLParser, canonical: str | None, url: str | None) -> tuple[int | None, int | None]:
    """Number of this page and of all pages, as far as the address and the links to other pages tell.

    (None, None) for an article on one page. Links count only when they lead to other pages of the same article.
    """
    own = url or canonical
    number = page_number_of(url) or page_number_of(canonical)
    if not own:
        return number, None
    try:
        shared = article_url(canonical or own)
        linked = set(_linked_pages(tree, shared, own))
    except ValueError:
        return number, None
    count = max(linked | {number or 1})
    if count < 2 or "=all" in (url or ""):
        return number, None
    return number or 1, count


def page_links(tree: LexborHTMLParser, canonical: str | None, url: str) -> dict[int, str]:
    """The addresses of the other pages of an article by their numbers, as far as the page at `url` links to them."""
    try:
        return _linked_pages(tree, article_url(canonical or url), url)
    except ValueError:
        return {}


def _linked_pages(tree: LexborHTMLParser, shared: str, own: str) -> dict[int, str]:
    # Links to the same article have the last part of its path, or are a query alone.
    name = urlsplit(shared).path.rpartition("/")[2].replace("\\", "").replace('"', "")
    own_links = f'a[href*="{name}"], ' if name else ""
    found: dict[int, str] = {}
    for link in tree.css(f'{own_links}a[href^="?"], a[rel="next"], link[rel="next"]')[:_MOST_LINKS]:
        href = link.attributes.get("href") or ""
        if not _HAS_NUMBER.search(href):
            continue
        if href.startswith("?"):
            href = own.split("?")[0] + href
        elif href.startswith("/") and not href.startswith("//"):
            parts = urlsplit(own)
            href = f"{parts.scheme}://{parts.netloc}{href}"
        number = page_number_of(href) if href.startswith("http") else None
        if number and article_url(href) == shared:
            found.setdefault(number, href)
    return found

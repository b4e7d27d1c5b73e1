"""Tells articles from index pages, galleries, paywall stubs and error pages."""

from __future__ import annotations

from dataclasses import dataclass

from extractor.page.rules import PageRules
from extractor.page.structured import Structured
from extractor.record import PageType

SHORT = 250
_STUB = 1500
_INDEX_TYPES = frozenset({"CollectionPage", "SearchResultsPage", "ItemList"})
_GALLERY_TYPES = frozenset({"ImageGallery", "MediaGallery", "VideoObject"})


@dataclass(frozen=True, slots=True)
class Signs:
    """What is known of a page when its kind is told.

    Attributes:
        text: The cleaned body.
        visible: All visible text, or its beginning.
        title: The headline, or the text of `<title>`.
        url: Its address.
        links: Share of the visible text that stands in links.
    """

    text: str
    visible: str
    title: str
    url: str | None
    links: float


def page_type(signs: Signs, structured: Structured, rules: PageRules) -> PageType:
    """The kind of a page; an article needs a body, and a long body is an article whatever its address."""
    if not signs.visible.strip() and not signs.title:
        return PageType.EMPTY
    long = len(signs.text) >= SHORT
    kinds = _matched(signs, rules)
    if "error" in kinds and len(signs.text) < _STUB and not structured.articles:
        return PageType.ERROR
    locked = any(value.lower() in ("false", "0") for value in structured.json_ld("isAccessibleForFree"))
    if len(signs.text) < _STUB and ("paywall" in kinds or _locked(structured) or locked):
        return PageType.PAYWALL
    if "index" in kinds and not structured.articles:
        return PageType.INDEX
    if long:
        return PageType.ARTICLE
    if structured.types & _GALLERY_TYPES or "gallery" in kinds:
        return PageType.GALLERY if len(signs.text) < SHORT // 2 else PageType.ARTICLE
    if structured.articles or len(signs.text) >= SHORT // 3:
        return PageType.ARTICLE if signs.text else PageType.EMPTY
    if structured.types & _INDEX_TYPES or signs.links > 0.5:
        return PageType.INDEX
    return PageType.ARTICLE if len(signs.text) >= 60 else PageType.EMPTY


def _locked(structured: Structured) -> bool:
    return any(article.get("isAccessibleForFree") is False for article in structured.articles)


def _matched(signs: Signs, rules: PageRules) -> set[str]:
    places = {"title": signs.title, "text": signs.visible[:2000], "url": signs.url or ""}
    return {kind for kind, place, pattern in rules.kinds if places.get(place) and pattern.search(places[place])}

"""Tells articles from index pages, galleries, paywall stubs and error pages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from extractor.page.rules import PageRules
from extractor.page.structured import Structured
from extractor.record import PageType

SHORT: Final = 250
STUB: Final = 1500
_CAPTION: Final = 125
_NOTICE: Final = 60
_INDEX_TYPES: Final = frozenset({"CollectionPage", "SearchResultsPage", "ItemList"})
_GALLERY_TYPES: Final = frozenset({"ImageGallery", "MediaGallery", "VideoObject"})


@dataclass(frozen=True, slots=True)
class Signs:
    """What is known of a page when its kind is told.

    Attributes:
        text: The cleaned body.
        title: The headline, or the text of `<title>`.
        url: Its address.
        visible: Tells all visible text, or its beginning; only asked where there is little text.
        links: Tells the share of the visible text that stands in links; only asked where there is next to no text.
    """

    text: str
    title: str
    url: str | None
    visible: Callable[[], str]
    links: Callable[[], float]

    @property
    def short(self) -> bool:
        """Whether the text is too short to tell an article from the beginning of one."""
        return len(self.text) < STUB


def page_type(signs: Signs, structured: Structured, rules: PageRules) -> PageType:
    """The kind of a page; an article needs a body, and a long body is an article whatever its address."""
    if not signs.title and not signs.visible():
        return PageType.EMPTY
    kinds = _matched(signs, rules)
    length = len(signs.text)
    if length < STUB and "error" in kinds and not structured.articles:
        return PageType.ERROR
    if length < STUB and ("paywall" in kinds or _locked(structured)):
        return PageType.PAYWALL
    if "index" in kinds and not structured.articles:
        return PageType.INDEX
    return PageType.ARTICLE if length >= SHORT else _short_page(signs, structured, kinds)


def _short_page(signs: Signs, structured: Structured, kinds: set[str]) -> PageType:
    """The kind of a page with little text: a short notice, a gallery, a list of links, or nothing."""
    length = len(signs.text)
    gallery = bool(structured.types & _GALLERY_TYPES) or "gallery" in kinds
    if gallery and length < _CAPTION:
        return PageType.GALLERY
    if length >= _NOTICE or (structured.articles and length):
        return PageType.ARTICLE
    if not structured.articles and (structured.types & _INDEX_TYPES or signs.links() > 0.5):
        return PageType.INDEX
    return PageType.EMPTY


def _locked(structured: Structured) -> bool:
    """Whether JSON-LD says that the article is not free to read."""
    values = (article.get("isAccessibleForFree") for article in structured.articles)
    return any(value is False or str(value).lower() == "false" for value in values)


def _matched(signs: Signs, rules: PageRules) -> set[str]:
    places = {"url": signs.url or ""}
    if signs.short:
        places |= {"title": signs.title.lower(), "text": signs.visible()[:2000].lower()}
    return {kind for kind, place, pattern in rules.kinds if places.get(place) and pattern.search(places[place])}

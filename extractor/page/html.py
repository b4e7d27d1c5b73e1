"""An HTML page to an article."""

from __future__ import annotations

from extractor.page.page import Page
from extractor.patterns import PatternSet


def read_html(
    html: str | bytes, patterns: PatternSet, *, url: str | None = None, published: str | None = None
) -> Page:
    """Cleans an HTML page."""
    raise NotImplementedError

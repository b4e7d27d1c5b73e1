"""What the page room hands on."""

from __future__ import annotations

from dataclasses import dataclass, field

from extractor.record import Article, Warning


@dataclass(slots=True)
class Page:
    """A cleaned page: the article, and what was unusual about the page."""

    article: Article
    warnings: list[Warning] = field(default_factory=list)

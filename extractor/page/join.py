"""Joins the pages of one article."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from extractor.page.build import join_blocks
from extractor.page.page import Page
from extractor.page.pages import article_url, page_number_of
from extractor.record import Article, BlockKind, PageType, Warning


def join_pages(pages: Iterable[Page | Article]) -> Page:
    """Joins the pages of one article to one page.

    The order is that of the page numbers, not of the input. Headline, times and the like come from the first page,
    names and topics from all of them. A block that stands on an earlier page already (a repeated lead) is left out;
    a page that shows the whole article (`?page=all`) stands for all of them.

    Args:
        pages: Pages or their articles, in any order; all must share one address apart from page numbers.

    Returns:
        The joined page; `page_number` is None, `page_count` the number of pages. The warning "missing-pages" names
        the pages that were not given.

    Raises:
        ValueError: There is no page, or the pages belong to different articles.
    """
    given = [page if isinstance(page, Page) else Page(page) for page in pages]
    if not given:
        raise ValueError("join_pages needs at least one page")
    addresses = {article_url(url) for page in given if (url := page.article.canonical_url or page.article.url)}
    if len(addresses) > 1:
        raise ValueError(f"these pages belong to different articles: {', '.join(sorted(addresses))}")
    readable = [page for page in given if page.article.page_type is PageType.ARTICLE] or given
    ordered = sorted(readable, key=lambda page: _number(page.article))
    articles = [page.article for page in ordered]
    text, blocks = join_blocks(_blocks(articles))
    first = articles[0]
    count = max(len({_number(article) for article in articles}), *(article.page_count or 1 for article in articles))
    joined = first.model_copy(
        update={
            "text": text,
            "blocks": blocks,
            "page_number": None,
            "page_count": count,
            "tags": _union(article.tags for article in articles),
            "authors": _union(article.authors for article in articles),
            "editors": _union(article.editors for article in articles),
            "photographers": _union(article.photographers for article in articles),
            "modified": max(filter(None, (article.modified for article in articles)), default=None),
        }
    )
    warnings = list(dict.fromkeys(warning for page in ordered for warning in page.warnings))
    return Page(joined, warnings + _missing(articles, count))


def _number(article: Article) -> int:
    return article.page_number or page_number_of(article.url) or page_number_of(article.canonical_url) or 1


def _blocks(articles: Sequence[Article]) -> list[tuple[BlockKind, str]]:
    seen: set[str] = set()
    blocks: list[tuple[BlockKind, str]] = []
    for article in articles:
        own = [(block.kind, article.text[block.start : block.end]) for block in article.blocks]
        blocks += [(kind, text) for kind, text in own if text not in seen]
        seen.update(text for _, text in own)
    return blocks


def _union(groups: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for group in groups for name in group))


def _missing(articles: Sequence[Article], count: int) -> list[Warning]:
    whole = any("=all" in (article.url or "") for article in articles)
    missing = [] if whole else sorted(set(range(1, count + 1)) - {_number(article) for article in articles})
    if not missing:
        return []
    detail = f"Of {count} pages these were not given: {', '.join(map(str, missing))}."
    return [Warning(code="missing-pages", detail=detail)]

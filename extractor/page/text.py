"""Plain page text to an article."""

from __future__ import annotations

from extractor.errors import InputError
from extractor.page.page import Page
from extractor.patterns import PatternSet
from extractor.record import Article, Block, BlockKind, Warning


def read_text(
    text: str | bytes,
    patterns: PatternSet,
    *,
    title: str | None = None,
    url: str | None = None,
    published: str | None = None,
    publisher: str | None = None,
) -> Page:
    """Cleans plain text."""
    if isinstance(text, bytes):
        text = text.decode("utf-8", "replace")
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    blocks, body, position = [], [], 0
    for line in lines:
        blocks.append(Block(kind=BlockKind.PARAGRAPH, start=position, end=position + len(line)))
        body.append(line)
        position += len(line) + 2
    article = Article(
        title=title, url=url, published=published, publisher=publisher, text="\n\n".join(body), blocks=tuple(blocks)
    )
    return Page(article)

"""What became of one input: a record with the keys that duplicates are found by, or a failure."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from extractor.archive import Failure, Input
from extractor.batch.near import signature
from extractor.errors import InputError
from extractor.page.pages import article_url, page_number_of
from extractor.pipeline import Extractor
from extractor.record import Article, Record

NO_KEY = b"\0" * 16
WHOLE_ARTICLE = 255
"""Page number of `?page=all`."""


@dataclass(frozen=True, slots=True)
class Keys:
    """What two records are compared by.

    Attributes:
        same: Digest of address and text; `NO_KEY` where there is no text and no address.
        article: Digest of the address that all pages of an article share; `NO_KEY` without an address.
        page: Number of the page, 0 where the article is not known to be split.
        signature: MinHash of the text, empty for a text too short to tell.
        code: Codes of the record's warnings.
    """

    same: bytes
    article: bytes
    page: int
    signature: bytes
    codes: tuple[str, ...]


def record_of(extractor: Extractor, page: Input) -> Record:
    """The record of one input.

    Raises:
        InputError: The input is empty, binary or too large, or its publication time is not a date; the message
            begins with the input's source.
    """
    try:
        if page.markup:
            return extractor.extract(
                page.content, url=page.url, published=page.published, source=page.source, headers=page.headers
            )
        return extractor.extract_text(
            page.content,
            title=page.title,
            url=page.url,
            published=page.published,
            publisher=page.publisher,
            source=page.source,
        )
    except InputError as error:
        raise InputError(error.code, f"{page.source}: {error}") from None


def outcome_of(extractor: Extractor, page: Input) -> Record | Failure:
    """The record of one input, or why there is none; nothing that a page holds raises here."""
    try:
        return record_of(extractor, page)
    except InputError as error:
        return Failure(page.source, error.code, str(error), page.position)
    except MemoryError:
        sentence = f"{page.source}: the page needs more memory than a page may have; allow more with --page-memory"
        return Failure(page.source, "page-memory", sentence, page.position)
    except Exception as error:  # a fault of ours on one page must not cost the others
        sentence = f"{page.source}: Warta failed with {type(error).__name__}: {error}; please report it"
        return Failure(page.source, "internal-error", sentence, page.position)


def keys_of(record: Record) -> Keys:
    """What duplicates and pages of one article are found by."""
    article = record.article
    shared = shared_address(article)
    named = shared or (article.title if article.text else None)
    return Keys(
        same=_digest(f"{named}\0{article.text}") if named is not None or article.text else NO_KEY,
        article=_digest(shared) if shared else NO_KEY,
        page=_page_number(article),
        signature=signature(article.text),
        codes=tuple(sorted({warning.code for warning in record.warnings})),
    )


def shared_address(article: Article) -> str | None:
    """The address that all pages and forms of an article share."""
    url = article.canonical_url or article.url
    try:
        return article_url(url) if url else None
    except ValueError:
        return url


def _page_number(article: Article) -> int:
    if "=all" in (article.url or ""):
        return WHOLE_ARTICLE
    number = article.page_number or page_number_of(article.url) or page_number_of(article.canonical_url)
    return min(number or (1 if (article.page_count or 1) > 1 else 0), WHOLE_ARTICLE - 1)


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:16]

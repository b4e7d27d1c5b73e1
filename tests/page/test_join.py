"""Pages of one article, joined."""

from __future__ import annotations

import pytest

from extractor.page import Page, join_pages
from extractor.page.build import join_blocks
from extractor.record import Article, BlockKind, PageType, Warning

OWN = "https://wartanusa.com/read/123/panen-raya"


def page(number: int, *texts: str, count: int | None = None, **fields: object) -> Article:
    text, blocks = join_blocks((BlockKind.PARAGRAPH, text) for text in texts)
    values = {
        "url": f"{OWN}?page={number}",
        "page_number": number,
        "page_count": count,
        "title": "Panen Raya",
        **fields,
    }
    return Article.model_validate({"text": text, "blocks": blocks, **values})


def test_order_is_that_of_the_page_numbers() -> None:
    joined = join_pages([page(2, "Dua.", "Dua lagi."), page(1, "Satu.")]).article
    assert joined.text == "Satu.\n\nDua.\n\nDua lagi."
    assert [joined.text[block.start : block.end] for block in joined.blocks] == ["Satu.", "Dua.", "Dua lagi."]
    assert joined.page_count == 2
    assert joined.page_number is None


def test_a_repeated_lead_stands_once() -> None:
    assert join_pages([page(1, "Lead.", "Satu."), page(2, "Lead.", "Dua.")]).article.text == "Lead.\n\nSatu.\n\nDua."


def test_a_page_that_shows_all_stands_for_all() -> None:
    whole = page(1, "Satu.", "Dua.", url=f"{OWN}?page=all", page_number=None)
    joined = join_pages([whole, page(2, "Dua.", count=2)])
    assert joined.article.text == "Satu.\n\nDua."
    assert joined.warnings == []


def test_names_and_topics_are_united_and_the_first_page_leads() -> None:
    first = page(1, "Satu.", authors=("Rahma",), tags=("panen",), modified="2024-03-04")
    second = page(2, "Dua.", authors=("Budi", "Rahma"), tags=("padi",), modified="2024-03-05", title="Lain")
    joined = join_pages([second, first]).article
    assert joined.title == "Panen Raya"
    assert joined.authors == ("Rahma", "Budi")
    assert joined.tags == ("panen", "padi")
    assert joined.modified == "2024-03-05"


def test_missing_pages_are_named() -> None:
    joined = join_pages([page(1, "Satu.", count=4), page(3, "Tiga.", count=4)])
    assert [(warning.code, warning.detail[-5:-1]) for warning in joined.warnings] == [("missing-pages", "2, 4")]


def test_warnings_of_the_pages_are_kept_once() -> None:
    warning = Warning(code="charset-mismatch", detail="x")
    pages = [Page(page(number, f"{number}."), [warning]) for number in (1, 2)]
    assert join_pages(pages).warnings == [warning]


def test_an_error_page_among_them_is_left_out() -> None:
    broken = Article(url=f"{OWN}?page=2", page_number=2, page_type=PageType.ERROR)
    joined = join_pages([page(1, "Satu.", count=2), broken])
    assert joined.article.text == "Satu."
    assert [warning.code for warning in joined.warnings] == ["missing-pages"]


def test_other_articles_and_nothing_are_refused() -> None:
    with pytest.raises(ValueError, match="different articles"):
        join_pages([page(1, "Satu."), page(2, "Dua.", url="https://wartanusa.com/read/9/lain-lagi")])
    with pytest.raises(ValueError, match="at least one"):
        join_pages([])

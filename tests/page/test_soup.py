"""The body as a small soup: what the plain way reads is what `html.parser` reads."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup, Tag
from bs4.element import Comment
from hypothesis import example, given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from extractor.page.soup import BORDER, BREAK, LINK, LINK_END, slim, soup_of

TAGS = (
    "<p>,</p>,<p class='a &amp; b'>,<div id=x title='1 > 0'>,</div>,<ul><li>,</li></ul>,<h2>,</h2>,<hr>,<wbr>,"
    "<br class=c>,<b>,</b>,<a href='/x?a=1&b=2'>,</a>,<!-- kata -->,<!--a--b-->,<!--,-->,<xmp>,</xmp>,<textarea>,"
    "<noembed>,<rt>,<table><tr><td>,</table>,<o:p>,<math><mi>,<spacer>,</spacer>"
)
PARTS = [*TAGS.split(","), "Warga &amp; desa ", "&nbsp;", "&amp;nbsp;", "5 &lt; 6 ", "&", "<", ">", "\n", "  ", '"']


def source_of(html: str) -> str:
    body = LexborHTMLParser(f"<body>{html}</body>").body
    assert body is not None
    return body.html or ""


def parts_of(soup: BeautifulSoup) -> list[tuple[str, str]]:
    """The tags with their class names and the strings, in order."""
    parts = [each for each in soup.descendants if not isinstance(each, Comment)]
    return [(each.name, str(each.get("class"))) if isinstance(each, Tag) else ("", str(each)) for each in parts]


@example("<b><spacer><p>")
@given(st.lists(st.sampled_from(PARTS), max_size=14).map("".join))
def test_both_ways_give_the_same_soup(html: str) -> None:
    source = source_of(html)
    again = BeautifulSoup(slim(source, keep_classes=True), "html.parser", multi_valued_attributes=None)
    assert parts_of(soup_of(source, keep_classes=True)) == parts_of(again)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p style='a'>Satu<br>dua.</p>", f"{BORDER}Satu{BREAK}dua.{BORDER}"),
        ("<a href='/x'>Satu</a><i>dua</i>", f"{LINK}Satu{LINK_END}dua"),
        ("<table><tr><td><i>Satu</i></td></tr></table>", "Satu"),
    ],
)
def test_what_tells_no_block_from_another_becomes_a_sign(html: str, text: str) -> None:
    assert soup_of(source_of(html), keep_classes=False).get_text() == text


def test_paragraphs_with_classes_stay_where_these_matter() -> None:
    html = "<p class=a>Satu</p><p style=b>dua</p>"
    assert [tag.name for tag in soup_of(source_of(html), keep_classes=True).find_all(True)] == ["body", "p"]
    assert [tag.name for tag in soup_of(source_of(html), keep_classes=False).find_all(True)] == ["body"]

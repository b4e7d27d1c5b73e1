"""Broken and hostile pages: an article or a code, in bounded time and memory, never a crash."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor import InputError
from extractor.page import read_html
from extractor.page.tree import MAX_DEPTH, parse
from extractor.patterns import PatternSet
from tests.page.test_html import FOUR, TEXT, TITLE

SECONDS = 60


@contextmanager
def at_most(seconds: int) -> Iterator[None]:
    """Fails what runs away, by far more than what any page needs."""

    def stop(_signal: int, _frame: object) -> None:
        raise TimeoutError(f"longer than {seconds} s")

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


PARAGRAPH = "<p>Warga Tambakrejo menanam bakau di pesisir, kata Lurah Sutarno, Senin (4/3/2024).</p>"
HOSTILE = {
    "tables nested": "<table><tr><td>" * 10_000 + PARAGRAPH,
    "divs nested": "<div>" * 100_000 + PARAGRAPH,
    "divs nested and closed": "<div>" * 50_000 + PARAGRAPH + "</div>" * 50_000,
    "formatting nested": "<a><b><i><font>" * 5_000 + "<p>" * 3_000,
    "lists nested": "<ul><li>" * 30_000,
    "options": "<select><option>" * 20_000,
    "svg nested": "<svg><g>" * 30_000 + PARAGRAPH,
    "templates": "<template>" * 30_000 + PARAGRAPH,
    "attributes in one tag": "<p " + " ".join(f'a{n}="x"' for n in range(200_000)) + ">" + PARAGRAPH,
    "a long attribute": f'<p data-x="{"y" * 5_000_000}">' + PARAGRAPH,
    "a long class": f'<div class="{"share " * 50_000}">' + PARAGRAPH * 3,
    "scripts": "<script>" * 50_000 + PARAGRAPH,
    "script bombs": "<script>var a = '</scr' + 'ipt>';</script>" * 5_000 + PARAGRAPH,
    "comments": "<!--" * 200_000,
    "angle brackets": "<" * 500_000,
    "entities": "&#xFFFFFFFF;&nope;&#0;&" * 50_000 + PARAGRAPH,
    "json-ld nested": '<script type="application/ld+json">' + "[" * 500_000 + "</script>" + PARAGRAPH,
    "json-ld of objects": '<script type="application/ld+json">' + '{"author":' * 50_000 + "</script>" + PARAGRAPH,
    "metas": '<meta name="author" content="b">' * 50_000 + PARAGRAPH,
    "headings": f"<h1>{TITLE}</h1>" * 10_000 + PARAGRAPH,
    "a long title": "<title>" + "a - " * 100_000 + "</title>" + PARAGRAPH * 3,
    "links": "<a href='/x'>Warga menanam bakau, kata dia.</a> " * 20_000,
    "line breaks": "<p>" + "Warga menanam bakau. <br>" * 20_000,
    "white space": "<p>" + " \n" * 1_000_000 + PARAGRAPH,
    "one word": "<p>" + "a" * 2_000_000 + "</p>",
    "brackets": "<p>" + "(" * 100_000 + "</p><p>" + "a.b." * 50_000 + "</p>",
    "share bars": ("<p>" + "share " * 900 + "!</p>") * 30,
    "read also": "<p>Baca juga " + "video " * 100_000 + "</p>" + PARAGRAPH,
    "dates": f"<h1>{TITLE}</h1>" + "<p>1/2/2024 10:00</p>" * 5_000 + PARAGRAPH * 3,
    "rows": "<table>" + "<tr><td>Warga menanam, kata dia</td><td>12</td></tr>" * 10_000 + "</table>",
}


@pytest.mark.parametrize("html", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_pages_end(patterns: PatternSet, html: str) -> None:
    with at_most(SECONDS):
        article = read_html(html, patterns).article
    assert article.text == "\n\n".join(article.text[block.start : block.end] for block in article.blocks)


BROKEN = [
    ("nul bytes", FOUR.replace("warga", "wa\0rga").replace("<p>", "<p\0>", 1).replace("<p\0>", "<p>")),
    (
        "bad entities",
        FOUR.replace("warga", "warga&#0;").replace("seribu", "seribu&#x80;").replace("&#0;", "").replace("&#x80;", ""),
    ),
    ("stray ends", FOUR.replace("</p>", "</p></div></b></table></span>")),
    ("tags closed in the wrong order", FOUR.replace("warga", "<b><i>warga</b></i>")),
    ("quotes left open", FOUR + '<a href="x>lanjut</p>'),
    ("comment left open", FOUR + "<!-- <p>akhir</p>"),
    ("script left open", FOUR + "<script>var a = '<p>akhir</p>'"),
    ("doctype twice", "<!DOCTYPE html>" + FOUR),
    ("body twice", f"<body>{FOUR}</body><body class=x>"),
    ("html inside", f"<html><body>{FOUR}</body></html>"),
]


@pytest.mark.parametrize("body", [row[1] for row in BROKEN], ids=[row[0] for row in BROKEN])
def test_broken_html_gives_the_article(patterns: PatternSet, body: str) -> None:
    article = read_html(f"<title>{TITLE}</title><h1>{TITLE}</h1><div>{body}</div>", patterns).article
    assert article.text == TEXT
    assert article.title == TITLE


def test_depth_is_bounded_and_no_text_is_lost() -> None:
    tree = parse("<div>" * 20_000 + "Halo warga" + "</div>" * 20_000 + "<p>Selesai</p>")
    node, depth = tree.css_first("div"), 0
    while node is not None:
        node, depth = node.child, depth + 1
    assert depth <= MAX_DEPTH + 2
    assert tree.body is not None
    assert "Halo warga" in tree.body.text()
    assert "Selesai" in tree.body.text()


TAGS = [
    "p",
    "div",
    "table",
    "tr",
    "td",
    "b",
    "a",
    "ul",
    "li",
    "h1",
    "h2",
    "script",
    "article",
    "br",
    "figure",
    "form",
    "span",
]
PIECES = st.one_of(
    st.sampled_from([f"<{tag}>" for tag in TAGS] + [f"</{tag}>" for tag in TAGS]),
    st.sampled_from(["<p class='share'>", '<div id="isi">', "<!--", "-->", "<![CDATA[", "&nbsp;", "&#x0;", "\0", "<"]),
    st.sampled_from(
        ["Warga Tambakrejo menanam bakau di pesisir, kata Sutarno.", "Baca juga: Ombak", "Penulis: Rahma", "(*)"]
    ),
    st.text(max_size=20),
)


@settings(deadline=None, max_examples=150)
@given(st.lists(PIECES, max_size=60).map("".join))
def test_any_markup_gives_blocks_that_are_its_text(patterns: PatternSet, html: str) -> None:
    try:
        article = read_html(html, patterns).article
    except InputError:
        return
    assert article.text == "\n\n".join(article.text[block.start : block.end] for block in article.blocks)
    assert "\0" not in article.text


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 4000), st.integers(0, 40))
def test_a_page_cut_anywhere_is_read(patterns: PatternSet, start: int, length: int) -> None:
    html = f"<html><head><title>{TITLE}</title></head><body><h1>{TITLE}</h1><div>{FOUR}</div></body></html>"
    damaged = html[: start % len(html)] + html[start % len(html) + length :]
    article = read_html(damaged or "x", patterns).article
    assert len(article.text) <= len(html)

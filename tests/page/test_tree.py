"""The fast parser's tree: selectors are answered as the parser answers them."""

from __future__ import annotations

import pytest

from extractor.page.tree import parse, select, select_first

PAGE = """<!doctype html><body class="tag"><p class=tag>a</p><div class="tag list">
<div class=tag><a id=1 class=tag>b</a></div><a id=2>c</a>
<ul id=bread-crumb><li><a id=3>d</a><li class=tag><a id=4>e</a></ul></div>
<div class="tag"><a id=5>f</a></div><a id=6>g</a>"""


@pytest.mark.parametrize(
    "selector",
    [
        ".tag a",
        "div.tag a",
        ".tag .tag a",
        ".tag .tag",
        "div .tag",
        "div a.tag",
        "ul li:last-child a",
        "li a:first-child",
        '[id*="crumb"] a',
        ".list > a",
        ".list, li",
        ".none a",
        "a",
        "div li + li a",
    ],
)
def test_selectors_find_what_the_parser_finds(selector: str) -> None:
    tree = parse(PAGE)
    found = [node.mem_id for node in tree.css(selector)]
    assert [node.mem_id for node in select(tree, selector)] == list(dict.fromkeys(found))
    first = select_first(tree, selector)
    assert (first.mem_id if first else None) == next(iter(found), None)

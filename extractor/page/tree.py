"""The fast parser: HTML to selectolax's tree, guarded against pages that are built to stall a parser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

MAX_DEPTH: Final = 400
_LONG: Final = 4_000
_WINDOW: Final = _LONG // 2
_MANY_TAGS: Final = 20_000
_UNBALANCED: Final = 3_000
_LONG_TAG: Final = re.compile(rb"<([a-zA-Z][\w:-]{0,40})([^>]{4000,})")
_TAG: Final = re.compile(rb"<(/?)([a-zA-Z][\w:-]{0,40})[^>]{0,8000}>")
_VOID: Final = frozenset(b"area base br col embed hr img input link meta param source track wbr".split())
NOT_CONTENT: Final = (
    "script, style, noscript, template, iframe, object, svg, canvas, select, button, textarea, map, dialog"
)
_STEP: Final = r'(?:[\w.#-]|\[[a-z]+[*^$~]?="[\w-]+"\])+(?::[a-z]+-child(?:\(\d\))?)?'
_DESCENDANT: Final = re.compile(rf"({_STEP}(?: {_STEP})*) ({_STEP})")
_INVISIBLE: Final = re.compile("[\x00-\x08\x0e-\x1f\x7f\u200b-\u200f\u2028-\u202e\u2060\ufeff\u00ad]")
_LARGE_BLOCK: Final = 16 * 1024 * 1024

# Once a block of this size was freed, glibc keeps a tree's memory for the next page (mallopt(3), "dynamic mmap
# threshold"); before, it gives it back to the system and takes 100 to 200 page faults a page to get it again.
bytearray(_LARGE_BLOCK)


def parse(html: str | bytes) -> LexborHTMLParser:
    """Parses a page in time linear in its length; overlong tags lose attributes, overdeep ones their tags.

    Args:
        html: The page, as text or in UTF-8.
    """
    source = _without_long_tags(html.encode("utf-8", "ignore") if isinstance(html, str) else html)
    opens = source.count(b"<")
    if opens > _MANY_TAGS or (opens > _UNBALANCED and opens - 2 * source.count(b"</") > _UNBALANCED):
        source = _flattened(source)
    return LexborHTMLParser(source)


def strip_scripts(tree: LexborHTMLParser) -> None:
    """Drops what is never text: scripts, styles, forms' controls, embedded objects."""
    for node in tree.css(NOT_CONTENT):
        node.decompose()


def _without_long_tags(html: bytes) -> bytes:
    """Shortens overlong tags; they show as stretches without a ">"."""
    pieces: list[bytes] = []
    done = start = 0
    while start < len(html) - _WINDOW:
        if html.find(b">", start, start + _WINDOW) >= 0:
            start += _WINDOW
            continue
        first = max(done, html.rfind(b">", done, start) + 1)
        end = html.find(b">", start)
        end = len(html) if end < 0 else end
        if end - first > _LONG:
            pieces += [html[done:first], _LONG_TAG.sub(_shortened, html[first:end])]
            done = end
        start = end + 1
    return b"".join([*pieces, html[done:]]) if pieces else html


def _shortened(match: re.Match[bytes]) -> bytes:
    """A tag without its attributes if it has hundreds (the parser's time grows with their square)."""
    crowded = match[2].count(b"=") > 300 or match[2].count(b" ") > 1000
    return b"<" + match[1] if crowded else match[0]


def _flattened(html: bytes) -> bytes:
    """Drops the tags below `MAX_DEPTH` open ones (the parser's time grows with the square of the depth)."""
    pieces: list[bytes] = []
    depth, skipped, position = 0, 0, 0
    for match in _TAG.finditer(html):
        if match[2].lower() in _VOID or match[0].endswith(b"/>"):
            continue
        drop = False
        if not match[1]:
            drop = depth >= MAX_DEPTH
            skipped, depth = (skipped + 1, depth) if drop else (skipped, depth + 1)
        elif skipped:
            skipped, drop = skipped - 1, True
        else:
            depth = max(0, depth - 1)
        if drop:
            pieces.append(html[position : match.start()])
            position = match.end()
    pieces.append(html[position:])
    return b" ".join(pieces)


def select(tree: LexborHTMLParser | LexborNode, selector: str) -> list[LexborNode]:
    """What `tree.css(selector)` finds.

    For "box link" the parser climbs from every link to look for a box; here the boxes are found first and then the
    links below them, which takes a third of the time.
    """
    steps = _steps(selector)
    if steps is None:
        return tree.css(selector)
    found: list[LexborNode] = []
    for box in outermost(tree.css(steps[0])):
        own = box.mem_id
        found += [node for node in box.css(steps[1]) if node.mem_id != own]
    return found


def select_first(tree: LexborHTMLParser | LexborNode, selector: str) -> LexborNode | None:
    """The first of what `select` finds."""
    if _steps(selector) is None:
        return tree.css_first(selector)
    return next(iter(select(tree, selector)), None)


@lru_cache(maxsize=1024)
def _steps(selector: str) -> tuple[str, str] | None:
    """A selector without its last step, and that step; None where they are not simply one below the other."""
    match = _DESCENDANT.fullmatch(selector)
    return (match[1], match[2]) if match else None


def outermost(nodes: list[LexborNode]) -> list[LexborNode]:
    """The nodes that lie in no other of them."""
    if len(nodes) < 2:
        return nodes
    ids = {node.mem_id for node in nodes}
    return [node for node in nodes if not any(above.mem_id in ids for above in ancestors(node))]


def clean_text(text: str) -> str:
    """One line of text: white space runs become one space, control and invisible characters go."""
    line = " ".join(text.split())
    return line if line.isprintable() else " ".join(_INVISIBLE.sub("", line).split())


def node_text(node: LexborNode) -> str:
    """The text of a node and all below it, as one clean line."""
    return clean_text(node.text(separator=" ") if node.child else "")


def ancestors(node: LexborNode) -> Iterator[LexborNode]:
    """The elements around a node, innermost first, up to and without `<html>`."""
    parent = node.parent
    while parent is not None and parent.tag not in ("html", "-document", "-undef"):
        yield parent
        parent = parent.parent


def class_words(node: LexborNode) -> list[str]:
    """The words in a node's class names and id, in lower case: "articleBody" is "article", "body"."""
    attributes = node.attributes
    joined = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
    return [word.lower() for word in _WORD.findall(joined[:400])]


_WORD: Final = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")

"""Cleans the body's element: BeautifulSoup takes it apart into blocks of text.

Only this element is handed to BeautifulSoup, which builds 40 to 70 pages a second; the fast parser has found it and
dropped scripts, pictures and boxes before.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from bs4 import Tag
from bs4.element import NavigableString
from selectolax.lexbor import LexborNode

from extractor.page.blocks import RawBlock
from extractor.page.rules import PageRules
from extractor.page.soup import BOLD, BOLD_END, BORDER, BREAK, LINK, LINK_END, MARKS, soup_of
from extractor.page.tree import class_words, clean_text
from extractor.record import BlockKind

MAX_BODY: Final = 2_000_000
_DROPPED: Final = frozenset(
    {
        "figure",
        "figcaption",
        "aside",
        "nav",
        "form",
        "iframe",
        "audio",
        "video",
        "picture",
        "img",
        "input",
        "ins",
        "embed",
        "footer",
        "label",
        "amp-ad",
    }
)
_PRUNABLE: Final = ", ".join(("[class]", "[id]", *sorted(_DROPPED)))
_BLOCKS: Final = frozenset(
    {
        "p",
        "div",
        "section",
        "article",
        "main",
        "li",
        "ul",
        "ol",
        "dl",
        "dd",
        "dt",
        "table",
        "tbody",
        "thead",
        "tr",
        "td",
        "th",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "blockquote",
        "pre",
        "center",
        "header",
        "address",
        "hr",
        "details",
        "summary",
        "body",
        "html",
        "fieldset",
    }
)
_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_TURNS: Final = re.compile(f"([{LINK}-{BOLD_END}])")
_TURN_SIGNS: Final = frozenset({LINK, LINK_END, BOLD, BOLD_END})
_SENTENCE_END: Final = re.compile(r"[.!?…:;][\"”’')\]]{0,2}$")
_ITEM: Final = re.compile(r"(?:\d{1,3}[.)]|[a-zA-Z][.)]|[-–—•*·▪●])\s|[\"“]|[A-Z0-9]")
_RUNNING_TEXT: Final = frozenset(
    {"a", "b", "strong", "em", "i", "u", "mark", "font", "small", "sup", "sub", "abbr", "cite", "q", "code"}
)
_SHORT_HEADING: Final = 120
_SHORT_BOX: Final = 250
_SHORT_LINE: Final = 60


@dataclass(slots=True)
class _Open:
    """An element that is being read."""

    tag: Tag
    children: Iterator[object]
    block: bool
    end: str = ""


@dataclass(slots=True)
class _Buffer:
    """Text since the last border of a block; how much of it stands in links and in bold, of which `links` are open."""

    pieces: list[str] = field(default_factory=list)
    linked: int = 0
    bold: int = 0
    links: int = 0
    bolds: int = 0

    def append(self, text: str) -> None:
        """Adds text, and the signs in it."""
        if not text:
            return
        for piece in _TURNS.split(text):
            if piece in _TURN_SIGNS:
                self.turn(piece)
                continue
            self.pieces.append(piece.replace("\n", " ").replace(BREAK, "\n"))
            if self.links or self.bolds:
                visible = len(piece.strip())
                self.linked += visible if self.links else 0
                self.bold += visible if self.bolds else 0

    def turn(self, sign: str) -> None:
        """Opens or ends a link or a bold element."""
        self.links += (sign == LINK) - (sign == LINK_END)
        self.bolds += (sign == BOLD) - (sign == BOLD_END)

    def take(self) -> tuple[str, int, int]:
        """Its text, linked and bold characters; the buffer is empty afterwards."""
        text, linked, bold = "".join(self.pieces), self.linked, self.bold
        self.pieces.clear()
        self.linked = self.bold = 0
        return text, linked, bold


def prune(root: LexborNode, rules: PageRules, keep: frozenset[int] = frozenset()) -> None:
    """Drops pictures, forms and boxes that are no part of the text.

    A box is dropped by the words in its class names when it holds less than a third of the text.
    """
    total = max(1, len(root.text()))
    own = root.mem_id
    for node in root.css(_PRUNABLE):
        at = node.mem_id
        if at == own or at in keep or node.parent is None:  # the last: it went with an element around it
            continue
        if node.tag in _DROPPED or _is_box(node, rules, total):
            node.decompose()


def _is_box(node: LexborNode, rules: PageRules, total: int) -> bool:
    if node.tag in _RUNNING_TEXT:
        return False
    words = class_words(node)
    pairs = (f"{first} {second}" for first, second in pairwise(words))
    named = rules.noise_words.intersection((*words, *pairs)) if words else ()
    if not named:
        return False
    length = len(node.text())
    if length * 3 >= total or (node.tag in _HEADINGS and node.css_first("a") is None):
        return False
    return length < _SHORT_BOX or not rules.strong_noise_words.isdisjoint(named) or not _is_prose(node, length)


def _is_prose(node: LexborNode, length: int) -> bool:
    """Whether a box holds sentences rather than links: a part of the body, whatever its class names say."""
    linked = sum(len(link.text()) for link in node.css("a"))
    return linked < 0.3 * length and len(node.css("p, br")) >= 2


def read_blocks(nodes: Iterable[LexborNode], subheads: frozenset[str] = frozenset()) -> list[RawBlock]:
    """Takes elements apart into blocks.

    Args:
        nodes: The pruned elements of the body.
        subheads: Class names of paragraphs that are subheads on this site.
    """
    blocks: list[RawBlock] = []
    for node in nodes:
        source = node.html or ""
        if len(source) > MAX_BODY:
            lines = node.text(separator="\n")[:MAX_BODY].split("\n")
            blocks.extend(RawBlock(BlockKind.PARAGRAPH, text) for text in map(clean_text, lines) if text)
        else:
            _walk(soup_of(source, keep_classes=bool(subheads)), subheads, blocks)
    return blocks


def _walk(root: Tag, subheads: frozenset[str], blocks: list[RawBlock]) -> None:
    """Reads an element in document order, without recursion, and adds its blocks."""
    buffer = _Buffer()
    stack = [_Open(root, iter(root.children), block=True)]
    while stack:
        top = stack[-1]
        child = next(top.children, None)
        if child is None:
            stack.pop()
            buffer.turn(top.end)
            if top.block:
                _flush(buffer, _kind(top.tag, stack, subheads), blocks)
        elif isinstance(child, Tag):
            if child.name == "br":
                buffer.pieces.append("\n")
            elif child.name == "table" and (rows := _rows(child)):
                _flush(buffer, _kind(top.tag, stack, subheads), blocks)
                blocks += rows
            else:
                if child.name in _BLOCKS:
                    _flush(buffer, _kind(top.tag, stack, subheads), blocks)
                begin, end = MARKS.get(child.name, ("", ""))
                buffer.turn(begin)
                stack.append(_Open(child, iter(child.children), child.name in _BLOCKS, end))
        elif type(child) is NavigableString:
            first, *others = str(child).split(BORDER)
            buffer.append(first)
            kind = _kind(top.tag, stack, subheads) if others else BlockKind.PARAGRAPH
            for text in others:
                _flush(buffer, kind, blocks)
                buffer.append(text)


def _kind(tag: Tag, stack: list[_Open], subheads: frozenset[str]) -> BlockKind:
    for name in (tag.name, *(entry.tag.name for entry in reversed(stack[-3:]))):
        if name in _HEADINGS:
            return BlockKind.SUBHEAD
        if name == "li":
            return BlockKind.LIST_ITEM
    if subheads and subheads.intersection(str(tag.get("class") or "").split()):
        return BlockKind.SUBHEAD
    return BlockKind.PARAGRAPH


def _flush(buffer: _Buffer, kind: BlockKind, blocks: list[RawBlock]) -> None:
    """Adds the blocks in the buffer: text between two line breaks, or after one where a sentence ended."""
    if not buffer.pieces:
        return
    text, linked, bold = buffer.take()
    if not text or text.isspace():
        return
    parts = _lines(text) if "\n" in text else [line for line in (clean_text(text),) if line]
    total = sum(len(part) for part in parts)
    for part in parts:
        share = len(part) / total if total else 0.0
        all_bold = bold >= 0.95 * total
        own = kind
        if (
            kind is BlockKind.PARAGRAPH
            and all_bold
            and len(part) <= _SHORT_HEADING
            and not part.endswith((".", "”", '"', ":"))
        ):
            own = BlockKind.SUBHEAD
        blocks.append(RawBlock(own, part, round(linked * share), all_bold))


def _lines(text: str) -> list[str]:
    """A text split at empty lines, and at line breaks that end a sentence, a heading or an item."""
    groups: list[list[str]] = []
    fresh = True
    for line in map(clean_text, text.split("\n")):
        if not line:
            fresh = True
            continue
        if fresh or (_ends_line(groups[-1]) and _ITEM.match(line)):
            groups.append([line])
        else:
            groups[-1].append(line)
        fresh = False
    return [" ".join(group) for group in groups]


def _ends_line(group: list[str]) -> bool:
    """Whether what stands before a line break is a sentence, or short enough for a heading or an item."""
    short = len(group) == 1 and len(group[0]) <= _SHORT_LINE
    return short or bool(_SENTENCE_END.search(group[-1], max(0, len(group[-1]) - 4)))


def _rows(table: Tag) -> list[RawBlock]:
    """The rows of a table of data, cells joined by " | "; [] for a table that only lays out the page."""
    if table.find("table") or table.find(["p", "div", "ul"]):
        return []
    rows: list[RawBlock] = []
    for row in table.find_all("tr", limit=2000):
        cells = [clean_text(cell.get_text(" ")) for cell in row.find_all(["td", "th"], limit=60)]
        text = " | ".join(cell for cell in cells if cell)
        if any(len(cell) > 400 for cell in cells):
            return []
        if text:
            rows.append(
                RawBlock(BlockKind.TABLE_ROW, text, sum(len(a.get_text()) for a in row.find_all("a", limit=60)))
            )
    return rows if len(rows) > 1 else []

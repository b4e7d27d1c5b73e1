"""Cleans the body's element: BeautifulSoup takes it apart into blocks of text.

Only this element is handed to BeautifulSoup, which builds 40 to 70 pages a second; the fast parser has found it and
dropped scripts, pictures and boxes before.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString
from selectolax.lexbor import LexborNode

from extractor.page.rules import PageRules
from extractor.page.tree import class_words, clean_text
from extractor.record import BlockKind

MAX_BODY = 2_000_000
_DROPPED = frozenset(
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
_PRUNABLE = ", ".join(("[class]", "[id]", *sorted(_DROPPED)))
_BLOCKS = frozenset(
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
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_TAG = re.compile(r"<[a-z][^\s<>]{0,40}\s[^<>]{1,4000}>")
_LINK, _LINK_END, _BOLD, _BOLD_END, _BORDER, _BREAK = "\x11\x12\x13\x14\x1d\x1e"
_SIGNS = re.compile("[\x11-\x14\x1d\x1e]")
_TURNS = re.compile("([\x11-\x14])")
_MARKS = {"a": (_LINK, _LINK_END), "b": (_BOLD, _BOLD_END), "strong": (_BOLD, _BOLD_END)}
_TURN_SIGNS = frozenset({_LINK, _LINK_END, _BOLD, _BOLD_END})
_LINE_BREAK = re.compile(r"<br(?:\s[^<>]{0,400})?/?>")
_SLANTED = re.compile(r"</?(?:span|font|em|i|u|small|mark)(?:\s[^<>]{0,4000})?>")
_MARKED = re.compile(r"<(/?)(a|b|strong)(?:\s[^<>]{0,4000})?>")
_PARAGRAPH = re.compile(r"<p(?:\s[^<>]{0,4000})?>([^<]*)</p>")
_PLAIN_PARAGRAPH = re.compile(r"<p>([^<]*)</p>")
_ATTRIBUTES = re.compile(r'\s(?!class=|id=|href=)[a-zA-Z_:][\w:.-]{0,80}="[^"]*"')
_SENTENCE_END = re.compile(r"[.!?…:;][\"”’')\]]{0,2}$")
_ITEM = re.compile(r"(?:\d{1,3}[.)]|[a-zA-Z][.)]|[-–—•*·▪●])\s|[\"“]|[A-Z0-9]")
_RUNNING_TEXT = frozenset(
    {"a", "b", "strong", "em", "i", "u", "mark", "font", "small", "sup", "sub", "abbr", "cite", "q", "code"}
)
_SHORT_HEADING = 120
_SHORT_BOX = 250
_SHORT_LINE = 60


@dataclass(slots=True)
class RawBlock:
    """A block of text before boilerplate is cut.

    Attributes:
        kind: What kind of block it is.
        text: Its text, one clean line.
        linked: Characters of it that stand in links.
        bold: Whether all of it is bold.
    """

    kind: BlockKind
    text: str
    linked: int = 0
    bold: bool = False


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
        for piece in _TURNS.split(text):
            if piece in _TURN_SIGNS:
                self.turn(piece)
                continue
            self.pieces.append(piece.replace("\n", " ").replace(_BREAK, "\n"))
            if self.links or self.bolds:
                visible = len(piece.strip())
                self.linked += visible if self.links else 0
                self.bold += visible if self.bolds else 0

    def turn(self, sign: str) -> None:
        """Opens or ends a link or a bold element."""
        self.links += (sign == _LINK) - (sign == _LINK_END)
        self.bolds += (sign == _BOLD) - (sign == _BOLD_END)

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
        source = _slim(node.html or "", keep_classes=bool(subheads))
        if len(source) > MAX_BODY:
            lines = node.text(separator="\n")[:MAX_BODY].split("\n")
            blocks.extend(RawBlock(BlockKind.PARAGRAPH, text) for text in map(clean_text, lines) if text)
        else:
            blocks.extend(_walk(_soup(source), subheads))
    return blocks


def _slim(source: str, *, keep_classes: bool) -> str:
    """An element's source with less for the slow parser to do.

    Attributes that nothing here asks for go, and tags that mark no more than slanted or coloured words; a line break
    becomes a sign, as do the ends of links and bold words, and a paragraph without tags inside its text between two
    borders, except where its class may matter, and where it tells a table of layout from one of data.
    """
    source = _TAG.sub(_without_attributes, _SIGNS.sub(" ", source))
    if "<table" in source:
        return source
    source = _LINE_BREAK.sub(_BREAK, _SLANTED.sub("", source))
    source = _MARKED.sub(_mark, source)
    leaf = _PLAIN_PARAGRAPH if keep_classes else _PARAGRAPH
    return leaf.sub(rf"{_BORDER}\1{_BORDER}", source)


def _mark(tag: re.Match[str]) -> str:
    """The sign for a tag that begins or ends a link or bold words."""
    return _MARKS[tag[2]][bool(tag[1])]


def _without_attributes(tag: re.Match[str]) -> str:
    """A tag without the attributes that nothing here asks for: they cost the slow parser time."""
    return _ATTRIBUTES.sub("", tag[0])


def _soup(source: str) -> BeautifulSoup:
    """A soup without line numbers and lists of class names, which cost time and are not used."""
    return BeautifulSoup(source, "html.parser", store_line_numbers=False, multi_valued_attributes=None)


def _walk(root: Tag, subheads: frozenset[str]) -> Iterator[RawBlock]:
    """Reads an element in document order, without recursion."""
    buffer = _Buffer()
    stack = [_Open(root, iter(root.children), block=True)]
    while stack:
        top = stack[-1]
        child = next(top.children, None)
        if child is None:
            stack.pop()
            buffer.turn(top.end)
            if top.block:
                yield from _flush(buffer, _kind(top.tag, stack, subheads))
        elif isinstance(child, Tag):
            if child.name == "br":
                buffer.pieces.append("\n")
            elif child.name == "table" and (rows := _rows(child)):
                yield from _flush(buffer, _kind(top.tag, stack, subheads))
                yield from rows
            else:
                if child.name in _BLOCKS:
                    yield from _flush(buffer, _kind(top.tag, stack, subheads))
                begin, end = _MARKS.get(child.name, ("", ""))
                buffer.turn(begin)
                stack.append(_Open(child, iter(child.children), child.name in _BLOCKS, end))
        elif type(child) is NavigableString:
            for border, text in enumerate(str(child).split(_BORDER)):
                if border:
                    yield from _flush(buffer, _kind(top.tag, stack, subheads))
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


def _flush(buffer: _Buffer, kind: BlockKind) -> Iterator[RawBlock]:
    """The blocks in the buffer: text between two line breaks, or after one where a sentence ended."""
    text, linked, bold = buffer.take()
    if not text.strip():
        return
    parts = _lines(text)
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
        yield RawBlock(own, part, round(linked * share), all_bold)


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

"""The body's element as a small soup: what tells no block from another becomes signs in the text.

Attributes are kept only as far as they are asked for. The fast parser writes its elements in one plain form
(HTML Standard, section 13.3), which is read here; sources of another form go through `html.parser`.
"""

from __future__ import annotations

import re
from typing import Final

from bs4 import BeautifulSoup
from bs4.builder import HTMLTreeBuilder

LINK, LINK_END, BOLD, BOLD_END, BORDER, BREAK = "\x11\x12\x13\x14\x1d\x1e"
MARKS: Final = {"a": (LINK, LINK_END), "b": (BOLD, BOLD_END), "strong": (BOLD, BOLD_END)}
_SIGNS: Final = (LINK, LINK_END, BOLD, BOLD_END, BORDER, BREAK)
_LINE_BREAK: Final = re.compile(r"<br(?:\s[^<>]{0,400})?/?>")
_SLANTED: Final = re.compile(r"</?(?:span|font|em|i|u|small|mark)(?:\s[^<>]{0,4000})?>")
_MARKED: Final = re.compile(r"<(/?)(a|b|strong)(?:\s[^<>]{0,4000})?>")
_PARAGRAPH: Final = re.compile(r"<p(?:\s[^<>]{0,4000})?>([^<]*)</p>")
_PLAIN_PARAGRAPH: Final = re.compile(r"<p(?:\s(?![^<>]{0,4000}class=)[^<>]{0,4000})?>([^<]*)</p>")
_TAG: Final = re.compile(r'<(/?)([a-z][a-z0-9:-]{0,40})((?: [^\s"<>=]+="[^"]*")*)>|<!--[^-]*(?:-[^-]+)*-->')
_CLASS: Final = re.compile(r' class="([^"]*)"')
_GROUPS: Final = 4
_RAW_TEXT: Final = frozenset(
    {"iframe", "noembed", "noframes", "noscript", "plaintext", "script", "style", "textarea", "title", "xmp"}
)


def soup_of(source: str, *, keep_classes: bool) -> BeautifulSoup:
    """The soup of an element.

    Args:
        source: The element as the fast parser writes it.
        keep_classes: Whether class names of paragraphs matter.
    """
    source = slim(source, keep_classes=keep_classes)
    pieces = _TAG.split(source)
    if "<" not in "".join(pieces[::_GROUPS]) and _RAW_TEXT.isdisjoint(pieces[2::_GROUPS]):
        return BeautifulSoup(source, builder=_PlainBuilder(pieces))
    return BeautifulSoup(source, "html.parser", store_line_numbers=False, multi_valued_attributes=None)


def slim(source: str, *, keep_classes: bool) -> str:
    """An element's source with less for the soup to hold.

    Tags go that mark no more than slanted or coloured words; a line break becomes a sign, as do the ends of links and
    bold words, and a paragraph without tags inside its text between two borders, except where its class may matter,
    and where it tells a table of layout from one of data.
    """
    for sign in _SIGNS:
        source = source.replace(sign, " ")
    if "<table" in source:
        return source
    source = _SLANTED.sub("", source.replace("<br>", BREAK))
    if "<br" in source:
        source = _LINE_BREAK.sub(BREAK, source)
    for tag, (begin, end) in MARKS.items():
        source = source.replace(f"<{tag}>", begin).replace(f"</{tag}>", end)
    source = _MARKED.sub(_mark, source)
    leaf = _PLAIN_PARAGRAPH if keep_classes else _PARAGRAPH
    return BORDER.join(leaf.split(source))


def _mark(tag: re.Match[str]) -> str:
    """The sign for a tag that begins or ends a link or bold words."""
    return MARKS[tag[2]][bool(tag[1])]


class _PlainBuilder(HTMLTreeBuilder):
    """Builds a soup from a source that was split at its tags already."""

    def __init__(self, pieces: list[str | None]) -> None:
        super().__init__(multi_valued_attributes={})
        self.pieces = [*pieces, None, None, None]

    def feed(self, markup: str | bytes) -> None:
        """Hands text and tags to the soup, and where a comment parts the text; `markup` is what the pieces are of."""
        soup = self.soup
        assert soup is not None
        for at in range(0, len(self.pieces), _GROUPS):
            text, end, name, attributes = self.pieces[at : at + _GROUPS]
            if text:
                soup.handle_data(_unescaped(text))
            if name is None:
                soup.endData()
            elif end:
                if not self.can_be_empty_element(name):  # which was closed where it began
                    soup.handle_endtag(name)
            else:
                named = _CLASS.search(attributes) if attributes else None
                soup.handle_starttag(name, None, None, {"class": _unescaped(named[1])} if named else {})
                if self.can_be_empty_element(name):
                    soup.handle_endtag(name)


def _unescaped(text: str) -> str:
    """A text without the four character references that the fast parser writes."""
    if "&" not in text:
        return text
    text = text.replace("&nbsp;", "\xa0").replace("&lt;", "<").replace("&gt;", ">")
    return text.replace("&quot;", '"').replace("&amp;", "&")

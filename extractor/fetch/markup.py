"""Documents of XML made ready to be read: in UTF-8, without a document type, with their damage marked.

Entities that a document declares are what attacks are made of (billions of laughs, files of the machine), and no feed
or sitemap needs them: the declarations are left out, and each reference to one becomes `UNREADABLE`.
"""

from __future__ import annotations

import codecs
import re

UNREADABLE = "\ufffc"
"""Stands for what cannot be read; no address holds it."""
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"))
_WIDE = ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"), (b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"))
_ENCODING = re.compile(rb"<\?xml[^>]{0,200}?encoding\s{0,5}=\s{0,5}[\"']([\w.:-]{2,40})", re.IGNORECASE)
_DECLARATION = re.compile(r"\s*<\?xml[^>]{0,500}\?>", re.IGNORECASE)
_AHEAD = re.compile(r"\s+|<\?.*?\?>|<!--.*?-->", re.DOTALL)
_DOCTYPE = re.compile(r"<!DOCTYPE[^\[>]*", re.IGNORECASE)
_SUBSET = re.compile(r"\[(?:[^\]\"'<]|\"[^\"]*\"|'[^']*'|<!--.*?-->|<\?.*?\?>|<)*+\]\s*>", re.DOTALL)
_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);|#\d{1,7};|#x[0-9a-f]{1,6};)(?:[a-z_][\w.-]{0,60};)?", re.IGNORECASE)
_CDATA = re.compile(r"(<!\[CDATA\[.*?\]\]>)", re.DOTALL)


def text_of(content: bytes) -> str:
    """The text of a document, in the encoding of its mark, its first bytes or its declaration."""
    for mark, name in (*_MARKS, *_WIDE):
        if content.startswith(mark):
            return content.decode(name, "replace").removeprefix("\ufeff")
    named = _ENCODING.search(content[:1000])
    try:
        return content.decode(named[1].decode("ascii") if named else "utf-8", "replace")
    except LookupError:
        return content.decode("utf-8", "replace")


def root_of(text: str) -> str:
    """A document from its root element on: without declaration, comments and document type ahead of it."""
    begin = 0
    while True:
        if match := _AHEAD.match(text, begin):
            begin = match.end()
        elif match := _DOCTYPE.match(text, begin):
            subset = _SUBSET.match(text, match.end())
            begin = subset.end() if subset else text.find(">", match.end()) + 1
            if not begin:
                return ""
        else:
            return text[begin:]


def without_entities(root: str) -> str:
    """A document without references to entities that XML does not know, and without bare ampersands."""
    parts = _CDATA.split(root)
    parts[::2] = [_ENTITY.sub(lambda match: UNREADABLE if len(match[0]) > 1 else "&amp;", part) for part in parts[::2]]
    return "".join(parts)

"""One input of a run, and what is told of an input that gave no record."""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from extractor.errors import InputError

_MARKUP = re.compile(
    r"<(?:!doctype|html|head|body|meta|title|link|script|style|main|article|section|div|span|table|h[1-6]|p|br|a|img)\b",
    re.IGNORECASE,
)
_SNIFFED = 1 << 16
_ARGUMENTS = ("title", "url", "published", "publisher")


@dataclass(frozen=True, slots=True)
class Input:
    """A page or a text, and what is known of it.

    Attributes:
        source: Where it came from; goes to `provenance.source`.
        content: The page or text.
        markup: True for HTML, false for plain text.
        title: The headline; only a plain text has one.
        url: Address of the page.
        published: Publication time in ISO 8601.
        publisher: Name of the outlet; only a plain text has one.
        position: Where in its source it stands: number of the row or entry from 1, byte offset of a WARC record.
        headers: Headers of HTTP that came with it.
    """

    source: str
    content: str | bytes
    markup: bool
    title: str | None = None
    url: str | None = None
    published: str | None = None
    publisher: str | None = None
    position: int | None = None
    headers: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Failure:
    """An input that gave no record: where it came from, a stable code and a sentence for a person."""

    source: str
    code: str
    sentence: str
    position: int | str | None = None

    def document(self) -> dict[str, str | int | None]:
        """The line of the failures file."""
        return {"source": self.source, "position": self.position, "code": self.code, "sentence": self.sentence}


def looks_like_markup(content: str | bytes) -> bool:
    """Whether `content` is HTML rather than plain text, judged by the tags in its first 64 Ki characters."""
    head = content[:_SNIFFED]
    if isinstance(head, bytes):
        wide = head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
        head = head.decode("utf-16" if wide else "latin-1", "replace")
    return _MARKUP.search(head) is not None


def input_of(
    row: object, source: str, *, columns: Mapping[str, str] | None = None, position: int | None = None
) -> Input:
    """The input that a JSON object describes: "html" or "text", and any of title, url, published and publisher.

    Other keys are left alone.

    Args:
        row: The object, or the row of a table.
        source: Its name in messages and records.
        columns: Keys of the row by the names above, where they differ.
        position: Number of the row.

    Raises:
        InputError: The row is no object, holds neither "html" nor "text", or a value is not a string.
    """
    if not isinstance(row, Mapping):
        raise InputError("bad-row", f"{source} is {type(row).__name__}, not an object; give one object a line")
    if columns:
        row = {field: row.get(column) for field, column in columns.items()}
    markup = row.get("html") is not None
    content = _content(row, "html" if markup else "text", source)
    if content is None:
        raise InputError("bad-row", f'{source} has neither "html" nor "text"; name the page\'s content by one of them')
    known = {key: _string(row, key, source) for key in _ARGUMENTS}
    return Input(source, content, markup, position=position, **known)  # type: ignore[arg-type]


def _content(row: Mapping[str, Any], key: str, source: str) -> str | bytes | None:
    value = row.get(key)
    return value if isinstance(value, bytes) else _string(row, key, source)


def _string(row: Mapping[str, Any], key: str, source: str) -> str | None:
    value = row.get(key)
    if isinstance(value, datetime | date):
        return value.isoformat()
    if value is not None and not isinstance(value, str):
        raise InputError("bad-row", f"{source}: {key!r} is {type(value).__name__}; give a string or leave it out")
    return value

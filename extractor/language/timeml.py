"""Writes temporal expressions as TimeML, and as dicts for JSON.

TimeML 1.2.1 marks each expression in the text with `<TIMEX3 tid type value>`. The document's creation time is the
timex `t0`, which the others count from. TimeML has no place for an expression without a value: such a one has none.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final
from xml.sax.saxutils import escape, quoteattr

from extractor.language.state import Timex

_HEAD: Final = """<?xml version="1.0" encoding="UTF-8"?>
<TimeML xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
xsi:noNamespaceSchemaLocation="http://timeml.org/timeMLdocs/TimeML_1.2.1.xsd">
"""


def to_timeml(
    text: str,
    timexes: Sequence[Timex],
    *,
    published: datetime | date | None = None,
    docid: str | None = None,
    title: str | None = None,
) -> str:
    """The text as a TimeML document, its expressions marked.

    Args:
        text: The text; it stands in `<TEXT>` character for character.
        timexes: Its expressions, sorted; one that overlaps the one before is left out.
        published: The publication time, which becomes `t0`.
        docid: Id of the document.
        title: Headline.

    Returns:
        The XML document.

    Raises:
        ValueError: The text holds control characters, which XML cannot.
    """
    if bad := next((c for c in f"{text}{title or ''}{docid or ''}" if ord(c) < 32 and c not in "\t\n\r"), None):
        raise ValueError(f"XML has no place for the control character {bad!r}; remove it from the text")
    parts = [_HEAD]
    if docid is not None:
        parts.append(f"<DOCID>{escape(docid)}</DOCID>\n")
    if published is not None:
        parts.append(f"<DCT>{_creation_time(published)}</DCT>\n")
    if title is not None:
        parts.append(f"<TITLE>{escape(title)}</TITLE>\n")
    parts += ["<TEXT>", _marked(text, timexes), "</TEXT>\n</TimeML>\n"]
    return "".join(parts)


def _creation_time(published: datetime | date) -> str:
    moment = isinstance(published, datetime) and published.time().isoformat() != "00:00:00"
    value = f"{published:%Y-%m-%dT%H:%M}" if moment else f"{published:%Y-%m-%d}"
    attributes = f'tid="t0" type="{"TIME" if moment else "DATE"}" value="{value}" temporalFunction="false"'
    return f'<TIMEX3 {attributes} functionInDocument="CREATION_TIME">{value}</TIMEX3>'


def _marked(text: str, timexes: Sequence[Timex]) -> str:
    parts: list[str] = []
    done = 0
    for number, timex in enumerate(timexes, 1):
        if timex.start < done:
            continue
        value = "" if timex.value is None else f" value={quoteattr(timex.value)}"
        value += f' mod="{timex.mod}"' if timex.mod else ""
        parts.append(_xml(text[done : timex.start]))
        parts.append(
            f'<TIMEX3 tid="t{number}" type="{timex.type}"{value}>{_xml(text[timex.start : timex.end])}</TIMEX3>'
        )
        done = timex.end
    return "".join([*parts, _xml(text[done:])])


def _xml(text: str) -> str:
    """`text` for an XML document; a carriage return is written out, or a parser would drop it."""
    return escape(text, {"\r": "&#13;"})


def to_dicts(text: str, timexes: Sequence[Timex]) -> list[dict[str, Any]]:
    """The expressions as dicts for JSON.

    Args:
        text: The text.
        timexes: Its expressions.

    Returns:
        For each expression `text`, `type`, `value`, `mod`, `zone`, `start`, `end` and `rule`; unlike the record's
        `dates` the ends of a range have a text each and every value is that of TIMEX3.
    """
    return [
        {
            "text": text[timex.start : timex.end],
            "type": timex.type,
            "value": timex.value,
            "mod": timex.mod,
            "zone": timex.zone,
            "start": timex.start,
            "end": timex.end,
            "rule": timex.rule,
        }
        for timex in timexes
    ]

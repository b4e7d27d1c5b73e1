"""Builds the article's text from its blocks, and reads the dateline at its head."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from extractor.page.bylines import BylineReader
from extractor.page.profiles import Profiles
from extractor.record import Block, BlockKind

SEPARATOR = "\n\n"
_HEAD = re.compile(r"(?P<head>[^\n]{2,90}?)(?:\s{1,2}(?:--|[-–—])\s?|(?:--|[-–—])\s|:\s)(?=\S)")
_HOST = re.compile(r"[a-z0-9-]{2,40}(?:\.[a-z0-9-]{2,20}){1,3}", re.IGNORECASE)
_PARENTHESIS = re.compile(r"[(\[][^()\[\]]{0,40}[)\]]")
_DIGIT = re.compile(r"\d")
_LONGEST_PLACE = 4


def join_blocks(blocks: Iterable[tuple[BlockKind, str]]) -> tuple[str, tuple[Block, ...]]:
    """The text of an article, blocks joined by an empty line, and where each block stands in it."""
    texts: list[str] = []
    found: list[Block] = []
    position = 0
    for kind, text in blocks:
        texts.append(text)
        found.append(Block(kind=kind, start=position, end=position + len(text)))
        position += len(text) + len(SEPARATOR)
    return SEPARATOR.join(texts), tuple(found)


def dateline(text: str, bylines: BylineReader, host: str = "") -> tuple[str | None, tuple[str, ...]]:
    """The place before the first sentence, and the host names that stand there.

    "WARTANUSA.COM, BLORA - Warga ..." gives ("Blora", ("wartanusa.com",)); the text keeps its dateline.
    """
    match = _HEAD.match(text)
    if not match:
        return None, ()
    head = match["head"]
    hosts = tuple(found[0].lower() for found in _HOST.finditer(head) if not _DIGIT.fullmatch(found[0][0]))
    parts = [part.strip() for part in _PARENTHESIS.sub(" ", head).split(",")]
    places = [part for part in parts if part and not _HOST.search(part) and not _DIGIT.search(part)]
    named = [place for place in places if not _is_outlet(place, bylines, host)]
    if not named or len(named) > 2 or not all(map(_is_place, named)):
        return None, hosts
    places = named
    return ", ".join(_cased(place) for place in places), hosts


def publisher_of_hosts(hosts: Sequence[str], profiles: Profiles) -> str | None:
    """The publisher that the first known host belongs to."""
    return next(filter(None, map(profiles.publisher_of, hosts)), None)


def _is_outlet(part: str, bylines: BylineReader, host: str) -> bool:
    """Whether a part of the head names the outlet: a firm, an agency, "WartaOtomotif", or the host without dots."""
    squashed = part.replace(" ", "").lower()
    if bylines.is_firm(part) or bylines.agency(part) or re.search(r"[a-z][A-Z]", part):
        return True
    return len(squashed) >= 5 and squashed in host.replace(".", "").replace("-", "")


def _is_place(part: str) -> bool:
    words = part.split()
    return 1 <= len(words) <= _LONGEST_PLACE and all(word[0].isupper() for word in words)


def _cased(place: str) -> str:
    return place.title() if place.isupper() and len(place) > 3 else place

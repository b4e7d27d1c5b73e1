"""Builds the article's text from its blocks, and reads the dateline at its head."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from extractor.page.bylines import BylineReader
from extractor.page.profiles import Profiles
from extractor.record import Block, BlockKind

SEPARATOR: Final = "\n\n"
_HEAD: Final = re.compile(r"(?P<head>[^\n]{2,90}?)(?:\s{1,2}(?:--|[-–—])\s?|(?:--|[-–—])\s|:\s)(?=\S)")
_STOP: Final = re.compile(r"\s{0,2}(?P<place>[A-Z]{4,20}(?:\s[A-Z]{3,20}){0,3})\.\s(?=[A-Z“\"])")
_HOST: Final = re.compile(r"[a-z0-9-]{2,40}(?:\.[a-z0-9-]{2,20}){1,3}", re.IGNORECASE)
_PARENTHESIS: Final = re.compile(r"[(\[][^()\[\]]{0,40}[)\]]")
_DIGIT: Final = re.compile(r"\d")
_LONGEST_PLACE: Final = 4


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


def dateline(
    text: str, bylines: BylineReader, host: str = "", sites: Sequence[str] = ()
) -> tuple[str | None, tuple[str, ...]]:
    """The place before the first sentence, and the host names that stand there.

    "WARTANUSA.COM, BLORA - Warga ..." gives ("Blora", ("wartanusa.com",)); the text keeps its dateline.

    Args:
        text: The article's text.
        bylines: Knows firms and agencies.
        host: Host name of the page's address.
        sites: Names of the site.
    """
    outlets = _labels(host, sites)
    match = _HEAD.match(text)
    head = match["head"] if match else ""
    hosts = tuple(found[0].lower() for found in _HOST.finditer(head) if not _DIGIT.fullmatch(found[0][0]))
    parts = [part.strip() for part in _PARENTHESIS.sub(" ", head).split(",")]
    places = [part for part in parts if part and not _HOST.search(part) and not _DIGIT.search(part)]
    if all(_is_outlet(place, bylines, outlets) for place in places):
        stop = _STOP.match(text, match.end() if match and hosts else 0)
        places = [stop["place"]] if stop else []
    named = [place for place in places if not _is_outlet(place, bylines, outlets)]
    if not named or len(named) > 2 or not all(map(_is_place, named)):
        return None, hosts
    return ", ".join(_cased(place) for place in named), hosts


def _labels(host: str, sites: Sequence[str]) -> frozenset[str]:
    """What the outlet is called at the head of a text: its names, and the labels of its host.

    A label that ends the outlet's name is a place ("solo" of "Tribun Solo").
    """
    names = [re.sub(r"[\W_]", "", name.lower()) for name in sites]
    labels = [re.sub(r"[\W_]", "", label) for label in host.split(".")]
    places = {label for label in labels for name in names if name != label and name.endswith(label)}
    return frozenset({*names, *labels} - {*places, ""})


def publisher_of_hosts(hosts: Sequence[str], profiles: Profiles) -> str | None:
    """The publisher that the first known host belongs to."""
    return next(filter(None, map(profiles.publisher_of, hosts)), None)


def _is_outlet(part: str, bylines: BylineReader, outlets: frozenset[str]) -> bool:
    """Whether a part of the head names the outlet: a firm, an agency, "WartaOtomotif", or what the site is called."""
    words = re.sub(r"[^\w\s]", "", part.lower()).split()
    if bylines.is_firm(part) or bylines.agency(part) or re.search(r"[a-z][A-Z]", part):
        return True
    return "".join(words) in outlets or (len(words) == 2 and words[0] in outlets)


def _is_place(part: str) -> bool:
    words = part.split()
    return 1 <= len(words) <= _LONGEST_PLACE and all(word[0].isupper() for word in words)


def _cased(place: str) -> str:
    return place.title() if place.isupper() and len(place) > 3 else place

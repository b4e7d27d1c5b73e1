"""Reads the values that stand at the places which a site profile names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from extractor.page.profiles import Place, parse_place
from extractor.page.structured import Structured
from extractor.page.tree import clean_text, node_text, select, select_first


def values_at(where: str, tree: LexborHTMLParser, structured: Structured) -> Iterator[str]:
    """Every non-empty value at a place, in the order of the page."""
    place = parse_place(where)
    if place.kind == "json-ld":
        yield from structured.json_ld(place.key)
    elif place.kind == "meta":
        yield from (value for _, value in structured.meta(place.key))
    else:
        yield from filter(None, (_value(node, place) for node in select(tree, place.key)[:100]))


def _value(node: LexborNode, place: Place) -> str:
    return clean_text(node.attributes.get(place.attribute) or "") if place.attribute else node_text(node)


def first_at(wheres: Iterable[str], tree: LexborHTMLParser, structured: Structured) -> tuple[str, str] | None:
    """The first value at the first place that has one, and that place."""
    for where in wheres:
        value = _first(where, tree, structured)
        if value:
            return evidence_place(where), value
    return None


def _first(where: str, tree: LexborHTMLParser, structured: Structured) -> str | None:
    place = parse_place(where)
    if place.kind == "css":
        node = select_first(tree, place.key)
        if node is None:
            return None
        if value := _value(node, place):
            return value
    return next(values_at(where, tree, structured), None)


def all_at(wheres: Iterable[str], tree: LexborHTMLParser, structured: Structured) -> tuple[str, list[str]] | None:
    """Every value at the first place that has one, and that place."""
    for where in wheres:
        values = list(values_at(where, tree, structured))
        if values:
            return evidence_place(where), values
    return None


def evidence_place(where: str) -> str:
    """A place as it is named in `article.evidence`: selectors are "visible:" and the selector."""
    return where if parse_place(where).kind != "css" else f"visible:{where}"

"""What a page says about its article besides headline, people and times: section, topics, deck."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from extractor.page.places import all_at, first_at
from extractor.page.rules import PageRules
from extractor.page.site import Site
from extractor.page.structured import Structured
from extractor.page.tree import ancestors, node_text, select
from extractor.page.trim import words_of

_KEYWORD_LABEL: Final = re.compile(r"^(?:topic|topik|tag)\s?:\s?", re.IGNORECASE)
_SPLIT: Final = re.compile(r"\s*[,;|]\s*")
_LONGEST_TAG: Final = 60
_MOST_TAGS: Final = 30
_MOST_PARTS: Final = 60
_MOST_WORDS: Final = 6


def find_section(
    tree: LexborHTMLParser, structured: Structured, site: Site, rules: PageRules
) -> tuple[str, str] | None:
    """The section and its place."""
    found = first_at(site.layout.section, tree, structured)
    if found:
        return found
    section = next(structured.json_ld("articleSection"), None)
    if section:
        return "json-ld:articleSection", section
    metas = structured.meta(*rules.patterns.lexicon("page.metadata.section").phrases)
    found = next(((place, value) for place, value in metas if "://" not in value), None)
    return found or _crumb(tree, rules)


def _crumb(tree: LexborHTMLParser, rules: PageRules) -> tuple[str, str] | None:
    for entry in rules.patterns.lexicon("page.metadata.breadcrumbs").entries:
        texts = [text for text in map(node_text, select(tree, entry.text)[:8]) if 2 <= len(text) <= 40]
        if len(texts) > 1:
            return f"visible:{entry.text}", texts[-1]
    return None


def find_tags(
    tree: LexborHTMLParser,
    structured: Structured,
    site: Site,
    rules: PageRules,
    body: Sequence[LexborNode],
    scope: LexborNode | None,
) -> tuple[str, ...]:
    """The topics that the site gives the article; links inside the body are no topics of its own."""
    found = all_at(site.layout.tags, tree, structured)
    if found:
        return _tidy(found[1] if len(found[1]) > 1 else _SPLIT.split(found[1][0]))
    if scope is not None:
        boxes = ", ".join(entry.text for entry in rules.patterns.lexicon("page.metadata.tag-boxes").entries)
        links = ", ".join(entry.text for entry in rules.patterns.lexicon("page.metadata.tag-links").entries)
        below = _below(body[-1], scope)
        labels = rules.patterns.lexicon("page.metadata.tag-labels").phrases
        around = [scope]
        for where, selector in ((below, boxes), (below, links), (around, links), (body, boxes)):
            topics = [link for part in where for link in part.css(selector)]
            if topics and where is around:
                inside = {link.mem_id for node in body for link in node.css("a")}
                topics = [link for link in topics if link.mem_id not in inside]
            tags = _tidy(node_text(link) for link in topics[:_MOST_TAGS])
            if tags := tuple(tag for tag in tags if tag.casefold() not in labels):
                return tags
    for _, value in structured.meta(*rules.patterns.lexicon("page.metadata.tags").phrases):
        return _tidy(_SPLIT.split(value))
    return _tidy(part for keyword in structured.json_ld("keywords") for part in _SPLIT.split(keyword))


def _below(node: LexborNode, scope: LexborNode) -> list[LexborNode]:
    """The elements after a node, inside the scope."""
    found: list[LexborNode] = []
    for level in (node, *ancestors(node)):
        if level.mem_id == scope.mem_id:
            break
        sibling = level.next
        while sibling is not None and len(found) < _MOST_PARTS:
            if sibling.is_element_node:
                found.append(sibling)
            sibling = sibling.next
    return found


def _tidy(values: Iterable[str]) -> tuple[str, ...]:
    tags: dict[str, str] = {}
    for value in values:
        tag = _KEYWORD_LABEL.sub("", value).strip(" #,")
        if 2 <= len(tag) <= _LONGEST_TAG and len(tag.split()) <= _MOST_WORDS and ":" not in tag:
            tags.setdefault(tag.casefold(), tag)
    return tuple(tags.values())[:_MOST_TAGS]


def find_summary(
    tree: LexborHTMLParser, structured: Structured, site: Site, rules: PageRules, title: str | None
) -> tuple[str, str] | None:
    """The deck and its place; a description that only repeats the headline is none."""
    found = first_at(site.layout.deck, tree, structured)
    if found:
        return found
    claims = [("json-ld:description", text) for text in structured.json_ld("description")]
    claims += list(structured.meta(*rules.patterns.lexicon("page.metadata.summary").phrases))
    for place, text in claims:
        if len(text.split()) >= 5 and words_of(text) != words_of(title):
            return place, text
    return None

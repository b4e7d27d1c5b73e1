"""What a page says about its article besides headline, people and times: section, topics, deck."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from selectolax.lexbor import LexborHTMLParser, LexborNode

from extractor.page.places import all_at, first_at
from extractor.page.rules import PageRules
from extractor.page.site import Site
from extractor.page.structured import Structured
from extractor.page.tree import node_text
from extractor.page.trim import words_of

_KEYWORD_LABEL = re.compile(r"^(?:topic|topik|tag)\s?:\s?", re.IGNORECASE)
_SPLIT = re.compile(r"\s*[,;|]\s*")
_LONGEST_TAG = 60
_MOST_TAGS = 30


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
        texts = [text for text in map(node_text, tree.css(entry.text)[:8]) if 2 <= len(text) <= 40]
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
        inside = {link.mem_id for node in body for link in node.css("a")}
        for entry in rules.patterns.lexicon("page.metadata.tag-links").entries:
            links = [link for link in scope.css(entry.text) if link.mem_id not in inside]
            tags = _tidy(node_text(link) for link in links[:_MOST_TAGS])
            if tags:
                return tags
    for _, value in structured.meta(*rules.patterns.lexicon("page.metadata.tags").phrases):
        return _tidy(_SPLIT.split(value))
    return _tidy(part for keyword in structured.json_ld("keywords") for part in _SPLIT.split(keyword))


def _tidy(values: Iterable[str]) -> tuple[str, ...]:
    tags: dict[str, str] = {}
    for value in values:
        tag = _KEYWORD_LABEL.sub("", value).strip(" #,")
        if 2 <= len(tag) <= _LONGEST_TAG and ":" not in tag:
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
        if words_of(text) != words_of(title) and len(text.split()) >= 5:
            return place, text
    return None

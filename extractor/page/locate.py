"""Finds the element that holds the body of an article, on any site.

Paragraphs, and stretches of bare text between line breaks, give points to the elements around them (the idea of
Readability); class names, link density and the parts of a body that is split over several elements decide the rest.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from extractor.page.headline import Headline
from extractor.page.rules import PageRules
from extractor.page.tree import ancestors, class_words
from extractor.page.trim import words_of

_TEXT_ELEMENTS: Final = "p, div, td, section, article, main, span, li, blockquote, font, center, pre, dd"
_WHOLE: Final = frozenset({"p", "li", "blockquote", "pre", "dd"})
_INLINE: Final = frozenset({"span", "font", "b", "strong", "em", "i", "u"})
_SHARES: Final = (1.0, 0.5, 0.25, 0.12)
_SENTENCE_ENDS: Final = tuple('.!?"”…)’:;')
_NAMED, _DECLARED, _ARTICLE = 1.3, 1.8, 1.1
_HIGHEST_FACTOR: Final = _NAMED * _DECLARED * _ARTICLE
_SHORTEST_CAPTION: Final = 60
_FEWEST_CAPTIONS: Final = 3


@dataclass(slots=True)
class _Candidate:
    node: LexborNode
    points: float = 0.0


def locate_body(tree: LexborHTMLParser, rules: PageRules, headline: Headline | None = None) -> list[LexborNode]:
    """The elements that hold the body, in the order of the page; [] when nothing looks like one.

    Args:
        tree: The page without scripts.
        rules: The compiled rule data.
        headline: The headline: a body tells of what it says, and stands near it.
    """
    candidates: dict[int, _Candidate] = {}
    for node in tree.css(_TEXT_ELEMENTS):
        points = _points(node)
        if points:
            _credit(candidates, node, points)
    ranked = sorted(candidates.values(), key=lambda c: -c.points)[:24]
    ranked = [candidate for candidate in ranked if candidate.points >= 0.15 * ranked[0].points]
    words = {word for word in words_of(headline.title).split() if len(word) > 3} if headline else set()
    around = {node.mem_id for node in ancestors(headline.node)} if headline and headline.node else set()
    best: _Candidate | None = None
    outer: set[int] = set()
    for candidate in ranked:
        if best and candidate.node.mem_id in outer and candidate.points * _HIGHEST_FACTOR < best.points:
            continue
        candidate.points *= _factor(candidate.node, rules) * _nearness(candidate.node, words, around)
        if best is None or candidate.points > best.points:
            best, outer = candidate, {above.mem_id for above in ancestors(candidate.node)}
    if best is None or best.points < 1.5:
        return []
    return _other_pages(best.node, candidates) or _with_siblings(best, candidates, rules)


def _points(node: LexborNode) -> float:
    """Points for the text that stands in an element itself: none for short text, more for commas and sentences."""
    whole = node.tag in _WHOLE
    text = node.text(deep=whole).strip()
    length = len(text)
    if length < 35:
        return 0.0
    if whole and node.css_first("a"):
        length -= sum(len(link.text()) for link in node.css("a"))
        if length < 35:
            return 0.0
    points = 1.0 + min(length, 600) / 100 + 0.5 * min(text.count(","), 6)
    return points if text.endswith(_SENTENCE_ENDS) else points * 0.35


def _credit(candidates: dict[int, _Candidate], node: LexborNode, points: float) -> None:
    """Hands points to the element itself, if it is a container, and to those around it."""
    levels = 0
    holder: LexborNode | None = node if node.tag not in _WHOLE else node.parent
    while holder is not None and holder.tag in _INLINE | {"p"}:
        holder = holder.parent
    while holder is not None and levels < len(_SHARES) and holder.tag not in ("html", "-document"):
        key = holder.mem_id
        if key not in candidates:
            candidates[key] = _Candidate(holder)
        candidates[key].points += points * _SHARES[levels]
        levels += 1
        holder = holder.parent


def _factor(node: LexborNode, rules: PageRules) -> float:
    """How much an element's names and links speak for or against it: at most `_HIGHEST_FACTOR`."""
    factor = 1.0
    words = set(class_words(node))
    if words & rules.body_words:
        factor *= _NAMED
    if words & rules.aside_words:
        factor *= 0.6
    if node.attributes.get("itemprop") == "articleBody":
        factor *= _DECLARED
    if node.tag in ("article", "main"):
        factor *= _ARTICLE
    if node.tag in ("ul", "ol", "dl"):
        factor *= 0.4
    for above, _ in zip(ancestors(node), range(3), strict=False):
        if above.tag in ("aside", "footer", "nav") or set(class_words(above)) & {
            "sidebar",
            "comments",
            "komentar",
            "footer",
        }:
            factor *= 0.4
    return factor * (1.0 - min(link_density(node), 0.95))


def _nearness(node: LexborNode, words: set[str], around: set[int]) -> float:
    """How well an element fits the headline: the share of its words that the text has, and the steps between them."""
    factor = 1.0
    if words:
        text = node.text()[:20_000].casefold()
        factor *= 0.4 + 0.6 * sum(word in text for word in words) / len(words)
    if around and node.mem_id not in around:
        steps = next((steps for steps, above in enumerate(ancestors(node)) if above.mem_id in around), 9)
        factor *= 0.94**steps
    return factor


def link_density(node: LexborNode) -> float:
    """The share of an element's text that stands in links."""
    total = len(node.text(strip=True))
    return sum(len(link.text(strip=True)) for link in node.css("a")) / total if total else 0.0


def _other_pages(node: LexborNode, candidates: dict[int, _Candidate]) -> list[LexborNode]:
    """The parts of a body that is split over several elements of one class, one a page, of which all but one are
    hidden; [] where there is one part."""
    part: LexborNode | None = node
    for _ in range(3):
        if part is None or part.tag in ("body", "article", "main") or part.parent is None:
            return []
        found = [sibling for sibling in _same_class(part) if _is_page(sibling, candidates)]
        if len(found) > 1 and any(one.mem_id == part.mem_id for one in found):
            return found
        part = part.parent
    return []


def _same_class(node: LexborNode) -> list[LexborNode]:
    """The element and its siblings that have the same first class name."""
    first = (node.attributes.get("class") or "").split()[:1]
    found: list[LexborNode] = []
    sibling = node.parent.child if node.parent is not None and first else None
    while sibling is not None:
        if sibling.tag == node.tag and (sibling.attributes.get("class") or "").split()[:1] == first:
            found.append(sibling)
        sibling = sibling.next
    return found


def _is_page(node: LexborNode, candidates: dict[int, _Candidate]) -> bool:
    candidate = candidates.get(node.mem_id)
    return candidate is not None and candidate.points >= 2.0 and link_density(node) < 0.3


def _with_siblings(best: _Candidate, candidates: dict[int, _Candidate], rules: PageRules) -> list[LexborNode]:
    """The element and those beside it that hold further parts of the body: other pages, a lead before it."""
    parent = best.node.parent
    if parent is None or best.node.tag in ("body", "html"):
        return [best.node]
    found: list[LexborNode] = []
    sibling = parent.child
    while sibling is not None:
        if sibling.mem_id == best.node.mem_id or _continues(sibling, best, candidates, rules):
            found.append(sibling)
        sibling = sibling.next
    return found


def _continues(node: LexborNode, best: _Candidate, candidates: dict[int, _Candidate], rules: PageRules) -> bool:
    """Whether a sibling of the best element holds a further part of the body: a container like it, or a paragraph."""
    if not node.is_element_node:
        return False
    other = candidates.get(node.mem_id)
    named = best.node.attributes.get("class")
    same = named is not None and node.attributes.get("class") == named
    threshold = best.points * (0.1 if same else 0.3)
    if other and other.points >= max(3.0, threshold) and other.points * _factor(node, rules) >= threshold:
        return True
    return node.tag == "p" and not node.attributes.get("class") and _points(node) >= 2.0


def locate_captions(tree: LexborHTMLParser, body: list[LexborNode]) -> list[LexborNode]:
    """The captions of a gallery, where they hold more text than what was taken for its body; otherwise []."""
    captions = [node for node in tree.css("figcaption") if len(node.text(strip=True)) >= _SHORTEST_CAPTION]
    if len(captions) < _FEWEST_CAPTIONS:
        return []
    told = sum(len(node.text(strip=True)) for node in captions)
    return captions if told > sum(len(node.text(strip=True)) for node in body) else []

"""The headline, without the site's name.

`og:title` and `<title>` carry the site's name, are cut at quotation marks or name another page; the heading that
readers see is right, but may stand in any element while `h1` names the channel. So the heading is looked for that
agrees with what the page says about itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from extractor.page.rules import PageRules
from extractor.page.structured import Structured
from extractor.page.tree import clean_text, node_text
from extractor.page.trim import words_of

_SEPARATOR: Final = re.compile(r"\s{1,3}(?:[-–—|»·:]|::|\|\|)\s{1,3}")
_SQUASH: Final = re.compile(r"[\W_]+")
_LONGEST: Final = 300
_MANY: Final = 250
_SMALLEST_PART: Final = 0.4


@dataclass(frozen=True, slots=True)
class Headline:
    """A headline, where it stands, and the element in which readers see it, if any."""

    title: str
    place: str
    raw: str
    node: LexborNode | None = None


def find_headline(
    tree: LexborHTMLParser, structured: Structured, rules: PageRules, sites: tuple[str, ...], host: str
) -> Headline | None:
    """The page's headline; None when it names none.

    Args:
        tree: The page without scripts.
        structured: What the page says about itself.
        rules: The compiled rule data.
        sites: Names of the site, which are cut from titles.
        host: Host name of the page's address.
    """
    claims = list(_claims(structured, rules))
    best: tuple[float, Headline] | None = None
    wanted = [words_of(claim) for _, claim in claims]
    shortest = _SMALLEST_PART * min(map(len, filter(None, wanted)), default=0)
    for rank, (node, selector) in enumerate(_headings(tree, rules)):
        text = node_text(node)
        fits = text != "" and len(text) <= _LONGEST and len(text.casefold()) >= shortest
        agreement = _agreement(words_of(text), wanted) if fits else 0.0
        if agreement and (best is None or agreement > best[0]):
            best = agreement, Headline(tidy_title(text, rules), f"visible:{selector}", text, node)
        if (best and best[0] >= 3.0) or rank > _MANY:
            break
    if best:
        return best[1]
    stripped = [(place, claim, without_site(tidy_title(claim, rules), sites, host)) for place, claim in claims]
    if stripped:
        place, claim, title = min(stripped, key=lambda item: (item[0] == "title", len(item[2]) < 8))
        return Headline(title, place, claim)
    heading = next((node for node in tree.css("h1") if 3 <= len(node_text(node).split()) <= 40), None)
    return Headline(node_text(heading), "visible:h1", node_text(heading), heading) if heading else None


def _claims(structured: Structured, rules: PageRules) -> Iterator[tuple[str, str]]:
    for headline in structured.json_ld("headline"):
        yield "json-ld:headline", headline
    yield from structured.meta(*rules.patterns.lexicon("page.metadata.titles").phrases)
    if structured.title:
        yield "title", structured.title


def _headings(tree: LexborHTMLParser, rules: PageRules) -> Iterator[tuple[LexborNode, str]]:
    for entry in rules.patterns.lexicon("page.metadata.headings").entries:
        for node in tree.css(entry.text):
            if node.tag not in ("title", "meta", "body", "html", "a") or node.tag == "a":
                yield node, entry.text


def _agreement(heading: str, claims: list[str]) -> float:
    """How well a heading agrees with the claimed titles: 3 the same, 2 to 3 a large part of one, 0 not at all."""
    if not heading:
        return 0.0
    best = 0.0
    for claim in claims:
        if heading == claim:
            return 3.0
        if f" {heading} " in f" {claim} " and len(heading) >= _SMALLEST_PART * len(claim):
            best = max(best, 2.0 + len(heading) / len(claim) * 0.9)
        elif heading.startswith(f"{claim} ") and len(claim.split()) >= 3 and len(heading) < 2.5 * len(claim):
            best = max(best, 2.5)
    return best


def tidy_title(title: str, rules: PageRules) -> str:
    """A title without the number of a page after it."""
    for tail in rules.title_tails:
        title = tail.sub("", title)
    return clean_text(title)


def without_site(title: str, sites: tuple[str, ...], host: str) -> str:
    """A title without the site's name before or after it."""
    parts = _SEPARATOR.split(title)
    if len(parts) < 2:
        return title
    names = {_squash(name) for name in sites if name}
    if _names_site(parts[-1], names, host) and len(parts[-1]) < len(title) * 0.7:
        last = list(_SEPARATOR.finditer(title))[-1]
        return without_site(title[: last.start()].strip(), sites, host)
    if _names_site(parts[0], names, host) and len(parts[0]) < len(title) * 0.4:
        first = next(iter(_SEPARATOR.finditer(title)))
        return title[first.end() :].strip()
    return title


def _names_site(part: str, names: set[str], host: str) -> bool:
    squashed = _squash(part)
    if len(squashed) < 3 or len(part.split()) > 8:
        return False
    if any(squashed == name or (len(name) >= 4 and name in squashed) for name in names):
        return True
    labels = [label for label in host.split(".") if len(label) >= 4 and label not in ("www", "news", "berita")]
    return squashed in host.replace(".", "") or any(label in squashed for label in labels)


def _squash(text: str) -> str:
    return _SQUASH.sub("", text).casefold()

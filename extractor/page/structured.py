"""What a page says about itself: JSON-LD, `<meta>`, canonical address.

JSON-LD of news sites is often not JSON (raw line breaks, trailing commas, comments, unescaped quotation marks): it is
read leniently, and where nothing helps, the few scalar keys that matter are taken out of the text.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from extractor.page.tree import clean_text

_ARTICLE_TYPES: Final = frozenset(
    {
        "Article",
        "NewsArticle",
        "BlogPosting",
        "Report",
        "ReportageNewsArticle",
        "AnalysisNewsArticle",
        "OpinionNewsArticle",
        "LiveBlogPosting",
        "AdvertiserContentArticle",
        "SocialMediaPosting",
        "TechArticle",
    }
)
_SOURCES: Final = "meta[content], script"
_MAX_SCRIPT: Final = 1_000_000
_MOST_SCRIPTS: Final = 40
_MOST_METAS: Final = 400
_WRAPPING: Final = re.compile(
    r"^\s*(?:<!--|//\s?<!\[CDATA\[|/\*\s?<!\[CDATA\[\s?\*/|<!\[CDATA\[)|(?:-->|//\s?\]\]>|/\*\s?\]\]>\s?\*/|\]\]>)\s*;?\s*$"
)
_TRAILING_COMMA: Final = re.compile(r",(\s*[}\]])")
_SCALAR: Final = re.compile(
    r'"(headline|datePublished|dateModified|dateCreated|articleSection|description|name|url)"\s{0,5}:\s{0,5}'
    r'"((?:[^"\\]|\\.){0,1000})"'
)
_AUTHOR: Final = re.compile(
    r'"(author|editor)"\s{0,5}:\s{0,5}[\[{\s]{0,20}(?:"@type"\s{0,5}:\s{0,5}"\w{0,30}"\s{0,5},\s{0,5})?"name"\s{0,5}:\s{0,5}"([^"]{1,200})"'
)


@dataclass(frozen=True, slots=True)
class Structured:
    """What a page says about itself.

    Attributes:
        articles: JSON-LD objects of an article type, the most complete first.
        types: Every `@type` in the page's JSON-LD.
        metas: Values of `<meta>` by lower-case name, property or itemprop, in order.
        canonical: `<link rel="canonical">`, or `og:url`.
        title: Text of `<title>`.
    """

    articles: tuple[dict[str, Any], ...] = ()
    types: frozenset[str] = frozenset()
    metas: dict[str, list[str]] = field(default_factory=dict)
    canonical: str | None = None
    title: str | None = None

    def meta(self, *names: str) -> Iterator[tuple[str, str]]:
        """The values of these names, in their order, each with "meta:" and the name."""
        for name in names:
            for value in self.metas.get(name.lower(), ()):
                yield f"meta:{name}", value

    def json_ld(self, key: str) -> Iterator[str]:
        """Every text at a key of the articles' JSON-LD; dots lead deeper ("author.name")."""
        for article in self.articles:
            yield from texts_at(article, key.split("."))


def texts_at(value: Any, keys: list[str]) -> Iterator[str]:
    """The texts at a path of keys, through lists; an object at its end stands for its "name"."""
    if isinstance(value, list):
        for item in value[:50]:
            yield from texts_at(item, keys)
    elif keys and isinstance(value, dict):
        yield from texts_at(value.get(keys[0]), keys[1:])
    elif isinstance(value, dict):
        yield from texts_at(value.get("name"), [])
    elif isinstance(value, (str, int, float)) and not isinstance(value, bool) and not keys:
        text = clean_text(html.unescape(str(value)))
        if text:
            yield text


def read_structured(tree: LexborHTMLParser, nodes: Sequence[LexborNode] | None = None) -> Structured:
    """Reads JSON-LD and metadata.

    Args:
        tree: The page, with its scripts.
        nodes: The elements that hold both, in the order of the page, where they were found already.
    """
    if nodes is None:
        nodes = tree.css(_SOURCES)
    named: list[LexborNode] = []
    scripts: list[LexborNode] = []
    for node in nodes:
        tag = node.tag
        if tag == "meta":
            named.append(node)
        elif tag == "script" and _is_json_ld(node):
            scripts.append(node)
    metas = _metas(named)
    found = [item for script in scripts[:_MOST_SCRIPTS] for item in _objects(script.text())]
    types = {name for item in found for name in _types(item)}
    articles = [_resolved(item, found) for item in found if _types(item) & _ARTICLE_TYPES]
    articles.sort(key=lambda item: -sum(key in item for key in ("headline", "datePublished", "author")))
    title = tree.css_first("title")
    return Structured(
        articles=tuple(articles),
        types=frozenset(types),
        metas=metas,
        canonical=_canonical(tree, metas),
        title=clean_text(title.text()) or None if title else None,
    )


def _is_json_ld(script: LexborNode) -> bool:
    return "ld+json" in (script.attributes.get("type") or "").lower()


def _metas(nodes: Iterable[LexborNode]) -> dict[str, list[str]]:
    metas: dict[str, list[str]] = {}
    for node in islice(nodes, _MOST_METAS):
        attributes = node.attributes
        content = clean_text((attributes.get("content") or "")[:4000])
        name = attributes.get("property") or attributes.get("name") or attributes.get("itemprop")
        if name and content:
            metas.setdefault(name.lower(), []).append(content)
    return metas


def _canonical(tree: LexborHTMLParser, metas: dict[str, list[str]]) -> str | None:
    link = tree.css_first('link[rel="canonical"]')
    href = (link.attributes.get("href") or "").strip() if link else ""
    if href.startswith(("http://", "https://")):
        return href
    return next((url for url in metas.get("og:url", ()) if url.startswith(("http://", "https://"))), None)


def _objects(source: str) -> list[dict[str, Any]]:
    """The objects of one script, `@graph` and lists taken apart; [] when nothing can be read."""
    value = _loads(source) if 2 < len(source) <= _MAX_SCRIPT else None
    items = value if isinstance(value, list) else [value]
    found: list[dict[str, Any]] = []
    for item in items[:50]:
        if isinstance(item, dict):
            graph = item.get("@graph")
            found.extend(
                part for part in (graph if isinstance(graph, list) else [item])[:100] if isinstance(part, dict)
            )
    return found


def _loads(source: str) -> Any:
    try:
        return json.loads(source, strict=False)
    except (ValueError, RecursionError):
        stripped = _WRAPPING.sub("", _WRAPPING.sub("", source)).strip()
    for attempt in (stripped, _TRAILING_COMMA.sub(r"\1", stripped)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return _salvaged(stripped)


def _salvaged(source: str) -> dict[str, Any]:
    """The scalar keys of JSON that cannot be parsed."""
    kinds = re.findall(r'"@type"\s{0,5}:\s{0,5}"(\w{1,40})"', source[:20_000])
    item: dict[str, Any] = {"@type": kinds[:1]}
    for key, value in _SCALAR.findall(source):
        item.setdefault(key, value.replace('\\"', '"').replace("\\/", "/"))
    for key, name in _AUTHOR.findall(source):
        item.setdefault(key, {"name": name})
    return item


def _types(item: dict[str, Any]) -> set[str]:
    kind = item.get("@type")
    return {str(name) for name in (kind if isinstance(kind, list) else [kind]) if name}


def _resolved(item: dict[str, Any], found: list[dict[str, Any]]) -> dict[str, Any]:
    """The object with its authors' references replaced by what they refer to."""
    author = item.get("author")
    if isinstance(author, dict) and author.keys() <= {"@id", "@type"}:
        target = next((other for other in found if other is not item and other.get("@id") == author.get("@id")), None)
        if target:
            return {**item, "author": target}
    return item

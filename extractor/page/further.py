"""Where the rest of an article is, that is split over several pages: for those who fetch pages."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urljoin

from extractor.page.decode import decode
from extractor.page.pages import page_links, page_number_of
from extractor.page.profiles import host_of
from extractor.page.rules import page_rules
from extractor.page.structured import read_structured
from extractor.page.tree import parse
from extractor.patterns import PatternSet


@dataclass(frozen=True, slots=True)
class Further:
    """Where the rest of an article is.

    Attributes:
        whole: The address that shows all pages at once, as the site's profile spells it.
        pages: The addresses of the other pages that this one links to, in the order of their numbers.
    """

    whole: str | None = None
    pages: tuple[str, ...] = ()


def further_pages(html: str | bytes, patterns: PatternSet, url: str, charset: str | None = None) -> Further:
    """Where the rest of an article of a known site is; nothing for other sites and for articles on one page.

    Args:
        html: The page.
        patterns: The rule data.
        url: Address of the page.
        charset: Encoding named by the HTTP header.

    Raises:
        InputError: The page is empty, binary or too large.
    """
    profile = page_rules(patterns).profiles.for_url([url])
    if profile is None or "=all" in url or (profile.all_pages and profile.all_pages in url):
        return Further()
    decoded = decode(html, charset)
    tree = parse(decoded.utf8 or decoded.text)
    structured = read_structured(tree)
    links = page_links(tree, structured.canonical, url)
    named = [urljoin(url, node.attributes.get("href") or "") for key in profile.next_page for node in tree.css(key)]
    named = [href for href in named if host_of(href) == host_of(url)]
    own = page_number_of(url) or 1
    numbered = [urljoin(url, href) for number, href in sorted(links.items()) if number != own]
    pages = tuple(dict.fromkeys(href for href in [*numbered, *named] if href != url))
    return Further(profile.whole_url(url) if pages or own > 1 else None, pages)

"""Chooses the profile and the layout for a page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from extractor.page.profiles import Layout, Profiles, SiteProfile, host_of
from extractor.page.structured import Structured
from extractor.page.tree import outermost

_SHORTEST_BODY: Final = 60
_GENERIC: Final = Layout(id="generic")


@dataclass(frozen=True)
class Site:
    """What is known of the site of a page.

    Attributes:
        profile: Its profile, None for an unknown site.
        layout: The layout of the page; without any selectors when none fits.
        host: Host name of its address, "" when it is not known.
        names: Names of the site, which are cut from titles and are no authors.
        publisher: Name of the outlet.
    """

    profile: SiteProfile | None
    layout: Layout
    host: str
    names: tuple[str, ...]
    publisher: str | None

    @property
    def noise(self) -> tuple[re.Pattern[str], ...]:
        """The profile's own patterns of boilerplate blocks."""
        return self.profile.noise_patterns if self.profile else ()

    @property
    def bylines(self) -> tuple[re.Pattern[str], ...]:
        """The profile's own patterns of bylines."""
        return self.profile.byline_patterns if self.profile else ()

    def without_suffix(self, title: str) -> str:
        """A title without what the profile cuts off its end."""
        for pattern in self.profile.suffix_patterns if self.profile else ():
            title = pattern.sub("", title)
        return title.strip()

    def body(self, tree: LexborHTMLParser) -> list[LexborNode]:
        """The elements that the layout names as the body; [] when they are missing or empty."""
        for selector in self.layout.body:
            if not self.layout.body_all and (first := tree.css_first(selector)) and _is_long(first):
                return [first]
            nodes = outermost(tree.css(selector))
            if not self.layout.body_all:
                nodes = [node for node in nodes if _is_long(node)][:1]
            if sum(len(node.text().strip()) for node in nodes) >= _SHORTEST_BODY:
                return nodes
        return []


def find_site(
    tree: LexborHTMLParser, structured: Structured, profiles: Profiles, url: str | None, day: date | None
) -> Site:
    """The site of a page: by its canonical address, the address given, then by signs in the page."""
    addresses = list(dict.fromkeys(filter(None, (structured.canonical, url))))
    served = [found for found in map(profiles.served, addresses) if found]
    profile = served[0].profile if served else profiles.for_page(tree)
    layout = next(_fitting(profile, tree, day), _GENERIC) if profile else _GENERIC
    host = next(filter(None, map(host_of, addresses)), "")
    declared = [name for _, name in structured.meta("og:site_name", "application-name")]
    declared += list(structured.json_ld("publisher.name"))
    publisher = profile.publisher if profile else None
    known = next((found.name for found in served if found.name), publisher)
    names = tuple(dict.fromkeys(filter(None, [known, publisher, *declared])))
    return Site(profile, layout, host, names, known or _declared(declared))


def _fitting(profile: SiteProfile, tree: LexborHTMLParser, day: date | None) -> Iterator[Layout]:
    for layout in profile.layouts_for(day):
        selectors = layout.signs or layout.body
        if not selectors or any(tree.css_first(selector) is not None for selector in selectors):
            yield layout


def _declared(names: list[str]) -> str | None:
    """The site's name as it declares it, without a motto behind it."""
    shortened = (re.split(r"\s[-–|]\s|:\s", name)[0].strip() for name in names if "://" not in name)
    return next((name for name in shortened if 2 <= len(name) <= 60), None)


def _is_long(node: LexborNode) -> bool:
    return len(node.text().strip()) >= _SHORTEST_BODY

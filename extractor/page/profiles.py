"""Site profiles: what is known of one publisher's pages, as data in `patterns/sites/*.yml`.

A profile only improves on the generic path: whatever it leaves out is found generically. A layout has validity
dates, so that an archive's old pages are read with the old selectors (the idea of fundus' `VALID_UNTIL`).
`patterns/sites/README.md` explains every key for those who write profiles.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import Annotated, Any, NamedTuple, Self
from urllib.parse import urlsplit, urlunsplit

from pydantic import AfterValidator, BeforeValidator, Field, model_validator
from selectolax.lexbor import LexborHTMLParser

from extractor.patterns import RULE_ID, Data

_NAME = re.compile(r"[.#]([\w-]+)")
_REFERENCE = re.compile(r"\\\d|\(\?(?:P|\(|[a-zA-Z]+\))")
_BRACKETS = re.compile(r"\[[^\]]*\]")
_HOST = re.compile(r"[a-z0-9*-]+(?:\.[a-z0-9*-]+)+")


class Clock(StrEnum):
    """How the digits of a time are to be read, whatever zone stands after them."""

    ZONED = "zoned"
    LOCAL = "local"
    UTC = "utc"


class Place(NamedTuple):
    """A parsed `Where`: `kind` is json-ld, meta or css; `attribute` only with css."""

    kind: str
    key: str
    attribute: str | None


@lru_cache(maxsize=4096)
def parse_place(where: str) -> Place:
    """Takes "json-ld:datePublished", "meta:author", "time.date" or "time.date@datetime" apart."""
    for kind in ("json-ld", "meta"):
        if where.startswith(f"{kind}:"):
            return Place(kind, where.removeprefix(f"{kind}:"), None)
    selector, _, attribute = where.rpartition("@")
    return Place("css", selector, attribute) if selector else Place("css", where, None)


def _checked_selector(selector: str) -> str:
    try:
        LexborHTMLParser("<p></p>").css(selector)
    except Exception as error:
        raise ValueError(f"{selector!r} is not a CSS selector that the fast parser knows: {error}") from None
    return selector


def _checked_place(where: str) -> str:
    place = parse_place(where)
    if not place.key:
        raise ValueError(f"{where!r} names no key or selector")
    if place.kind == "css":
        _checked_selector(place.key)
    return where


def _checked_regex(source: str) -> str:
    try:
        re.compile(source, re.IGNORECASE)
    except re.error as error:
        raise ValueError(f"{source!r} is not a regular expression: {error}") from None
    return source


def _checked_host(host: str) -> str:
    if not _HOST.fullmatch(host):
        raise ValueError(f"{host!r} is not a host name in lower case (with * for any letters, digits and hyphens)")
    return host


def _as_list(value: object) -> object:
    return [value] if isinstance(value, str) else value


Selector = Annotated[str, AfterValidator(_checked_selector)]
Where = Annotated[str, AfterValidator(_checked_place)]
Regex = Annotated[str, AfterValidator(_checked_regex)]
Host = Annotated[str, AfterValidator(_checked_host)]
Selectors = Annotated[tuple[Selector, ...], BeforeValidator(_as_list)]
Wheres = Annotated[tuple[Where, ...], BeforeValidator(_as_list)]
Regexes = Annotated[tuple[Regex, ...], BeforeValidator(_as_list)]


class Layout(Data):
    """One layout of a site: where the parts of an article stand while the layout was in use.

    Every list of places is tried in order, and the first that gives a value wins.
    """

    id: str = Field(pattern=RULE_ID)
    about: str = ""
    valid_from: date | None = None
    valid_until: date | None = None
    signs: Selectors = ()
    body: Selectors = ()
    body_all: bool = False
    title: Wheres = ()
    deck: Wheres = ()
    byline: Wheres = ()
    authors: Wheres = ()
    editors: Wheres = ()
    photographers: Wheres = ()
    agency: Wheres = ()
    published: Wheres = ()
    modified: Wheres = ()
    section: Wheres = ()
    tags: Wheres = ()
    remove: Selectors = ()
    keep: Selectors = ()
    subheads: Selectors = ()
    clocks: dict[str, Clock] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _dates_in_order(self) -> Self:
        if self.valid_from and self.valid_until and self.valid_until < self.valid_from:
            raise ValueError(f"layout {self.id!r} is valid until {self.valid_until}, before it begins")
        return self

    def holds(self, day: date | None) -> bool:
        """Whether the layout was in use on `day`; an unknown day counts as yes."""
        if day is None:
            return True
        return (self.valid_from or date.min) <= day <= (self.valid_until or date.max)

    def clock(self, place: str) -> Clock:
        """How to read a time found at `place` ("json-ld:datePublished"): by the longest key that begins it."""
        keys = [key for key in self.clocks if place.startswith(key)]
        return self.clocks[max(keys, key=len)] if keys else Clock.ZONED


class PageExample(Data):
    """A page in the site's markup, and what must come out of it.

    `expect` maps fields of `article` to values; `absent` lists words that must not be in `article.text`; `whole` and
    `further` are the addresses that whoever fetches the page asks for next to have the article whole.
    """

    about: str = ""
    html: str = Field(min_length=1)
    url: str | None = None
    expect: dict[str, Any] = Field(min_length=1)
    absent: tuple[str, ...] = ()
    whole: str | None = None
    further: tuple[str, ...] = ()


class SiteProfile(Data):
    """What is known of one publisher's site, or of a network of sites that share their markup."""

    id: str = Field(pattern=RULE_ID)
    about: str = ""
    publisher: str | None = None
    hosts: tuple[Host, ...] = ()
    names: dict[Host, str] = Field(default_factory=dict)
    urls: Regexes = ()
    signs: Selectors = ()
    all_pages: str | None = None
    next_page: Selectors = ()
    zone: str | None = Field(default=None, pattern=r"^[+-]\d\d:\d\d$")
    title_suffixes: Regexes = ()
    noise: Regexes = ()
    bylines: Regexes = ()
    layouts: tuple[Layout, ...] = ()
    examples: tuple[PageExample, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _can_be_chosen(self) -> Self:
        if not (self.hosts or self.names or self.signs):
            raise ValueError("a profile needs hosts, names or signs by which it is chosen")
        return self

    @cached_property
    def _url_patterns(self) -> tuple[re.Pattern[str], ...]:
        return tuple(re.compile(source, re.IGNORECASE) for source in self.urls)

    @cached_property
    def noise_patterns(self) -> tuple[re.Pattern[str], ...]:
        """The patterns of the site's own boilerplate blocks; one of all where none refers to its groups."""
        if any(_REFERENCE.search(source) for source in self.noise):
            return tuple(re.compile(source, re.IGNORECASE) for source in self.noise)
        joined = "|".join(f"(?:{source})" for source in self.noise)
        return (re.compile(joined, re.IGNORECASE),) if joined else ()

    @cached_property
    def suffix_patterns(self) -> tuple[re.Pattern[str], ...]:
        """The patterns of what is cut off the end of a title."""
        return tuple(re.compile(f"(?:{source})$", re.IGNORECASE) for source in self.title_suffixes)

    @cached_property
    def byline_patterns(self) -> tuple[re.Pattern[str], ...]:
        """The patterns of the site's own bylines."""
        return tuple(re.compile(source, re.IGNORECASE) for source in self.bylines)

    def fits(self, url: str) -> bool:
        """Whether an address on one of the profile's hosts is one that it is made for."""
        return not self._url_patterns or any(pattern.search(url) for pattern in self._url_patterns)

    def knows(self, url: str) -> bool:
        """Whether the profile is made for this address."""
        return Profiles((self,)).for_url([url]) is not None

    def whole_url(self, url: str) -> str | None:
        """The address at which all pages of an article are shown at once; None where the site has none."""
        if self.all_pages is None:
            return None
        parts = urlsplit(url)
        return urlunsplit((parts.scheme, parts.netloc, parts.path, self.all_pages, ""))

    def named_hosts(self) -> Iterator[tuple[str, str | None]]:
        """Every host of the profile with the publisher's name there."""
        yield from self.names.items()
        yield from ((host, self.publisher) for host in self.hosts)

    def layouts_for(self, day: date | None) -> Iterator[Layout]:
        """The layouts, those in use on `day` first, otherwise in the order of the file."""
        yield from (layout for layout in self.layouts if layout.holds(day))
        yield from (layout for layout in self.layouts if not layout.holds(day))


def _squash(text: str) -> str:
    return "".join(filter(str.isalnum, text)).casefold().removesuffix("com")


def _names_in(selector: str) -> frozenset[str]:
    """The class names and ids in a selector without alternatives; none where it has some."""
    simple = "," not in selector and ":" not in selector
    return frozenset(_NAME.findall(_BRACKETS.sub(" ", selector)) if simple else ())


def host_pattern(host: str) -> re.Pattern[str]:
    """A pattern for the host itself and every host below it; `*` stands for letters, digits and hyphens."""
    return re.compile(r"(?:[a-z0-9-]+\.){0,6}" + re.escape(host).replace(r"\*", "[a-z0-9-]{0,63}"))


def host_of(url: str) -> str:
    """The host name of an address, or of a bare host name, in lower case; "" where there is none."""
    try:
        return (urlsplit(url if "//" in url else f"//{url}").hostname or "").lower()
    except ValueError:
        return ""


@dataclass(frozen=True, slots=True)
class Served:
    """A host that a profile serves: the profile, the publisher's name there, and how exact the host is."""

    profile: SiteProfile
    name: str | None
    length: int


@dataclass(frozen=True)
class Profiles:
    """The profiles to choose from, found by host name in constant time."""

    all: tuple[SiteProfile, ...] = ()

    @cached_property
    def _hosts(self) -> dict[str, list[Served]]:
        hosts: dict[str, list[Served]] = {}
        for profile in self.all:
            for host, name in profile.named_hosts():
                if "*" not in host:
                    hosts.setdefault(host, []).append(Served(profile, name, len(host)))
        return hosts

    @cached_property
    def _stars(self) -> tuple[tuple[re.Pattern[str], Served], ...]:
        return tuple(
            (host_pattern(host), Served(profile, name, len(host.replace("*", ""))))
            for profile in self.all
            for host, name in profile.named_hosts()
            if "*" in host
        )

    def served(self, url: str) -> Served | None:
        """The most exact host of a profile that is made for the address."""
        host = host_of(url)
        labels = host.split(".")[-8:]
        found = [served for i in range(len(labels)) for served in self._hosts.get(".".join(labels[i:]), ())]
        found += [served for pattern, served in self._stars if pattern.fullmatch(host)]
        fitting = [served for served in found if served.profile.fits(url)]
        return max(fitting, key=lambda served: (served.length, bool(served.profile.urls)), default=None)

    def for_url(self, urls: Iterable[str | None]) -> SiteProfile | None:
        """The profile of the first address that one knows; the most exact host wins."""
        return next((served.profile for url in urls if url and (served := self.served(url))), None)

    @cached_property
    def _signs(self) -> tuple[tuple[frozenset[str], str, SiteProfile], ...]:
        """Every sign, with the class names and ids that must stand in the page for it to match, and its profile."""
        return tuple((_names_in(sign), sign, profile) for profile in self.all for sign in profile.signs)

    def for_page(self, tree: LexborHTMLParser) -> SiteProfile | None:
        """The first profile one of whose signs stands in the page."""
        values: set[str | None] = set()
        for node in tree.css("[class], [id]"):
            attributes = node.attributes
            values.update((attributes.get("class"), attributes.get("id")))
        names = frozenset(" ".join(filter(None, values)).split())
        head = tree.head if tree.head is not None and tree.head.css_first("meta[content]") else None
        for needed, sign, profile in self._signs:
            if needed <= names:
                scope = head if head is not None and sign.startswith("meta[") else tree
                if scope.css_first(sign) is not None:
                    return profile
        return None

    @cached_property
    def _publishers(self) -> dict[str, str]:
        names = {name for profile in self.all for _, name in profile.named_hosts() if name}
        return {_squash(name): name for name in sorted(names)}

    def publisher_named(self, texts: Iterable[str]) -> str | None:
        """The first publisher whose name is the whole of a text, whatever its case: "ANTARA", "CNN Indonesia"."""
        return next(filter(None, (self._publishers.get(_squash(text)) for text in texts)), None)

    def publisher_of(self, url: str) -> str | None:
        """The name of the publisher of an address or a host, such as a dateline's ("TRIBUNJATENG.COM, BLORA")."""
        served = self.served(url) if url else None
        return served.name if served else None

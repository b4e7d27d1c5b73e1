"""An HTML page to an article."""

from __future__ import annotations

from typing import Any, Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from extractor.page.about import find_section, find_summary, find_tags
from extractor.page.body import prune, read_blocks
from extractor.page.build import dateline, join_blocks, publisher_of_hosts
from extractor.page.bylines import Credits
from extractor.page.clock import ClockReader
from extractor.page.decode import decode
from extractor.page.headline import Headline, find_headline, tidy_title
from extractor.page.kinds import STUB, Signs, page_type
from extractor.page.locate import link_density, locate_body, locate_captions
from extractor.page.page import Page
from extractor.page.pages import page_numbers
from extractor.page.people import People, PeopleFinder
from extractor.page.places import first_at, values_at
from extractor.page.profiles import Profiles
from extractor.page.rules import PageRules, page_rules
from extractor.page.site import find_site
from extractor.page.structured import Structured, read_structured
from extractor.page.surroundings import Surroundings, look_around
from extractor.page.times import url_day
from extractor.page.tongue import language_of
from extractor.page.tree import NOT_CONTENT, clean_text, parse, strip_scripts
from extractor.page.trim import Trimmed, Trimmer, without_names
from extractor.patterns import PatternSet
from extractor.record import Article, PageType, Source, Warning

_MUCH: Final = 0.3
_VISIBLE: Final = 10_000
_OFTEN_ENOUGH: Final = 2 * STUB  # of shorter bodies the visible text is often asked for
_KEPT_TEXT: Final = frozenset({PageType.ARTICLE, PageType.PAYWALL})


def read_html(
    html: str | bytes,
    patterns: PatternSet,
    *,
    url: str | None = None,
    published: str | None = None,
    charset: str | None = None,
    profiles: bool = True,
) -> Page:
    """Cleans an HTML page.

    Args:
        html: The page, as bytes (the encoding is found out) or as text.
        patterns: The rule data.
        url: Address it was fetched from; helps to choose the site's profile.
        published: Publication time in ISO 8601; wins over what the page says.
        charset: Encoding named by the HTTP header.
        profiles: False switches the site profiles off, to measure the generic path.

    Returns:
        The article, and warnings. A page that is no article has another `page_type` and the warning "not-an-article".

    Raises:
        InputError: The input is empty, binary or too large.
    """
    decoded = decode(html, charset)
    reader = _Reader(decoded.utf8 or decoded.text, page_rules(patterns), url, published, profiles)
    reader.warnings.extend(decoded.warnings)
    return reader.read()


def _take_structured(tree: LexborHTMLParser) -> Structured:
    """Reads what the page says about itself and drops what is never text; finding both at once costs half."""
    nodes = tree.css(f"meta[content], {NOT_CONTENT}")
    structured = read_structured(tree, nodes)
    for node in nodes:
        if node.tag != "meta":
            node.decompose()
    return structured


def _visible(tree: LexborHTMLParser) -> str:
    """The beginning of the visible text, as it stands in the page."""
    return tree.body.text(separator=" ")[:_VISIBLE] if tree.body else ""


class _Reader:
    """Reads one page."""

    def __init__(
        self, html: str | bytes, rules: PageRules, url: str | None, published: str | None, profiles: bool
    ) -> None:
        self.html = html
        self.rules = rules
        self.url = url
        self.given = published
        self.warnings: list[Warning] = []
        self.evidence: list[Source] = []
        self.visible: str | None = None
        self.profiles = rules.profiles if profiles else Profiles()
        self.tree = parse(html)
        self.structured = _take_structured(self.tree)
        day = url_day(self.structured.canonical) or url_day(url)
        self.site = find_site(self.tree, self.structured, self.profiles, url, day)

    def read(self) -> Page:
        """The page's article and warnings."""
        headline = self._headline()
        title = headline.title if headline else None
        body = self.site.body(self.tree) or self._located(headline)
        around = look_around(body, headline.node if headline else None, title) if body else None
        tags = find_tags(self.tree, self.structured, self.site, self.rules, body, around.scope if around else None)
        fields = self._times(around)
        summary = find_summary(self.tree, self.structured, self.site, self.rules, title)
        section = find_section(self.tree, self.structured, self.site, self.rules)
        numbers = page_numbers(self.tree, self.structured.canonical, self.url)
        length = sum(len(node.text()) for node in body)
        if length < _OFTEN_ENOUGH:
            self.visible = _visible(self.tree)
        trimmed = self._body(body, title, length)
        people = PeopleFinder(self.tree, self.structured, self.site, self.rules).find(around, trimmed.credits)
        text, blocks = join_blocks(without_names(trimmed.blocks, people.credits))
        address = self.structured.canonical or self.url
        signs = Signs(text, title or self.structured.title or "", address, self._visible, self._links)
        kind = page_type(signs, self.structured, self.rules)
        if kind not in _KEPT_TEXT:
            text, blocks = "", ()
        place, hosts = dateline(text, self.rules.bylines, self.site.host, self.site.names)
        self._note("summary", summary)
        self._note("section", section)
        article = Article(
            url=self.url,
            canonical_url=self.structured.canonical,
            publisher=self.site.publisher or publisher_of_hosts(hosts, self.profiles),
            title=title,
            summary=summary[1] if summary else None,
            section=section[1] if section else None,
            tags=tags,
            **self._people(people),
            **fields,
            dateline=place,
            language=self._language(text or self._visible()),
            page_type=kind,
            page_number=numbers[0],
            page_count=numbers[1],
            text=text,
            blocks=blocks,
            evidence=tuple(self.evidence),
        )
        self._warn_of_kind(kind)
        if kind is PageType.ARTICLE and title is None:
            self.warnings.append(Warning(code="no-title", detail="The page names no headline."))
        return Page(article, self.warnings)

    def _anew(self) -> LexborHTMLParser:
        """The page parsed anew, for boxes are gone from the tree once the body was read."""
        tree = parse(self.html)
        strip_scripts(tree)
        return tree

    def _links(self) -> float:
        """The share of the page's text that stands in links."""
        body = self._anew().body
        return link_density(body) if body else 0.0

    def _visible(self) -> str:
        """The beginning of the page's visible text."""
        if self.visible is None:
            self.visible = _visible(self._anew())
        return clean_text(self.visible)

    def _located(self, headline: Headline | None) -> list[LexborNode]:
        """The body's elements by the generic path; in a gallery, the captions."""
        body = locate_body(self.tree, self.rules, headline)
        address = self.structured.canonical or self.url or ""
        gallery = any(
            kind == "gallery" and place == "url" and pattern.search(address)
            for kind, place, pattern in self.rules.kinds
        )
        captions = locate_captions(self.tree, body) if gallery else []
        return captions or body

    def _headline(self) -> Headline | None:
        found = first_at(self.site.layout.title, self.tree, self.structured)
        generic = find_headline(self.tree, self.structured, self.rules, self.site.names, self.site.host)
        if found:
            title = self.site.without_suffix(tidy_title(found[1], self.rules))
            generic = Headline(title, found[0], found[1], generic.node if generic else None)
        if generic:
            self.evidence.append(Source(field="title", place=generic.place, raw=generic.raw))
        return generic

    def _times(self, around: Surroundings | None) -> dict[str, str | None]:
        reader = ClockReader(self.tree, self.structured, self.site, self.rules)
        choice = reader.published(around, self.url)
        modified = reader.modified(choice)
        if modified:
            self.evidence.append(Source(field="modified", place=modified.place, raw=modified.raw))
        if self.given:
            self.evidence.append(Source(field="published", place="argument", raw=self.given))
        elif choice:
            self.evidence.append(Source(field="published", place=choice.claim.place, raw=choice.claim.raw))
            if choice.conflict:
                told, other = choice.claim, choice.conflict
                detail = f"{told.place} says {told.raw!r}, {other.place} says {other.raw!r}."
                self.warnings.append(Warning(code="published-conflict", detail=detail))
            if choice.assumed:
                detail = f"{choice.claim.place} says {choice.claim.raw!r}; it was read as UTC and is told in WIB."
                self.warnings.append(Warning(code="zone-assumed", detail=detail))
        published = self.given or (choice.moment.iso() if choice else None)
        if published is None:
            self.warnings.append(Warning(code="no-published-date", detail="The page names no time of publication."))
        return {"published": published, "modified": modified.moment.iso() if modified else None}

    def _body(self, body: list[LexborNode], title: str | None, whole: int) -> Trimmed:
        layout = self.site.layout
        decks = [text for where in layout.deck for text in values_at(where, self.tree, self.structured)]
        kept = frozenset(node.mem_id for selector in layout.keep for node in self.tree.css(selector))
        self._remove(body)
        for node in body:
            prune(node, self.rules, kept)
        subheads = frozenset(selector.rpartition(".")[2] for selector in layout.subheads)
        trimmed = Trimmer(self.rules, title, decks, self.site.noise, self.site.bylines).trim(
            read_blocks(body, subheads)
        )
        cut = sum(map(len, trimmed.cut))
        if whole and cut > _MUCH * whole and cut > 600:
            detail = f"{len(trimmed.cut)} blocks with {cut} characters were cut from the body as boilerplate."
            self.warnings.append(Warning(code="much-boilerplate", detail=detail))
        return trimmed

    def _remove(self, body: list[LexborNode]) -> None:
        """Drops what the layout names as noise inside the body."""
        for selector in self.site.layout.remove:
            for node in body:
                while (found := node.css_first(selector)) is not None and found.mem_id != node.mem_id:
                    found.decompose()

    def _people(self, people: People) -> dict[str, Any]:
        for role, (place, raw) in people.places.items():
            self.evidence.append(Source(field=role, place=place, raw=raw))
        credits: Credits = people.credits
        agency = credits.get("agency")
        return {
            "authors": credits.get("authors"),
            "editors": credits.get("editors"),
            "photographers": credits.get("photographers"),
            "agency": agency[0] if agency else None,
        }

    def _language(self, text: str) -> str | None:
        language = language_of(text, self.rules.stop_words)
        if language not in (None, "id"):
            self.warnings.append(Warning(code="not-indonesian", detail=f"The text's language is {language!r}."))
        return language

    def _note(self, field: str, found: tuple[str, str] | None) -> None:
        if found:
            self.evidence.append(Source(field=field, place=found[0], raw=found[1]))

    def _warn_of_kind(self, kind: PageType) -> None:
        if kind is not PageType.ARTICLE:
            self.warnings.append(Warning(code="not-an-article", detail=f"The page is no article: {kind.value}."))

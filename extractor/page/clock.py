"""Collects what a page says about when it was published and changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Final

from selectolax.lexbor import LexborHTMLParser

from extractor.page.places import evidence_place, values_at
from extractor.page.profiles import Clock, Layout
from extractor.page.published import Choice, Claim, choose
from extractor.page.rules import PageRules
from extractor.page.site import Site
from extractor.page.structured import Structured
from extractor.page.surroundings import Surroundings
from extractor.page.times import Moment, url_day
from extractor.page.tree import node_text

_ATTRIBUTES: Final = ("datetime", "content", "title")
_DATE_LINE: Final = 110


class ClockReader:
    """Finds the times of one page."""

    def __init__(self, tree: LexborHTMLParser, structured: Structured, site: Site, rules: PageRules) -> None:
        self.tree = tree
        self.structured = structured
        self.site = site
        self.rules = rules
        self._changes = self._modified_claims()

    def published(self, around: Surroundings | None, url: str | None) -> Choice | None:
        """The time of publication; None when the page names none."""
        claims = [*self._profile_claims(self.site.layout.published), *self._generic_claims(around)]
        donors = [claim.moment for claim in self._changes]
        return choose(claims, donors, url_day(self.structured.canonical) or url_day(url))

    def modified(self, published: Choice | None) -> Claim | None:
        """The time of the last change; None when the page names none."""
        claims = [*self._profile_claims(self.site.layout.modified), *self._changes]
        if not claims:
            return None
        donors = [published.moment] if published else []
        choice = choose(claims[:1], [*donors, *(claim.moment for claim in claims[1:])])
        return Claim(choice.moment, choice.claim.place, choice.claim.raw) if choice else None

    def _profile_claims(self, wheres: Iterable[str]) -> Iterator[Claim]:
        """A profile's places, best first: it is believed, and weighs more than everything generic together."""
        weight = 12.0
        for where in wheres:
            for value in values_at(where, self.tree, self.structured):
                moment = self.rules.times.read(value)
                if moment is not None:
                    moment, trusted = read_by_clock(moment, self.site.layout, where, self._zone())
                    yield Claim(moment, evidence_place(where), value[:200], weight, trusted)
                    weight = 1.0
                    break

    def _zone(self) -> Moment | None:
        zone = self.site.profile.zone if self.site.profile else None
        return self.rules.times.read(f"2000-01-01T00:00{zone}") if zone else None

    def _generic_claims(self, around: Surroundings | None) -> Iterator[Claim]:
        yield from self._claims("json-ld:datePublished", self.structured.json_ld("datePublished"), 2.0)
        for place, value in self.structured.meta(*self.rules.patterns.lexicon("page.metadata.published").phrases):
            yield from self._claims(place, [value], 1.0)
        if around is not None:
            yield from self._element_claims(around)
            yield from self._line_claims(around)

    def _claims(self, place: str, values: Iterable[str], weight: float) -> Iterator[Claim]:
        for value in values:
            moment = self.rules.times.read(value)
            if moment is not None:
                yield Claim(moment, place, value[:200], weight)

    def _element_claims(self, around: Surroundings) -> Iterator[Claim]:
        for entry in self.rules.patterns.lexicon("page.metadata.time-elements").entries:
            for node in around.scope.css(entry.text)[:2]:
                values = [node.attributes.get(name) or "" for name in _ATTRIBUTES]
                value = next(
                    (value for value in (*values, node_text(node)[:_DATE_LINE]) if self.rules.times.read(value)), ""
                )
                yield from self._claims(f"visible:{entry.text}", [value] if value else [], 1.0)

    def _line_claims(self, around: Surroundings) -> Iterator[Claim]:
        """The date lines around the headline, those below it first."""
        at = around.title_at
        order = range(len(around.head)) if at is None else [*range(at, len(around.head)), *range(at - 1, -1, -1)]
        weight = 2.0
        for position in order:
            line = around.head[position]
            moment = self.rules.times.of_line(line)
            if moment is None:
                continue
            before = around.head[position - 1] if position else ""
            if not self.rules.modified_words.search(f"{before[-20:]} {line[:20]}"):
                yield Claim(moment, "visible:date-line", line, weight)
                weight = 0.3

    def _modified_claims(self) -> list[Claim]:
        claims = list(self._claims("json-ld:dateModified", self.structured.json_ld("dateModified"), 1.0))
        for place, value in self.structured.meta(*self.rules.patterns.lexicon("page.metadata.modified").phrases):
            claims.extend(self._claims(place, [value], 1.0))
        return claims


def read_by_clock(moment: Moment, layout: Layout, where: str, zone: Moment | None) -> tuple[Moment, bool]:
    """A moment read as the layout says, and whether its zone can be trusted."""
    clock = layout.clock(where)
    offset = zone.when.utcoffset() if zone else None
    if clock is Clock.LOCAL:
        return moment.in_zone(offset), offset is not None
    if clock is Clock.UTC:
        utc = moment.in_zone(timedelta(0))
        return (utc.moved_to(offset) if offset else utc), offset is not None
    if moment.has_time and moment.when.tzinfo is None and offset is not None:
        return moment.in_zone(offset), True
    return moment, False

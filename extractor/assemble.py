"""Builds the record from a page and the annotations of its text."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

from extractor._version import __version__
from extractor.language.dates.calendar import calendar_value
from extractor.language.state import (
    Annotations,
    EventFound,
    FigureFound,
    Found,
    Person,
    QuoteFound,
    Range,
    RoleFound,
    Timex,
    VenueFound,
)
from extractor.page import Page
from extractor.record import Record, Warning

Item = dict[str, Any]


def assemble(page: Page, found: Annotations | None, digest: str, source: str | None) -> Record:
    """The record of a page.

    Its parts are handed to pydantic as plain dictionaries, all at once, which costs half of what building them one by
    one does.

    Args:
        page: The cleaned page.
        found: What the language pipeline found in its text, or None where it did not run.
        digest: Hash of the rule data.
        source: Where the page came from.
    """
    whole = _Builder(page.article.text, found).parts() if found else {}
    noted = [Warning(code=code, detail=detail) for code, detail in (found.warnings if found else ())]
    whole["id"] = record_id(page.article.canonical_url or page.article.url, page.article.title, page.article.text)
    whole["article"] = page.article
    whole["warnings"] = (*page.warnings, *noted)
    whole["provenance"] = {"version": __version__, "patterns": digest, "source": source}
    return Record.model_validate(whole)


def record_id(url: str | None, title: str | None, text: str) -> str:
    """A stable id: the first 16 hexadecimal digits of the SHA-256 of address, title and text."""
    return hashlib.sha256("\0".join((url or "", title or "", text)).encode()).hexdigest()[:16]


class _Builder:
    def __init__(self, text: str, found: Annotations) -> None:
        self.text = text
        self.found = found
        self.officials = [person for person in found.persons if person.roles]
        self.ids = {id(person): f"o{number}" for number, person in enumerate(self.officials, 1)}

    def parts(self) -> Item:
        found = self.found
        return {
            "officials": list(map(self.official, self.officials)),
            "dates": list(map(self.date, found.dates)),
            "venues": list(map(self.venue, found.venues)),
            "percentages": list(map(self.percentage, found.percentages)),
            "counts": list(map(self.count, found.counts)),
            "quotes": list(map(self.quote, found.quotes)),
            "events": list(map(self.event, found.events)),
        }

    def evidence(self, item: Found) -> Item:
        return {"start": item.start, "end": item.end, "text": self.text[item.start : item.end], "rule": item.rule}

    def spans(self, ranges: Iterable[Range]) -> list[Item]:
        return [{"start": start, "end": end, "text": self.text[start:end]} for start, end in ranges]

    def id_of(self, person: Person | None) -> str | None:
        return self.ids.get(id(person)) if person else None

    def official(self, person: Person) -> Item:
        return {
            "id": self.ids[id(person)],
            "name": person.name,
            "rank": person.rank,
            "honorifics": person.honorifics,
            "aliases": person.aliases,
            "roles": list(map(self.role, person.roles)),
            "mentions": self.spans(sorted(person.mentions)),
        }

    def role(self, role: RoleFound) -> Item:
        item = self.evidence(role)
        item["title"] = role.title
        item["organization"] = role.organization
        item["sector"] = role.sector
        item["region"] = role.region
        item["status"] = role.status
        item["period"] = role.period
        return item

    def date(self, timex: Timex) -> Item:
        """An expression with its day, month or year; either end of a range stands for all of its text."""
        start, end = timex.whole or (timex.start, timex.end)
        return {
            "start": start,
            "end": end,
            "text": self.text[start:end],
            "rule": timex.rule,
            "type": timex.type,
            "value": calendar_value(timex.value, timex.mod),
            "zone": timex.zone,
        }

    def venue(self, venue: VenueFound) -> Item:
        item = self.evidence(venue)
        item["name"] = venue.name
        item["kind"] = venue.kind
        item["region"] = venue.region
        item["hosts_event"] = venue.hosts_event
        return item

    def figure(self, figure: FigureFound) -> Item:
        item = self.evidence(figure)
        item["metric"] = figure.metric
        item["region"] = figure.region
        item["region_source"] = figure.region_source
        item["event"] = figure.event
        item["year"] = figure.year
        item["official"] = self.id_of(figure.speaker)
        item["mentions"] = self.spans(figure.mentions)
        item["value"] = figure.value
        return item

    def percentage(self, figure: FigureFound) -> Item:
        item = self.figure(figure)
        item["category"] = figure.category
        item["kind"] = figure.kind
        item["measure"] = figure.measure
        item["numerator"] = figure.numerator
        item["denominator"] = figure.denominator
        return item

    def count(self, figure: FigureFound) -> Item:
        item = self.figure(figure)
        item["unit"] = figure.unit
        return item

    def quote(self, quote: QuoteFound) -> Item:
        item = self.evidence(quote)
        item["direct"] = quote.direct
        item["speaker"] = self.id_of(quote.speaker)
        item["speaker_name"] = quote.speaker_name
        item["cue"] = quote.cue
        return item

    def event(self, event: EventFound) -> Item:
        item = self.evidence(event)
        item["type"] = event.type
        item["trigger"] = event.trigger
        item["organizer"] = event.organizer
        item["date"] = event.date
        item["venue"] = event.venue
        item["region"] = event.region
        item["participants"] = [self.ids[id(person)] for person in event.participants if id(person) in self.ids]
        item["modality"] = event.modality
        item["main"] = event.main
        item["reason"] = event.reason
        item["speaker"] = self.id_of(event.speaker)
        return item

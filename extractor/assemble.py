"""Builds the record from a page and the annotations of its text."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

from extractor._version import __version__
from extractor.language.dates.calendar import calendar_value
from extractor.language.state import Annotations, FigureFound, Found, Person, Range, Timex
from extractor.page import Page
from extractor.record import (
    Count,
    DateExpression,
    Event,
    Official,
    Percentage,
    Provenance,
    Quote,
    Record,
    Role,
    Span,
    Venue,
    Warning,
)


def assemble(page: Page, found: Annotations | None, digest: str, source: str | None) -> Record:
    """The record of a page.

    Args:
        page: The cleaned page.
        found: What the language pipeline found in its text, or None where it did not run.
        digest: Hash of the rule data.
        source: Where the page came from.
    """
    parts: dict[str, Any] = _Builder(page.article.text, found).parts() if found else {}
    noted = [Warning(code=code, detail=detail) for code, detail in (found.warnings if found else ())]
    return Record(
        id=record_id(page.article.canonical_url or page.article.url, page.article.title, page.article.text),
        article=page.article,
        warnings=(*page.warnings, *noted),
        provenance=Provenance(version=__version__, patterns=digest, source=source),
        **parts,
    )


def record_id(url: str | None, title: str | None, text: str) -> str:
    """A stable id: the first 16 hexadecimal digits of the SHA-256 of address, title and text."""
    return hashlib.sha256("\0".join((url or "", title or "", text)).encode()).hexdigest()[:16]


class _Builder:
    def __init__(self, text: str, found: Annotations) -> None:
        self.text = text
        self.found = found
        self.officials = [person for person in found.persons if person.roles]
        self.ids = {id(person): f"o{number}" for number, person in enumerate(self.officials, 1)}

    def parts(self) -> dict[str, Any]:
        found = self.found
        return {
            "officials": tuple(map(self.official, self.officials)),
            "dates": tuple(map(self.date, found.dates)),
            "venues": tuple(
                Venue(**self.evidence(v), name=v.name, kind=v.kind, region=v.region, hosts_event=v.hosts_event)
                for v in found.venues
            ),
            "percentages": tuple(
                Percentage(
                    **self.figure(f),
                    value=f.value,
                    category=f.category,
                    kind=f.kind,
                    measure=f.measure,
                    numerator=f.numerator,
                    denominator=f.denominator,
                )
                for f in found.percentages
            ),
            "counts": tuple(Count(**self.figure(f), value=f.value, unit=f.unit) for f in found.counts),
            "quotes": tuple(
                Quote(
                    **self.evidence(q),
                    direct=q.direct,
                    speaker=self.id_of(q.speaker),
                    speaker_name=q.speaker_name,
                    cue=q.cue,
                )
                for q in found.quotes
            ),
            "events": tuple(
                Event(
                    **self.evidence(e),
                    type=e.type,
                    trigger=e.trigger,
                    organizer=e.organizer,
                    date=e.date,
                    venue=e.venue,
                    region=e.region,
                    participants=tuple(self.ids[id(p)] for p in e.participants if id(p) in self.ids),
                    modality=e.modality,
                    main=e.main,
                    reason=e.reason,
                    speaker=self.id_of(e.speaker),
                )
                for e in found.events
            ),
        }

    def evidence(self, item: Found) -> dict[str, Any]:
        return {"start": item.start, "end": item.end, "text": self.text[item.start : item.end], "rule": item.rule}

    def date(self, timex: Timex) -> DateExpression:
        """An expression with its day, month or year; either end of a range stands for all of its text."""
        start, end = timex.whole or (timex.start, timex.end)
        value = calendar_value(timex.value, timex.mod)
        whole = {"start": start, "end": end, "text": self.text[start:end], "rule": timex.rule}
        return DateExpression(**whole, type=timex.type, value=value, zone=timex.zone)

    def spans(self, ranges: Iterable[Range]) -> tuple[Span, ...]:
        return tuple(Span(start=start, end=end, text=self.text[start:end]) for start, end in ranges)

    def id_of(self, person: Person | None) -> str | None:
        return self.ids.get(id(person)) if person else None

    def official(self, person: Person) -> Official:
        roles = (
            Role(
                **self.evidence(role),
                title=role.title,
                organization=role.organization,
                sector=role.sector,
                region=role.region,
                status=role.status,
                period=role.period,
            )
            for role in person.roles
        )
        return Official(
            id=self.ids[id(person)],
            name=person.name,
            rank=person.rank,
            honorifics=tuple(person.honorifics),
            aliases=tuple(person.aliases),
            roles=tuple(roles),
            mentions=self.spans(sorted(person.mentions)),
        )

    def figure(self, item: FigureFound) -> dict[str, Any]:
        return {
            **self.evidence(item),
            "metric": item.metric,
            "region": item.region,
            "region_source": item.region_source,
            "event": item.event,
            "year": item.year,
            "official": self.id_of(item.speaker),
            "mentions": self.spans(item.mentions),
        }

"""The record: the contract with everyone who reads Warta's output (schema version 1.0).

One `Record` per article. Every extracted item is *evidenced*: it carries `start` and `end` (code points of
`article.text`), the `text` that stands there, and the id of the `rule` that found it. `Record` refuses to be built
when `article.text[start:end] != text` for any of them.

It and its closed vocabularies import nothing else of ours. Field names are stable: fields are added, never renamed.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from extractor.vocabularies import (
    BlockKind,
    Category,
    FigureKind,
    Level,
    Modality,
    PageType,
    RegionSource,
    Status,
    TimexType,
)

__all__ = [
    "SCHEMA_VERSION",
    "Article",
    "Block",
    "BlockKind",
    "Category",
    "Count",
    "DateExpression",
    "Event",
    "Evidenced",
    "Figure",
    "FigureKind",
    "Level",
    "Modality",
    "Official",
    "PageType",
    "Part",
    "Percentage",
    "Provenance",
    "Quote",
    "Record",
    "Region",
    "RegionSource",
    "Role",
    "Source",
    "Span",
    "Status",
    "TimexType",
    "Venue",
    "Warning",
]

SCHEMA_VERSION: Literal["1.0"] = "1.0"


class Part(BaseModel):
    """Base of every part of a record: immutable, unknown keys refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Span(Part):
    """A stretch of `article.text`."""

    start: int = Field(ge=0, description="First code point of the stretch in `article.text`.")
    end: int = Field(ge=0, description="Code point after the last one.")
    text: str = Field(min_length=1, description="What stands there: `article.text[start:end]`.")

    @model_validator(mode="after")
    def _length_fits(self) -> Self:
        if self.end - self.start != len(self.text):
            raise ValueError(
                f"text {self.text!r} has {len(self.text)} code points, start {self.start} and end {self.end} differ"
            )
        return self


class Evidenced(Span):
    """A stretch of `article.text` that a rule found."""

    rule: str = Field(min_length=1, description="Id of the rule in `patterns/` that found the item.")


class Region(Part):
    """An administrative region, linked to the official table where it is unambiguous."""

    name: str = Field(
        description="Name in full, as in the official table ('Kabupaten Blora'), or as written when not linked."
    )
    level: Level | None = Field(default=None, description="Administrative level, null when the text leaves it open.")
    code: str | None = Field(
        default=None, description="Kemendagri code in dotted form ('33.16'), null when not linked or foreign."
    )
    province: str | None = Field(
        default=None, description="Name of the province it lies in, null for a province or a country."
    )
    parent: str | None = Field(
        default=None,
        description="Name of the regency or city that a district or village lies in, where it is told.",
    )


class Source(Part):
    """Where on the page a value of `article` was taken from."""

    field: str = Field(description="Name of the article's field: title, published, authors ...")
    place: str = Field(
        description="json-ld, meta, microdata, visible, url, argument ... with the selector or key after a colon."
    )
    raw: str | None = Field(default=None, description="The value as it stood there.")


class Block(Part):
    """A block of the article's text."""

    kind: BlockKind = Field(description="Paragraph, subhead, list item or table row.")
    start: int = Field(ge=0, description="First code point in `article.text`.")
    end: int = Field(ge=0, description="Code point after the last one.")


class Article(Part):
    """The cleaned page."""

    url: str | None = Field(default=None, description="Address the page was fetched from, as given.")
    canonical_url: str | None = Field(default=None, description="Address that the page names as its own.")
    publisher: str | None = Field(default=None, description="Name of the outlet.")
    title: str | None = Field(default=None, description="Headline without the site's name.")
    summary: str | None = Field(default=None, description="Deck: the sentence or two between headline and body.")
    section: str | None = Field(default=None, description="Section or channel of the site.")
    tags: tuple[str, ...] = Field(default=(), description="Topics that the site gives the article.")
    authors: tuple[str, ...] = Field(default=(), description="Reporters and writers.")
    editors: tuple[str, ...] = Field(default=(), description="Editors.")
    photographers: tuple[str, ...] = Field(default=(), description="Photographers.")
    agency: str | None = Field(default=None, description="News agency or partner outlet that the text was taken from.")
    published: str | None = Field(
        default=None, description="Publication time in ISO 8601, with zone where known, a date where no time is known."
    )
    modified: str | None = Field(default=None, description="Time of the last change in ISO 8601.")
    dateline: str | None = Field(default=None, description="Place named before the first sentence ('BLORA').")
    language: str | None = Field(default=None, description="ISO 639-1 code of the text's language.")
    page_type: PageType = Field(default=PageType.ARTICLE, description="Whether the page is an article at all.")
    page_number: int | None = Field(
        default=None, ge=1, description="Number of this page where an article is split over several."
    )
    page_count: int | None = Field(default=None, ge=1, description="Number of pages the article is split into.")
    text: str = Field(default="", description="The body: blocks joined by an empty line, boilerplate removed.")
    blocks: tuple[Block, ...] = Field(default=(), description="The blocks of `text`, in order.")
    evidence: tuple[Source, ...] = Field(
        default=(), description="Where on the page title, times, authors ... were taken from."
    )


class Role(Evidenced):
    """One office or position that the text gives a person."""

    title: str = Field(description="The office alone ('Komisioner Divisi Teknis').")
    organization: str | None = Field(
        default=None, description="The body ('KPU Kabupaten Blora'), null where the office implies it."
    )
    sector: str | None = Field(
        default=None, description="Field of public life: government, election, police, party ..."
    )
    region: Region | None = Field(default=None, description="Administrative area inside the role as written.")
    status: Status = Field(default=Status.CURRENT, description="current, former, acting, candidate or elect.")
    period: str | None = Field(default=None, description="Term of office as written ('2018-2023').")


class Official(Part):
    """A named person to whom the text gives an office or position."""

    id: str = Field(description="Id inside this record ('o1').")
    name: str = Field(min_length=1, description="Fullest form of the name, without rank, honorific and degrees.")
    rank: str | None = Field(default=None, description="Police or army rank as written.")
    honorifics: tuple[str, ...] = Field(default=(), description="Honorifics and degrees as written ('H.', 'S.H.').")
    aliases: tuple[str, ...] = Field(
        default=(), description="Other forms of the name in the text, in order of appearance."
    )
    roles: tuple[Role, ...] = Field(default=(), description="Every role, in order of appearance.")
    mentions: tuple[Span, ...] = Field(default=(), description="Every place where the text names the person.")


class DateExpression(Evidenced):
    """A temporal expression."""

    type: TimexType = Field(description="DATE, TIME, DURATION or SET.")
    value: str | None = Field(
        default=None,
        description="TIMEX3 value (ISO 8601), null when it cannot be resolved or a DATE is no day, month or year.",
    )
    zone: str | None = Field(default=None, description="Time zone as written: WIB, WITA, WIT ...")


class Venue(Evidenced):
    """A named physical site."""

    name: str = Field(description="The site's name as written.")
    kind: str = Field(description="hotel, hall, office, school, mosque, street ...: the list is in `patterns/venues/`.")
    region: Region | None = Field(default=None, description="The administrative area it lies in.")
    hosts_event: bool = Field(
        default=False, description="Whether the text ties something that takes place to the site."
    )


class Figure(Evidenced):
    """What percentages and counts share."""

    metric: str | None = Field(default=None, description="The words of the text that say what is measured.")
    region: Region | None = Field(default=None, description="The smallest area that the text ties to the figure.")
    region_source: RegionSource | None = Field(
        default=None,
        description="Where that area is named: sentence, list, table, heading, or frame (headline and lead).",
    )
    event: str | None = Field(default=None, description="The election it belongs to: Pemilu, Pilkada, Pilgub ...")
    year: int | None = Field(default=None, description="The year that the text ties to the figure.")
    official: str | None = Field(default=None, description="Id of the official who said it.")
    mentions: tuple[Span, ...] = Field(default=(), description="Further places where the same figure is told.")


class Percentage(Figure):
    """A share in percent."""

    value: float = Field(description="The number before 'persen' or '%'.")
    category: Category = Field(description="What kind of share it is.")
    kind: FigureKind = Field(default=FigureKind.ACTUAL, description="actual, target, projection, change or threshold.")
    measure: str | None = Field(
        default=None,
        description="Finer kind of participation_other: attendance ...; the list is in `patterns/figures/`.",
    )
    numerator: float | int | None = Field(
        default=None, description="The number that the share is of `denominator`, where the text gives it."
    )
    denominator: float | int | None = Field(
        default=None, description="The number that is 100 percent, where the text gives it."
    )


class Count(Figure):
    """A number of things, or a sum of money."""

    value: float | int = Field(description="The number, magnitudes resolved ('1,5 juta' is 1500000).")
    unit: str = Field(description="What is counted, as written ('surat suara'), or the currency ('Rp').")


class Quote(Evidenced):
    """Direct or reported speech; `text` is what was said, without the quotation marks."""

    direct: bool = Field(description="True between quotation marks, false for reported speech.")
    speaker: str | None = Field(default=None, description="Id of the official who speaks.")
    speaker_name: str | None = Field(default=None, description="Name of the speaker, or the body that speaks.")
    cue: str | None = Field(
        default=None, description="The verb of saying ('ucap'), null where a quote continues the one before."
    )


class Event(Evidenced):
    """Something that happens in the article."""

    type: str = Field(description="Type from the closed list in `patterns/events/`.")
    trigger: str = Field(description="The words that name it.")
    organizer: str | None = Field(default=None, description="Who held it.")
    date: str | None = Field(default=None, description="Day in ISO 8601.")
    venue: str | None = Field(default=None, description="Name of the venue.")
    region: Region | None = Field(default=None, description="Administrative area.")
    participants: tuple[str, ...] = Field(default=(), description="Ids of the officials who took part.")
    modality: Modality = Field(default=Modality.ASSERTED, description="asserted, planned, denied or hypothetical.")
    main: bool = Field(default=False, description="True for the one event that the article reports.")
    reason: str | None = Field(default=None, description="Why it was chosen as the main event.")
    speaker: str | None = Field(
        default=None, description="Id of the official who tells of it, where it stands in a quote."
    )


class Warning(Part):
    """Something that a reader of the record should know; `code` is stable."""

    code: str = Field(pattern=r"^[a-z]+(-[a-z]+)*$", description="Stable code, listed in docs/warnings.md.")
    detail: str = Field(description="One sentence for a person.")


class Provenance(Part):
    """How the record came to be."""

    version: str = Field(description="Version of Warta.")
    patterns: str = Field(description="Hash of the rule data ('sha256:...').")
    source: str | None = Field(
        default=None, description="Where the input came from: a path, an address, a place in an archive."
    )
    extracted_at: str | None = Field(
        default=None, description="Time of extraction; only on request, so that output stays reproducible."
    )


class Record(Part):
    """Everything that Warta found in one article."""

    schema_version: Literal["1.0"] = Field(default=SCHEMA_VERSION, description="Version of this schema.")
    id: str = Field(description="Stable id of the article: a hash of its address, title and text.")
    article: Article = Field(description="The cleaned page.")
    officials: tuple[Official, ...] = Field(default=(), description="Named persons with an office or position.")
    dates: tuple[DateExpression, ...] = Field(default=(), description="Temporal expressions.")
    venues: tuple[Venue, ...] = Field(default=(), description="Named physical sites.")
    percentages: tuple[Percentage, ...] = Field(default=(), description="Shares in percent.")
    counts: tuple[Count, ...] = Field(default=(), description="Numbers of things and sums of money.")
    quotes: tuple[Quote, ...] = Field(default=(), description="Direct and reported speech.")
    events: tuple[Event, ...] = Field(default=(), description="What happened; at most one is the main event.")
    warnings: tuple[Warning, ...] = Field(default=(), description="What could not be resolved, and what was unusual.")
    provenance: Provenance = Field(description="How the record came to be.")

    def spans(self) -> Iterator[tuple[str, Span]]:
        """Every evidenced stretch with the path of its item, such as `("officials[0].roles[1]", role)`."""
        for i, official in enumerate(self.officials):
            yield from ((f"officials[{i}].roles[{j}]", role) for j, role in enumerate(official.roles))
            yield from ((f"officials[{i}].mentions[{j}]", mention) for j, mention in enumerate(official.mentions))
        for field in ("dates", "venues", "percentages", "counts", "quotes", "events"):
            for i, item in enumerate(getattr(self, field)):
                yield f"{field}[{i}]", item
                if isinstance(item, Figure):
                    yield from ((f"{field}[{i}].mentions[{j}]", mention) for j, mention in enumerate(item.mentions))

    def _stretches(self) -> Iterator[Span]:
        """What `spans` gives, without the paths, which cost more than all else here."""
        for official in self.officials:
            yield from official.roles
            yield from official.mentions
        for figure in (*self.percentages, *self.counts):
            yield figure
            yield from figure.mentions
        yield from (*self.dates, *self.venues, *self.quotes, *self.events)

    @model_validator(mode="after")
    def _evidence_holds(self) -> Self:
        text = self.article.text
        if all(text[span.start : span.end] == span.text for span in self._stretches()):
            return self
        path, span = next((path, span) for path, span in self.spans() if text[span.start : span.end] != span.text)
        found = text[span.start : span.end]
        raise ValueError(f"{path}: article.text[{span.start}:{span.end}] is {found!r}, not {span.text!r}")

    @model_validator(mode="after")
    def _references_hold(self) -> Self:
        known = {official.id for official in self.officials}
        if len(known) != len(self.officials):
            raise ValueError("two officials have the same id")
        named = {q.speaker for q in self.quotes} | {f.official for f in (*self.percentages, *self.counts)}
        named |= {person for event in self.events for person in event.participants}
        if unknown := sorted(named - known - {None}, key=str):
            raise ValueError(f"no official has the id {unknown[0]!r}")
        if sum(event.main for event in self.events) > 1:
            raise ValueError("more than one event is the main event")
        return self

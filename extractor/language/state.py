"""What the components leave on a Doc for each other and for the record.

A component reads and writes `annotations_of(doc)`: lists of small dataclasses with character offsets into `doc.text`.
For users of spaCy each component also writes `doc.spans["warta_…"]` (see `publish`). The dataclasses are cheap; the
record's pydantic models are built once, at the end.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from spacy.tokens import Doc

from extractor.language.tokens import TokenTable
from extractor.record import Block, Region

Range = tuple[int, int]
_KEY: Final = "warta"


@dataclass(slots=True)
class Context:
    """What is known of the article besides its text."""

    published: datetime | None = None
    publisher: str | None = None
    title: str | None = None
    dateline: str | None = None
    blocks: tuple[Block, ...] = ()


@dataclass(slots=True)
class Found:
    """Base of every finding: a character range and the rule that found it."""

    start: int
    end: int
    rule: str


@dataclass(slots=True)
class Timex(Found):
    """A temporal expression; `type`, `value` and `mod` as in TIMEX3.

    `whole` is the range of the expression that this one is an end of, as "2018-2023" is for "2018" and for "2023".
    """

    type: str
    value: str | None
    zone: str | None = None
    mod: str | None = None
    whole: Range | None = None


@dataclass(slots=True)
class RegionMention(Found):
    """A place in the text that names an administrative region.

    `region.code` is None while the mention is ambiguous; `candidates` then holds every region it may stand for.
    """

    region: Region
    candidates: tuple[Region, ...] = ()


@dataclass(slots=True)
class RoleFound(Found):
    """An office that the text gives a person."""

    title: str
    organization: str | None = None
    sector: str | None = None
    region: Region | None = None
    status: str = "current"
    period: str | None = None


@dataclass(slots=True, eq=False)
class Person:
    """A named person; those with roles become the record's officials."""

    name: str
    rank: str | None = None
    honorifics: list[str] = field(default_factory=list)
    aliases: list[str] = field(default_factory=list)
    roles: list[RoleFound] = field(default_factory=list)
    mentions: list[Range] = field(default_factory=list)


@dataclass(slots=True)
class QuoteFound(Found):
    """Direct or reported speech; the range leaves the quotation marks out. `cue_range` is the verb of saying."""

    direct: bool
    speaker: Person | None = None
    speaker_name: str | None = None
    cue: str | None = None
    cue_range: Range | None = None


@dataclass(slots=True)
class VenueFound(Found):
    """A named physical site."""

    name: str
    kind: str
    region: Region | None = None
    hosts_event: bool = False


@dataclass(slots=True)
class FigureFound(Found):
    """A percentage (`unit` is "%") or a count."""

    value: float | int
    unit: str
    category: str = "other"
    kind: str = "actual"
    metric: str | None = None
    measure: str | None = None
    region: Region | None = None
    region_source: str | None = None
    numerator: float | int | None = None
    denominator: float | int | None = None
    event: str | None = None
    year: int | None = None
    speaker: Person | None = None
    mentions: list[Range] = field(default_factory=list)


@dataclass(slots=True)
class EventFound(Found):
    """Something that happens; the range covers the trigger."""

    type: str
    trigger: str
    organizer: str | None = None
    date: str | None = None
    venue: str | None = None
    region: Region | None = None
    participants: list[Person] = field(default_factory=list)
    modality: str = "asserted"
    main: bool = False
    reason: str | None = None
    speaker: Person | None = None


@dataclass(slots=True)
class Annotations:
    """Everything the components know about one Doc; `text` is its text, which is costly to ask the Doc for."""

    tokens: TokenTable
    text: str = ""
    context: Context = field(default_factory=Context)
    paragraphs: list[Range] = field(default_factory=list)
    sentences: list[Range] = field(default_factory=list)
    regions: list[RegionMention] = field(default_factory=list)
    dates: list[Timex] = field(default_factory=list)
    persons: list[Person] = field(default_factory=list)
    quotes: list[QuoteFound] = field(default_factory=list)
    venues: list[VenueFound] = field(default_factory=list)
    percentages: list[FigureFound] = field(default_factory=list)
    counts: list[FigureFound] = field(default_factory=list)
    events: list[EventFound] = field(default_factory=list)
    warnings: list[tuple[str, str]] = field(default_factory=list)

    def sentence_at(self, offset: int) -> Range:
        """The sentence that holds the character at `offset`."""
        return range_at(self.sentences, offset)

    def paragraph_at(self, offset: int) -> Range:
        """The paragraph that holds the character at `offset`."""
        return range_at(self.paragraphs, offset)


def range_at(ranges: Sequence[Range], offset: int) -> Range:
    """The last of the sorted `ranges` that begins at or before `offset`; the first one when none does.

    Raises:
        IndexError: There are no ranges.
    """
    index = bisect_right(ranges, offset, key=lambda r: r[0]) - 1
    return ranges[max(index, 0)]


def overlaps(found: Iterable[Found], start: int, end: int) -> bool:
    """Whether any of `found` shares a character with `start:end`."""
    return any(f.start < end and start < f.end for f in found)


def annotate(doc: Doc, found: Annotations) -> None:
    """Makes `found` the annotations of `doc`, which are also `doc._.warta`."""
    doc.user_data[_KEY] = found


def annotations_of(doc: Doc) -> Annotations:
    """The annotations of `doc`, made on first use, with paragraphs from its line breaks."""
    found: Annotations | None = doc.user_data.get(_KEY)
    if found is None:
        found = Annotations(TokenTable.of(doc), doc.text)
        annotate(doc, found)
    if not found.paragraphs:
        found.paragraphs = paragraphs_of(found.text)
        found.sentences = list(found.paragraphs)
    return found


if not Doc.has_extension("warta"):
    Doc.set_extension("warta", getter=annotations_of)


def paragraphs_of(text: str) -> list[Range]:
    """The lines of `text` that hold anything, stripped; one empty range for a blank text."""
    ranges, position = [], 0
    for line in text.split("\n"):
        if stripped := line.strip():
            start = position + line.index(stripped[0])
            ranges.append((start, start + len(stripped)))
        position += len(line) + 1
    return ranges or [(0, 0)]

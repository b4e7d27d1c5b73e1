"""The sentence around a figure, with everything in it that may bind it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Generic, TypeVar

from extractor.language.state import FigureFound, Range, RegionMention
from extractor.patterns import Scalar
from extractor.record import Region

_LEAD, _FEW = 400, 3
_SHORT: Final = 16


@dataclass(slots=True)
class Cue:
    """A phrase of a lexicon in the text, with the attributes that the lexicon gives it."""

    start: int
    end: int
    set: Mapping[str, Scalar]

    @property
    def role(self) -> str:
        """What the phrase does: category, kind, event, electoral, poll ..."""
        return str(self.set["role"])


@dataclass(slots=True)
class Anchor:
    """An election or a year that figures may be tied to.

    `previous` marks a vote "sebelumnya", whose year the text leaves open; `compared` one that is named for comparison;
    `family` is the wider vote that was held on the same day.
    """

    start: int
    end: int
    event: str | None = None
    year: int | None = None
    previous: bool = False
    compared: bool = False
    family: str | None = None


@dataclass(slots=True)
class Share:
    """A figure with the part it plays: "single", "points", or the "low" or "high" end of a range or a step."""

    figure: FigureFound
    part: str = "single"
    stepwise: bool = False


@dataclass(slots=True)
class Passage:
    """A sentence that holds figures.

    Attributes:
        text: The whole text.
        start: First character of the sentence.
        end: Character after the last one.
        figures: Ranges of the shares in it, in order.
        categories: Cues of what is measured.
        kinds: Cues of actual, target, projection, change and threshold.
        anchors: Elections and years.
        regions: Regions that a figure may be tied to.
        paragraph: First character of its paragraph.
        listed: Whether it is an item of a list, a row of a table or a short line like one.
        source: "sentence", "list" or "table": what a region in it is told by.
        item: The place that the row or item is about, with the offset where its name ends.
        header_cues: Cues of what is measured in the header of the figure's column.
        header_kinds: Cues of the kind there, or in the lines that introduce the list.
        header_anchors: Elections and years there.
        dealt_anchors: The anchors that "masing-masing" deals out, by share.
        dealt_regions: The regions that it deals out.
    """

    text: str
    start: int
    end: int
    figures: list[Range] = field(default_factory=list)
    categories: list[Cue] = field(default_factory=list)
    kinds: list[Cue] = field(default_factory=list)
    anchors: list[Anchor] = field(default_factory=list)
    regions: list[RegionMention] = field(default_factory=list)
    paragraph: int = 0
    listed: bool = False
    source: str = "sentence"
    item: tuple[Region, int] | None = None
    header_cues: list[Cue] = field(default_factory=list)
    header_kinds: list[Cue] = field(default_factory=list)
    header_anchors: list[Anchor] = field(default_factory=list)
    dealt_anchors: dict[Range, Anchor] = field(default_factory=dict)
    dealt_regions: dict[Range, RegionMention] = field(default_factory=dict)

    def between(self, left: int, right: int) -> int:
        """Number of shares that lie between two offsets."""
        return sum(1 for start, end in self.figures if left <= start and end <= right)

    def lead(self, figure: FigureFound) -> int:
        """Offset where the words that lead up to a figure begin: those of the sentence, up to `_LEAD` characters."""
        return max(self.start, figure.start - _LEAD)

    def before(self, figure: FigureFound) -> int:
        """Offset where the previous share of the sentence ends, or the sentence begins."""
        index = bisect_left(self.figures, (figure.start,))
        return next((end for _, end in reversed(self.figures[:index][-_FEW:]) if end <= figure.start), self.start)

    def after(self, figure: FigureFound) -> int:
        """Offset where the next share of the sentence begins, or the sentence ends."""
        index = bisect_left(self.figures, (figure.end,))
        return self.figures[index][0] if index < len(self.figures) else self.end


T = TypeVar("T", Cue, Anchor, RegionMention)


def inside(items: Sequence[T], start: int, end: int) -> list[T]:
    """The items of a sorted list that begin between two offsets; a short list is read through, which is quicker."""
    if len(items) <= _SHORT:
        return [item for item in items if start <= item.start < end]
    low = bisect_left(items, start, key=lambda item: item.start)
    return list(items[low : bisect_right(items, end - 1, key=lambda item: item.start)])


class Ordered(Generic[T]):
    """A sorted list that is asked many times what begins between two offsets."""

    def __init__(self, items: list[T]) -> None:
        self.items: list[T] = items
        self._starts = [item.start for item in items]

    def inside(self, start: int, end: int) -> list[T]:
        """The items that begin between two offsets."""
        low = bisect_left(self._starts, start)
        return self.items[low : bisect_left(self._starts, end, low)]

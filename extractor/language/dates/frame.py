"""What the value of an expression is computed against: the publication time, what the text told before, the words around."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from extractor.language.dates.calendar import Point
from extractor.language.dates.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Value:
    """The value of an expression.

    Attributes:
        type: DATE, TIME, DURATION or SET.
        text: The TIMEX3 value, None where it cannot be resolved.
        point: The day, month or year it denotes, for expressions that count from it.
    """

    type: str
    text: str | None
    point: Point | None = None


@dataclass(slots=True)
class Frame:
    """The anchors of one text while it is read from its start.

    Attributes:
        words: The vocabulary.
        reference: The publication time, None where it is unknown.
        told: The last day, month or year that the text told.
        told_day: The last day that it told.
        future: Whether the words before the expression at hand put it after the publication.
        warnings: Codes and details, in order.
        lacked_reference: Whether an expression could not be resolved because the publication time is unknown.
    """

    words: Vocabulary
    reference: datetime | None
    told: Point | None = None
    told_day: date | None = None
    future: bool = False
    warnings: list[tuple[str, str]] = field(default_factory=list)
    lacked_reference: bool = False

    @property
    def today(self) -> date | None:
        """The day of publication; notes that it was asked for in vain."""
        if self.reference is None:
            self.lacked_reference = True
            return None
        return self.reference.date()

    def base(self, told: bool) -> date | None:
        """The day to count from: the last one told where `told`, else the day of publication."""
        if told and self.told is not None:
            return self.told_day if self.told_day and self.told.day else self.told.first
        return self.today

    def tell(self, value: Value) -> None:
        """Remembers what the text has told."""
        if value.point is not None:
            self.told = value.point
            self.told_day = value.point.date or self.told_day

"""What a value is computed against: the publication time, what the text told before, the words around."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from typing import Final

from extractor.language.dates.calendar import Point
from extractor.language.dates.vocabulary import Vocabulary

_CLAUSE_WINDOW: Final = 60
_CLAUSE_END: Final = re.compile(r"[,;:.!?\"“”()\n]")
_CLOCK: Final = re.compile(r"\d{4}-\d\d-\d\dT(?:[01]\d|2[0-3]):\d\d(?::\d\d)?")
_SENTENCE_END: Final = re.compile(r"[.!?][\"”)]?\s")
_QUOTE_MARK: Final = re.compile('["“”]')
_QUOTATION, _ATTRIBUTION = 2000, 250
_ATTRIBUTION_END: Final = re.compile(r"[.!?]\s|[\"“”\n]")
_SAME_WEEK: Final = 7


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

    @property
    def clock(self) -> datetime | None:
        """The moment of a clock time, None for any other value."""
        if self.type != "TIME" or self.text is None or not _CLOCK.fullmatch(self.text):
            return None
        return datetime.fromisoformat(self.text)


@dataclass(slots=True)
class Frame:
    """The anchors of one text while it is read from its start.

    Attributes:
        words: The vocabulary.
        lower: The text in lower case.
        reference: The publication time, None where it is unknown.
        told: The last day, month or year that the text told.
        told_day: The last day that it told.
        told_at: Where it told that day.
        told_clock: The last clock time that it told, on its day.
        weekdays: The last day of each weekday (Monday is 1) that it told within a week of publication.
        spoken_on: The day on which the last person quoted spoke, where the text tells it.
        warnings: Codes and details, in order.
        lacked_reference: Whether an expression could not be resolved because the publication time is unknown.
    """

    words: Vocabulary
    lower: str
    reference: datetime | None
    told: Point | None = None
    told_day: date | None = None
    told_at: int = 0
    told_clock: datetime | None = None
    weekdays: dict[int, date] = field(default_factory=dict)
    spoken_on: date | None = None
    warnings: list[tuple[str, str]] = field(default_factory=list)
    lacked_reference: bool = False

    @property
    def today(self) -> date | None:
        """The day of publication; notes that it was asked for in vain."""
        if self.reference is None:
            self.lacked_reference = True
            return None
        return self.reference.date()

    @property
    def near(self) -> date | None:
        """The day that a date without a year lies near: that of publication, else the last one told."""
        return self.told_day if self.reference is None and self.told_day else self.today

    def of_speech(self) -> Frame:
        """The frame of what a person quoted says, who counts from the day of speaking."""
        if self.spoken_on is None:
            return self
        return replace(self, reference=datetime.combine(self.spoken_on, time()))

    def apart(self) -> Frame:
        """A frame for looking ahead: what is computed in it warns of nothing."""
        return replace(self, warnings=[])

    def is_recent(self, day: date) -> bool:
        """Whether a day is that of publication or one of the seven before; any day where that is unknown."""
        return self.reference is None or 0 <= (self.reference.date() - day).days <= _SAME_WEEK

    def base(self, told: bool) -> date | None:
        """The day to count from: the last one told where `told`, else the day of publication."""
        if told and self.told is not None:
            return self.told.first
        return self.today

    def tell(self, value: Value, offset: int) -> None:
        """Remembers what the text has told at an offset."""
        if value.clock is not None:
            self.told_clock = value.clock
        if value.point is None:
            return
        self.told = value.point
        day = value.point.date
        if day is not None:
            self.told_day, self.told_at = day, offset
            if self.reference is not None and abs((day - self.reference.date()).days) <= _SAME_WEEK:
                self.weekdays[day.isoweekday()] = day

    def day_in_sentence(self, offset: int) -> date | None:
        """The last day told, where no sentence ends between it and an offset."""
        between = self.lower[self.told_at : offset]
        return None if "\n" in between or _SENTENCE_END.search(between) else self.told_day

    def clause_before(self, offset: int) -> str:
        """The words of the clause before an offset, at most sixty characters of them."""
        return _CLAUSE_END.split(self.lower[max(0, offset - _CLAUSE_WINDOW) : offset])[-1]

    def attribution(self, offset: int) -> tuple[int, int]:
        """The rest of the sentence behind the quotation that holds an offset: there stands who spoke, and when."""
        close = _QUOTE_MARK.search(self.lower, offset, offset + _QUOTATION)
        if close is None:
            return offset, offset
        start, limit = close.end(), close.end() + _ATTRIBUTION
        end = _ATTRIBUTION_END.search(self.lower, start, limit)
        return start, end.start() if end else limit

    def is_spoken(self, offset: int) -> bool:
        """Whether an offset lies inside quotation marks that open in its paragraph."""
        begin = self.lower.rfind("\n", 0, offset) + 1
        straight = self.lower.count('"', begin, offset)
        return straight % 2 == 1 or self.lower.count("“", begin, offset) > self.lower.count("”", begin, offset)

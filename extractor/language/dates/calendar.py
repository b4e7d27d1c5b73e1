"""Calendar arithmetic: points of a calendar with their precision, and steps between them. Pure functions."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

_NEAR, _FAR = 60, 240
_NOT_THEN: Final = frozenset({"BEFORE", "AFTER", "ON_OR_BEFORE", "ON_OR_AFTER"})
_OTHER_PRECISION: Final = re.compile(r"\d{4}-(?:[QH]\d|W\d\d|SP|SU|FA|WI)")


@dataclass(frozen=True, slots=True)
class Point:
    """A year, a month or a day."""

    year: int
    month: int | None = None
    day: int | None = None

    @classmethod
    def of(cls, day: date) -> Point:
        """The point of a day."""
        return cls(day.year, day.month, day.day)

    @property
    def first(self) -> date:
        """The first day of the point."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def date(self) -> date | None:
        """The day, None where the point is a month or a year."""
        return self.first if self.day else None

    def iso(self) -> str:
        """ISO 8601 with the precision of the point: "2024", "2024-07" or "2024-07-27"."""
        parts = [f"{self.year:04}"] + [f"{part:02}" for part in (self.month, self.day) if part]
        return "-".join(parts)


def calendar_value(value: str | None, mod: str | None = None) -> str | None:
    """The day, month or year of a TIMEX3 value, for readers who know no other precision.

    A quarter or half-year counts as its year; a week, a weekend or a season has none of them and gives None. So does a
    date that lies some time before or after the value. Every other value, also that of a duration or a set, is
    returned as it is.

    Args:
        value: The value.
        mod: The TIMEX3 modifier.
    """
    if mod in _NOT_THEN:
        return None
    if value is None or not _OTHER_PRECISION.match(value):
        return value
    return value[:4] if value[5] in "QH" else None


def make_day(year: int, month: int, day: int) -> date | None:
    """The date, None where there is no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def add_days(day: date, days: int) -> date | None:
    """`day` moved by a number of days, None outside the calendar."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def add_months(day: date, months: int) -> date | None:
    """`day` moved by a number of months; the last day of the month where the day does not exist."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    if not date.min.year <= year <= date.max.year:
        return None
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def week_of(day: date) -> str:
    """The ISO week of a day: "2014-W52"."""
    year, week, _ = day.isocalendar()
    return f"{year:04}-W{week:02}"


def quarter_of(day: date) -> str:
    """The quarter of a day: "2015-Q1"."""
    return f"{day.year:04}-Q{(day.month + 2) // 3}"


def half_of(day: date) -> str:
    """The half-year of a day: "2015-H1"."""
    return f"{day.year:04}-H{1 if day.month <= 6 else 2}"


def weekday_near(reference: date, weekday: int, side: int) -> date | None:
    """The nearest day of the week on one side of `reference`.

    Args:
        reference: The day to count from.
        weekday: Monday is 1.
        side: -1 strictly before, 0 at or before, 1 strictly after, 2 at or after.
    """
    back = (reference.isoweekday() - weekday) % 7
    if side > 0:
        ahead = (7 - back) % 7
        return add_days(reference, ahead or (7 if side == 1 else 0))
    return add_days(reference, -(back or (7 if side < 0 else 0)))


def year_near(reference: date, month: int, day: int | None, side: int) -> int:
    """The year of a date written without one.

    With `side` 0 it is the year that puts the date nearest to `reference`, save that an earlier date of the same year
    is left only for one that lies much nearer ahead: news tells of what was more often than of what will be.

    Args:
        reference: The day to count from.
        month: The month written.
        day: The day written, None for a month alone.
        side: -1 for the last such date, 1 for the next one, 0 where the text leaves it open.
    """
    here = (reference.month, reference.day if day else 0)
    there = (month, day or 0)
    past = reference.year - (there > here)
    future = reference.year + (there < here)
    if side or past == future:
        return past if side < 0 else future
    distance = (month - reference.month) * 30 + ((day or reference.day) - reference.day)
    ahead, behind = distance % 365, -distance % 365
    nearer = ahead < behind if past != reference.year else ahead <= _NEAR and behind > _FAR
    return future if nearer else past

"""Stretches of the calendar that hold a day: week, month, quarter, half-year, year, decade and century."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Final

from extractor.language.dates import calendar
from extractor.language.dates.calendar import Point
from extractor.language.dates.frame import Value

# The months that a period lasts, 0 for a week, and how TIMEX3 writes it.
_PERIODS: Final[dict[str, tuple[int, Callable[[date], str]]]] = {
    "W": (0, calendar.week_of),
    "M": (1, lambda day: f"{day.year:04}-{day.month:02}"),
    "Q": (3, calendar.quarter_of),
    "H": (6, calendar.half_of),
    "Y": (12, lambda day: f"{day.year:04}"),
    "DE": (120, lambda day: f"{day.year // 10:03}"),
    "CE": (1200, lambda day: f"{day.year // 100:02}"),
}


def period_at(code: str, steps: int, base: date) -> Value:
    """The period that lies some periods after the one that holds a day.

    Args:
        code: W, M, Q, H, Y, DE or CE, as in the lexicon `dates.units`.
        steps: How many periods later, negative for earlier.
        base: A day of the period to count from.

    Returns:
        A DATE, without a value outside the calendar.
    """
    months, write = _PERIODS[code]
    moved = calendar.add_months(base.replace(day=1), steps * months) if months else calendar.add_days(base, 7 * steps)
    if moved is None:
        return Value("DATE", None)
    point = {"M": Point(moved.year, moved.month), "Y": Point(moved.year)}.get(code)
    return Value("DATE", write(moved), point)


def day_or_period_at(letter: str, amount: float, base: date) -> Value:
    """The day or period that lies an amount of time from a day, with the precision of the unit.

    Decades and centuries away it is a year, parts of years away a month: "dua dekade lalu" names a year, not a decade.

    Args:
        letter: The unit's letter in an ISO 8601 duration: D, W, M, Q, Y, DE or CE.
        amount: How many units later, negative for earlier.
        base: The day to count from.
    """
    if letter == "D":
        moved = calendar.add_days(base, round(amount))
        return Value("DATE", moved.isoformat(), Point.of(moved)) if moved else Value("DATE", None)
    if letter in ("W", "Q"):
        return period_at(letter, round(amount), base)
    months = round(amount * _PERIODS[letter][0])
    return period_at("M", months, base) if letter == "M" or months % 12 else period_at("Y", months // 12, base)

"""Calendar arithmetic: precision, steps, the year of a date without one."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.language.dates import calendar
from extractor.language.dates.calendar import Point


def test_a_point_keeps_its_precision() -> None:
    assert [Point(2024).iso(), Point(2024, 7).iso(), Point(2024, 7, 5).iso()] == ["2024", "2024-07", "2024-07-05"]
    assert Point(2024, 7).first == date(2024, 7, 1)
    assert Point(2024, 7).date is None


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2024-Q3", "2024"),
        ("2024-H1", "2024"),
        ("2024-W30", None),
        ("2024-W30-WE", None),
        ("2014-WI", None),
        ("2024-07-27", "2024-07-27"),
        ("2024-07-27TMO", "2024-07-27TMO"),
        ("2024", "2024"),
        ("PRESENT_REF", "PRESENT_REF"),
        ("P3D", "P3D"),
        (None, None),
    ],
)
def test_calendar_value(value: str | None, expected: str | None) -> None:
    assert calendar.calendar_value(value) == expected


@pytest.mark.parametrize(
    ("mod", "expected"), [("START", "2024"), ("APPROX", "2024"), ("BEFORE", None), ("ON_OR_AFTER", None)]
)
def test_a_date_before_or_after_the_value_is_no_calendar_value(mod: str, expected: str | None) -> None:
    assert calendar.calendar_value("2024", mod) == expected


@pytest.mark.parametrize(
    ("start", "months", "expected"),
    [
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2023, 1, 31), 1, date(2023, 2, 28)),
        (date(2024, 1, 15), -1, date(2023, 12, 15)),
        (date(2024, 12, 15), 13, date(2026, 1, 15)),
        (date(9999, 12, 1), 1, None),
        (date(1, 1, 1), -1, None),
    ],
)
def test_add_months(start: date, months: int, expected: date | None) -> None:
    assert calendar.add_months(start, months) == expected


def test_add_days_stops_at_the_ends_of_the_calendar() -> None:
    assert calendar.add_days(date(9999, 12, 31), 1) is None
    assert calendar.add_days(date(2024, 2, 28), 2) == date(2024, 3, 1)


@pytest.mark.parametrize(
    ("day", "week", "quarter", "half"),
    [
        (date(2014, 12, 28), "2014-W52", "2014-Q4", "2014-H2"),
        (date(2014, 12, 29), "2015-W01", "2014-Q4", "2014-H2"),
        (date(2024, 6, 30), "2024-W26", "2024-Q2", "2024-H1"),
        (date(2024, 7, 1), "2024-W27", "2024-Q3", "2024-H2"),
    ],
)
def test_periods_of_a_day(day: date, week: str, quarter: str, half: str) -> None:
    assert (calendar.week_of(day), calendar.quarter_of(day), calendar.half_of(day)) == (week, quarter, half)


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 1, 1)), st.integers(1, 7))
def test_the_nearest_weekday_lies_on_its_side(reference: date, weekday: int) -> None:
    for side, first, last in ((-1, -7, -1), (0, -6, 0), (1, 1, 7), (2, 0, 6)):
        found = calendar.weekday_near(reference, weekday, side)
        assert found is not None
        assert found.isoweekday() == weekday
        assert first <= (found - reference).days <= last


@pytest.mark.parametrize(
    ("reference", "month", "day", "side", "year"),
    [
        (date(2024, 7, 28), 5, 20, 0, 2024),
        (date(2024, 7, 28), 11, 27, 0, 2024),
        (date(2024, 1, 5), 12, 28, 0, 2023),
        (date(2024, 12, 20), 1, 2, 0, 2025),
        (date(2024, 10, 20), 1, 2, 0, 2024),
        (date(2024, 7, 28), 7, 28, 1, 2024),
        (date(2024, 7, 28), 7, 28, -1, 2024),
        (date(2024, 7, 28), 7, 27, 1, 2025),
        (date(2024, 7, 28), 7, 29, -1, 2023),
        (date(2024, 7, 28), 7, None, 0, 2024),
        (date(2024, 2, 10), 9, None, 0, 2023),
        (date(2024, 2, 10), 3, None, -1, 2023),
    ],
)
def test_the_year_of_a_date_without_one(reference: date, month: int, day: int | None, side: int, year: int) -> None:
    assert calendar.year_near(reference, month, day, side) == year

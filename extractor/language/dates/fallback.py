"""Normalises with dateparser what the rules find but do not compute."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

import dateparser


@lru_cache(maxsize=2048)
def parse_day(text: str, reference: date | None) -> date | None:
    """The day that dateparser reads in an Indonesian (or English) expression.

    Args:
        text: The expression in lower case.
        reference: The day to complete it from; without one only a complete date is read.

    Returns:
        The day, None where dateparser does not read one.
    """
    settings: dict[str, object] = {"DATE_ORDER": "DMY", "PREFER_DATES_FROM": "past", "REQUIRE_PARTS": ["day", "month"]}
    if reference is None:
        settings["REQUIRE_PARTS"] = ["day", "month", "year"]
    else:
        settings["RELATIVE_BASE"] = reference_time(reference)
    found = dateparser.parse(text, languages=["id", "en"], settings=settings)  # type: ignore[arg-type]
    return found.date() if found else None


def reference_time(day: date) -> object:
    """Noon of a day, as dateparser wants it."""
    from datetime import datetime, time

    return datetime.combine(day, time(12))

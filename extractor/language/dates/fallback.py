"""Normalises with dateparser what the rules find but do not compute."""

from __future__ import annotations

from datetime import date, datetime, time
from functools import lru_cache
from typing import Any


@lru_cache(maxsize=2048)
def parse_day(text: str, reference: date | None) -> date | None:
    """The day that dateparser reads in an Indonesian or English expression.

    Args:
        text: The expression in lower case.
        reference: The day to complete it from; without one only a complete date is read.

    Returns:
        The day, None where dateparser does not read one.
    """
    import dateparser  # takes a twentieth of a second, and most articles never need it

    settings: dict[str, Any] = {"DATE_ORDER": "DMY", "PREFER_DATES_FROM": "past"}
    settings["REQUIRE_PARTS"] = ["day", "month"] if reference else ["day", "month", "year"]
    if reference:
        settings["RELATIVE_BASE"] = datetime.combine(reference, time(12))
    found = dateparser.parse(text, languages=["id", "en"], settings=settings)
    return found.date() if found else None

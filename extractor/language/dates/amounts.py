"""Computes the values of amounts of time: durations, sets, and dates an amount of time away from another."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Final

from extractor.language.dates.calendar import Point
from extractor.language.dates.clock import code_of
from extractor.language.dates.frame import Frame, Value
from extractor.language.dates.matching import Match
from extractor.language.dates.periods import day_or_period_at
from extractor.language.dates.values import month_of
from extractor.language.dates.vocabulary import Vocabulary

# The modifiers of an amount of time as those of a date that lies so far ahead (False) or back (True).
_SIDES: Final[dict[str, dict[bool, str]]] = {
    "MORE_THAN": {False: "AFTER", True: "BEFORE"},
    "LESS_THAN": {False: "BEFORE", True: "AFTER"},
    "EQUAL_OR_MORE": {False: "ON_OR_AFTER", True: "ON_OR_BEFORE"},
    "EQUAL_OR_LESS": {False: "ON_OR_BEFORE", True: "ON_OR_AFTER"},
}


def amount_of(match: Match, frame: Frame) -> float | None:
    """The number of units of a match: one for "sehari", None for "beberapa hari"."""
    count = match.groups.get("count")
    if count is None:
        return 0.5 if match.groups.get("half") else 1.0
    number = frame.words.amount(count)
    if number is None:
        return None
    return number * float(match.groups.get("factor") or 1) + (0.5 if match.groups.get("half_more") else 0.0)


def iso_duration(amount: float | None, unit: str, frame: Frame) -> str:
    """An ISO 8601 duration: (3, "hari") is "P3D"; X stands for an amount that the text leaves open."""
    attributes = frame.words.entry("units", unit)
    if amount is None:
        figures = "X"
    else:
        amount *= int(attributes.get("times") or 1)
        figures = f"{amount:.2f}".rstrip("0").rstrip(".")
    return f"P{'T' if attributes.get('clock') else ''}{figures}{attributes['letter']}"


def duration(match: Match, frame: Frame) -> Value:
    """An amount of time: "enam tahun", "2x24 jam", "setengah jam", "beberapa bulan"."""
    amount, unit = amount_of(match, frame), match.groups["unit"]
    attributes = frame.words.entry("units", unit)
    if amount is not None and amount < 1 and "part" in attributes:
        amount, unit = amount * int(attributes["parts"] or 1), str(attributes["part"])
    value = iso_duration(amount, unit, frame)
    if rest := match.groups.get("more"):
        value += iso_duration(frame.words.amount(rest), match.groups["more_unit"], frame)[2:]
    return Value("DURATION", value)


def vague(match: Match, frame: Frame) -> Value:
    """An amount of time without a number: "bertahun-tahun" is "PXY", "sejenak" is "PXX"."""
    unit = match.groups.get("unit")
    return Value("DURATION", iso_duration(None, unit, frame) if unit else "PXX")


def recurring(match: Match, frame: Frame) -> Value:
    """Something that repeats: "setiap hari" is "P1D", "setiap Senin" is "XXXX-WXX-1"."""
    groups = match.groups
    part = code_of(groups["part"], frame) if groups.get("part") else ""
    if word := groups.get("weekday"):
        return Value("SET", f"XXXX-WXX-{frame.words.number('weekdays', word)}{part}")
    if groups.get("day"):
        month = month_of(match, frame.words)
        return Value("SET", f"XXXX-{f'{month:02}' if month else 'XX'}-{int(groups['day']):02}")
    if month := month_of(match, frame.words):
        return Value("SET", f"XXXX-{month:02}")
    if unit := groups.get("unit"):
        return Value("SET", iso_duration(amount_of(match, frame), unit, frame))
    return Value("SET", f"XXXX-XX-XX{part}" if part else None)


def side_of(match: Match, words: Vocabulary) -> str | None:
    """The TIMEX3 modifier of a date: "lebih dari setahun lalu" lies before the date a year ago, "hampir" after it."""
    ago = match.groups.get("ago")
    past = ago is not None and int(words.entry("ago", ago)["sign"] or 0) < 0
    return _SIDES.get(match.mod or "", {}).get(past, match.mod)


def shifted(match: Match, frame: Frame) -> Value:
    """A date an amount of time away: "dua hari lalu" from publication, "sebulan kemudian" from the last date told.

    "dua hari kemudian setelah …" counts from what happens then, which has no date here.
    """
    how = frame.words.entry("ago", match.groups["ago"])
    sign, told = int(how["sign"] or 0), bool(how.get("told"))
    attributes, amount = frame.words.entry("units", match.groups["unit"]), amount_of(match, frame)
    seconds = attributes.get("seconds")
    if amount is None:
        return Value("TIME" if seconds else "DATE", "PAST_REF" if sign < 0 else "FUTURE_REF")
    if told and match.groups.get("event"):
        return Value("TIME" if seconds else "DATE", None)
    if seconds:
        return _clock_shifted(amount * sign * int(seconds), told, frame)
    base = frame.base(told)
    if base is None:
        return Value("DATE", None)
    return day_or_period_at(str(attributes["letter"]), amount * sign * int(attributes.get("times") or 1), base)


def _clock_shifted(seconds: float, told: bool, frame: Frame) -> Value:
    """A time before or after the last clock time told, or before or after publication, where its hour is known."""
    base = frame.told_clock if told else frame.reference
    if base is None or (not told and base.time() == time()):
        return Value("TIME", None)
    try:
        moved = base + timedelta(seconds=seconds)
    except OverflowError:
        return Value("TIME", None)
    return Value("TIME", f"{moved:%Y-%m-%dT%H:%M}", Point.of(moved.date()))

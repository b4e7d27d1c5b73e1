"""Computes the values of clock times and parts of the day."""

from __future__ import annotations

from datetime import date
from typing import Final

from extractor.language.dates import calendar
from extractor.language.dates.calendar import Point
from extractor.language.dates.frame import Frame, Value
from extractor.language.dates.matching import Match

_UNKNOWN_DAY: Final = "XXXX-XX-XX"


def code_of(part: str, frame: Frame) -> str:
    """The TIMEX3 code of a part of the day: "sore" is TAF."""
    return str(frame.words.entry("dayparts", part)["code"])


def part_of(match: Match) -> str | None:
    """The part of the day in a match, wherever in it that stands."""
    groups = match.groups
    return groups.get("part") or groups.get("part_before") or groups.get("part_after")


def clock_of(match: Match, frame: Frame) -> str | None:
    """The clock time of a match as "T10:00", None where it has none or there is no such time."""
    figures = match.groups.get("hour")
    if figures is None:
        return None
    number = frame.words.amount(figures)
    if number is None:
        return None
    hour, minute = int(number), match.groups.get("minute") or "00"
    part = match.groups.get("hourpart") or part_of(match)
    about = frame.words.entry("dayparts", part) if part else {}
    if int(about.get("pm_from") or 24) <= hour <= int(about.get("pm_to") or 0):
        hour += 12
    if hour > 24 or (hour == 24 and minute != "00"):
        return None
    second = match.groups.get("second")
    return f"T{hour:02}:{minute}" + (f":{second}" if second else "")


def with_clock(match: Match, frame: Frame, day: date) -> Value:
    """The value of a day: DATE, or TIME where the match has a clock time or a part of the day."""
    point = Point.of(day)
    if time := clock_of(match, frame):
        return Value("TIME", day.isoformat() + time, point)
    if part := part_of(match):
        return Value("TIME", day.isoformat() + code_of(part, frame), point)
    return Value("DATE", day.isoformat(), point)


def clock(match: Match, frame: Frame) -> Value:
    """A clock time alone: on the last day told, or on the day of publication."""
    time = clock_of(match, frame)
    day = frame.told_day or frame.today
    if time is None or day is None:
        return Value("TIME", None)
    return Value("TIME", day.isoformat() + time)


def daypart(match: Match, frame: Frame) -> Value:
    """A part of the day of publication ("siang ini", "tadi malam") or of the last day told ("pagi itu").

    "tadi malam" and "semalam" are the night before. Without a word that ties it to a day ("malam hari") it belongs to
    the day that its sentence has told, else the day stays open.
    """
    part = part_of(match)
    code = code_of(part, frame) if part else str(match.rule.set["code"])
    day = _day_of_part(str(match.rule.set.get("day")), code, match, frame)
    suffix = clock_of(match, frame) or code
    if day is None:
        return Value("TIME", None if "day" in match.rule.set else _UNKNOWN_DAY + suffix)
    return Value("TIME", day.isoformat() + suffix, Point.of(day))


def _day_of_part(which: str, code: str, found: Match, frame: Frame) -> date | None:
    match which:
        case "today":
            return frame.today
        case "ago":
            today = frame.today
            return calendar.add_days(today, -1 if code == "TNI" else 0) if today else None
        case "told":
            return frame.told_day or frame.today
        case _:
            return frame.day_in_sentence(found.start)

"""Computes the values of amounts of time: durations, sets, and dates an amount of time away from another."""

from __future__ import annotations

from datetime import date, time, timedelta

from extractor.language.dates import calendar
from extractor.language.dates.calendar import Point
from extractor.language.dates.clock import code_of
from extractor.language.dates.frame import Frame, Value
from extractor.language.dates.matching import Match
from extractor.language.dates.values import month_of, period_at


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
    if amount is not None and amount < 1 and unit in ("jam", "tahun"):
        amount, unit = (amount * 60, "menit") if unit == "jam" else (amount * 12, "bulan")
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


def shifted(match: Match, frame: Frame) -> Value:
    """A date an amount of time away: "dua hari lalu" from publication, "sebulan kemudian" from the last date told."""
    how = frame.words.entry("ago", match.groups["ago"])
    sign, told = int(how["sign"] or 0), bool(how.get("told"))
    amount, unit = amount_of(match, frame), match.groups["unit"]
    kind = "TIME" if frame.words.entry("units", unit).get("clock") else "DATE"
    if amount is None:
        return Value(kind, "PAST_REF" if sign < 0 else "FUTURE_REF")
    if kind == "TIME":
        return _clock_shifted(amount * sign, unit, told, frame)
    base = frame.base(told)
    return date_shifted(base, amount * sign, unit, frame) if base else Value("DATE", None)


def date_shifted(base: date, amount: float, unit: str, frame: Frame) -> Value:
    """The period of a unit that lies `amount` units from `base`, with the precision of the unit."""
    attributes = frame.words.entry("units", unit)
    amount *= int(attributes.get("times") or 1)
    letter = str(attributes["letter"])
    if letter == "D":
        moved = calendar.add_days(base, round(amount))
        return Value("DATE", moved.isoformat(), Point.of(moved)) if moved else Value("DATE", None)
    if letter in ("W", "Q"):
        return period_at("pekan" if letter == "W" else "kuartal", round(amount), base)
    months = round(amount * {"M": 1, "Y": 12, "DE": 120, "CE": 1200}[letter])
    if letter == "M" or months % 12:
        return period_at("bulan", months, base)
    return period_at("tahun", months // 12, base)


def _clock_shifted(amount: float, unit: str, told: bool, frame: Frame) -> Value:
    """Hours and minutes before or after the last clock time told, or publication, where its time of day is known."""
    base = frame.told_clock if told else frame.reference
    if base is None or (not told and base.time() == time()):
        return Value("TIME", None)
    try:
        moved = base + timedelta(seconds={"jam": 3600, "menit": 60, "detik": 1}[unit] * amount)
    except OverflowError:
        return Value("TIME", None)
    return Value("TIME", f"{moved:%Y-%m-%dT%H:%M}", Point.of(moved.date()))

"""Computes the TIMEX3 value of calendar expressions: days, months, years, quarters and what is counted from today.

Each function takes a match and the frame it stands in, and is named in a rule's `set: {value: …}`. Values follow TIMEX3
(TimeML 1.2.1): ISO 8601 with the precision that the text gives, part-of-day and season codes, PAST_REF and the like.
"""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Final

from extractor.language.dates import calendar
from extractor.language.dates.calendar import Point
from extractor.language.dates.clock import with_clock
from extractor.language.dates.frame import Frame, Value
from extractor.language.dates.matching import Match
from extractor.language.dates.periods import period_at
from extractor.language.dates.vocabulary import Vocabulary

NOTHING: Final = Value("DATE", None)


def tail_of(match: Match, frame: Frame, group: str = "tail") -> tuple[int | None, bool]:
    """How many periods the words after an expression move it, None without any, and whether from the last date told."""
    phrase = match.groups.get(group)
    if phrase is None:
        return None, False
    return frame.words.number("tails", phrase, "steps"), bool(frame.words.entry("tails", phrase).get("told"))


def month_of(match: Match, words: Vocabulary) -> int | None:
    """The month of a match, from figures or words."""
    if figures := match.groups.get("monthno"):
        return int(figures)
    word = match.groups.get("month")
    if word is None:
        return None
    lexicon = "months" if word in words.lexicons["months"] else "months-short"
    return words.number(lexicon, word.rstrip("."))


def full_year(figures: str) -> int:
    """The year that two or four figures stand for; two of them below 50 are of this century."""
    year = int(figures)
    return year if len(figures) > 2 else year + (2000 if year < 50 else 1900)


def day(match: Match, frame: Frame) -> Value:
    """A day of a month, with or without its year: "Sabtu (27/7/2024)", "27 Juli", with part of day or clock time."""
    month, number = month_of(match, frame.words), int(match.groups["day"])
    if month is None:
        return NOTHING
    if written := match.groups.get("year") or match.groups.get("year_after"):
        year = full_year(written)
    else:
        near = frame.near
        if near is None:
            return NOTHING
        year = _year_of_day(near, month, number, match, frame)
    found = calendar.make_day(year, month, number)
    if found is None:
        frame.warnings.append(("no-such-day", f"The text names day {number} of {year}-{month:02}, which has none."))
        return NOTHING
    _check_weekday(match, frame, found)
    return with_clock(match, frame, found)


def _year_of_day(near: date, month: int, number: int, match: Match, frame: Frame) -> int:
    """The year of a day written without it; "akan" puts it ahead, unless only the day behind has the weekday told."""
    side = _side(match, frame)
    year = calendar.year_near(near, month, number, side)
    if not side or not (word := match.groups.get("weekday")):
        return year
    other = calendar.year_near(near, month, number, -side)
    days = [calendar.make_day(a_year, month, number) for a_year in (year, other)]
    right = [day is not None and day.isoweekday() == frame.words.number("weekdays", word) for day in days]
    return other if right == [False, True] else year


def _side(match: Match, frame: Frame) -> int:
    steps, _ = tail_of(match, frame)
    return steps if steps else int(is_ahead(match, frame))


def is_ahead(match: Match, frame: Frame) -> bool:
    """Whether a word in the clause before a partial date puts it after the publication: "akan", "dijadwalkan"."""
    words = frame.words.lexicons["future"]
    clause = frame.clause_before(match.start).split()
    return any(word in words for word in (*clause, *map(" ".join, pairwise(clause))))


def _check_weekday(match: Match, frame: Frame, found: date) -> None:
    word = match.groups.get("weekday")
    if word is None or frame.words.number("weekdays", word) == found.isoweekday():
        return
    weekdays = frame.words.lexicons["weekdays"]
    right = next(name for name, attributes in weekdays.items() if attributes["number"] == found.isoweekday())
    frame.warnings.append(
        ("weekday-mismatch", f"The text calls {found.isoformat()} a {word.capitalize()}; it is a {right.capitalize()}.")
    )


def day_of_month(match: Match, frame: Frame) -> Value:
    """A day without its month: "tanggal 25", of the month last told, or as "bulan depan" behind it says."""
    months, _ = tail_of(match, frame)
    side, _ = tail_of(match, frame, "side")
    number = int(match.groups["day"])
    base = frame.base(told=months is None and side is None)
    if base is None:
        return NOTHING
    if side:
        months = side if (number - base.day) * side <= 0 else 0
    moved = calendar.add_months(base.replace(day=1), months or 0)
    found = calendar.make_day(moved.year, moved.month, number) if moved else None
    return with_clock(match, frame, found) if found else NOTHING


def weekday(match: Match, frame: Frame) -> Value:
    """A day of the week: the one told already, else the latest up to publication or the next where the words say so."""
    number = frame.words.number("weekdays", match.groups["weekday"])
    weeks, _ = tail_of(match, frame, "week")
    today = frame.today
    if today is None:
        return NOTHING
    if weeks is not None:
        monday = calendar.add_days(today, 7 * weeks - today.isoweekday() + 1)
        found = calendar.add_days(monday, number - 1) if monday else None
    elif "tail" not in match.groups and number in frame.weekdays:
        found = frame.weekdays[number]
    else:
        steps, told = tail_of(match, frame)
        side = steps if steps else 2 if not told and is_ahead(match, frame) else 0
        found = calendar.weekday_near(today, number, side)
    return with_clock(match, frame, found) if found else NOTHING


def eve(match: Match, frame: Frame) -> Value:
    """The night before a day of the week: "malam Minggu" is Saturday night."""
    today = frame.today
    if today is None:
        return Value("TIME", None)
    number = frame.words.number("weekdays", match.groups["weekday"]) % 7
    steps, _ = tail_of(match, frame)
    found = calendar.weekday_near(today, number - 1 or 7, steps if steps else 2 if is_ahead(match, frame) else 0)
    return Value("TIME", f"{found.isoformat()}TNI", Point.of(found)) if found else NOTHING


def relative_day(match: Match, frame: Frame) -> Value:
    """A day counted from that of publication: "hari ini", "kemarin", "lusa"; a date beside it wins."""
    if match.groups.get("day"):
        return day(match, frame)
    word = match.groups["relative"]
    if (spoken := frame.words.entry("days", word).get("spoken")) and _is_loose(match, frame):
        return Value("DATE", str(spoken))
    today = frame.today
    found = calendar.add_days(today, frame.words.number("days", word, "days")) if today else None
    return with_clock(match, frame, found) if found else NOTHING


def _is_loose(match: Match, frame: Frame) -> bool:
    """Whether a word for a day stands in speech without anything that pins it down."""
    if match.groups.keys() & {"part", "part_before", "tail", "hour"} or not frame.is_spoken(match.start):
        return False
    before = frame.clause_before(match.start).split()
    return not (before and before[-1] in frame.words.lexicons["prepositions"])


def told_day(match: Match, frame: Frame) -> Value:
    """A day counted from the last one told: "hari itu", "keesokan harinya"."""
    steps = match.rule.set.get("days")
    base = frame.told_day or frame.today
    found = calendar.add_days(base, int(steps or 0)) if base else None
    return with_clock(match, frame, found) if found else NOTHING


def month(match: Match, frame: Frame) -> Value:
    """A month, with or without its year: "Juli 2024", "akhir Juli", "September tahun lalu"."""
    number = month_of(match, frame.words)
    if number is None:
        return NOTHING
    years, told = tail_of(match, frame, "of")
    if written := match.groups.get("year"):
        year = full_year(written)
    elif years is not None:
        base = frame.base(told)
        if base is None:
            return NOTHING
        year = base.year + years
    else:
        near = frame.near
        if near is None:
            return NOTHING
        year = calendar.year_near(near, number, None, _side(match, frame))
    point = Point(year, number)
    return Value("DATE", point.iso(), point)


def year(match: Match, frame: Frame) -> Value:
    """A year in four figures, or in two after an apostrophe."""
    point = Point(full_year(match.groups["year"]))
    return Value("DATE", point.iso(), point)


def decade(match: Match, frame: Frame) -> Value:
    """A decade: "1980-an" and "tahun 80-an" are "198"."""
    return Value("DATE", f"{full_year(match.groups['year']):04}"[:3])


def century(match: Match, frame: Frame) -> Value:
    """A century: "abad ke-21" is "20", "abad XIX" is "18"."""
    figures = match.groups["number"]
    number = int(figures) if figures.isdigit() else _roman(figures)
    return Value("DATE", f"{number - 1:02}")


def _roman(letters: str) -> int:
    values = [{"i": 1, "v": 5, "x": 10}[letter] for letter in letters]
    return sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True))


def part_of_year(match: Match, frame: Frame) -> Value:
    """A quarter or half-year: "triwulan II 2025" is "2025-Q2", "semester I" of the year of publication "2025-H1"."""
    letter = str(match.rule.set["letter"])
    number = frame.words.number("ordinals", match.groups["ordinal"])
    limit = 4 if letter == "Q" else 2
    steps, told = tail_of(match, frame, "of")
    if written := match.groups.get("year"):
        in_year: int | None = full_year(written)
    else:
        base = frame.base(told)
        in_year = base.year + (steps or 0) if base else None
    if in_year is None:
        return NOTHING
    return Value("DATE", f"{in_year:04}-{letter}{min(number, limit)}", Point(in_year))


def season(match: Match, frame: Frame) -> Value:
    """A season of the year of publication, or of the one written: "musim hujan" is "2014-WI"."""
    code = frame.words.entry("seasons", match.groups["season"])["code"]
    steps, told = tail_of(match, frame)
    if written := match.groups.get("year"):
        return Value("DATE", f"{written}-{code}")
    base = frame.base(told)
    return Value("DATE", f"{base.year + (steps or 0):04}-{code}") if base else NOTHING


def holiday(match: Match, frame: Frame) -> Value:
    """A holiday on a fixed day of the year: the one written, or the nearest to publication."""
    lexicon, name = str(match.rule.set["lexicon"]), match.groups["holiday"]
    in_month, number = (frame.words.number(lexicon, name, key) for key in ("month", "day"))
    if written := match.groups.get("year"):
        in_year = full_year(written)
    elif (today := frame.today) is not None:
        in_year = calendar.year_near(today, in_month, number, _side(match, frame))
    else:
        return NOTHING
    found = calendar.make_day(in_year, in_month, number)
    if found is None:
        return NOTHING
    if part := frame.words.entry(lexicon, name).get("part"):
        return Value("TIME", f"{found.isoformat()}{part}", Point.of(found))
    return Value("DATE", found.isoformat(), Point.of(found))


def period(match: Match, frame: Frame) -> Value:
    """A period around the reference: "tahun ini", "pekan depan", "bulan itu", "akhir tahun"."""
    steps, told = tail_of(match, frame)
    base = frame.base(told)
    code = str(frame.words.entry("units", match.groups["unit"])["period"])
    return period_at(code, steps or 0, base) if base else NOTHING


def weekend(match: Match, frame: Frame) -> Value:
    """The end of a week: "akhir pekan ini" is "2014-W52-WE"."""
    steps, told = tail_of(match, frame)
    base = frame.base(told)
    moved = calendar.add_days(base, 7 * (steps or 0)) if base else None
    return Value("DATE", f"{calendar.week_of(moved)}-WE") if moved else NOTHING


def constant(match: Match, frame: Frame) -> Value:
    """A value that the rule gives: PRESENT_REF, PAST_REF, FUTURE_REF."""
    return Value("DATE", str(match.rule.set["constant"]))


def unresolved(match: Match, frame: Frame) -> Value:
    """An expression that is found but not converted, such as a date of the Islamic calendar."""
    frame.warnings.append(("calendar-not-converted", "A date of another calendar than the Gregorian one has no value."))
    return NOTHING

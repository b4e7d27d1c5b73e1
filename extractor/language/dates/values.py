"""Computes the TIMEX3 value of calendar expressions: days, months, years, quarters and what is counted from today.

Each function takes a match and the frame it stands in, and is named in a rule's `set: {value: …}`. Values follow TIMEX3
(TimeML 1.2.1): ISO 8601 with the precision that the text gives, part-of-day and season codes, PAST_REF and the like.
"""

from __future__ import annotations

from datetime import date, timedelta

from extractor.language.dates import calendar
from extractor.language.dates.calendar import Point
from extractor.language.dates.clock import with_clock
from extractor.language.dates.frame import Frame, Value
from extractor.language.dates.matching import Match

NOTHING = Value("DATE", None)


def tail_of(match: Match, frame: Frame, group: str = "tail") -> tuple[int | None, bool]:
    """How many periods the words after an expression move it, None without any, and whether from the last date told."""
    phrase = match.groups.get(group)
    attributes = frame.words.get("tails", " ".join(phrase.split())) if phrase else None
    if attributes is None:
        return None, False
    return int(attributes["steps"] or 0), bool(attributes.get("told"))


def month_of(match: Match, frame: Frame) -> int | None:
    """The month of a match, from figures or words."""
    if figures := match.groups.get("monthno"):
        return int(figures)
    word = match.groups.get("month")
    if word is None:
        return None
    lexicon = "months" if word in frame.words.lexicons["months"] else "months-short"
    return frame.words.number(lexicon, word.rstrip("."))


def full_year(figures: str) -> int:
    """The year that two or four figures stand for; two of them below 50 are of this century."""
    year = int(figures)
    return year if len(figures) > 2 else year + (2000 if year < 50 else 1900)


def day(match: Match, frame: Frame) -> Value:
    """A day of a month, with or without its year: "Sabtu (27/7/2024)", "27 Juli", with part of day or clock time."""
    month, number = month_of(match, frame), int(match.groups["day"])
    if month is None:
        return NOTHING
    if written := match.groups.get("year") or match.groups.get("year_after"):
        year = full_year(written)
    else:
        today = frame.today
        if today is None:
            return NOTHING
        year = calendar.year_near(today, month, number, _side(match, frame))
    found = calendar.make_day(year, month, number)
    if found is None:
        return NOTHING
    _check_weekday(match, frame, found)
    return with_clock(match, frame, found)


def _side(match: Match, frame: Frame) -> int:
    steps, _ = tail_of(match, frame)
    return steps if steps else int(frame.future)


def _check_weekday(match: Match, frame: Frame, found: date) -> None:
    word = match.groups.get("weekday")
    if word is None or frame.words.number("weekdays", word) == found.isoweekday():
        return
    names = {attributes["number"]: name for name, attributes in reversed(frame.words.lexicons["weekdays"].items())}
    frame.warnings.append(
        ("weekday-mismatch", f"The text calls {found.isoformat()} {word.capitalize()}; it is a {names[found.isoweekday()]}.")
    )


def day_of_month(match: Match, frame: Frame) -> Value:
    """A day without its month: "tanggal 25", "tanggal 5 bulan depan"; in the month of the last day told or of publication."""
    steps, _ = tail_of(match, frame)
    base = frame.base(told=steps is None)
    moved = calendar.add_months(base.replace(day=1), steps or 0) if base else None
    found = calendar.make_day(moved.year, moved.month, int(match.groups["day"])) if moved else None
    return with_clock(match, frame, found) if found else NOTHING


def weekday(match: Match, frame: Frame) -> Value:
    """A day of the week: the latest one up to publication, or the next one where the words say so."""
    number = frame.words.number("weekdays", match.groups["weekday"])
    weeks, _ = tail_of(match, frame, "week")
    today = frame.today
    if today is None:
        return NOTHING
    if weeks is not None:
        monday = calendar.add_days(today, 7 * weeks - today.isoweekday() + 1)
        found = calendar.add_days(monday, number - 1) if monday else None
    else:
        steps, told = tail_of(match, frame)
        side = steps if steps else 2 if frame.future and not told else 0
        found = calendar.weekday_near(today, number, side)
    return with_clock(match, frame, found) if found else NOTHING


def eve(match: Match, frame: Frame) -> Value:
    """The night before a day of the week: "malam Minggu" is Saturday night."""
    today = frame.today
    if today is None:
        return Value("TIME", None)
    number = frame.words.number("weekdays", match.groups["weekday"]) % 7
    steps, _ = tail_of(match, frame)
    found = calendar.weekday_near(today, number - 1 or 7, steps if steps else 2 if frame.future else 0)
    return Value("TIME", f"{found.isoformat()}TNI", Point.of(found)) if found else NOTHING


def relative_day(match: Match, frame: Frame) -> Value:
    """A day counted from that of publication: "hari ini", "kemarin", "lusa"; a date beside it wins."""
    if match.groups.get("day"):
        return day(match, frame)
    steps = frame.words.number("days", " ".join(match.groups["relative"].split()), "days")
    today = frame.today
    found = calendar.add_days(today, steps) if today else None
    return with_clock(match, frame, found) if found else NOTHING


def told_day(match: Match, frame: Frame) -> Value:
    """A day counted from the last one told: "hari itu", "keesokan harinya"."""
    steps = match.rule.set.get("days")
    base = frame.told_day or frame.today
    found = calendar.add_days(base, int(steps or 0)) if base else None
    return with_clock(match, frame, found) if found else NOTHING


def month(match: Match, frame: Frame) -> Value:
    """A month, with or without its year: "Juli 2024", "akhir Juli", "September tahun lalu"."""
    number = month_of(match, frame)
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
        today = frame.today
        if today is None:
            return NOTHING
        year = calendar.year_near(today, number, None, _side(match, frame))
    point = Point(year, number)
    return Value("DATE", point.iso(), point)


def year(match: Match, frame: Frame) -> Value:
    """A year in four figures, or in two after an apostrophe."""
    point = Point(full_year(match.groups["year"]))
    return Value("DATE", point.iso(), point)


def decade(match: Match, frame: Frame) -> Value:
    """A decade: "1980-an" and "tahun 80-an" are "198"."""
    figures = match.groups.get("year") or match.groups["year_alone"]
    return Value("DATE", f"{full_year(figures):04}"[:3])


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
    attributes = frame.words.lexicons["seasons"][" ".join(match.groups["season"].split())]
    steps, told = tail_of(match, frame)
    if written := match.groups.get("year"):
        return Value("DATE", f"{written}-{attributes['code']}")
    base = frame.base(told)
    return Value("DATE", f"{base.year + (steps or 0):04}-{attributes['code']}") if base else NOTHING


def holiday(match: Match, frame: Frame) -> Value:
    """A holiday on a fixed day of the year: the one written, or the nearest to publication."""
    attributes = frame.words.lexicons["holidays"][" ".join(match.groups["holiday"].split())]
    number, in_month = attributes["day"], attributes["month"]
    assert isinstance(number, int)
    assert isinstance(in_month, int)
    if written := match.groups.get("year"):
        in_year = full_year(written)
    elif (today := frame.today) is not None:
        in_year = calendar.year_near(today, in_month, number, _side(match, frame))
    else:
        return NOTHING
    found = calendar.make_day(in_year, in_month, number)
    if found is None:
        return NOTHING
    if part := attributes.get("part"):
        return Value("TIME", f"{found.isoformat()}T{part}", Point.of(found))
    return Value("DATE", found.isoformat(), Point.of(found))


def period(match: Match, frame: Frame) -> Value:
    """A period around the reference: "tahun ini", "pekan depan", "bulan itu", "akhir tahun"."""
    steps, told = tail_of(match, frame)
    base = frame.base(told)
    return period_at(match.groups["unit"], steps or 0, base) if base else NOTHING


def period_at(unit: str, steps: int, base: date) -> Value:
    """The period of a unit (in Indonesian) that lies `steps` after the one that holds `base`."""
    months = {"bulan": 1, "triwulan": 3, "kuartal": 3, "semester": 6, "tahun": 12, "dekade": 120, "dasawarsa": 120}
    if unit == "abad":
        months["abad"] = 1200
    if unit in ("hari", "pekan", "minggu"):
        moved = calendar.add_days(base, steps * (1 if unit == "hari" else 7))
    else:
        moved = calendar.add_months(base.replace(day=1), steps * months[unit])
    if moved is None:
        return NOTHING
    match unit:
        case "hari":
            return Value("DATE", moved.isoformat(), Point.of(moved))
        case "pekan" | "minggu":
            return Value("DATE", calendar.week_of(moved))
        case "bulan":
            return Value("DATE", f"{moved:%Y-%m}", Point(moved.year, moved.month))
        case "triwulan" | "kuartal":
            return Value("DATE", calendar.quarter_of(moved))
        case "semester":
            return Value("DATE", calendar.half_of(moved))
        case "tahun":
            return Value("DATE", f"{moved:%Y}", Point(moved.year))
    return Value("DATE", f"{moved:%Y}"[: 2 if unit == "abad" else 3])


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


def day_before(day_: date) -> date:
    """The day before; the first day of the calendar stays."""
    return day_ - timedelta(days=1) if day_ > date.min else day_

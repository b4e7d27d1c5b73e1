"""Gives the expressions of a text their values, in order, so that each can count from what was told before it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from itertools import pairwise
from typing import Final

from extractor.language.dates import amounts, clock, values
from extractor.language.dates.calendar import Point
from extractor.language.dates.fallback import parse_day
from extractor.language.dates.frame import Frame, Value
from extractor.language.dates.matching import Match
from extractor.language.dates.vocabulary import Vocabulary
from extractor.language.state import Timex


def parsed(match: Match, frame: Frame) -> Value:
    """A day in an order of words that only dateparser knows."""
    day = parse_day(match.groups["text"], frame.reference.date() if frame.reference else None)
    return Value("DATE", day.isoformat(), Point.of(day)) if day else values.NOTHING


COMPUTE: Final[Mapping[str, Callable[[Match, Frame], Value]]] = {
    "day": values.day,
    "day-of-month": values.day_of_month,
    "weekday": values.weekday,
    "eve": values.eve,
    "relative-day": values.relative_day,
    "told-day": values.told_day,
    "month": values.month,
    "year": values.year,
    "decade": values.decade,
    "century": values.century,
    "part-of-year": values.part_of_year,
    "season": values.season,
    "holiday": values.holiday,
    "period": values.period,
    "weekend": values.weekend,
    "constant": values.constant,
    "unresolved": values.unresolved,
    "clock": clock.clock,
    "daypart": clock.daypart,
    "duration": amounts.duration,
    "vague": amounts.vague,
    "recurring": amounts.recurring,
    "shifted": amounts.shifted,
    "parsed": parsed,
}


_DAYS: Final = frozenset({"day", "weekday", "relative-day"})
_SPOKEN: Final = frozenset({"relative-day", "shifted", "daypart"})


def _joined(matches: Sequence[Match]) -> list[Match]:
    """Makes one match of a clock time and the day right behind it: "pukul 10.00 WIB Senin (27/10)"."""
    joined: list[Match] = []
    for match in matches:
        before = joined[-1] if joined else None
        if before and match.start - before.end == 1 and _is_day(match) and before.rule.set["value"] == "clock":
            joined[-1] = Match(match.rule, before.start, match.end, {**before.groups, **match.groups}, before.mod)
        else:
            joined.append(match)
    return joined


def _is_day(match: Match) -> bool:
    return match.rule.set["value"] in _DAYS and not match.whole and not match.groups.keys() & {"hour", "part"}


def _reading_order(matches: Sequence[Match], lower: str) -> list[int]:
    """Indices in the order of reading, save that what a date right behind it explains comes after that date."""
    order = list(range(len(matches)))
    for index, match in enumerate(matches[:-1]):
        clock = match.rule.set["value"] in ("clock", "daypart") and _is_followed_by_day(matches, index, lower)
        if clock or _names_day_behind(matches, index, lower):
            order[index], order[index + 1] = index + 1, index
    return order


def _is_followed_by_day(matches: Sequence[Match], index: int, lower: str) -> bool:
    """Whether a day stands right behind a match, after a comma or a space."""
    if index + 1 == len(matches) or matches[index + 1].rule.set["value"] not in _DAYS:
        return False
    return lower[matches[index].end : matches[index + 1].start] in (", ", " ")


def _names_day_behind(matches: Sequence[Match], index: int, lower: str) -> bool:
    """Whether a match is a word for a day that a written date right behind it explains: "hari ini, Selasa (21/10)"."""
    match = matches[index]
    bare = match.rule.set["value"] == "relative-day" and not match.groups.keys() & {
        "day",
        "hour",
        "part",
        "part_before",
    }
    return bare and _is_followed_by_day(matches, index, lower) and matches[index + 1].rule.set["value"] == "day"


def _timex(match: Match, value: Value, words: Vocabulary) -> Timex:
    zone = match.groups.get("zone")
    return Timex(
        match.start,
        match.end,
        match.rule.id,
        value.type,
        value.text,
        zone.upper() if zone else None,
        amounts.side_of(match, words) if value.type in ("DATE", "TIME") else match.mod,
        match.whole,
    )


class Resolver:
    """Computes values; holds nothing of the texts it has read."""

    def __init__(self, words: Vocabulary) -> None:
        self._words = words
        self._joins = words.compile(r"{joint}")

    def resolve(
        self, matches: Sequence[Match], lower: str, reference: datetime | None
    ) -> tuple[list[Timex], list[tuple[str, str]]]:
        """The timexes of a text and the warnings that came up.

        Args:
            matches: What was found, in order.
            lower: The text in lower case.
            reference: The publication time.
        """
        frame = Frame(self._words, lower, reference)
        matches = _joined(matches)
        self._share_years(matches, lower)
        found: list[Value] = [values.NOTHING] * len(matches)
        for index in _reading_order(matches, lower):
            found[index] = self._value(matches, index, found, frame)
            frame.tell(found[index], matches[index].start)
        if frame.lacked_reference:
            frame.warnings.insert(
                0, ("no-reference-time", "Relative dates have no value: the publication time is unknown.")
            )
        timexes = [_timex(match, value, self._words) for match, value in zip(matches, found, strict=True)]
        return timexes, frame.warnings

    def _value(self, matches: Sequence[Match], index: int, found: Sequence[Value], frame: Frame) -> Value:
        """The value of one match; that of "hari ini, Selasa (21/10)" is the date behind it."""
        match = matches[index]
        if _names_day_behind(matches, index, frame.lower) and (point := found[index + 1].point) and point.day:
            return Value("DATE", point.iso(), point)
        told = len(frame.warnings)
        if match.rule.set["value"] in _SPOKEN and frame.is_spoken(match.start):
            frame.spoken_on = self._spoken_on(matches, index, frame) or frame.spoken_on
            value = COMPUTE[str(match.rule.set["value"])](match, frame.of_speech())
        else:
            value = COMPUTE[str(match.rule.set["value"])](match, frame)
        if value.text is None and len(frame.warnings) == told and not frame.lacked_reference:
            text = frame.lower[match.start : match.end]
            frame.warnings.append(("date-unresolved", f"Nothing in the text says which date {text!r} is."))
        return value

    def _spoken_on(self, matches: Sequence[Match], index: int, frame: Frame) -> date | None:
        """The day on which what holds a match was said: "…," kata Dedi, Sabtu (10/2)."""
        start, end = frame.attribution(matches[index].end)
        for after in range(index + 1, len(matches)):
            match = matches[after]
            if match.start >= end:
                return None
            if match.start >= start and match.rule.set["value"] == "day" and "weekday" in match.groups:
                point = values.day(match, frame.apart()).point
                return point.date if point and frame.is_recent(point.first) else None
        return None

    def _share_years(self, matches: Sequence[Match], lower: str) -> None:
        """Gives a date without a year that of the date it is joined to: "20 Oktober hingga 8 November 2025"."""
        for here, after in reversed(list(pairwise(matches))):
            if "month" not in here.groups or "year" in here.groups or not {"month", "year"} <= after.groups.keys():
                continue
            if not self._joins.fullmatch(lower[here.end : after.start]):
                continue
            months = [values.month_of(match, self._words) or 0 for match in (here, after)]
            here.groups["year"] = str(values.full_year(after.groups["year"]) - (months[0] > months[1]))

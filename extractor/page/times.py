"""Publication times as Indonesian pages write them, to ISO 8601.

Numeric dates are read day first. What stands there is kept apart from what it means: a time has a zone only where
the page names one (WIB, WITA, WIT or an offset).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import Final

from extractor.patterns import Scalar

_LONGEST_LINE: Final = 110
_LONGEST_TEXT: Final = 2000
_MOST_WORDS_BESIDE: Final = 60
_YEAR_FIRST: Final = re.compile(r"\d{4}[-/.]\d")
_YEAR_LAST: Final = re.compile(r"\d[-/.]\d{4}")
_DIGIT: Final = re.compile(r"\d")
MINUTE: Final = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Moment:
    """A time on a page.

    Attributes:
        when: The digits, with the zone that stands there, if any.
        has_time: False where only a day stands there.
        has_seconds: Whether seconds stand there.
        start: Where it stands in the text that was searched.
        end: Where it ends there.
    """

    when: datetime
    has_time: bool = True
    has_seconds: bool = False
    start: int = 0
    end: int = 0

    @property
    def digits(self) -> datetime:
        """The digits alone, without a zone."""
        return self.when.replace(tzinfo=None)

    def iso(self) -> str:
        """ISO 8601: a day, or a time with its zone where known."""
        return self.when.isoformat() if self.has_time else self.when.date().isoformat()

    def in_zone(self, offset: timedelta | None) -> Moment:
        """The same digits, read in another zone."""
        return replace(self, when=self.when.replace(tzinfo=timezone(offset) if offset is not None else None))

    def moved_to(self, offset: timedelta) -> Moment:
        """The same moment, told in another zone; a moment without zone stays as it is."""
        return replace(self, when=self.when.astimezone(timezone(offset))) if self.when.tzinfo else self


class TimeReader:
    """Finds times in text, with the words of `patterns/page/dates.yml`."""

    def __init__(self, months: Mapping[str, Scalar], zones: Mapping[str, Scalar]) -> None:
        self._months = {name: int(number) for name, number in months.items() if isinstance(number, int)}
        self._zones = {name: str(offset) for name, offset in zones.items()}
        names = "|".join(sorted(map(re.escape, self._months), key=len, reverse=True))
        zone = "|".join(sorted(map(re.escape, self._zones), key=len, reverse=True))
        clock = r"(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.](?P<second>\d{2}))?(?:\s{0,2}(?P<half>[AaPp][Mm])\b)?"
        offset = rf"(?:\s{{0,3}}\(?(?P<zone>{zone}|Z\b|[+-]\d\d:?\d\d))?"
        between = r"(?:[\s,|/•·–—-]|pukul|jam|at|@|T|&nbsp;){0,10}"
        tail = rf"(?:{between}{clock}{offset})?"
        head = rf"(?:{clock.replace('>', '1>')}{offset.replace('zone>', 'zone1>')}{between})?"
        iso = (
            r"(?<!\d)(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?!\d)"
            r"(?:[T\s]{1,3}(?P<hour>\d{1,2})[:.-](?P<minute>\d{2})(?:[:.-](?P<second>\d{2}))?(?:[.,]\d{1,9})?"
            rf"{offset})?"
        )
        named = (
            rf"{head}(?<![\d.,])(?P<day>\d{{1,2}})\s{{0,2}}[-/. ]?\s{{0,2}}(?P<month>{names})\.?,?[-/ ,]{{0,3}}"
            rf"(?P<year>\d{{4}}|(?<=\s)\d{{2}}(?=\s{{0,2}}[|,]))(?!\d){tail}"
        )
        first = (
            rf"\b(?P<month>{names})\.?\s{{1,2}}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s{{1,2}}"
            rf"(?P<year>\d{{4}})(?!\d){tail}"
        )
        numeric = (
            r"(?<![\d/.-])(?P<day>\d{1,2})(?P<sep>[-/.])(?P<month>\d{1,2})(?P=sep)(?P<year>\d{4})(?![\d/])"
            rf"{tail}"
        )
        self._forms = tuple(re.compile(form, re.IGNORECASE) for form in (iso, named, first, numeric))
        self._gates = (_YEAR_FIRST, re.compile(rf"\b(?:{names})\b"), re.compile(rf"\b(?:{names})\b"), _YEAR_LAST)
        self.read = lru_cache(maxsize=1024)(self._first)

    def find(self, text: str) -> Iterator[Moment]:
        """The times in a text of up to 2,000 characters, in order."""
        text = text[:_LONGEST_TEXT]
        lowered = text.lower()
        taken: list[Moment] = []
        for gate, form in zip(self._gates, self._forms, strict=True):
            if not gate.search(lowered):
                continue
            for match in form.finditer(text):
                moment = self._moment(match)
                if moment and all(moment.end <= other.start or moment.start >= other.end for other in taken):
                    taken.append(moment)
        yield from sorted(taken, key=lambda moment: moment.start)

    def _first(self, text: str) -> Moment | None:
        """The first time in a text, None where there is none; most begin with one in ISO 8601."""
        match = self._forms[0].match(text[:_LONGEST_TEXT])
        return (match and self._moment(match)) or next(self.find(text), None)

    def of_line(self, line: str) -> Moment | None:
        """The time in a line that tells little else ("Senin, 4 Maret 2024 | 09:15 WIB"); None for sentences."""
        if len(line) > _LONGEST_LINE or line.endswith(".") or not _DIGIT.search(line):
            return None
        moment = self.read(line)
        return moment if moment and len(line) - (moment.end - moment.start) <= _MOST_WORDS_BESIDE else None

    def _moment(self, match: re.Match[str]) -> Moment | None:
        parts = {name.rstrip("1"): value for name, value in match.groupdict().items() if value}
        month = parts["month"].lower()
        year = int(parts["year"])
        hour = int(parts.get("hour", 0))
        if half := parts.get("half", "").lower():
            hour = hour % 12 + (12 if half == "pm" else 0)
        try:
            when = datetime(
                year + 2000 if year < 100 else year,
                self._months[month] if month in self._months else int(month),
                int(parts["day"]),
                hour,
                int(parts.get("minute", 0)),
                int(parts.get("second", 0)),
                tzinfo=self._zone(parts.get("zone")) if "hour" in parts else None,
            )
        except ValueError:
            return None
        if not 1990 <= when.year <= 2100:
            return None
        return Moment(when, "hour" in parts, "second" in parts, match.start(), match.end())

    def _zone(self, name: str | None) -> tzinfo | None:
        if name is None:
            return None
        offset = self._zones.get(name.lower(), name).upper()
        if offset == "Z":
            return UTC
        hours, minutes = int(offset[1:3]), int(offset[-2:])
        return timezone((1 if offset[0] == "+" else -1) * timedelta(hours=hours, minutes=minutes))


_URL_DAY: Final = re.compile(
    r"/(?P<year>(?:19|20)\d\d)[/-]?(?P<month>0[1-9]|1[0-2])[/-]?(?P<day>0[1-9]|[12]\d|3[01])(?=[/-]|\d{6,12}/)"
)


def url_day(url: str | None) -> date | None:
    """The day in an address such as /read/2024/07/27/..., None where there is none."""
    match = _URL_DAY.search(url or "")
    try:
        return date(int(match["year"]), int(match["month"]), int(match["day"])) if match else None
    except ValueError:
        return None

"""Elections and years in the text, to which figures may be tied."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from extractor.language.figures.gaps import Gaps
from extractor.language.figures.passage import Anchor, Cue
from extractor.language.state import Timex
from extractor.language.trie import trie_regex
from extractor.patterns import PatternSet

_JOINED, _UNTIL = 26, 64
_SENTENCE_END: Final = re.compile(r"\n|[.!?]\s")
_YEAR_LENGTH: Final = 4
_YEAR: Final = re.compile(r"(?:19|20)\d\d")


class AnchorFinder:
    """Finds elections with their years, and years that stand alone."""

    def __init__(self, patterns: PatternSet, gaps: Gaps) -> None:
        self._gaps = gaps
        self._tail = re.compile(patterns.regex("figures", r"{event_tail}\s+\(?({year})"))
        previous = (entry.text for entry in patterns.lexicon("figures.previous").entries)
        self._previous = re.compile(rf"[^.,;\d]{{0,24}}?\b(?:{trie_regex(previous)})\b")

    def find(
        self, text: str, numbers: Iterable[re.Match[str]], events: Iterable[Cue], dates: Sequence[Timex]
    ) -> list[Anchor]:
        """Every anchor of `text`, in order.

        Args:
            text: The text.
            numbers: The matches of `extractor.language.numbers.NUMBER` in it.
            events: Names of elections in it.
            dates: Temporal expressions in it, for years that are told by other words ("lima tahun lalu").
        """
        cues = list(events)
        anchors = [self._event(text, cue, dates) for cue in cues]
        taken = [(a.start, a.end if a.year else cue.end) for a, cue in zip(anchors, cues, strict=True)]
        for digits in numbers:
            if digits.end() - digits.start() != _YEAR_LENGTH:
                continue
            match = self._gaps.year.match(text, digits.start())
            if match and not _overlaps(taken, *match.span()) and not self._spoken(text, match.start(), dates):
                anchors.append(Anchor(*match.span(), year=int(match[0])))
                taken.append(match.span())
        for date in dates:
            anchor = self._dated(text, date) if date.type == "DATE" else None
            if anchor and not _overlaps(taken, date.start, date.end):
                anchors.append(anchor)
        for anchor in anchors:
            lead = _SENTENCE_END.split(text[max(0, anchor.start - 30) : anchor.start])[-1]
            anchor.compared = bool(self._gaps.comparison.search(" ".join(lead.split()[-3:])))
        return self._joined(text, sorted(anchors, key=lambda anchor: anchor.start))

    def _joined(self, text: str, anchors: list[Anchor]) -> list[Anchor]:
        """Joins an election and the year told right after it: "Pilkada di Jateng tahun ini"."""
        joined: list[Anchor] = []
        for anchor in anchors:
            last = joined[-1] if joined else None
            if last and last.event == "PSU" and anchor.event and text[last.end : anchor.start] == " ":
                last.end, last.year, last.previous = anchor.end, last.year or anchor.year, False
                continue
            if last and last.event and last.year in (None, anchor.year) and anchor.event is None:
                gap = text[last.end : anchor.start]
                if len(gap) <= _JOINED and not self._gaps.parting.search(gap):
                    last.end, last.year, last.previous = anchor.end, anchor.year, False
                    continue
            joined.append(anchor)
        return joined

    def _event(self, text: str, cue: Cue, dates: Sequence[Timex]) -> Anchor:
        name = str(cue.set["canonical"])
        family = str(cue.set.get("family") or name)
        match = self._tail.match(text, cue.end, cue.end + 120)
        if match:
            return Anchor(cue.start, match.end(), name, int(match[1]), family=family)
        previous = self._previous.match(text, cue.end, cue.end + 40)
        end = previous.end() if previous else cue.end
        held = None if previous else self._held(text, cue.end, dates, again=name == "PSU")
        return Anchor(cue.start, end, name, held, previous=bool(previous), family=family)

    def _held(self, text: str, end: int, dates: Sequence[Timex], *, again: bool) -> int | None:
        """The year of the day on which a vote is said to be held, right after its name.

        A vote held `again` has a day of its own, which any day told right after it is.
        """
        match = self._gaps.held.match(text, end) if dates else None
        if match is None and dates and again:
            match = self._gaps.repeated_on.match(text, end)
        if match is None:
            return None
        day = next((date for date in dates if 0 <= date.start - match.end() <= 1), None)
        year = _YEAR.match((day.value if day else None) or "")
        return int(year[0]) if year else None

    def _spoken(self, text: str, position: int, dates: Sequence[Timex]) -> bool:
        """Whether the year at `position` belongs to the day of a statement: "Senin (9/12/2024)"."""
        date = next((date for date in dates if date.start <= position < date.end), None)
        return date is not None and bool(self._gaps.statement.match(text, date.start)) and not self._until(text, date)

    def _dated(self, text: str, date: Timex) -> Anchor | None:
        """An anchor for a date whose year is not written out, or is written in a date with slashes."""
        year = _YEAR.match(date.value or "")
        spoken = self._gaps.statement.match(text, date.start)
        if not year or (spoken and not self._until(text, date)):
            return None
        return Anchor(date.start, date.end, year=int(year[0]))

    def _until(self, text: str, date: Timex) -> bool:
        return bool(self._gaps.counted_until.search(text, max(0, date.start - _UNTIL), date.start))


def _overlaps(taken: Iterable[tuple[int, int]], start: int, end: int) -> bool:
    return any(first < end and start < last for first, last in taken)

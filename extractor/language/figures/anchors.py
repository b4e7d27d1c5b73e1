"""Elections and years in the text, and which of them a figure is tied to."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from extractor.language.figures.gaps import Gaps
from extractor.language.figures.passage import Anchor, Cue, Passage
from extractor.language.state import FigureFound, Timex
from extractor.language.trie import trie_regex
from extractor.patterns import PatternSet

_AFTER_REACH = 60
_LEAD = 700


class AnchorFinder:
    """Finds elections with their years, and years that stand alone."""

    def __init__(self, patterns: PatternSet, gaps: Gaps) -> None:
        self._gaps = gaps
        self._tail = re.compile(patterns.regex("figures", r"{event_tail}\s+\(?({year})"))
        previous = (entry.text for entry in patterns.lexicon("figures.previous").entries)
        self._previous = re.compile(rf"[^.,;\d]{{0,24}}?\b(?:{trie_regex(previous)})\b")

    def find(self, text: str, events: Iterable[Cue], dates: Sequence[Timex]) -> list[Anchor]:
        """Every anchor of `text`, in order.

        Args:
            text: The text.
            events: Names of elections in it.
            dates: Temporal expressions in it, for years that are told by other words ("lima tahun lalu").
        """
        anchors = [self._event(text, cue) for cue in events]
        taken = [(a.start, a.end) for a in anchors]
        for match in self._gaps.year.finditer(text):
            if not _overlaps(taken, *match.span()) and not self._spoken(text, match.start(), dates):
                anchors.append(Anchor(*match.span(), year=int(match[0])))
                taken.append(match.span())
        for date in dates:
            if date.type == "DATE" and date.value and not _overlaps(taken, date.start, date.end):
                anchor = self._dated(text, date)
                if anchor:
                    anchors.append(anchor)
        return sorted(anchors, key=lambda anchor: anchor.start)

    def _event(self, text: str, cue: Cue) -> Anchor:
        name = str(cue.set["canonical"])
        match = self._tail.match(text, cue.end, cue.end + 120)
        if match:
            return Anchor(cue.start, match.end(), name, int(match[1]))
        previous = self._previous.match(text, cue.end, cue.end + 40)
        return Anchor(cue.start, cue.end, name, previous=bool(previous))

    def _spoken(self, text: str, position: int, dates: Sequence[Timex]) -> bool:
        """Whether the year at `position` belongs to the day of a statement: "Senin (9/12/2024)"."""
        date = next((date for date in dates if date.start <= position < date.end), None)
        return date is not None and bool(self._gaps.statement.match(text, date.start)) and not self._until(text, date)

    def _dated(self, text: str, date: Timex) -> Anchor | None:
        """An anchor for a date whose year is not written out, or is written in a date with slashes."""
        year = re.match(r"(?:19|20)\d\d", date.value or "")
        spoken = self._gaps.statement.match(text, date.start) or len(date.value or "") > len("2024-07")
        if not year or (spoken and not self._until(text, date)):
            return None
        return Anchor(date.start, date.end, year=int(year[0]))

    def _until(self, text: str, date: Timex) -> bool:
        return bool(self._gaps.counted_until.search(text, max(0, date.start - 24), date.start))


def _overlaps(taken: Iterable[tuple[int, int]], start: int, end: int) -> bool:
    return any(first < end and start < last for first, last in taken)


class Binder:
    """Ties figures to anchors; made for one text."""

    def __init__(self, text: str, anchors: list[Anchor], headline: list[Anchor], gaps: Gaps) -> None:
        self._text = text
        self._gaps = gaps
        self._years = _years_by_event([*headline, *anchors])
        self.frame = _frame(headline, anchors)

    def bind(self, figure: FigureFound, passage: Passage, *, electoral: bool, intro: Anchor | None) -> None:
        """Sets event and year of `figure`.

        Args:
            figure: The figure, its category and kind known.
            passage: Its sentence.
            electoral: The figure is one of a vote, so that the article's frame may hold for it.
            intro: The anchor of the line that introduces the list, or of the sentence carried on.
        """
        anchor = self._after(figure, passage) or self._before(figure, passage)
        if anchor is None:
            anchor = intro or (self.frame if electoral else None)
        if anchor is None:
            return
        figure.event, figure.year = anchor.event, anchor.year
        if anchor.event is None:
            figure.event = self._event_beside(anchor, passage)
        if anchor.year is None and not anchor.previous and anchor.event:
            figure.year = self._year_beside(anchor, figure, passage) or self._years.get(anchor.event)

    def _after(self, figure: FigureFound, passage: Passage) -> Anchor | None:
        """The anchor that follows with a preposition: "83,5 persen pada Pemilu 2024"."""
        for anchor in passage.anchors:
            if anchor.start >= figure.end:
                gap = self._text[figure.end : anchor.start]
                return anchor if self._ties(gap) else None
        return None

    def _ties(self, gap: str) -> bool:
        if len(gap) > _AFTER_REACH or self._gaps.parting.search(gap):
            return False
        if self._gaps.comparison.search(gap):
            return False
        return gap in (" (", " [") or bool(self._gaps.preposition.search(gap))

    def _before(self, figure: FigureFound, passage: Passage) -> Anchor | None:
        for anchor in reversed(passage.anchors):
            if anchor.end <= figure.start and self._reaches(anchor, figure, passage):
                return anchor
        return None

    def _reaches(self, anchor: Anchor, figure: FigureFound, passage: Passage) -> bool:
        gap = self._text[anchor.end : figure.start]
        owner = next((r for r in reversed(passage.figures) if r[1] <= anchor.start), None)
        if owner and self._ties(self._text[owner[1] : anchor.start]):
            return False
        lead = self._text[max(passage.start, anchor.start - 30) : anchor.start]
        if self._compared(lead) and not self._gaps.direct.fullmatch(gap):
            return False
        if passage.between(anchor.end, figure.start):
            last = next(r for r in reversed(passage.figures) if r[1] <= figure.start)
            way = self._text[last[1] : figure.start]
            return figure.kind == "change" or not self._gaps.shift.search(way)
        return True

    def _compared(self, lead: str) -> bool:
        words = lead.split()[-3:]
        return bool(self._gaps.comparison.search(" ".join(words)))

    def _event_beside(self, year: Anchor, passage: Passage) -> str | None:
        """The election without a year of its own that shares the clause with a year."""
        for anchor in passage.anchors:
            if anchor.event and anchor.year is None and abs(anchor.start - year.start) < 60:
                return anchor.event
        return None

    def _year_beside(self, event: Anchor, figure: FigureFound, passage: Passage) -> int | None:
        for anchor in passage.anchors:
            gap = self._text[min(event.end, anchor.end) : max(event.start, anchor.start)]
            if anchor.event is None and anchor.year and len(gap) < 40 and not re.search(r"[,;]|persen|%", gap):
                return anchor.year
        return None


def _years_by_event(anchors: Iterable[Anchor]) -> dict[str, int]:
    """The year of each election that the article names most often."""
    counts: dict[str, Counter[int]] = {}
    for anchor in anchors:
        if anchor.event and anchor.year:
            counts.setdefault(anchor.event, Counter())[anchor.year] += 1
    return {event: years.most_common(1)[0][0] for event, years in counts.items()}


def _frame(headline: list[Anchor], anchors: list[Anchor]) -> Anchor | None:
    """The election that the article is about: in the headline, else in the lead."""
    dated = [a for a in headline if a.event and a.year]
    if dated:
        return dated[0]
    lead = [a for a in anchors if a.event and a.start < _LEAD]
    named = next((a for a in headline if a.event), None)
    if named:
        return next((a for a in anchors if a.event == named.event and a.year), named)
    return next((a for a in lead if a.year), next(iter(lead), None))

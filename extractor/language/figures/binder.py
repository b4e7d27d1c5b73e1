"""Ties figures to elections and years."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from extractor.language.figures.gaps import Gaps
from extractor.language.figures.passage import Anchor, Passage
from extractor.language.state import FigureFound

_AFTER_REACH: Final = 100
_LEAD: Final = 700
_LEAD_ON: Final = 30
_BESIDE, _YEAR_BESIDE = 60, 40
_RECENT: Final = 1


class Binder:
    """Ties figures to anchors; made for one text."""

    def __init__(
        self, text: str, anchors: list[Anchor], headline: list[Anchor], gaps: Gaps, published: int | None
    ) -> None:
        self._text = text
        self._gaps = gaps
        self._years = _years_by_event([*headline, *anchors], published)
        self.frame = _frame(headline, anchors)

    def bind(self, figure: FigureFound, passage: Passage, *, electoral: bool, intro: Anchor | None) -> None:
        """Sets event and year of `figure`.

        Args:
            figure: The figure, its category and kind known.
            passage: Its sentence.
            electoral: The figure is one of a vote, so that the article's frame may hold for it.
            intro: The anchor of the line that introduces the list, or of the sentence carried on.
        """
        anchor = passage.dealt_anchors.get((figure.start, figure.end)) or self._own(figure, passage)
        if anchor is None:
            between = figure.kind == "change" and any(not told.compared for told in passage.anchors)
            anchor = intro or (self.frame if electoral and not between else None)
        if anchor is None:
            return
        figure.event, figure.year = anchor.event, anchor.year
        if anchor.event is None:
            first = next(iter(passage.dealt_anchors.values()), anchor)
            figure.event = first.event or self._event_beside(anchor, passage)
            if figure.event is None and electoral and self.frame and self.frame.year == anchor.year:
                figure.event = self.frame.event
        if anchor.year is None and not anchor.previous and anchor.event:
            figure.year = self._year_beside(anchor, figure, passage) or self._year_of(anchor)

    def _own(self, figure: FigureFound, passage: Passage) -> Anchor | None:
        """The anchor of the figure's clause: the one after it, unless that leads on to the next figure."""
        before, after = self._before(figure, passage), self._after(figure, passage)
        if before is None or after is None:
            return before or after
        following = passage.after(figure)
        return before if following < passage.end and self._leads(after, following) else after

    def _leads(self, anchor: Anchor, position: int) -> bool:
        """Whether an anchor leads on to the figure at `position`: "di 2009 di angka 25 persen"."""
        gap = self._text[anchor.end : position]
        return len(gap) <= _LEAD_ON and not self._gaps.parting.search(gap) and not self._gaps.shift.search(gap)

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
        owned = owner is not None and self._ties(self._text[owner[1] : anchor.start])
        if owned and not self._leads(anchor, figure.start):
            return False
        if anchor.compared and not self._gaps.direct.fullmatch(gap):
            return False
        if passage.between(anchor.end, figure.start):
            last = next(r for r in reversed(passage.figures) if r[1] <= figure.start)
            way = self._text[last[1] : figure.start]
            ended = self._gaps.now if figure.kind == "change" else self._gaps.shift
            return not ended.search(way)
        return True

    def _event_beside(self, year: Anchor, passage: Passage) -> str | None:
        """The election without a year of its own that shares the clause with a year."""
        for anchor in passage.anchors:
            if anchor.event and anchor.year is None and abs(anchor.start - year.start) < _BESIDE:
                return anchor.event
        return None

    def _year_of(self, anchor: Anchor) -> int | None:
        """The year that the article gives this vote, or one held on the same day."""
        return self._years.get(anchor.event or "") or self._years.get(f"={anchor.family}")

    def _year_beside(self, event: Anchor, figure: FigureFound, passage: Passage) -> int | None:
        for anchor in passage.anchors:
            gap = self._text[min(event.end, anchor.end) : max(event.start, anchor.start)]
            if anchor.event is None and anchor.year and len(gap) < _YEAR_BESIDE and not self._gaps.parting.search(gap):
                return anchor.year
        first = passage.anchors[0] if passage.anchors else event
        turned = self._gaps.turn.search(self._text, first.end, max(first.end, event.start))
        return None if first.event or first.compared or turned else first.year


def _years_by_event(anchors: Iterable[Anchor], published: int | None) -> dict[str, int]:
    """The year of each election, and under "=" and its name of each family of them.

    An article's own vote is the one closest to its day: votes of other years are told for comparison.
    """
    years: dict[str, set[int]] = {}
    for anchor in anchors:
        if anchor.event and anchor.year:
            years.setdefault(anchor.event, set()).add(anchor.year)
            years.setdefault(f"={anchor.family}", set()).add(anchor.year)
    if published is None:
        return {event: max(found) for event, found in years.items()}
    closest = {event: min(found, key=lambda year: abs(published - year)) for event, found in years.items()}
    return {event: year for event, year in closest.items() if abs(published - year) <= _RECENT}


def _frame(headline: list[Anchor], anchors: list[Anchor]) -> Anchor | None:
    """The election that the article is about: in the headline, else in the lead."""
    named = [anchor for anchor in headline if anchor.event]
    lead = [anchor for anchor in anchors if anchor.event and anchor.start < _LEAD and not anchor.compared]
    for group in (named, lead):
        if group:
            return next((anchor for anchor in group if anchor.year), group[0])
    return None

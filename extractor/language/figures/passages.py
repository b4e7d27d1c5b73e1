"""Makes the passage around a figure: its sentence, item or row, with everything above that holds for it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import Final

from extractor.language.figures.deal import dealt
from extractor.language.figures.gaps import Gaps
from extractor.language.figures.layout import Layout
from extractor.language.figures.localities import Localities
from extractor.language.figures.passage import Anchor, Cue, Ordered, Passage
from extractor.language.state import Annotations, FigureFound, Range, RegionMention, range_at

_GENERIC: Final = 2


class PassageMaker:
    """Makes passages; made for one text."""

    def __init__(
        self,
        found: Annotations,
        layout: Layout,
        localities: Localities | None,
        gaps: Gaps,
        cues: list[Cue],
        kinds: list[Cue],
        anchors: list[Anchor],
        regions: list[RegionMention],
    ) -> None:
        self._found = found
        self._text = found.text
        self._layout = layout
        self._localities = localities
        self._gaps = gaps
        self._cues = Ordered(cues)
        self._kinds = Ordered(kinds)
        self._anchors = Ordered(anchors)
        self._regions = Ordered(regions)

    def make(self, offset: int, figures: Iterable[Range]) -> Passage:
        """The passage at `offset`; `figures` are the ranges of all figures of the text, in order, each once."""
        start, end = self._found.sentence_at(offset)
        if start and self._gaps.continued.match(self._text, start):
            start = self._found.sentence_at(start - 1)[0]
        if (behind := self._sentence_behind(end)) and self._gaps.told_behind.match(self._text, behind[0]):
            end = behind[1]
        line = self._layout.at(offset)
        if self._layout.is_row(line):
            start, end = self._layout.range(line)
        passage = Passage(
            self._text,
            start,
            end,
            [span for span in figures if start <= span[0] < end],
            self._cues.inside(start, end),
            self._kinds.inside(start, end),
            self._anchors.inside(start, end),
            self._regions.inside(start, end),
            self._layout.range(line)[0],
            self._layout.is_listed(line),
            self._layout.source(line),
        )
        if self._localities:
            self._localize(passage, self._localities, line)
        passage.dealt_anchors = dealt(passage.anchors, passage, self._gaps)
        passage.dealt_regions = dealt(passage.regions, passage, self._gaps)
        return passage

    def _sentence_behind(self, end: int) -> Range | None:
        """The sentence after the one that ends at `end`, in the same paragraph."""
        index = bisect_left(self._found.sentences, (end, 0))
        following = self._found.sentences[index : index + 1]
        return following[0] if following and "\n" not in self._text[end : following[0][0]] else None

    @staticmethod
    def _localize(passage: Passage, localities: Localities, line: int) -> None:
        """Adds the places that only the words around tell to be places."""
        if passage.source != "sentence":
            passage.item = localities.item(line)
        else:
            local = localities.mentions(passage, passage.figures)
            if local:
                passage.regions = sorted([*passage.regions, *local], key=lambda mention: mention.start)

    def head(self, figure: FigureFound, passage: Passage) -> None:
        """Sets what the header of a figure's column and the lines above its list tell of it."""
        line = self._layout.at(figure.start)
        cell = self._layout.header_cell(line, self._layout.column(line, figure.start))
        ranges = [cell] if cell else []
        ranges += self.introductions(line)
        passage.header_cues = self._first(ranges, self._cues, generic=bool(cell))
        passage.header_kinds = next((kinds for r in ranges if (kinds := self._kinds.inside(*r))), [])
        passage.header_anchors = self._anchors.inside(*cell) if cell else []

    def introductions(self, line: int) -> Iterator[Range]:
        """The last sentences of the lines that hold for a list or table, the closest one first."""
        for above in self._layout.introductions(line):
            start, end = self._layout.range(above)
            yield max(start, range_at(self._found.sentences, end - 1)[0]), end

    @staticmethod
    def _first(ranges: list[Range], cues: Ordered[Cue], *, generic: bool) -> list[Cue]:
        """The cues of the closest range that has some; the first range may also have a `generic` one."""
        for number, span in enumerate(ranges):
            told = cues.inside(*span)
            if not (generic and number == 0):
                told = [cue for cue in told if float(cue.set.get("weight") or 0) < _GENERIC]
            if told:
                return told
        return []

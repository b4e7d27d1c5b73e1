"""Binds the figures of one article."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable

from extractor.language.figures import ratio
from extractor.language.figures.anchors import AnchorFinder
from extractor.language.figures.binder import Binder
from extractor.language.figures.category import NOTHING_BEFORE, Setting, categorize
from extractor.language.figures.cues import Cues
from extractor.language.figures.deal import dealt
from extractor.language.figures.gaps import Gaps
from extractor.language.figures.kind import kind_of_share
from extractor.language.figures.passage import Anchor, Cue, Passage, Share, inside
from extractor.language.figures.place import Placer, usable
from extractor.language.numbers import NUMBER
from extractor.language.state import Annotations, FigureFound, Person, Range, range_at
from extractor.record import BlockKind, Region

ELECTORAL = frozenset({"voter_turnout", "abstention", "vote_share", "poll_support"})
PARTICIPATION = "participation_other"
_SHORT_LINE = 90
_CELL = "|"
_HEADING, _NUMBERING, _UNDER_HEADING = 60, 5, 8
_LISTED = (BlockKind.LIST_ITEM, BlockKind.TABLE_ROW)


class Article:
    """The text with its cues, anchors and regions; made for one article and thrown away."""

    def __init__(
        self, found: Annotations, numbers: list[re.Match[str]], cues: Cues, gaps: Gaps, anchors: AnchorFinder
    ) -> None:
        self._text = text = found.text
        self._found = found
        self._gaps = gaps
        self._kinds = [cue for cue in cues.kinds if cue.role == "kind"]
        self._counted = [cue for cue in cues.kinds if cue.role == "count"]
        self._quick_title = any(cue.role == "count" and cue.set["kind"] == "projection" for cue in cues.title_kinds)
        self._metrics = cues.metrics
        title = found.context.title or ""
        self._anchors = anchors.find(text, numbers, cues.events, found.dates)
        headline = anchors.find(title, NUMBER.finditer(title), cues.title_events, ())
        published = found.context.published
        self._binder = Binder(text, self._anchors, headline, gaps, published.year if published else None)
        self._regions = usable(text, found.regions, gaps)
        self._placer = Placer(text, self._regions, gaps, title, self._lead())
        self._setting = self._make_setting(cues)
        self._blocks = {block.start: block.kind for block in found.context.blocks}

    def _make_setting(self, cues: Cues) -> Setting:
        polls = [cue for cue in cues.measures if cue.role == "poll"]
        return Setting(
            electoral=cues.electoral or bool(cues.events or cues.title_events),
            cues=[cue for cue in cues.measures if cue.role == "category"],
            polls=sorted([*polls, *self._counted], key=lambda cue: cue.start),
            parties=[cue for cue in cues.measures if cue.role == "party"],
            gaps=self._gaps,
            topic=_topic(cues.title_measures),
            polled=any(cue.role == "poll" for cue in cues.title_measures),
        )

    def _lead(self) -> Range:
        paragraphs = self._found.paragraphs[:2]
        return paragraphs[0][0], paragraphs[-1][1]

    def bind_shares(self, shares: list[Share]) -> None:
        """Sets category, metric, kind, event, year, region and speaker of every share."""
        passage: Passage | None = None
        previous: FigureFound | None = None
        for share in shares:
            figure = share.figure
            if passage is None or figure.start >= passage.end:
                passage = self._passage(figure.start, shares)
                previous = None
            earlier = self._setting.bound[-1] if self._setting.bound else None
            header = self._header(figure, passage)
            passage.header_cues = inside(self._setting.cues, *header) if header else []
            passage.header_anchors = inside(self._anchors, *header) if header else []
            cue = categorize(figure, passage, self._setting, self._distance(passage, earlier))
            figure.kind = kind_of_share(share, cue, passage, previous, self._count_kind(figure.start), self._gaps)
            self._bind(figure, passage, shares, voting=figure.category in ELECTORAL or _of_a_vote(cue))
            if text := ratio.disagreement(figure, passage, self._gaps):
                self._found.warnings.append((ratio.CODE, text))
            previous = figure

    def bind_counts(self, counts: Iterable[FigureFound]) -> None:
        """Sets metric, event, year, region and speaker of every count, from its own sentence."""
        passage: Passage | None = None
        for figure in counts:
            if passage is None or figure.start >= passage.end:
                passage = self._passage(figure.start, ())
            figure.metric = self._metric(figure, passage)
            self._binder.bind(figure, passage, electoral=False, intro=None)
            figure.region = self._placer.place(figure, passage)
            figure.speaker = self._speaker(figure, passage)

    def _bind(self, figure: FigureFound, passage: Passage, shares: list[Share], *, voting: bool) -> None:
        """Ties a share to vote, year, region and speaker; `voting` when it is one of a vote."""
        self._binder.bind(figure, passage, electoral=voting, intro=self._intro(figure, passage))
        figure.region = self._placer.place(figure, passage)
        if figure.region is None and (voting or figure.category == PARTICIPATION):
            figure.region = self._wider_region(figure, passage, shares)
        figure.speaker = self._speaker(figure, passage)

    def _passage(self, offset: int, shares: Iterable[Share]) -> Passage:
        """The sentence at `offset`."""
        start, end = self._found.sentence_at(offset)
        if start and self._gaps.continued.match(self._text, start):
            start = self._found.sentence_at(start - 1)[0]
        figures = sorted({(s.figure.start, s.figure.end) for s in shares if start <= s.figure.start < end})
        paragraph = self._found.paragraph_at(offset)
        passage = Passage(
            self._text,
            start,
            end,
            figures,
            inside(self._setting.cues, start, end),
            inside(self._kinds, start, end),
            inside(self._anchors, start, end),
            inside(self._regions, start, end),
            self._is_listed(paragraph),
        )
        passage.dealt_anchors = dealt(passage.anchors, passage, self._gaps)
        passage.dealt_regions = dealt(passage.regions, passage, self._gaps)
        return passage

    def _is_listed(self, paragraph: Range) -> bool:
        """Whether a paragraph is an item of a list, a row of a table, or a short line without a full stop."""
        start, end = paragraph
        kind = self._blocks.get(start)
        if kind in _LISTED:
            return True
        return end - start <= _SHORT_LINE and self._text[end - 1] not in '.”"'

    def _header(self, figure: FigureFound, passage: Passage) -> Range | None:
        """The cell above a figure in the first row of its table, when that row is another one."""
        column = self._text.count(_CELL, passage.start, figure.start)
        if not column:
            return None
        paragraphs = self._found.paragraphs
        own = first = bisect_right(paragraphs, passage.start, key=lambda r: r[0]) - 1
        while first > 0 and _CELL in self._text[slice(*paragraphs[first - 1])]:
            first -= 1
        start, end = paragraphs[first]
        cells = self._text[start:end].split(_CELL)
        if first == own or column >= len(cells):
            return None
        start += sum(len(cell) + 1 for cell in cells[:column])
        return start, start + len(cells[column])

    def _distance(self, passage: Passage, earlier: tuple[int, str, str | None] | None) -> int:
        """Number of sentences from the last cue or share before the passage to it."""
        last = earlier[0] if earlier else -1
        cues = self._setting.cues
        index = bisect_right(cues, passage.start - 1, key=lambda cue: cue.start)
        if index:
            last = max(last, cues[index - 1].start)
        if last < 0:
            return NOTHING_BEFORE
        starts = self._found.sentences
        here = bisect_right(starts, passage.start, key=lambda r: r[0])
        there = bisect_right(starts, last, key=lambda r: r[0])
        return here - there

    def _count_kind(self, offset: int) -> str:
        """ "projection" where the votes told at `offset` come from a quick count, else "actual"."""
        index = bisect_right(self._counted, offset, key=lambda cue: cue.start)
        if index:
            return str(self._counted[index - 1].set["kind"])
        return "projection" if self._quick_title else "actual"

    def _intro(self, figure: FigureFound, passage: Passage) -> Anchor | None:
        """The anchor of the line above a list, or of the sentence before that this one carries on."""
        if passage.header_anchors:
            return passage.header_anchors[0]
        paragraphs = self._found.paragraphs
        index = bisect_right(paragraphs, passage.start, key=lambda r: r[0]) - 1
        if passage.listed:
            while index > 0 and self._is_listed(paragraphs[index]):
                index -= 1
            anchors = inside(self._anchors, *paragraphs[index])
            return anchors[-1] if anchors and paragraphs[index][1] <= passage.start else None
        carries = not passage.categories or self._gaps.pointer.search(self._text, passage.start, figure.start)
        before = inside(self._anchors, paragraphs[index][0], passage.start)
        return before[-1] if carries and before else None

    def _wider_region(self, figure: FigureFound, passage: Passage, shares: list[Share]) -> Region | None:
        """The region of the lines above, of the sentence carried on, or of the article."""
        if self._placer.nationwide(figure, passage):
            return None
        heading = self._heading_region(passage)
        if heading:
            return heading
        if not passage.listed and self._gaps.pointer.search(self._text, passage.start, figure.start):
            paragraph = range_at(self._found.paragraphs, passage.start)
            told = [s.figure for s in shares if paragraph[0] <= s.figure.start < passage.start]
            if told and told[-1].region:
                return told[-1].region
        return self._placer.frame

    def _heading_region(self, passage: Passage) -> Region | None:
        """The region that a line of its own names above the passage ("2. Jawa Barat")."""
        paragraphs = self._found.paragraphs
        index = bisect_right(paragraphs, passage.start, key=lambda r: r[0]) - 2
        for start, end in reversed(paragraphs[max(0, index - _UNDER_HEADING) : index + 1]):
            mentions = inside(self._regions, start, end) if end - start <= _HEADING else []
            if len(mentions) == 1 and end - start <= mentions[0].end - mentions[0].start + _NUMBERING:
                return mentions[0].region
        return None

    def _metric(self, figure: FigureFound, passage: Passage) -> str | None:
        """The noun before a count that says what it is the number of, else a verb of voting right after."""
        cues = inside(self._metrics, passage.start, passage.end)
        before = [cue for cue in cues if cue.end <= figure.start]
        after = [cue for cue in cues if cue.start >= figure.end and "," not in self._text[figure.end : cue.start]]
        cue = before[-1] if before else after[0] if after else None
        return self._text[cue.start : cue.end] if cue else None

    def _speaker(self, figure: FigureFound, passage: Passage) -> Person | None:
        """Who says the quote that holds the figure, or speaks in its sentence."""
        for quote in self._found.quotes:
            if quote.start <= figure.start < quote.end:
                return quote.speaker
        for quote in self._found.quotes:
            if quote.cue_range and passage.start <= quote.cue_range[0] < passage.end:
                return quote.speaker
        return None


def _of_a_vote(cue: Cue | None) -> bool:
    return cue is not None and bool(cue.set.get("electoral"))


def _topic(title_measures: Iterable[Cue]) -> str | None:
    """The category that the headline names, where it leaves no doubt."""
    named = (str(cue.set["category"]) for cue in title_measures if cue.role == "category" and not cue.set.get("weight"))
    return next((category for category in named if category in ELECTORAL or category == PARTICIPATION), None)

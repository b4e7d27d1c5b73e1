"""Binds the figures of one article."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from extractor.language.figures.anchors import AnchorFinder
from extractor.language.figures.binder import Binder
from extractor.language.figures.category import NOTHING_BEFORE, Bound, Setting, categorize
from extractor.language.figures.cues import Cues
from extractor.language.figures.gaps import Gaps
from extractor.language.figures.kind import kind_of_share
from extractor.language.figures.layout import Layout
from extractor.language.figures.localities import LevelWords, Localities
from extractor.language.figures.passage import Anchor, Cue, Passage, Share, inside
from extractor.language.figures.passages import PassageMaker
from extractor.language.figures.place import Placer, usable
from extractor.language.figures.quotient import CODE, Quotients
from extractor.language.numbers import NUMBER, Number, NumberWords, parse_number
from extractor.language.state import Annotations, FigureFound, Person, Range, RegionMention
from extractor.record import Region

ELECTORAL: Final = frozenset({"voter_turnout", "abstention", "vote_share", "poll_support"})
PARTICIPATION: Final = "participation_other"
_OF_PEOPLE: Final = (PARTICIPATION, "turnout-or-other", "voter_turnout", "abstention")
_AROUND: Final = 3
_TOLD_BEFORE: Final = 200
_HEADING, _NUMBERING, _UNDER_HEADING = 60, 5, 8


@dataclass(frozen=True, slots=True)
class Tools:
    """What binding needs of the rule data; made once."""

    gaps: Gaps
    anchors: AnchorFinder
    levels: LevelWords
    words: NumberWords


class Article:
    """The text with its cues, anchors and regions; made for one article and thrown away."""

    def __init__(
        self,
        found: Annotations,
        numbers: list[re.Match[str]],
        cues: Cues,
        layout: Layout,
        tools: Tools,
    ) -> None:
        self._text = text = found.text
        self._found = found
        self._gaps = gaps = tools.gaps
        self._levels = tools.levels
        self._numbers = numbers
        self._kinds = [cue for cue in cues.kinds if cue.role == "kind"]
        self._counted = [cue for cue in cues.kinds if cue.role == "count"]
        self._quick_title = any(cue.role == "count" and cue.set["kind"] == "projection" for cue in cues.title_kinds)
        self._metrics = cues.metrics
        title = found.context.title or ""
        self._anchors = tools.anchors.find(text, numbers, cues.events, found.dates)
        headline = tools.anchors.find(title, NUMBER.finditer(title), cues.title_events, ())
        published = found.context.published
        self._binder = Binder(text, self._anchors, headline, gaps, published.year if published else None)
        self._regions = usable(text, found.regions, gaps)
        self._placer = Placer(text, self._regions, gaps, title, self._lead())
        self._setting = self._make_setting(cues)
        self._layout = layout
        self._quotients = Quotients(text, gaps, tools.words.magnitudes)
        self._passages = PassageMaker(
            found,
            self._layout,
            Localities(found, self._regions, layout, gaps, tools.levels) if self._counts_people() else None,
            gaps,
            self._setting.cues,
            self._kinds,
            self._anchors,
            self._regions,
        )

    def _counts_people(self) -> bool:
        """Whether the article tells how many take part in something, so that small places are worth finding."""
        cues = self._setting.cues
        return self._setting.electoral or any(cue.set["category"] in _OF_PEOPLE for cue in cues)

    def _make_setting(self, cues: Cues) -> Setting:
        told: dict[str, list[Cue]] = {"category": [], "poll": [], "party": [], "none": []}
        for cue in cues.measures:
            told[cue.role].append(cue)
        return Setting(
            electoral=cues.electoral or bool(cues.events or cues.title_events),
            cues=told["category"],
            polls=sorted([*told["poll"], *self._counted], key=lambda cue: cue.start),
            parties=told["party"],
            gaps=self._gaps,
            topic=_topic(cues.title_measures),
            polled=any(cue.role == "poll" for cue in cues.title_measures),
        )

    def _lead(self) -> Range:
        paragraphs = self._found.paragraphs[:2]
        return paragraphs[0][0], paragraphs[-1][1]

    def bind_shares(self, shares: list[Share]) -> None:
        """Sets category, metric, kind, event, year, region, quotient and speaker of every share."""
        passage: Passage | None = None
        previous: FigureFound | None = None
        spans = list(dict.fromkeys((share.figure.start, share.figure.end) for share in shares))
        for share in shares:
            figure = share.figure
            if passage is None or figure.start >= passage.end:
                passage = self._passages.make(figure.start, spans)
                previous = None
            earlier = self._setting.bound[-1] if self._setting.bound else None
            if passage.listed:
                self._passages.head(figure, passage)
            cue = categorize(figure, passage, self._setting, self._distance(passage, earlier))
            counted, sampled = self._count_kind(figure.start), self._sampled(figure, passage)
            figure.kind = kind_of_share(share, cue, passage, previous, counted, self._gaps, sampled=sampled)
            self._bind(figure, passage, shares, voting=figure.category in ELECTORAL or _of_a_vote(cue))
            self._divide(figure, passage)
            previous = figure

    def _divide(self, figure: FigureFound, passage: Passage) -> None:
        """Sets numerator and denominator of a share of people or votes."""
        if figure.category == "other":
            return
        if passage.source == "table":
            self._quotients.bind_row(figure, self._row_numbers(passage))
            return
        first, last = self._layout.at(passage.start), len(self._found.paragraphs) - 1
        around = self._layout.range(max(0, first - _AROUND))[0], self._layout.range(min(last, first + _AROUND))[1]
        if text := self._quotients.bind(figure, passage, around):
            self._found.warnings.append((CODE, text))

    def _row_numbers(self, passage: Passage) -> list[Number]:
        """The numbers in the cells of a row that are no shares."""
        low = bisect_right(self._numbers, passage.start - 1, key=lambda match: match.start())
        found = []
        for match in self._numbers[low:]:
            if match.start() >= passage.end:
                break
            if not any(start <= match.start() < end for start, end in passage.figures):
                found.append(parse_number(match[0]))
        return [number for number in found if number]

    def bind_counts(self, counts: Sequence[FigureFound]) -> None:
        """Sets metric, event, year, region and speaker of every count, as for shares.

        The article's frame holds for counts of a vote: voters, ballots, polling stations, seats.
        """
        passage: Passage | None = None
        spans = [(figure.start, figure.end) for figure in counts]
        for figure in counts:
            if passage is None or figure.start >= passage.end:
                passage = self._passages.make(figure.start, spans)
            if passage.listed:
                self._passages.head(figure, passage)
            cue = self._metric(figure, passage)
            figure.metric = figure.metric or (self._text[cue.start : cue.end] if cue else None)
            voting = bool(self._gaps.electoral_unit.match(figure.unit) or (cue and cue.set.get("electoral")))
            intro = self._intro(figure, passage) if voting or passage.source != "sentence" else None
            self._binder.bind(figure, passage, electoral=voting, intro=intro)
            if not self._placer.place(figure, passage) and (voting or passage.source != "sentence"):
                self._widen(figure, passage, ())
            figure.speaker = self._speaker(figure, passage)

    def _bind(self, figure: FigureFound, passage: Passage, shares: list[Share], *, voting: bool) -> None:
        """Ties a share to vote, year, region and speaker; `voting` when it is one of a vote."""
        self._binder.bind(figure, passage, electoral=voting, intro=self._intro(figure, passage))
        if not self._placer.place(figure, passage) and (voting or figure.category == PARTICIPATION):
            self._widen(figure, passage, [share.figure for share in shares])
        figure.speaker = self._speaker(figure, passage)

    def _distance(self, passage: Passage, earlier: Bound | None) -> int:
        """Number of sentences from the last cue or share before the passage to it."""
        last = earlier.offset if earlier else -1
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

    def _sampled(self, figure: FigureFound, passage: Passage) -> bool:
        """Whether the passage, or what introduces its list, tells a quick count."""
        if not self._counted:
            return False
        ranges = [(passage.start, figure.start)]
        if passage.listed:
            ranges += self._passages.introductions(self._layout.at(figure.start))
        counts = (cue for span in ranges for cue in inside(self._counted, *span))
        return any(cue.set["kind"] == "projection" for cue in counts)

    def _intro(self, figure: FigureFound, passage: Passage) -> Anchor | None:
        """The anchor of the lines above a list, or of the sentence before that this one carries on."""
        if passage.listed:
            return self._listed_anchor(figure, passage)
        carries = not passage.categories or self._gaps.pointer.search(self._text, passage.lead(figure), figure.start)
        before = inside(self._anchors, passage.paragraph, passage.start)
        return before[-1] if carries and before else None

    def _listed_anchor(self, figure: FigureFound, passage: Passage) -> Anchor | None:
        """The vote and year that the header of a column, and the lines above, tell for an item or a row."""
        head = passage.header_anchors[0] if passage.header_anchors else None
        if head and head.event:
            return head
        for start, end in self._passages.introductions(self._layout.at(figure.start)):
            anchors = [anchor for anchor in inside(self._anchors, start, end) if not anchor.compared]
            if anchors:
                return Anchor(head.start, head.end, anchors[-1].event, head.year) if head else anchors[-1]
        return head

    def _widen(self, figure: FigureFound, passage: Passage, shares: Iterable[FigureFound]) -> None:
        """Ties a figure to the region of the lines above, of the sentence carried on, or of the article."""
        if self._placer.nationwide(figure, passage):
            return
        if region := self._taken_up(figure, passage):
            figure.region, figure.region_source = region, "sentence"
            return
        if heading := self._heading_region(figure, passage):
            figure.region, figure.region_source = heading, "heading"
            return
        if not passage.listed and self._gaps.pointer.search(self._text, passage.lead(figure), figure.start):
            told = [other for other in shares if passage.paragraph <= other.start < passage.start]
            if told and told[-1].region:
                figure.region, figure.region_source = told[-1].region, told[-1].region_source
                return
        if self._placer.frame:
            figure.region, figure.region_source = self._placer.frame, "frame"

    def _taken_up(self, figure: FigureFound, passage: Passage) -> Region | None:
        """The last region of the level that the sentence takes up again: "Kelurahan tersebut"."""
        match = self._gaps.taken_up.search(self._text, passage.lead(figure), figure.start)
        if match is None:
            return None
        word = match["level"].lower()
        level = self._levels.levels.get(word)
        before = [m for m in self._regions if m.end <= passage.start and level in (None, m.region.level)]
        first = max(before[-1].end if before else 0, passage.start - _TOLD_BEFORE)
        if level and (told := self._gaps.told_place.search(self._text, first, passage.start)):
            return Region(name=f"{self._levels.forms[word]} {told['name']}", level=level)
        return before[-1].region if before else None

    def _heading_region(self, figure: FigureFound, passage: Passage) -> Region | None:
        """The region of the column's header, of a line of its own above ("2. Jawa Barat"), or of an introduction."""
        line = self._layout.at(figure.start)
        cell = self._layout.header_cell(line, self._layout.column(line, figure.start))
        if cell and (mentions := inside(self._regions, *cell)):
            return mentions[0].region
        for above in self._layout.headings(line, _UNDER_HEADING):
            start, end = self._layout.range(above)
            mentions = inside(self._regions, start, end) if end - start <= _HEADING else []
            if len(mentions) == 1 and self._heads(mentions[0], above, line):
                return mentions[0].region
        for start, end in self._passages.introductions(line):
            if mentions := inside(self._regions, start, end):
                return mentions[-1].region
        return None

    def _heads(self, mention: RegionMention, above: int, line: int) -> bool:
        """Whether a line above hardly says more than its region, or is a numbered item over bullets or plain lines."""
        first, last = self._layout.range(above)
        if last - first <= mention.end - mention.start + _NUMBERING:
            return True
        marker = self._layout.marker(above)
        begins = bool(marker) and mention.start - first <= _NUMBERING
        return begins and self._layout.source(line) == "list" and marker != self._layout.marker(line)

    def _metric(self, figure: FigureFound, passage: Passage) -> Cue | None:
        """The noun before a count that says what it is the number of, else a verb of voting right after."""
        cues = inside(self._metrics, passage.start, passage.end)
        before = [cue for cue in cues if cue.end <= figure.start]
        after = [cue for cue in cues if cue.start >= figure.end and "," not in self._text[figure.end : cue.start]]
        return before[-1] if before else after[0] if after else None

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

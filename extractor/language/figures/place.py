"""Which region a figure is tied to: that of its clause, of its list, or of the article."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cached_property, partial
from typing import Final

from extractor.language.figures.gaps import Gaps
from extractor.language.figures.passage import Passage
from extractor.language.state import FigureFound, Range, RegionMention
from extractor.record import Level, Region

_AFTER_REACH: Final = 80
_BEHIND: Final = re.compile(r"\)?\s(?:di|untuk|oleh)\s")
_CHAIN: Final = re.compile(r",?\s{1,2}|\s?\(")
_DEPTH: Final = {level: depth for depth, level in enumerate(Level)}
_DEPTH[Level.CITY] = _DEPTH[Level.REGENCY]
_IN_HEADLINE, _IN_LEAD, _ENOUGH = 3, 2, 2


def usable(text: str, regions: Sequence[RegionMention], gaps: Gaps) -> list[RegionMention]:
    """The mentions that figures may be tied to: no dateline, and no place where someone speaks ("di Jakarta, Rabu")."""
    dateline = gaps.dateline.match(text)
    first = dateline.end() if dateline else 0
    return [
        mention
        for mention in regions
        if mention.start >= first
        and (
            not gaps.spoken_at.match(text, mention.end, mention.end + 40)
            or gaps.vote_at.search(text, max(0, mention.start - 60), mention.start)
        )
    ]


def depth(region: Region) -> int:
    """How small a region is: 0 for a country; an unknown level counts as a regency."""
    return _DEPTH[region.level or Level.REGENCY]


class Placer:
    """Ties figures to regions; made for one text."""

    def __init__(self, text: str, regions: list[RegionMention], gaps: Gaps, title: str | None, lead: Range) -> None:
        self._text = text
        self._gaps = gaps
        self._frame = partial(_frame, regions, title or "", lead, gaps)

    @cached_property
    def frame(self) -> Region | None:
        """The region that the article is about."""
        return self._frame()

    def place(self, figure: FigureFound, passage: Passage) -> bool:
        """Ties a figure to the smallest region of its sentence, item or row; says whether there is one."""
        if passage.item and passage.item[1] <= figure.start:
            figure.region, figure.region_source = passage.item[0], passage.source
            return True
        figure.region = self._in_sentence(figure, passage)
        if figure.region:
            figure.region_source = passage.source
        return figure.region is not None

    def _in_sentence(self, figure: FigureFound, passage: Passage) -> Region | None:
        dealt = passage.dealt_regions.get((figure.start, figure.end))
        if dealt:
            return dealt.region
        before, after = self._before(figure, passage), self._after(figure, passage)
        if before and self._gaps.nationwide.search(self._text, before.end, figure.start):
            before = None
        if before is None or after is None:
            found = before or after
        else:
            found = after if self._prefers_after(before, after, figure, passage) else before
        return found.region if found else None

    def _prefers_after(
        self, before: RegionMention, after: RegionMention, figure: FigureFound, passage: Passage
    ) -> bool:
        """Whether the place after a figure ties better: it is smaller, or the one before is another figure's."""
        if passage.between(before.end, figure.start) or depth(after.region) > depth(before.region):
            return True
        return self._right_behind(figure.end, after) and self._right_behind(passage.before(figure), before)

    def _is_whole(self, mention: RegionMention, before: RegionMention) -> bool:
        """Whether a place is only that in which the one before comes first: "Bungkal tertinggi di Ponorogo"."""
        wider = depth(mention.region) < depth(before.region)
        return wider and self._gaps.superlative.search(self._text, before.end, mention.start) is not None

    def _names_vote(self, mention: RegionMention, before: RegionMention, passage: Passage) -> bool:
        """Whether a place only belongs to a vote's name, and a smaller one is told: "warga Tegal di Pilgub Jateng"."""
        named = any(anchor.event and anchor.start <= mention.start < anchor.end for anchor in passage.anchors)
        return named and depth(before.region) > depth(mention.region) and not passage.between(before.end, mention.start)

    def _right_behind(self, end: int, mention: RegionMention) -> bool:
        """Whether a place stands right behind a figure: "82 persen di Alor, 79 persen di Lembata"."""
        return _BEHIND.fullmatch(self._text, end, mention.start) is not None

    def nationwide(self, figure: FigureFound, passage: Passage) -> bool:
        """Whether the words up to the figure speak of the whole country."""
        return bool(self._gaps.nationwide.search(self._text, passage.before(figure), figure.start))

    def _after(self, figure: FigureFound, passage: Passage) -> RegionMention | None:
        mention = next((m for m in passage.regions if m.start >= figure.end), None)
        if mention is None:
            return None
        gap = self._text[figure.end : mention.start]
        tied = len(gap) <= _AFTER_REACH and (self._gaps.preposition.search(gap) or self._gaps.of_people.fullmatch(gap))
        if not tied or self._gaps.clause_end.search(gap):
            return None
        return None if self._gaps.elsewhere.search(gap) or self._gaps.turn.search(gap) else mention

    def _before(self, figure: FigureFound, passage: Passage) -> RegionMention | None:
        mentions = [m for m in passage.regions if m.end <= figure.start]
        if not mentions:
            return None
        if len(mentions) > 1 and self._is_whole(mentions[-1], mentions[-2]):
            mentions.pop()
        if len(mentions) > 1 and self._names_vote(mentions[-1], mentions[-2], passage):
            mentions.pop()
        chosen = nearest = mentions[-1]
        for mention in reversed(mentions[:-1]):
            if not _CHAIN.fullmatch(self._text[mention.end : nearest.start]):
                break
            nearest = mention
            if depth(mention.region) > depth(chosen.region):
                chosen = mention
            elif mention.region != chosen.region:
                break
        return chosen


def _frame(regions: list[RegionMention], title: str, lead: Range, gaps: Gaps) -> Region | None:
    """The region that the article is about: named in the headline, in the lead, or again and again."""
    scores: Counter[str] = Counter()
    leading: set[str] = set()
    by_name: dict[str, Region] = {}
    for mention in regions:
        region = mention.region
        if region.level is Level.COUNTRY:
            continue
        if region.name not in by_name and gaps.level_word.sub("", region.name) in title:
            scores[region.name] += _IN_HEADLINE
            leading.add(region.name)
        by_name.setdefault(region.name, region)
        if lead[0] <= mention.start < lead[1]:
            scores[region.name] += _IN_LEAD
            leading.add(region.name)
        else:
            scores[region.name] += 1
    if not leading:
        return None
    best = max((name for name in by_name if name in leading), key=lambda name: scores[name])
    return by_name[best] if scores[best] >= _ENOUGH else None

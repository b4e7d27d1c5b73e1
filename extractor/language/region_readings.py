"""Chooses between regions of the same name by what the rest of the article says.

Each way to settle is a rule in `patterns/regions/`; they are tried in the order of the rules' priorities, and the first
that leaves one region wins. What none of them settles stays open, with its candidates.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice
from typing import Final

from extractor.language.gazetteer import LOCAL, Gazetteer, key_of, province_of, related
from extractor.language.region_names import Hit
from extractor.language.state import Annotations, RegionMention
from extractor.language.tokens import TokenTable
from extractor.patterns import PatternSet
from extractor.record import Level, Region

OPEN: Final = "regions.open"
_CHAIN, _LOOK_BACK, _REGENCY_CODE = 4, 50, len("33.16")
_JOINTS: Final[tuple[list[str], ...]] = ([], [","], ["("], [",", "("], ["di"])

Readings = tuple[Region, ...]


@dataclass(slots=True)
class _Article:
    """The names of one article, which of them are settled, and what the others may learn from them.

    Attributes:
        tokens: The article's tokens.
        hits: The names, in order.
        context: The regions of the dateline and the publisher.
        settled: For each hit the region that it is taken for, None while that is open.
        named: Codes of the regions whose level the text says.
        near: Codes of all settled regions and of those in `context`.
        provinces: Names of the provinces of these.
    """

    tokens: TokenTable
    hits: list[Hit]
    context: Readings
    settled: list[Region | None]
    named: frozenset[str] = frozenset()
    near: frozenset[str] = frozenset()
    provinces: frozenset[str] = frozenset()

    def learn(self) -> None:
        """Gathers what the settled names say for the rest."""
        pairs = list(zip(self.hits, self.settled, strict=True))
        regions = [region for region in (*self.settled, *self.context) if region and region.code]
        self.named = frozenset(region.code for hit, region in pairs if hit.level and region and region.code)
        self.near = frozenset(region.code for region in regions if region.code)
        self.provinces = frozenset(filter(None, map(province_of, regions)))

    def adjoins(self, index: int) -> bool:
        """Whether a comma or bracket at most stands between the hit at `index` and the next one."""
        if index + 1 >= len(self.hits):
            return False
        return self.tokens.lower[self.hits[index].last : self.hits[index + 1].first] in _JOINTS

    def wider(self, index: int) -> Region | None:
        """The settled region that adjoins ("Banjar, Kalimantan Selatan")."""
        return self.settled[index + 1] if self.adjoins(index) else None

    def holder(self, index: int) -> Region | None:
        """The linked region that follows a district or village, after further ones ("Desa X, Kecamatan Y, Blora")."""
        for later in range(index, index + _CHAIN):
            wider = self.wider(later)
            if wider is not None and wider.code:
                return wider
            if not self.adjoins(later) or self.hits[later + 1].level not in LOCAL:
                return None
        return None


_Step = Callable[[_Article, int, Readings], Readings]


class Reader:
    """Turns hits into mentions."""

    def __init__(self, patterns: PatternSet, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        steps: dict[str, _Step] = {
            "settle head": self._by_head,
            "settle neighbour": self._by_neighbour,
            "settle discourse": self._by_discourse,
            "settle wider": self._by_province,
            "settle context": self._by_context,
            "settle capital": self._by_capital,
        }
        rules = patterns.rules("regions")
        self._steps = [(rule.id, steps[rule.shape]) for rule in rules if rule.shape in steps]
        capitals = patterns.table("regions.capitals")
        self._capitals = {key_of(name): gazetteer.codes.get(str(code)) for name, code in capitals.items()}

    def read(self, found: Annotations, hits: list[Hit]) -> list[RegionMention]:
        """The mentions of `hits`, in the same order."""
        settled = [hit.readings[0] if len(hit.readings) == 1 else None for hit in hits]
        article = _Article(found.tokens, hits, self._gazetteer.of_context(found.context), settled)
        rules = [hit.rule for hit in hits]
        ambiguous = [index for index in reversed(range(len(hits))) if len(hits[index].readings) > 1]
        # From the end, as what follows a name helps to settle it; those whose level the text says before the others.
        for levelled in (True, False) if ambiguous else ():
            article.learn()
            for index in ambiguous:
                if (hits[index].level is not None) is levelled:
                    rules[index] = self._settle(article, index)
        return [self._mention(article, index, rule) for index, rule in enumerate(rules)]

    def _settle(self, article: _Article, index: int) -> str:
        readings = article.hits[index].readings
        for rule, step in self._steps:
            left = step(article, index, readings)
            if len(left) == 1:
                article.settled[index] = left[0]
                return rule
            readings = left or readings
        return OPEN

    def _mention(self, article: _Article, index: int, rule: str) -> RegionMention:
        hit, region = article.hits[index], article.settled[index]
        tokens = article.tokens
        candidates: Readings = ()
        if region is None:
            candidates = hit.readings
            region = self._unlinked(article, index)
        elif hit.level in LOCAL:
            holder = self._gazetteer.codes.get((region.code or "")[:_REGENCY_CODE])
            region = region.model_copy(update={"name": hit.name, "parent": holder.name if holder else None})
        return RegionMention(tokens.starts[hit.first], tokens.ends[hit.last - 1], rule, region, candidates)

    def _unlinked(self, article: _Article, index: int) -> Region:
        """A region in no table, or an ambiguous one: the name as written, and the province where that much is sure."""
        hit = article.hits[index]
        inside = hit.readings or hit.within or self._around(article, index)
        provinces = {province_of(region) for region in inside}
        province = provinces.pop() if len(provinces) == 1 else None
        if hit.level not in LOCAL:
            return Region(name=hit.name, province=province)
        holder = hit.within[0] if len(hit.within) == 1 else article.holder(index)
        parent = holder.name if holder and holder.level in (Level.REGENCY, Level.CITY) else None
        return Region(name=hit.name, level=hit.level, province=province, parent=parent)

    def _around(self, article: _Article, index: int) -> Readings:
        """Where a district or village lies: in the wider region that follows, or the one before, or the dateline's."""
        if holder := article.holder(index):
            return (holder,)
        before = (region for region in reversed(article.settled[max(index - _LOOK_BACK, 0) : index]))
        after = article.settled[index : index + _LOOK_BACK]
        known = (region for region in (*before, *article.context, *after) if region and region.code)
        return tuple(islice(known, 1))

    def _by_head(self, article: _Article, index: int, readings: Readings) -> Readings:
        level = article.hits[index].level
        if level is None or level in LOCAL:
            return readings
        below = tuple(r for r in readings if r.level is not Level.PROVINCE)
        return self._gazetteer.at_level(readings, level) or (readings if level is Level.PROVINCE else below)

    def _by_neighbour(self, article: _Article, index: int, readings: Readings) -> Readings:
        wider = article.wider(index)
        return tuple(r for r in readings if wider and _inside(r, wider))

    def _by_discourse(self, article: _Article, _index: int, readings: Readings) -> Readings:
        return tuple(r for r in readings if r.code in article.named)

    def _by_province(self, _article: _Article, _index: int, readings: Readings) -> Readings:
        return tuple(r for r in readings if all(related(r, other) for other in readings) and r.level is Level.PROVINCE)

    def _by_context(self, article: _Article, _index: int, readings: Readings) -> Readings:
        around = tuple(r for r in readings if not article.near.isdisjoint(_wider_codes(r)))
        return around if len(around) == 1 else tuple(r for r in readings if province_of(r) in article.provinces)

    def _by_capital(self, article: _Article, index: int, readings: Readings) -> Readings:
        capital = self._capitals.get(key_of(article.hits[index].name))
        return tuple(r for r in readings if r == capital)


def _inside(region: Region, wider: Region) -> bool:
    """Whether `region` lies in `wider`, by its code."""
    return wider.code in _wider_codes(region)


def _wider_codes(region: Region) -> list[str]:
    """The codes of the regions that `region` lies in: "33.16" and "33" for "33.16.10"."""
    parts = (region.code or "").split(".")
    return [".".join(parts[:size]) for size in range(1, len(parts))]

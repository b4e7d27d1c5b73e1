"""Chooses between regions of the same name by what the rest of the article says.

Each way to settle is a rule in `patterns/regions/`; they are tried in the order of the rules' priorities, and the first
that leaves one region wins. What none of them settles stays open, with its candidates.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from extractor.language.gazetteer import LOCAL, Gazetteer, key_of, province_of, related
from extractor.language.region_names import Hit
from extractor.language.state import Annotations, RegionMention
from extractor.language.tokens import TokenTable
from extractor.patterns import PatternSet
from extractor.record import Level, Region

OPEN = "regions.open"
_JOINTS: tuple[list[str], ...] = ([], [","], ["("], [",", "("], ["di"])

Readings = tuple[Region, ...]


@dataclass(slots=True)
class _Article:
    """The names of one article, which of them are settled, and the regions that its context holds."""

    tokens: TokenTable
    hits: list[Hit]
    context: Readings
    settled: list[Region | None] = field(default_factory=list)

    def certain(self) -> Iterator[Region]:
        """The settled regions with a code, in the order of the text."""
        return (region for region in self.settled if region and region.code)

    def wider(self, index: int) -> Region | None:
        """The settled region that follows directly, after a comma or bracket at most ("Banjar, Kalimantan Selatan")."""
        if index + 1 >= len(self.hits):
            return None
        between = self.tokens.lower[self.hits[index].last : self.hits[index + 1].first]
        return self.settled[index + 1] if between in _JOINTS else None


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
        article = _Article(found.tokens, hits, self._gazetteer.of_context(found.context))
        article.settled = [hit.readings[0] if len(hit.readings) == 1 else None for hit in hits]
        rules = [hit.rule for hit in hits]
        backwards = reversed(range(len(hits)))  # what follows a name is settled before it
        for index in sorted(
            backwards, key=lambda i: hits[i].level is None
        ):  # and what says its level before what does not
            if len(hits[index].readings) > 1:
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
            region = region.model_copy(update={"name": hit.name})
        return RegionMention(tokens.starts[hit.first], tokens.ends[hit.last - 1], rule, region, candidates)

    def _unlinked(self, article: _Article, index: int) -> Region:
        """A region in no table, or an ambiguous one: the name as written, and the province where that much is sure."""
        hit = article.hits[index]
        inside = hit.readings or hit.within or self._around(article, index)
        provinces = {province_of(region) for region in inside}
        level = hit.level if hit.level in LOCAL else None
        return Region(name=hit.name, level=level, province=provinces.pop() if len(provinces) == 1 else None)

    def _around(self, article: _Article, index: int) -> Readings:
        """Where a district or village lies: in the wider region that follows, or the one before, or the dateline's."""
        for later in range(index, len(article.hits) - 1):
            wider = article.wider(later)
            if wider is not None and wider.code:
                return (wider,)
            if not (article.hits[later + 1].level in LOCAL and self._adjoins(article, later)):
                break
        before = [region for region in article.settled[:index] if region and region.code]
        return tuple(before[-1:]) or article.context[:1] or tuple(article.certain())[:1]

    def _adjoins(self, article: _Article, index: int) -> bool:
        between = article.tokens.lower[article.hits[index].last : article.hits[index + 1].first]
        return between in _JOINTS

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
        named = {region.code for hit, region in zip(article.hits, article.settled, strict=True) if hit.level and region}
        return tuple(r for r in readings if r.code in named)

    def _by_province(self, _article: _Article, _index: int, readings: Readings) -> Readings:
        return tuple(r for r in readings if all(related(r, other) for other in readings) and r.level is Level.PROVINCE)

    def _by_context(self, article: _Article, _index: int, readings: Readings) -> Readings:
        near = (*article.certain(), *article.context)
        around = tuple(r for r in readings if any(_inside(r, other) for other in near))
        provinces = {province_of(region) for region in near}
        return around if len(around) == 1 else tuple(r for r in readings if province_of(r) in provinces)

    def _by_capital(self, article: _Article, index: int, readings: Readings) -> Readings:
        capital = self._capitals.get(key_of(article.hits[index].name))
        return tuple(r for r in readings if r == capital)


def _inside(region: Region, wider: Region) -> bool:
    """Whether `region` lies in `wider`, by its code."""
    return bool(region.code and wider.code and region.code.startswith(f"{wider.code}."))

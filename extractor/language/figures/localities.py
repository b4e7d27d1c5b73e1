"""Districts and villages that a text names without their level: "Kecamatan Cepu 74 persen, disusul Jepon 73 persen".

No table holds their names. They are read where the words around say that names of that level are told: the header of
a table's column, the line that introduces a list, a level told in the paragraph; or where the same name stands with
its level elsewhere in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from extractor.language.figures.gaps import Gaps
from extractor.language.figures.layout import Layout
from extractor.language.figures.passage import Passage, inside
from extractor.language.gazetteer import gazetteer_of
from extractor.language.state import Annotations, Person, Range, RegionMention, overlaps
from extractor.language.trie import trie_regex
from extractor.patterns import PatternSet
from extractor.record import Level, Region

RULE: Final = "figures.locality"
_LOCAL: Final = (Level.DISTRICT, Level.VILLAGE)
_WINDOW: Final = 70
_SUPERLATIVE: Final = 40
_MOST_NAMES: Final = 60


class LevelWords:
    """The words for levels ("kecamatan", "desa") and where a text uses them."""

    def __init__(self, patterns: PatternSet) -> None:
        phrases = patterns.lexicon("regions.cues").phrases
        self.levels = {phrase: Level(str(attributes["level"])) for phrase, attributes in phrases.items()}
        self.forms = {phrase: str(attributes["canonical"]) for phrase, attributes in phrases.items()}
        heads = patterns.lexicon("figures.local-heads").phrases
        self.heads = {phrase: Level(str(attributes["level"])) for phrase, attributes in heads.items()}
        self.gazetteer = gazetteer_of(patterns)
        local = [phrase for phrase, level in self.levels.items() if level in _LOCAL]
        self.local = frozenset(local)
        self.any = re.compile(rf"(?i:\b(?:{trie_regex(self.levels)})(?!\w))")
        self.told = re.compile(rf"(?i:\b(?:{trie_regex(local)})(?!\w))")

    def told_last(self, text: str, start: int, end: int, *, named: bool) -> re.Match[str] | None:
        """The last word for a district or village between two offsets; unless `named`, one that no name follows."""
        last = None
        for match in self.told.finditer(text, start, end):
            if named or not text[match.end() : match.end() + 2].strip().istitle():
                last = match
        return last

    def bare(self, name: str) -> str:
        """A region's name without the word for its level."""
        match = self.any.match(name)
        return name[match.end() :].strip() if match else name


class Localities:
    """Finds such names; made for one text."""

    def __init__(
        self, found: Annotations, regions: list[RegionMention], layout: Layout, gaps: Gaps, levels: LevelWords
    ) -> None:
        self._text = found.text
        self._title = found.context.title or ""
        self._regions = regions
        self._layout = layout
        self._gaps = gaps
        self._levels = levels
        self._taken = [span for person in found.persons for span in person.mentions]
        self._known = self._aliases(found.persons)

    def _aliases(self, persons: Iterable[Person]) -> dict[str, Region]:
        """The districts and villages that the text names with their level, or as those of an office ("Camat Cepu")."""
        held = ((role.region, self._levels.heads.get(role.title.lower())) for p in persons for role in p.roles)
        local = (Region(name=region.name, level=level) for region, level in held if region and level)
        names: dict[str, Region] = {}
        for region in (*(mention.region for mention in self._regions), *local):
            if region.level in _LOCAL and region.code is None and len(names) < _MOST_NAMES:
                names.setdefault(self._levels.bare(region.name), region)
        return names

    def mentions(self, passage: Passage, figures: Iterable[Range]) -> list[RegionMention]:
        """The names in a passage that no region covers yet, in order."""
        found: list[RegionMention] = []
        for name in sorted(self._known, key=len, reverse=True):
            for start in self._occurrences(name, passage):
                self._add(found, passage, start, start + len(name), self._known[name])
        level = self._levels.told_last(self._text, passage.paragraph, passage.end, named=True)
        for start, end in self._near(passage, figures):
            region = self._gazetted(self._text[start:end])
            if level:
                told = self._levels.told_last(self._text, passage.paragraph, start, named=True) or level
                if mention := self._misread(passage, found, start):
                    passage.regions.remove(mention)
                region = self._region(told, self._text[start:end])
            if region:
                self._add(found, passage, start, end, region)
        return sorted(found, key=lambda mention: mention.start)

    def _occurrences(self, name: str, passage: Passage) -> Iterator[int]:
        """Where a name stands as a whole word in a passage."""
        text, start = self._text, passage.start
        while (start := text.find(name, start, passage.end)) >= 0:
            end = start + len(name)
            if not (text[start - 1 : start].isalnum() or text[end : end + 1].isalnum()):
                yield start
            start = end

    def _gazetted(self, name: str) -> Region | None:
        """The regency or province with a name that is also a word: beside a share it is the region."""
        readings = self._levels.gazetteer.lookup(name)
        return self._levels.gazetteer.settle(readings, [m.region for m in self._regions]) if readings else None

    def _misread(self, passage: Passage, found: list[RegionMention], start: int) -> RegionMention | None:
        """A regency or city read at `start` that an enumeration of districts or villages holds: "Turi 90, Depok 81"."""
        mention = next((m for m in passage.regions if m.start == start), None)
        if mention is None or mention.region.level in _LOCAL or not self._is_bare(mention):
            return None
        before = [m for m in (*passage.regions, *found) if m.end <= start and m.region.level in _LOCAL]
        named = sum(m.region == mention.region for m in self._regions)
        return mention if before and named == 1 else None

    def _add(self, found: list[RegionMention], passage: Passage, start: int, end: int, region: Region) -> None:
        known = overlaps([*passage.regions, *found], start, end)
        if not known and not any(first < end and start < last for first, last in self._taken):
            found.append(RegionMention(start, end, RULE, region))

    def _near(self, passage: Passage, figures: Iterable[Range]) -> list[Range]:
        """Names right before or after a figure, and those that carry on an enumeration of places."""
        spans: list[Range] = []
        for start, end in figures:
            match = self._gaps.local_before.search(self._text, max(passage.start, start - _WINDOW), start)
            if match and not self._is_whole(match.start("name")):
                spans += [match.span("name"), *self._enumerated_before(match.start("name"), passage)]
            if match := self._gaps.local_after.match(self._text, end, passage.end):
                spans.append(match.span("name"))
        ends = [mention.end for mention in passage.regions if mention.region.level in _LOCAL]
        for end in [*ends, *(end for _, end in spans)]:
            while match := self._gaps.local_next.match(self._text, end, passage.end):
                spans.append(match.span("name"))
                end = match.end()
        return sorted(set(spans))

    def _enumerated_before(self, start: int, passage: Passage) -> Iterator[Range]:
        """The names before the one at `start` in an enumeration: "Jebres dan Laweyan, masing-masing 72 persen"."""
        while match := self._gaps.local_previous.search(self._text, max(passage.start, start - _WINDOW), start):
            yield match.span("name")
            start = match.start("name")

    def _is_whole(self, start: int) -> bool:
        """Whether the name at `start` is only that of the whole in which another place comes first."""
        return self._gaps.superlative.search(self._text, max(0, start - _SUPERLATIVE), start) is not None

    def _region(self, told: re.Match[str], name: str) -> Region:
        """The place with a name at a told level; a header "Desa/Kelurahan" leaves its word open."""
        word, beside = told[0].lower(), told.string[max(0, told.start() - 1) : told.end() + 1]
        around = next((m.region for m in self._regions if m.region.level in (Level.REGENCY, Level.CITY)), None)
        return Region(
            name=name if "/" in beside else f"{self._levels.forms[word]} {name}",
            level=self._levels.levels[word],
            province=around.province if around else None,
        )

    def item(self, line: int) -> tuple[Region, int] | None:
        """The place that a row or an item of a list is about, and where its name ends; None where none is told.

        A name that a table of regions holds is read as the header or the introduction says: below "Kecamatan",
        "Blora" is a district.
        """
        start, end = self._name_range(line)
        level = self._level_above(line)
        match = self._gaps.item_name.match(self._text, start, end)
        if match is None:
            return None
        name = match["name"]
        mentions = inside(self._regions, start, match.end("name"))
        if mentions and (level is None or not self._is_bare(mentions[0])):
            return mentions[0].region, mentions[0].end
        region = self._known.get(name) or (self._region(level, name) if level else None)
        if region and len(self._known) < _MOST_NAMES:
            self._known[name] = region  # for the sentences after the list
        return (region, match.end("name")) if region else None

    def _is_bare(self, mention: RegionMention) -> bool:
        return self._levels.any.match(self._text, mention.start, mention.end) is None

    def _name_range(self, line: int) -> Range:
        """The part of a line that holds its name: the first cell with a word, else the line without its number."""
        if self._layout.is_row(line):
            cells = self._layout.cells(line)
            return next((cell for cell in cells if any(map(str.isalpha, self._text[slice(*cell)]))), cells[0])
        start, end = self._layout.range(line)
        marker = self._gaps.marker.match(self._text, start, end)
        return (marker.end() if marker else start), end

    def _level_above(self, line: int) -> re.Match[str] | None:
        """The level that the header of the names' column, or a line above, gives the names."""
        if self._layout.is_row(line):
            cell = self._layout.header_cell(line, self._layout.column(line, self._name_range(line)[0]))
            if cell and self._levels.any.search(self._text, *cell):
                return self._levels.told_last(self._text, *cell, named=False)
        for above in self._layout.introductions(line):
            start, end = self._layout.range(above)
            if self._levels.any.search(self._text, start, end):
                return self._levels.told_last(self._text, start, end, named=False)
        return self._levels.told_last(self._title, 0, len(self._title), named=False)

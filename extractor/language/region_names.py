"""Finds the names of regions in the tokens of an article, and what the words around each name say of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from extractor.language.gazetteer import LOCAL, Gazetteer, Key, key_of, related
from extractor.language.phrases import PhraseTable
from extractor.language.tokens import CAPS, INITIAL, NUMBER, TITLE, TokenTable
from extractor.patterns import PatternSet
from extractor.record import Level, Region

NAME, CUED, QUARTER = "regions.name", "regions.cued", "regions.quarter"
_CAPITAL: Final = frozenset((TITLE, CAPS, INITIAL))
_NAME_KINDS: Final = frozenset((TITLE, CAPS, INITIAL, NUMBER))
_LOCAL_NAME: Final = re.compile(rf"[{TITLE}{CAPS}]{{1,3}}")


@dataclass(slots=True)
class Hit:
    """A name in the text: tokens `first` to `last` (exclusive), and every region that it may stand for.

    Attributes:
        rule: The rule that found it.
        readings: The regions of that name.
        name: Name as written; with the word for its level where it is in no table ("Kecamatan Purwamekar").
        level: What the word before it says, None when there is none.
        within: Regions of which it is a part, by its name alone.
        sure: False for a word or personal name with nothing around it that makes it a place.
    """

    first: int
    last: int
    rule: str
    readings: tuple[Region, ...]
    name: str
    level: Level | None = None
    within: tuple[Region, ...] = ()
    sure: bool = True


@dataclass(slots=True)
class _Scan:
    """The state of one pass: the hits so far, and where a head with its level and a body ended last."""

    tokens: TokenTable
    hits: list[Hit] = field(default_factory=list)
    head: tuple[int, Level | None] = (-1, None)
    body: int = -1


_Handler = Callable[[_Scan, int, int, Any], int]
_Action = tuple[_Handler, Any]


class NameFinder:
    """Finds names by their first word, the longest first; building one costs a few milliseconds."""

    def __init__(self, patterns: PatternSet, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._locatives = _words(patterns, "regions.locatives")
        self._streets = _words(patterns, "regions.streets")
        self._features = _words(patterns, "regions.features")
        self._compass = _words(patterns, "regions.compass")
        self._weak = _keys(patterns, "regions.words")
        cues = patterns.lexicon("regions.cues").phrases
        self._labels = {key_of(phrase): str(entry["canonical"]) for phrase, entry in cues.items()}
        self._table = PhraseTable(self._items(patterns))

    def _items(self, patterns: PatternSet) -> Iterator[tuple[Key, _Action]]:
        """Every phrase with what is done where it stands."""
        for key, readings in self._gazetteer.names.items():
            if wide := tuple(region for region in readings if region.level not in LOCAL):
                yield key, (self._on_name, wide)
        for key, level in self._gazetteer.cues.items():
            yield key, (self._on_cue, level)
        for phrase, entry in patterns.lexicon("regions.heads").phrases.items():
            yield key_of(phrase), (self._on_head, Level(str(entry["level"])))
        for key in _keys(patterns, "regions.bodies"):
            yield key, (self._on_body, None)
        for key in _keys(patterns, "regions.not-places"):
            yield key, (self._on_other, None)

    def find(self, tokens: TokenTable) -> list[Hit]:
        """The names in `tokens`, in order; none overlaps another."""
        scan = _Scan(tokens)
        lower, first_words = tokens.lower, self._table.first
        index, size = 0, len(lower)
        while index < size:
            hit = self._table.at(lower, index) if lower[index] in first_words else None
            if hit:
                end, (handle, value) = hit
                index = handle(scan, index, end, value)
            else:
                index += 1
        known = {hit.name for hit in scan.hits if hit.sure}
        self._shorten(scan, known)
        return [hit for hit in scan.hits if hit.sure or (hit.name in known and not self._in_a_name(tokens, hit))]

    def _shorten(self, scan: _Scan, known: set[str]) -> None:
        """Cuts a person's name off a village in no table whose name the text also has alone ("Desa Jati Ahmad")."""
        for hit in scan.hits:
            while hit.level in LOCAL and not hit.readings and hit.last > hit.first + 2:
                shorter = hit.name.rpartition(" ")[0]
                if shorter not in known:
                    break
                hit.name, hit.last = shorter, hit.last - 1

    def _on_other(self, _scan: _Scan, _start: int, end: int, _value: None) -> int:
        return end

    def _on_head(self, scan: _Scan, _start: int, end: int, level: Level) -> int:
        scan.head = (end, level)
        return end

    def _on_body(self, scan: _Scan, _start: int, end: int, _value: None) -> int:
        scan.body = end
        return end

    def _on_cue(self, scan: _Scan, start: int, end: int, level: Level) -> int:
        """A level's word and the name after it; none is needed in the gazetteer for a district or a village."""
        tokens = scan.tokens
        begin = end
        if tokens.words[end : end + 1] == ["."] and (f"{tokens.lower[start]}.",) in self._gazetteer.cues:
            begin = end + 1  # a tokenizer that does not know the abbreviation splits "Kab."
        if level in LOCAL:
            last = self._end_of_local(tokens, begin, level)
            readings = self._at(tuple(tokens.lower[begin:last]), level) if last > begin else ()
            label = [self._labels[tuple(tokens.lower[start:end])]]
        else:
            last, named = self._longest(tokens, begin)
            readings = self._gazetteer.at_level(named, level) or named
            label = []
        if last == begin:
            return end
        name = " ".join([*label, *tokens.words[begin:last]])
        scan.hits.append(Hit(start, last, CUED, readings, name, level, self._named_for(tokens, begin, last)))
        return last

    def _named_for(self, tokens: TokenTable, begin: int, last: int) -> tuple[Region, ...]:
        """The regions that a district is named for, with a quarter of the compass ("Kecamatan Semarang Barat")."""
        if tokens.lower[last - 1] not in self._compass:
            return ()
        return self._gazetteer.lookup(" ".join(tokens.words[begin : last - 1]))

    def _end_of_local(self, tokens: TokenTable, begin: int, level: Level) -> int:
        """Where the name of a district or village ends: where a known one does, else before a wider region or a cue."""
        run = _LOCAL_NAME.match(tokens.kinds, begin)
        end = run.end() if run else begin
        for last in range(end, begin, -1):
            if self._at(tuple(tokens.lower[begin:last]), level):
                return last
        for index in range(begin, end):
            for key, (handle, _) in self._table.first.get(tokens.lower[index], ()):
                ends = index > begin or handle in (self._on_cue, self._on_head)
                if ends and tuple(tokens.lower[index : index + len(key)]) == key:
                    return index
        return end

    def _at(self, key: Key, level: Level) -> tuple[Region, ...]:
        return self._gazetteer.at_level(self._gazetteer.names.get(key, ()), level)

    def _longest(self, tokens: TokenTable, begin: int) -> tuple[int, tuple[Region, ...]]:
        """The end and the readings of the longest name at `begin`, `(begin, ())` when none is there."""
        if begin < len(tokens):
            for key, (handle, readings) in self._table.first.get(tokens.lower[begin], ()):
                end = begin + len(key)
                fits = handle == self._on_name and tuple(tokens.lower[begin:end]) == key
                if fits and self._written(tokens, begin, end):
                    return end, readings
        return begin, ()

    def _written(self, tokens: TokenTable, start: int, end: int) -> bool:
        """Whether the tokens are written as a name: capitals, and nothing but capitals for an abbreviation."""
        if tuple(tokens.lower[start:end]) in self._gazetteer.acronyms:
            return all(word.isupper() for word in tokens.words[start:end])
        return tokens.kinds[start] in _NAME_KINDS and tokens.kinds[end - 1] in _NAME_KINDS

    def _on_name(self, scan: _Scan, start: int, end: int, readings: tuple[Region, ...]) -> int:
        tokens = scan.tokens
        if not self._written(tokens, start, end) or self._named_after(tokens, start, readings):
            return end
        hit = Hit(start, end, NAME, readings, " ".join(tokens.words[start:end]))
        if scan.head[0] == start:
            hit.level = scan.head[1]
        self._extend(tokens, hit)
        weak = hit.level is None and tuple(tokens.lower[start:end]) in self._weak
        hit.sure = not weak or scan.body == start or self._placed(tokens, hit) or self._joined(scan, hit)
        scan.hits.append(hit)
        return hit.last

    def _extend(self, tokens: TokenTable, hit: Hit) -> None:
        """Takes in "Kota" after a city's name ("Polres Tegal Kota") and a quarter of the compass ("Semarang Barat")."""
        if hit.last >= len(tokens) or tokens.kinds[hit.last] != TITLE:
            return
        after = tokens.lower[hit.last]
        if after in self._compass and hit.readings[0].code and "." in hit.readings[0].code:
            hit.rule, hit.level, hit.within, hit.readings = QUARTER, Level.DISTRICT, hit.readings, ()
            hit.name = f"{hit.name} {tokens.words[hit.last]}"
            hit.last += 1
        elif (after,) in self._gazetteer.cues and not self._longest(tokens, hit.last + 1)[1]:
            level = self._gazetteer.cues[after,]
            if level is Level.CITY and self._gazetteer.at_level(hit.readings, level):
                hit.level = level
                hit.last += 1

    def _named_after(self, tokens: TokenTable, start: int, readings: tuple[Region, ...]) -> bool:
        """Whether a street or a landform is named after the region: "Jl. Raya Bogor", "Sungai Kapuas"."""
        before = tokens.lower[max(start - 2, 0) : start]
        if not before:
            return False
        if before[-1] in self._features and readings[0].level is not Level.PROVINCE:
            return True
        return before[-1] in self._streets or " ".join(before) in self._streets

    def _placed(self, tokens: TokenTable, hit: Hit) -> bool:
        """Whether a locative before a weak name or a wider region after it shows that it is a place.

        A region elsewhere after it shows that another place of that name is meant ("Kuningan, Jakarta Selatan").
        """
        if tokens.lower[hit.last : hit.last + 1] == [","]:
            wider = self._longest(tokens, hit.last + 1)[1]
            if wider:
                return any(related(one, other) for one in hit.readings for other in wider)
        before = tokens.lower[hit.first - 1] if hit.first else ""
        return before in self._locatives and not self._goes_on(tokens, hit.last)

    def _joined(self, scan: _Scan, hit: Hit) -> bool:
        """Whether a comma or "dan" joins a weak name to a district, or to a region of the same province."""
        before = scan.hits[-1] if scan.hits else None
        if before is None or scan.tokens.lower[before.last : hit.first] not in ([","], ["dan"]):
            return False
        return before.level in LOCAL or any(related(one, other) for one in hit.readings for other in before.readings)

    def _goes_on(self, tokens: TokenTable, index: int) -> bool:
        return index < len(tokens) and tokens.kinds[index] in _CAPITAL and not self._longest(tokens, index)[1]

    def _in_a_name(self, tokens: TokenTable, hit: Hit) -> bool:
        return self._goes_on(tokens, hit.last) or (hit.first > 0 and tokens.kinds[hit.first - 1] in _CAPITAL)


def _words(patterns: PatternSet, lexicon: str) -> frozenset[str]:
    return frozenset(patterns.lexicon(lexicon).phrases)


def _keys(patterns: PatternSet, lexicon: str) -> frozenset[Key]:
    return frozenset(key_of(phrase) for phrase in patterns.lexicon(lexicon).phrases)

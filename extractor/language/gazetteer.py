"""The gazetteer: administrative regions by name, short name, old name and code.

Codes and official names are those of Kepmendagri 300.2.2-2430/2025. Provinces, regencies and cities are ours; a user's
folder may add an official table of districts and villages (`warta regions import`), which is read here too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from extractor.language.state import Context
from extractor.patterns import PatternSet
from extractor.record import Level, Region

OFFICIAL_TABLES: Final = ("regions/provinces.csv", "regions/regencies.csv", "regions/imported.csv")
_WORD: Final = re.compile(r"[^\W_]+(?:['’.]+[^\W_]+)*\.?|[^\w\s]")
_PREFIXES: Final = (
    ("Kabupaten Administrasi ", Level.REGENCY),
    ("Kota Administrasi ", Level.CITY),
    ("Kabupaten ", Level.REGENCY),
    ("Kota ", Level.CITY),
)
_BY_DEPTH: Final = (Level.PROVINCE, None, Level.DISTRICT, Level.VILLAGE)

LOCAL: Final = (Level.DISTRICT, Level.VILLAGE)

Key = tuple[str, ...]


def key_of(phrase: str) -> Key:
    """The words of `phrase` in lower case, hyphens left out: the form under which names are stored."""
    return tuple(word.lower() for word in _WORD.findall(phrase) if word not in "-–")


def split_name(name: str, code: str) -> tuple[str, Level]:
    """An official name without the word for its level, and the level.

    Args:
        name: The name as in the official table ("Kabupaten Blora").
        code: Its code in dotted form ("33.16").
    """
    for prefix, level in _PREFIXES:
        if code.count(".") == 1 and name.startswith(prefix):
            return name[len(prefix) :], level
    return name, _BY_DEPTH[min(code.count("."), 3)] or Level.REGENCY


@dataclass(frozen=True)
class Gazetteer:
    """Regions by name and by code; build one with `gazetteer_of`.

    Attributes:
        names: Every name, short name and old name without the word for the level, with the regions it may stand for.
        codes: The linked regions by code.
        cues: The words for levels ("kab.", "kecamatan") with the level.
        acronyms: The names that are abbreviations, written in capitals only ("AS", "TTS").
    """

    names: Mapping[Key, tuple[Region, ...]]
    codes: Mapping[str, Region]
    cues: Mapping[Key, Level]
    acronyms: frozenset[Key]

    def lookup(self, phrase: str) -> tuple[Region, ...]:
        """Every region that `phrase` may stand for, with or without the word for its level; case does not matter.

        "Kabupaten Semarang" gives one region, "Semarang" two, "Jateng" the province, an unknown name none.
        """
        key = key_of(phrase)
        for size in (2, 1):
            level = self.cues.get(key[:size])
            if level and len(key) > size:
                return self.at_level(self.names.get(key[size:], ()), level)
        if len(key) > 1 and key[-1] == "kota" and key not in self.names:
            return self.at_level(self.names.get(key[:-1], ()), Level.CITY)
        return tuple(r for r in self.names.get(key, ()) if r.level not in LOCAL)

    def link(
        self,
        phrase: str,
        context: Context | None = None,
        *,
        level: Level | None = None,
        near: Iterable[Region] = (),
    ) -> Region | None:
        """The one region that `phrase` stands for, or None when it is unknown or stays ambiguous.

        Args:
            phrase: A name with or without the word for its level.
            context: The article's dateline and publisher may decide between regions of the same name.
            level: What the words around it say ("Bupati" is REGENCY, "Wali Kota" CITY, "Gubernur" PROVINCE).
            near: Regions named close by; one in the same province decides.
        """
        return self.settle(self.lookup(phrase), (*near, *self.of_context(context)), level)

    def settle(self, readings: tuple[Region, ...], near: Iterable[Region], level: Level | None = None) -> Region | None:
        """The one of `readings` that the level and the regions close by leave; None when several are left."""
        if level:
            readings = self.at_level(readings, level) or readings
        if len(readings) < 2:
            return readings[0] if readings else None
        for other in near:
            left = tuple(r for r in readings if r == other) or tuple(r for r in readings if related(r, other))
            if len(left) == 1:
                return left[0]
        return None

    def of_context(self, context: Context | None) -> tuple[Region, ...]:
        """The unambiguous regions that the dateline and the publisher's name hold ("Tribun Jateng"), in that order."""
        if context is None:
            return ()
        found = (self._within(text) for text in (context.dateline, context.publisher) if text)
        return tuple(region for regions in found for region in regions)

    def _within(self, text: str) -> Iterator[Region]:
        words = key_of(text)
        for start in range(len(words)):
            known = (words[start:end] for end in range(len(words), start, -1) if words[start:end] in self.names)
            readings = self.names.get(next(known, ()), ())
            if len(readings) == 1 and readings[0].code:
                yield readings[0]

    @staticmethod
    def at_level(readings: tuple[Region, ...], level: Level) -> tuple[Region, ...]:
        """Those of `readings` at `level`."""
        return tuple(r for r in readings if r.level == level)

    def parent(self, region: Region) -> Region | None:
        """The region one level up, None for a province and for a region that is not linked."""
        return self.codes.get(region.code.rpartition(".")[0]) if region.code else None


def related(one: Region, other: Region) -> bool:
    """Whether the two lie in the same province, or one is the other's province."""
    return province_of(one) is not None and province_of(one) == province_of(other)


def province_of(region: Region) -> str | None:
    """Name of the province that `region` is or lies in."""
    return region.name if region.level is Level.PROVINCE else region.province


@dataclass(frozen=True)
class _ByDigest:
    """A set of rule data that is equal to another with the same content."""

    patterns: PatternSet

    def __hash__(self) -> int:
        return hash(self.patterns.digest)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _ByDigest) and self.patterns.digest == other.patterns.digest


def gazetteer_of(patterns: PatternSet) -> Gazetteer:
    """The gazetteer in the rule data; the last four built are kept."""
    return _build(_ByDigest(patterns))


@lru_cache(maxsize=4)
def _build(source: _ByDigest) -> Gazetteer:
    patterns = source.patterns
    names: dict[Key, tuple[Region, ...]] = {}
    codes: dict[str, Region] = {}
    acronyms: set[Key] = set()
    for region, spellings in (*_official(patterns), *_foreign(patterns)):
        if region.code:
            codes[region.code] = region
        acronyms.update(key_of(spelling) for spelling in spellings if spelling.isupper() and len(spelling) < 5)
        for key in {form for spelling in spellings for form in _forms(spelling)}:
            others = tuple(r for r in names.get(key, ()) if r.code is None or r.code != region.code)
            names[key] = (*others, region)
    cues = {
        key_of(phrase): Level(str(entry["level"])) for phrase, entry in patterns.lexicon("regions.cues").phrases.items()
    }
    return Gazetteer(names, codes, cues, frozenset(acronyms))


def _forms(spelling: str) -> Iterator[Key]:
    """The keys of a spelling; "Toli-Toli" is two words, or one token, or three, as tokenizers will have it."""
    yield key_of(spelling)
    if "-" in spelling:
        yield tuple(spelling.lower().split())
        yield tuple(spelling.lower().replace("-", " - ").split())


def _official(patterns: PatternSet) -> Iterator[tuple[Region, list[str]]]:
    """The linked regions, upper levels first, with their names; a row without aliases keeps those read before."""
    rows: dict[str, tuple[str, set[str]]] = {}
    for table in OFFICIAL_TABLES:
        for row in patterns.csv(table):
            aliases = {alias for alias in (row.get("aliases") or "").split("|") if alias}
            known = rows.get(row["code"], ("", set()))[1]
            rows[row["code"]] = (row["name"], known | aliases)
    for code, (name, aliases) in sorted(rows.items()):
        short, level = split_name(name, code)
        province = rows[code[:2]][0] if "." in code and code[:2] in rows else None
        yield Region(name=name, level=level, code=code, province=province), [short, *sorted(aliases)]


def _foreign(patterns: PatternSet) -> Iterator[tuple[Region, list[str]]]:
    for table, level in (("regions/countries.csv", Level.COUNTRY), ("regions/cities.csv", Level.CITY)):
        for row in patterns.csv(table):
            yield Region(name=row["name"], level=level), [row["name"], *filter(None, row["aliases"].split("|"))]

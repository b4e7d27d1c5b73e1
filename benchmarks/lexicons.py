"""Writes the phrases of our rule data to a JSON file, for other tools to search with."""

from __future__ import annotations

import json
from pathlib import Path

from extractor.patterns import PatternSet

LEXICONS = {
    "office": (
        "officials.state",
        "officials.ministers",
        "officials.heads",
        "officials.units",
        "officials.fused",
        "officials.experts",
        "officials.candidates",
    ),
    "body": tuple(
        f"officials.bodies-{sector}"
        for sector in (
            "election", "parliament", "party", "police", "army", "justice", "government", "education", "business",
            "society",
        )
    ),
    "venue": ("venues.sites", "venues.institutions", "venues.names"),
    "event": ("events.triggers",),
    "cue": ("quotes.cues", "quotes.says", "quotes.said", "quotes.according"),
    "unit": ("figures.units",),
    "metric": ("figures.categories", "figures.count-metrics"),
    "planned": ("events.planned", "events.supposed"),
    "denied": ("events.denied", "quotes.blockers"),
}  # fmt: skip
TABLES = ("provinces", "regencies", "cities", "countries")


def phrases(patterns: PatternSet) -> dict[str, list[str]]:
    """The phrases by kind, each once, written as in the rule data.

    Regions come from the tables of `patterns/regions`, with their other names; each month is a kind of its own,
    "month_01" to "month_12".
    """
    found = {kind: _listed(patterns, ids) for kind, ids in LEXICONS.items()}
    rows = (row for table in TABLES for row in patterns.csv(f"regions/{table}.csv"))
    names = (name for row in rows for name in (row["name"], *(row["aliases"] or "").split("|")))
    return found | {"region": _once([name for name in names if name])} | _months(patterns)


def write_lexicons(patterns: PatternSet, path: Path) -> int:
    """Writes `phrases` to `path` as a JSON object of lists; returns the number of phrases."""
    found = phrases(patterns)
    path.write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")
    return sum(map(len, found.values()))


def _listed(patterns: PatternSet, ids: tuple[str, ...]) -> list[str]:
    lexicons = (lexicon for lexicon_id in ids for lexicon in patterns.lexicons(lexicon_id))
    return _once([phrase for lexicon in lexicons for entry in lexicon.entries for phrase in entry.phrases])


def _months(patterns: PatternSet) -> dict[str, list[str]]:
    named: dict[str, list[str]] = {}
    for phrase, attributes in patterns.lexicon("dates.months").phrases.items():
        named.setdefault(f"month_{int(attributes['number'] or 0):02d}", []).append(phrase)
    return named


def _once(names: list[str]) -> list[str]:
    return list(dict.fromkeys(names))

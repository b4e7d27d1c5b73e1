"""The words between a figure and what binds it, as regular expressions of the rule data."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from typing import Self

from extractor.patterns import PatternSet


@dataclass(frozen=True, slots=True)
class Gaps:
    """Compiled atoms of `patterns/figures/`; each field has the name of its atom, where the comment says what it is."""

    year: re.Pattern[str]
    pair: re.Pattern[str]
    turn: re.Pattern[str]
    joint: re.Pattern[str]
    conjunct: re.Pattern[str]
    accompanied: re.Pattern[str]
    comparison: re.Pattern[str]
    elsewhere: re.Pattern[str]
    preposition: re.Pattern[str]
    parting: re.Pattern[str]
    shift: re.Pattern[str]
    direct: re.Pattern[str]
    name_tail: re.Pattern[str]
    negator: re.Pattern[str]
    respectively: re.Pattern[str]
    enumerated: re.Pattern[str]
    surpassed: re.Pattern[str]
    renewed: re.Pattern[str]
    onward: re.Pattern[str]
    origin: re.Pattern[str]
    now: re.Pattern[str]
    continued: re.Pattern[str]
    told_behind: re.Pattern[str]
    aim_changed: re.Pattern[str]
    of_people: re.Pattern[str]
    clause_end: re.Pattern[str]
    level_word: re.Pattern[str]
    plus_one: re.Pattern[str]
    more_after: re.Pattern[str]
    aimed_after: re.Pattern[str]
    until: re.Pattern[str]
    statement: re.Pattern[str]
    counted_until: re.Pattern[str]
    spoken_at: re.Pattern[str]
    nationwide: re.Pattern[str]
    taken_up: re.Pattern[str]
    same_measure: re.Pattern[str]
    told_next: re.Pattern[str]
    told_place: re.Pattern[str]
    reason: re.Pattern[str]
    against: re.Pattern[str]
    superlative: re.Pattern[str]
    repeated_on: re.Pattern[str]
    pointer: re.Pattern[str]
    dateline: re.Pattern[str]
    marker: re.Pattern[str]
    item_name: re.Pattern[str]
    local_before: re.Pattern[str]
    local_after: re.Pattern[str]
    local_next: re.Pattern[str]
    local_previous: re.Pattern[str]
    spread: re.Pattern[str]
    own_noun: re.Pattern[str]
    vote_at: re.Pattern[str]
    held: re.Pattern[str]
    electoral_unit: re.Pattern[str]
    of_number: re.Pattern[str]
    ratio: re.Pattern[str]
    ratio_turned: re.Pattern[str]
    part_after: re.Pattern[str]
    part_before: re.Pattern[str]
    whole_after: re.Pattern[str]

    @classmethod
    def of(cls, patterns: PatternSet) -> Self:
        """Compiles the atoms of the field `figures`."""
        return cls(**{f.name: re.compile(patterns.regex("figures", f"{{{f.name}}}")) for f in fields(cls)})

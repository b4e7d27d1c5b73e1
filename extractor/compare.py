"""When a found value says the same as a gold one: words are compared, not characters."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from extractor.patterns import PatternSet

G = TypeVar("G")
F = TypeVar("F")

_WORD = re.compile(r"\w(?:[\w.'’-]*\w)?")
_BRACKETS = re.compile(r"\([^()]{0,80}\)")


@dataclass(frozen=True, slots=True)
class Matching(Generic[G, F]):
    """Gold items paired one to one with found ones, and what is left over on either side."""

    pairs: list[tuple[G, F]]
    missed: list[G]
    spurious: list[F]


def match(wanted: Sequence[G], found: Sequence[F], same: Callable[[G, F], bool]) -> Matching[G, F]:
    """Pairs each gold item with the first free found item that is the same."""
    pairs: list[tuple[G, F]] = []
    missed: list[G] = []
    free = dict(enumerate(found))
    for gold in wanted:
        key = next((number for number, item in free.items() if same(gold, item)), None)
        if key is None:
            missed.append(gold)
        else:
            pairs.append((gold, free.pop(key)))
    return Matching(pairs, missed, list(free.values()))


def words(text: str | None) -> list[str]:
    """The words of `text` in small letters, without punctuation around them."""
    return _WORD.findall((text or "").casefold())


def word_f1(one: str | None, other: str | None) -> float:
    """F1 of the shared words of two texts, counted with repetition; 0 where one has none."""
    left, right = words(one), words(other)
    shared = sum((Counter(left) & Counter(right)).values())
    return 2 * shared / (len(left) + len(right)) if shared else 0.0


def same_words(one: str | None, other: str | None) -> bool:
    """Whether two texts have the same words in the same order, apart from words in brackets."""
    return words(_BRACKETS.sub(" ", one or "")) == words(_BRACKETS.sub(" ", other or ""))


def begins_with(text: str, beginning: str) -> bool:
    """Whether the first words of `text` are the words of `beginning`."""
    expected = words(beginning)
    return words(text)[: len(expected)] == expected


class Comparer:
    """Compares names and areas, looking past the words that the lexicons `evaluate.*` list."""

    def __init__(self, patterns: PatternSet) -> None:
        self._honorifics = frozenset(patterns.lexicon("evaluate.honorifics").phrases)
        self._area_words = frozenset(patterns.lexicon("evaluate.area-words").phrases)

    def same_name(self, one: str | None, other: str | None) -> bool:
        """Whether two names have the same words apart from honorifics and degrees."""
        left, right = ([word for word in words(name) if word not in self._honorifics] for name in (one, other))
        return left == right

    def same_area(self, wanted: str | None, found: str | None) -> bool:
        """Whether the areas share a proper word; an area that is not wanted agrees with any."""
        proper = set(words(wanted)) - self._area_words
        return not proper or not proper.isdisjoint(words(found))

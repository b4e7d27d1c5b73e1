"""Finds shares in percent: number, unit and the parts of ranges."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass

from extractor.language.figures.passage import Share
from extractor.language.numbers import Number, NumberWords, parse_number
from extractor.language.state import FigureFound
from extractor.patterns import PatternSet, Rule

_BEFORE, _AFTER = 60, 30


@dataclass(frozen=True, slots=True)
class _SpanRule:
    id: str
    regex: re.Pattern[str]
    part: str


class ShareFinder:
    """Finds shares with the rules `percentages.*`: trigger words first, the rules only around them."""

    def __init__(self, patterns: PatternSet, words: NumberWords) -> None:
        rules = [rule for rule in patterns.rules("figures") if rule.id.startswith("percentages.")]
        self._words = words
        self._rules: dict[str, list[_SpanRule]] = {}
        for rule in rules:
            compiled = _compiled(rule, patterns)
            for trigger in rule.trigger:
                for form in {trigger, trigger.capitalize(), trigger.upper()}:
                    self._rules.setdefault(form, []).append(compiled)
        self._signs = [trigger for trigger in self._rules if not trigger[0].isalpha()]
        self._by_word: dict[str, list[str]] = {}
        for trigger in self._rules:
            if trigger[0].isalpha():
                self._by_word.setdefault(trigger.split()[0].lower(), []).append(trigger)

    def find(self, text: str, words: Set[str]) -> list[Share]:
        """The shares in `text`, in order; the two ends of a range have the same characters.

        Args:
            text: The text.
            words: Its tokens in small letters, to tell quickly which triggers can be there.
        """
        found: list[Share] = []
        last = 0
        for position, trigger in sorted(self._triggers(text, words)):
            if position < last:
                continue
            match, rule = self._match(text, position, trigger, last)
            if match and rule:
                found += self._shares(match, rule)
                last = match.end()
        return found

    def _triggers(self, text: str, words: Set[str]) -> Iterator[tuple[int, str]]:
        there = [trigger for word, forms in self._by_word.items() if word in words for trigger in forms]
        for trigger in (*self._signs, *there):
            position = text.find(trigger)
            while position >= 0:
                yield position, trigger
                position = text.find(trigger, position + len(trigger))

    def _match(
        self, text: str, position: int, trigger: str, last: int
    ) -> tuple[re.Match[str] | None, _SpanRule | None]:
        """The match of the first rule that covers the trigger."""
        start, end = max(last, position - _BEFORE), position + len(trigger) + _AFTER
        for rule in self._rules[trigger]:
            for match in rule.regex.finditer(text, start, end):
                if match.start() <= position < match.end():
                    return match, rule
                if match.start() > position:
                    break
        return None, None

    def _shares(self, match: re.Match[str], rule: _SpanRule) -> list[Share]:
        groups = match.groupdict()
        start, end = match.span()
        shares = []
        for part, name in (("low", "low"), ("high", "value")):
            if not groups.get(name):
                continue
            value = self._value(groups[name])
            if value is None:
                continue
            figure = FigureFound(start, end, rule.id, value, "%")
            shares.append(Share(figure, part if groups.get("low") else rule.part, rule.part == "step"))
        return shares

    def _value(self, text: str) -> Number | None:
        if text.lower() in self._words.fractions:
            return self._words.fractions[text.lower()]
        value = parse_number(text, share=True)
        return self._words.parse(text) if value is None else value


def _compiled(rule: Rule, patterns: PatternSet) -> _SpanRule:
    assert rule.regex is not None
    return _SpanRule(rule.id, re.compile(patterns.regex("figures", rule.regex)), str(rule.set.get("part", "single")))

"""Finds counts and sums of money."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from extractor.language.numbers import Number, NumberWords, parse_number, plain
from extractor.language.state import FigureFound
from extractor.language.trie import trie_regex
from extractor.patterns import Lexicon, PatternSet

_YEAR = re.compile(r"19[5-9]\d|20[0-4]\d")
_NEXT_WORD = re.compile(r"\s([^\W\d_]+)")
_BEFORE = 10


@dataclass(frozen=True, slots=True)
class _CountRule:
    id: str
    form: str
    regex: re.Pattern[str]


class CountFinder:
    """Finds counts with the rules `counts.*`, tried where a number stands."""

    def __init__(self, patterns: PatternSet, words: NumberWords) -> None:
        self._words = words
        self._units = _canonical(patterns.lexicon("figures.units"))
        self._currencies = _canonical(patterns.lexicon("figures.currencies"))
        self._currency_words = _canonical(patterns.lexicon("figures.currency-words"))
        signs = {sign for entry in patterns.lexicon("figures.currencies").entries for sign in entry.phrases}
        lists = {
            "{units}": f"(?i:{trie_regex(self._units)})",
            "{currencies}": trie_regex(signs),
            "{currency_words}": f"(?i:{trie_regex(self._currency_words)})",
        }

        def compiled(source: str) -> re.Pattern[str]:
            source = patterns.regex("figures", source)
            for name, words in lists.items():
                source = source.replace(name, words)
            return re.compile(source)

        self._rules = [
            _CountRule(rule.id, str(rule.set.get("form")), compiled(rule.regex or ""))
            for rule in patterns.rules("figures")
            if rule.id.startswith("counts.")
        ]
        self._money_before = compiled("{money_before}")
        named = (*self._units, *self._currency_words, *words.magnitudes)
        self._next_words = frozenset(phrase.split()[0].lower() for phrase in named)
        self._money_ends = frozenset(sign[-1] for sign in signs) | {"."}
        self._not_counted = compiled("{not_counted}")

    def find(self, text: str, numbers: Iterable[re.Match[str]]) -> list[FigureFound]:
        """The counts in `text`, in order.

        Args:
            text: The text.
            numbers: The matches of `extractor.language.numbers.NUMBER` in it.
        """
        found: list[FigureFound] = []
        last = 0
        for number in numbers:
            if number.start() < last:
                continue
            figure = self._at(text, number)
            if figure and figure.start >= last:
                found.append(figure)
                last = figure.end
        return found

    def _at(self, text: str, number: re.Match[str]) -> FigureFound | None:
        start, end = number.span()
        last = text[max(0, start - 2) : start].rstrip()[-1:]
        before = None
        if last in self._money_ends:
            before = self._money_before.search(text, max(0, start - _BEFORE), start)
        if before is None:
            word = _NEXT_WORD.match(text, end)
            if word is None or word[1].lower() not in self._next_words:
                return None
        if before is None and (_is_code(number[0]) or self._not_counted.search(text, max(0, start - _BEFORE), start)):
            return None
        for rule in self._rules:
            if (rule.form == "money") != (before is not None):
                continue
            match = rule.regex.match(text, before.start() if before else start)
            if match:
                return self._figure(rule, match)
        return None

    def _figure(self, rule: _CountRule, match: re.Match[str]) -> FigureFound | None:
        groups = match.groupdict()
        word = (groups.get("magnitude") or "").lower()
        number = parse_number(groups["value"], scaled=bool(word))
        if number is None:
            return None
        value = self._scaled(number, word, money=rule.form != "unit")
        return FigureFound(match.start(), match.end(), rule.id, value, self._unit(rule, match))

    def _scaled(self, number: Number, word: str, *, money: bool) -> Number:
        if not word:
            return number
        factor = self._words.magnitudes.get(word) or (self._words.money_magnitudes.get(word) if money else None)
        return plain(Decimal(str(number)) * factor) if factor else number

    def _unit(self, rule: _CountRule, match: re.Match[str]) -> str:
        if rule.form == "unit":
            return match["unit"]
        if rule.form == "money-words":
            return self._currency_words[match["currency"].lower()]
        sign = match[0][: match.start("value") - match.start()].strip()
        return self._currencies.get(sign.lower()) or self._currencies[sign.rstrip(".").lower()]


def _is_code(digits: str) -> bool:
    """Whether the digits are a year or begin with a zero, as codes and numbers of polling stations do."""
    return bool(_YEAR.fullmatch(digits)) or (digits.startswith("0") and digits.isdecimal())


def _canonical(lexicon: Lexicon) -> Mapping[str, str]:
    return {
        phrase: str(attributes.get("unit") or attributes["canonical"]) for phrase, attributes in lexicon.phrases.items()
    }

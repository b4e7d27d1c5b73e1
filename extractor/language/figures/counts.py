"""Finds counts and sums of money."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from extractor.language.figures.layout import CELL, Layout
from extractor.language.numbers import Number, NumberWords, parse_number, plain
from extractor.language.state import Annotations, FigureFound
from extractor.language.tokens import TokenTable
from extractor.language.trie import trie_regex
from extractor.patterns import Lexicon, PatternSet

_YEAR: Final = re.compile(r"19[5-9]\d|20[0-4]\d")
_NEXT_WORD: Final = re.compile(r"\s([^\W\d_]+)")
_BEFORE: Final = 10


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
        metrics = patterns.lexicon("figures.count-metrics").phrases
        lists = {
            "{count_metrics}": trie_regex(metrics),
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
        self._spelled = next((rule for rule in self._rules if rule.form == "words"), None)
        self._celled = next((rule for rule in self._rules if rule.form == "cell"), None)
        self._numerals = frozenset((*words.digits, *words.wholes))
        self._after_numerals = self._next_words | self._numerals | {*words.teens, *words.scales, "orang"}

    def find(
        self, doc: Annotations, words: Set[str], numbers: Sequence[re.Match[str]], layout: Layout
    ) -> list[FigureFound]:
        """The counts in a text, in order.

        Args:
            doc: The text and its tokens.
            words: Its tokens in small letters, to tell quickly whether numbers in words can be there.
            numbers: The matches of `extractor.language.numbers.NUMBER` in it.
            layout: Its lines, for numbers in tables.
        """
        text = doc.text
        found = [figure for number in numbers if (figure := self._at(text, number))]
        found += self._in_words(text, doc.tokens, self._numerals & words)
        if CELL in text:
            found += self._in_cells(text, numbers, layout)
        kept: list[FigureFound] = []
        for figure in sorted(found, key=lambda figure: (figure.start, -figure.end)):
            if not kept or figure.start >= kept[-1].end:
                kept.append(figure)
        return kept

    def _in_words(self, text: str, tokens: TokenTable, numerals: Set[str]) -> Iterator[FigureFound]:
        """Numbers in words before a unit."""
        rule = self._spelled
        if rule is None:
            return
        for index in (index for word in numerals for index in _indices(tokens.lower, word)):
            if tokens.lower[index + 1 : index + 2] and tokens.lower[index + 1] not in self._after_numerals:
                continue
            start = tokens.starts[index]
            match = rule.regex.match(text, start)
            if match is None or self._not_counted.search(text, max(0, start - _BEFORE), start):
                continue
            value = self._words.parse(match["value"])
            if value is not None:
                yield FigureFound(start, match.end(), rule.id, value, match["unit"])

    def _in_cells(self, text: str, numbers: Sequence[re.Match[str]], layout: Layout) -> Iterator[FigureFound]:
        """Numbers alone in a cell of a table, whose unit stands in the header."""
        if self._celled is None:
            return
        for number in numbers:
            line = layout.at(number.start())
            if _is_code(number[0]) or not layout.is_row(line):
                continue
            column = layout.column(line, number.start())
            header = layout.header_cell(line, column)
            if header is None or layout.cells(line)[column] != number.span():
                continue
            unit, value = self._celled.regex.search(text, *header), parse_number(number[0])
            if unit and value is not None and "%" not in text[slice(*header)]:
                yield FigureFound(*number.span(), self._celled.id, value, unit[0], metric=text[slice(*header)])

    def _at(self, text: str, number: re.Match[str]) -> FigureFound | None:
        start, end = number.span()
        before = None
        if text[max(0, start - 2) : start].rstrip()[-1:] in self._money_ends:
            before = self._money_before.search(text, max(0, start - _BEFORE), start)
        if before is None:
            word = _NEXT_WORD.match(text, end)
            if word is None or word[1].lower() not in self._next_words or _is_code(number[0]):
                return None
            if self._not_counted.search(text, max(0, start - _BEFORE), start):
                return None
        for rule in self._rules:
            if rule.form in ("words", "cell") or (rule.form == "money") != (before is not None):
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


def _indices(words: Sequence[str], word: str) -> Iterator[int]:
    """The places of a word in a list that holds it."""
    index = words.index(word)
    while True:
        yield index
        try:
            index = words.index(word, index + 1)
        except ValueError:
            return


def _is_code(digits: str) -> bool:
    """Whether the digits are a year or begin with a zero, as codes and numbers of polling stations do."""
    return bool(_YEAR.fullmatch(digits)) or (digits.startswith("0") and digits.isdecimal())


def _canonical(lexicon: Lexicon) -> Mapping[str, str]:
    return {
        phrase: str(attributes.get("unit") or attributes["canonical"]) for phrase, attributes in lexicon.phrases.items()
    }

"""The two numbers that a share is the quotient of: "19.166 dari 28.427 pemilih, atau 67,4 persen"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Final

from extractor.language.figures.gaps import Gaps
from extractor.language.figures.passage import Passage
from extractor.language.numbers import Number, parse_number, plain
from extractor.language.state import FigureFound, Range

CODE: Final = "figure-share-disagrees"
_TOLERANCE: Final = 0.6
_REACH, _BESIDE = 90, 60
_DECIMALS: Final = re.compile(r"[.,](\d{1,4})(?!\d)")
_NO_SHARE: Final = ("change", "threshold")
_FIRST_YEAR, _LAST_YEAR = 1950, 2049


class Quotients:
    """Finds numerator and denominator of shares; made for one text."""

    def __init__(self, text: str, gaps: Gaps, magnitudes: Mapping[str, int]) -> None:
        self._text = text
        self._gaps = gaps
        self._magnitudes = magnitudes
        self._read: dict[Range, list[tuple[Number, Number]]] = {}

    def bind(self, figure: FigureFound, passage: Passage, around: Range) -> str | None:
        """Sets numerator and denominator of a share where the text gives them.

        In its own sentence the two are taken as they stand; further away, in the `around` range, only when their
        quotient is the share.

        Returns:
            What is wrong when the share told is not their quotient, else None. The tolerance, 0.6 points, leaves room
            for rounding.
        """
        if figure.kind in _NO_SHARE:
            return None
        lone = len(passage.figures) == 1
        start, end = max(passage.start, figure.start - _REACH), min(passage.end, figure.end + _REACH)
        match = self._gaps.ratio.search(self._text, start, end) if lone else None
        if match and (pair := self._pair(match)):
            if self._agrees(figure.value, *pair, _TOLERANCE):
                figure.numerator, figure.denominator = pair
                return None
            if self._agrees(100 - figure.value, *pair, _TOLERANCE) or figure.kind != "actual":
                return None
            figure.numerator, figure.denominator = pair
            return self._disagreement(figure, match, pair)
        self._beside(figure, passage)
        if figure.numerator is None or figure.denominator is None:
            self._agreeing(figure, (passage.start, passage.end))
            self._agreeing(figure, around)
        return None

    def bind_row(self, figure: FigureFound, numbers: Iterable[Number]) -> None:
        """Sets numerator and denominator from the other numbers in the share's row of a table."""
        values = list(numbers)
        for whole in values:
            for part in values:
                if 0 < part <= whole and whole > 1 and self._agrees(figure.value, part, whole, self._precision(figure)):
                    figure.numerator, figure.denominator = part, whole
                    return

    def _disagreement(self, figure: FigureFound, match: re.Match[str], pair: tuple[Number, Number]) -> str:
        told, share = self._text[figure.start : figure.end], 100 * pair[0] / pair[1]
        return f"the text says {told}, but {match['part']} of {match['whole']} is {share:.2f} percent"

    def _agreeing(self, figure: FigureFound, around: Range) -> None:
        """Takes the first pair in a range whose quotient is the share."""
        tolerance = self._precision(figure)
        for part, whole in self._pairs(around):
            if figure.numerator in (None, part) and self._agrees(figure.value, part, whole, tolerance):
                figure.numerator, figure.denominator = part, whole
                return

    def _pairs(self, around: Range) -> list[tuple[Number, Number]]:
        """Every pair of a part and its whole in a range, which is read once."""
        if around not in self._read:
            matches: list[re.Match[str]] = []
            if self._gaps.of_number.search(self._text, *around):
                patterns = (self._gaps.ratio, self._gaps.ratio_turned)
                matches = [match for pattern in patterns for match in pattern.finditer(self._text, *around)]
            self._read[around] = [pair for match in matches if (pair := self._pair(match))]
        return self._read[around]

    def _beside(self, figure: FigureFound, passage: Passage) -> None:
        """Takes a numerator in brackets or after "atau" next to the share, and a denominator after "dari"."""
        after = self._gaps.part_after.match(self._text, figure.end, passage.end)
        before = self._gaps.part_before.search(
            self._text, max(passage.before(figure), figure.start - _BESIDE), figure.start
        )
        for match in (after, before):
            if match and figure.numerator is None and _is_amount(match):
                figure.numerator = self._value(match, "part")
        whole = self._gaps.whole_after.match(self._text, after.end() if after else figure.end, passage.end)
        if whole and _is_amount(whole, "whole"):
            figure.denominator = self._value(whole, "whole")

    def _pair(self, match: re.Match[str]) -> tuple[Number, Number] | None:
        part, whole = self._value(match, "part"), self._value(match, "whole")
        return (part, whole) if part and whole and part <= whole else None

    def _value(self, match: re.Match[str], name: str) -> Number | None:
        scale = self._magnitudes.get((match[f"{name}_scale"] or "").lower())
        number = parse_number(match[name], scaled=scale is not None)
        return number if number is None or scale is None else plain(Decimal(str(number)) * scale)

    def _precision(self, figure: FigureFound) -> float:
        """One unit of the last decimal of a share as told, for it may be cut off; without decimals the tolerance."""
        decimals = _DECIMALS.search(self._text, figure.start, figure.end)
        return 10.0 ** -len(decimals[1]) if decimals else _TOLERANCE

    @staticmethod
    def _agrees(share: Number, part: Number, whole: Number, tolerance: float) -> bool:
        return abs(100 * part / whole - share) <= tolerance


def _is_amount(match: re.Match[str], name: str = "part") -> bool:
    """Whether a number is told as an amount, and is no year and no number of a polling station."""
    digits = match[name]
    if match[f"{name}_scale"]:
        return True
    if digits.isdecimal() and _FIRST_YEAR <= int(digits) <= _LAST_YEAR:
        return bool(match["unit"])
    return bool(match["unit"]) or not digits.isdecimal()

"""Numbers as Indonesian news writes them: separators of two traditions, words, fractions and magnitudes.

Indonesian writes "1.234,5", English "1,234.5"; both stand in Indonesian news, often in one article. What a lone
separator means depends on what the number is: in a share ("77.6 persen") it is a decimal mark, in a count
("26.238 surat suara") three digits after it make it a thousands separator.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from extractor.patterns import PatternSet, Scalar

Number = int | float

NUMBER: Final = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
_MARKS: Final = re.compile("[.,]")
_LONGEST: Final = 40


def parse_number(text: str, *, share: bool = False, scaled: bool = False) -> Number | None:
    """The value of a number in digits.

    Args:
        text: Digits with full stops and commas ("1.234,5", "1,234.5", "77.6").
        share: The number is a share in percent: a lone separator is a decimal mark ("77.605"), unless what follows is
            rounded thousands ("1.200").
        scaled: A magnitude follows ("1,125 juta"): a lone comma is a decimal mark.

    Returns:
        An int for a whole number, else a float; None where the text is no number, or its groups fit no tradition.
    """
    if len(text) > _LONGEST or not NUMBER.fullmatch(text):
        return None
    if text.isdecimal():
        return int(text)
    marks = _MARKS.findall(text)
    if len(set(marks)) == 2:
        return _mixed(text, marks)
    parts = _MARKS.split(text)
    if len(parts) > 2:
        return _value("".join(parts)) if _grouped(parts) else None
    if _is_thousands(parts, marks[0], share, scaled):
        return _value("".join(parts))
    return _value(*parts)


def _mixed(text: str, marks: Sequence[str]) -> Number | None:
    """The value where one mark groups and the other, the last one, begins the decimals."""
    whole, _, decimals = text.rpartition(marks[-1])
    groups = _MARKS.split(whole)
    return _value("".join(groups), decimals) if marks.count(marks[-1]) == 1 and _grouped(groups) else None


def _is_thousands(parts: Sequence[str], mark: str, share: bool, scaled: bool) -> bool:
    """Whether the only mark of a number groups thousands."""
    if not _grouped(parts) or parts[0].startswith("0"):
        return False
    if share:
        return len(parts[0]) == 1 and parts[1].endswith("00")
    return mark == "." or not scaled


def _grouped(parts: Sequence[str]) -> bool:
    """Whether the parts are one to three digits and then groups of three."""
    return 1 <= len(parts[0]) <= 3 and all(len(part) == 3 for part in parts[1:])


def _value(whole: str, decimals: str = "0") -> Number:
    return plain(Decimal(f"{whole}.{decimals}"))


def plain(value: Decimal) -> Number:
    """The value as an int where it is whole, else as a float."""
    return int(value) if value == value.to_integral_value() else float(value)


@dataclass(frozen=True)
class NumberWords:
    """The words for numbers; build one with `number_words`.

    Attributes:
        digits: "satu" … "sembilan", "nol".
        wholes: Words that are a number of their own: "sepuluh", "seratus".
        teens: "belas", which adds ten to the word before it.
        decimal_marks: "koma".
        scales: "puluh", "ratus", "ribu" … with their factors.
        fractions: "separuh", "tiga perempat" … in percent.
        magnitudes: Words after a number in digits: "juta", "miliar".
        money_magnitudes: The same for sums of money alone: "M", "T".
    """

    digits: Mapping[str, int]
    wholes: Mapping[str, int]
    teens: Mapping[str, int]
    decimal_marks: Mapping[str, int]
    scales: Mapping[str, int]
    fractions: Mapping[str, Number]
    magnitudes: Mapping[str, int]
    money_magnitudes: Mapping[str, int]

    def parse(self, phrase: str) -> Number | None:
        """The value of a number in words ("tujuh puluh dua koma lima"), or None when it is none.

        Digits may stand for the whole part and for the decimals ("77 koma 6").
        """
        words = phrase.lower().split()
        mark = next((index for index, word in enumerate(words) if word in self.decimal_marks), len(words))
        integer = int(words[0]) if mark == 1 and words[0].isdecimal() else self._integer(words[:mark])
        if integer is None or mark == len(words):
            return integer
        tail = "".join(self._digit(word) for word in words[mark + 1 :])
        return plain(Decimal(f"{integer}.{tail}")) if tail.isdecimal() else None

    def _digit(self, word: str) -> str:
        return word if word.isdecimal() else str(self.digits.get(word, "?"))

    def _integer(self, words: Sequence[str]) -> int | None:
        """Reads words from the left: a group below a thousand grows until a scale closes it."""
        if not words:
            return None
        total, group, unit = 0, 0, None
        for word in words:
            scale = self.scales.get(word)
            if word in self.digits:
                if unit is not None:
                    return None
                unit = self.digits[word]
            elif word in self.teens and unit:
                group, unit = group + self.teens[word] + unit, None
            elif word in self.wholes:
                if unit is not None:
                    return None
                total, group = self._add_whole(self.wholes[word], total, group)
            elif scale and scale < 1000 and unit:
                group, unit = group + unit * scale, None
            elif scale and scale >= 1000 and (group or unit):
                total, group, unit = total + (group + (unit or 0)) * scale, 0, None
            else:
                return None
        return total + group + (unit or 0)

    @staticmethod
    def _add_whole(value: int, total: int, group: int) -> tuple[int, int]:
        return (total + value, group) if value >= 1000 else (total, group + value)


def number_words(patterns: PatternSet) -> NumberWords:
    """The words of the tables `numbers.*` of the rule data.

    Raises:
        PatternError: A table is missing.
    """

    def integers(name: str) -> dict[str, int]:
        return {word: int(_number(value)) for word, value in patterns.table(f"numbers.{name}").items()}

    fractions = {word: _number(value) for word, value in patterns.table("numbers.fractions").items()}
    return NumberWords(
        digits=integers("digits"),
        wholes=integers("wholes"),
        teens=integers("teens"),
        decimal_marks=integers("decimal-marks"),
        scales=integers("scales"),
        fractions=fractions,
        magnitudes=integers("magnitudes"),
        money_magnitudes=integers("money-magnitudes"),
    )


def _number(value: Scalar) -> Number:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    raise ValueError(f"a table of numbers holds {value!r}, which is no number")

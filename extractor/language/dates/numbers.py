"""Whole numbers and decimals as Indonesian news writes them."""

from __future__ import annotations

from extractor.language.dates.vocabulary import Vocabulary


def number_of(text: str, words: Vocabulary) -> float | None:
    """The number that `text` (in lower case) stands for: "1.250", "1,5", "dua puluh satu", "setengah".

    Args:
        text: Figures in Indonesian notation, or number words.
        words: The lexicons `dates.numbers` and `dates.number-steps`.

    Returns:
        The number, None for an amount without one ("beberapa").
    """
    if text[0].isdigit():
        return float(text.replace(".", "").replace(",", "."))
    total, current = 0, 0
    for word in text.split():
        if (step := words.get("number-steps", word)) is not None:
            factor = int(step["number"] or 0)
            if step.get("adds"):
                current += factor
            elif factor == 1000:
                total, current = (total + current) * factor, 0
            elif factor == 10 and current > 100:
                current += (current % 10) * 9
            else:
                current *= factor
        elif (number := words.get("numbers", word)) is not None:
            current += int(number["number"] or 0)
        else:
            return None
    return float(total + current)

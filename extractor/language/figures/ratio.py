"""Checks a share against the numbers it is the quotient of: "19.166 dari 28.427 pemilih, atau 67,4 persen"."""

from __future__ import annotations

from extractor.language.figures.gaps import Gaps
from extractor.language.figures.passage import Passage
from extractor.language.numbers import parse_number
from extractor.language.state import FigureFound

CODE = "figure-share-disagrees"
_TOLERANCE = 0.6
_REACH = 90


def disagreement(figure: FigureFound, passage: Passage, gaps: Gaps) -> str | None:
    """What is wrong when the share told is not the quotient of the two numbers in its sentence, else None.

    Checked only where the sentence holds one share and the numbers stand close to it. The tolerance, 0.6 points,
    leaves room for rounding.
    """
    if len(passage.figures) != 1 or figure.kind != "actual":
        return None
    start, end = max(passage.start, figure.start - _REACH), min(passage.end, figure.end + _REACH)
    match = gaps.ratio.search(passage.text, start, end)
    if match is None:
        return None
    part, whole = (parse_number(match[name]) for name in ("part", "whole"))
    if not part or not whole or part > whole:
        return None
    share = 100 * part / whole
    if min(abs(share - figure.value), abs(100 - share - figure.value)) <= _TOLERANCE:
        return None
    told = passage.text[figure.start : figure.end]
    return f"the text says {told}, but {match['part']} of {match['whole']} is {share:.2f} percent"

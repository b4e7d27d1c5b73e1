"""Stretches between quotation marks, whatever the state of the marks.

Each paragraph is read on its own, so that a missing or stray mark harms nothing outside it. A mark opens when it stands
before a word and after a space, closes when it stands after a word, and is told by what is open when it stands between
two words ("siap,"kata").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from extractor.language.state import Range

_MARKS: Final = ('"', "“", "”", "„", "«", "»", "''", "``")
_SINGLE: Final = re.compile(r"['‘](?<![\w'’].)(?=\w)([^'‘’\n]{1,2000}(?:[’'](?=\w)[^'‘’\n]{1,500}){0,20})['’](?!\w)")
_BEFORE_OPENING: Final = frozenset(" \t\xa0([—–-:/")
_AFTER_CLOSING: Final = frozenset(" \t\xa0)].,;:!?—–-")
_OPENING, _CLOSING, _EITHER = "OCE"
_TRIM: Final = " \t\xa0,"


@dataclass(slots=True)
class Stretch:
    """What stands between two marks.

    Attributes:
        start: First character after the opening mark, or of the paragraph where that mark is missing.
        end: Character after the last one that was said; a comma before the closing mark is left out.
        outer: The same with the marks.
        opened: Whether the opening mark is there.
        closed: Whether the closing mark is there.
        single: Whether the marks are single ones, as around titles and words of others.
        long: Whether there are words enough for a quotation.
        first: The first token, that of the opening mark.
        last: The token after the closing mark.
    """

    start: int
    end: int
    outer: Range
    opened: bool = True
    closed: bool = True
    single: bool = False
    long: bool = False
    first: int = 0
    last: int = 0


def marks_in(text: str) -> list[Range]:
    """The double quotation marks of a text, in order."""
    found: list[Range] = []
    for mark in _MARKS:  # one search a mark is many times faster than one regular expression for all
        start = text.find(mark)
        while start >= 0:
            found.append((start, start + len(mark)))
            start = text.find(mark, start + len(mark))
    return sorted(found)


def stretches(text: str, paragraph: Range, spans: Sequence[Range]) -> list[Stretch]:
    """The stretches between double marks in one paragraph of `text`, in order.

    Args:
        text: The whole text.
        paragraph: The paragraph's characters.
        spans: Those of `marks_in` that stand in it.
    """
    begin, end = paragraph
    marks = [(start, after, _side(text, start, after, paragraph)) for start, after in spans]
    found: list[Stretch] = []
    opened: int | None = None
    depth = 0
    for index, (start, after, side) in enumerate(marks):
        if opened is None:
            if side == _CLOSING:
                found.append(
                    _stretch(text, found[-1].outer[1] if found else begin, start, (begin, after), opened=False)
                )
            else:
                opened, depth = index, 0
        elif side != _OPENING:
            if depth:
                depth -= 1
            else:
                found.append(_stretch(text, marks[opened][1], start, (marks[opened][0], after)))
                opened = None
        elif _is_nested(marks, index):
            depth += 1
        else:
            found.append(_stretch(text, marks[opened][1], start, (marks[opened][0], start), closed=False))
            opened = index
    if opened is not None:
        found.append(_stretch(text, marks[opened][1], end, (marks[opened][0], end), closed=False))
    return [stretch for stretch in found if stretch.start < stretch.end]


def single_stretches(text: str) -> list[Stretch]:
    """The stretches between single marks in `text`, none of which runs over a line; apostrophes are left alone."""
    return [
        Stretch(m.start(1), m.start(1) + len(m[1].rstrip(_TRIM)), m.span(), single=True) for m in _SINGLE.finditer(text)
    ]


def _stretch(text: str, start: int, end: int, outer: Range, *, opened: bool = True, closed: bool = True) -> Stretch:
    inner = text[start:end]
    start += len(inner) - len(inner.lstrip(_TRIM))
    return Stretch(start, start + len(text[start:end].rstrip(_TRIM)), outer, opened, closed)


def _side(text: str, start: int, end: int, paragraph: Range) -> str:
    """Whether a mark opens, closes or may do either, by its neighbours first and its shape second."""
    space_before = start == paragraph[0] or text[start - 1] in _BEFORE_OPENING
    space_after = end >= paragraph[1] or text[end] in _AFTER_CLOSING
    if space_before != space_after:
        return _OPENING if space_before else _CLOSING
    mark = text[start:end]
    if mark in "“„«``":
        return _OPENING
    return _CLOSING if mark in "”»" else _EITHER


def _is_nested(marks: list[tuple[int, int, str]], index: int) -> bool:
    """Whether the opening mark at `index` lies inside the open stretch: two marks close before another opens."""
    following = [side for _, _, side in marks[index + 1 : index + 3]]
    return len(following) == 2 and _OPENING not in following

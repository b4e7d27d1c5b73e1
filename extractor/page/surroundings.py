"""What stands around the body: the lines between headline and text, and those below the text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from selectolax.lexbor import LexborNode

from extractor.page.tree import ancestors, clean_text
from extractor.page.trim import words_of

_BEFORE_TITLE: Final = 10
_AFTER_TITLE: Final = 24
_BELOW: Final = 30
_ENDING: Final = 8
_BODY_LINE: Final = 150
_FIRST_SENTENCE: Final = 90


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Lines of text around a body.

    Attributes:
        scope: The element that holds both headline and body.
        head: The lines around the headline, up to the body, nearest to the headline first where that matters.
        title_at: Index of the headline in `head`, None where it does not stand there as one line.
        below: The last lines of the body, where bylines stand that are cut as boilerplate later, and those after it.
    """

    scope: LexborNode
    head: tuple[str, ...]
    title_at: int | None
    below: tuple[str, ...]


def look_around(body: Sequence[LexborNode], heading: LexborNode | None, title: str | None) -> Surroundings:
    """Reads the lines around a body; call it before the body is pruned."""
    scope = _scope(body[0], heading)
    lines = _lines(scope)
    inside = _lines(body[0])
    start = _index(lines, inside)
    last = _lines(body[-1]) if len(body) > 1 else inside
    end = (_index(lines, last) if len(body) > 1 else start) + len(last)
    title_at = _title_at(lines, words_of(title))
    if title_at is None:
        first, stop, at = max(0, start - 15), start + 3, None
    else:
        first = max(0, title_at - _BEFORE_TITLE)
        stop = min(len(lines), title_at + _AFTER_TITLE)
        at = title_at - first
    head = _until_body([clean_text(line) for line in lines[first:stop]], at or 0, start - first)
    below = (*last[-_ENDING:], *lines[end : end + _BELOW])
    return Surroundings(scope, tuple(head), at, tuple(map(clean_text, below)))


def _title_at(lines: list[str], title: str) -> int | None:
    """Which line is the headline, told by its words; others are too short or too long."""
    shortest, longest = len(title), 2 * len(title)
    for position, line in enumerate(lines):
        if len(line) <= longest and len(line.casefold()) >= shortest and words_of(line) == title:
            return position
    return None


def _until_body(lines: list[str], title_at: int, body_at: int) -> list[str]:
    """The lines before the first sentence of the body; its element may begin with a byline and the time."""
    for position in range(title_at + 1, len(lines)):
        longest = _FIRST_SENTENCE if position >= body_at > title_at else _BODY_LINE
        if len(lines[position]) >= longest:
            return lines[:position]
    return lines


def _scope(body: LexborNode, heading: LexborNode | None) -> LexborNode:
    """The innermost element around body and headline, or one further out where that leaves little below the body."""
    around = {node.mem_id for node in ancestors(heading)} if heading is not None else set()
    scope = body
    size = len(body.text())
    for depth, above in enumerate(ancestors(body)):
        if scope.mem_id in around or (not around and depth >= 3):
            break
        scope = above
    for above, _ in zip(ancestors(scope), range(2), strict=False):
        if len(above.text()) > 2 * size + 3000 or above.tag == "body":
            break
        scope = above
    return scope


def _lines(node: LexborNode) -> list[str]:
    """The lines of a node as they stand in the page: only those that are asked for are worth cleaning."""
    return [line for line in map(str.strip, node.text(separator="\n", skip_empty=True).split("\n")) if line]


def _index(lines: list[str], part: list[str]) -> int:
    """Where a run of lines begins in others."""
    key = part[:3]
    for position, line in enumerate(lines):
        if key and line == key[0] and lines[position : position + len(key)] == key:
            return position
    return 0

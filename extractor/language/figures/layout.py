"""The lines of an article: items of lists, rows of tables, and the lines above that hold for them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import Final

from extractor.language.figures.gaps import Gaps
from extractor.language.state import Annotations, Range
from extractor.record import BlockKind

CELL: Final = "|"
_SHORT_LINE: Final = 90
_SHORT_INTRODUCTION: Final = 60
_MOST_LINES: Final = 80
_LISTED: Final = (BlockKind.LIST_ITEM, BlockKind.TABLE_ROW)


class Layout:
    """The lines of one text, by their number."""

    def __init__(self, found: Annotations, gaps: Gaps) -> None:
        self._text = found.text
        self._gaps = gaps
        self._lines = found.paragraphs
        self._starts = [start for start, _ in self._lines]
        self._blocks = {block.start: block.kind for block in found.context.blocks}
        self._tabular = CELL in found.text
        self._listed: dict[int, bool] = {}

    def at(self, offset: int) -> int:
        """The number of the line at `offset`."""
        return max(0, bisect_right(self._starts, offset) - 1)

    def range(self, line: int) -> Range:
        """First character of a line and the one after its last."""
        return self._lines[line]

    def is_row(self, line: int) -> bool:
        """Whether a line is a row of a table: it has cells."""
        return self._tabular and CELL in self._text[slice(*self._lines[line])]

    def is_listed(self, line: int) -> bool:
        """Whether a line is an item of a list, a row, or a short line that ends neither a sentence nor in a colon."""
        if line not in self._listed:
            self._listed[line] = self._reads_listed(line)
        return self._listed[line]

    def _reads_listed(self, line: int) -> bool:
        start, end = self._lines[line]
        kind = self._blocks.get(start)
        if kind in _LISTED or self.is_row(line) or self._marked(start, end):
            return True
        return kind is not BlockKind.SUBHEAD and end - start <= _SHORT_LINE and self._text[end - 1] not in '.:”"'

    def source(self, line: int) -> str:
        """What a line is: a row of a "table", an item of a "list", or of sentences, "sentence"."""
        if self.is_row(line):
            return "table"
        if not self.is_listed(line):
            return "sentence"
        start, end = self._lines[line]
        beside = (line + step for step in (-1, 1) if 0 <= line + step < len(self._lines))
        marked = self._blocks.get(start) in _LISTED or self._marked(start, end)
        return "list" if marked or any(map(self.is_listed, beside)) or self._led(line) else "sentence"

    def _marked(self, start: int, end: int) -> bool:
        """Whether a number or bullet stands at `start`; most lines begin with a word, which is quickly told."""
        return not self._text[start : start + 2].isalpha() and bool(self._gaps.marker.match(self._text, start, end))

    def _led(self, line: int) -> bool:
        return line > 0 and self._text[self._lines[line - 1][1] - 1] == ":"

    def holds_share(self, line: int) -> bool:
        """Whether a line tells a share in percent."""
        text = self._text[slice(*self._lines[line])]
        return "%" in text or "persen" in text

    def introductions(self, line: int) -> Iterator[int]:
        """The lines above a list or table that hold for it, the closest one first.

        They are its captions, lines without a share among its items; then the line that introduces it; and before one
        that says hardly more than "Berikut rinciannya:" also the line above.
        """
        if not self.is_listed(line):
            return
        for above in range(line - 1, max(-1, line - _MOST_LINES), -1):
            start, end = self._lines[above]
            if not self.is_listed(above):
                yield above
                if above and end - start <= _SHORT_INTRODUCTION and self._text[end - 1] == ":":
                    yield above - 1
                return
            if not self.holds_share(above) and not self.is_row(above):
                yield above

    def cells(self, line: int) -> list[Range]:
        """The cells of a row, without the blanks around them."""
        start, end = self._lines[line]
        cells, position = [], start
        for cell in self._text[start:end].split(CELL):
            blank = len(cell) - len(cell.lstrip())
            cells.append((position + blank, position + max(blank, len(cell.rstrip()))))
            position += len(cell) + 1
        return cells

    def column(self, line: int, offset: int) -> int:
        """The number of the cell of a row that holds `offset`."""
        return self._text.count(CELL, self._lines[line][0], offset)

    def header_cell(self, line: int, column: int) -> Range | None:
        """The cell of a column in the first row of the table, when `line` is another row and the cell is there."""
        first = line
        while first > 0 and line - first < _MOST_LINES and self.is_row(first - 1):
            first -= 1
        if first == line or not self.is_row(line):
            return None
        cells = self.cells(first)
        return cells[column] if column < len(cells) else None

    def headings(self, line: int, most: int) -> Iterator[int]:
        """The lines above the one before, at most `most`, the closest one first."""
        yield from range(line - 1, max(-1, line - 1 - most), -1)

    def marker(self, line: int) -> str:
        """The kind of the number or bullet that a line begins with: "1", "a", "-" … or nothing."""
        match = self._gaps.marker.match(self._text, *self._lines[line])
        return re.sub(r"\d+", "1", match[0].strip()) if match else ""

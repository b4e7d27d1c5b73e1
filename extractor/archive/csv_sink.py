"""CSV: a folder with one file a table (RFC 4180, UTF-8), safe to open in a spreadsheet.

A text that a spreadsheet would take for a formula gets an apostrophe before it (OWASP, CSV Injection); numbers are
left as they are.
"""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path
from types import TracebackType
from typing import Self, TextIO

from extractor.archive.sinks import refuse_foreign, replace_folder
from extractor.archive.tables import Cell, rows, tables

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def safe_cell(cell: Cell) -> Cell:
    """A cell that no spreadsheet takes for a formula."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, str):
        bare = cell.lstrip(" \xa0\u200b\ufeff")
        return f"'{cell}" if bare.startswith(FORMULA_SIGNS) else cell
    return cell


class CsvFolder:
    """Writes records to the tables of a folder, as a context manager; see `extractor.archive.sinks.Sink`."""

    def __init__(self, path: Path) -> None:
        refuse_foreign(path, ".csv")
        self.path = path
        self._part = path.with_name(f"{path.name}.part")

    def __enter__(self) -> Self:
        shutil.rmtree(self._part, ignore_errors=True)
        self._part.mkdir(parents=True)
        self._number = 0
        self._files: list[TextIO] = []
        self._writers = {}
        for name, table in tables().items():
            file = (self._part / f"{name}.csv").open("w", encoding="utf-8", newline="")
            self._files.append(file)
            self._writers[name] = csv.writer(file)
            self._writers[name].writerow(table.names)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            for file in self._files:
                file.close()
            if kind is None:
                replace_folder(self._part, self.path)
        finally:
            shutil.rmtree(self._part, ignore_errors=True)

    def write(self, document: bytes) -> None:
        """Writes the rows of one record."""
        self._number += 1
        for name, cells in rows(json.loads(document), self._number):
            self._writers[name].writerow([safe_cell(cell) for cell in cells])

"""Where a run's lines go: JSON Lines files that appear under their name only when they are whole."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import Self


class JsonLines:
    """Writes one JSON document a line to `path`, as a context manager.

    The lines go to a file with the ending ".part" beside it, which takes the name `path` when the block ends and is
    removed when the block fails: whatever has the name is whole.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._part = path.with_name(f"{path.name}.part")

    def __enter__(self) -> Self:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self._file = self._part.open("w", encoding="utf-8", newline="\n")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()
        if kind is None:
            self._part.replace(self.path)
        else:
            self._part.unlink()

    def write(self, document: str) -> None:
        """Writes one document, given as JSON without line breaks."""
        self._file.write(f"{document}\n")

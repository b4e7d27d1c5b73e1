"""How much is measured."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Settings:
    """How much is measured.

    Attributes:
        repeats: Passes of everything that is not named below.
        pages: Pages a pass of ours, about; other tools read every page once a pass.
        texts: Articles of the corpus.
        dated: Articles of the corpus in which dates alone are looked for.
        calls: Passes over single calls of the library.
        starts: Fresh processes.
        archive: Pages of the archive.
        runs: Runs of the archive with each number of workers.
    """

    repeats: int = 5
    pages: int = 80
    texts: int = 200
    dated: int = 40
    calls: int = 3
    starts: int = 7
    archive: int = 6000
    runs: int = 3


FULL = Settings()
QUICK = Settings(repeats=2, pages=40, texts=60, dated=10, calls=2, starts=3, archive=600, runs=1)

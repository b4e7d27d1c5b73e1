"""The pages and texts that are measured."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("WARTA_SHARED", ROOT.parent / "shared"))


@dataclass(frozen=True)
class Pages:
    """A set of HTML pages; each pass reads all of them, over and over until `count` pages are read."""

    name: str
    paths: tuple[Path, ...]
    count: int

    def contents(self) -> list[bytes]:
        """The bytes of one pass."""
        pages = [path.read_bytes() for path in self.paths]
        return [pages[number % len(pages)] for number in range(self.count)]


def page_sets(count: int) -> list[Pages]:
    """Our samples, and the real pages in the shared folder where it is present."""
    folders = {"samples": ROOT / "samples", "shared pages": SHARED / "pages"}
    found = {name: tuple(sorted(folder.glob("*.html"))) for name, folder in folders.items()}
    return [Pages(name, paths, count) for name, paths in found.items() if paths]


def texts(count: int) -> list[dict[str, str | None]]:
    """Articles of the shared corpus as keyword arguments of `extract_text`; none where it is absent."""
    path = SHARED / "corpus" / "articles.jsonl"
    if not path.is_file():
        return []
    lines = path.read_text(encoding="utf-8").splitlines()[:count]
    keys = ("text", "title", "published")
    return [{key: row.get(key) for key in keys} for row in map(json.loads, lines)]

"""The pages and texts that are measured."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

from benchmarks.large import large_page

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("WARTA_SHARED", ROOT.parent / "shared"))
LARGE = 250_000
"""Bytes from which a page is a large one."""
FEW = 3
"""With fewer large pages than this, made ones join them."""


class Article(TypedDict):
    """An article as keyword arguments of `extract_text`."""

    text: str
    title: str | None
    published: str | None


@dataclass(frozen=True)
class Pages:
    """A set of HTML pages; each pass reads all of them, over and over until `count` pages are read."""

    name: str
    paths: tuple[Path, ...]
    count: int

    @property
    def kilobytes(self) -> float:
        """Mean size of a page in kB (1,000 bytes)."""
        return sum(path.stat().st_size for path in self.paths) / len(self.paths) / 1000

    def contents(self) -> list[bytes]:
        """The bytes of one pass."""
        pages = [path.read_bytes() for path in self.paths]
        return [pages[number % len(pages)] for number in range(self.count)]


def page_sets(count: int) -> list[Pages]:
    """Our samples, and the real pages in the shared folder where it is present.

    Args:
        count: Pages a pass; rounded so that every page of a set comes equally often, and at least once.
    """
    folders = {"samples": ROOT / "samples", "shared pages": SHARED / "pages"}
    found = {name: tuple(sorted(folder.glob("*.html"))) for name, folder in folders.items()}
    return [Pages(name, paths, whole_rounds(count, len(paths))) for name, paths in found.items() if paths]


def large_pages(count: int, folder: Path) -> Pages:
    """The shared pages of more than `LARGE` bytes; pages made in `folder` fill up to `FEW` where there are fewer."""
    found = sorted(path for path in (SHARED / "pages").glob("*.html") if path.stat().st_size > LARGE)
    made = [folder / f"made-{number}.html" for number in range(FEW - len(found))]
    for number, path in enumerate(made):
        path.write_text(large_page(280_000 + 20_000 * number), encoding="utf-8")
    name = "pages over 250 KB" + (f" ({len(made)} of them made)" if made else "")
    paths = (*found, *made)
    return Pages(name, paths, whole_rounds(count, len(paths)))


def whole_rounds(count: int, pages: int) -> int:
    """The multiple of `pages` that is nearest to `count`, at least `pages` itself."""
    return pages * max(1, round(count / pages))


def texts(count: int) -> list[Article]:
    """Articles of the shared corpus; none where it is absent."""
    path = SHARED / "corpus" / "articles.jsonl"
    if not path.is_file():
        return []
    lines = path.read_text(encoding="utf-8").splitlines()[:count]
    return [article_of(line) for line in lines]


def article_of(line: str) -> Article:
    """The article in a line of JSON; of one without a text, the text is empty."""
    row = json.loads(line)
    return Article(text=row.get("text") or "", title=row.get("title"), published=row.get("published"))

"""Warta reads Indonesian news pages and returns structured, evidenced records.

    >>> from extractor import extract_text
    >>> record = extract_text("Ketua KPU Blora, Budi Santoso, hadir.", title="Rapat KPU", published="2024-07-27")

Everything is imported on first use, so that `import extractor` stays quick.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from functools import lru_cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

from extractor._version import __version__
from extractor.errors import InputError, PatternError, WartaError
from extractor.pause import collector_paused as _collector_paused

if TYPE_CHECKING:
    from extractor.fetch import Fetcher, SyncFetcher
    from extractor.page.content import Headers, Response
    from extractor.pipeline import Extractor, load
    from extractor.record import Record

__all__ = [
    "Extractor",
    "Fetcher",
    "InputError",
    "PatternError",
    "Record",
    "SyncFetcher",
    "WartaError",
    "__version__",
    "extract",
    "extract_many",
    "extract_text",
    "load",
]

_LAZY = {
    "Extractor": "extractor.pipeline",
    "Fetcher": "extractor.fetch",
    "Record": "extractor.record",
    "SyncFetcher": "extractor.fetch",
    "load": "extractor.pipeline",
}


def __getattr__(name: str) -> Any:
    if name in _LAZY:
        with _collector_paused():
            return getattr(import_module(_LAZY[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__


@lru_cache(maxsize=1)
def _default() -> Extractor:
    ready: Extractor = __getattr__("load")()
    return ready


def extract(
    html: str | bytes | Response,
    *,
    url: str | None = None,
    published: str | datetime | date | None = None,
    source: str | None = None,
    headers: Headers | None = None,
) -> Record:
    """Extracts the record of an HTML page with our rule data; see `Extractor.extract`."""
    return _default().extract(html, url=url, published=published, source=source, headers=headers)


def extract_text(
    text: str | bytes,
    *,
    title: str | None = None,
    url: str | None = None,
    published: str | datetime | date | None = None,
    publisher: str | None = None,
    source: str | None = None,
) -> Record:
    """Extracts the record of an article's text with our rule data; see `Extractor.extract_text`."""
    return _default().extract_text(text, title=title, url=url, published=published, publisher=publisher, source=source)


def extract_many(pages: Iterable[str | bytes | Response | Mapping[str, Any]]) -> Iterator[Record]:
    """Extracts one record a page, in order, with our rule data; see `Extractor.extract_many`."""
    return _default().extract_many(pages)

"""Polite fetching: addresses in, web archives or records out.

`job.fetch` writes an archive that `warta run` reads, `job.watch` appends records of what is new in feeds and sitemaps,
`Fetcher` gives records to Python code. Requests go out through `wire`, in each host's turn (`hosts`), where robots.txt
allows (`robots`), to public addresses only (`guard`); `visit` makes a page of them, `whole` an article of its pages.

What only fetching needs is installed with `pip install 'warta[fetch]'`.
"""

from __future__ import annotations

from importlib.util import find_spec

from extractor.errors import InputError

_NEEDED = (
    "aiolimiter anyio anysqlite feedparser h2 hishel httpcore httpx idna protego tenacity w3lib warcio".split()  # noqa: SIM905
)

if _missing := [name for name in _NEEDED if find_spec(name) is None]:
    raise InputError(
        "missing-extra", f"fetching needs {', '.join(_missing)}; install what it needs with pip install 'warta[fetch]'"
    )

from extractor.fetch.errors import FetchError  # noqa: E402
from extractor.fetch.fetcher import Fetcher, SyncFetcher  # noqa: E402
from extractor.fetch.inputs import Sources  # noqa: E402
from extractor.fetch.job import fetch, watch  # noqa: E402
from extractor.fetch.options import Options  # noqa: E402
from extractor.fetch.summary import Summary  # noqa: E402
from extractor.fetch.whole import Fetched  # noqa: E402

__all__ = [
    "FetchError",
    "Fetched",
    "Fetcher",
    "Options",
    "Sources",
    "Summary",
    "SyncFetcher",
    "fetch",
    "watch",
]

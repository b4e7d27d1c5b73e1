"""The HTTP cache (RFC 9111) that runs share, through hishel.

hishel logs what goes wrong with its database as tracebacks, page by page, and serves pages all the same: of that a run
tells one sentence. What can be known before the first page refuses the run.
"""

from __future__ import annotations

import logging
import sqlite3
from pathlib import Path

import httpx

from extractor.errors import InputError
from extractor.fetch.options import Options

NAME = "http.db"
_TABLES = frozenset({"entries", "streams"})
_WAIT_SECONDS = 30.0
_log = logging.getLogger(__name__)


def cached(wire: httpx.AsyncBaseTransport, options: Options) -> httpx.AsyncBaseTransport:
    """A transport that asks the cache first.

    Raises:
        InputError: "bad-output" where the folder of the options cannot hold a cache, or what it holds is none.
    """
    from hishel import AsyncSqliteStorage, CacheOptions
    from hishel.httpx import AsyncCacheTransport

    assert options.cache is not None
    path = options.cache.absolute() / NAME
    _check(path)
    _hush()
    storage = AsyncSqliteStorage(database_path=path, max_stream_size=options.page_bytes)
    return AsyncCacheTransport(wire, storage=storage, rfc=CacheOptions(shared=False))


def _check(path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        told = f"{path.parent} cannot be the folder of a cache: {error.strerror}; choose another one with --cache"
        raise InputError("bad-output", told) from None
    try:
        base = sqlite3.connect(path, timeout=_WAIT_SECONDS, isolation_level=None)
        try:
            base.execute("PRAGMA journal_mode = WAL")
            tables = {name for (name,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            whole = not tables or [*base.execute("PRAGMA quick_check(1)")] == [("ok",)]
            if not (tables <= _TABLES and whole):
                raise sqlite3.DatabaseError("it is damaged, or another program's")
            base.execute("BEGIN IMMEDIATE")
            base.execute("ROLLBACK")
        finally:
            base.close()
    except sqlite3.DatabaseError as error:
        if "locked" not in str(error):
            told = f"{path} is no HTTP cache, or cannot be written: {error}; choose another folder with --cache"
            raise InputError("bad-output", told) from None


def _hush() -> None:
    """Lets hishel tell one sentence of a run, and no traceback."""
    library = logging.getLogger("hishel")
    library.propagate = False
    library.handlers = [one for one in library.handlers if not isinstance(one, _Once)] + [_Once()]


class _Once(logging.Handler):
    """Passes on the first trouble as one sentence."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self._told = False

    def emit(self, record: logging.LogRecord) -> None:
        """Takes what hishel logs."""
        if not self._told:
            self._told = True
            why = f" ({record.exc_info[1]})" if record.exc_info else ""
            _log.warning("warta: the cache was not to be used for some pages%s; they were fetched all the same", why)

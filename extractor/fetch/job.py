"""The two jobs of the command: fetch once into an archive, or watch feeds and sitemaps and append records."""

from __future__ import annotations

import asyncio
import contextlib
import json
import math
import time
from collections.abc import Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from extractor.archive import Failure, JsonLines
from extractor.errors import InputError
from extractor.fetch.archive import Archive
from extractor.fetch.engine import Engine
from extractor.fetch.guard import Resolver, resolve
from extractor.fetch.inputs import Sources
from extractor.fetch.ledger import FETCHED, Ledger, Row
from extractor.fetch.listings import Listings
from extractor.fetch.options import Options
from extractor.fetch.outputs import check_outputs, claim, pages_of, paths_of
from extractor.fetch.records import Reader, RecordsFile
from extractor.fetch.run import Run
from extractor.fetch.signals import Stops
from extractor.fetch.summary import Summary
from extractor.patterns import PatternSet

if TYPE_CHECKING:
    from extractor.pipeline import Extractor

Progress = Callable[[Summary], None]
MOST_TRIES = 3
"""Rounds of watching in which an address that fails is tried."""


async def fetch(
    sources: Sources,
    out: Path,
    patterns: PatternSet,
    options: Options | None = None,
    *,
    refresh: bool = False,
    retry_failed: bool = False,
    restart: bool = False,
    progress: Progress = lambda summary: None,
    resolver: Resolver = resolve,
) -> Summary:
    """Fetches pages into a web archive; the same call goes on with what an interrupted one left.

    Args:
        sources: Where the addresses come from.
        out: The archive, .warc.gz or .warc. Failures and the report lie beside it.
        patterns: The rule data, for articles that are split over pages.
        options: How pages are fetched.
        refresh: Ask again for pages that are there, on condition that they have changed.
        retry_failed: Try again what failed in an earlier run.
        restart: Throw away what an earlier run has fetched.
        progress: Told how it goes.
        resolver: Resolves host names.

    Raises:
        InputError: The output is none of ours, or another run is at work on it.
        OSError: An output cannot be written.
    """
    options, begin = options or Options(), time.monotonic()
    check_outputs(out, None)
    paths = paths_of(out)
    async with AsyncExitStack() as stack:
        stops = stack.enter_context(Stops())
        engine = await stack.enter_async_context(Engine(options, patterns, resolver=resolver))
        ledger = stack.enter_context(Ledger(paths.ledger))
        engine.robots.store = ledger
        ends = claim(ledger, out, None, restart=restart)
        archive = Archive(out, ends.pages, options.agent, ledger.begin_session)
        stack.callback(archive.close)
        failures = stack.enter_context(JsonLines(paths.failures))
        run = Run(
            engine,
            archive,
            ledger,
            lambda failure: failures.write(_line(failure)),
            refresh=refresh,
            retry=lambda row: retry_failed,
        )
        listings = Listings(engine.visitor, engine.robots, options, since=sources.since, stopped=lambda: run.stopping)
        stops.at_first(run.stop)
        await run.fetch(sources.inputs(listings), progress)
        stops.over()
        return _accounts(run, begin, out, options)


async def watch(
    sources: Sources,
    out: Path,
    extractor: Extractor,
    options: Options | None = None,
    *,
    pages: Path | None = None,
    interval: float = 900.0,
    rounds: int | None = None,
    restart: bool = False,
    progress: Progress = lambda summary: None,
    resolver: Resolver = resolve,
) -> Summary:
    """Polls feeds and sitemaps, fetches what is new, and appends its records; the same call goes on after a stop.

    Args:
        sources: Feeds and sitemaps.
        out: The records, .jsonl.
        extractor: What extracts them.
        options: How pages are fetched.
        pages: The archive of the pages; the output's name with .warc.gz when None.
        interval: Seconds from the beginning of one round to that of the next.
        rounds: Number of rounds; without end when None.
        restart: Throw away what an earlier run has written.
        progress: Told how it goes.
        resolver: Resolves host names.

    Returns:
        The accounts of all rounds of this run; an address counts in each round in which something was done about it.

    Raises:
        InputError: An output is none of ours, or another run is at work on it.
        OSError: An output cannot be written.
    """
    options, begin = options or Options(), time.monotonic()
    if not (math.isfinite(interval) and interval >= 0):
        raise InputError("bad-option", f"interval is {interval}; give a number of seconds")
    check_outputs(pages, out)
    pages, paths = pages or pages_of(out), paths_of(out)
    async with AsyncExitStack() as stack:
        stops = stack.enter_context(Stops())
        engine = await stack.enter_async_context(Engine(options, extractor.patterns, resolver=resolver))
        ledger = stack.enter_context(Ledger(paths.ledger))
        engine.robots.store = ledger
        ends = claim(ledger, pages, out, restart=restart)
        records = RecordsFile(out, ends.records)
        stack.callback(records.close)
        archive = Archive(pages, ends.pages, options.agent, ledger.begin_session)
        stack.callback(archive.close)
        failures = stack.enter_context(paths.failures.open("w" if restart else "a", encoding="utf-8"))

        def tell(failure: Failure) -> None:
            """Appends a failure."""
            failures.write(_line(failure) + "\n")
            failures.flush()

        run = Run(engine, archive, ledger, tell, reader=Reader(extractor), records=records, retry=_once_more)
        watching = _Watching(run, ledger, sources, engine, interval)
        stops.at_first(watching.stop)
        await watching.rounds(rounds, progress)
        stops.over()
        return _accounts(run, begin, out, options)


def _accounts(run: Run, begin: float, out: Path, options: Options) -> Summary:
    """The accounts of a run, which are written beside its output."""
    run.summary.seconds = time.monotonic() - begin
    run.summary.write(paths_of(out).report, out, options.agent)
    return run.summary


class _Watching:
    """Round after round, until it is stopped."""

    def __init__(self, run: Run, ledger: Ledger, sources: Sources, engine: Engine, interval: float) -> None:
        self._run = run
        self._ledger = ledger
        self._sources = sources
        self._interval = interval
        self._over = asyncio.Event()
        self._listings = Listings(
            engine.visitor,
            engine.robots,
            engine.options,
            since=sources.since,
            ledger=ledger,
            stopped=lambda: run.stopping,
        )

    def stop(self) -> None:
        """Ends the watching."""
        self._run.stop()
        self._over.set()

    async def rounds(self, count: int | None, progress: Progress) -> None:
        """Polls so many times, or until it is stopped."""
        done = 0
        while not self._over.is_set():
            begun = time.monotonic()
            await self._round(progress)
            done += 1
            if count is not None and done >= count:
                return
            left = self._interval - (time.monotonic() - begun)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._over.wait(), max(left, 0.0))

    async def _round(self, progress: Progress) -> None:
        self._ledger.forget_given()
        await self._run.fetch(self._run.unsettled(self._sources.inputs(self._listings), MOST_TRIES), progress)
        if not self._run.stopping:
            self._listings.keep()  # a list that was not worked through is read again


def _once_more(row: Row) -> bool:
    return row.temporary and row.tries < MOST_TRIES and row.state != FETCHED


def _line(failure: Failure) -> str:
    return json.dumps(failure.document(), ensure_ascii=False).encode("utf-8", "replace").decode()

"""The two jobs of the command: fetch once into an archive, or watch feeds and sitemaps and append records."""

from __future__ import annotations

import asyncio
import contextlib
import json
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack, ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from extractor.archive import Failure, JsonLines
from extractor.errors import InputError
from extractor.fetch.archive import ENDINGS, Archive
from extractor.fetch.engine import Engine
from extractor.fetch.guard import Resolver, resolve
from extractor.fetch.inputs import Sources
from extractor.fetch.ledger import FETCHED, Ledger, Row
from extractor.fetch.listings import Listings
from extractor.fetch.options import Options
from extractor.fetch.records import Reader, RecordsFile
from extractor.fetch.run import Run
from extractor.fetch.summary import Summary
from extractor.patterns import PatternSet

if TYPE_CHECKING:
    from extractor.pipeline import Extractor

Progress = Callable[[Summary], None]
MOST_TRIES = 3
"""Rounds of watching in which an address that fails is tried."""


@dataclass(frozen=True, slots=True)
class Paths:
    """What lies beside an output.

    Attributes:
        failures: The addresses that gave nothing, a JSON document a line.
        report: The accounts of the last run.
        ledger: What was done so far.
    """

    failures: Path
    report: Path
    ledger: Path


def paths_of(out: Path) -> Paths:
    """What lies beside an output."""
    stem = next((out.name.removesuffix(end) for end in (*ENDINGS, ".jsonl") if out.name.endswith(end)), out.name)
    return Paths(
        out.with_name(f"{stem}.failures.jsonl"),
        out.with_name(f"{stem}.fetch.json"),
        out.with_name(f".{out.name}.ledger"),
    )


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
    options, paths, begin = options or Options(), paths_of(out), time.monotonic()
    with ExitStack() as stack:
        ledger = stack.enter_context(Ledger(paths.ledger, restart=restart))
        if restart:
            out.unlink(missing_ok=True)
        keep, _ = ledger.ends(_size(out), 0)
        archive = Archive(out, keep, options.agent, ours=not ledger.new)
        stack.callback(archive.close)
        failures = stack.enter_context(JsonLines(paths.failures))
        async with Engine(options, patterns, store=ledger, resolver=resolver) as engine:
            run = Run(
                engine,
                archive,
                ledger,
                lambda failure: failures.write(_line(failure)),
                refresh=refresh,
                retry=lambda row: retry_failed,
            )
            listings = Listings(
                engine.visitor, engine.robots, options, since=sources.since, stopped=lambda: run.stopping
            )
            with _stopping(run.stop):
                await run.fetch(sources.inputs(listings), progress)
    run.summary.seconds = time.monotonic() - begin
    run.summary.write(paths.report, out, options.agent)
    return run.summary


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
    options, paths, begin = options or Options(), paths_of(out), time.monotonic()
    pages = pages or out.with_name(f"{out.name.removesuffix('.jsonl')}.warc.gz")
    async with AsyncExitStack() as stack:
        ledger = stack.enter_context(Ledger(paths.ledger, restart=restart))
        for path in (out, pages) if restart else ():
            path.unlink(missing_ok=True)
        keep_pages, keep_records = ledger.ends(_size(pages), _size(out))
        records = RecordsFile(out, keep_records, ours=not ledger.new)
        stack.callback(records.close)
        archive = Archive(pages, keep_pages, options.agent, ours=not ledger.new)
        stack.callback(archive.close)
        failures = stack.enter_context(paths.failures.open("a", encoding="utf-8"))

        def tell(failure: Failure) -> None:
            """Appends a failure."""
            failures.write(_line(failure) + "\n")
            failures.flush()

        engine = await stack.enter_async_context(Engine(options, extractor.patterns, store=ledger, resolver=resolver))
        run = Run(engine, archive, ledger, tell, reader=Reader(extractor), records=records, retry=_once_more)
        watching = _Watching(run, ledger, sources, engine, interval)
        with _stopping(watching.stop):
            await watching.rounds(rounds, progress)
    run.summary.seconds = time.monotonic() - begin
    run.summary.write(paths.report, out, options.agent)
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


@contextmanager
def _stopping(stop: Callable[[], None]) -> Iterator[None]:
    """Calls `stop` at the first SIGINT or SIGTERM; the second one ends the work at once."""
    loop, task = asyncio.get_running_loop(), asyncio.current_task()
    asked = False

    def asked_to_stop() -> None:
        nonlocal asked
        if asked and task is not None:
            task.cancel()
        asked = True
        stop()

    handled = []
    for number in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(ValueError, NotImplementedError, RuntimeError):  # not in the main thread
            loop.add_signal_handler(number, asked_to_stop)
            handled.append(number)
    try:
        yield
    finally:
        for number in handled:
            loop.remove_signal_handler(number)


def _line(failure: Failure) -> str:
    return json.dumps(failure.document(), ensure_ascii=False).encode("utf-8", "replace").decode()


def _size(path: Path) -> int:
    if path.is_dir():
        raise InputError("bad-output", f"{path} is a folder; name a file")
    return path.stat().st_size if path.exists() else 0

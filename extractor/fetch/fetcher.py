"""Fetching as a library: addresses in, records out, in asynchronous and in plain code."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterable, AsyncIterator, Iterable, Iterator
from contextlib import ExitStack, aclosing
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from anyio.from_thread import BlockingPortal, start_blocking_portal

from extractor.fetch.addresses import Address, parse_address, shown
from extractor.fetch.engine import Engine
from extractor.fetch.errors import FetchError
from extractor.fetch.guard import Resolver, resolve
from extractor.fetch.options import Options
from extractor.fetch.records import Reader
from extractor.fetch.whole import Fetched
from extractor.record import Record

if TYPE_CHECKING:
    from extractor.pipeline import Extractor


class Fetcher:
    """Fetches pages and extracts their records, as an asynchronous context manager.

        async with Fetcher(contact="redaksi@example.org") as fetcher:
            async for record in fetcher.records(urls):
                ...

    It asks politely: in each host's turn, as robots.txt allows, and never in private networks.
    """

    def __init__(
        self,
        options: Options | None = None,
        *,
        contact: str | None = None,
        extractor: Extractor | None = None,
        resolver: Resolver = resolve,
    ) -> None:
        """Makes a fetcher.

        Args:
            options: How pages are fetched.
            contact: Who answers for it, instead of options: a mail address or a page.
            extractor: What extracts the records; one with our rule data when None.
            resolver: Resolves host names.
        """
        self.options = options or Options(contact=contact)
        self.extractor = extractor or _load()
        self._engine = Engine(self.options, self.extractor.patterns, resolver=resolver)
        self._reader = Reader(self.extractor)
        self._working: set[asyncio.Task[Fetched]] = set()

    async def __aenter__(self) -> Self:
        await self._engine.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await _ended(self._working)  # also those of `records` that was left before its end
        await self._engine.__aexit__(kind, error, trace)

    async def fetch(self, url: str) -> Fetched:
        """Fetches one article; what went wrong is told in what comes back.

        Raises:
            FetchError: `url` is no address.
        """
        return await self._engine.articles.fetch(parse_address(url))

    async def record(self, url: str) -> Record:
        """The record of one address.

        Raises:
            InputError: It cannot be fetched or read.
        """
        fetched = await self.fetch(url)
        if fetched.failure:
            raise fetched.failure
        return await self._reader.record(fetched)

    async def records(self, urls: Iterable[str] | AsyncIterable[str]) -> AsyncGenerator[Record, None]:
        """One record an address, as they come; an address given again gives none.

        What cannot be fetched gives an empty record whose warning has the code and says why. The record's
        `provenance.source` is the address given.

        Args:
            urls: Addresses of pages, in any number; they are taken as they are needed.
        """
        async with aclosing(self._fetched(urls)) as articles:
            async for fetched in articles:
                yield await self._reader.record_or_empty(fetched)

    async def _fetched(self, urls: Iterable[str] | AsyncIterable[str]) -> AsyncGenerator[Fetched, None]:
        """Keeps `look_ahead` addresses at work."""
        working: set[asyncio.Task[Fetched]] = set()
        source = _addresses(urls)
        more = True
        try:
            while more or working:
                while more and len(working) < self.options.look_ahead:
                    fetched = await anext(source, None)
                    more = fetched is not None
                    if fetched is not None:
                        working.add(task := asyncio.create_task(self._one(fetched)))
                        self._working.add(task)
                        task.add_done_callback(self._working.discard)
                    if any(task.done() for task in working):
                        break
                if working:
                    done, working = await asyncio.wait(working, return_when=asyncio.FIRST_COMPLETED)
                    for task in done:
                        yield task.result()
        finally:
            await _ended(working)
            await source.aclose()

    async def _one(self, fetched: Fetched) -> Fetched:
        return fetched if fetched.failure else await self._engine.articles.fetch(fetched.given)


class SyncFetcher:
    """The same in plain code, as a context manager; also where an event loop runs already, as in notebooks.

    with SyncFetcher(contact="redaksi@example.org") as fetcher:
        for record in fetcher.records(urls):
            ...
    """

    def __init__(self, options: Options | None = None, **arguments: Any) -> None:
        """Makes a fetcher; see `Fetcher`."""
        self._made = (options, arguments)
        self._stack = ExitStack()
        self._inside: tuple[BlockingPortal, Fetcher] | None = None

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            portal = stack.enter_context(start_blocking_portal())
            options, arguments = self._made
            fetcher = Fetcher(options, **arguments)
            stack.enter_context(portal.wrap_async_context_manager(fetcher))
            self._inside = portal, fetcher
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._inside = None
        self._stack.__exit__(kind, error, trace)

    def _opened(self) -> tuple[BlockingPortal, Fetcher]:
        if self._inside is None:
            raise RuntimeError("open it first: with SyncFetcher(…) as fetcher: …")
        return self._inside

    def fetch(self, url: str) -> Fetched:
        """See `Fetcher.fetch`."""
        portal, fetcher = self._opened()
        return portal.call(fetcher.fetch, url)

    def record(self, url: str) -> Record:
        """See `Fetcher.record`."""
        portal, fetcher = self._opened()
        return portal.call(fetcher.record, url)

    def records(self, urls: Iterable[str]) -> Iterator[Record]:
        """See `Fetcher.records`."""
        portal, fetcher = self._opened()
        records = fetcher.records(urls)
        try:
            while (record := portal.call(_next, records)) is not None:
                yield record
        finally:
            portal.call(_close, records)


async def _ended(tasks: Iterable[asyncio.Task[Fetched]]) -> None:
    """Ends tasks, and waits until what they have open is closed."""
    tasks = list(tasks)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


def _load() -> Extractor:
    from extractor.pipeline import load

    return load()


async def _close(records: AsyncGenerator[Record, None]) -> None:
    await records.aclose()


async def _next(records: AsyncIterator[Record]) -> Record | None:
    return await anext(records, None)


async def _addresses(urls: Iterable[str] | AsyncIterable[str]) -> AsyncGenerator[Fetched, None]:
    """The addresses, each once; malformed ones as failures."""
    if isinstance(urls, str):
        raise TypeError("records takes addresses in a list or another iterable; of one address, record(url) gives it")
    seen: set[int] = set()
    async for url in _each(urls):
        try:
            address = parse_address(url)
        except FetchError as error:
            name = shown(str(url))
            yield Fetched(Address(name, name), failure=error)
            continue
        if (key := hash(address.key)) not in seen:
            seen.add(key)
            yield Fetched(address)


async def _each(urls: Iterable[str] | AsyncIterable[str]) -> AsyncIterator[str]:
    if isinstance(urls, AsyncIterable):
        async for url in urls:
            yield url
    else:
        for url in urls:
            yield url

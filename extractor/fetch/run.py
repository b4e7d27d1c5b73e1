"""One run over addresses: each ends as an article in the archive, as skipped, or as a failure."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from extractor.archive import Failure
from extractor.errors import InputError
from extractor.fetch.addresses import Address, parse_address, shown
from extractor.fetch.archive import Archive, Earlier, Stored
from extractor.fetch.budget import Budget
from extractor.fetch.engine import Engine
from extractor.fetch.errors import FetchError
from extractor.fetch.inputs import Given
from extractor.fetch.ledger import FAILED, FETCHED, KNOWN, LOST, PART, Ledger, Row
from extractor.fetch.listings import conditions
from extractor.fetch.records import Reader, RecordsFile
from extractor.fetch.summary import Summary
from extractor.fetch.visit import Page
from extractor.fetch.whole import Fetched

Tell = Callable[[Failure], None]


class Run:
    """Fetches addresses into an archive, and with a reader into records.

    Attributes:
        summary: The accounts so far.
        stopping: Whether nothing new is begun.
        refresh: Whether pages that are there are asked for again, on condition that they have changed.
        retry: Whether addresses that failed are tried again; asked with their row.
    """

    def __init__(
        self,
        engine: Engine,
        archive: Archive,
        ledger: Ledger,
        tell: Tell,
        *,
        reader: Reader | None = None,
        records: RecordsFile | None = None,
        refresh: bool = False,
        retry: Callable[[Row], bool] = lambda row: False,
    ) -> None:
        self.summary = Summary()
        self.stopping = False
        self.refresh = refresh
        self.retry = retry
        self._engine = engine
        self._archive = archive
        self._ledger = ledger
        self._tell = tell
        self._reader = reader
        self._records = records
        self._claims: dict[str, int] = {}
        self._tasks: dict[asyncio.Task[None], Budget] = {}

    async def fetch(self, inputs: AsyncIterator[Given | Failure], progress: Callable[[Summary], None]) -> None:
        """Deals with every input.

        Raises:
            OSError: An output cannot be written. What is committed is kept.
        """
        self._progress = progress
        try:
            await self._fetch(inputs)
        except BaseExceptionGroup as group:
            raise group.exceptions[0] from None

    async def _fetch(self, inputs: AsyncIterator[Given | Failure]) -> None:
        window = asyncio.Semaphore(self._engine.options.look_ahead)
        number = 0
        async with asyncio.TaskGroup() as group:
            async for given in inputs:
                if self.stopping:
                    break
                number += 1
                begun = self._begin(given, number)
                if begun is not None:
                    await window.acquire()
                    budget = Budget(self._engine.options.page_seconds)
                    task = group.create_task(self._work(*begun, number, budget))
                    self._tasks[task] = budget
                    task.add_done_callback(lambda task: self._tasks.pop(task, None))
                    task.add_done_callback(lambda _: window.release())
                self._progress(self.summary)

    async def unsettled(self, inputs: AsyncIterator[Given | Failure], most: int) -> AsyncIterator[Given | Failure]:
        """Inputs that there is something to do about: the new, and what failed in passing fewer than `most` times."""
        for url in self._ledger.failing(most):
            yield Given(url)
        async for given in inputs:
            if isinstance(given, Failure) or not self._settled(given):
                yield given

    def _settled(self, given: Given) -> bool:
        try:
            key = parse_address(given.text).key
        except FetchError:
            return self._ledger.given(given.text)  # told once a round
        row = self._ledger.row(key)
        return row is not None and not self._again(row)

    def stop(self) -> None:
        """Begins nothing new: what waits is left for the next run, what is on the wire comes to its end."""
        self.stopping = self.summary.stopped = True
        for task, budget in list(self._tasks.items()):
            if not budget.working:
                task.cancel()

    def _begin(self, given: Given | Failure, number: int) -> tuple[Given, Address, Row | None] | None:
        """What is to be done for an input; nothing where what becomes of it is known."""
        if isinstance(given, Failure):
            self._fail(given)
            return None
        try:
            address = parse_address(given.text)
        except FetchError as error:
            self._fail(Failure(shown(given.text), error.code, str(error), given.position))
            return None
        if self._ledger.given(address.key):
            self._skip("same")
            return None
        row = self._ledger.row(address.key)
        if row and not self._again(row):
            self._account(row, given)
            return None
        self._claims[address.key] = number
        return given, address, row

    def _again(self, row: Row) -> bool:
        """Whether an address that is known is asked for again."""
        if row.state == LOST or (row.state == FETCHED and self.refresh):
            return True
        failed = row.state == FAILED or (row.state == FETCHED and self._ledger.lost(row.url))
        return bool(failed) and self.retry(row)

    def _account(self, row: Row, given: Given) -> None:
        """Counts what an earlier run has done, or this one for another address."""
        if row.state == FETCHED:
            self.summary.inputs += 1
            self.summary.fetched += 1
            self.summary.earlier += 1
            self._tell_lost(row.url, given)
        elif row.state == FAILED:
            self._fail(Failure(row.url, row.code or "", row.sentence or "", given.position))
        else:
            self._skip("redirect" if row.state == KNOWN else "same")

    async def _work(self, given: Given, address: Address, row: Row | None, number: int, budget: Budget) -> None:
        def known(target: Address) -> bool:
            """Whether a page is there, or an address that was given earlier is about to be fetched."""
            had = self._ledger.row(target.key)
            return (had is not None and had.state in (FETCHED, PART)) or self._claims.get(target.key, number) < number

        headers = conditions(row.etag, row.modified) if row and row.state == FETCHED else {}
        if self._engine.options.cache:
            headers = {}  # the cache asks with its own conditions
        try:
            lost = self._ledger.lost(row.url) if row and row.state == FETCHED and not self.refresh else []
            if lost:
                fetched = await self._engine.articles.mend(address, [page.url for page in lost], known)
            else:
                fetched = await self._engine.articles.fetch(address, headers=headers, known=known, budget=budget)
            if (task := asyncio.current_task()) is not None:
                self._tasks.pop(task, None)  # from here on, stopping waits for it
            await self._finish(given, fetched, row)
            self._progress(self.summary)
        finally:
            self._claims.pop(address.key, None)

    async def _finish(self, given: Given, fetched: Fetched, row: Row | None) -> None:
        record = None
        if self._reader and fetched.pages:
            try:
                record = await self._reader.record(fetched)
            except InputError as error:
                fetched.failure = FetchError(error.code, f"{fetched.given.url}: {error}")
        if record and self._records:
            self._ledger.begin(fetched.given.url)
            self._records.add(record)
            self.summary.records += 1
        self._commit(fetched, row)
        self._count(given, fetched, row)

    def _commit(self, fetched: Fetched, row: Row | None) -> None:
        earlier = {row.url: Earlier(row.date, row.record, row.target)} if row and row.record else {}  # type: ignore[arg-type]
        if row and row.target and row.record:
            earlier[row.target] = earlier[row.url]
        stored = [_stored(page) for page in fetched.pages if page.answer.from_cache and page.address.url not in earlier]
        there = self._archive.add(fetched.exchanges, earlier, stored)
        rows = self._rows(fetched, row, there)
        renewed = fetched.given.url if fetched.mended or fetched.pages else None
        self._ledger.keep(rows, self._archive.size, self._records.size if self._records else 0, renewed=renewed)

    def _rows(self, fetched: Fetched, row: Row | None, there: dict[str, Earlier]) -> list[Row]:
        given = fetched.given
        if fetched.failure:
            error, tries = fetched.failure, (row.tries if row else 0) + 1
            failed = Row(given.key, given.url, FAILED, error.code, str(error), error.temporary, tries)
            return [failed]
        if fetched.known:
            return [Row(given.key, given.url, KNOWN, target=fetched.known.url)]
        rows = [row] if row and (fetched.mended or not fetched.pages) else []  # the article itself is as it was
        for url, error in fetched.missing.items():
            told = f"a further page of {given.url}: {error}"
            rows.append(Row(_key(url), url, LOST, error.code, told, error.temporary, target=given.url))
        for number, page in enumerate(fetched.pages, int(fetched.mended)):
            record = there.get(page.address.url)
            first = Row(
                page.given.key,
                page.given.url,
                PART if number else FETCHED,
                etag=page.headers.get("etag"),
                modified=page.headers.get("last-modified"),
                date=record.date if record else None,
                record=record.record if record else None,
                target=record.url if record else None,
            )
            rows.append(first)
            if page.address.key != page.given.key:
                rows.append(Row(page.address.key, page.address.url, PART, target=page.given.url))
        return [one for one in rows if one.state not in (PART, LOST) or not self._fetched(one.key)]

    def _fetched(self, key: str) -> bool:
        row = self._ledger.row(key)
        return row is not None and row.state == FETCHED

    def _count(self, given: Given, fetched: Fetched, row: Row | None) -> None:
        whole = [exchange for exchange in fetched.exchanges if exchange.whole]
        self.summary.requests += len(whole)
        self.summary.bytes += sum(len(exchange.body) for exchange in whole)
        if fetched.failure:
            error = fetched.failure
            self._fail(Failure(fetched.given.url, error.code, str(error), given.position))
        elif fetched.known:
            self._skip("redirect")
        elif fetched.mended:
            self.summary.inputs += 1
            self.summary.fetched += 1
        elif fetched.unchanged or (row is not None and row.state == FETCHED and fetched.pages[0].answer.from_cache):
            self._skip("not-modified")
        else:
            self.summary.inputs += 1
            self.summary.fetched += 1
        if not fetched.failure and not fetched.known:
            self._tell_lost(fetched.given.url, given)

    def _tell_lost(self, article: str, given: Given) -> None:
        """Names the pages that an article lacks; they are no inputs, so that the accounts do not count them."""
        lost = self._ledger.lost(article)
        for page in lost:
            self._tell(Failure(page.url, page.code or "", page.sentence or "", given.position))
        self.summary.incomplete += bool(lost)

    def _fail(self, failure: Failure) -> None:
        self.summary.inputs += 1
        self.summary.failures[failure.code] += 1
        self._tell(failure)

    def _skip(self, why: str) -> None:
        self.summary.inputs += 1
        self.summary.skipped[why] += 1


def _key(url: str) -> str:
    try:
        return parse_address(url).key
    except FetchError:
        return url


def _stored(page: Page) -> Stored:
    answer = page.answer
    try:
        at = parsedate_to_datetime(answer.headers.get("date", ""))
        at = at if at.tzinfo else at.replace(tzinfo=UTC)
    except ValueError:
        at = datetime.now(UTC)
    lines = [b"HTTP/1.1 200 OK", *(b"%s: %s" % pair for pair in answer.headers.raw)]
    return Stored(answer.url, b"\r\n".join(lines) + b"\r\n\r\n", answer.raw, at)

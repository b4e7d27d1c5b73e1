"""Goes through feeds and sitemaps on the network, sitemap indexes included, and gives the addresses they list."""

from __future__ import annotations

from collections import deque
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from extractor.archive import Failure
from extractor.fetch.addresses import Address, parse_address, shown
from extractor.fetch.budget import Budget
from extractor.fetch.errors import FetchError
from extractor.fetch.ledger import Ledger
from extractor.fetch.listing import MOST_BYTES, Entry, Listing, read_listing
from extractor.fetch.options import Options
from extractor.fetch.robots import Robots
from extractor.fetch.visit import KnownError, NotModifiedError, Visitor
from extractor.fetch.wire import Trip

MOST_LISTINGS = 2_000
"""Sitemaps that one index may lead to."""
MOST_DEPTH = 3


@dataclass(frozen=True, slots=True)
class _Waiting:
    text: str
    base: Address | None
    depth: int


@dataclass(frozen=True, slots=True)
class _Found:
    address: Address
    listing: Listing


class Listings:
    """Gives the addresses of feeds and sitemaps.

    Attributes:
        since: Only what the list says was changed since then; what it gives no time for counts as new.
        stopped: Asked before every further sitemap.

    With a ledger, a list that has not changed since `keep` was last called gives nothing.
    """

    def __init__(
        self,
        visitor: Visitor,
        robots: Robots,
        options: Options,
        *,
        since: datetime | None = None,
        ledger: Ledger | None = None,
        stopped: Callable[[], bool] = lambda: False,
    ) -> None:
        self.since = since
        self.stopped = stopped
        self._visitor = visitor
        self._robots = robots
        self._options = options
        self._ledger = ledger
        self._read_now: list[tuple[str, str | None, str | None]] = []

    async def addresses(self, text: str) -> AsyncIterator[str | Failure]:
        """The addresses that a feed or sitemap lists, in its order; a failure for each list that cannot be read.

        Args:
            text: Address of the list. The front page of a site stands for the sitemaps that its robots.txt names.
        """
        waiting = deque([_Waiting(text, None, 0)])
        seen: set[str] = set()
        while waiting and not self.stopped():
            turn = waiting.popleft()
            try:
                address = turn.base.joined(turn.text) if turn.base else parse_address(turn.text)
                if address.key in seen:
                    continue
                seen.add(address.key)
                found = await self._opened(address, turn.depth)
            except FetchError as error:
                yield Failure(shown(turn.text), error.code, str(error))
                continue
            for entry in found.listing.pages:
                if self._new(entry.modified):
                    yield _resolved(found.address, entry.url)
            for problem in found.listing.problems:
                yield Failure(shown(turn.text), problem.code, str(problem))
            further = [entry.url for entry in found.listing.listings if self._new(entry.modified)]
            room = MOST_LISTINGS - len(seen) - len(waiting) if turn.depth < MOST_DEPTH else 0
            if len(further) > room:
                sentence = f"{address.url} leads to more than {MOST_LISTINGS} sitemaps, or too deep; the rest is left"
                yield Failure(shown(turn.text), "too-many-sitemaps", sentence)
            waiting.extend(_Waiting(url, found.address, turn.depth + 1) for url in further[: max(room, 0)])

    def _new(self, modified: datetime | None) -> bool:
        return self.since is None or modified is None or modified >= self.since

    async def _opened(self, address: Address, depth: int) -> _Found:
        """What stands at an address; nothing when it has not changed since it was last read."""
        if depth == 0 and urlsplit(address.url).path == "/":
            named = (await self._robots.sitemaps(address))[:MOST_LISTINGS]
            if named:
                return _Found(address, Listing(listings=[Entry(url) for url in named]))
        headers = conditions(*self._ledger.validators(address.url)) if self._ledger else {}
        trip = Trip(Budget(self._options.page_seconds))
        try:
            page = await self._visitor.visit(address, trip, headers=headers, limit=MOST_BYTES, any_type=True)
        except (NotModifiedError, KnownError):
            return _Found(address, Listing())
        listing = read_listing(page.content, address.url)
        # An index is always asked for anew: that it has not changed says nothing of the sitemaps it leads to. So is a
        # list of which something is lost.
        if not (listing.listings or listing.problems):
            self._read_now.append((address.url, page.headers.get("etag"), page.headers.get("last-modified")))
        return _Found(page.address, listing)

    def keep(self) -> None:
        """Keeps the validators of the lists that were read, all of whose addresses are dealt with now."""
        for url, etag, modified in self._read_now if self._ledger else ():
            assert self._ledger is not None
            self._ledger.keep_validators(url, etag, modified)
        self._read_now.clear()


def conditions(etag: str | None, modified: str | None) -> dict[str, str]:
    """The headers that ask for a page only if it has changed (RFC 9110, section 13.1)."""
    headers = {"If-None-Match": etag} if etag else {}
    return headers | ({"If-Modified-Since": modified} if modified else {})


def _resolved(base: Address, url: str) -> str:
    """An address of a list, which may be relative to it; a malformed one is the reader's to name."""
    try:
        return base.joined(url).url
    except FetchError:
        return url

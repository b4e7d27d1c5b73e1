"""robots.txt: what a site wants to be fetched and how fast (RFC 9309), read with Protego.

A robots.txt that is "unavailable" (status 400 to 499, or more than five redirects) forbids nothing; one that is
"unreachable" (status 500 and above, too many requests, no answer) forbids everything until it can be read again.
"""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from dataclasses import dataclass
from typing import Protocol

from protego import Protego

from extractor.fetch.addresses import Address
from extractor.fetch.budget import Budget
from extractor.fetch.client import Client
from extractor.fetch.errors import FetchError
from extractor.fetch.waits import backoff
from extractor.fetch.wire import Trip

MOST_BYTES = 500 * 1024
"""What must be read of a robots.txt (RFC 9309, section 2.5)."""
MOST_REDIRECTS = 5
KEPT_SECONDS = 24 * 3600.0
"""How long a robots.txt may be kept (RFC 9309, section 2.4)."""
UNREACHABLE_SECONDS = 600.0
MOST_KEPT = 2_000
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_NO_HOST = frozenset({"private-address", "dns-failed", "tls-failed", "connection-failed"})
"""Reasons that say more about the host than that its robots.txt cannot be read."""


@dataclass(frozen=True, slots=True)
class RobotsFile:
    """The robots.txt of an origin.

    Attributes:
        at: When it was read, in seconds of the system's clock.
        text: What it says; "" where it is unavailable, None where it is unreachable.
        why: Why it is unreachable.
    """

    at: float
    text: str | None
    why: FetchError | None = None

    def fresh(self, now: float) -> bool:
        """Whether it may still be used."""
        return 0 <= now - self.at < (UNREACHABLE_SECONDS if self.text is None else KEPT_SECONDS)


class RobotsStore(Protocol):
    """Keeps the robots.txt of origins beyond one run."""

    def robots(self, origin: str) -> RobotsFile | None:
        """The robots.txt of an origin, as far as it is known."""

    def keep_robots(self, origin: str, file: RobotsFile) -> None:
        """Keeps it."""


@dataclass(frozen=True, slots=True)
class _Rules:
    file: RobotsFile
    parsed: Protego


class Robots:
    """Says of every address whether it may be fetched.

    Attributes:
        store: Keeps every robots.txt beyond this run.
    """

    def __init__(self, client: Client, store: RobotsStore | None = None) -> None:
        self._client = client
        self.store = store
        self._rules: OrderedDict[str, _Rules] = OrderedDict()
        self._locks: dict[str, asyncio.Lock] = {}

    async def check(self, address: Address) -> None:
        """Passes an address that may be fetched, and slows its host down where it asks for that.

        Raises:
            FetchError: "robots-disallowed", "robots-unreachable", "crawl-delay-too-long"; or why the host cannot be
                reached at all.
        """
        rules = await self._rules_of(address)
        if (why := rules.file.why) is not None:
            if why.code in _NO_HOST:
                raise FetchError(why.code, f"{address.url}: {why}", temporary=why.temporary)
            sentence = f"{address.url}: {address.origin}/robots.txt cannot be read, so nothing may be fetched: {why}"
            raise FetchError("robots-unreachable", sentence, temporary=True)
        token = self._client.options.token
        if not rules.parsed.can_fetch(address.url, token):
            raise FetchError("robots-disallowed", f"{address.url} is not for {token}, says {address.origin}/robots.txt")
        delay = _delay(rules.parsed, token)
        if delay > (longest := self._client.options.longest_wait):
            raise FetchError(
                "crawl-delay-too-long",
                f"{address.origin}/robots.txt asks for {delay:g} seconds between requests, more than {longest:g}",
            )
        await self._client.hosts.slow_down(address.host, delay)

    async def sitemaps(self, address: Address) -> list[str]:
        """The sitemaps that the robots.txt of an origin names."""
        return list((await self._rules_of(address)).parsed.sitemaps)

    async def _rules_of(self, address: Address) -> _Rules:
        origin = address.origin
        lock = self._locks.setdefault(origin, asyncio.Lock())
        try:
            async with lock:
                known = self._rules.get(origin)
                if known is None or not known.file.fresh(time.time()):
                    known = _Rules(file := await self._file(address), Protego.parse(file.text or ""))
                    self._rules[origin] = known
                    if len(self._rules) > MOST_KEPT:
                        self._rules.popitem(last=False)
                self._rules.move_to_end(origin)
                return known
        finally:
            if not lock.locked() and self._locks.get(origin) is lock:
                del self._locks[origin]

    async def _file(self, address: Address) -> RobotsFile:
        kept = self.store.robots(address.origin) if self.store else None
        if kept and kept.text is not None and kept.fresh(time.time()):
            return kept
        file = await self._fetched(address)
        if self.store and file.text is not None:
            self.store.keep_robots(address.origin, file)
        return file

    async def _fetched(self, address: Address) -> RobotsFile:
        options = self._client.options
        trip = Trip(Budget(options.page_seconds))
        for attempt in range(1, options.tries + 1):
            try:
                return RobotsFile(time.time(), await self._text(address.joined("/robots.txt"), trip))
            except FetchError as error:
                last = attempt == options.tries or not error.temporary or not trip.budget.left
                if last or (error.retry_after or 0.0) > options.longest_wait:
                    return RobotsFile(time.time(), None, error)
                if error.retry_after is None:  # otherwise the host's next turn comes late enough
                    await asyncio.sleep(backoff(attempt, options.backoff))
        raise AssertionError("tries are at least 1")

    async def _text(self, address: Address, trip: Trip) -> str:
        for _ in range(MOST_REDIRECTS + 1):
            answer = await self._client.get(address, trip, limit=MOST_BYTES, any_type=True, cut=True)
            if answer.status in _REDIRECTS:
                try:
                    address = address.joined(answer.headers.get("location", ""))
                except FetchError:
                    return ""
                continue
            if answer.status >= 500:
                raise FetchError("server-error", f"{address.url} answers {answer.status}", temporary=True)
            return answer.content[:MOST_BYTES].decode("utf-8-sig", "replace") if 200 <= answer.status < 300 else ""
        return ""


def _delay(rules: Protego, token: str) -> float:
    """The seconds between requests that a robots.txt asks for, by crawl-delay or by request-rate."""
    delay = rules.crawl_delay(token) or 0.0
    rate = rules.request_rate(token)
    return max(delay, rate.seconds / rate.requests if rate and rate.requests else 0.0)

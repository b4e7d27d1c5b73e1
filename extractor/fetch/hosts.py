"""Politeness: how often, and with how many requests at a time, one host is asked."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable

from aiolimiter import AsyncLimiter

from extractor.fetch.errors import FetchError
from extractor.fetch.options import Options

MOST_HOSTS = 10_000
"""Hosts that are remembered; beyond that, the one that was idle longest is forgotten."""

Release = Callable[[], None]


class _Host:
    def __init__(self, options: Options) -> None:
        self.delay = 1 / options.rate
        self.limiter = _limiter(self.delay)
        self.gate = asyncio.Semaphore(options.host_connections)
        self.users = 0
        self.blocked_until = 0.0


class Hosts:
    """Gives every host its turns."""

    def __init__(self, options: Options) -> None:
        self._options = options
        self._hosts: OrderedDict[str, _Host] = OrderedDict()
        self._connections = asyncio.Semaphore(options.connections)

    async def turn(self, host: str) -> Release:
        """Waits until `host` may be asked; the request is over when what comes back is called.

        Raises:
            FetchError: "host-busy" where the host asked for a longer wait than `Options.longest_wait`.
        """
        known = self._host(host)
        known.users += 1
        try:
            await known.gate.acquire()
        except BaseException:
            known.users -= 1
            raise
        try:
            await self._wait(host, known)
            await self._connections.acquire()
        except BaseException:
            known.gate.release()
            known.users -= 1
            raise
        return _once(known, self._connections)

    def block(self, host: str, seconds: float) -> None:
        """Lets nobody ask `host` for some time, as it has asked for that (Retry-After)."""
        known = self._host(host)
        known.blocked_until = max(known.blocked_until, asyncio.get_running_loop().time() + seconds)

    async def slow_down(self, host: str, delay: float) -> None:
        """Asks `host` no more often than every `delay` seconds (crawl-delay); the longest of its origins holds."""
        known = self._host(host)
        if delay > known.delay:
            known.delay, known.limiter = delay, _limiter(delay)
            await known.limiter.acquire()  # the request for robots.txt was a moment ago

    async def _wait(self, host: str, known: _Host) -> None:
        loop = asyncio.get_running_loop()
        while True:
            left = known.blocked_until - loop.time()
            if left > self._options.longest_wait:
                raise FetchError(
                    "host-busy",
                    f"{host} asks not to be called for another {left:.0f} seconds; run the same command later",
                    temporary=True,
                    retry_after=left,
                )
            if left > 0:
                await asyncio.sleep(left)
                continue
            await known.limiter.acquire()
            if known.blocked_until <= loop.time():
                return

    def _host(self, host: str) -> _Host:
        known = self._hosts.get(host)
        if known is None:
            known = self._hosts[host] = _Host(self._options)
            if len(self._hosts) > MOST_HOSTS:
                self._forget()
        self._hosts.move_to_end(host)
        return known

    def _forget(self) -> None:
        now = asyncio.get_running_loop().time()
        for name, known in self._hosts.items():
            if not known.users and known.blocked_until < now and known.limiter.has_capacity():
                del self._hosts[name]
                return


def _limiter(delay: float) -> AsyncLimiter:
    return AsyncLimiter(1, delay)


def _once(known: _Host, connections: asyncio.Semaphore) -> Release:
    over = False

    def release() -> None:
        nonlocal over
        if not over:
            over = True
            known.gate.release()
            known.users -= 1
            connections.release()

    return release

"""How long the work on one page may take: waiting for a host's turn does not count."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from extractor.fetch.errors import FetchError


class Budget:
    """Seconds of work that a page has left.

    Attributes:
        left: Seconds left.
        working: Whether they are being spent.
    """

    def __init__(self, seconds: float) -> None:
        self.seconds = self.left = seconds
        self.working = False
        self._scope: asyncio.Timeout | None = None

    @asynccontextmanager
    async def spend(self, url: str) -> AsyncIterator[None]:
        """Work on the page, here at `url`.

        Raises:
            FetchError: "fetch-timeout" when the seconds are spent.
        """
        loop = asyncio.get_running_loop()
        if self.left <= 0:
            raise FetchError("fetch-timeout", f"{url} took more than {self.seconds:g} seconds")
        try:
            async with asyncio.timeout(self.left) as self._scope:
                self.working = True
                yield
        except TimeoutError:
            if self._scope is not None and self._scope.expired():
                raise FetchError("fetch-timeout", f"{url} took more than {self.seconds:g} seconds") from None
            raise
        finally:
            self.working = False
            end = self._scope.when() if self._scope else None
            self.left = max(0.0, end - loop.time()) if end is not None else self.left
            self._scope = None

    @asynccontextmanager
    async def paused(self) -> AsyncIterator[None]:
        """Waiting, in the middle of the work."""
        loop = asyncio.get_running_loop()
        scope, end = self._scope, self._scope.when() if self._scope else None
        if scope is None or end is None:
            yield
            return
        self.left = max(0.0, end - loop.time())
        self.working = False
        scope.reschedule(None)
        yield
        self.working = True
        scope.reschedule(loop.time() + self.left)

"""One address from request to page: robots.txt, redirects, further tries, and what a status means."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus

import httpx
from tenacity import AsyncRetrying, RetryCallState, retry_if_exception, stop_after_attempt

from extractor.fetch.addresses import Address
from extractor.fetch.client import Answer, Client
from extractor.fetch.errors import FetchError
from extractor.fetch.robots import Robots
from extractor.fetch.waits import backoff
from extractor.fetch.wire import Trip

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_DENIED = frozenset({401, 402, 403, 407, 451})
_GONE = frozenset({404, 410})


@dataclass(frozen=True, slots=True)
class Page:
    """A page that was fetched.

    Attributes:
        given: The address that was asked for.
        address: The address that answered, after redirects.
        headers: The headers of the answer.
        content: The page, unpacked.
        answer: The answer as it came.
    """

    given: Address
    address: Address
    headers: httpx.Headers
    content: bytes
    answer: Answer = field(repr=False)


class KnownError(Exception):
    """A redirect leads to a page that is known already.

    Attributes:
        address: That page.
    """

    def __init__(self, address: Address) -> None:
        super().__init__(address.url)
        self.address = address


class NotModifiedError(Exception):
    """The page is as it was when it was last fetched (status 304).

    Attributes:
        answer: The answer.
    """

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.url)
        self.answer = answer


class Visitor:
    """Fetches single pages."""

    def __init__(self, client: Client, robots: Robots) -> None:
        self._client = client
        self._robots = robots

    async def visit(
        self,
        address: Address,
        trip: Trip,
        *,
        headers: Mapping[str, str] | None = None,
        known: Callable[[Address], bool] | None = None,
        limit: int | None = None,
        any_type: bool = False,
    ) -> Page:
        """Fetches a page, wherever redirects lead.

        Args:
            address: Where it is.
            trip: Time left and exchanges.
            headers: Headers beside those of every request, such as If-None-Match.
            known: Whether the target of a redirect need not be fetched.
            limit: Most bytes; those of a page when None.
            any_type: Whether what is no HTML is taken too.

        Raises:
            FetchError: There is no page to be had.
            KnownError: A redirect leads to a known page.
            NotModifiedError: The server says 304.
        """
        here, seen = address, {address.url}
        for _ in range(self._client.options.redirects + 1):
            await self._robots.check(here)
            answer = await self._answer(here, trip, headers, limit, any_type=any_type)
            if answer.status == 304:
                raise NotModifiedError(answer)
            if answer.status not in _REDIRECTS:
                _judge(answer)
                return Page(address, here, answer.headers, answer.content, answer)
            here = _target(here, answer)
            if here.url in seen:
                raise FetchError("redirect-loop", f"{address.url} is redirected in a circle, back to {here.url}")
            seen.add(here.url)
            if known and here.key != address.key and known(here):
                raise KnownError(here)
        raise FetchError(
            "too-many-redirects", f"{address.url} is redirected more than {self._client.options.redirects} times"
        )

    async def _answer(
        self, address: Address, trip: Trip, headers: Mapping[str, str] | None, limit: int | None, *, any_type: bool
    ) -> Answer:
        # What tenacity holds, it holds in circles that are freed late: neither answers nor trips may be among it.
        before = len(trip.exchanges)
        async for attempt in self._attempts():
            with attempt:
                for exchange in trip.exchanges[before:]:
                    exchange.kept = False  # of the tries, the last one stands for the page
                return await self._client.get(address, trip, headers=headers, limit=limit, any_type=any_type)
        raise AssertionError("tries are at least 1")

    def _attempts(self) -> AsyncRetrying:
        options = self._client.options

        def passing(error: BaseException) -> bool:
            """Whether an error may pass while we wait."""
            waits = isinstance(error, FetchError) and (error.retry_after or 0.0) <= options.longest_wait
            return waits and isinstance(error, FetchError) and error.temporary

        def wait(state: RetryCallState) -> float:
            """Seconds to wait; where the server said how long, the host's next turn comes late enough."""
            error = state.outcome.exception() if state.outcome else None
            told = isinstance(error, FetchError) and error.retry_after is not None
            return 0.0 if told else backoff(state.attempt_number, options.backoff)

        return AsyncRetrying(
            retry=retry_if_exception(passing),
            wait=wait,
            stop=stop_after_attempt(options.tries),
            sleep=asyncio.sleep,
            reraise=True,
        )


def _target(address: Address, answer: Answer) -> Address:
    location = answer.headers.get("location", "").strip()
    if not location:
        raise FetchError("bad-redirect", f"{address.url} is redirected without saying where to")
    return address.joined(_readable(location))


def _readable(location: str) -> str:
    """A Location header that was sent as bare UTF-8, which httpx reads as ISO 8859-1."""
    try:
        return location.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return location


def _judge(answer: Answer) -> None:
    status = answer.status
    if status == 200:
        return
    phrase = HTTPStatus(status).phrase if status in HTTPStatus._value2member_map_ else ""
    told = f"{answer.url} answers {status} {phrase}".strip()
    if status in _GONE:
        raise FetchError("not-found", told)
    if status in _DENIED:
        raise FetchError("access-denied", told)
    if status >= 500:
        raise FetchError("server-error", told, temporary=True)
    raise FetchError("http-status", told)

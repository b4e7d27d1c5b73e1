"""One request at a time: httpx's transports, the cache, and what their errors mean.

Requests are handed to the transport and not to httpx's client, which would keep cookies, log addresses and look into
redirects: cookies are off because nothing here knows them.
"""

from __future__ import annotations

import base64
import ssl
from collections.abc import Mapping
from contextlib import aclosing
from dataclasses import dataclass
from datetime import UTC, datetime
from types import TracebackType
from typing import Self

import httpx

from extractor.archive.codings import decoded
from extractor.errors import InputError
from extractor.fetch.addresses import Address, redacted
from extractor.fetch.cache import cached
from extractor.fetch.errors import FetchError
from extractor.fetch.guard import Guard, Resolver, resolve
from extractor.fetch.hosts import Hosts
from extractor.fetch.options import Options
from extractor.fetch.waits import retry_after
from extractor.fetch.wire import TRIP, Exchange, Trip, Wire

_PAGES = frozenset({"text/html", "application/xhtml+xml", ""})
_BUSY = frozenset({408, 429, 500, 502, 503, 504})
_BODILESS = frozenset(range(300, 309))
_CONNECT_SECONDS = 15.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back for one address.

    Attributes:
        url: What was asked for.
        status: Status code.
        headers: Its headers.
        content: Its body, unpacked; empty for redirects and 304.
        from_cache: Whether the content comes from the cache, asked again or not.
        raw: The body as it is packed, from the cache too.
        exchange: The exchange with the server, None where there was none.
    """

    url: str
    status: int
    headers: httpx.Headers
    content: bytes
    from_cache: bool
    raw: bytes
    exchange: Exchange | None


class Client:
    """Asks for addresses, as an asynchronous context manager; redirects are the caller's to follow."""

    def __init__(self, options: Options, resolver: Resolver = resolve) -> None:
        self.options = options
        self.hosts = Hosts(options)
        guard = Guard(allow_private=options.allow_private, networks=options.allow_networks, resolver=resolver)
        self._wire = Wire(options, guard, self.hosts)
        self._transport = cached(self._wire, options) if options.cache else self._wire
        self._timeout = httpx.Timeout(options.page_seconds, connect=min(options.page_seconds, _CONNECT_SECONDS))

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._transport.aclose()

    async def get(
        self,
        address: Address,
        trip: Trip,
        *,
        headers: Mapping[str, str] | None = None,
        limit: int | None = None,
        any_type: bool = False,
        cut: bool = False,
    ) -> Answer:
        """Asks once.

        Args:
            address: What is asked for.
            trip: Time left and exchanges of the page.
            headers: Headers beside those of every request.
            limit: Most bytes of the body, packed and unpacked; those of a page when None.
            any_type: Whether what is no HTML is read too.
            cut: Take the first `limit` bytes of a longer body instead of refusing it.

        Raises:
            FetchError: It failed, or the server asks to come later; other statuses are the caller's to judge.
        """
        limit = limit or self.options.page_bytes
        before = len(trip.exchanges)
        trip.asked = address.url
        try:
            request = self._request(address, trip, headers or {})
            async with trip.budget.spend(address.url):
                try:
                    # what is for one user neither goes into the cache nor comes from it
                    transport = self._wire if address.credentials else self._transport
                    response = await transport.handle_async_request(request)
                    response.request = request
                    self._judge(address, response, any_type=any_type)
                    async with aclosing(response):
                        body = await _read(response, limit, address.url, cut=cut)
                finally:
                    await trip.close()
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError) as error:
            raise _meaning(error, address.url) from None
        exchange = trip.exchanges[-1] if len(trip.exchanges) > before else None
        most = max(limit, self.options.page_bytes)
        try:
            content = b"" if response.status_code in _BODILESS else _content(response, body, most, address.url)
        except FetchError:
            if exchange:
                exchange.kept = False
            raise
        from_cache = bool(response.extensions.get("caching", {}).get("from_cache"))
        self._wait_if_asked(address, response)
        return Answer(address.url, response.status_code, response.headers, content, from_cache, body, exchange)

    def _request(self, address: Address, trip: Trip, headers: Mapping[str, str]) -> httpx.Request:
        all_headers = {**self.options.headers(), **headers}
        if address.credentials:
            secret = ":".join(address.credentials).encode()
            all_headers["Authorization"] = f"Basic {base64.b64encode(secret).decode()}"
        extensions = {TRIP: trip, "timeout": self._timeout.as_dict()}
        return httpx.Request("GET", address.url, headers=all_headers, extensions=extensions)

    def _judge(self, address: Address, response: httpx.Response, *, any_type: bool) -> None:
        """Refuses what is no page before its body is read."""
        if response.status_code != 200 or any_type:
            return
        type_ = response.headers.get("content-type", "").partition(";")[0].strip().lower()
        if type_ not in _PAGES:
            raise FetchError("not-a-page", f"{address.url} is {redacted(type_)[:60]}, not an HTML page")

    def _wait_if_asked(self, address: Address, response: httpx.Response) -> None:
        if response.status_code not in _BUSY:
            return
        asked = retry_after(response.headers.get("retry-after"), datetime.now(UTC))
        if asked is not None:
            self.hosts.block(address.host, asked)
        later = f" and asks to wait {asked:.0f} seconds" if asked else ""
        told = f"{address.url} answers {_status(response)}{later}"
        if response.status_code == 429:
            raise FetchError("too-many-requests", told, temporary=True, retry_after=asked)
        raise FetchError("server-error", told, temporary=True, retry_after=asked)


async def _read(response: httpx.Response, limit: int, url: str, *, cut: bool) -> bytes:
    parts: list[bytes] = []
    size = 0
    declared = response.headers.get("content-length", "")
    if not cut and declared.isascii() and declared.isdigit() and int(declared[:18]) > limit:
        raise FetchError("body-too-large", f"{url} has {int(declared[:18]):,} bytes, more than {limit:,}")
    async for chunk in response.aiter_raw():
        parts.append(chunk)
        size += len(chunk)
        if size > limit:
            if cut:
                break
            raise FetchError("body-too-large", f"{url} has more than {limit:,} bytes; the rest was not read")
    return b"".join(parts)[:limit]


def _content(response: httpx.Response, body: bytes, limit: int, url: str) -> bytes:
    try:
        return decoded(body, response.headers.get("content-encoding", ""), limit)
    except InputError as error:
        raise FetchError(error.code, f"{url}: {error}", temporary=error.code == "damaged-body") from None


def _meaning(error: Exception, url: str) -> FetchError:
    """What an error of httpx means, in our terms."""
    told = redacted(str(error)) or type(error).__name__
    if tls := next((cause for cause in _causes(error) if isinstance(cause, ssl.SSLError)), None):
        reason = getattr(tls, "verify_message", None) or tls.reason or told
        return FetchError("tls-failed", f"{url} has no connection to be trusted: {reason}")
    if isinstance(error, httpx.ConnectError | httpx.ConnectTimeout | httpx.PoolTimeout):
        return FetchError("connection-failed", f"{url} cannot be connected to: {told}", temporary=True)
    if isinstance(error, httpx.TimeoutException):
        return FetchError("fetch-timeout", f"{url} sends nothing any more", temporary=True)
    if isinstance(error, httpx.RemoteProtocolError) and "Receive buffer too long" in told:
        return FetchError("headers-too-large", f"{url} answers with more than 100 KiB of headers")
    lost = isinstance(error, httpx.NetworkError) or "peer closed" in told or "disconnected" in told
    if lost or "ConnectionTerminated" in told:
        return FetchError("connection-lost", f"{url} broke off: {told}", temporary=True)
    return FetchError("broken-response", f"{url} does not answer in proper HTTP: {told}")


def _causes(error: BaseException | None) -> list[BaseException]:
    causes: list[BaseException] = []
    while error is not None and len(causes) < 10:
        causes.append(error)
        error = error.__cause__ or error.__context__
    return causes


def _status(response: httpx.Response) -> str:
    return f"{response.status_code} {redacted(response.reason_phrase)}".strip()

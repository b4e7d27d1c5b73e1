"""Where requests go out: in their host's turn, to checked addresses, and kept as they were for the archive."""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path

import httpcore
import httpx

from extractor.errors import InputError
from extractor.fetch.budget import Budget
from extractor.fetch.guard import Guard, GuardedBackend
from extractor.fetch.hosts import Hosts, Release
from extractor.fetch.options import Options
from extractor.page.credentials import without_credentials

TRIP = "warta_trip"
"""The key of a request's extensions that holds its `Trip`."""
_SECRET = frozenset({b"authorization", b"proxy-authorization", b"cookie"})

_PLACES = frozenset({b"location", b"content-location"})


@dataclass(slots=True)
class Exchange:
    """One request and what came back, as on the wire of HTTP.

    Attributes:
        url: What was asked for.
        at: When the request was sent, in UTC.
        request: Request line and headers, without credentials.
        status: Status code.
        head: Status line and headers of the response, without credentials in the addresses of redirects.
        headers: The same headers.
        body: The body with its content coding, without its transfer coding.
        ip: Address that answered.
        protocol: "http/1.1", "http/1.0" or "h2".
        whole: Whether the body came to its end.
        kept: Whether it belongs into an archive: not where its body was refused, or it was asked for again.
    """

    url: str
    at: datetime
    request: bytes
    status: int
    head: bytes
    headers: httpx.Headers
    ip: str | None
    protocol: str
    body: bytearray = field(default_factory=bytearray)
    whole: bool = False
    kept: bool = True


@dataclass(slots=True)
class Trip:
    """What the requests for one page share.

    Attributes:
        budget: The time left.
        exchanges: The exchanges so far.
        asked: The address that is being asked for.
        open: Bodies that are not closed yet; their hosts are waiting for that.
    """

    budget: Budget
    exchanges: list[Exchange] = field(default_factory=list)
    asked: str = ""
    open: list[httpx.AsyncByteStream] = field(default_factory=list)

    async def close(self) -> None:
        """Closes what is open, also where whoever took it has failed."""
        while self.open:
            await self.open.pop().aclose()


class Wire(httpx.AsyncBaseTransport):
    """Sends requests in their host's turn and keeps the exchanges in their trips."""

    def __init__(self, options: Options, guard: Guard, hosts: Hosts) -> None:
        self._network = _GuardedTransport(options, guard)
        self._hosts = hosts

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Sends one request; see `httpx.AsyncBaseTransport`."""
        trip: Trip = request.extensions[TRIP]
        async with trip.budget.paused():
            release = await self._hosts.turn(request.url.raw_host.decode("ascii"))
        try:
            at = datetime.now(UTC)
            response = await self._network.handle_async_request(request)
            exchange = _exchange(request, response, at, trip.asked)
        except BaseException:
            release()
            raise
        trip.exchanges.append(exchange)
        assert isinstance(response.stream, httpx.AsyncByteStream)
        response.stream = _Kept(response.stream, exchange, release)
        trip.open.append(response.stream)
        return response

    async def aclose(self) -> None:
        """Closes the connections."""
        await self._network.aclose()


class _GuardedTransport(httpx.AsyncHTTPTransport):
    """httpx's transport with connections to checked addresses only, and no proxy."""

    def __init__(self, options: Options, guard: Guard) -> None:
        context = _tls(options.ca_file)
        super().__init__(verify=context, trust_env=False)
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=context,
            max_connections=options.connections,
            max_keepalive_connections=options.connections,
            keepalive_expiry=max(5.0, 3 / options.rate),
            http2=options.http2,
            network_backend=GuardedBackend(guard),
        )


class _Kept(httpx.AsyncByteStream):
    """A body that is kept as it passes by; its end is the end of the host's turn."""

    def __init__(self, stream: httpx.AsyncByteStream, exchange: Exchange, release: Release) -> None:
        self._stream = stream
        self._exchange = exchange
        self._release = release

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for chunk in self._stream:
            self._exchange.body += chunk
            yield chunk
        self._exchange.whole = True

    async def aclose(self) -> None:
        try:
            await self._stream.aclose()
        finally:
            self._release()


def _tls(ca_file: Path | None) -> ssl.SSLContext:
    context = httpx.create_ssl_context(trust_env=False)
    if ca_file:
        if ca_file.is_dir():
            raise InputError("unreadable-source", f"{ca_file} is a folder; name a file of certificates")
        try:
            context.load_verify_locations(cafile=ca_file)
        except OSError as error:
            if not isinstance(error, ssl.SSLError):
                told = f"{ca_file} cannot be read: {error.strerror}; check the path of --ca-file"
                raise InputError("unreadable-source", told) from None
            raise InputError("unreadable-source", f"{ca_file} holds no certificates in PEM form: {error}") from None
    return context


def _exchange(request: httpx.Request, response: httpx.Response, at: datetime, url: str) -> Exchange:
    version = response.extensions.get("http_version", b"HTTP/1.1")
    stream = response.extensions.get("network_stream")
    peer = stream.get_extra_info("server_addr") if stream else None
    return Exchange(
        url=url,
        at=at,
        request=_head(
            b"%s %s HTTP/1.1" % (request.method.encode(), request.url.raw_path),
            [(name, value) for name, value in request.headers.raw if name.lower() not in _SECRET],
        ),
        status=response.status_code,
        head=_head(_status_line(response, version), response.headers.raw),
        headers=response.headers,
        ip=peer[0] if peer else None,
        protocol="h2" if version == b"HTTP/2" else version.decode("ascii").lower(),
    )


def _status_line(response: httpx.Response, version: bytes) -> bytes:
    """HTTP/2 has no status line; it is written as in HTTP/1.1, which is what readers of archives know."""
    reason = response.extensions.get("reason_phrase")
    if reason is None:
        known = response.status_code in HTTPStatus._value2member_map_
        reason = HTTPStatus(response.status_code).phrase.encode() if known else b""
    return b"%s %d %s" % (version if version == b"HTTP/1.0" else b"HTTP/1.1", response.status_code, reason)


def _head(line: bytes, headers: list[tuple[bytes, bytes]]) -> bytes:
    """A head in the form of HTTP/1.1; the transfer coding that was undone is named as crawlers name it."""
    lines = [line]
    for name, value in headers:
        undone = name.lower() == b"transfer-encoding"
        if name.lower() in _PLACES:
            value = without_credentials(value.decode("latin-1")).encode("latin-1")
        lines.append(b"%s: %s" % (b"X-Crawl-Transfer-Encoding" if undone else name, value))
    return b"\r\n".join(lines) + b"\r\n\r\n"

"""A real HTTP server on a local port that answers, and misbehaves, as it is told to; it notes what was asked when."""

from __future__ import annotations

import asyncio
import ssl
import threading
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

from extractor.fetch import Options

Writer = asyncio.StreamWriter


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as it came."""

    at: float
    host: str
    target: str
    headers: dict[str, str]

    @property
    def path(self) -> str:
        return urlsplit(self.target).path


Handler = Callable[[Asked, Writer], Awaitable[None]]


@dataclass
class Server:
    """Serves in a thread of its own, as a context manager.

    `routes` maps a path, or a host and a path ("berita.test/x"), to what answers; what has no route is 404, a
    robots.txt without a route too.
    """

    routes: dict[str, Handler] = field(default_factory=dict)
    tls: ssl.SSLContext | None = None
    asked: list[Asked] = field(default_factory=list)
    open_now: int = 0
    most_open: dict[str, int] = field(default_factory=dict)
    port: int = 0

    def __enter__(self) -> Self:
        ready = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve(ready)), daemon=True)
        self._thread.start()
        ready.wait(10)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._loop.call_soon_threadsafe(self._over.set)
        self._thread.join(10)

    async def _serve(self, ready: threading.Event) -> None:
        self._loop, self._over = asyncio.get_running_loop(), asyncio.Event()
        self._busy: dict[str, int] = {}
        self._connections: set[asyncio.Task[None]] = set()
        server = await asyncio.start_server(self._connected, "127.0.0.1", self.port, ssl=self.tls, limit=1 << 20)
        self.port = server.sockets[0].getsockname()[1]
        ready.set()
        await self._over.wait()
        server.close()
        for task in self._connections:
            task.cancel()
        await asyncio.gather(*self._connections, return_exceptions=True)

    async def _connected(self, reader: asyncio.StreamReader, writer: Writer) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._connections.add(task)
        try:
            while not writer.is_closing() and (head := await reader.readuntil(b"\r\n\r\n")):
                await self._answer(_asked(head), writer)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
            pass
        finally:
            self._connections.discard(task)
            writer.close()

    async def _answer(self, asked: Asked, writer: Writer) -> None:
        self.asked.append(asked)
        host = asked.host.partition(":")[0]
        self._busy[host] = self._busy.get(host, 0) + 1
        self.most_open[host] = max(self.most_open.get(host, 0), self._busy[host])
        try:
            handler = self.routes.get(host + asked.path) or self.routes.get(asked.path) or page("no", status=404)
            await handler(asked, writer)
        finally:
            self._busy[host] -= 1

    def url(self, path: str, host: str = "berita.test") -> str:
        return f"{'https' if self.tls else 'http'}://{host}:{self.port}{path}"

    def times(self, path: str | None = None, host: str | None = None) -> list[float]:
        """When a path, or anything but robots.txt, was asked for."""
        return [
            one.at
            for one in self.asked
            if (one.path == path if path else one.path != "/robots.txt")
            and (host is None or one.host.partition(":")[0] == host)
        ]

    def paths(self) -> list[str]:
        return [one.target for one in self.asked if one.path != "/robots.txt"]


def _asked(head: bytes) -> Asked:
    line, *lines = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (one.partition(":") for one in lines if one)}
    return Asked(time.monotonic(), headers.get("host", ""), line.split(" ")[1], headers)


def page(
    body: str | bytes = "", *, status: int = 200, headers: Sequence[tuple[str, str]] = (), type_: str = "text/html"
) -> Handler:
    """A proper answer."""
    content = body.encode() if isinstance(body, str) else body

    async def answer(_: Asked, writer: Writer) -> None:
        lines = [f"HTTP/1.1 {status} Status", f"Content-Length: {len(content)}"]
        lines += [f"Content-Type: {type_}"] if type_ else []
        lines += [f"{name}: {value}" for name, value in headers]
        writer.write("\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + content)

    return answer


def redirect(location: str, status: int = 302) -> Handler:
    return page(status=status, headers=[("Location", location)])


def raw(*pieces: bytes, pause: float = 0.0, close: bool = True) -> Handler:
    """Bytes as they are, with pauses between them."""

    async def answer(_: Asked, writer: Writer) -> None:
        for piece in pieces:
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(pause)
        if close:
            writer.close()

    return answer


def endless(head: bytes, piece: bytes, pause: float = 0.0) -> Handler:
    """Bytes without end."""

    async def answer(_: Asked, writer: Writer) -> None:
        writer.write(head)
        while not writer.is_closing():
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(pause)

    return answer


def in_turn(*handlers: Handler) -> Handler:
    """One answer after the other; the last one from then on."""
    left = list(handlers)

    async def answer(asked: Asked, writer: Writer) -> None:
        await (left.pop(0) if len(left) > 1 else left[0])(asked, writer)

    return answer


def article(title: str = "Rapat Kerja", extra: str = "", sentence: str = "") -> str:
    """A page with an article of ours."""
    return (
        f'<html><head><title>{title}</title><meta property="article:published_time" '
        f'content="2024-02-14T10:00:00+07:00"></head>'
        f"<body><article><h1>{title}</h1>"
        f"<p>Ketua KPU Kabupaten Blora, Rina Astuti, membuka rapat kerja di Hotel Arjuna Blora, Rabu (14/2/2024).</p>"
        f"<p>Rapat itu dihadiri panitia pemilihan kecamatan. {sentence}</p>{extra}</article></body></html>"
    )


async def to_us(host: str, port: int) -> list[str]:
    """Resolves names below .test to this machine, and lets literal addresses be themselves."""
    return ["127.0.0.1"] if host.endswith(".test") else [host]


def quick(**changes: object) -> Options:
    """Options for tests: a local server may be asked often."""
    settings: dict[str, object] = {
        "allow_networks": ("127.0.0.0/8",),
        "rate": 500.0,
        "backoff": 0.01,
        "page_seconds": 5.0,
        "longest_wait": 5.0,
        "contact": "redaksi@example.org",
    }
    return Options(**{**settings, **changes})  # type: ignore[arg-type]

"""The acceptance run of fetching: 2,000 pages of a local server, measured there.

    python -m benchmarks.fetching [PAGES] [FOLDER]

Prints the rates at the server beside those asked for, whether robots.txt held, the memory of the run by quarters, and,
for a run that is killed and resumed, what was asked for twice; and checks that the archives are valid and whole.
"""

from __future__ import annotations

import json
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

COMMAND = "import sys; from extractor.cli import main; sys.exit(main())"
HOSTS = 8
RATE = 12.0
CRAWL_DELAY = 0.125
"""Of the last host; longer than what `RATE` asks for."""
KILLS = 3


class _Quiet(ThreadingHTTPServer):
    def handle_error(self, request: Any, client_address: Any) -> None:
        """A killed client resets its connections; that is what it is for."""


class Server:
    """News sites at several local addresses, as a context manager; notes what was asked for, and when."""

    def __init__(self) -> None:
        self.asked: list[tuple[float, str, str]] = []
        self._servers: list[_Quiet] = []

    def __enter__(self) -> Self:
        for number in range(1, HOSTS + 1):
            server = _Quiet((f"127.0.0.{number}", 0), self._handler(f"127.0.0.{number}"))
            server.daemon_threads = True
            threading.Thread(target=server.serve_forever, daemon=True).start()
            self._servers.append(server)
        return self

    def __exit__(self, *_: object) -> None:
        for server in self._servers:
            server.shutdown()
            server.server_close()

    def urls(self, pages: int) -> list[str]:
        """Addresses of so many pages, all hosts in turn; every tenth one is forbidden by robots.txt."""
        ports = [server.server_address[1] for server in self._servers]
        return [
            f"http://127.0.0.{n % HOSTS + 1}:{ports[n % HOSTS]}/{'pencarian' if n % 10 == 9 else 'berita'}/{n}"
            for n in range(pages)
        ]

    def _handler(self, host: str) -> type[BaseHTTPRequestHandler]:
        noted = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                noted.asked.append((time.monotonic(), host, self.path))
                content = _robots(host) if self.path == "/robots.txt" else _page(self.path)
                type_ = "text/plain" if self.path == "/robots.txt" else "text/html; charset=utf-8"
                self.send_response(200)
                self.send_header("Content-Type", type_)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, format: str, *args: Any) -> None:
                pass

        return Handler


def _robots(host: str) -> bytes:
    slow = f"Crawl-delay: {CRAWL_DELAY}\n" if host.endswith(f".{HOSTS}") else ""
    return f"User-agent: *\nDisallow: /pencarian/\n{slow}".encode()


def _page(path: str) -> bytes:
    chance = random.Random(path)
    words = ["warga", "jalan", "pasar", "hujan", "sekolah", "sungai", "kebun", "panitia", "hari", "rapat"]
    text = "".join(f"<p>{' '.join(chance.choices(words, k=60))}.</p>" for _ in range(150))
    return f"<html><body><article><h1>Rapat {path}</h1>{text}</article></body></html>".encode()


def command(addresses: Path, out: Path) -> list[str]:
    """The command line of a run."""
    options = ["--rate", str(RATE), "--allow-network", "127.0.0.0/8", "--contact", "redaksi@example.org", "--quiet"]
    return [sys.executable, "-c", COMMAND, "fetch", "--from", str(addresses), "-o", str(out), *options]


def unbroken(addresses: Path, out: Path) -> list[float]:
    """Runs once; returns the memory in MiB, sampled all the while."""
    samples: list[float] = []
    with subprocess.Popen(command(addresses, out)) as process:
        while process.poll() is None:
            samples.append(_memory(process.pid))
            time.sleep(0.2)
    assert process.returncode == 3, process.returncode
    return [sample for sample in samples if sample]


def killed(addresses: Path, out: Path, seconds: float, server: Server) -> tuple[int, int]:
    """Runs, is killed at random moments, and is resumed.

    Returns:
        The number of kills, and of pages that were done at a kill and asked for again all the same.
    """
    kills = twice = 0
    done: set[str] = set()
    while True:
        before = len(server.asked)
        with subprocess.Popen(command(addresses, out)) as process:
            try:
                process.wait(None if kills == KILLS else 3 + random.uniform(0.1, 0.25) * seconds)
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
        twice += sum(f"{host}{path}" in done for _, host, path in server.asked[before:])
        if process.returncode == -signal.SIGKILL:
            kills += 1
            done = _done(out)
            continue
        assert process.returncode == 3, process.returncode
        return kills, twice


def _done(out: Path) -> set[str]:
    """The pages that a killed run had committed, as host and path."""
    with sqlite3.connect(out.with_name(f".{out.name}.ledger")) as base:
        urls = [url for (url,) in base.execute("SELECT url FROM pages WHERE state = 'fetched'")]
    base.close()
    parts = map(urlsplit, urls)
    return {f"{part.hostname}{part.path}" for part in parts}


def check(out: Path, pages: int) -> str:
    """Whether an archive is valid and holds every page that may be fetched once."""

    class Arguments:
        inputs = [str(out)]  # noqa: RUF012
        verbose = False

    valid = Checker(Arguments()).process_all() == 0
    with out.open("rb") as stream:
        records = (r for r in ArchiveIterator(stream) if r.rec_type == "response")
        bodies = {r.rec_headers["WARC-Target-URI"]: r.content_stream().read() for r in records}
    same = all(body == _page("/" + url.split("/", 3)[3]) for url, body in bodies.items())
    whole = len(bodies) == pages
    return f"valid {valid}, {len(bodies)} pages ({'all' if whole else 'NOT ALL'}), identical with what was sent {same}"


def rates(server: Server) -> None:
    """Prints what each host was asked for, and how often."""
    for number in range(1, HOSTS + 1):
        host = f"127.0.0.{number}"
        times = sorted(at for at, name, _ in server.asked if name == host)
        gaps = sorted(later - earlier for earlier, later in pairwise(times))
        limit = 1 / CRAWL_DELAY if number == HOSTS else RATE
        rate = (len(times) - 1) / (times[-1] - times[0])
        most = max(sum(1 for t in times if start <= t < start + 1) for start in times)
        print(
            f"  {host}: {len(times)} requests, {rate:.2f} a second of {limit:g} allowed; at most {most} in any second, "
            f"median gap {gaps[len(gaps) // 2]:.3f} s"
        )


def _memory(pid: int) -> float:
    try:
        pages = Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]
    except (OSError, IndexError):
        return 0.0
    return int(pages) * 4096 / 2**20


def main() -> None:
    """Runs both and prints what came of them."""
    pages = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        addresses = folder / "addresses.txt"
        with Server() as server:
            urls = server.urls(pages)
            allowed = sum("/berita/" in url for url in urls)
            addresses.write_text("\n".join(urls), encoding="utf-8")
            begin = time.monotonic()
            samples = unbroken(addresses, folder / "pages.warc.gz")
            seconds = time.monotonic() - begin
            print(f"{pages} addresses in {seconds:.0f} s, {allowed / seconds:.1f} pages a second over {HOSTS} hosts")
            rates(server)
            print(f"forbidden by robots.txt and asked for: {sum('/pencarian/' in path for *_, path in server.asked)}")
            quarter = max(len(samples) // 4, 1)
            peaks = [max(samples[i : i + quarter]) for i in range(0, quarter * 4, quarter)]
            print(f"memory by quarters, MiB: {', '.join(f'{peak:.1f}' for peak in peaks)}")
            print(f"accounts: {json.loads((folder / 'pages.warc.gz.fetch.json').read_bytes())['accounts']}")
            print(f"archive: {check(folder / 'pages.warc.gz', allowed)}")
            server.asked.clear()
            kills, twice = killed(addresses, folder / "killed.warc.gz", seconds, server)
            asked = Counter(host + path for _, host, path in server.asked if path != "/robots.txt")
            again = sum(count - 1 for count in asked.values())
            print(
                f"killed {kills} times: {sum(asked.values())} requests for {len(asked)} pages; fetched twice: {twice}, "
                f"on the wire at a kill and asked for again: {again - twice}"
            )
            print(f"accounts: {json.loads((folder / 'killed.warc.gz.fetch.json').read_bytes())['accounts']}")
            print(f"archive: {check(folder / 'killed.warc.gz', allowed)}")


if __name__ == "__main__":
    main()

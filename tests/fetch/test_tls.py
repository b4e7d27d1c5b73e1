"""TLS is verified, host names included, and HTTP/2 is spoken where it is offered."""

from __future__ import annotations

import asyncio
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from hypercorn.asyncio import serve
from hypercorn.config import Config

from extractor.fetch import Options, Sources, Summary, fetch
from extractor.patterns import load_patterns
from tests.fetch.server import Server, article, page, quick, to_us
from tests.fetch.test_archive import is_valid, records

PATTERNS = load_patterns()


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for berita.test that nobody trusts, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "berita.test")])
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    builder = builder.serial_number(1).not_valid_before(datetime.now(UTC) - timedelta(days=1))
    builder = builder.not_valid_after(datetime.now(UTC) + timedelta(days=1))
    builder = builder.add_extension(x509.SubjectAlternativeName([x509.DNSName("berita.test")]), critical=False)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    pem = builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path = tmp_path_factory.mktemp("tls") / "berita.pem"
    path.write_bytes(pem + secret)
    return path


def run(out: Path, url: str, options: Options) -> Summary:
    return asyncio.run(fetch(Sources((url,)), out, PATTERNS, options, resolver=to_us))


def test_tls_is_verified(certificate: Path, tmp_path: Path) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with Server({"/a": page(article())}, tls=context) as server:
        out = tmp_path / "pages.warc.gz"
        assert run(out, server.url("/a"), quick()).failures == {"tls-failed": 1}
        trusting = quick(ca_file=certificate)
        other = run(tmp_path / "other.warc.gz", server.url("/a", "lain.test"), trusting)
        assert other.failures == {"tls-failed": 1}, "the name does not fit"
        assert run(tmp_path / "trusted.warc.gz", server.url("/a"), trusting).fetched == 1


async def app(scope: Any, receive: Any, send: Any) -> None:
    if scope["type"] == "http":
        found = scope["path"] == "/a"
        headers = [(b"content-type", b"text/html"), (b"x-version", scope["http_version"].encode())]
        await send({"type": "http.response.start", "status": 200 if found else 404, "headers": headers})
        await send({"type": "http.response.body", "body": article().encode() if found else b""})


@contextmanager
def http2(certificate: Path, port: int) -> Iterator[None]:
    config = Config()
    config.bind = [f"127.0.0.1:{port}"]
    config.certfile = config.keyfile = str(certificate)
    config.errorlog = None
    over, ready = threading.Event(), threading.Event()

    async def main() -> None:
        async def trigger() -> None:
            ready.set()
            while not over.is_set():
                await asyncio.sleep(0.02)

        await serve(app, config, shutdown_trigger=trigger)

    thread = threading.Thread(target=lambda: asyncio.run(main()), daemon=True)
    thread.start()
    ready.wait(10)
    yield
    over.set()
    thread.join(10)


def test_http2(certificate: Path, tmp_path: Path) -> None:
    with Server() as probe:
        port = probe.port
    out = tmp_path / "pages.warc.gz"
    with http2(certificate, port):
        url = f"https://berita.test:{port}/a"
        assert run(out, url, quick(ca_file=certificate, backoff=0.3)).fetched == 1
    (response,) = [record for record in records(out) if record[0] == "response"]
    assert response[1]["WARC-Protocol"] == "h2"
    assert response[2].startswith(b"HTTP/1.1 200 OK\r\n")
    assert b"x-version: 2" in response[2]
    assert response[3] == article().encode()
    assert is_valid(out)

"""Undoes the content coding of a body, within bounds, as leniently as browsers do (RFC 9110, section 8.4)."""

from __future__ import annotations

import zlib

from extractor.errors import InputError

_GZIP, _ZLIB, _BARE = zlib.MAX_WBITS | 16, zlib.MAX_WBITS, -zlib.MAX_WBITS
_GZIP_MAGIC = b"\x1f\x8b"
_MOST_CODINGS = 3


def decoded(body: bytes, codings: str, limit: int) -> bytes:
    """The content of a body.

    Args:
        body: As it came.
        codings: The Content-Encoding header; "" for none.
        limit: Most bytes that it may unpack to.

    Raises:
        InputError: "unpacks-too-large", "damaged-body", or "unknown-coding" for others than gzip and deflate.
    """
    names = [name for part in codings.lower().split(",") if (name := part.strip()) not in ("", "identity")]
    if len(names) > _MOST_CODINGS:
        raise InputError("unknown-coding", f"the body is packed {len(names)} times")
    for name in reversed(names):
        if name not in ("gzip", "x-gzip", "deflate"):
            raise InputError("unknown-coding", f"the body is packed as {name[:40]!r}, which is not read")
        body = _unpacked(body, _GZIP if name != "deflate" else _deflate(body), limit)
    return body


def _deflate(body: bytes) -> int:
    """What zlib must be told: "deflate" means the zlib format, but some servers send bare deflate."""
    headed = len(body) >= 2 and body[0] & 0x0F == 8 and int.from_bytes(body[:2]) % 31 == 0
    return _ZLIB if headed else _BARE


def _unpacked(body: bytes, wbits: int, limit: int) -> bytes:
    parts: list[bytes] = []
    size = 0
    rest = body
    while rest:
        unpacker = zlib.decompressobj(wbits)
        try:
            part = unpacker.decompress(rest, limit + 1 - size)
        except zlib.error as error:
            raise InputError("damaged-body", f"the body cannot be unpacked: {error}") from None
        parts.append(part)
        size += len(part)
        if size > limit:
            raise InputError("unpacks-too-large", f"the body unpacks from {len(body):,} bytes to more than {limit:,}")
        if not unpacker.eof:
            raise InputError("damaged-body", "the body cannot be unpacked: it ends too early")
        rest = unpacker.unused_data  # members may follow each other, or what is to be ignored
        if not rest.startswith(_GZIP_MAGIC):
            break
    return b"".join(parts)

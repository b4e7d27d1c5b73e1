"""Undoes the content coding of a body, within bounds (RFC 9110, section 8.4)."""

from __future__ import annotations

import zlib

from extractor.fetch.errors import FetchError

_GZIP, _EITHER = zlib.MAX_WBITS | 16, zlib.MAX_WBITS | 32
_MAGIC = b"\x1f\x8b"
_MOST_CODINGS = 3


def decoded(body: bytes, codings: str, limit: int, url: str) -> bytes:
    """The content of a body.

    Args:
        body: As it came.
        codings: The Content-Encoding header; "" for none.
        limit: Most bytes that it may unpack to.
        url: For messages.

    Raises:
        FetchError: "unpacks-too-large", "damaged-body", or "unknown-coding" for what we did not ask for.
    """
    names = [name for part in codings.lower().split(",") if (name := part.strip()) not in ("", "identity")]
    if len(names) > _MOST_CODINGS:
        raise FetchError("unknown-coding", f"{url} is packed {len(names)} times")
    for name in reversed(names):
        if name not in ("gzip", "x-gzip", "deflate"):
            raise FetchError("unknown-coding", f"{url} is packed as {name[:40]!r}, which was not asked for")
        body = _unpacked(body, _wbits(name, body), limit, url)
    return body


def _wbits(name: str, body: bytes) -> int:
    """What zlib must be told; "deflate" means the zlib format, but some servers send bare deflate."""
    if name != "deflate":
        return _GZIP
    bare = len(body) < 2 or body[0] & 0x0F != 8 or int.from_bytes(body[:2]) % 31
    return -zlib.MAX_WBITS if bare else _EITHER


def _unpacked(body: bytes, wbits: int, limit: int, url: str) -> bytes:
    parts: list[bytes] = []
    size = 0
    rest = body
    try:
        while rest:
            unpacker = zlib.decompressobj(wbits)
            part = unpacker.decompress(rest, limit + 1 - size)
            parts.append(part)
            size += len(part)
            if size > limit:
                raise FetchError("unpacks-too-large", f"{url} unpacks from {len(body):,} bytes to more than {limit:,}")
            if not unpacker.eof:
                raise zlib.error("it ends too early")
            rest = unpacker.unused_data  # members may follow each other, or what is to be ignored
            if not rest.startswith(_MAGIC):
                break
    except zlib.error as error:
        raise FetchError("damaged-body", f"{url} cannot be unpacked: {error}", temporary=True) from None
    return b"".join(parts)

"""Keeps user and password of an address out of records, files and messages."""

from __future__ import annotations

import re
from urllib.parse import urlsplit, urlunsplit


def without_credentials(url: str) -> str:
    """An address without user and password.

    Of what is malformed, as an address is whose password holds a slash, all goes that may be part of them: up to the
    last at sign.

    Args:
        url: The address, absolute or not; what holds no at sign comes back as it is.
    """
    if "@" not in url:
        return url
    try:
        parts = urlsplit(url)
        _ = parts.port
        netloc = parts.netloc.rpartition("@")[2]
    except ValueError:
        return masked(url)
    if is_doubtful(url):
        return masked(url)
    return url if netloc == parts.netloc else urlunsplit(parts._replace(netloc=netloc))


def is_doubtful(url: str) -> bool:
    """Whether what looks like a password stands outside of where passwords are: `u:p@h/`, `http:/u:p@h/`, `//u:#@h`."""
    if "@" not in url or re.match(r"mailto:|/(?!/)", url, re.IGNORECASE):
        return False
    head, slashes, rest = url.partition("//")
    authority = re.split(r"[/?#]", rest, maxsplit=1)[0]
    if not slashes or not (head == "" or head.endswith(":")):
        return ":" in re.split(r"[/?#@]", url, maxsplit=1)[0]
    return "@" not in authority and authority.endswith(":")


def masked(text: str) -> str:
    """A text without anything before its last at sign that may be user and password of an address."""
    head, at, tail = text.rpartition("@")
    if not at:
        return text
    begin = re.search(r"(?:\b[a-z][a-z0-9+.-]{0,30}:)?//|\bhttps?:/?", head, re.IGNORECASE)
    return head[: begin.end()] + tail if begin else tail

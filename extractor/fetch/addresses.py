"""Addresses of pages: what may be asked for, in one form, without credentials.

The form that is asked for follows RFC 3986 (scheme and host in lower case, no default port, no fragment, the rest
percent-encoded) and IDNA 2008 (RFC 5891, with the mapping of UTS 46) for host names. Two addresses with the same key
are the same page: the order of parameters and those of campaigns count for nothing there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import SplitResult, unquote, urljoin, urlsplit, urlunsplit

import idna
from w3lib.url import canonicalize_url, safe_url_string

from extractor.fetch.errors import FetchError
from extractor.page.credentials import is_doubtful, masked, without_credentials
from extractor.page.pages import without_tracking

LONGEST = 8000
_DEFAULT_PORTS = {"http": 80, "https": 443}
_DOT = re.compile("%2e", re.IGNORECASE)
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]{0,30}):", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Address:
    """Where a page is.

    Attributes:
        url: What is asked for; without credentials and fragment.
        key: What it is told apart from other pages by.
        credentials: User and password that stood in the address; they are sent to its host only and written nowhere.
    """

    url: str
    key: str
    credentials: tuple[str, str] | None = None

    @property
    def host(self) -> str:
        """The host name, in the form that DNS knows."""
        return urlsplit(self.url).hostname or ""

    @property
    def origin(self) -> str:
        """Scheme, host and port: what a robots.txt holds for (RFC 9309, section 2.3)."""
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.netloc}"

    def joined(self, location: str) -> Address:
        """The address that a redirect or a link on this page leads to.

        Raises:
            FetchError: It is none, or its scheme is neither http nor https.
        """
        try:
            url = urljoin(self.url, location.strip())
        except ValueError:
            raise _bad(location, "it is malformed") from None
        found = parse_address(url)
        same = found.origin == self.origin and found.credentials is None
        return Address(found.url, found.key, self.credentials) if same else found


def parse_address(text: str) -> Address:
    """The address that a text writes.

    Raises:
        FetchError: "bad-address", or "unsupported-scheme" for what is neither http nor https.
    """
    if not isinstance(text, str):
        raise FetchError("bad-address", f"{text!r} is not an address; give a text")
    text = text.strip()
    if len(text) > LONGEST:
        raise _bad(text, f"it has more than {LONGEST} characters")
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError as error:
        raise _bad(text, "its host or port is malformed" if "@" in text else str(error)) from None
    _check_scheme(text, parts)
    if is_doubtful(text):
        raise _bad(text, "a user or password in it is not written as it should be; percent-encode it")
    host = _host(text, parts.hostname or "")
    netloc = host if port in (None, _DEFAULT_PORTS[parts.scheme]) else f"{host}:{port}"
    try:
        url = _without_dots(safe_url_string(urlunsplit((parts.scheme, netloc, parts.path or "/", parts.query, ""))))
        key = canonicalize_url(without_tracking(url))
    except (ValueError, UnicodeError) as error:
        raise _bad(text, str(error)) from None
    credentials = (unquote(parts.username), unquote(parts.password or "")) if parts.username else None
    return Address(url, key, credentials)


def redacted(text: str) -> str:
    """A text without credentials in addresses, on one line and not too long: for messages."""
    return " ".join(masked(text).split())[:300]


def shown(text: str) -> str:
    """An address as it was given, without credentials: for accounts of what was given."""
    return " ".join(without_credentials(text).split())[:LONGEST]


def _without_dots(url: str) -> str:
    """The address without "." and ".." in its path (RFC 3986, section 5.2.4), however their dots are written."""
    parts = urlsplit(url)
    segments = parts.path.split("/")
    kept: list[str] = []
    for segment in segments:
        plain = _DOT.sub(".", segment)
        if plain == ".." and len(kept) > 1:
            kept.pop()
        elif plain not in (".", ".."):
            kept.append(segment)
    if _DOT.sub(".", segments[-1]) in (".", ".."):
        kept.append("")
    return urlunsplit(parts._replace(path="/".join(kept)))


def _check_scheme(text: str, parts: SplitResult) -> None:
    if parts.scheme in _DEFAULT_PORTS:
        return
    match = _SCHEME.match(text)
    if parts.scheme and match and ("//" in text[: match.end() + 2] or "." not in match[1]):
        sentence = f"{redacted(text)}: {match[1]} is not fetched; give an http or https address"
        raise FetchError("unsupported-scheme", sentence)
    raise _bad(text, "it has no scheme; begin it with https://")


def _host(text: str, host: str) -> str:
    if not host:
        raise _bad(text, "it names no host")
    try:
        ip = ip_address(host)
    except ValueError:
        pass
    else:
        return f"[{ip}]" if ip.version == 6 else str(ip)
    try:
        return idna.encode(host.rstrip("."), uts46=True, transitional=False).decode().lower()
    except (idna.IDNAError, UnicodeError):
        if re.fullmatch(r"[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63}){0,20}", host):  # underscores, as some hosts have
            return host
        raise _bad(text, f"{host!r} is not a host name" if "@" not in text else "its host is not a name") from None


def _bad(text: str, why: str) -> FetchError:
    return FetchError("bad-address", f"{redacted(text) or 'an empty address'} is not an address: {redacted(why)}")

"""How pages are fetched."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from extractor._version import __version__
from extractor.errors import InputError
from extractor.page.decode import MAX_SIZE

PRODUCT = "warta"
"""The product token that robots.txt names us by (RFC 9309, section 2.2.1)."""

_LEAST = {
    "rate": 1e-6,
    "host_connections": 1,
    "connections": 1,
    "look_ahead": 1,
    "page_seconds": 1e-3,
    "page_bytes": 1,
    "redirects": 0,
    "tries": 1,
    "backoff": 0,
    "longest_wait": 0,
}
_TEXT = re.compile(r"[!-~](?:[ -~]*[!-~])?")
_PRODUCT = re.compile(r"[\w!#$%&'*+.^`|~-]+", re.ASCII)


@dataclass(frozen=True, slots=True)
class Options:
    """How pages are fetched; the defaults are those of a guest who wants to be welcome again.

    Attributes:
        contact: A mail address or a page about who fetches and why; goes into the user agent.
        user_agent: The whole user agent instead of ours. robots.txt is read for its first product token.
        rate: Requests a second to one host, at most; a crawl-delay that is longer wins.
        host_connections: Requests at a time to one host.
        connections: Requests at a time to all hosts.
        look_ahead: Number of addresses that wait for their host's turn, so that other hosts need not wait for it.
        page_seconds: Most seconds of work on one page, redirects and further tries included; waiting for the host's
            turn does not count.
        page_bytes: Most bytes of a page, both as it comes and unpacked.
        redirects: Most redirects that are followed for one page.
        tries: Most requests for one address when the failure is a passing one.
        backoff: Seconds to wait before the second try; twice as long before each further one, with some chance in it.
        longest_wait: Most seconds to wait because a server asks for it (Retry-After, crawl-delay).
        whole: Ask known sites for all pages of an article that is split.
        allow_private: Also connect to private, loopback and link-local addresses.
        allow_networks: Networks such as "10.1.0.0/16", or one of them, that may be connected to although private.
        cache: Folder of an HTTP cache (RFC 9111) that runs share; none when None.
        ca_file: File of certificates to trust besides those that are trusted everywhere.
        http2: Speak HTTP/2 with servers that offer it.

    Raises:
        InputError: "bad-option" where a value is none that can be used.
    """

    contact: str | None = None
    user_agent: str | None = None
    rate: float = 1.0
    host_connections: int = 2
    connections: int = 32
    look_ahead: int = 1000
    page_seconds: float = 60.0
    page_bytes: int = MAX_SIZE
    redirects: int = 10
    tries: int = 3
    backoff: float = 1.0
    longest_wait: float = 120.0
    whole: bool = True
    allow_private: bool = False
    allow_networks: Sequence[str] = ()
    cache: Path | None = None
    ca_file: Path | None = None
    http2: bool = True

    def __post_init__(self) -> None:
        for name, least in _LEAST.items():
            value = getattr(self, name)
            if not (isinstance(value, int | float) and math.isfinite(value) and value >= least):
                raise InputError("bad-option", f"{name} is {value}; give a number of at least {least:g}")
        for name, value in (("contact", self.contact), ("user_agent", self.user_agent)):
            if value and not _TEXT.fullmatch(value):
                told = f"{name} is {value!r}; it goes into a header of HTTP: write it in ASCII, on one line"
                raise InputError("bad-option", told)
        if self.user_agent is not None and not _PRODUCT.match(self.user_agent):
            told = f"user_agent is {self.user_agent!r}; begin it with the name that robots.txt may call it by"
            raise InputError("bad-option", told)
        if isinstance(self.allow_networks, str):
            object.__setattr__(self, "allow_networks", (self.allow_networks,))

    @property
    def agent(self) -> str:
        """The value of the User-Agent header (RFC 9110, section 10.1.5)."""
        if self.user_agent:
            return self.user_agent
        return f"{PRODUCT}/{__version__} (+{self.contact})" if self.contact else f"{PRODUCT}/{__version__}"

    @property
    def token(self) -> str:
        """The product token that robots.txt is read for."""
        found = _PRODUCT.match(self.agent)
        return found[0] if found else PRODUCT

    def headers(self) -> dict[str, str]:
        """The headers of every request; robots name who answers for them (RFC 9110, section 10.1.2)."""
        headers = {
            "User-Agent": self.agent,
            "Accept": "text/html,application/xhtml+xml;q=0.9,*/*;q=0.1",
            "Accept-Language": "id,en;q=0.3",
            "Accept-Encoding": "gzip",
        }
        if self.contact and "@" in self.contact and "/" not in self.contact:
            headers["From"] = self.contact.removeprefix("mailto:")
        return headers

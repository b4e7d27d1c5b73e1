"""How pages are fetched."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from extractor._version import __version__
from extractor.page.decode import MAX_SIZE

PRODUCT = "warta"
"""The product token that robots.txt names us by (RFC 9309, section 2.2.1)."""


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
        allow_networks: Networks such as "10.1.0.0/16" that may be connected to although they are private.
        cache: Folder of an HTTP cache (RFC 9111) that runs share; none when None.
        ca_file: File of certificates to trust besides those that are trusted everywhere.
        http2: Speak HTTP/2 with servers that offer it.
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
    allow_networks: tuple[str, ...] = ()
    cache: Path | None = None
    ca_file: Path | None = None
    http2: bool = True

    def __post_init__(self) -> None:
        least = {"rate": 1e-6, "host_connections": 1, "connections": 1, "look_ahead": 1, "page_bytes": 1, "tries": 1}
        for name, value in least.items():
            if getattr(self, name) < value:
                raise ValueError(f"{name} is {getattr(self, name)}; give at least {value:g}")

    @property
    def agent(self) -> str:
        """The value of the User-Agent header (RFC 9110, section 10.1.5)."""
        if self.user_agent:
            return self.user_agent
        return f"{PRODUCT}/{__version__} (+{self.contact})" if self.contact else f"{PRODUCT}/{__version__}"

    @property
    def token(self) -> str:
        """The product token that robots.txt is read for."""
        return self.agent.split("/")[0].split()[0]

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

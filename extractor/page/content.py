"""Takes responses of HTTP apart, whichever library made them: the body, the address, the encoding named.

They are told by what they have: httpx and requests `content`, `headers` and `url`; Scrapy and web-poet `body`,
`headers` and `url`. None of these libraries is imported. Last-Modified is not taken for a time of publication: it is
when the file was written, which for a page made on demand is now.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Protocol

from extractor.page.credentials import without_credentials

_CHARSET: Final = re.compile(r";\s{0,10}charset\s{0,5}=\s{0,5}[\"']?\s{0,5}([\w.:-]{2,40})", re.IGNORECASE)


Headers = Mapping[Any, Any] | Iterable[tuple[Any, Any]]


class Response(Protocol):
    """What all responses have; the body besides, as `content` or as `body`."""

    @property
    def headers(self) -> Any:
        """The headers by name."""

    @property
    def url(self) -> Any:
        """Where it was fetched from."""


@dataclass(frozen=True, slots=True)
class Content:
    """A page as it is handed over.

    Attributes:
        html: The page, as bytes or as text.
        url: Where it was fetched from.
        charset: Encoding named by the HTTP header.
    """

    html: str | bytes
    url: str | None = None
    charset: str | None = None


def content_of(page: Any, headers: Headers | None = None) -> Content:
    """The content of a page.

    Args:
        page: Bytes, text, or a response of httpx, requests, Scrapy or web-poet; what is none of them is passed on as
            it is.
        headers: The headers that came with it; those of the response when None.
    """
    if isinstance(page, str | bytes):
        return Content(page, charset=charset_of(headers))
    own = getattr(page, "headers", None)
    for name in ("content", "body"):
        html = getattr(page, name, None)
        if isinstance(html, bytes) and own is not None:
            return Content(bytes(html), _url_of(page), charset_of(headers or own))
    return Content(page)


def _url_of(response: object) -> str | None:
    """The address of a response, without user and password; None where it has none."""
    try:
        url = getattr(response, "url", None)
    except RuntimeError:  # a response of httpx that no request led to
        return None
    return without_credentials(str(url)) if url else None


def charset_of(headers: Headers | None) -> str | None:
    """The encoding that the Content-Type names (RFC 9110, section 8.3.2); None where it names none.

    Args:
        headers: Headers by name in any case, as text or as bytes, also in lists; or pairs of name and value.
    """
    pairs = headers.items() if isinstance(headers, Mapping) else headers
    for name, value in pairs or ():
        if _text(name).lower() == "content-type":
            while isinstance(value, list | tuple) and value:
                value = value[-1]
            found = _CHARSET.search(_text(value))
            return found[1] if found else None
    return None


def _text(value: object) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else str(value)

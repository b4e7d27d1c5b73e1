"""HTML or scraped page text in, a cleaned article out.

What reads HTML is imported on first use: BeautifulSoup and its parsers take a tenth of a second, and texts do without.
"""

from typing import TYPE_CHECKING, Any

from extractor.page.join import join_pages
from extractor.page.page import Page
from extractor.page.text import read_text

if TYPE_CHECKING:
    from extractor.page.html import read_html

__all__ = ["Page", "join_pages", "read_html", "read_text"]


def __getattr__(name: str) -> Any:
    if name == "read_html":
        from extractor.page.html import read_html

        return read_html
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

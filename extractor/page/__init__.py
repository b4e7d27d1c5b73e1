"""HTML or scraped page text in, a cleaned article out."""

from extractor.page.html import read_html
from extractor.page.join import join_pages
from extractor.page.page import Page
from extractor.page.text import read_text

__all__ = ["Page", "join_pages", "read_html", "read_text"]

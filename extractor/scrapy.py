"""Warta inside Scrapy: an item pipeline, and a page object for scrapy-poet.

Needs `pip install 'warta[scrapy]'`. `docs/scrapy_spider.py` is a spider that uses both.
"""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Self

from extractor.errors import InputError
from extractor.page.content import content_of
from extractor.page.credentials import without_credentials
from extractor.pipeline import Extractor, load
from extractor.record import Record

if _missing := [name for name in ("itemadapter", "scrapy", "web_poet") if find_spec(name) is None]:
    told = f"extractor.scrapy needs {', '.join(_missing)}; install what it needs with pip install 'warta[scrapy]'"
    raise InputError("missing-extra", told)

from itemadapter import ItemAdapter
from web_poet import WebPage

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

RESPONSE, HTML, URL, RECORD = "response", "html", "url", "record"


class RecordPipeline:
    """An item pipeline that adds the record of an item's page to the item.

    An item holds the page as "response" (Scrapy's; it is taken out), or as "html" (text or bytes) and "url". The record
    goes into "record", as a dict. A page that cannot be read gives an empty record whose warning has the code and says
    why: no item is dropped. Items with neither field are passed on as they are.

    Settings: `WARTA_PATTERNS`, a folder of your own rule data.
    """

    def __init__(self, extractor: Extractor) -> None:
        self.extractor = extractor

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Makes the pipeline for a crawler; see Scrapy's item pipelines."""
        return cls(load(crawler.settings.get("WARTA_PATTERNS")))

    def process_item(self, item: Any) -> Any:
        """Adds the record."""
        adapter = ItemAdapter(item)
        page = adapter.get(RESPONSE)
        if page is None:
            page = adapter.get(HTML)
        if page is not None:
            record = record_of(self.extractor, page, adapter.get(URL))
            adapter[RECORD] = record.model_dump(mode="json")
            if RESPONSE in adapter:
                del adapter[RESPONSE]
        return item


class RecordPage(WebPage[Record]):
    """A page object whose item is the record of the page; ask for it in a callback of a spider with scrapy-poet.

    Attributes:
        extractor: What extracts; one with our rule data is built at the first page. Set it on the class to use yours.
    """

    extractor: Extractor | None = None

    async def to_item(self) -> Record:
        """The record; an empty one with the reason as its warning where the page cannot be read."""
        if RecordPage.extractor is None:
            RecordPage.extractor = load()
        return record_of(self.extractor or RecordPage.extractor, self.response, None)


def record_of(extractor: Extractor, page: Any, url: str | None) -> Record:
    """The record of a response, of bytes or of text; an empty one where the page cannot be read."""
    content = content_of(page)
    url = without_credentials(url) if isinstance(url, str) and url else content.url
    try:
        if not isinstance(content.html, str | bytes):
            raise InputError("bad-row", f"the page is a {type(page).__name__}; give a response, bytes or text")
        return extractor.extract(page, url=url, source=url)
    except InputError as error:
        return extractor.empty_record(error, url=url, source=url)

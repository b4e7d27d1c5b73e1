"""A spider that reads a news site's feed and yields a record an article.

Needs `pip install 'warta[scrapy]'`. Run it on a feed of yours:

    scrapy runspider docs/scrapy_spider.py -a feed=https://example.org/rss -O records.jsonl

`-a via=pipeline` gives the page to the item pipeline instead of asking scrapy-poet for the record.
"""

from collections.abc import AsyncIterator, Iterator
from typing import Any

import scrapy
from scrapy.http import Response

from extractor.scrapy import RecordPage


class NewsSpider(scrapy.Spider):
    """Follows the links of a feed."""

    name = "warta"
    custom_settings = {  # noqa: RUF012
        "USER_AGENT": "kliping/1.0 (+https://example.org/kliping)",
        "ROBOTSTXT_OBEY": True,
        "COOKIES_ENABLED": False,
        "DOWNLOAD_MAXSIZE": 16 * 1024 * 1024,
        "ITEM_PIPELINES": {"extractor.scrapy.RecordPipeline": 300},
        "ADDONS": {"scrapy_poet.Addon": 300},
    }

    def __init__(self, feed: str, via: str = "poet", **arguments: Any) -> None:
        super().__init__(**arguments)
        self.feed = feed
        self.parse_article = self.by_pipeline if via == "pipeline" else self.by_page_object

    async def start(self) -> AsyncIterator[Any]:
        """Begins with the feed."""
        yield scrapy.Request(self.feed, self.parse_feed)

    def parse_feed(self, response: Response) -> Iterator[scrapy.Request]:
        """One request a link of the feed."""
        for link in response.xpath("//item/link/text()").getall():
            yield scrapy.Request(response.urljoin(link.strip()), self.parse_article)

    async def by_page_object(self, response: Response, page: RecordPage) -> Any:
        """The record from scrapy-poet's page object."""
        record = await page.to_item()
        return {"url": response.url, "record": record.model_dump(mode="json")}

    def by_pipeline(self, response: Response) -> dict[str, Any]:
        """The page itself; the item pipeline makes the record."""
        return {"url": response.url, "response": response}

"""The parts of fetching put together."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from extractor.fetch.client import Client
from extractor.fetch.guard import Resolver, resolve
from extractor.fetch.options import Options
from extractor.fetch.robots import Robots
from extractor.fetch.visit import Visitor
from extractor.fetch.whole import ArticleFetcher
from extractor.patterns import PatternSet


class Engine:
    """Everything that fetches, as an asynchronous context manager.

    Attributes:
        options: How pages are fetched.
        client: Sends requests.
        robots: Reads robots.txt.
        visitor: Fetches single pages.
        articles: Fetches whole articles.
    """

    def __init__(
        self,
        options: Options,
        patterns: PatternSet | None = None,
        *,
        resolver: Resolver = resolve,
    ) -> None:
        self.options = options
        self.client = Client(options, resolver)
        self.robots = Robots(self.client)
        self.visitor = Visitor(self.client, self.robots)
        self.articles = ArticleFetcher(self.visitor, options, patterns)

    async def __aenter__(self) -> Self:
        await self.client.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.client.__aexit__(kind, error, trace)

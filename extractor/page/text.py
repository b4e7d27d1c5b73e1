"""Plain text to an article: a body alone, or a whole page's text as scrapers dump it."""

from __future__ import annotations

import re
from typing import Final

from extractor.page.blocks import RawBlock
from extractor.page.build import dateline, join_blocks, publisher_of_hosts
from extractor.page.bylines import ROLES, Credits
from extractor.page.decode import decode
from extractor.page.dump import Dump, is_date_line, signed_by, take_apart
from extractor.page.page import Page
from extractor.page.rules import PageRules, page_rules
from extractor.page.tongue import language_of
from extractor.page.tree import clean_text
from extractor.page.trim import Trimmer
from extractor.patterns import PatternSet
from extractor.record import Article, BlockKind, PageType, Source, Warning

_DATELINE: Final = 60
_DATELINE_PARTS: Final = re.compile(r"[,()\n]|\s[-–—]{1,2}")
_ITEM: Final = re.compile(r"(?:\d{1,3}[.)]|[-–•*·▪●])\s")


def read_text(
    text: str | bytes,
    patterns: PatternSet,
    *,
    title: str | None = None,
    url: str | None = None,
    published: str | None = None,
    publisher: str | None = None,
) -> Page:
    """Cleans plain text.

    Args:
        text: With a title, the body alone; without one, a page's text as scrapers dump it.
        patterns: The rule data.
        title: The headline.
        url: Address of the article.
        published: Publication time in ISO 8601; wins over what the text says.
        publisher: Name of the outlet.

    Returns:
        The article, one block a line, and warnings.

    Raises:
        InputError: The input is empty, binary or too large.
    """
    decoded = decode(text)
    rules = page_rules(patterns)
    lines = [line for line in map(clean_text, decoded.text.splitlines()) if line]
    dump = Dump((), title, None, tuple(lines), (), ()) if title is not None else take_apart(lines, rules)
    page = _Text(dump, rules).read(title, url, published, publisher)
    page.warnings[:0] = decoded.warnings
    return page


class _Text:
    """Reads one text."""

    def __init__(self, dump: Dump, rules: PageRules) -> None:
        self.dump = dump
        self.rules = rules
        self.warnings: list[Warning] = []
        self.evidence: list[Source] = []

    def read(self, title: str | None, url: str | None, published: str | None, publisher: str | None) -> Page:
        """The article and warnings; the arguments win over what stands in the text."""
        trimmed = Trimmer(self.rules, title).trim([RawBlock(_kind(line), line) for line in self.dump.body])
        text, blocks = join_blocks(trimmed.blocks)
        if self.dump.title:
            self.evidence.append(Source(field="title", place="argument" if title else "text", raw=self.dump.title))
        place, hosts = dateline(text, self.rules.bylines)
        kind = PageType.ARTICLE if text else PageType.EMPTY
        if not text:
            self.warnings.append(Warning(code="not-an-article", detail="The text holds no sentence of an article."))
        credits = self._credits(trimmed.credits)
        profiles = self.rules.profiles
        article = Article(
            url=url,
            publisher=publisher
            or (profiles.publisher_of(url) if url else None)
            or publisher_of_hosts(hosts, profiles)
            or profiles.publisher_named([*_DATELINE_PARTS.split(text[:_DATELINE]), *self.dump.head]),
            title=self.dump.title,
            summary=self.dump.deck,
            tags=self.dump.tags,
            authors=credits.get("authors"),
            editors=credits.get("editors"),
            photographers=credits.get("photographers"),
            agency=next(iter(credits.get("agency")), None),
            published=self._published(published),
            dateline=place,
            language=self._language(text),
            page_type=kind,
            text=text,
            blocks=blocks,
            evidence=tuple(self.evidence),
        )
        if article.title is None:
            self.warnings.append(Warning(code="no-title", detail="No headline was given and none stands in the text."))
        return Page(article, self.warnings)

    def _credits(self, inside: Credits) -> Credits:
        credits = self.rules.bylines.read(self.dump.head)
        credits.merge(inside)
        credits.merge(self.rules.bylines.read(self.dump.tail[:20]))
        if not credits.get("authors"):
            credits.add("authors", signed_by(self.dump, self.rules))
        for role in ROLES:
            if names := credits.get(role):
                self.evidence.append(Source(field=role, place="text", raw=", ".join(names)))
        return credits

    def _published(self, given: str | None) -> str | None:
        if given:
            self.evidence.append(Source(field="published", place="argument", raw=given))
            return given
        line = next((line for line in self.dump.head if is_date_line(line, self.rules)), None)
        moment = self.rules.times.read(line) if line else None
        if moment is None:
            self.warnings.append(Warning(code="no-published-date", detail="The text names no time of publication."))
            return None
        self.evidence.append(Source(field="published", place="text", raw=line))
        return moment.iso()

    def _language(self, text: str) -> str | None:
        language = language_of(text, self.rules.stop_words)
        if language not in (None, "id"):
            self.warnings.append(Warning(code="not-indonesian", detail=f"The text's language is {language!r}."))
        return language


def _kind(line: str) -> BlockKind:
    return BlockKind.LIST_ITEM if _ITEM.match(line) else BlockKind.PARAGRAPH

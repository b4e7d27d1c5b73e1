"""The one place that ties the rooms together: page, language, record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from datetime import date, datetime
from pathlib import Path
from typing import Any

import spacy
from spacy.attrs import LOWER  # type: ignore[import-not-found]
from spacy.language import Language
from spacy.tokens import Doc

from extractor.assemble import assemble
from extractor.errors import InputError
from extractor.language import factories
from extractor.language.state import Annotations, Context, annotations_of
from extractor.page import Page, read_text
from extractor.page.content import Headers, Response, content_of
from extractor.page.credentials import without_credentials
from extractor.page.decode import refuse_others
from extractor.patterns import PatternSet, load_patterns
from extractor.pause import collector_paused
from extractor.record import Article, PageType, Record, Warning

COMPONENTS = (
    "warta_sentences",
    "warta_regions",
    "warta_dates",
    "warta_officials",
    "warta_quotes",
    "warta_venues",
    "warta_figures",
    "warta_events",
)
# spaCy keeps every word it has ever seen. The first ones are the frequent ones and worth keeping; from then on, words
# live in a memory zone as long as their article does.
VOCABULARY = 60_000
MAX_TEXT_LENGTH = 400_000


class Extractor:
    """A configured extractor: rule data loaded, pipeline built, ready for any number of pages.

    Building one takes about half a second; keep it. It holds no state of the pages it reads, but it is not made for
    use by several threads at once: give each its own.
    """

    def __init__(
        self, patterns: PatternSet, *, folder: Path | None = None, components: Iterable[str] = COMPONENTS
    ) -> None:
        self.patterns = patterns
        self.nlp = build_pipeline(folder, components)

    def extract(
        self,
        html: str | bytes | Response,
        *,
        url: str | None = None,
        published: str | datetime | date | None = None,
        source: str | None = None,
        headers: Headers | None = None,
    ) -> Record:
        """Extracts the record of an HTML page.

        Args:
            html: The page, as bytes (the encoding is found out) or as text; or a response of httpx, requests, Scrapy or
                web-poet, which brings its address and headers along.
            url: Address it was fetched from; helps to choose the site's profile. User and password in it are left out.
            published: Publication time, ISO 8601 or a datetime; wins over what the page says.
            source: Where the page came from; goes to `provenance.source`.
            headers: Headers of HTTP that came with the bytes; the encoding that Content-Type names is tried first.

        Raises:
            InputError: The input is empty, binary or too large, or `published` is not a date.
        """
        from extractor.page.html import read_html

        content = content_of(html, headers)
        refuse_others(content.html)
        page = read_html(
            content.html,
            self.patterns,
            url=without_credentials(url) if url else content.url,
            published=_iso(published),
            charset=content.charset,
        )
        return self.record_of_page(page, source)

    def extract_text(
        self,
        text: str | bytes,
        *,
        title: str | None = None,
        url: str | None = None,
        published: str | datetime | date | None = None,
        publisher: str | None = None,
        source: str | None = None,
    ) -> Record:
        """Extracts the record of an article's text.

        Args:
            text: With a title, the body alone; without one, a page's text as scrapers dump it (kicker, headline,
                byline, body, tags, footer), which is taken apart first.
            title: The headline.
            url: Address of the article.
            published: Publication time, ISO 8601 or a datetime.
            publisher: Name of the outlet.
            source: Where the text came from; goes to `provenance.source`.

        Raises:
            InputError: The input is empty, binary or too large, or `published` is not a date.
        """
        refuse_others(text)
        url = without_credentials(url) if url else None
        page = read_text(text, self.patterns, title=title, url=url, published=_iso(published), publisher=publisher)
        return self.record_of_page(page, source)

    def extract_many(self, pages: Iterable[str | bytes | Response | Mapping[str, Any]]) -> Iterator[Record]:
        """Extracts one record a page, in order; a page that cannot be read gives an empty record with a warning.

        Args:
            pages: HTML pages, responses, or mappings with the keyword arguments of `extract` ("html", …) or of
                `extract_text` ("text", …).
        """
        for page in pages:
            arguments: dict[str, Any] = dict(page) if isinstance(page, Mapping) else {"html": page}
            try:
                yield self.extract_text(**arguments) if "text" in arguments else self.extract(**arguments)
            except InputError as error:
                url = arguments.get("url") or content_of(arguments.get("html")).url
                yield self.empty_record(error, url=url, source=arguments.get("source"))

    def empty_record(self, error: InputError, *, url: str | None = None, source: str | None = None) -> Record:
        """The record of a page that could not be read: empty, with the error as its warning."""
        url = without_credentials(url) if url else None
        page = Page(Article(url=url, page_type=PageType.EMPTY), [Warning(code=error.code, detail=str(error))])
        return assemble(page, None, self.patterns.digest, source)

    def record_of_page(self, page: Page, source: str | None = None) -> Record:
        """The record of a page that was read or joined already; `source` goes to `provenance.source`."""
        if (length := len(page.article.text)) > MAX_TEXT_LENGTH:
            detail = f"The text has {length:,} characters, more than {MAX_TEXT_LENGTH:,}; nothing was extracted."
            page.warnings.append(Warning(code="text-too-long", detail=detail))
            return assemble(page, None, self.patterns.digest, source)
        if page.article.page_type is not PageType.ARTICLE or not page.article.text:
            return assemble(page, None, self.patterns.digest, source)
        with self.memory():
            return assemble(page, self.annotate(page), self.patterns.digest, source)

    def memory(self) -> AbstractContextManager[object]:
        """What an article is annotated in: a memory zone of spaCy once `VOCABULARY` words are known, else nothing."""
        return nullcontext() if len(self.nlp.vocab) < VOCABULARY else self.nlp.memory_zone()

    def annotate(self, page: Page) -> Annotations:
        """Runs the language pipeline over a page; the result is valid until the next memory zone ends."""
        return annotations_of(self.nlp(self.make_doc(page)))

    def make_doc(self, page: Page) -> Doc:
        """The tokens of a page's text, with what is known of the article, before any component has run."""
        article = page.article
        doc = self.nlp.make_doc(article.text)
        annotations_of(doc).context = Context(
            published=datetime.fromisoformat(article.published) if article.published else None,
            publisher=article.publisher,
            title=article.title,
            dateline=article.dateline,
            blocks=article.blocks,
        )
        return doc


def build_pipeline(folder: Path | None = None, components: Iterable[str] = COMPONENTS) -> Language:
    """A spaCy pipeline with Warta's tokenizer and the components, with the user's rule data from `folder`.

    Its vocabulary keeps of a word what the components read, its lower case: a new word costs 40 microseconds with all
    of spaCy's attributes, and an article brings thirty. For `is_alpha`, `shape_` and the like add the components to
    `spacy.blank("id")`.
    """
    factories.register()
    config = {"nlp": {"tokenizer": {"@tokenizers": "warta.Tokenizer.v1"}}}
    nlp = spacy.blank("id", config=config)
    vocab: Any = nlp.vocab
    vocab.lex_attr_getters = {LOWER: str.lower}
    settings = {"patterns": str(folder) if folder else None, "spans": False}
    for name in components:
        nlp.add_pipe(name, config=settings)
    return nlp


def load(patterns: str | Path | None = None) -> Extractor:
    """Builds an extractor.

    Args:
        patterns: A folder of your own rule data, read after ours; its rules win by id.

    Raises:
        PatternError: The rule data is malformed; the message names file and line.
    """
    folder = Path(patterns) if patterns is not None else None
    with collector_paused():
        return Extractor(load_patterns(folder), folder=folder)


def _iso(moment: str | datetime | date | None) -> str | None:
    if moment is None or moment == "":
        return None
    if isinstance(moment, (datetime, date)):
        return moment.isoformat()
    try:
        datetime.fromisoformat(moment)
    except ValueError:
        raise InputError(
            "bad-published", f"published={moment!r} is not a date; write it as 2024-07-27 or 2024-07-27T14:05+07:00"
        ) from None
    return moment

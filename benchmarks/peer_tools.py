"""The other tools, each as a function of one page or text that returns how much it found.

Imported by the environment of a tool, where only that tool can be imported.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

Tool = Callable[[str], int]
Lexicons = Mapping[str, list[str]]


def trafilatura(_: Lexicons) -> Tool:
    """Main text and metadata, with the fallbacks that are on unless switched off; characters of text."""
    from trafilatura import bare_extraction

    def parse(html: str) -> int:
        found = bare_extraction(html, with_metadata=True)
        return len(getattr(found, "text", None) or "")

    return parse


def newspaper4k(_: Lexicons) -> Tool:
    """Text, title, authors and date, no download, no images; characters of text."""
    from newspaper import Article

    def parse(html: str) -> int:
        article = Article("https://example.org/a", language="id", fetch_images=False)
        article.download(input_html=html)
        article.parse()
        return len(article.text)

    return parse


def readability(_: Lexicons) -> Tool:
    """Title and main text as clean HTML; characters of it."""
    from readability import Document

    def parse(html: str) -> int:
        document = Document(html)
        return len(document.summary()) + 0 * len(document.title())

    return parse


def dateparser(_: Lexicons) -> Tool:
    """`search_dates` for Indonesian; number of dates."""
    from dateparser.search import search_dates

    return lambda text: len(search_dates(text, languages=["id"]) or ())


def spacy_ruler(lexicons: Lexicons) -> Tool:
    """spaCy's tokenizer, sentencizer and one EntityRuler with our phrases, in any case; number of entities."""
    import spacy

    nlp = spacy.blank("id")
    nlp.add_pipe("sentencizer")
    ruler = nlp.add_pipe("entity_ruler", config={"phrase_matcher_attr": "LOWER"})
    patterns = [{"label": kind, "pattern": phrase} for kind, listed in lexicons.items() for phrase in listed]
    ruler.add_patterns(patterns)  # type: ignore[attr-defined]
    return lambda text: len(nlp(text).ents)


def edsnlp(lexicons: Lexicons) -> Tool:
    """The rule pipeline of `benchmarks.peer_edsnlp`; number of spans found."""
    from benchmarks.peer_edsnlp import pipeline

    return pipeline(lexicons)


TOOLS: dict[str, tuple[str, Callable[[Lexicons], Tool]]] = {
    "trafilatura": ("trafilatura", trafilatura),
    "newspaper4k": ("newspaper4k", newspaper4k),
    "readability-lxml": ("readability-lxml", readability),
    "dateparser": ("dateparser", dateparser),
    "spacy entity ruler": ("spacy", spacy_ruler),
    "edsnlp": ("edsnlp", edsnlp),
}
"""By name: the package whose version is told, and what makes the tool."""

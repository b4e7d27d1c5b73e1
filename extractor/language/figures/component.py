"""The component that finds and binds figures."""

from __future__ import annotations

import re

from spacy.language import Language
from spacy.tokens import Doc

from extractor.language.component import Component, PhraseIndex
from extractor.language.figures.anchors import AnchorFinder
from extractor.language.figures.article import Article, Cues
from extractor.language.figures.counts import CountFinder
from extractor.language.figures.gaps import Gaps
from extractor.language.figures.merge import merged
from extractor.language.figures.passage import Cue
from extractor.language.figures.spans import ShareFinder
from extractor.language.numbers import number_words
from extractor.language.state import annotations_of, publish
from extractor.language.trie import trie_regex
from extractor.patterns import PatternSet

_MEASURES = ("figures.categories", "figures.surveys", "figures.pollsters", "figures.parties")
_KINDS = ("figures.kinds",)
_EVENTS = ("figures.events",)


class Figures(Component):
    """Finds percentages and counts and binds them to metric, region, vote, year, kind and speaker.

    Reads `sentences`, `regions`, `dates`, `persons`, `quotes` and the context where they are there; writes
    `percentages`, `counts`, `doc.spans["warta_figures"]` and the warning `figure-share-disagrees`.
    """

    def __init__(self, nlp: Language, name: str, patterns: PatternSet) -> None:
        super().__init__(nlp, name, patterns)
        words = number_words(patterns)
        self._gaps = Gaps.of(patterns)
        self._shares = ShareFinder(patterns, words)
        self._counts = CountFinder(patterns, words)
        self._anchors = AnchorFinder(patterns, self._gaps)
        electoral = patterns.lexicon("figures.electoral").phrases
        self._electoral = re.compile(rf"(?i)\b{trie_regex(electoral)}\b")
        self._measures = self._index(_MEASURES)
        self._kinds = self._index(_KINDS)
        self._events = self._index(_EVENTS)
        self._metrics = self._index(("figures.count-metrics",))

    def __call__(self, doc: Doc) -> Doc:
        """Annotates `doc` in place and returns it."""
        found = annotations_of(doc)
        shares = self._shares.find(doc.text)
        counts = self._counts.find(doc.text)
        if shares or counts:
            article = Article(doc.text, found, self._cues(doc, bool(shares)), self._gaps, self._anchors)
            article.bind_shares(shares)
            article.bind_counts(counts)
            found.percentages = merged(share.figure for share in shares)
            found.counts = merged(counts)
            figures = sorted([*found.percentages, *found.counts], key=lambda figure: figure.start)
            publish(doc, "warta_figures", figures, (figure.category for figure in figures))
        return doc

    def _index(self, prefixes: tuple[str, ...]) -> PhraseIndex:
        lexicons = (lexicon for prefix in prefixes for lexicon in self.patterns.lexicons(prefix))
        return PhraseIndex(self.nlp, [lexicon.phrases for lexicon in lexicons])

    def _cues(self, doc: Doc, shares: bool) -> Cues:
        """Every cue in the text and in the headline."""
        found = annotations_of(doc)
        title = found.context.title
        headline = self.nlp.make_doc(title) if title else None
        return Cues(
            measures=_found(self._measures, doc),
            kinds=_found(self._kinds, doc) if shares else [],
            events=_found(self._events, doc),
            metrics=_found(self._metrics, doc),
            title_measures=_found(self._measures, headline) if headline else [],
            title_events=_found(self._events, headline) if headline else [],
            title_kinds=_found(self._kinds, headline) if headline else [],
            electoral=bool(self._electoral.search(found.text) or (title and self._electoral.search(title))),
        )


def _found(index: PhraseIndex, doc: Doc) -> list[Cue]:
    tokens = annotations_of(doc).tokens
    return [Cue(tokens.starts[start], tokens.ends[end - 1], attributes) for start, end, attributes in index.find(doc)]

"""The component that finds and binds figures."""

from __future__ import annotations

import re
from typing import Final

from spacy.language import Language
from spacy.tokens import Doc

from extractor.language.component import Component
from extractor.language.figures.anchors import AnchorFinder
from extractor.language.figures.article import Article, Tools
from extractor.language.figures.counts import CountFinder
from extractor.language.figures.cues import CueFinder
from extractor.language.figures.gaps import Gaps
from extractor.language.figures.layout import Layout
from extractor.language.figures.localities import LevelWords
from extractor.language.figures.merge import merged
from extractor.language.figures.spans import ShareFinder
from extractor.language.numbers import NUMBER, number_words
from extractor.language.state import Annotations, annotations_of
from extractor.language.tokens import NUMBER as FIGURE
from extractor.patterns import PatternSet

_FIGURE: Final = re.compile(FIGURE)


class Figures(Component):
    """Finds percentages and counts and binds them to metric, region, vote, year, kind and speaker.

    Reads `sentences`, `regions`, `dates`, `quotes` and the context where they are there; writes `percentages`,
    `counts`, `doc.spans["warta_figures"]` (labelled with the category, or "count") and the warning
    `figure-share-disagrees`.
    """

    def __init__(self, nlp: Language, name: str, patterns: PatternSet) -> None:
        super().__init__(nlp, name, patterns)
        words = number_words(patterns)
        gaps = Gaps.of(patterns)
        self._tools = Tools(gaps, AnchorFinder(patterns, gaps), LevelWords(patterns), words)
        self._shares = ShareFinder(patterns, words)
        self._counts = CountFinder(patterns, words)
        self._cues = CueFinder(nlp, patterns)
        events = patterns.lexicon("figures.events").phrases.values()
        self._families = {str(event["canonical"]): str(event.get("family") or event["canonical"]) for event in events}

    def __call__(self, doc: Doc) -> Doc:
        """Annotates `doc` in place and returns it."""
        found = annotations_of(doc)
        words = frozenset(found.tokens.lower)
        shares = self._shares.find(found.text, words)
        numbers = _numbers(found)
        layout = Layout(found, self._tools.gaps)
        counts = self._counts.find(found, words, numbers, layout)
        if shares or counts:
            cues = self._cues.find(doc, words, shares=bool(shares))
            article = Article(found, numbers, cues, layout, self._tools)
            article.bind_shares(shares)
            article.bind_counts(counts)
            found.percentages = merged((share.figure for share in shares), self._families)
            found.counts = merged(counts, self._families)
            figures = sorted([*found.percentages, *found.counts], key=lambda figure: figure.start)
            labels = (figure.category if figure.unit == "%" else "count" for figure in figures)
            self.publish(doc, figures, labels)
        return doc


def _numbers(found: Annotations) -> list[re.Match[str]]:
    """The numbers in digits, looked for only in the tokens that begin with one."""
    tokens, text = found.tokens, found.text
    spans = ((tokens.starts[m.start()], tokens.ends[m.start()]) for m in _FIGURE.finditer(tokens.kinds))
    return [match for span in spans for match in NUMBER.finditer(text, *span)]

"""Finds the cues of the rule data in a text and its headline."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc

from extractor.language.component import PhraseIndex
from extractor.language.figures.passage import Cue
from extractor.language.state import annotations_of
from extractor.patterns import PatternSet

_MEASURES = ("figures.categories", "figures.surveys", "figures.pollsters", "figures.parties")


@dataclass(slots=True)
class Cues:
    """The cues of a text and of its headline, each list in order; `electoral` when they name a vote or its bodies."""

    measures: list[Cue]
    kinds: list[Cue]
    events: list[Cue]
    metrics: list[Cue]
    title_measures: list[Cue]
    title_events: list[Cue]
    title_kinds: list[Cue]
    electoral: bool


class _Index:
    """The phrases of some lexicons, looked for only where the first word of one of them is in the text."""

    def __init__(self, nlp: Language, patterns: PatternSet, *prefixes: str) -> None:
        phrases = [lexicon.phrases for prefix in prefixes for lexicon in patterns.lexicons(prefix)]
        self._index = PhraseIndex(nlp, phrases)
        self._first = frozenset(phrase.split()[0] for lexicon in phrases for phrase in lexicon)

    def find(self, doc: Doc, words: Set[str]) -> list[Cue]:
        if self._first.isdisjoint(words):
            return []
        tokens = annotations_of(doc).tokens
        found = self._index.find(doc)
        return [Cue(tokens.starts[start], tokens.ends[end - 1], attributes) for start, end, attributes in found]


class CueFinder:
    """Finds the cues of all lexicons `figures.*`."""

    def __init__(self, nlp: Language, patterns: PatternSet) -> None:
        self._nlp = nlp
        self._measures = _Index(nlp, patterns, *_MEASURES)
        self._kinds = _Index(nlp, patterns, "figures.kinds")
        self._events = _Index(nlp, patterns, "figures.events")
        self._metrics = _Index(nlp, patterns, "figures.count-metrics")
        electoral = patterns.lexicon("figures.electoral").phrases
        self._electoral = frozenset(phrase for phrase in electoral if " " not in phrase)
        self._electoral_phrases = {phrase: frozenset(phrase.split()) for phrase in electoral if " " in phrase}

    def find(self, doc: Doc, words: Set[str], *, shares: bool) -> Cues:
        """Every cue in the text and in the headline.

        Args:
            doc: The text; its headline is in the context.
            words: Its tokens in small letters.
            shares: There are shares to bind; without them only what counts need is looked for.
        """
        events, metrics = self._events.find(doc, words), self._metrics.find(doc, words)
        if not shares:
            return Cues([], [], events, metrics, [], [], [], electoral=False)
        title = annotations_of(doc).context.title
        headline = self._nlp.make_doc(title or "")
        title_words = frozenset(annotations_of(headline).tokens.lower)
        return Cues(
            self._measures.find(doc, words),
            self._kinds.find(doc, words),
            events,
            metrics,
            self._measures.find(headline, title_words),
            self._events.find(headline, title_words),
            self._kinds.find(headline, title_words),
            electoral=self._names_a_vote(doc, words) or self._names_a_vote(headline, title_words),
        )

    def _names_a_vote(self, doc: Doc, words: Set[str]) -> bool:
        if not self._electoral.isdisjoint(words):
            return True
        near = [phrase for phrase, parts in self._electoral_phrases.items() if parts <= words]
        return bool(near) and any(phrase in annotations_of(doc).text.lower() for phrase in near)

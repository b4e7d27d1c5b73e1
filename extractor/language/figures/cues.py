"""Finds the cues of the rule data in a text and its headline."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass
from typing import Final

from spacy.language import Language
from spacy.tokens import Doc

from extractor.language.component import PhraseGroups
from extractor.language.figures.passage import Cue
from extractor.language.state import annotations_of
from extractor.patterns import PatternSet, Scalar

_GROUPS: Final = {
    "measures": ("figures.categories", "figures.surveys", "figures.pollsters", "figures.parties"),
    "kinds": ("figures.kinds",),
    "events": ("figures.events",),
    "metrics": ("figures.count-metrics",),
}
_OF_COUNTS: Final = ("events", "metrics")
_Phrases = Mapping[str, list[Mapping[str, Mapping[str, Scalar]]]]


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


@dataclass(frozen=True, slots=True)
class _Index:
    """The phrases of some groups, and their first words, without one of which a text is not read."""

    groups: PhraseGroups
    names: tuple[str, ...]
    first: frozenset[str]

    @classmethod
    def of(cls, nlp: Language, phrases: _Phrases) -> _Index:
        first = frozenset(p.split()[0] for found in phrases.values() for lexicon in found for p in lexicon)
        return cls(PhraseGroups(nlp, phrases), tuple(phrases), first)

    def find(self, doc: Doc, words: Set[str]) -> dict[str, list[Cue]]:
        """The cues of every group in a text."""
        if self.first.isdisjoint(words):
            return {name: [] for name in self.names}
        tokens = annotations_of(doc).tokens
        return {
            group: [Cue(tokens.starts[start], tokens.ends[end - 1], attributes) for start, end, attributes in hits]
            for group, hits in self.groups.find(doc).items()
        }


class CueFinder:
    """Finds the cues of all lexicons `figures.*`."""

    def __init__(self, nlp: Language, patterns: PatternSet) -> None:
        self._nlp = nlp
        phrases = {
            group: [lexicon.phrases for prefix in prefixes for lexicon in patterns.lexicons(prefix)]
            for group, prefixes in _GROUPS.items()
        }
        self._all = _Index.of(nlp, phrases)
        self._of_counts = _Index.of(nlp, {group: phrases[group] for group in _OF_COUNTS})
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
        if not shares:
            told = self._of_counts.find(doc, words)
            return Cues([], [], told["events"], told["metrics"], [], [], [], electoral=False)
        told = self._all.find(doc, words)
        headline = self._nlp.make_doc(annotations_of(doc).context.title or "")
        title_words = frozenset(annotations_of(headline).tokens.lower)
        title = self._all.find(headline, title_words)
        return Cues(
            told["measures"],
            told["kinds"],
            told["events"],
            told["metrics"],
            title["measures"],
            title["events"],
            title["kinds"],
            electoral=self._names_a_vote(doc, words) or self._names_a_vote(headline, title_words),
        )

    def _names_a_vote(self, doc: Doc, words: Set[str]) -> bool:
        if not self._electoral.isdisjoint(words):
            return True
        near = [phrase for phrase, parts in self._electoral_phrases.items() if parts <= words]
        return bool(near) and any(phrase in annotations_of(doc).text.lower() for phrase in near)

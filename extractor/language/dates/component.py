"""The component `warta_dates`."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from extractor.language.component import Component
from extractor.language.dates.matching import Matcher
from extractor.language.dates.resolve import Resolver
from extractor.language.dates.vocabulary import Vocabulary
from extractor.language.state import annotations_of
from extractor.patterns import PatternSet


class Dates(Component):
    """Finds temporal expressions and resolves them against the publication time.

    Reads `annotations_of(doc).context.published`; writes `annotations_of(doc).dates`, sorted and without overlaps, and
    `doc.spans["warta_dates"]`, labelled with the TIMEX3 type. Works with any tokenizer.
    """

    def __init__(self, nlp: Language, name: str, patterns: PatternSet) -> None:
        super().__init__(nlp, name, patterns)
        words = Vocabulary(patterns)
        self._matcher = Matcher(patterns, words)
        self._resolver = Resolver(words)

    def __call__(self, doc: Doc) -> Doc:
        """Annotates `doc` in place and returns it."""
        found = annotations_of(doc)
        lower = lower_of(found.text)
        matches = self._matcher.find(found.text, lower, found.tokens)
        found.dates, warnings = self._resolver.resolve(matches, lower, found.context.published)
        found.warnings += warnings
        self.publish(doc, found.dates, (timex.type for timex in found.dates))
        return doc


def lower_of(text: str) -> str:
    """`text` in lower case, character for character: letters whose lower case is longer stay as they are."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)

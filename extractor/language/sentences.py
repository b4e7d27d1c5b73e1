"""Component `warta_sentences`: paragraphs and sentences.

A sentence never runs over a line break. A full stop inside a token ("Kab.", "10.00") ends nothing. A sentence may end
inside a quotation, but never between the closing mark and the verb of saying that goes with it.
"""

from __future__ import annotations

import re
from typing import Final

from spacy.language import Language
from spacy.tokens import Doc

from extractor.language.component import Component
from extractor.language.state import Annotations, Range, annotations_of
from extractor.language.tokens import BREAK, INITIAL, LOWER, TokenTable
from extractor.patterns import PatternSet

_ENDS: Final = frozenset({".", "?", "!", "…", "...", "?!", "!!"})
_CLOSERS: Final = frozenset({'"', "”", "’", "'", ")", "]", "»"})


class Sentences(Component):
    """Sets `paragraphs` and `sentences` of the annotations, and with `spans` spaCy's own sentence starts."""

    def __init__(self, nlp: Language, name: str, patterns: PatternSet) -> None:
        super().__init__(nlp, name, patterns)
        self._cues = frozenset(patterns.lexicon("quotes.cues").phrases)

    def __call__(self, doc: Doc) -> Doc:
        """Annotates `doc` in place and returns it."""
        found = annotations_of(doc)
        found.sentences = self._split(found)
        if self.spans:
            self._tell_spacy(doc, found)
        return doc

    @staticmethod
    def _tell_spacy(doc: Doc, found: Annotations) -> None:
        """Sets the sentence starts of `doc`, which costs more than finding them."""
        for start, _ in found.sentences:
            index = found.tokens.at(start)
            if index < len(doc):
                doc[index].is_sent_start = True

    def _split(self, found: Annotations) -> list[Range]:
        """Cuts each paragraph at its sentence ends, found in one pass over the punctuation."""
        tokens = found.tokens
        ends = [m.start() for m in re.finditer(r"\.", tokens.kinds) if tokens.words[m.start()] in _ENDS]
        ranges: list[Range] = []
        position = 0
        for begin, end in found.paragraphs:
            last = tokens.covering(begin, end)[1]
            while position < len(ends) and ends[position] < last:
                after = self._boundary(tokens, ends[position], last)
                if after is not None and tokens.ends[after - 1] > begin:
                    ranges.append((begin, tokens.ends[after - 1]))
                    begin = tokens.starts[after]
                position += 1
            ranges.append((begin, end))
        return ranges

    def _boundary(self, tokens: TokenTable, index: int, last: int) -> int | None:
        """Index of the first token of the next sentence when the mark at `index` ends one, else None."""
        after = index + 1
        closed = False
        while after < last and tokens.words[after] in _CLOSERS and tokens.starts[after] == tokens.ends[after - 1]:
            closed = True
            after += 1
        if after >= last:
            return None
        word = tokens.words[after]
        if tokens.kinds[after] == LOWER or (closed and tokens.lower[after] in self._cues):
            return None
        if tokens.kinds[after] == BREAK or word in _ENDS or word in (",", ";", ":"):
            return None
        previous = tokens.kinds[index - 1] if index else LOWER
        if previous == INITIAL and tokens.words[index] == "." and not closed:
            return None
        return after

"""What the components have in common: where their rule data comes from, and how trigger words are found."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Span, SpanGroup

from extractor.language.state import Found, annotations_of
from extractor.patterns import PatternSet, Scalar, load_patterns

_PLAIN: Final = re.compile(r"[a-z]+(?: [a-z]+)*")

Hit = tuple[int, int, Mapping[str, Scalar]]


class Component:
    """Base of the pipeline's components: a callable that annotates a Doc and returns it.

    Attributes:
        key: The name of the component's factory, under which its spans stand.
        spans: Whether findings are also written to `doc.spans["warta_…"]`, for users of spaCy.
    """

    spans = True
    key = ""

    def __init__(self, nlp: Language, name: str, patterns: PatternSet) -> None:
        self.nlp = nlp
        self.name = name
        self.patterns = patterns

    def __call__(self, doc: Doc) -> Doc:
        """Annotates `doc` in place and returns it."""
        raise NotImplementedError

    def publish(self, doc: Doc, found: Iterable[Found], labels: Iterable[str]) -> None:
        """Writes findings to the Doc's spans under the component's name, each widened to whole tokens and labelled."""
        if not self.spans:
            return
        covering = annotations_of(doc).tokens.covering
        ranges = (covering(item.start, item.end) for item in found)
        spans = [Span(doc, *bounds, label=label) for bounds, label in zip(ranges, labels, strict=True)]
        doc.spans[self.key] = SpanGroup(doc, name=self.key, spans=spans)


def patterns_of(folder: str | None) -> PatternSet:
    """The rule data for a component's config, in which only a string or None can stand."""
    return load_patterns(Path(folder) if folder else None)


def _tokenizations(nlp: Language, phrase: str) -> Iterator[Doc]:
    """The Docs of a phrase in small letters and with capitals, where the tokenizer cuts them apart ("Co-Owner").

    Plain words are the same tokens to every tokenizer, and are not handed to it.
    """
    if _PLAIN.fullmatch(phrase):
        yield Doc(nlp.vocab, words=phrase.split(" "))
        return
    seen = set()
    for spelling in (phrase, phrase.title()) if not phrase.replace(" ", "").isalpha() else (phrase,):
        doc = nlp.make_doc(spelling)
        key = tuple(token.lower_ for token in doc)
        if key not in seen:
            seen.add(key)
            yield doc


class PhraseGroups:
    """Finds the phrases of several groups of lexicons in one pass over the tokens, whatever their case.

    Where phrases of a group overlap, the longest one that begins first is kept. Building it costs about 30 microseconds
    a phrase, finding about as much an article, however many phrases there are.

    Args:
        nlp: Cuts the phrases into tokens.
        groups: The lexicons of each group: phrases with their attributes.
    """

    def __init__(self, nlp: Language, groups: Mapping[str, Iterable[Mapping[str, Mapping[str, Scalar]]]]) -> None:
        self._matcher = PhraseMatcher(nlp.vocab, attr="LOWER")
        self._attributes: dict[int, tuple[str, Mapping[str, Scalar]]] = {}
        self._names = tuple(groups)
        for name, lexicons in groups.items():
            phrases = {phrase: attributes for lexicon in lexicons for phrase, attributes in lexicon.items()}
            for phrase, attributes in phrases.items():
                self._matcher.add(f"{name}:{phrase}", list(_tokenizations(nlp, phrase)))
                self._attributes[nlp.vocab.strings[f"{name}:{phrase}"]] = name, attributes

    def find(self, doc: Doc) -> dict[str, list[Hit]]:
        """The phrases in `doc` by group: first token, token after the last, attributes of the entry."""
        hits: dict[str, list[Hit]] = {name: [] for name in self._names}
        ends = dict.fromkeys(self._names, 0)
        for key, start, end in sorted(self._matcher(doc), key=lambda m: (m[1], -m[2])):
            name, attributes = self._attributes[key]
            if start >= ends[name]:
                hits[name].append((start, end, attributes))
                ends[name] = end
        return hits


class PhraseIndex:
    """Finds the phrases of lexicons: one group of `PhraseGroups`."""

    def __init__(self, nlp: Language, lexicons: Iterable[Mapping[str, Mapping[str, Scalar]]]) -> None:
        self._groups = PhraseGroups(nlp, {"": lexicons})

    def find(self, doc: Doc) -> list[Hit]:
        """The phrases in `doc`: first token, token after the last, attributes of the entry."""
        return self._groups.find(doc)[""]

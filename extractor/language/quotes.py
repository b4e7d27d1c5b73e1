"""Component: quotes."""

from __future__ import annotations

from spacy.tokens import Doc

from extractor.language.component import Component


class Quotes(Component):
    """Finds quotes."""

    def __call__(self, doc: Doc) -> Doc:
        """Annotates `doc` in place and returns it."""
        return doc

"""Component: regions."""

from __future__ import annotations

from spacy.tokens import Doc

from extractor.language.component import Component


class Regions(Component):
    """Finds regions."""

    def __call__(self, doc: Doc) -> Doc:
        """Annotates `doc` in place and returns it."""
        return doc

"""Component `warta_regions`: mentions of administrative regions, linked to the official table.

A mention covers the whole expression with the word for its level ("Kab. Blora"). A name that several regions have is
settled by the words before it, its neighbours, the rest of the text, the dateline and the publisher; what stays open
has no code, keeps its candidates and is named in a warning.
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from extractor.language.component import Component
from extractor.language.gazetteer import gazetteer_of
from extractor.language.region_names import NameFinder
from extractor.language.region_readings import Reader
from extractor.language.state import Annotations, annotations_of
from extractor.patterns import PatternSet


class Regions(Component):
    """Sets `regions` of the annotations, sorted and without overlaps."""

    def __init__(self, nlp: Language, name: str, patterns: PatternSet) -> None:
        super().__init__(nlp, name, patterns)
        gazetteer = gazetteer_of(patterns)
        self._finder = NameFinder(patterns, gazetteer)
        self._reader = Reader(patterns, gazetteer)

    def __call__(self, doc: Doc) -> Doc:
        """Annotates `doc` in place and returns it."""
        found = annotations_of(doc)
        found.regions = self._reader.read(found, self._finder.find(found.tokens))
        self._warn(found)
        self.publish(doc, found.regions, (m.region.level or "ambiguous" for m in found.regions))
        return doc

    def _warn(self, found: Annotations) -> None:
        open_names = {m.region.name: m.candidates for m in found.regions if m.candidates}
        for name, candidates in open_names.items():
            choice = " or ".join(region.name for region in candidates)
            found.warnings.append(("region-ambiguous", f"{name!r} may be {choice}"))

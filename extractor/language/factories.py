"""Registers Warta's components and tokenizer with spaCy.

Each factory takes `patterns`, the folder of the user's own rule data or None, and `spans`, whether findings are also
written to `doc.spans["warta_…"]`. It works in any pipeline: `spacy.blank("id").add_pipe("warta_dates")`.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

from spacy.language import Language

from extractor.language.component import Component, patterns_of
from extractor.language.tokenizer import register_tokenizer

_CLASSES = {
    "sentences": "Sentences",
    "regions": "Regions",
    "dates": "Dates",
    "officials": "Officials",
    "quotes": "Quotes",
    "venues": "Venues",
    "figures": "Figures",
    "events": "Events",
}


def _make(field: str, nlp: Language, name: str, patterns: str | None, spans: bool) -> Component:
    module = import_module(f"extractor.language.{field}")
    component: Component = getattr(module, _CLASSES[field])(nlp, name, patterns_of(patterns))
    component.key, component.spans = f"warta_{field}", spans
    return component


def _factory(field: str) -> Any:
    def make(nlp: Language, name: str, patterns: str | None, spans: bool) -> Component:
        return _make(field, nlp, name, patterns, spans)

    defaults = {"patterns": None, "spans": True}
    return Language.factory(f"warta_{field}", default_config=defaults, assigns=["doc._.warta"], func=make)


make_sentences = _factory("sentences")
make_regions = _factory("regions")
make_dates = _factory("dates")
make_officials = _factory("officials")
make_quotes = _factory("quotes")
make_venues = _factory("venues")
make_figures = _factory("figures")
make_events = _factory("events")


def register() -> None:
    """Makes sure that the factories and the tokenizer are known to spaCy; importing this module has done it."""
    register_tokenizer()

"""A pipeline of edsnlp's rule components that does about what ours does to a text, with our phrases.

| ours | edsnlp |
| --- | --- |
| tokens, sentences | the tokenizer of "eds", `eds.normalizer`, `eds.sentences` |
| regions | `eds.terminology` |
| dates | `eds.dates`, its French month names replaced by Indonesian ones |
| officials | `eds.contextual_matcher`: offices, with bodies and a capitalised name beside them |
| venues | `eds.contextual_matcher`: kinds of sites, with the capitalised words that follow |
| figures | `eds.quantities` of shares and of counted units; `eds.matcher` for what they measure |
| events | `eds.matcher`; `eds.negation` and `eds.hypothesis` for what was cancelled or is planned |
| quotes | `eds.reported_speech` with our verbs of saying |
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import edsnlp as eds
from edsnlp.pipes.misc.dates import patterns as french

from benchmarks.peer_tools import Tool

NAME = r"^[ ,]{0,3}((?:[A-Z][\w.'-]+ ?){1,4})"
KINDS = {"region": "eds.terminology", "body": "eds.matcher", "event": "eds.matcher", "metric": "eds.matcher"}


def pipeline(lexicons: Mapping[str, list[str]]) -> Tool:
    """The pipeline as a function of a text that returns the number of spans found."""
    nlp = eds.blank("eds")
    nlp.add_pipe("eds.normalizer")
    nlp.add_pipe("eds.sentences")
    for kind, component in KINDS.items():
        config: dict[str, Any] = {"terms": {kind: lexicons[kind]}, "attr": "LOWER"}
        if component == "eds.terminology":
            config |= {"label": kind}
        nlp.add_pipe(component, name=kind, config=config)
    for kind in ("office", "venue"):
        nlp.add_pipe("eds.contextual_matcher", name=kind, config=_in_context(kind, lexicons[kind]))
    nlp.add_pipe("eds.dates", config=_dates(lexicons))
    nlp.add_pipe("eds.quantities", config=_quantities(lexicons["unit"]))
    spans = {"span_getter": ["ents", "dates", "quantities"]}
    cues = {"pseudo": [], "preceding": lexicons["cue"], "following": lexicons["cue"], "verbs": []}
    nlp.add_pipe("eds.reported_speech", config=spans | cues)
    denied = {"pseudo": [], "preceding": lexicons["denied"], "following": [], "verbs": []}
    nlp.add_pipe("eds.negation", config=spans | denied)
    planned = {"pseudo": [], "preceding": lexicons["planned"], "following": [], "verbs_eds": [], "verbs_hyp": []}
    nlp.add_pipe("eds.hypothesis", config=spans | planned)

    def parse(text: str) -> int:
        doc = nlp(text)
        return len(doc.ents) + sum(len(doc.spans.get(key, ())) for key in ("dates", "durations", "quantities"))

    return parse


def _in_context(kind: str, terms: list[str]) -> dict[str, Any]:
    """Terms with the name that follows them."""
    follows = {"name": "name", "regex": NAME, "regex_attr": "TEXT", "window": (1, 8), "limit_to_sentence": True}
    return {
        "label": kind,
        "attr": "LOWER",
        "assign_as_span": True,
        "patterns": [{"source": kind, "terms": terms, "assign": [follows]}],
    }


def _dates(lexicons: Mapping[str, list[str]]) -> dict[str, Any]:
    """The absolute patterns with our months in place of the French ones; what is relative stays French."""
    months = "|".join(
        f"(?P<month_{n:02d}>{'|'.join(sorted(lexicons[f'month_{n:02d}'], key=len, reverse=True))})"
        for n in range(1, 13)
    )
    theirs = french.absolute.letter_month_pattern
    absolute = [pattern.replace(theirs, rf"(?:\b(?:{months})\b)") for pattern in french.absolute_pattern_with_time]
    return {"absolute": absolute}


def _quantities(units: list[str]) -> dict[str, Any]:
    """Shares, and counts of our units."""
    config = {
        "percent": {"dim": "share", "degree": 1, "scale": 1.0, "terms": ["%", "persen"], "followed_by": None},
        "unit": {"dim": "count", "degree": 1, "scale": 1.0, "terms": units, "followed_by": None},
    }
    return {
        "quantities": {"share": {"unit": "percent"}, "count": {"unit": "unit"}},
        "units_config": config,
        "use_tables": False,
        "attr": "LOWER",
    }

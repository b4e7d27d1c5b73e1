"""Shapes: rules over the chunks of a paragraph, compiled to regular expressions over one letter a chunk."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from extractor.errors import PatternError
from extractor.patterns import Rule

SENTENCE = "|"
CODES = {
    "OTHER-QUOTE": "q",
    "CUE": "k",
    "CUE-NYA": "n",
    "SAYS": "s",
    "SAID": "d",
    "ACCORDING": "a",
    "ACCORDING-NYA": "m",
    "STANCE": "v",
    "PRONOUN": "p",
    "ANAPHOR": "i",
    "SPEAKER": "x",
    "WORDS": "w",
    "THAT": "b",
    "ASIDE": "o",
}
INSIDE = "y"  # a name inside an aside
VERBS = frozenset("knsdam")
_PARTS = {
    **CODES,
    "QUOTE": "",
    "START": rf"(?<=\{SENTENCE})",
    "END": rf"(?=\{SENTENCE})",
    "SPEAKER": "(?P<speaker>x)",
    "SUBJECT": "(?P<speaker>[wxyo]{1,40})",
    "ASIDE": "[oyx]{1,6}",
    "WORDS": "w",
    "DESCRIPTION": "(?P<speaker>[wi])",
    "CONTENT": rf"(?P<content>[^{SENTENCE}q]{{1,80}})",
    "ANY": "[wxyobv]{1,12}",
}
_OPEN = frozenset({"SPEAKER", "WORDS", "PRONOUN"})
_NAMING = frozenset({"SPEAKER", "SUBJECT", "DESCRIPTION"})


@dataclass(frozen=True, slots=True)
class Shape:
    """A rule's shape, ready to match.

    Attributes:
        rule: The rule.
        before: What must end where the quotation begins; None for a rule of reported speech.
        match: The rest of the shape, or for reported speech all of it.
        refers: Whether the speaker is the one in focus.
        cue: The letter of the verb; empty where the shape has none.
        after: The letter that must follow the quotation; empty for any.
        mid: Whether something other than the start of a sentence must stand before the quotation.
        open_end: Whether something other than a verb of saying follows the quotation.
    """

    rule: Rule
    before: re.Pattern[str] | None
    match: re.Pattern[str]
    refers: bool
    cue: str
    after: str = ""
    mid: bool = False
    open_end: bool = False


def compile_shapes(rules: Iterable[Rule]) -> tuple[list[Shape], list[Shape]]:
    """The shapes of direct and of reported speech, in the order of the rules.

    Raises:
        PatternError: A shape has an unknown part, or neither or both of QUOTE and CONTENT.
    """
    direct: list[Shape] = []
    reported: list[Shape] = []
    for rule in rules:
        if rule.shape is None:
            continue
        parts = rule.shape.split()
        if ("QUOTE" in parts) == ("CONTENT" in parts):
            raise PatternError(f"{rule.id}: a shape has either QUOTE or CONTENT, this one is {rule.shape!r}")
        (direct if "QUOTE" in parts else reported).append(_compile(rule, parts))
    return direct, reported


def _compile(rule: Rule, parts: list[str]) -> Shape:
    names = [part.rstrip("?") for part in parts]
    if unknown := [name for name in names if name not in _PARTS]:
        raise PatternError(
            f"{rule.id}: no part of a shape is called {unknown[0]!r}; known are {', '.join(sorted(_PARTS))}"
        )
    referring = not any(name in _NAMING for name in names)
    verb = max((i for i, name in enumerate(names) if CODES.get(name, "") in VERBS), default=-1)
    cue = CODES[names[verb]] if verb >= 0 else ""
    sources = [
        _source(name, optional=part.endswith("?"), verb=i == verb)
        for i, (name, part) in enumerate(zip(names, parts, strict=True))
    ]
    if "QUOTE" not in names:
        return Shape(rule, None, re.compile("".join(sources)), referring, cue)
    at = names.index("QUOTE")
    before = re.compile("".join(sources[:at]) + r"\Z") if at else None
    following = parts[at + 1] if at + 1 < len(parts) else "?"
    return Shape(
        rule,
        before,
        re.compile("".join(sources[at + 1 :])),
        referring,
        cue,
        after="" if following.endswith("?") else CODES.get(following, ""),
        mid=at > 0 and names[at - 1] != "START",
        open_end=following in _OPEN,
    )


def _source(name: str, *, optional: bool, verb: bool) -> str:
    """The regular expression of one part; the last verb of a shape is its cue."""
    source = f"(?P<cue>{_PARTS[name]})" if verb else _PARTS[name]
    return f"(?:{source})?" if optional else source

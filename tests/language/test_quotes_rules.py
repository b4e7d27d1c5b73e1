"""Shapes of quotations: what they accept, and what they refuse to be."""

from __future__ import annotations

import pytest

from extractor.errors import PatternError
from extractor.language.quotes.rules import compile_shapes
from extractor.patterns import Example, Rule


def rule(shape: str) -> Rule:
    return Rule(id="quotes.test", shape=shape, examples=(Example(text="-"),))


def test_direct_and_reported_shapes_are_told_apart() -> None:
    direct, reported = compile_shapes([rule("QUOTE CUE SPEAKER"), rule("START SUBJECT SAYS CONTENT")])
    assert [shape.rule.shape for shape in direct] == ["QUOTE CUE SPEAKER"]
    assert [shape.rule.shape for shape in reported] == ["START SUBJECT SAYS CONTENT"]


@pytest.mark.parametrize("shape", ["CUE SPEAKER", "QUOTE CONTENT", "QUOTE NOBODY"])
def test_a_shape_that_means_nothing_is_refused(shape: str) -> None:
    with pytest.raises(PatternError, match=r"quotes\.test"):
        compile_shapes([rule(shape)])


@pytest.mark.parametrize(
    ("shape", "codes", "matches"),
    [
        ("QUOTE CUE SPEAKER", "kx|", True),
        ("QUOTE CUE SPEAKER", "kp|", False),
        ("QUOTE CUE WORDS? ANAPHOR", "kwi|", True),
        ("QUOTE CUE WORDS? ANAPHOR", "ki|", True),
        ("QUOTE SPEAKER END", "x|", True),
        ("QUOTE SPEAKER END", "xw|", False),
    ],
)
def test_what_follows_a_quotation(shape: str, codes: str, matches: bool) -> None:
    [compiled], _ = compile_shapes([rule(shape)])
    assert (compiled.match.match(codes) is not None) is matches


def test_the_last_verb_of_a_shape_is_its_cue() -> None:
    [compiled], _ = compile_shapes([rule("QUOTE CUE? SAID SPEAKER")])
    match = compiled.match.match("kdx|")
    assert match is not None
    assert match.span("cue") == (1, 2)


def test_a_shape_without_a_name_refers_to_the_speaker_in_focus() -> None:
    direct, _ = compile_shapes([rule("QUOTE CUE-NYA"), rule("QUOTE CUE SPEAKER"), rule("QUOTE CUE DESCRIPTION")])
    assert [shape.refers for shape in direct] == [True, False, False]

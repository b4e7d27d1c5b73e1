"""TimeML: the text stands in it character for character, its expressions marked."""

from __future__ import annotations

from datetime import date, datetime
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.language.state import Timex
from extractor.language.timeml import to_dicts, to_timeml

TEXT = "Rapat & lomba digelar <besok> pukul 10.00 WIB."
FOUND = [
    Timex(23, 28, "dates.relative-day", "DATE", "2024-07-29"),
    Timex(30, 45, "dates.clock", "TIME", None, "WIB", "APPROX"),
]


def test_expressions_are_marked_in_the_text() -> None:
    root = ElementTree.fromstring(to_timeml(TEXT, FOUND, published=date(2024, 7, 28), docid="a&b", title="Rapat"))
    body = root.find("TEXT")
    assert body is not None
    assert "".join(body.itertext()) == TEXT
    assert [(mark.text, mark.attrib) for mark in body] == [
        ("besok", {"tid": "t1", "type": "DATE", "value": "2024-07-29"}),
        ("pukul 10.00 WIB", {"tid": "t2", "type": "TIME", "mod": "APPROX"}),
    ]
    assert [root.findtext("DOCID"), root.findtext("TITLE")] == ["a&b", "Rapat"]


@pytest.mark.parametrize(
    ("published", "kind", "value"),
    [
        (date(2024, 7, 28), "DATE", "2024-07-28"),
        (datetime(2024, 7, 28), "DATE", "2024-07-28"),
        (datetime(2024, 7, 28, 14, 5), "TIME", "2024-07-28T14:05"),
    ],
)
def test_the_creation_time_is_the_first_timex(published: date, kind: str, value: str) -> None:
    created = ElementTree.fromstring(to_timeml("Teks.", [], published=published)).find("DCT/TIMEX3")
    assert created is not None
    assert (created.get("tid"), created.get("type"), created.get("value")) == ("t0", kind, value)
    assert created.get("functionInDocument") == "CREATION_TIME"


def test_without_a_publication_time_there_is_no_creation_time() -> None:
    assert "<DCT>" not in to_timeml("Teks.", [])


def test_an_expression_that_overlaps_the_one_before_is_left_out() -> None:
    both = [Timex(0, 9, "dates.year-range", "DATE", "2018"), Timex(0, 9, "dates.year-range", "DATE", "2023")]
    root = ElementTree.fromstring(to_timeml("2018-2023", both))
    assert [mark.get("value") for mark in root.iter("TIMEX3")] == ["2018"]


def test_control_characters_are_refused() -> None:
    with pytest.raises(ValueError, match="control character"):
        to_timeml("Teks\x00.", [])


@given(
    st.text(alphabet=st.characters(min_codepoint=32, exclude_categories=("Cs", "Cn", "Co")) | st.sampled_from("\r\n\t"))
)
def test_any_text_comes_back(text: str) -> None:
    body = ElementTree.fromstring(to_timeml(text, [])).find("TEXT")
    assert body is not None
    assert "".join(body.itertext()) == text


def test_dicts_carry_the_evidence() -> None:
    assert to_dicts(TEXT, FOUND)[1] == {
        "text": "pukul 10.00 WIB",
        "type": "TIME",
        "value": None,
        "mod": "APPROX",
        "zone": "WIB",
        "start": 30,
        "end": 45,
        "rule": "dates.clock",
    }

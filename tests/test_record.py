"""The contract: evidence, references, and the published schema."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from extractor import record as contract
from extractor.record import Article, Event, Official, Percentage, Provenance, Quote, Record, Role, Span
from extractor.schema import record_schema, record_tables
from tests.conftest import ROOT

PROVENANCE = Provenance(version="0", patterns="sha256:0")


def build(text: str, **fields: Any) -> Record:
    return Record(id="x", article=Article(text=text), provenance=PROVENANCE, **fields)


def quote(text: str, start: int, end: int, **fields: Any) -> Quote:
    return Quote(start=start, end=end, text=text[start:end], rule="r", direct=True, **fields)


@st.composite
def text_and_range(draw: st.DrawFn) -> tuple[str, int, int]:
    text = draw(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60))
    start = draw(st.integers(0, len(text) - 1))
    return text, start, draw(st.integers(start + 1, len(text)))


@given(text_and_range())
def test_evidence_that_stands_in_the_text_is_accepted_and_kept(case: tuple[str, int, int]) -> None:
    text, start, end = case
    record = build(text, quotes=(quote(text, start, end),))
    again = Record.model_validate_json(record.model_dump_json())
    assert again == record
    assert all(again.article.text[span.start : span.end] == span.text for _, span in again.spans())


@given(text_and_range(), st.integers(-3, 3))
def test_evidence_beside_the_text_is_refused(case: tuple[str, int, int], shift: int) -> None:
    text, start, end = case
    moved = max(start + shift, 0)
    span = {"start": moved, "end": moved + end - start, "text": text[start:end], "rule": "r", "direct": True}
    if text[moved : moved + end - start] == text[start:end]:
        build(text, quotes=(span,))
    else:
        with pytest.raises(ValidationError, match="quotes\\[0\\]"):
            build(text, quotes=(span,))


def test_every_kind_of_evidence_is_checked() -> None:
    text = "Bupati Umi menyebut 64 persen."
    role = Role(start=0, end=6, text="Bupati", rule="r", title="Bupati")
    person = Official(id="o1", name="Umi", roles=(role,), mentions=(Span(start=7, end=10, text="Umi"),))
    share = {"start": 20, "end": 29, "text": "64 persen", "rule": "r", "value": 64, "category": "other"}
    event = Event(start=0, end=6, text="Bupati", rule="r", type="meeting", trigger="Bupati")
    record = build(text, officials=(person,), percentages=(Percentage(**share),), events=(event,))
    assert [path for path, _ in record.spans()] == [
        "officials[0].roles[0]",
        "officials[0].mentions[0]",
        "percentages[0]",
        "events[0]",
    ]
    for moved in ("roles", "mentions"):
        bad = person.model_copy(update={moved: (Span(start=8, end=11, text="Umi"),)})
        with pytest.raises(ValidationError, match=f"officials\\[0\\].{moved}"):
            build(text, officials=(bad,))


def test_text_as_long_as_its_range() -> None:
    with pytest.raises(ValidationError, match="has 3 code points"):
        Span(start=0, end=4, text="Umi")


OFFICIAL = Official(id="o1", name="Umi")
EVENT = Event(start=0, end=5, text="rapat", rule="r", type="meeting", trigger="rapat", main=True)

BROKEN_REFERENCES = [
    ({"quotes": (quote("rapat kerja", 0, 5, speaker="o1"),)}, "no official has the id 'o1'"),
    ({"events": (EVENT.model_copy(update={"participants": ("o2",)}),)}, "no official has the id 'o2'"),
    ({"officials": (OFFICIAL, OFFICIAL)}, "two officials have the same id"),
    ({"events": (EVENT, EVENT)}, "more than one event"),
]


@pytest.mark.parametrize(("fields", "message"), BROKEN_REFERENCES)
def test_broken_references_are_refused(fields: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        build("rapat kerja", **fields)


def test_references_to_officials_hold() -> None:
    record = build("rapat kerja", officials=(OFFICIAL,), quotes=(quote("rapat kerja", 0, 5, speaker="o1"),))
    assert record.quotes[0].speaker == "o1"


def test_unknown_keys_are_refused_and_parts_are_immutable() -> None:
    with pytest.raises(ValidationError, match="Extra inputs"):
        Article(text="", headline="x")  # type: ignore[call-arg]
    with pytest.raises(ValidationError, match="frozen"):
        Article(text="").text = "x"  # type: ignore[misc]


def test_published_schema_is_that_of_the_code() -> None:
    committed = (ROOT / "docs" / "record.schema.json").read_text(encoding="utf-8")
    assert committed == record_schema() + "\n", "the record changed: run `make schema` and tell it in CHANGELOG.md"


def test_published_tables_are_those_of_the_code() -> None:
    committed = (ROOT / "docs" / "record.md").read_text(encoding="utf-8")
    assert committed.endswith(record_tables() + "\n"), "the record changed: run `make schema`"


def _models() -> list[type[BaseModel]]:
    return [
        m for m in vars(contract).values() if isinstance(m, type) and issubclass(m, BaseModel) and m is not BaseModel
    ]


@pytest.mark.parametrize("model", _models(), ids=lambda m: m.__name__)
def test_every_field_is_described(model: type[BaseModel]) -> None:
    assert model.__doc__
    assert [name for name, field in model.model_fields.items() if not field.description] == []


def test_schema_describes_every_field_and_closes_every_object() -> None:
    schema = json.loads(record_schema())
    definitions = schema["$defs"]
    for name, definition in {"Record": schema, **definitions}.items():
        if definition["type"] == "object":
            assert definition["additionalProperties"] is False, name
            for key, value in definition["properties"].items():
                target = definitions[value["$ref"].rsplit("/", 1)[1]] if "$ref" in value else {}
                assert value.get("description") or target.get("description"), f"{name}.{key}"

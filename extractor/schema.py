"""The record described from its models: as JSON Schema, and as tables for people."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from extractor.record import Record


def record_schema() -> str:
    """The JSON Schema (draft 2020-12) of a record as it is written, as indented JSON."""
    return json.dumps(_schema(), indent=2, ensure_ascii=False)


def record_tables() -> str:
    """The same in Markdown: a heading and a table of fields for each part of the record, and the closed lists."""
    schema = _schema()
    parts = {"Record": schema, **schema["$defs"]}
    return "\n".join(line for name, part in parts.items() for line in _part(name, part, parts))


def _schema() -> dict[str, Any]:
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **Record.model_json_schema(mode="serialization"),
    }


def _part(name: str, part: dict[str, Any], parts: dict[str, Any]) -> Iterator[str]:
    yield f"## {name}\n"
    yield f"{part['description']}\n"
    if "enum" in part:
        yield ", ".join(f"`{value}`" for value in part["enum"]) + "\n"
        return
    yield "| field | type | what it holds |"
    yield "| --- | --- | --- |"
    for key, field in part["properties"].items():
        described = field if "description" in field else parts[_target(field)]
        yield f"| `{key}` | {_type(field)} | {described['description'].replace('|', '/')} |"
    yield ""


def _type(field: dict[str, Any]) -> str:
    """The type of a field in words: "string or null", "list of [Role](#role)"."""
    if "$ref" in field:
        return f"[{_target(field)}](#{_target(field).lower()})"
    if "anyOf" in field:
        return " or ".join(_type(option) for option in field["anyOf"])
    if "const" in field:
        return f"`{field['const']}`"
    if field["type"] == "array":
        return f"list of {_type(field['items'])}"
    return str(field["type"])


def _target(field: dict[str, Any]) -> str:
    return str(field["$ref"]).rsplit("/", 1)[1]

"""The record's JSON Schema, as published in docs/record.schema.json."""

from __future__ import annotations

import json

from extractor.record import Record


def record_schema() -> str:
    """The JSON Schema (draft 2020-12) of a record as it is written, as indented JSON."""
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **Record.model_json_schema(mode="serialization"),
    }
    return json.dumps(schema, indent=2, ensure_ascii=False)

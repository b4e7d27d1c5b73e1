"""Records as flat tables: one table a field, joined by the record's number.

The tables follow from the record's models: a scalar is a column, a region is four, a list of words is one column with
the words parted by "; ", and a list of items is a table of its own.
"""

from __future__ import annotations

import types
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import Any, Union, get_args, get_origin

from pydantic import BaseModel

from extractor.record import (
    Article,
    Block,
    Count,
    DateExpression,
    Event,
    Official,
    Percentage,
    Provenance,
    Quote,
    Region,
    Role,
    Source,
    Span,
    Venue,
    Warning,
)

Cell = str | int | float | None
LIST = "; "


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, its type in SQL, and the keys that lead to its value in an item."""

    name: str
    type: str
    path: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its name, the columns that join it, and the columns of its items."""

    name: str
    keys: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def names(self) -> list[str]:
        """The names of all columns."""
        return [*self.keys, *(column.name for column in self.columns)]


def scalar(annotation: Any) -> Any:
    """The type of a field without `None`."""
    if get_origin(annotation) in (Union, types.UnionType):
        kinds = [kind for kind in get_args(annotation) if kind is not type(None)]
        return float if set(kinds) == {int, float} else kinds[0]
    return annotation


def _columns(model: type[BaseModel], path: tuple[str, ...] = ()) -> Iterator[Column]:
    for name, field in model.model_fields.items():
        kind = scalar(field.annotation)
        own = (*path, name)
        if get_origin(kind) is tuple:
            if get_args(kind)[0] is str:
                yield Column("_".join(own), "TEXT", own)
        elif isinstance(kind, type) and issubclass(kind, Region):
            yield from _columns(Region, own)
        else:
            yield Column("_".join(own), _sql(kind), own)


def _sql(kind: Any) -> str:
    if isinstance(kind, type) and not issubclass(kind, Enum):
        return "INTEGER" if issubclass(kind, int) else "REAL" if issubclass(kind, float) else "TEXT"
    return "TEXT"


_ITEMS: dict[str, type[BaseModel]] = {
    "dates": DateExpression,
    "venues": Venue,
    "percentages": Percentage,
    "counts": Count,
    "quotes": Quote,
    "events": Event,
    "warnings": Warning,
}


@lru_cache(maxsize=1)
def tables() -> dict[str, Table]:
    """All tables by name, `articles` first."""
    articles = (Column("id", "TEXT", ("id",)), *_columns(Article), *_columns(Provenance))
    made = [
        Table("articles", ("record",), articles),
        Table("officials", ("record", "number"), tuple(_columns(Official))),
        Table("roles", ("record", "number", "official"), tuple(_columns(Role))),
        Table("mentions", ("record", "number", "field", "item"), tuple(_columns(Span))),
        *(Table(name, ("record", "number"), tuple(_columns(model))) for name, model in _ITEMS.items()),
        Table("blocks", ("record", "number"), tuple(_columns(Block))),
        Table("evidence", ("record", "number"), tuple(_columns(Source))),
    ]
    return {table.name: table for table in made}


def rows(record: Mapping[str, Any], number: int) -> Iterator[tuple[str, list[Cell]]]:
    """The rows of a record, each with the name of its table.

    Args:
        record: The record as it stands in JSON.
        number: Its number in the output, from 1; the first column of every table.
    """
    article = {**record["article"], **record["provenance"], "id": record["id"]}
    yield "articles", [number, *_cells("articles", article)]
    roles = 0
    for position, official in enumerate(record["officials"], 1):
        yield "officials", [number, position, *_cells("officials", official)]
        for role in official["roles"]:
            roles += 1
            yield "roles", [number, roles, official["id"], *_cells("roles", role)]
    yield from _mentions(record, number)
    for name in _ITEMS:
        for position, item in enumerate(record[name], 1):
            yield name, [number, position, *_cells(name, item)]
    for name in ("blocks", "evidence"):
        for position, item in enumerate(record["article"][name], 1):
            yield name, [number, position, *_cells(name, item)]


def _mentions(record: Mapping[str, Any], number: int) -> Iterator[tuple[str, list[Cell]]]:
    count = 0
    for name in ("officials", "percentages", "counts"):
        for position, item in enumerate(record[name], 1):
            for mention in item["mentions"]:
                count += 1
                yield "mentions", [number, count, name, position, *_cells("mentions", mention)]


def _cells(table: str, item: Mapping[str, Any]) -> Iterator[Cell]:
    for column in tables()[table].columns:
        value: Any = item
        for key in column.path:
            value = value.get(key) if value is not None else None
        yield LIST.join(value) if isinstance(value, list) else value

"""Parquet: a folder of parts with the records as they are, lists and all, under one fixed schema."""

from __future__ import annotations

import json
import shutil
from enum import Enum
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, get_args, get_origin

from pydantic import BaseModel

from extractor.archive.sinks import refuse_foreign, replace_folder
from extractor.archive.tables import scalar
from extractor.record import Record

if TYPE_CHECKING:
    import pyarrow as pa

ROWS_A_PART = 20_000
ROWS_A_GROUP = 2_000


@lru_cache(maxsize=1)
def schema() -> pa.Schema:
    """The Arrow schema of a record, made from its models."""
    import pyarrow as pa

    return pa.schema(list(_fields(Record)))


def _fields(model: type[BaseModel]) -> list[pa.Field]:
    import pyarrow as pa

    return [pa.field(name, _arrow(field.annotation)) for name, field in model.model_fields.items()]


def _arrow(annotation: Any) -> pa.DataType:
    import pyarrow as pa

    kind = scalar(annotation)
    if get_origin(kind) is tuple:
        return pa.list_(_arrow(get_args(kind)[0]))
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return pa.struct(_fields(kind))
    if not isinstance(kind, type) or issubclass(kind, Enum | str):
        return pa.string()
    return pa.bool_() if kind is bool else pa.int64() if kind is int else pa.float64()


class ParquetFolder:
    """Writes records to the parts of a folder, as a context manager; see `extractor.archive.sinks.Sink`."""

    def __init__(self, path: Path) -> None:
        refuse_foreign(path, ".parquet")
        self.path = path
        self._part = path.with_name(f"{path.name}.part")

    def __enter__(self) -> Self:
        shutil.rmtree(self._part, ignore_errors=True)
        self._part.mkdir(parents=True)
        self._rows: list[dict[str, Any]] = []
        self._number = self._held = 0
        self._open()
        return self

    def _open(self) -> None:
        import pyarrow.parquet as pq

        name = self._part / f"part-{self._number:05d}.parquet"
        self._writer = pq.ParquetWriter(name, schema(), compression="zstd")
        self._number += 1
        self._held = 0

    def write(self, document: bytes) -> None:
        """Writes one record."""
        if self._held == ROWS_A_PART:
            self._flush()
            self._writer.close()
            self._open()
        self._rows.append(json.loads(document))
        self._held += 1
        if len(self._rows) == ROWS_A_GROUP:
            self._flush()

    def _flush(self) -> None:
        import pyarrow as pa

        if self._rows:
            self._writer.write_table(pa.Table.from_pylist(self._rows, schema=schema()))
            self._rows.clear()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self._flush()
            self._writer.close()
            if kind is None:
                replace_folder(self._part, self.path)
        finally:
            shutil.rmtree(self._part, ignore_errors=True)

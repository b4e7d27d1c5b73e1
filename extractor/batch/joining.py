"""Joins the pages of articles that are split: each article is extracted again from its joined text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from extractor.archive import Failure
from extractor.batch.index import Index
from extractor.batch.parts import Store, read_part
from extractor.batch.worker import Task
from extractor.page import join_pages
from extractor.pipeline import Extractor
from extractor.record import Record

GROUPS_A_SHARD = 50


@dataclass(frozen=True, slots=True)
class Split:
    """The records of the pages of one article, in the order of the inputs."""

    source: str
    records: tuple[Record, ...]


def join_tasks(extractor: Extractor, index: Index, parts: Sequence[Path]) -> list[Task]:
    """The shards that join the index's groups of pages, in order."""
    starts = range(0, len(index.groups), GROUPS_A_SHARD)
    return [
        Task(
            name=f"j{number:07d}",
            inputs=partial(_splits, index, parts, index.groups[start : start + GROUPS_A_SHARD]),
            outcome=partial(_joined, extractor),
            size=0,
        )
        for number, start in enumerate(starts)
    ]


def joined_records(store: Store, tasks: Sequence[Task]) -> Iterator[bytes | None]:
    """The record of each group as JSON, None for one that could not be joined."""
    for task in tasks:
        for number in range((store.finished(task.name) or {}).get("parts", 0)):
            yield from (kept.document if kept.keys else None for kept in read_part(store.part(task.name, number)))


def _splits(index: Index, parts: Sequence[Path], groups: Sequence[Sequence[int]]) -> Iterator[Split]:
    for group in groups:
        records = tuple(_record(parts[index.part_of[number]], index.line_of[number]) for number in group)
        yield Split(records[0].provenance.source or "", records)


def _record(part: Path, line: int) -> Record:
    for number, kept in enumerate(read_part(part)):
        if number == line:
            return Record.model_validate_json(kept.document)
    raise EOFError(f"{part} has no line {line}")


def _joined(extractor: Extractor, split: Split) -> Record | Failure:
    try:
        page = join_pages(record.article for record in split.records)
        return extractor.record_of_page(page, split.source)
    except Exception as error:  # the pages keep their own records then
        return Failure(split.source, "not-joined", f"{split.source}: its pages could not be joined: {error}")

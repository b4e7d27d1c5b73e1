"""Writes the output of a run from its parts, in the order of the inputs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from extractor.archive import JsonLines
from extractor.archive.sinks import Sink
from extractor.batch.index import Index, lines
from extractor.batch.parts import Kept
from extractor.batch.summary import Summary


@dataclass(slots=True)
class Outputs:
    """What a run writes.

    Attributes:
        records: The records.
        failures: A line for each input that gave no record.
        duplicates: A line for each input whose record is another's, and for each record much like another.
    """

    records: Sink
    failures: JsonLines
    duplicates: JsonLines


@dataclass(slots=True)
class Merge:
    """Writes records, failures and duplicates, and keeps the accounts.

    Attributes:
        index: What is known of all records.
        joined: The record of each of the index's groups, in order; None for one that was not joined.
        summary: The accounts.
    """

    index: Index
    joined: Iterator[bytes | None]
    summary: Summary
    _page_of: dict[int, int] = field(default_factory=dict)
    _names: dict[int, dict[str, str]] = field(default_factory=dict)
    _replaced: dict[int, bytes] = field(default_factory=dict)

    def write(self, parts: Sequence[Path], outputs: Outputs) -> None:
        """Writes the outputs; what a line of duplicates refers to stands before it in the records.

        Raises:
            OSError: An output cannot be written.
        """
        groups = {group[0]: group for group in self.index.groups}
        near = {link.index: link for link in self.index.near}
        wanted = {*self.index.same.values(), *(link.of for link in self.index.near), *groups}
        number = -1
        for _, _, kept in lines(parts):
            self.summary.inputs += 1
            if kept.keys is None:
                self._failure(kept, outputs)
                continue
            number += 1
            if number in groups:
                self._open_group(groups[number])
            if (first := self.index.same.get(number)) is not None:
                self._duplicate(kept, "same", self._standing(first), outputs)
            elif (first := self._page_of.get(number)) is not None:
                self._duplicate(kept, "page", first, outputs)
                if number in wanted:
                    self._names[number] = self._names[first]
            else:
                document = self._replaced.pop(number, kept.document)
                self._record(document, kept, number, outputs)
                if number in wanted:
                    self._names[number] = _name(document)
                if (link := near.get(number)) and self._standing(link.of) != number:
                    self._link(document, "near", self._names[link.of], outputs, similarity=link.similarity)
                    self.summary.near += 1

    def _open_group(self, group: list[int]) -> None:
        """Puts the joined record in the place of the article's first page, and the other pages behind it."""
        document = next(self.joined)
        if document is not None:
            self._replaced[group[0]] = document
            self._page_of.update(dict.fromkeys(group[1:], group[0]))

    def _standing(self, number: int) -> int:
        """The record that stands for another in the output."""
        return self._page_of.get(number, number)

    def _failure(self, kept: Kept, outputs: Outputs) -> None:
        outputs.failures.write(kept.document)
        self.summary.failures[json.loads(kept.document)["code"]] += 1

    def _record(self, document: bytes, kept: Kept, number: int, outputs: Outputs) -> None:
        outputs.records.write(document)
        self.summary.records += 1
        joined = document is not kept.document
        codes = (
            {w["code"] for w in json.loads(document)["warnings"]} if joined else kept.keys.codes if kept.keys else ()
        )
        self.summary.warnings.update(codes)

    def _duplicate(self, kept: Kept, kind: str, first: int, outputs: Outputs) -> None:
        self._link(kept.document, kind, self._names[first], outputs)
        self.summary.duplicates[kind] += 1

    def _link(
        self, document: bytes, kind: str, first: dict[str, str], outputs: Outputs, similarity: float | None = None
    ) -> None:
        own = _name(document)
        line = {
            "kind": kind,
            "source": own["source"],
            "id": own["id"],
            "of": first["source"],
            "of_id": first["id"],
            "similarity": similarity,
        }
        outputs.duplicates.write(json.dumps(line, ensure_ascii=False))


def _name(document: bytes) -> dict[str, str]:
    record = json.loads(document)
    return {"id": record["id"], "source": record["provenance"]["source"]}

"""What is known of all records of a run at once: which repeat another, which are pages of one article.

Only keys are held, about three hundred bytes a record; the records stay in their parts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from extractor.batch.near import POSITIONS, Near, near_duplicates
from extractor.batch.outcome import NO_KEY
from extractor.batch.parts import Kept, read_part

if TYPE_CHECKING:
    import numpy as np


@dataclass(slots=True)
class Index:
    """The keys of a run's records, by the number of the record in the order of the inputs, from 0.

    Attributes:
        part_of: Number of the part that each record lies in.
        line_of: Number of its line there.
        same: For a record whose address and text were met before, the number of the first with them.
        groups: Numbers of the records that are pages of one article, each article's in order.
        near: Records that are much like an earlier one.
    """

    part_of: list[int] = field(default_factory=list)
    line_of: list[int] = field(default_factory=list)
    same: dict[int, int] = field(default_factory=dict)
    groups: list[list[int]] = field(default_factory=list)
    near: list[Near] = field(default_factory=list)


def build_index(parts: Iterable[Path], *, keep_duplicates: bool, join: bool) -> Index:
    """Reads the keys of all records.

    Args:
        parts: The parts of the run, in order.
        keep_duplicates: Whether a record with the address and text of an earlier one counts as its own.
        join: Whether pages of one article are looked for.
    """
    index = Index()
    firsts: dict[bytes, int] = {}
    pages: dict[bytes, list[tuple[int, int]]] = defaultdict(list)
    split: set[bytes] = set()
    signatures = bytearray()
    rows: list[int] = []
    for place, line, kept in lines(parts):
        keys = kept.keys
        if keys is None:
            continue
        number = len(index.part_of)
        index.part_of.append(place)
        index.line_of.append(line)
        if not keep_duplicates and keys.same != NO_KEY and (first := firsts.setdefault(keys.same, number)) != number:
            index.same[number] = first
            continue
        if join and keys.article != NO_KEY:
            pages[keys.article].append((number, keys.page))
            if keys.page > 1:
                split.add(keys.article)
        if keys.signature:
            signatures += keys.signature
            rows.append(number)
    index.groups = sorted(_groups(pages, split))
    index.near = list(_near(signatures, rows))
    return index


def lines(parts: Iterable[Path]) -> Iterator[tuple[int, int, Kept]]:
    """Every line of the parts, with the number of its part and its own."""
    for place, part in enumerate(parts):
        for line, kept in enumerate(read_part(part)):
            yield place, line, kept


def _groups(pages: dict[bytes, list[tuple[int, int]]], split: set[bytes]) -> Iterator[list[int]]:
    for article in split:
        if len({max(page, 1) for _, page in pages[article]}) > 1:
            yield [number for number, _ in pages[article]]


def _near(signatures: bytearray, rows: list[int]) -> Iterator[Near]:
    import numpy as np

    table: np.ndarray = np.frombuffer(signatures, dtype="<u4").reshape(-1, POSITIONS)
    return near_duplicates(table, np.asarray(rows, dtype=np.int64))

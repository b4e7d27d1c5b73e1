"""The plan of a run: which files it reads, cut into shards, and what it may be resumed with."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from extractor.archive import STANDARD_INPUT, Failure, Input, Reading
from extractor.archive.folders import Found, LeftOut, find
from extractor.archive.kinds import PAGE_ENDINGS, Kind, ending_of
from extractor.archive.slices import columns_of, slices
from extractor.archive.sources import Piece, read_file
from extractor.batch.options import Options
from extractor.batch.parts import write_whole
from extractor.errors import InputError

PLAN, LISTING = "plan.json", "listing.jsonl"
SHARD_ENTRIES = 200
ALONE = 256 * 1024
"""A file as large as this is a shard of its own."""


@dataclass(frozen=True, slots=True)
class Shard:
    """A stretch of the listing: what one process reads.

    Attributes:
        name: Its number, in seven digits.
        offset: First byte of its lines in the listing.
        entries: Number of lines.
        size: Number of bytes that they stand for, about.
    """

    name: str
    offset: int
    entries: int
    size: int


@dataclass(frozen=True, slots=True)
class Plan:
    """A run's plan as it lies in the working folder."""

    folder: Path
    shards: tuple[Shard, ...]
    left_out: int
    options: Options

    def inputs(self, shard: Shard) -> Iterator[Input | Failure | None]:
        """What a shard holds; None for an entry of an archive that is no page."""
        with (self.folder / LISTING).open("rb") as listing:
            listing.seek(shard.offset)
            for _ in range(shard.entries):
                yield from _read_entry(json.loads(listing.readline()), self.options.reading())


def make_plan(sources: list[str], folder: Path, options: Options, identity: dict[str, Any], note: Any) -> Plan:
    """Lists the sources and cuts them into shards.

    Args:
        sources: As given by the user.
        folder: The working folder; the plan is kept there.
        options: How the run works.
        identity: What a later run must agree with to resume this one.
        note: Called with a sentence for each table whose columns were guessed.
    """
    folder.mkdir(parents=True, exist_ok=True)
    left_out = 0
    shards: list[Shard] = []
    offset = start = entries = size = 0
    before = False
    with (folder / LISTING).open("wb") as listing:
        for entry in _entries(sources, folder, options, note):
            if entry is None:
                left_out += 1
                continue
            own = _entry_size(entry)
            alone = own >= ALONE or "piece" in entry
            if entries and (alone or before or entries >= SHARD_ENTRIES or size + own > options.slice_size):
                shards.append(Shard(f"{len(shards):07d}", start, entries, size))
                start, entries, size = offset, 0, 0
            offset += listing.write(json.dumps(entry).encode() + b"\n")
            entries += 1
            size += own
            before = alone
    if entries:
        shards.append(Shard(f"{len(shards):07d}", start, entries, size))
    document = {
        "identity": identity,
        "left_out": left_out,
        "shards": [[shard.offset, shard.entries, shard.size] for shard in shards],
    }
    write_whole(folder / PLAN, json.dumps(document).encode())
    return Plan(folder, tuple(shards), left_out, options)


def kept_plan(folder: Path, options: Options, identity: dict[str, Any]) -> Plan | None:
    """The plan that an earlier run left in the working folder; None when there is none.

    Raises:
        InputError: That run was given other sources, options or rule data, or was another version's.
    """
    try:
        document = json.loads((folder / PLAN).read_bytes())
    except FileNotFoundError:
        return None
    if changes := _changes(document["identity"], identity):
        raise InputError(
            "changed-run",
            f"an unfinished run with the same output was started otherwise: {'; '.join(changes)}; "
            "give the same again to go on with it, or --restart to begin anew",
        )
    shards = tuple(Shard(f"{number:07d}", *shard) for number, shard in enumerate(document["shards"]))
    return Plan(folder, shards, document["left_out"], options)


def _changes(before: dict[str, Any], now: dict[str, Any]) -> list[str]:
    return [
        f"{key.replace('_', ' ')} was {json.dumps(before.get(key), ensure_ascii=False)}, "
        f"is {json.dumps(now.get(key), ensure_ascii=False)}"
        for key in sorted(before.keys() | now.keys())
        if before.get(key) != now.get(key)
    ]


def _entries(sources: Iterable[str], folder: Path, options: Options, note: Any) -> Iterator[dict[str, Any] | None]:
    for source in sources:
        if source == STANDARD_INPUT:
            yield from _file_entries(_spooled(folder), "stdin", options, note)
            continue
        for found in find(source):
            if isinstance(found, Failure):
                yield {"failure": found.document()}
            elif isinstance(found, LeftOut):
                yield None
            else:
                yield from _file_entries(found, None, options, note)


def _spooled(folder: Path) -> Found:
    """Standard input, kept in a file so that the run can be resumed without it."""
    path = folder / "stdin"
    with path.open("wb") as spool:
        shutil.copyfileobj(sys.stdin.buffer, spool)
    status = path.stat()
    return Found(path.as_posix(), status.st_size, status.st_mtime_ns)


def _file_entries(found: Found, name: str | None, options: Options, note: Any) -> Iterator[dict[str, Any]]:
    entry: dict[str, Any] = {"path": found.path, "size": found.size, "changed": found.changed}
    if name:
        entry["name"] = name
    if ending_of(found.path) in PAGE_ENDINGS:
        yield entry
        return
    if options.columns is None and (guess := columns_of(Path(found.path))):
        entry["columns"], sentence = guess
        if sentence:
            note(f"{name or found.path}: {sentence}")
    pieces = slices(Path(found.path), options.slice_size)
    yield from ({**entry, "piece": [p.kind, p.start, p.stop, p.before]} for p in pieces) if pieces else [entry]


def _entry_size(entry: dict[str, Any]) -> int:
    piece = entry.get("piece")
    if piece and piece[0] not in (Kind.ZIP, Kind.PARQUET):
        return int(piece[2] - piece[1])
    return int(entry.get("size", 0)) + 1


def _read_entry(entry: dict[str, Any], reading: Reading) -> Iterator[Input | Failure | None]:
    if "failure" in entry:
        yield Failure(**entry["failure"])
        return
    path = Path(entry["path"])
    name = entry.get("name", path.as_posix())
    try:
        status = path.stat()
    except OSError as error:
        yield Failure(name, "unreadable-source", f"{path} cannot be read any more: {error.strerror}")
        return
    if (status.st_size, status.st_mtime_ns) != (entry["size"], entry["changed"]):
        yield Failure(name, "source-changed", f"{path} was changed after the run had begun; run it anew")
        return
    piece = None
    if "piece" in entry:
        kind, start, stop, before = entry["piece"]
        piece = Piece(Kind(kind), start, stop, before)
    yield from read_file(
        path, replace(reading, columns=reading.columns or entry.get("columns")), name=name, piece=piece
    )

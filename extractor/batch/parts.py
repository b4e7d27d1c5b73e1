"""Parts: what came out of a hundred inputs, in a file that has its name only when it is whole.

A part is a file of lines. A record's line is `R`, the keys that duplicates are found by, and its JSON, parted by tabs;
a failure's is `F` and its JSON. The last line tells how many there are.
"""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from extractor.archive import Failure
from extractor.batch.outcome import Keys
from extractor.record import Record

PART_SIZE = 100


@dataclass(frozen=True, slots=True)
class Kept:
    """One line of a part: a record with its keys, or a failure (without keys), as JSON."""

    document: bytes
    keys: Keys | None


def line_of(outcome: Record | Failure, keys: Keys | None) -> bytes:
    """The line of a part for one input."""
    if isinstance(outcome, Failure):
        return b"F\t" + json.dumps(outcome.document(), ensure_ascii=False).encode("utf-8", "replace") + b"\n"
    assert keys is not None
    fields = (
        b"R",
        keys.same.hex().encode(),
        keys.article.hex().encode(),
        str(keys.page).encode(),
        base64.b64encode(keys.signature),
        ",".join(keys.codes).encode(),
        outcome.model_dump_json().encode(),
    )
    return b"\t".join(fields) + b"\n"


def read_part(path: Path) -> Iterator[Kept]:
    """The lines of a part."""
    with path.open("rb") as stream:
        for line in stream:
            if line.startswith(b"R"):
                _, same, article, page, signature, codes, document = line.rstrip(b"\n").split(b"\t", 6)
                keys = Keys(
                    bytes.fromhex(same.decode()),
                    bytes.fromhex(article.decode()),
                    int(page),
                    base64.b64decode(signature),
                    tuple(codes.decode().split(",")) if codes else (),
                )
                yield Kept(document, keys)
            elif line.startswith(b"F"):
                yield Kept(line[2:].rstrip(b"\n"), None)


def write_whole(path: Path, content: bytes) -> None:
    """Writes a file so that it has its name only when it is on the disk in full, whatever happens meanwhile."""
    part = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        with part.open("wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(path)
    except OSError:
        part.unlink(missing_ok=True)
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


@dataclass(frozen=True, slots=True)
class Store:
    """The parts of a run's shards, in one folder."""

    folder: Path

    def part(self, shard: str, number: int) -> Path:
        """The file of a part; a thousand shards share a folder."""
        return self.folder / shard[:-3] / f"{shard}-{number:05d}.part"

    def marker(self, shard: str) -> Path:
        """The file that says that a shard is done, and how many parts it has."""
        return self.folder / shard[:-3] / f"{shard}.done"

    def parts_so_far(self, shard: str) -> int:
        """Number of parts that are there without a gap."""
        number = 0
        while self.part(shard, number).exists():
            number += 1
        return number

    def finish(self, shard: str, parts: int, inputs: int, left_out: int) -> None:
        """Writes the marker of a shard."""
        document = {"parts": parts, "inputs": inputs, "left_out": left_out}
        write_whole(self.marker(shard), json.dumps(document).encode())

    def finished(self, shard: str) -> dict[str, int] | None:
        """What the marker of a shard says; None when the shard is not done."""
        try:
            return dict(json.loads(self.marker(shard).read_bytes()))
        except FileNotFoundError:
            return None

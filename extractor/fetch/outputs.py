"""The files of a run: what they are called, and which of them are ours to go on with or to throw away.

Nothing is written before everything was looked at, so that a refused run leaves nothing behind; nothing is thrown away
that the ledger does not know as an output of its own.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from extractor.errors import InputError
from extractor.fetch.archive import ENDINGS, foreign_record
from extractor.fetch.ledger import Ledger
from extractor.fetch.records import RECORDS, foreign_line


@dataclass(frozen=True, slots=True)
class Paths:
    """What lies beside an output.

    Attributes:
        failures: The addresses that gave nothing, a JSON document a line.
        report: The accounts of the last run.
        ledger: What was done so far.
    """

    failures: Path
    report: Path
    ledger: Path


@dataclass(frozen=True, slots=True)
class Ends:
    """Sizes up to which the outputs are whole; what follows is a torn end of ours."""

    pages: int
    records: int


def paths_of(out: Path) -> Paths:
    """What lies beside an output."""
    return Paths(
        out.with_name(f"{out.name}.failures.jsonl"),
        out.with_name(f"{out.name}.fetch.json"),
        out.with_name(f".{out.name}.ledger"),
    )


def pages_of(records: Path) -> Path:
    """The archive of the pages whose records go to a file."""
    return records.with_name(f"{records.name.removesuffix(RECORDS)}{ENDINGS[0]}")


def check_outputs(pages: Path | None, records: Path | None) -> None:
    """Looks at the names of outputs before anything is written.

    Args:
        pages: The web archive; the one beside the records when None.
        records: The file of records, when there is one; else the ledger lies beside the archive.

    Raises:
        InputError: "bad-output" where a name is empty, has another ending, is a folder's, or is that of a file that is
            there although no run has begun with this output.
    """
    if records:
        _check_name(records, (RECORDS,), "records are appended to JSON Lines")
        pages = pages or pages_of(records)
    assert pages is not None
    _check_name(pages, ENDINGS, "pages are written as a web archive")
    paths = paths_of(records or pages)
    own = [path for path in (records, pages) if path]
    for path in (*own, paths.failures, paths.report, paths.ledger):
        if path.is_dir():
            raise InputError("bad-output", f"{path} is a folder; name a file, or move the folder away")
    if not paths.ledger.exists():
        _refuse_foreign((*own, paths.failures, paths.report))


def _check_name(path: Path, endings: tuple[str, ...], what: str) -> None:
    if not path.name:
        raise InputError("bad-output", "the name of the output is empty; name a file with -o")
    if not path.name.endswith(endings):
        raise InputError("bad-output", f"{path}: {what}; let the name end in {endings[0]}")


def claim(ledger: Ledger, pages: Path, records: Path | None, *, restart: bool) -> Ends:
    """Makes the outputs those of the ledger.

    Args:
        ledger: The ledger of the output.
        pages: The web archive.
        records: The file of records, when there is one.
        restart: Throw away what earlier runs have written.

    Returns:
        The sizes up to which the outputs are whole.

    Raises:
        InputError: "bad-output" where a file that has the name of an output was not written by this ledger's runs, or
            holds whole records that somebody else has appended.
    """
    outputs = [pages, *([records] if records else [])]
    names = {path: os.path.relpath(path, ledger.path.parent) for path in outputs}  # the folder may be moved
    _refuse_foreign([path for path, name in names.items() if not ledger.owns(name)])
    if restart:
        for path in outputs:
            path.unlink(missing_ok=True)
        ledger.forget_all()
    ends = Ends(*ledger.ends(_size(pages), _size(records) if records else 0))
    if not restart:
        _refuse_appended(ledger, pages, records, ends)
    ledger.own(names.values())
    return ends


def _refuse_foreign(paths: Sequence[Path]) -> None:
    for path in paths:
        if path.exists() and _size(path):
            raise InputError(
                "bad-output", f"{path} is there and was not written by an earlier run of this; choose another name"
            )


def _refuse_appended(ledger: Ledger, pages: Path, records: Path | None, ends: Ends) -> None:
    found = [(pages, ends.pages)] if foreign_record(pages, ends.pages, ledger.sessions()) else []
    if records and foreign_line(records, ends.records, ledger.begun()):
        found.append((records, ends.records))
    for path, end in found:
        raise InputError(
            "bad-output",
            f"{path}: something else was appended behind what was fetched, from byte {end}; move that to another file "
            f"and cut this one there, or choose another output",
        )


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0

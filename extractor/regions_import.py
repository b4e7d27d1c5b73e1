"""Compiles an official table of regions into a user's folder of rule data.

The Ministry of Home Affairs publishes codes and names down to the village. Warta holds provinces, regencies and cities
itself; `warta regions import FILE` writes the rest to `regions/imported.csv` in the user's folder, where every later
`load(patterns=…)` finds it.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from extractor.errors import InputError
from extractor.language.gazetteer import split_name
from extractor.patterns import builtin_root
from extractor.record import Level

IMPORTED = Path("regions", "imported.csv")
_WIDTHS = (2, 4, 6, 10)
_CODE = re.compile(r"\d{2}(?:\.\d{2}(?:\.\d{2}(?:\.\d{4})?)?)?")
_SHORT_PREFIX = re.compile(r"(?i)\b(?:(?P<regency>kab)|(?P<islands>kep))\b\.?\s*")
_ROMAN = re.compile(r"[IVX]+")
_HEADERS = frozenset({"code", "kode", "id", "kode wilayah", "kode_wilayah"})


@dataclass(frozen=True)
class Imported:
    """What an import did.

    Attributes:
        path: The file that was written.
        levels: Number of regions in it by level.
        known: Number of rows left out because Warta holds the region already.
    """

    path: Path
    levels: dict[Level, int]
    known: int


def import_regions(table: Path, folder: Path) -> Imported:
    """Adds the regions of an official table to a folder of rule data.

    Rows that an earlier import wrote are kept unless the new table has the same code; the file is replaced as a whole.

    Args:
        table: UTF-8 text, a code and a name a line, separated by comma, semicolon or tab, with or without a header.
            Codes are dotted ("33.16.10.2001") or plain ("3316102001"), of any depth.
        folder: The user's folder of rule data; made when absent.

    Raises:
        InputError: Code "bad-region-table": a line without a code or a name, a code with two names, or no line at all.
        OSError: The table cannot be read or the folder cannot be written.
    """
    ours = set(_codes_of(builtin_root()))
    rows = dict(_read(table))
    target = folder / IMPORTED
    if target.is_file():
        rows = dict(_read(target)) | rows
    new = {code: name for code, name in sorted(rows.items()) if code not in ours}
    _write(target, new)
    levels = Counter(split_name(name, code)[1] for code, name in new.items())
    return Imported(target, dict(levels), len(rows) - len(new))


def _codes_of(root: Path) -> Iterator[str]:
    for name in ("provinces.csv", "regencies.csv"):
        with (root / "regions" / name).open(encoding="utf-8", newline="") as lines:
            yield from (row["code"] for row in csv.DictReader(line for line in lines if not line.startswith("#")))


def _read(table: Path) -> Iterator[tuple[str, str]]:
    """Code and name of every row, in the gazetteer's form."""
    seen: dict[str, str] = {}
    try:
        text = table.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError("bad-region-table", f"{table} is not UTF-8 text: {error.reason}; save it as UTF-8") from None
    for number, row in enumerate(csv.reader(text.splitlines(), delimiter=_delimiter(text)), 1):
        if not row or row[0].startswith("#") or (not seen and row[0].strip().lower() in _HEADERS):
            continue
        code, name = _row(table, number, row)
        if seen.setdefault(code, name) != name:
            raise InputError(
                "bad-region-table", f"{table}:{number}: {code} is {seen[code]!r} further up, here {name!r}"
            )
        yield code, name
    if not seen:
        raise InputError("bad-region-table", f"{table} holds no region; give a table with a code and a name a line")


def _delimiter(text: str) -> str:
    first = next((line for line in text.splitlines() if line.strip() and not line.startswith("#")), "")
    return max("\t;,", key=first.count)


def _row(table: Path, number: int, row: list[str]) -> tuple[str, str]:
    digits = row[0].strip()
    code = digits if "." in digits else _dotted(digits)
    name = _tidy(row[1]) if len(row) > 1 else ""
    if not name or not _CODE.fullmatch(code):
        problem = f"{','.join(row)[:60]!r} is not a code and a name"
        raise InputError("bad-region-table", f"{table}:{number}: {problem}; write '33.16.10,Tunjungan'")
    return code, name


def _dotted(digits: str) -> str:
    """A plain code in dotted form; an unusual length is returned as it is."""
    if len(digits) not in _WIDTHS:
        return digits
    return ".".join(filter(None, (digits[:2], digits[2:4], digits[4:6], digits[6:])))


def _tidy(name: str) -> str:
    """A name without double spaces, abbreviations of the level written out, words in capitals in title case."""
    words = name.split()
    if name.isupper():
        words = [word if _ROMAN.fullmatch(word) else word.capitalize() for word in words]
    return _SHORT_PREFIX.sub(lambda m: "Kabupaten " if m["regency"] else "Kepulauan ", " ".join(words))


def _write(target: Path, rows: dict[str, str]) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_suffix(".part")
    with part.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines, lineterminator="\n")
        writer.writerow(("code", "name", "aliases"))
        writer.writerows((code, name, "") for code, name in rows.items())
    part.replace(target)

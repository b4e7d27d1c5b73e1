"""Tables: columns by their names or by a guess, damage told by row."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from extractor.archive import Failure, Input, Reading, read_sources
from extractor.archive.kinds import Kind
from extractor.archive.rows import guess_columns, read_csv, told
from extractor.archive.slices import columns_of, slices
from extractor.archive.sources import read_file

GUESSES: list[tuple[dict[str, Any], str]] = [
    ({"text": "x", "title": "y"}, ""),
    ({"Isi": "x", "Judul": "y", "Tautan": "z"}, "text from 'Isi', title from 'Judul', url from 'Tautan'"),
    ({"isi": "x", "tanggal": "2024-02-14"}, "text from 'isi', published from 'tanggal'"),
    ({"isi": "x", "tanggal": "14 Februari 2024"}, "text from 'isi'"),
    ({"raw_html": "x", "id": 3}, "html from 'raw_html'"),
]


@pytest.mark.parametrize(("row", "expected"), GUESSES, ids=lambda value: str(value)[:40])
def test_guess(row: dict[str, Any], expected: str) -> None:
    columns = guess_columns(row, row)
    assert told({field: column for field, column in columns.items() if column in row}) == expected


def contents(path: Path, reading: Reading | None = None) -> list[str]:
    found = read_sources([path], reading)
    return [f"{p.source.rpartition('#')[2]}:{p.content if isinstance(p, Input) else p.code}" for p in found]  # type: ignore[str-bytes-safe]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_csv(tmp_path: Path, delimiter: str) -> None:
    path = tmp_path / "a.csv"
    cells = [["id", "isi"], ["k-1", '"baris satu\nbaris dua"'], ["k-2"], ["k-3", ""], ["k-4", "akhir"]]
    path.write_text("\r\n".join(delimiter.join(row) for row in cells), encoding="utf-8-sig")
    assert contents(path) == ["k-1:baris satu\nbaris dua", "2:bad-row", "k-3:bad-row", "k-4:akhir"]


def test_columns_may_be_given(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("text,kolom\nsalah,benar\n", encoding="utf-8")
    assert contents(path, Reading(columns={"text": "kolom"})) == ["1:benar"]


def test_csv_with_null_bytes_and_long_cells() -> None:
    content = b'text\n"a\0b"\n' + b"x" * 300_000 + b"\n"
    assert len([p for p in read_csv(io.BytesIO(content), "a.csv") if isinstance(p, Input)]) == 2


def test_later_rows_may_have_more_keys(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "a"}\n{"text": "b", "title": "Judul"}\n', encoding="utf-8")
    assert [p.title for p in read_sources([path]) if isinstance(p, Input)] == [None, "Judul"]


@pytest.fixture
def parquet(tmp_path: Path) -> Path:
    path = tmp_path / "a.parquet"
    rows = [{"isi": f"isi {n}", "terbit": None, "nomor": n} for n in range(40)]
    pq.write_table(pa.Table.from_pylist(rows), path, row_group_size=10, compression="none")
    return path


def test_parquet(parquet: Path) -> None:
    assert contents(parquet)[:2] == ["1:isi 0", "2:isi 1"]
    assert len(contents(parquet)) == 40


def test_damaged_row_group_costs_its_rows(parquet: Path) -> None:
    offset = pq.ParquetFile(parquet).metadata.row_group(1).column(0).data_page_offset
    content = bytearray(parquet.read_bytes())
    content[offset : offset + 40] = b"\xff" * 40
    parquet.write_bytes(content)
    found = list(read_sources([parquet]))
    (failure,) = (item for item in found if isinstance(item, Failure))
    assert failure.code == "damaged-rows"
    assert "to 20 of" in failure.sentence
    assert found[-1].source.endswith("#40")


@pytest.mark.parametrize("size", [1, 60, 200, 1_000_000])
def test_slices_hold_what_the_file_holds(tmp_path: Path, parquet: Path, size: int) -> None:
    rows = tmp_path / "b.jsonl"
    rows.write_text("".join(json.dumps({"text": f"isi {n}"}) + "\n" for n in range(30)) + "{", encoding="utf-8")
    for path in (rows, parquet):
        whole = list(read_file(path, Reading()))
        pieces = slices(path, size)
        assert [item for piece in pieces for item in read_file(path, Reading(), piece=piece)] == (
            whole if pieces else []
        )
        assert bool(pieces) is (size < path.stat().st_size)
        assert all(piece.kind in (Kind.JSON_LINES, Kind.PARQUET) for piece in pieces)


def test_columns_are_looked_up_before_the_run(tmp_path: Path, parquet: Path) -> None:
    page = tmp_path / "a.html"
    page.write_text("<p>x", encoding="utf-8")
    assert columns_of(page) is None
    guess = columns_of(parquet)
    assert guess is not None
    assert guess[1] == "text from 'isi'"

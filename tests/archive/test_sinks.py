"""Sinks: whole under their name or not there, and each opens in its own tool."""

from __future__ import annotations

import csv
import gzip
import json
import socket
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pandas as pd
import pyarrow.dataset as ds
import pytest
import zstandard

from extractor import Extractor, InputError, Record
from extractor.archive import JsonLines
from extractor.archive.convert import convert
from extractor.archive.csv_sink import safe_cell
from extractor.archive.sinks import ENDINGS, open_sink
from extractor.archive.tables import Cell, tables

PAGE = (
    "<html><head><title>Rapat</title></head><body><article><h1>Rapat pemilih di Kutalawas</h1>"
    '<p>"Partisipasi pemilih di Kabupaten Blora mencapai 77,6 persen," kata Ketua KPU Blora Umi Rahmawati di Hotel '
    "Melati, Rabu (14/2/2024). Sebanyak 26.238 surat suara tidak sah.</p><p>Umi Rahmawati membuka rapat kerja itu "
    "bersama Bupati Blora Seto Wibowo. Warga menata kursi di bawah tenda sejak pagi, dan pedagang menitipkan usul.</p>"
    "</article></body></html>"
)


@pytest.fixture(scope="module")
def records(extractor: Extractor) -> list[bytes]:
    pages = [extractor.extract(PAGE.replace("77,6", f"7{n},6"), url=f"https://kabar.example/{n}") for n in range(3)]
    text = extractor.extract_text("Hujan turun di pasar.", title='=HYPERLINK("http://jahat.example")')
    return [record.model_dump_json().encode() for record in (*pages, text)]


@pytest.fixture
def lines(records: list[bytes], tmp_path: Path) -> Path:
    path = tmp_path / "in" / "records.jsonl"
    with JsonLines(path) as sink:
        for record in records:
            sink.write(record)
    return path


def write(path: Path, records: list[bytes]) -> Path:
    with open_sink(path) as sink:
        for record in records:
            sink.write(record)
    return path


def test_file_appears_when_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "new" / "out.jsonl"
    with JsonLines(path) as lines:
        lines.write('{"a": "é"}')
        assert not path.exists()
        lines.write("{}")
    assert path.read_bytes() == '{"a": "é"}\n{}\n'.encode()
    assert [p.name for p in path.parent.iterdir()] == ["out.jsonl"]


@pytest.mark.parametrize("ending", ENDINGS)
def test_failed_run_leaves_what_was_there(tmp_path: Path, records: list[bytes], ending: str) -> None:
    path = write(tmp_path / f"out{ending}", records)
    before = sorted((p.relative_to(tmp_path), p.stat().st_size) for p in tmp_path.rglob("*"))

    def fail() -> None:
        with open_sink(path) as sink:
            sink.write(records[0])
            raise RuntimeError("stop")

    with pytest.raises(RuntimeError, match="stop"):
        fail()
    assert sorted((p.relative_to(tmp_path), p.stat().st_size) for p in tmp_path.rglob("*")) == before


@pytest.mark.parametrize("ending", ENDINGS)
def test_same_records_give_the_same_bytes(tmp_path: Path, records: list[bytes], ending: str) -> None:
    first, second = (write(tmp_path / name / f"out{ending}", records) for name in "ab")
    files = [sorted(p for p in [path, *path.rglob("*")] if p.is_file()) for path in (first, second)]
    assert [p.read_bytes() for p in files[0]] == [p.read_bytes() for p in files[1]]
    write(first, records)  # over what is there
    assert [p.read_bytes() for p in files[0]] == [p.read_bytes() for p in files[1]]


def test_json_lines_compressed(tmp_path: Path, records: list[bytes]) -> None:
    plain = b"".join(record + b"\n" for record in records)
    assert gzip.decompress(write(tmp_path / "a.jsonl.gz", records).read_bytes()) == plain
    packed = write(tmp_path / "a.jsonl.zst", records).read_bytes()
    assert zstandard.ZstdDecompressor().stream_reader(packed).read() == plain


def test_parquet_opens_in_pandas_and_pyarrow(tmp_path: Path, records: list[bytes]) -> None:
    path = write(tmp_path / "out.parquet", records)
    frame = pd.read_parquet(path)
    assert list(frame["id"]) == [json.loads(record)["id"] for record in records]
    assert frame["percentages"][0][0]["value"] == pytest.approx(70.6)
    assert ds.dataset(path).to_table(columns=["article"]).num_rows == len(records)


def test_csv_opens_and_holds_no_formula(tmp_path: Path, records: list[bytes]) -> None:
    path = write(tmp_path / "out.csv", records)
    assert {file.stem for file in path.iterdir()} == set(tables())
    with (path / "articles.csv").open(encoding="utf-8", newline="") as file:
        articles = list(csv.DictReader(file))
    assert [row["id"] for row in articles] == [json.loads(record)["id"] for record in records]
    assert articles[3]["title"].startswith("'=HYPERLINK")
    shares = pd.read_csv(path / "percentages.csv")
    joined = shares.merge(pd.read_csv(path / "articles.csv"), on="record")
    assert list(joined["value"]) == pytest.approx([70.6, 71.6, 72.6])
    assert pd.read_csv(path / "roles.csv")["title"].notna().all()


CELLS: list[tuple[Cell, Cell]] = [
    ("=1+1", "'=1+1"),
    ("+62 812", "'+62 812"),
    ("-x", "'-x"),
    ("@SUM(A1)", "'@SUM(A1)"),
    ("\t=1", "'\t=1"),
    (" =1", "' =1"),
    ("＝1", "'＝1"),
    ("a=1", "a=1"),
    (-3.5, -3.5),
    (None, None),
    (True, "true"),
    ("", ""),
]


@pytest.mark.parametrize(("cell", "expected"), CELLS, ids=repr)
def test_safe_cells(cell: Cell, expected: Cell) -> None:
    assert safe_cell(cell) == expected


def test_database_has_tables_search_and_views(tmp_path: Path, records: list[bytes]) -> None:
    path = write(tmp_path / "out.db", records)
    connection = sqlite3.connect(path)
    try:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        search = "SELECT rowid FROM articles_fts WHERE articles_fts MATCH 'pedagang usul' ORDER BY rowid"
        assert connection.execute(search).fetchall() == [(1,), (2,), (3,)]
        values = connection.execute("SELECT value FROM turnout ORDER BY record").fetchall()
        assert [value for (value,) in values] == pytest.approx([70.6, 71.6, 72.6])
        names = connection.execute("SELECT DISTINCT name FROM offices").fetchall()
        assert {name for (name,) in names} == {"Umi Rahmawati", "Seto Wibowo"}
        assert connection.execute("SELECT count(*) FROM statements").fetchone()[0] >= 3
        assert connection.execute("SELECT count(*) FROM main_events").fetchone()[0] >= 0
    finally:
        connection.close()


def test_datasette_serves_the_database(tmp_path: Path, records: list[bytes]) -> None:
    path = write(tmp_path / "out.db", records)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "datasette", "serve", str(path), "--port", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        address = f"http://127.0.0.1:{port}/out"
        for _ in range(150):
            try:
                httpx.get(address + ".json")
                break
            except httpx.TransportError:
                time.sleep(0.2)
        found = httpx.get(f"{address}/articles.json", params={"_search": "pedagang", "_shape": "array"}).json()
        assert [row["record"] for row in found] == [1, 2, 3]
        assert httpx.get(f"{address}/turnout").status_code == 200
        assert "Umi Rahmawati" in httpx.get(f"{address}/offices").text
    finally:
        server.terminate()
        server.wait()


@pytest.mark.parametrize("ending", [ending for ending in ENDINGS if ending != ".csv"])
def test_conversion_loses_nothing(tmp_path: Path, lines: Path, ending: str) -> None:
    there, back = tmp_path / f"there{ending}", tmp_path / "back.jsonl"
    assert convert(lines, there) == convert(there, back) == 4
    assert back.read_bytes() == lines.read_bytes()


BAD: list[tuple[str, bytes, str, str]] = [
    ("a.jsonl", b'{"id": 1}\n', "b.db", "record 1 of .* is none of ours"),
    ("a.jsonl", b"rusak\n", "b.csv", "record 1 of .* is none of ours"),
    ("a.jsonl.gz", b"\x1f\x8brusak", "b.csv", "cannot be unpacked"),
    ("a.db", b"rusak", "b.csv", "is no database of records"),
    ("a.parquet", b"rusak", "b.csv", "is not a whole Parquet output"),
    ("a.csv", b"id\n", "b.jsonl", "give records in"),
    ("a.jsonl", b"", "a.jsonl", "replaced by itself"),
    ("a.jsonl", b"", "b.txt", "names no kind of output"),
]


@pytest.mark.parametrize(("name", "content", "out", "message"), BAD)
def test_bad_conversions_are_told(tmp_path: Path, name: str, content: bytes, out: str, message: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError, match=message):
        convert(tmp_path / name, tmp_path / out)
    assert sorted(p.name for p in tmp_path.iterdir()) == [name]


@pytest.mark.parametrize("name", ["out.csv", "out.parquet"])
def test_folder_of_others_is_not_replaced(tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir()
    (tmp_path / name / "skripsi.docx").touch()
    with pytest.raises(InputError, match=r"skripsi\.docx, which is not ours"):
        open_sink(tmp_path / name)


def test_file_that_is_no_database_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "out.db").write_text("catatan", encoding="utf-8")
    with pytest.raises(InputError, match="is no database"):
        open_sink(tmp_path / "out.db")


def test_every_field_of_a_record_has_a_column() -> None:
    named = {column.path[0] for table in tables().values() for column in table.columns} | set(tables())
    assert set(Record.model_fields) - named == {"schema_version", "article", "provenance"}

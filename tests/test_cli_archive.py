"""The verbs run and convert: options, what a person is told, exit status."""

from __future__ import annotations

from pathlib import Path

from tests.batch.pages import read_lines, write_pages
from tests.conftest import Run


def test_run_guesses_columns_and_prints_the_guess(warta: Run, tmp_path: Path) -> None:
    table = tmp_path / "in.csv"
    table.write_text("judul,isi\nRapat,Hujan turun di pasar.\n", encoding="utf-8")
    status, _, err = warta("run", table, "-o", tmp_path / "records.jsonl")
    assert status == 0
    assert "text from 'isi', title from 'judul'" in err
    assert read_lines(tmp_path / "records.jsonl")[0]["article"]["title"] == "Rapat"
    warta("run", table, "-o", tmp_path / "records.jsonl", "--column", "text=judul")
    assert read_lines(tmp_path / "records.jsonl")[0]["article"]["text"] == "Rapat"


def test_run_refuses_columns_that_are_none(warta: Run, tmp_path: Path) -> None:
    status, _, err = warta("run", tmp_path, "-o", tmp_path / "records.jsonl", "--column", "hidung=isi")
    assert status == 2
    assert "write FIELD=NAME" in err


def test_quiet_run_prints_nothing(warta: Run, tmp_path: Path) -> None:
    pages = write_pages(tmp_path / "in", 2)
    assert warta("run", pages, "-o", tmp_path / "records.jsonl", "--quiet") == (0, "", "")


def test_strict_run_has_status_1(warta: Run, tmp_path: Path) -> None:
    pages = write_pages(tmp_path / "in", 1)
    (pages / "kosong.html").touch()
    status, _, err = warta("run", pages, "-o", tmp_path / "records.jsonl", "--strict", "--quiet")
    assert (status, err.count("\n")) == (1, 1)
    assert "stopped at the first failure" in err
    assert warta("run", pages, "-o", tmp_path / "records.jsonl", "--quiet")[0] == 3


def test_unknown_output_is_told(warta: Run, tmp_path: Path) -> None:
    status, _, err = warta("run", tmp_path, "-o", tmp_path / "records.xlsx")
    assert status == 1
    assert "names no kind of output" in err


def test_an_output_that_cannot_be_written_is_told_in_a_line(warta: Run, tmp_path: Path) -> None:
    pages = write_pages(tmp_path / "in", 1)
    (tmp_path / "berkas").touch()
    status, out, err = warta("run", pages, "-o", tmp_path / "berkas" / "records.jsonl", "--quiet")
    assert (status, out, err.count("\n")) == (1, "", 1)
    assert "check the path and its permissions" in err


def test_convert(warta: Run, tmp_path: Path) -> None:
    pages, out = write_pages(tmp_path / "in", 2), tmp_path / "records.jsonl"
    warta("run", pages, "-o", out, "--quiet")
    assert warta("convert", out, "-o", tmp_path / "records.db")[0] == 0
    status, _, err = warta("convert", tmp_path / "records.db", "-o", tmp_path / "back.jsonl")
    assert (status, err) == (0, f"{tmp_path / 'back.jsonl'}: 2 records\n")
    assert (tmp_path / "back.jsonl").read_bytes() == out.read_bytes()
    assert warta("convert", tmp_path / "absent.jsonl", "-o", tmp_path / "x.db")[0] == 1

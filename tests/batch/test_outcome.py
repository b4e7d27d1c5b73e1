"""Runs: every input is accounted for, whatever it is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from extractor import Extractor, Record
from extractor.archive import Input
from extractor.batch import record_of, run

ROWS = [
    {"id": "baik", "text": "Bupati Kutalawas Umi Rahmawati membuka rapat.", "title": "Rapat"},
    {"id": "kosong", "text": "", "title": "Kosong"},
    {"id": "tanggal", "text": "Isi berita.", "title": "Tanggal", "published": "besok"},
    {"id": "tanpa"},
    {"id": "lagi", "text": "Hujan turun di pasar.", "title": "Hujan", "published": "2024-02-14"},
]


@pytest.fixture
def rows(tmp_path: Path) -> Path:
    path = tmp_path / "in" / "rows.jsonl"
    path.parent.mkdir()
    path.write_text("".join(json.dumps(row) + "\n" for row in ROWS), encoding="utf-8")
    return path


def read_lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_every_input_ends_as_a_record_or_a_failure(extractor: Extractor, rows: Path, tmp_path: Path) -> None:
    out = tmp_path / "out" / "records.jsonl"
    summary = run([rows, tmp_path / "absent.html"], out, extractor)
    records, failures = read_lines(out), read_lines(out.with_name("failures.jsonl"))
    assert [r["provenance"]["source"].rpartition("#")[2] for r in records] == ["baik", "lagi"]  # type: ignore[index]
    assert [(f["source"].rpartition("#")[2], f["code"]) for f in failures[:-1]] == [  # type: ignore[attr-defined]
        ("kosong", "empty-input"),
        ("tanggal", "bad-published"),
        ("tanpa", "bad-row"),
    ]
    assert failures[-1]["code"] == "unreadable-source"
    assert all(failure["sentence"] for failure in failures)
    assert summary.inputs == len(ROWS) + 1 == summary.records + summary.failures.total()
    assert (summary.records, summary.failures["empty-input"]) == (len(records), 1)


def test_records_are_those_of_the_library(extractor: Extractor, rows: Path, tmp_path: Path) -> None:
    run([rows], tmp_path / "records.jsonl", extractor)
    written = (tmp_path / "records.jsonl").read_text(encoding="utf-8").splitlines()
    source = f"{rows.as_posix()}#lagi"
    expected = extractor.extract_text("Hujan turun di pasar.", title="Hujan", published="2024-02-14", source=source)
    assert Record.model_validate_json(written[-1]) == expected


def test_fault_of_ours_costs_one_page(
    extractor: Extractor, rows: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = Extractor.extract_text

    def faulty(self: Extractor, text: str, **known: object) -> Record:
        if known["title"] == "Rapat":
            raise KeyError("o9")
        return whole(self, text, **known)  # type: ignore[arg-type]

    monkeypatch.setattr(Extractor, "extract_text", faulty)
    summary = run([rows], tmp_path / "records.jsonl", extractor)
    assert (summary.records, summary.failures["internal-error"]) == (1, 1)
    first = read_lines(tmp_path / "failures.jsonl")[0]
    assert first["code"] == "internal-error"
    assert "KeyError: 'o9'" in str(first["sentence"])


def test_warnings_are_counted_once_a_record(extractor: Extractor, tmp_path: Path) -> None:
    page = tmp_path / "a.html"
    page.write_text("<html><body><p>404 Not Found</p></body></html>", encoding="utf-8")
    summary = run([page, page], tmp_path / "records.jsonl", extractor)
    assert summary.records == 2
    assert set(summary.warnings.values()) == {2}


def test_nothing_to_read_gives_empty_files(extractor: Extractor, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    summary = run([tmp_path / "in"], tmp_path / "records.jsonl", extractor)
    assert (summary.inputs, summary.records, summary.failures.total()) == (0, 0, 0)
    assert (tmp_path / "records.jsonl").read_bytes() == (tmp_path / "failures.jsonl").read_bytes() == b""


def test_error_names_the_source(extractor: Extractor) -> None:
    with pytest.raises(ValueError, match=r"^arsip/1\.txt: "):
        record_of(extractor, Input("arsip/1.txt", " ", markup=False, title="x"))

"""Sources: files, folders, JSON in its forms, standard input; what cannot be read is told, never raised."""

from __future__ import annotations

import io
import json
from pathlib import Path
from types import SimpleNamespace

import pytest

from extractor import InputError
from extractor.archive import Failure, Input, read_one, read_sources


def write(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def contents(*sources: str | Path) -> list[str]:
    return [page.content if isinstance(page, Input) else page.code for page in read_sources(sources)]  # type: ignore[misc]


def test_file_is_read_by_content_not_by_ending(tmp_path: Path) -> None:
    page = write(tmp_path / "a.txt", "<p>Isi</p>")
    text = write(tmp_path / "b.html", "Isi saja")
    odd = write(tmp_path / "c", '{"text": "Isi", "title": "Judul"}')
    assert [p.markup for p in read_sources([page, text, odd]) if isinstance(p, Input)] == [True, False, False]
    assert list(read_sources([odd])) == [Input(odd.as_posix(), "Isi", markup=False, title="Judul")]


def test_folder_stands_for_the_pages_below_it_in_order(tmp_path: Path) -> None:
    for name in ("b.html", "a/z.txt", "a/gold.json", ".cache/x.html", "a/.hidden.txt", "notes.md", "c.jsonl"):
        write(tmp_path / name, '{"text": "baris"}\n' if name == "c.jsonl" else name)
    assert contents(tmp_path) == [b"a/z.txt", b"b.html", "baris"]


def test_folder_below_a_hidden_one_is_read_when_named(tmp_path: Path) -> None:
    write(tmp_path / ".arsip" / "a.txt", "Isi")
    assert contents(tmp_path / ".arsip") == [b"Isi"]


def test_json_lines_are_named_by_id_or_line(tmp_path: Path) -> None:
    rows = write(tmp_path / "a.jsonl", '{"text": "satu", "id": "k-1"}\n\n{"text": "dua"}\n{"html": "<p>", "id": 9}\n')
    assert [page.source for page in read_sources([rows])] == [f"{rows.as_posix()}#{key}" for key in ("k-1", 3, 9)]


def test_damaged_rows_cost_only_themselves(tmp_path: Path) -> None:
    rows = write(tmp_path / "a.jsonl", b'{"text": "satu"}\n{"text": \n\xff\xfe\n[1]\n{"title": "x"}\n{"text": "enam"}')
    assert contents(rows) == ["satu", "bad-json", "bad-json", "bad-row", "bad-row", "enam"]
    second = list(read_sources([rows]))[1]
    assert isinstance(second, Failure)
    assert second.source == f"{rows.as_posix()}#2"
    assert second.sentence.startswith(f"line 2 of {rows.as_posix()} is not valid JSON")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (json.dumps({"text": "satu"}, indent=1), ["satu"]),
        (json.dumps([{"text": "satu"}, {"text": "dua"}]), ["satu", "dua"]),
        ('{"text": "satu"}\n{"text": "dua"}\n', ["satu", "dua"]),
        ('{"text": "satu"}', ["satu"]),
        ('{"text": "sa', ["bad-json"]),
        ('"satu"', ["bad-row"]),
    ],
)
def test_json_file_in_its_forms(tmp_path: Path, content: str, expected: list[str]) -> None:
    assert contents(write(tmp_path / "a.json", content)) == expected


def test_unreadable_sources_are_told(tmp_path: Path) -> None:
    (loop := tmp_path / "loop").symlink_to(loop)
    missing, looped = read_sources([tmp_path / "no.html", loop])
    assert isinstance(missing, Failure)
    assert isinstance(looped, Failure)
    assert missing == Failure(
        (tmp_path / "no.html").as_posix(), "unreadable-source", f"{tmp_path / 'no.html'} does not exist; check the path"
    )
    assert looped.code == "unreadable-source"


@pytest.mark.parametrize("content", [b"<p>Isi", b'{"html": "<p>Isi"}\n{"html": "<p>Dua"}\n'])
def test_standard_input(monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(content)))
    pages = [page for page in read_sources(["-"]) if isinstance(page, Input)]
    assert len(pages) == max(content.count(b"\n"), 1)
    assert all(page.markup and page.source.startswith("stdin") for page in pages)


def test_one_input_is_exactly_one(tmp_path: Path) -> None:
    assert read_one(write(tmp_path / "a.txt", "Isi")).content == b"Isi"
    for path, code in (
        (write(tmp_path / "b.jsonl", '{"text": "a"}\n{"text": "b"}\n'), "several-inputs"),
        (write(tmp_path / "c.jsonl", "\n"), "empty-input"),
        (write(tmp_path / "d.json", "{"), "bad-json"),
        (tmp_path, "unreadable-source"),
    ):
        with pytest.raises(InputError) as raised:
            read_one(path)
        assert raised.value.code == code

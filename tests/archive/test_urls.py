"""Lists of addresses: pages from a folder, never from outside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor.archive import Failure, Input, Reading, read_sources


@pytest.fixture
def fetched(tmp_path: Path) -> Path:
    folder = tmp_path / "fetched"
    for name in ("kabar.example/a", "kabar.example/b.html", "kabar.example/c/index.html", "kabar.example/d?page=2"):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"<p>{name}", encoding="utf-8")
    (tmp_path / "rahasia").write_text("x", encoding="utf-8")
    return folder


LIST = """# arsip
https://kabar.example/a
https://Kabar.example/b#atas

https://kabar.example/c/
https://kabar.example/d?page=2
https://kabar.example/hilang
https://kabar.example/../../rahasia
https://kabar.example/e\tfetched/kabar.example/a
https://kabar.example/f\t../rahasia
https://[x/
"""


def test_list(tmp_path: Path, fetched: Path) -> None:
    path = tmp_path / "daftar.txt"
    path.write_text(LIST, encoding="utf-8")
    found = list(read_sources([path], Reading(fetched=fetched)))
    assert [p.content for p in found if isinstance(p, Input)] == [
        b"<p>kabar.example/a",
        b"<p>kabar.example/b.html",
        b"<p>kabar.example/c/index.html",
        b"<p>kabar.example/d?page=2",
        b"<p>kabar.example/a",
    ]
    assert [(p.position, p.code) for p in found if isinstance(p, Failure)] == [
        (7, "not-fetched"),
        (8, "not-fetched"),
        (10, "not-fetched"),
        (11, "not-fetched"),
    ]
    assert found[0].source == f"{path.as_posix()}#2"


def test_list_without_a_folder_says_so(tmp_path: Path) -> None:
    path = tmp_path / "daftar.urls"
    path.write_text("https://kabar.example/a\n", encoding="utf-8")
    (failure,) = read_sources([path])
    assert isinstance(failure, Failure)
    assert "--fetched DIR" in failure.sentence


def test_text_that_begins_with_an_address_is_a_text(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("https://kabar.example/a\nHujan turun di pasar.\n", encoding="utf-8")
    assert isinstance(next(iter(read_sources([path]))), Input)

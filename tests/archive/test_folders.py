"""Folders and globs: in order, pages by ending or content, nothing that is no file, no way out."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from extractor.archive import Failure
from extractor.archive.folders import Found, LeftOut, find


def told(source: str | Path, root: Path) -> list[str]:
    found = []
    for item in find(source):
        name = item.source if isinstance(item, Failure) else item.path
        kind = item.code if isinstance(item, Failure) else "" if isinstance(item, Found) else "left out"
        found.append(f"{Path(name).relative_to(root).as_posix()} {kind}".strip())
    return found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "in"
    (root / "b").mkdir(parents=True)
    (root / "b" / "1.html").write_text("x", encoding="utf-8")
    (root / "a.html").write_text("x", encoding="utf-8")
    (root / "index.php?id=3").write_text("<!DOCTYPE html><p>x", encoding="utf-8")
    (root / "catatan.md").write_text("<html>", encoding="utf-8")
    (root / "data").write_bytes(b"\0\1")
    (root / ".rahasia.html").write_text("x", encoding="utf-8")
    return root


def test_folder_in_order_with_what_is_left_out(folder: Path) -> None:
    assert told(folder, folder) == ["a.html", "b/1.html", "catatan.md left out", "data left out", "index.php?id=3"]
    assert all(isinstance(item, Found | LeftOut) for item in find(folder))


def test_links_and_pipes_are_named(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "luar.html").write_text("x", encoding="utf-8")
    (folder / "ke-luar.html").symlink_to(tmp_path / "luar.html")
    (folder / "ke-atas").symlink_to(tmp_path)
    (folder / "ke-dalam.html").symlink_to(folder / "a.html")
    (folder / "lingkaran").symlink_to(folder)
    os.mkfifo(folder / "pipa.html")
    found = told(folder, folder)
    assert "ke-luar.html link-outside" in found
    assert "ke-atas link-outside" in found
    assert "ke-dalam.html" in found
    assert "pipa.html not-a-file" in found
    assert not any(name.startswith("lingkaran") for name in found)


def test_device_is_not_read() -> None:
    assert [item.code for item in find("/dev/zero") if isinstance(item, Failure)] == ["not-a-file"]


def test_globs(folder: Path) -> None:
    assert told(str(folder / "**" / "*.html"), folder) == ["a.html", "b/1.html"]
    (failure,) = find(str(folder / "*.warc"))
    assert isinstance(failure, Failure)
    assert failure.sentence.startswith("nothing matches")

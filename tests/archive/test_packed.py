"""Zip, tar and compressed files: what could do harm is refused by name, the rest is read."""

from __future__ import annotations

import bz2
import gzip
import io
import tarfile
import zipfile
from pathlib import Path

import pytest
import zstandard

from extractor.archive import Failure, Input, read_sources

PAGE = b"<html><body><p>Hujan turun di pasar.</p></body></html>"


def told(path: Path) -> list[str]:
    """Name in the archive and content or code of each input."""
    found = []
    for item in read_sources([path]):
        name = item.source.removeprefix(path.as_posix())
        found.append(f"{name}={item.code if isinstance(item, Failure) else 'page'}")
    return found


def zipped(path: Path, **contents: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
    return path


@pytest.mark.parametrize("mode", ["w", "w:gz", "w:bz2"])
def test_tar_entries(tmp_path: Path, mode: str) -> None:
    path = tmp_path / "a.bin"
    entries = [("a/1.html", b""), ("/etc/x.html", b""), ("../x.html", b""), ("a/t.html", b"l"), ("a/d.html", b"d")]
    with tarfile.open(path, mode) as archive:  # type: ignore[call-overload]
        for name, kind in entries:
            entry = tarfile.TarInfo(name)
            if kind:
                entry.type = tarfile.SYMTYPE if kind == b"l" else tarfile.CHRTYPE
                entry.linkname = "/etc/passwd"
                archive.addfile(entry)
            else:
                entry.size = len(PAGE)
                archive.addfile(entry, io.BytesIO(PAGE))
    assert told(path) == [
        "#a/1.html=page",
        "#/etc/x.html=unsafe-path",
        "#../x.html=unsafe-path",
        "#a/t.html=unsafe-entry",
        "#a/d.html=unsafe-entry",
    ]


def test_zip_entries(tmp_path: Path) -> None:
    path = zipped(
        tmp_path / "a.zip",
        **{
            "a/1.html": PAGE,
            "../x.html": PAGE,
            "C:/x.html": PAGE,
            "a/gambar.png": b"\x89PNG",
            "a/tanpa-akhiran": PAGE,
            "a/2.html.gz": gzip.compress(PAGE),
            "a/baris.jsonl": b'{"text": "satu"}\n{"text": "dua"}\n',
            "a/lagi.zip": b"PK\x03\x04",
            ".git/x.html": PAGE,
        },
    )
    assert told(path) == [
        "#a/1.html=page",
        "#../x.html=unsafe-path",
        "#C:/x.html=unsafe-path",
        "#a/tanpa-akhiran=page",
        "#a/2.html.gz=page",
        "#a/baris.jsonl#1=page",
        "#a/baris.jsonl#2=page",
        "#a/lagi.zip=nested-archive",
    ]


def test_damaged_zip_entry_costs_itself(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("1.html", "<p>rusak-satu</p>")
        archive.writestr("2.html", "<p>utuh</p>")
    path.write_bytes(path.read_bytes().replace(b"rusak-satu", b"rusak-dua!", 1))
    assert told(path) == ["#1.html=corrupt-entry", "#2.html=page"]


def test_zip_bomb_is_refused_unread(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", **{"bom.html": b"<p>" + b"0" * 50_000_000, "1.html": PAGE})
    assert told(path) == ["#bom.html=archive-bomb", "#1.html=page"]


def test_compressed_bomb_stops(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress(b'{"text": "satu"}\n' + b"\n" * 200_000_000, 1))
    assert told(path) == ["#1=page", "=archive-bomb"]


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, zstandard.ZstdCompressor().compress])
def test_compressed_pages(tmp_path: Path, pack: object) -> None:
    path = tmp_path / "a.html.x"
    path.write_bytes(pack(PAGE))  # type: ignore[operator]
    (found,) = read_sources([path])
    assert isinstance(found, Input)
    assert found.content == PAGE


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.html.gz", gzip.compress(PAGE * 50)[:60]),
        ("a.jsonl.bz2", bz2.compress(PAGE)[:30]),
        ("a.jsonl.zst", b"\x28\xb5\x2f\xfdrusak"),
        ("a.zip", b"PK\x03\x04rusak"),
        ("a.tar.gz", b"bukan arsip"),
        ("a.parquet", b"PAR1rusak"),
    ],
    ids=["gzip", "bzip2", "zstandard", "zip", "tar", "parquet"],
)
def test_corrupt_archives_are_told(tmp_path: Path, name: str, content: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    found = list(read_sources([path]))
    assert [item.code for item in found if isinstance(item, Failure)] == ["corrupt-archive"]
    assert len(found) == 1

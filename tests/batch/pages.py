"""Pages, runs and outputs for the tests of batches."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

SENTENCES = (
    "Bupati Kutalawas Umi Rahmawati membuka rapat di balai desa.",
    "Warga menata kursi di bawah tenda sejak pagi.",
    "Pedagang menitipkan usul lewat kertas kepada panitia.",
    "Air sawah dibagi menurut urutan petak dari hulu.",
    "Anak sekolah berbaris membawa bendera kecil di jalan utama.",
    "Panitia mencatat nama tamu pada buku besar di pintu.",
    "Hujan turun sebentar lalu langit kembali cerah.",
    "Keputusan rapat akan ditempel di papan pengumuman kecamatan.",
)


def page(number: int, url: str | None = None, body: str | None = None, head: str = "") -> str:
    """A page with a text that no other number has."""
    text = body or "".join(f"<p>{sentence} Catatan {number} baris {i}.</p>" for i, sentence in enumerate(SENTENCES))
    link = f'<link rel="canonical" href="{url}">' if url else ""
    title = f"Rapat ke-{number}"
    top = f"<html><head><title>{title}</title>{link}{head}</head>"
    return f"{top}<body><article><h1>{title}</h1>{text}</article></body></html>"


def write_pages(folder: Path, count: int) -> Path:
    """A folder of pages."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        (folder / f"{number:04d}.html").write_text(page(number), encoding="utf-8")
    return folder


def read_lines(path: Path) -> list[dict[str, Any]]:
    """The documents of a file of JSON Lines."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def outputs(out: Path) -> list[bytes]:
    """What a run wrote, byte for byte, its report aside."""
    return [out.read_bytes(), *(out.with_name(n).read_bytes() for n in ("failures.jsonl", "duplicates.jsonl"))]

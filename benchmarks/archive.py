"""Makes a test archive from `samples/`: varied pages in sources of every kind, two in a hundred of them damaged.

    python -m benchmarks.archive FOLDER [PAGES]

The same number of pages gives the same files (but for times in headers). `Made` says what a run must come to.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import random
import re
import sys
import tarfile
import zipfile
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
DAMAGED = 0.027
REPEATED = 0.02
_DIGITS = re.compile(r"(?<=>)[^<]+(?=<)")
_PARAGRAPH = re.compile(r"<p>.*?</p>", re.DOTALL)
_CANONICAL = re.compile(r'<link rel="canonical"[^>]*>|<meta property="og:url"[^>]*>')
_PLACES = ("balai warga", "pasar lama", "tepi sungai", "lapangan desa", "gedung kesenian", "terminal", "puskesmas")
_DEEDS = ("menata bangku", "menyapu halaman", "mencatat iuran", "memasang lampu", "menjemur gabah", "mengecat pagar")


@dataclass(slots=True)
class Made:
    """What was made.

    Attributes:
        sources: What to give to a run, in order.
        fetched: Folder that the list of addresses refers to.
        inputs: Number of inputs.
        failures: Number of failures by code.
        repeated: Number of inputs that repeat the address and text of another.
    """

    sources: list[str] = field(default_factory=list)
    fetched: str = ""
    inputs: int = 0
    failures: Counter[str] = field(default_factory=Counter)
    repeated: int = 0

    def fail(self, code: str) -> None:
        """Counts an input that must fail."""
        self.inputs += 1
        self.failures[code] += 1


@dataclass(frozen=True, slots=True)
class Page:
    """A page with its address and plain text."""

    url: str
    html: str
    text: str
    title: str

    @property
    def row(self) -> dict[str, Any]:
        """The page as a row."""
        return {"url": self.url, "html": self.html}


class Maker:
    """Makes pages, each from a sample with other figures, fewer paragraphs and sentences of its own."""

    def __init__(self, seed: int = 9) -> None:
        self.random = random.Random(seed)
        self.samples = [path.read_text(encoding="utf-8") for path in sorted(SAMPLES.glob("*.html"))]
        self.number = 0

    def page(self) -> Page:
        """The next page."""
        self.number += 1
        pick = self.random
        html = _CANONICAL.sub("", pick.choice(self.samples))
        paragraphs = _PARAGRAPH.findall(html)
        for paragraph in pick.sample(paragraphs, len(paragraphs) // 4):
            html = html.replace(paragraph, "", 1)
        own = "".join(f"<p>{self._sentence()}</p>" for _ in range(4))
        html = _DIGITS.sub(lambda run: re.sub(r"\d(?=\d)", lambda _: str(pick.randint(1, 9)), run[0]), html)
        last = html.rfind("</p>")
        html = html[: last + 4] + own + html[last + 4 :]
        title = f"Catatan {self.number} dari {pick.choice(_PLACES)}"
        text = "\n\n".join(self._sentence() for _ in range(8))
        return Page(f"https://kabar{pick.randint(1, 9)}.example/catatan-{self.number}", html, text, title)

    def pages(self, count: int) -> list[Page]:
        """The next pages."""
        return [self.page() for _ in range(count)]

    def _sentence(self) -> str:
        pick = self.random
        deeds = (f"Warga RT {pick.randint(1, 99)} {pick.choice(_DEEDS)} di {pick.choice(_PLACES)}." for _ in range(2))
        share = f"{pick.randint(10, 99)},{pick.randint(1, 9)} persen"
        return f"{' '.join(deeds)} Yang hadir {pick.randint(20, 9999)} orang atau {share}."


def make(folder: Path, pages: int = 20_000, rounds: int = 1) -> Made:
    """Makes the archive below `folder`.

    Args:
        folder: Where it goes.
        pages: Number of inputs, about.
        rounds: The archive consists of so many that are alike, each with sources of every kind.
    """
    maker, made = Maker(), Made(fetched=str(folder / "fetched"))
    for number in range(rounds):
        part = folder / f"round-{number}"
        part.mkdir(parents=True, exist_ok=True)
        _make_round(part, maker, made, pages // rounds)
    return made


def _make_round(folder: Path, maker: Maker, made: Made, pages: int) -> None:
    kinds: Sequence[Callable[[Path, Maker, Made, int], None]] = (
        _folder, _packed_folder, _zip, _tar, _warc, _plain_warc, _arc, _json_lines, _zstd_rows, _csv, _parquet, _urls,
    )  # fmt: skip
    share = pages // len(kinds)
    for kind in kinds:
        kind(folder, maker, made, share)


def _bad(count: int) -> int:
    return max(int(count * DAMAGED), 1)


def _source(made: Made, path: Path) -> Path:
    made.sources.append(str(path))
    return path


def _good(made: Made, count: int) -> int:
    made.inputs += count
    return count


def _folder(folder: Path, maker: Maker, made: Made, count: int) -> None:
    """Pages in folders; damaged: empty ones, pictures named as pages, links that lead out of the folder."""
    root = _source(made, folder / "pages")
    bad = _bad(count)
    for number, page in enumerate(maker.pages(_good(made, count - bad))):
        path = root / f"{number // 100:03d}" / f"{number}.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page.html, encoding="utf-8")
    (root / "styles.css").write_text("p { margin: 0 }", encoding="utf-8")
    for number in range(bad):
        path = root / f"bad-{number}.html"
        if number % 3 == 0:
            path.write_bytes(b"")
            made.fail("empty-input")
        elif number % 3 == 1:
            path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
            made.fail("binary-input")
        else:
            path.symlink_to("/etc/hostname")
            made.fail("link-outside")


def _packed_folder(folder: Path, maker: Maker, made: Made, count: int) -> None:
    """Pages compressed one by one; damaged: streams that end too early."""
    root = _source(made, folder / "packed")
    root.mkdir(parents=True)
    bad = {(number + 1) * 7 for number in range(_bad(count))}
    for number, page in enumerate(maker.pages(count)):
        content = gzip.compress(page.html.encode(), mtime=0)
        if number in bad:
            content = content[: len(content) // 2]
            made.fail("corrupt-archive")
        else:
            _good(made, 1)
        (root / f"{number}.html.gz").write_bytes(content)


def _zip(folder: Path, maker: Maker, made: Made, count: int) -> None:
    """A zip archive; damaged: checksums that do not hold, names that lead out of the folder."""
    path = _source(made, folder / "pages.zip")
    bad = _bad(count)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for number, page in enumerate(maker.pages(_good(made, count - bad))):
            archive.writestr(f"arsip/{number}.html", page.html)
        for number in range(bad):
            if number % 2:
                archive.writestr(f"../luar-{number}.html", "<p>x</p>")
                made.fail("unsafe-path")
            else:
                archive.writestr(f"arsip/rusak-{number}.html", f"<p>penanda-rusak-{number:06d}</p>")
                made.fail("corrupt-entry")
    content = path.read_bytes()
    path.write_bytes(content.replace(b"<p>penanda-rusak-", b"<p>penanda-RUSAK-"))


def _tar(folder: Path, maker: Maker, made: Made, count: int) -> None:
    """A compressed tar archive; damaged: links and devices in place of files."""
    bad = _bad(count)
    with tarfile.open(_source(made, folder / "pages.tar.gz"), "w:gz") as archive:
        for number, page in enumerate(maker.pages(_good(made, count - bad))):
            content = page.html.encode()
            entry = tarfile.TarInfo(f"arsip/{number}.html")
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
        for number in range(bad):
            entry = tarfile.TarInfo(f"arsip/tautan-{number}.html")
            entry.type = tarfile.SYMTYPE if number % 2 else tarfile.CHRTYPE
            entry.linkname = "/etc/passwd"
            archive.addfile(entry)
            made.fail("unsafe-entry")


def _warc_members(pages: Sequence[Page], gzipped: bool) -> list[bytes]:
    """One response record a page (ISO 28500)."""
    members = []
    for number, page in enumerate(pages):
        block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page.html.encode()
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{number:032d}>\r\n"
            f"WARC-Date: 2024-02-14T00:00:00Z\r\nWARC-Target-URI: {page.url}\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n"
        )
        record = head.encode() + block + b"\r\n\r\n"
        members.append(gzip.compress(record, mtime=0) if gzipped else record)
    return members


def _warc(folder: Path, maker: Maker, made: Made, count: int) -> None:
    """A compressed web archive; damaged: zeros in the middle of a member."""
    bad = _bad(count)
    members = _warc_members(maker.pages(count), gzipped=True)
    for number in range(bad):
        at = (number + 1) * (count // (bad + 1))
        middle = len(members[at]) // 2
        members[at] = members[at][:middle] + b"\0" * 20 + members[at][middle + 20 :]
        made.fail("damaged-record")
    _good(made, count - bad)
    _source(made, folder / "pages.warc.gz").write_bytes(b"".join(members))


def _plain_warc(folder: Path, maker: Maker, made: Made, count: int) -> None:
    """A web archive; damaged: records whose heads are spoilt."""
    bad = _bad(count)
    members = _warc_members(maker.pages(count), gzipped=False)
    for number in range(bad):
        at = (number + 1) * (count // (bad + 1))
        members[at] = members[at].replace(b"WARC/1.0", b"WARX/1.0", 1)
        made.fail("damaged-record")
    _good(made, count - bad)
    _source(made, folder / "pages.warc").write_bytes(b"".join(members))


def _arc(folder: Path, maker: Maker, made: Made, count: int) -> None:
    """An archive in the older format ARC, compressed; whole."""
    block = b"1 0 Warta\nURL IP-address Archive-date Content-type Archive-length\n\n"
    parts = [b"filedesc://pages.arc 0.0.0.0 20240214000000 text/plain %d\n%s\n" % (len(block), block)]
    for page in maker.pages(_good(made, count)):
        content = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page.html.encode()
        head = f"{page.url} 127.0.0.1 20240214000000 text/html {len(content)}\n"
        parts.append(head.encode() + content + b"\n")
    packed = b"".join(gzip.compress(part, mtime=0) for part in parts)
    _source(made, folder / "pages.arc.gz").write_bytes(packed)


def _json_lines(folder: Path, maker: Maker, made: Made, count: int) -> None:
    """Rows; damaged: cut off, without content, with a time that is none. Some repeat an earlier one."""
    bad, repeated = _bad(count), int(count * REPEATED)
    lines = [json.dumps(page.row) for page in maker.pages(_good(made, count - bad - repeated))]
    lines += [lines[number * 3] for number in range(_good(made, repeated))]
    made.repeated += repeated
    codes = ("bad-json", "bad-row", "bad-published")
    for number in range(bad):
        made.fail(codes[number % 3])
        row = ('{"html": "<p>', '{"title": "Tanpa isi"}', '{"text": "Isi.", "title": "x", "published": "besok"}')
        lines.insert((number + 1) * 7, row[number % 3])
    _source(made, folder / "rows.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _zstd_rows(folder: Path, maker: Maker, made: Made, count: int) -> None:
    """Compressed rows of plain texts; whole."""
    import zstandard

    pages = maker.pages(_good(made, count))
    rows = [{"url": page.url, "isi": page.text, "judul": page.title} for page in pages]
    content = "".join(json.dumps(row) + "\n" for row in rows).encode()
    _source(made, folder / "texts.jsonl.zst").write_bytes(zstandard.ZstdCompressor().compress(content))


def _csv(folder: Path, maker: Maker, made: Made, count: int) -> None:
    """A table; damaged: rows with too few cells."""
    bad = _bad(count)
    with _source(made, folder / "table.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["link", "page"])
        writer.writerows((page.url, page.html) for page in maker.pages(_good(made, count - bad)))
        for _ in range(bad):
            writer.writerow(["https://kabar.example/putus"])
            made.fail("bad-row")


def _parquet(folder: Path, maker: Maker, made: Made, count: int) -> None:
    """A table in Parquet; whole."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = pa.Table.from_pylist([page.row for page in maker.pages(_good(made, count))])
    pq.write_table(table, _source(made, folder / "table.parquet"), row_group_size=max(count // 4, 1))


def _urls(folder: Path, maker: Maker, made: Made, count: int) -> None:
    """A list of addresses with their pages in a folder; damaged: pages that are not there."""
    bad = _bad(count)
    urls = []
    for page in maker.pages(_good(made, count - bad)):
        path = Path(made.fetched) / page.url.removeprefix("https://")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page.html, encoding="utf-8")
        urls.append(page.url)
    for number in range(bad):
        urls.insert(number * 5, f"https://kabar.example/hilang-{number}")
        made.fail("not-fetched")
    _source(made, folder / "list.urls").write_text("\n".join(urls) + "\n", encoding="utf-8")


if __name__ == "__main__":
    print(make(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 20_000))

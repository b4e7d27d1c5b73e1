"""Page cleaning alone: `python -m benchmarks.pages` compares speeds, and `--soak` watches memory over 10,000 pages.

Speeds are those of one process on the same pages in one run: the shared pages, and a page of 300 KB made here.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.corpora import Pages, page_sets
from benchmarks.measure import Speed, peak_megabytes, resident_megabytes
from benchmarks.peers import Peer, peer_rows
from extractor.page import read_html
from extractor.patterns import load_patterns

LARGE = 300_000
SENTENCE = "Warga Desa Sukamaju memperbaiki saluran air bersama petugas kecamatan, Senin (4/3/2024). "


def large_page(size: int = LARGE) -> str:
    """A news page of about `size` characters: a twentieth text, the rest scripts, menus, comments and links."""
    paragraphs = "".join(f"<p>{SENTENCE * 4}Tahap {n} selesai pekan ini.</p>\n" for n in range(size // 20 // 400))
    menu = "".join(f'<li class="menu__item"><a href="/kanal/{n}">Kanal {n}</a></li>\n' for n in range(size // 600))
    links = "".join(
        f'<div class="card"><a href="/read/{n}/warga-panen" title="Panen {n}"><img src="/foto/{n}.jpg" alt="">'
        f'<h3 class="card__title">Warga Panen Raya di Lereng Gunung Bagian {n}</h3></a>'
        f'<span class="card__date">4 Maret 2024</span></div>\n'
        for n in range(size // 1200)
    )
    comments = "".join(
        f'<div class="comment"><b>Pembaca {n}</b><p>Semoga salurannya awet.</p></div>\n' for n in range(200)
    )
    head = (
        '<!DOCTYPE html><html lang="id"><head><meta charset="utf-8"><title>Saluran Air Diperbaiki - Warta Nusa</title>'
        '<meta property="og:title" content="Saluran Air Diperbaiki"><meta name="author" content="Rahma Wulandari">'
        '<meta property="article:published_time" content="2024-03-04T09:15:00+07:00"></head><body>'
    )
    body = (
        f'<ul class="menu">{menu}</ul><div class="artikel"><h1 class="artikel__judul">Saluran Air Diperbaiki</h1>'
        f'<div class="penulis">Penulis: Rahma Wulandari</div><div class="tanggal">Senin, 4 Maret 2024 09:15 WIB</div>'
        f'<div class="artikel__isi">{paragraphs}</div></div><div class="komentar">{comments}</div><div>{links}</div>'
    )
    script = "<script>window.dataLayer = window.dataLayer || [];" + "push({slot: 'atas', size: [320, 50]});" * 100
    missing = max(0, size - len(head) - len(body))
    scripts = f"{script}</script>\n" * (missing // len(script) + 1)
    return f"{head}{body}{scripts}</body></html>"


def own_speed(pages: Pages, repeats: int) -> Speed:
    """Our page cleaning on `pages`."""
    patterns, contents = load_patterns(), pages.contents()
    seconds = []
    for _ in range(repeats + 1):
        begin = time.process_time()
        for html in contents:
            read_html(html, patterns)
        seconds.append(time.process_time() - begin)
    return Speed(len(contents), tuple(seconds[1:]))


def speed_table(pages: Pages, repeats: int) -> Iterator[str]:
    """Rows of our speed and that of other tools on `pages`."""
    yield "| tool | pages a second | ms a page | time against ours |"
    yield "| --- | ---: | ---: | ---: |"
    own = own_speed(pages, repeats)
    yield f"| warta | {own} | {own.milliseconds:.2f} | 1 |"

    def cells(other: Peer) -> str:
        ratio = other.speed.milliseconds / own.milliseconds
        return f"{other.speed} | {other.speed.milliseconds:.2f} | {ratio:.1f}"

    yield from peer_rows(pages, repeats, 3, cells)


def speeds(count: int, repeats: int) -> Iterator[str]:
    """The tables of all sets of pages and of the large page."""
    for pages in page_sets(count):
        yield f"## Page cleaning, {pages.name}\n"
        yield from (*speed_table(pages, repeats), "")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "large.html")
        path.write_text(large_page(), encoding="utf-8")
        yield f"## Page cleaning, one page of {path.stat().st_size / 1000:.0f} KB\n"
        yield from speed_table(Pages("large page", (path,), 10), repeats)


def soak(count: int) -> Iterator[str]:
    """Memory while `count` pages are read: the highest of each quarter, measured every 100 pages."""
    patterns = load_patterns()
    contents = [path.read_bytes() for pages in page_sets(count) for path in pages.paths]
    held = []
    for number in range(count):
        read_html(contents[number % len(contents)], patterns)
        if number % 100 == 99:
            held.append(resident_megabytes())
    quarter = max(1, len(held) // 4)
    parts = [held[begin : begin + quarter] for begin in range(0, 4 * quarter, quarter)]
    yield f"{count} pages of {statistics.mean(map(len, contents)) / 1000:.0f} KB on average. Resident memory, MB:"
    yield ", ".join(f"quarter {n}: {max(part):.1f}" for n, part in enumerate(parts, 1) if part)
    yield f"peak of the process: {peak_megabytes():.1f}"


def main() -> None:
    """Parses the arguments and prints the report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, help="pages a pass (100), or pages of the soak (10,000)")
    parser.add_argument("--repeats", type=int, default=3, help="passes")
    parser.add_argument("--soak", action="store_true", help="watch memory instead of speed")
    arguments = parser.parse_args()
    lines = soak(arguments.count or 10_000) if arguments.soak else speeds(arguments.count or 100, arguments.repeats)
    for line in lines:
        print(line, flush=True)


if __name__ == "__main__":
    main()

"""Makes a large news page, as sites with many scripts and links send them."""

from __future__ import annotations

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

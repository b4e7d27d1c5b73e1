"""HTML pages by the generic path: bodies of all shapes, and what stands around them."""

from __future__ import annotations

import pytest

from extractor.page import read_html
from extractor.patterns import PatternSet
from extractor.record import Article, BlockKind

TITLE = "Warga Tambakrejo Tanam Seribu Bakau"
LEAD = "Semarang - Sebanyak 120 warga Tambakrejo menanam seribu bibit bakau di pesisir, Senin (4/3/2024)."
QUOTE = '"Kami ingin pantai ini hijau lagi, agar anak cucu kami dapat melaut," kata Lurah Tambakrejo, Sutarno.'
MORE = "Bibit itu dibeli dari kelompok tani di Demak, lalu ditanam bersama pelajar dan nelayan setempat."
LAST = "Penanaman akan diulang setiap tahun, dengan bantuan sekolah dan kelompok nelayan di sekitar Tambakrejo."
TEXT = "\n\n".join((LEAD, QUOTE, MORE, LAST))

NAV = '<div class="menu"><ul>' + "".join(f'<li><a href="/{n}">Kanal {n}</a></li>' for n in range(20)) + "</ul></div>"
TEASERS = (
    '<div class="col"><ul>'
    + "".join(
        f'<li><a href="/b/{n}">Nelayan Tambakrejo Libur Melaut Pekan {n}</a><p>Ombak tinggi, cuaca buruk ...</p></li>'
        for n in range(15)
    )
    + "</ul></div>"
)


def page(body: str, head: str = "", title: str = TITLE) -> str:
    heads = f"<title>{title} - Warta Nusa</title>{head}"
    middle = f"<div class='wrap'><h1>{title}</h1>{body}</div>"
    return f"<!DOCTYPE html><html><head>{heads}</head><body>{NAV}{middle}{TEASERS}</body></html>"


def paragraphs(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def read(patterns: PatternSet, html: str, **arguments: str) -> Article:
    return read_html(html, patterns, **arguments).article


FOUR = paragraphs(LEAD, QUOTE, MORE, LAST)
BODIES = [
    ("paragraphs", f"<div class='isi'>{FOUR}</div>"),
    ("paragraphs in no element of their own", FOUR),
    ("bare text with two breaks", f"<div>{LEAD}<br><br>{QUOTE}<br/> <br/>{MORE}<br><br>{LAST}</div>"),
    ("bare text with one break", f"<div>{LEAD}<br>{QUOTE}<br>{MORE}<br>{LAST}</div>"),
    ("unclosed paragraphs", f"<div><p>{LEAD}<p>{QUOTE}<p>{MORE}<p>{LAST}</div>"),
    ("empty paragraphs between", f"<div>{FOUR.replace('<p>', '<p>&nbsp;</p><p>')}</div>"),
    ("a lead before the first paragraph", f"<div>{LEAD}{paragraphs(QUOTE, MORE, LAST)}</div>"),
    ("divs for paragraphs", f"<div><div>{LEAD}</div><div>{QUOTE}</div><div>{MORE}</div><div>{LAST}</div></div>"),
    ("a table for layout", f"<table><tr><td>{FOUR}</td><td>{NAV}</td></tr></table>"),
    ("spans in paragraphs", f"<div>{FOUR.replace('<p>', '<p><span style=x>').replace('</p>', '</span></p>')}</div>"),
    (
        "upper case tags",
        f"<DIV CLASS=ISI>{FOUR.replace('p>', 'P>')}</DIV>",
    ),
    ("bold dateline", f"<div>{FOUR.replace('Semarang -', '<b>Semarang</b> -')}</div>"),
    (
        "dateline of its own",
        f"<div><strong>Semarang</strong> - {paragraphs(LEAD.removeprefix('Semarang - '), QUOTE, MORE, LAST)}</div>",
    ),
    ("links in the text", f"<div>{FOUR.replace('Tambakrejo', '<a class=tag href=/tag/t>Tambakrejo</a>')}</div>"),
    (
        "pages hidden in one document",
        f"<div><div class='hal'>{paragraphs(LEAD, QUOTE)}</div>"
        f"<div class='hal' style='display:none'>{paragraphs(MORE, LAST)}</div></div>",
    ),
    (
        "everything in one article element",
        f"<article><h1>{TITLE}</h1><div class='date'>Senin, 4 Maret 2024</div>{FOUR}<div class='share'>Share</div>",
    ),
]


@pytest.mark.parametrize("body", [row[1] for row in BODIES], ids=[row[0] for row in BODIES])
def test_body(patterns: PatternSet, body: str) -> None:
    article = read(patterns, page(body))
    assert article.text == TEXT
    assert article.title == TITLE
    assert article.dateline == "Semarang"


NOISE = [
    "<p><strong>Baca juga: <a href='/x'>Ombak Tinggi, Nelayan Libur Melaut</a></strong></p>",
    "<p><strong><a href='/x'>Ombak Tinggi, Nelayan Libur Melaut Sepekan</a></strong></p>",
    "<p>BACA: <a href='/x'>Ombak Tinggi</a></p>",
    "<div class='linksisip'>Baca juga: <a href='/x'>Ombak Tinggi</a></div>",
    "<table class='linksisip'><tr><td>Baca Juga</td></tr><tr><td><a href='/x'>Ombak Tinggi</a></td></tr></table>",
    "<p>ADVERTISEMENT</p><p>SCROLL TO CONTINUE WITH CONTENT</p>",
    "<p>[Gambas:Video 20detik]</p>",
    "<p>Simak juga Video: Panen Raya di Lereng Lawu</p>",
    "<figure><img src='a.jpg'><figcaption>Warga menanam bakau (Foto: Tri)</figcaption></figure>",
    "<p><em>Foto: Tri Lestari/WartaNusa</em></p>",
    "<script>document.write('iklan')</script><style>.a{}</style><noscript>Aktifkan</noscript>",
    "<div>googletag.cmd.push(function() { googletag.display('x'); });</div>",
    "<div class='social-share'><a href='#'>Facebook</a><a href='#'>Twitter</a></div>",
    "<iframe src='x'>isi</iframe><!-- komentar -->",
    "<ins class='adsbygoogle'>Iklan</ins>",
]


@pytest.mark.parametrize("noise", NOISE)
@pytest.mark.parametrize("container", ["div", "article"])
def test_noise_between_paragraphs_goes(patterns: PatternSet, noise: str, container: str) -> None:
    body = f"<{container}>{paragraphs(LEAD, QUOTE)}{noise}{paragraphs(MORE, LAST)}</{container}>"
    assert read(patterns, page(body)).text == TEXT


TAILS = [
    "<p>(pkp/gtp)</p>",
    "<p>(*)</p>",
    "<p>Editor: Galih Prasojo</p>",
    "<p>Artikel ini telah tayang di WartaNusa.com dengan judul Warga Tanam Bakau</p>",
    "<p>Ikuti berita terkini WartaNusa di Google News, klik di sini.</p>",
    "<p>COPYRIGHT © WARTANUSA 2024</p>",
    "<div class='tags'>Tag: <a href='/tag/a'>bakau</a> <a href='/tag/b'>pesisir</a></div>",
    "<h3>Berita Terkait</h3><p>Ombak tinggi, nelayan libur.</p>",
    "<h3>Baca Juga</h3><ul><li><a href='/a'>Ombak Tinggi, Nelayan Libur Melaut</a></li></ul>",
    "<p>Halaman: 1 2 Selanjutnya</p>",
]


@pytest.mark.parametrize("tail", TAILS)
def test_what_follows_the_last_sentence_goes(patterns: PatternSet, tail: str) -> None:
    assert read(patterns, page(f"<div>{FOUR}{tail}</div>")).text == TEXT


def test_a_signature_behind_the_last_sentence_goes(patterns: PatternSet) -> None:
    assert read(patterns, page(f"<div>{paragraphs(LEAD, QUOTE, MORE, LAST + ' (pkp/gtp)')}</div>")).text == TEXT


def test_blocks_have_their_kinds(patterns: PatternSet) -> None:
    table = "<table><tr><th>Desa</th><th>Bibit</th></tr><tr><td>Tambakrejo</td><td>1.000</td></tr></table>"
    html = page(
        f"<div>{paragraphs(LEAD, QUOTE)}<h2>Syarat Peserta</h2><ol><li>Warga desa.</li></ol>"
        f"{table}{paragraphs(MORE, LAST)}</div>"
    )
    article = read(patterns, html)
    kinds = [(block.kind, article.text[block.start : block.end]) for block in article.blocks]
    assert kinds == [
        (BlockKind.PARAGRAPH, LEAD),
        (BlockKind.PARAGRAPH, QUOTE),
        (BlockKind.SUBHEAD, "Syarat Peserta"),
        (BlockKind.LIST_ITEM, "Warga desa."),
        (BlockKind.TABLE_ROW, "Desa | Bibit"),
        (BlockKind.TABLE_ROW, "Tambakrejo | 1.000"),
        (BlockKind.PARAGRAPH, MORE),
        (BlockKind.PARAGRAPH, LAST),
    ]


def test_a_bold_line_is_a_subhead_and_a_bold_sentence_a_paragraph(patterns: PatternSet) -> None:
    article = read(
        patterns, page(f"<div>{paragraphs(LEAD, '<b>Dibantu Pelajar</b>', QUOTE, f'<b>{MORE}</b>', LAST)}</div>")
    )
    assert [block.kind for block in article.blocks] == [
        BlockKind.PARAGRAPH,
        BlockKind.SUBHEAD,
        BlockKind.PARAGRAPH,
        BlockKind.PARAGRAPH,
        BlockKind.PARAGRAPH,
    ]


def test_white_space_and_invisible_characters(patterns: PatternSet) -> None:
    body = FOUR.replace("warga Tambakrejo", "warga\n\t  Tambak\u200brejo").replace(
        "seribu bibit", "seribu&nbsp;bi\u00adbit"
    )
    assert read(patterns, page(f"<div>{body}</div>")).text == TEXT


def test_a_self_closed_html_element(patterns: PatternSet) -> None:
    html = page(f"<div>{FOUR}</div>").replace("<html>", '<html xmlns="http://www.w3.org/1999/xhtml" />')
    assert read(patterns, html).text == TEXT


def test_a_truncated_page(patterns: PatternSet) -> None:
    html = page(f"<div>{FOUR}</div>")
    cut = html[: html.index("Penanaman akan") + 20]
    assert read(patterns, cut).text.startswith("\n\n".join((LEAD, QUOTE, MORE)))


@pytest.mark.parametrize(
    ("declared", "encoding"), [("iso-8859-1", "cp1252"), ("utf-8", "utf-8"), ("us-ascii", "utf-8")]
)
def test_bytes_in_several_encodings(patterns: PatternSet, declared: str, encoding: str) -> None:
    head = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">'
    html = page(f"<div>{FOUR.replace('Sutarno', 'José')}</div>", head).encode(encoding)
    assert read_html(html, patterns).article.text == TEXT.replace("Sutarno", "José")


def test_an_unusual_amount_of_boilerplate_is_told(patterns: PatternSet) -> None:
    noise = "".join(
        f"<p>Baca juga: Nelayan Tambakrejo Libur Melaut Selama Ombak Tinggi Pekan {n}</p>" for n in range(40)
    )
    page_read = read_html(page(f"<div>{paragraphs(LEAD, QUOTE)}{noise}{paragraphs(MORE, LAST)}</div>"), patterns)
    assert page_read.article.text == TEXT
    assert [warning.code for warning in page_read.warnings if warning.code == "much-boilerplate"]


def test_a_short_quote_in_a_paragraph_of_its_own_stays(patterns: PatternSet) -> None:
    body = paragraphs(LEAD, '"Setuju!"', QUOTE, "Warga pulang.", MORE, LAST)
    text = read(patterns, page(f"<div>{body}</div>")).text
    assert '\n\n"Setuju!"\n\n' in text
    assert "\n\nWarga pulang.\n\n" in text

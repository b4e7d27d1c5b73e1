"""Plain text: a body alone, and whole pages as scrapers dump them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor import InputError
from extractor.page import read_text
from extractor.patterns import PatternSet
from extractor.record import BlockKind, PageType

LEAD = "SEMARANG, WARTANUSA.COM - Sebanyak 120 warga Tambakrejo menanam bibit bakau di pesisir, Senin (4/3/2024)."
QUOTE = '"Kami ingin pantai ini hijau lagi, agar anak cucu kami dapat melaut," kata Lurah Tambakrejo, Sutarno.'
LAST = "Penanaman itu akan diulang setiap tahun, dengan bantuan sekolah di sekitar pesisir Tambakrejo."


def test_a_body_keeps_its_lines_and_loses_its_noise(patterns: PatternSet) -> None:
    text = f"{LEAD}\n\nBaca juga: Ombak Tinggi, Nelayan Libur Melaut\n  {QUOTE}  \r\n"
    text += f"ADVERTISEMENT\n \nSCROLL TO CONTINUE WITH CONTENT\n {LAST}"
    article = read_text(text, patterns, title="Warga Tanam Bakau").article
    assert article.text == f"{LEAD}\n\n{QUOTE}\n\n{LAST}"
    assert [article.text[block.start : block.end] for block in article.blocks] == [LEAD, QUOTE, LAST]


def test_noise_inside_a_line_goes_and_the_line_stays(patterns: PatternSet) -> None:
    text = f"{LEAD} ADVERTISEMENT SCROLL TO CONTINUE WITH CONTENT {QUOTE} [Gambas:Video 20detik]"
    assert read_text(text, patterns, title="Warga Tanam Bakau").article.text == f"{LEAD} {QUOTE}"


def test_nothing_else_of_a_body_is_changed(patterns: PatternSet) -> None:
    lines = [
        LEAD,
        "Syarat Peserta",
        "1. Warga desa",
        "2. Membawa KTP",
        "(tanpa biaya)",
        QUOTE,
        "Hal itu diputus MK (Mahkamah Konstitusi).",
    ]
    article = read_text("\n".join(lines), patterns, title="Warga Tanam Bakau").article
    assert article.text == "\n\n".join(lines)
    assert article.blocks[2].kind is BlockKind.LIST_ITEM


def test_arguments_win(patterns: PatternSet) -> None:
    page = read_text(LEAD, patterns, title="A", url="https://x.id/a", published="2024-03-05", publisher="Warta Nusa")
    article = page.article
    assert (article.title, article.url, article.published, article.publisher) == (
        "A",
        "https://x.id/a",
        "2024-03-05",
        "Warta Nusa",
    )
    assert ("published", "argument") in [(source.field, source.place) for source in article.evidence]


DUMP = f"""Lingkungan
Warga Tambakrejo Tanam Bakau di Pesisir
Penanaman bakau di pesisir Tambakrejo diikuti warga, pelajar dan nelayan sejak pagi
Senin, 4 Maret 2024 09:15 WIB
Penulis: Rahma Wulandari | Editor: galih prasojo
{LEAD}
Baca juga: Ombak Tinggi, Nelayan Libur Melaut
{QUOTE}
{LAST} (pkp/gtp)
bakau
Tambakrejo
pesisir
Ombak Tinggi, Nelayan Tambakrejo Libur Melaut Sepekan |
![]() |
---|
Harga Ikan di Pasar Tambakrejo Naik Dua Kali Lipat |
![]() |
---|
Isi komentar menjadi tanggung jawab pengirim."""


def test_a_page_as_scrapers_dump_it(patterns: PatternSet) -> None:
    article = read_text(DUMP, patterns).article
    assert article.title == "Warga Tambakrejo Tanam Bakau di Pesisir"
    assert article.summary == "Penanaman bakau di pesisir Tambakrejo diikuti warga, pelajar dan nelayan sejak pagi"
    assert article.published == "2024-03-04T09:15:00+07:00"
    assert article.authors == ("Rahma Wulandari",)
    assert article.editors == ("galih prasojo",)
    assert article.dateline == "Semarang"
    assert article.tags == ("bakau", "Tambakrejo", "pesisir")
    assert article.language == "id"
    assert article.text == f"{LEAD}\n\n{QUOTE}\n\n{LAST}"


def test_the_publisher_comes_from_the_dateline(patterns: PatternSet) -> None:
    text = DUMP.replace("SEMARANG, WARTANUSA.COM", "TRIBUNJATENG.COM, SEMARANG")
    assert read_text(text, patterns).article.publisher == "Tribun Jateng"


VARIANTS = [
    ("menu before the headline", "Home\nNasional\nDaerah\nOlahraga\nOpini\n" + DUMP),
    ("share bar", DUMP.replace("\nPenulis:", "\nShare Tweet WhatsApp\nPenulis:")),
    (
        "byline on three lines",
        DUMP.replace(
            "Penulis: Rahma Wulandari | Editor: galih prasojo", "Penulis:\nRahma Wulandari\nEditor: galih prasojo"
        ),
    ),
    (
        "related heading",
        DUMP.replace("\nOmbak Tinggi, Nelayan Tambakrejo", "\nBerita Terkait\nOmbak Tinggi, Nelayan Tambakrejo"),
    ),
    ("footer", DUMP + "\nTentang Kami\nPedoman Media Siber\nCopyright © 2024 WartaNusa. All rights reserved."),
    ("windows line ends", DUMP.replace("\n", "\r\n")),
    ("empty lines", DUMP.replace("\n", "\n\n")),
]


@pytest.mark.parametrize("text", [row[1] for row in VARIANTS], ids=[row[0] for row in VARIANTS])
def test_variants_of_a_dump_give_the_same(patterns: PatternSet, text: str) -> None:
    article, plain = read_text(text, patterns).article, read_text(DUMP, patterns).article
    assert (article.title, article.text) == (plain.title, plain.text)
    assert (article.authors, article.editors) == (plain.authors, plain.editors)


def test_byline_and_report_line_of_another_outlet(patterns: PatternSet) -> None:
    head = "Warga Tambakrejo Tanam Bakau di Pesisir\nLaporan Wartawan WartaNusa, Rahma Wulandari"
    text = f"{head}\n{LEAD}\n{QUOTE}\nEditor: Galih Prasojo"
    article = read_text(text, patterns).article
    assert (article.authors, article.editors) == (("Rahma Wulandari",), ("Galih Prasojo",))
    assert article.text == f"{LEAD}\n\n{QUOTE}"


def test_a_line_without_a_headline_is_a_body(patterns: PatternSet) -> None:
    page = read_text(QUOTE, patterns)
    assert page.article.text == QUOTE
    assert page.article.title is None
    assert "no-title" in [warning.code for warning in page.warnings]


def test_text_of_another_language_is_named(patterns: PatternSet) -> None:
    text = "The villagers have planted trees on the hill, and they said that it was good for all of them."
    page = read_text(text, patterns, title="Trees")
    assert page.article.language == "en"
    assert "not-indonesian" in [warning.code for warning in page.warnings]


def test_text_of_noise_alone_is_empty(patterns: PatternSet) -> None:
    page = read_text("Baca juga: Ombak Tinggi\nADVERTISEMENT", patterns, title="x")
    assert page.article.page_type is PageType.EMPTY
    assert "not-an-article" in [warning.code for warning in page.warnings]


def test_bytes_in_latin_1(patterns: PatternSet) -> None:
    page = read_text("Kafé di Semarang buka lagi, kata pemiliknya.".encode("cp1252"), patterns, title="Kafe")
    assert page.article.text.startswith("Kafé")
    assert "charset-guessed" in [warning.code for warning in page.warnings]


@pytest.mark.parametrize("text", ["", " \n", b""])
def test_empty_text_is_refused(patterns: PatternSet, text: str | bytes) -> None:
    with pytest.raises(InputError, match="empty"):
        read_text(text, patterns)


@settings(deadline=None)
@given(st.text(min_size=1, max_size=500), st.none() | st.just("Judul"))
def test_any_text_gives_blocks_that_are_its_text(patterns: PatternSet, text: str, title: str | None) -> None:
    try:
        article = read_text(text, patterns, title=title).article
    except InputError:
        return
    assert article.text == "\n\n".join(article.text[block.start : block.end] for block in article.blocks)


def test_the_real_dump_gives_its_gold(patterns: PatternSet, shared: Path) -> None:
    gold = json.loads((shared / "devset/gold/tribun-blora.json").read_text("utf-8"))["source"]
    article = read_text((shared / "devset/articles/tribun-blora.txt").read_text("utf-8"), patterns).article
    assert list(article.authors) == gold["authors"]
    assert list(article.editors) == gold["editors"]
    assert article.publisher == gold["publisher"]
    assert len(article.blocks) == 15
    assert "Baca juga" not in article.text


FIRST = "Pemerintah Kabupaten Sukamaju membagikan seribu bibit mangga kepada warga Desa Tambakrejo, Senin (4/3/2024)."
SAID = "“Kami ingin halaman rumah menjadi kebun,” kata Kepala Desa Sutarno kepada warga."
THEN = "Pembagian bibit dilanjutkan pekan depan di dua desa lain yang letaknya lebih tinggi."
HEAD = "Seribu Bibit Mangga untuk Warga Tambakrejo"
TIME = "Senin, 04 Mar 2024 13:05 WIB"
DUMPS: dict[str, tuple[str, dict[str, object]]] = {
    "name before the outlet, initials, advertisement": (
        f"detikNews\nJawa Tengah\n{HEAD}\nRahma Wulandari - detikNews\n{TIME}\nBAGIKAN\nSukamaju - {FIRST}\n"
        f"ADVERTISEMENT\nSCROLL TO CONTINUE WITH CONTENT\n{SAID}\nBaca juga: Sungai Meluap\n{THEN}\n(rwu/tls)\n"
        "bibit mangga\ndesa tambakrejo",
        {"title": HEAD, "published": "2024-03-04T13:05:00+07:00", "authors": ("Rahma Wulandari",)}
        | {"dateline": "Sukamaju", "tags": ("bibit mangga", "desa tambakrejo")},
    ),
    "agency before the text, labels below": (
        f"Home\nBerita\n{HEAD}\n{TIME}\nSukamaju (ANTARA) - {FIRST}\n{SAID}\n{THEN}\nPewarta: Rahma Wulandari\n"
        "Editor: Galih Prasojo\nCOPYRIGHT © ANTARA 2024\nTags:\nbibit mangga",
        {"title": HEAD, "publisher": "Antara", "authors": ("Rahma Wulandari",), "editors": ("Galih Prasojo",)}
        | {"dateline": "Sukamaju", "tags": ("bibit mangga",)},
    ),
    "outlet's name in the dateline": (
        f"CNN Indonesia\n{HEAD}\nCNN Indonesia\n{TIME}\nBagikan:\nJakarta, CNN Indonesia -- {FIRST}\n{SAID}\n"
        f"[Gambas:Video CNN]\n{THEN}\n(rwu/tls)",
        {"title": HEAD, "publisher": "CNN Indonesia", "dateline": "Jakarta", "authors": ()},
    ),
    "signed in capitals, no headline": (
        f"TEMPO.CO, Jakarta - {FIRST}\n{SAID}\nPilihan Editor: Sungai Meluap\n{THEN}\nRAHMA WULANDARI",
        {"title": None, "publisher": "Tempo", "authors": ("Rahma Wulandari",), "tags": ()},
    ),
    "one person as reporter and editor, topics behind a label in capitals": (
        f"jpnn.com » Daerah\n{HEAD}\n{TIME}\njpnn.com, SUKAMAJU - {FIRST}\n{SAID}\nHalaman 1 2\n{THEN}\n"
        "Redaktur & Reporter : Rahma Wulandari\nBaca Artikel Lainnya: Sungai\nTAGS   bibit mangga\nBERITA LAINNYA",
        {"authors": ("Rahma Wulandari",), "editors": ("Rahma Wulandari",), "tags": ("bibit mangga",)},
    ),
    "body alone": (f"{FIRST}\n{SAID}\n{THEN}", {"title": None, "authors": (), "tags": ()}),
    "headline and body": (f"{HEAD}\n\n{FIRST}\n\n{SAID}\n\n{THEN}", {"title": HEAD}),
}


@pytest.mark.parametrize("style", DUMPS)
def test_dumps_in_the_styles_of_many_outlets(style: str, patterns: PatternSet) -> None:
    dump, expected = DUMPS[style]
    article = read_text(dump, patterns).article
    assert {key: getattr(article, key) for key in expected} == expected
    body = "\n\n".join((FIRST, SAID, THEN))
    assert article.text.endswith(body)
    assert len(article.text) - len(body) < 40

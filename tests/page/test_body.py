"""Blocks of a body: kinds, links and bold words."""

from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser

from extractor.page.blocks import RawBlock
from extractor.page.body import read_blocks
from extractor.record import BlockKind


def blocks(html: str) -> list[RawBlock]:
    body = LexborHTMLParser(f"<body>{html}</body>").body
    assert body is not None
    return read_blocks([body])


def test_the_share_of_a_block_that_stands_in_links() -> None:
    found = blocks('<p>Baca <a href="/x" title="5 > 3">Panen <b>raya</b></a> di desa.</p><p>Tanpa tautan.</p>')
    assert [(block.text, block.linked) for block in found] == [("Baca Panen raya di desa.", 9), ("Tanpa tautan.", 0)]


@pytest.mark.parametrize(
    "html",
    [
        "<p><strong>Dua jembatan baru</strong></p><p>Warga lega.</p>",
        "<b><p>Dua jembatan baru</p></b><p>Warga lega.</p>",
        "<p><a href='/x'><b>Dua jembatan baru</b></a></p><p>Warga lega.</p>",
    ],
)
def test_bold_lines_are_subheads(html: str) -> None:
    kinds = [(block.kind, block.text) for block in blocks(html)]
    assert kinds == [(BlockKind.SUBHEAD, "Dua jembatan baru"), (BlockKind.PARAGRAPH, "Warga lega.")]


def test_bold_words_in_a_sentence_leave_it_a_paragraph() -> None:
    (block,) = blocks("<p><b>BLORA</b> - Warga memperbaiki saluran air.</p>")
    assert (block.kind, block.bold, block.text) == (
        BlockKind.PARAGRAPH,
        False,
        "BLORA - Warga memperbaiki saluran air.",
    )


def test_control_characters_in_a_page_are_not_taken_for_signs() -> None:
    (first, second) = blocks("<p>Warga\x11 desa \x13lega.</p><p>Jalan\x1d mulus\x1e lagi.</p>")
    assert (first.text, first.linked, first.bold) == ("Warga desa lega.", 0, False)
    assert second.text == "Jalan mulus lagi."


def test_a_table_keeps_its_cells_and_links() -> None:
    table = '<table><tr><td>TPS 1</td><td><a href="/x">812</a></td></tr><tr><td>TPS 2</td><td>640</td></tr></table>'
    found = blocks(f"<p><b>Hasil</b> tiap TPS:</p>{table}")
    assert [(block.kind, block.text, block.linked) for block in found] == [
        (BlockKind.PARAGRAPH, "Hasil tiap TPS:", 0),
        (BlockKind.TABLE_ROW, "TPS 1 | 812", 3),
        (BlockKind.TABLE_ROW, "TPS 2 | 640", 0),
    ]

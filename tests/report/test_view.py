"""The view for a person: everything is there, with and without colour, at any width."""

from __future__ import annotations

import io
import re

import pytest
from rich.console import Console

from extractor.record import Article, Record
from extractor.report.view import KINDS, marked_text, show
from tests.test_evaluate import TEXT, record


def shown(found: Record, *, width: int = 100, colour: bool = False) -> str:
    stream = io.StringIO()
    system = "truecolor" if colour else None
    show(found, Console(file=stream, width=width, color_system=system, force_terminal=colour, highlight=False))
    return stream.getvalue()


def test_values_of_every_field_are_shown() -> None:
    output = shown(record(), width=160)
    for value in (
        "Umi Rahmawati",
        "Bupati Kutalawas",
        "2024-02-14",
        "Hotel Mega",
        "voter_turnout",
        "Kabupaten Kutalawas",
        "meeting",
        "kami puas",
    ):
        assert value in output
    assert "Counts" not in output


def test_without_colour_evidence_stands_in_brackets() -> None:
    marked = marked_text(record(), coloured=False).plain
    assert "[Bupati Kutalawas]o" in marked
    assert "[Rabu (14/2/2024)]d" in marked
    assert "[Partisipasi pemilih pada [2019]d mencapai [71,3 persen]p dan kami puas,]q" in marked
    letters = "".join(kind.letter for kind in KINDS)
    assert re.sub(rf"\[|\][{letters}]", "", marked) == TEXT


def test_with_colour_the_text_is_as_it_was() -> None:
    marked = marked_text(record(), coloured=True)
    assert marked.plain == TEXT
    start = TEXT.index("71,3 persen")
    share = next(kind for kind in KINDS if kind.name == "percentages")
    assert any((span.start, span.end, span.style) == (start, start + 11, share.style) for span in marked.spans)


def test_colours_only_where_the_terminal_has_them() -> None:
    assert "\x1b[" in shown(record(), colour=True)
    assert "\x1b[" not in shown(record())


@pytest.mark.parametrize("width", [20, 40, 80, 200])
def test_lines_fit_the_terminal(width: int) -> None:
    assert max(len(line) for line in shown(record(), width=width).splitlines()) <= width


def test_markup_in_the_text_is_shown_as_it_is() -> None:
    found = record(article=Article(text=TEXT, title="Rapat [bold]besar[/bold] [/]"))
    assert "Rapat [bold]besar[/bold] [/]" in shown(found)


def test_record_without_anything_is_shown_with_its_warnings() -> None:
    empty = Record.model_validate(
        {
            "id": "x",
            "article": {"page_type": "empty"},
            "provenance": {"version": "0", "patterns": "x"},
            "warnings": [{"code": "empty-input", "detail": "Nothing in it."}],
        }
    )
    output = shown(empty)
    assert "(no title)" in output
    assert "empty-input" in output
    assert "Officials" not in output

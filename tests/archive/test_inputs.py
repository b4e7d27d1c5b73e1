"""What an input is: markup or plain text, and the rows of data files."""

from __future__ import annotations

import pytest

from extractor import InputError
from extractor.archive.inputs import Input, input_of, looks_like_markup

CONTENT = [
    ("<!DOCTYPE html><html>", True),
    ("<P>Rapat digelar.</P>", True),
    ("  \n<?xml version='1.0'?>\n<html xmlns='x'/>", True),
    ("Rapat<br>digelar", True),
    ("\ufeff<div class=a>", True),
    ("Rapat digelar di Kutalawas.", False),
    ("Nilai x < 5 dan p > 3", False),
    ("<Umi> menulis: rapat", False),
    ("Lihat <https://kabar.example>", False),
    ("", False),
]


@pytest.mark.parametrize(("content", "markup"), CONTENT)
def test_markup_is_told_by_tags_as_text_and_as_bytes(content: str, markup: bool) -> None:
    assert looks_like_markup(content) is markup
    assert looks_like_markup(content.encode()) is markup
    assert looks_like_markup(content.encode("utf-16")) is markup


def test_tags_far_down_do_not_count() -> None:
    assert not looks_like_markup("x" * 100_000 + "<p>")


def test_row_with_a_text() -> None:
    row = {"id": 7, "text": "Isi", "title": "Judul", "published": "2024-02-14", "publisher": "Kabar", "views": 12}
    assert input_of(row, "a.jsonl#7") == Input(
        "a.jsonl#7", "Isi", markup=False, title="Judul", published="2024-02-14", publisher="Kabar"
    )


def test_row_with_a_page() -> None:
    row = {"html": "<p>Isi", "text": "lama", "url": "https://kabar.example/1"}
    assert input_of(row, "s") == Input("s", "<p>Isi", markup=True, url="https://kabar.example/1")


BAD_ROWS = [
    ({}, 'has neither "html" nor "text"'),
    ({"text": None, "title": "x"}, 'has neither "html" nor "text"'),
    ({"text": 5}, "'text' is int; give a string"),
    ({"text": "x", "published": 20240214}, "'published' is int"),
    (["x"], "is list, not an object"),
    (None, "is NoneType, not an object"),
]


@pytest.mark.parametrize(("row", "message"), BAD_ROWS)
def test_bad_rows_are_told(row: object, message: str) -> None:
    with pytest.raises(InputError, match=message) as raised:
        input_of(row, "a.jsonl#1")
    assert raised.value.code == "bad-row"
    assert str(raised.value).startswith("a.jsonl#1")

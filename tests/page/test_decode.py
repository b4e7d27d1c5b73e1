"""Bytes to text: refusals, encodings, repairs."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor import InputError
from extractor.page.decode import MAX_SIZE, decode

WORDS = "Menteri berkata: “Harga kopi naik 5 persen” – café."

REFUSED = [
    (b"", "empty-input"),
    ("", "empty-input"),
    (" \n\t ", "empty-input"),
    (b"\r\n\r\n", "empty-input"),
    (b"\0\0\0\0", "empty-input"),
    (b"%PDF-1.7\n%stuff", "binary-input"),
    (b"\x89PNG\r\n\x1a\n" + bytes(200), "binary-input"),
    (b"PK\x03\x04" + bytes(200), "binary-input"),
    (b"\x1f\x8b\x08" + bytes(200), "binary-input"),
    (bytes(range(1, 32)) * 40, "binary-input"),
    (b"a" * (MAX_SIZE + 1), "input-too-large"),
    ("a" * (MAX_SIZE + 1), "input-too-large"),
]


@pytest.mark.parametrize(("source", "code"), REFUSED)
def test_what_holds_nothing_to_read_is_refused(source: str | bytes, code: str) -> None:
    with pytest.raises(InputError) as error:
        decode(source)
    assert error.value.code == code
    assert "give" in str(error.value), "the message says what to do"


DECODED = [
    (WORDS.encode(), None, []),
    (codecs.BOM_UTF8 + WORDS.encode(), None, []),
    (codecs.BOM_UTF16_LE + WORDS.encode("utf-16-le"), None, []),
    (b'<meta charset="iso-8859-1">' + WORDS.encode(), None, ["charset-mismatch"]),
    (b'<meta charset="us-ascii">' + WORDS.encode(), None, ["charset-mismatch"]),
    (b'<meta charset="iso-8859-1">' + WORDS.encode("cp1252"), None, []),
    (WORDS.encode("cp1252"), "windows-1252", []),
    (WORDS.encode("cp1252"), None, ["charset-guessed"]),
    (b'<meta charset="no-such-thing">' + WORDS.encode(), None, []),
    (b'<meta charset="hex">' + WORDS.encode(), None, []),
    ("Менять".encode("koi8-r"), "koi8-r", []),
]


@pytest.mark.parametrize(("source", "charset", "codes"), DECODED)
def test_encodings(source: bytes, charset: str | None, codes: list[str]) -> None:
    decoded = decode(source, charset)
    assert decoded.text.endswith(("café.", "Менять"))
    assert [warning.code for warning in decoded.warnings] == codes


def test_a_declaration_over_plain_ascii_is_no_mismatch() -> None:
    assert decode(b'<meta charset="iso-8859-1"><p>Harga kopi naik.</p>').warnings == ()


def test_a_page_cut_in_the_middle_of_a_character_keeps_the_rest() -> None:
    decoded = decode(("<p>" + WORDS * 20).encode()[:-3] + b"\xc3")
    assert decoded.text.startswith("<p>Menteri berkata: “Harga")
    assert [warning.code for warning in decoded.warnings] == ["undecodable-bytes"]


def test_wrongly_decoded_utf8_is_repaired_and_reported() -> None:
    broken = "Ia berkata: â€œKami siapâ€\x9d.\nBaris lain tetap.\n"
    decoded = decode(broken)
    assert "â€" not in decoded.text
    assert decoded.text.endswith("Baris lain tetap.\n")
    assert [warning.code for warning in decoded.warnings] == ["mojibake-repaired"]


def test_rightly_written_accents_are_left_alone() -> None:
    text = "São Paulo, Ângela dan Ãrsta; pâte."
    assert decode(text).text == text
    assert decode(text).warnings == ()


@given(st.binary(max_size=400))
def test_any_bytes_end_in_text_or_a_code(source: bytes) -> None:
    decoded, code = None, None
    try:
        decoded = decode(source)
    except InputError as error:
        code = error.code
    assert code in (None, "empty-input", "binary-input")
    if decoded is not None:
        assert decoded.text.strip()
        assert "\0" not in decoded.text


@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1, max_size=200))
def test_utf8_comes_back_as_it_was(text: str) -> None:
    if not text.strip():
        return
    decoded = decode(text.encode())
    if not decoded.warnings and not text.startswith("\ufeff"):
        assert decoded.text == text


@pytest.mark.parametrize(
    ("source", "same"),
    [
        (WORDS.encode(), True),
        (b'<meta charset="iso-8859-1">' + WORDS.encode(), True),
        (codecs.BOM_UTF8 + WORDS.encode(), False),
        (WORDS.encode() + b"\0", False),
        (WORDS.encode("cp1252"), False),
        (WORDS.encode()[:-2] + b"\xc3", False),
        (WORDS, False),
    ],
)
def test_bytes_that_are_the_text_in_utf_8_are_handed_on(source: str | bytes, same: bool) -> None:
    decoded = decode(source)
    assert decoded.utf8 == (source if same else None)
    assert decoded.utf8 in (None, decoded.text.encode())

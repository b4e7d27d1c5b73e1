"""Chunks of a sentence: one letter each."""

from __future__ import annotations

import pytest
import spacy

from extractor.language.quotes.chunks import chunks_of, letters
from extractor.language.quotes.words import Words
from extractor.language.state import annotations_of
from extractor.language.tokenizer import Tokenizer
from extractor.patterns import load_patterns

_WORDS = Words.of(load_patterns())
_MAKE = Tokenizer(spacy.blank("id").vocab, load_patterns())


def codes(text: str) -> str:
    found = annotations_of(_MAKE(text))
    line = letters(found.tokens, _WORDS, frozenset(), frozenset({0}))
    chunks = chunks_of(found.tokens, line, (0, len(text)), [], [0])
    return "".join(chunks.codes) if chunks else ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Umi Sari mengatakan harga naik", "|xsw|"),
        ("Umi Sari mengatakan bahwa harga naik", "|xsbw|"),
        ("Ketua panitia, Umi Sari, mengatakan harga naik", "|xwxsw|"),
        ("Umi Sari di Kudus mengatakan harga naik", "|xosw|"),
        ("Ia mengatakan harga naik", "|psw|"),
        ("Menurut Umi Sari, harga naik", "|axw|"),
        ("Menurutnya, harga naik", "|mw|"),
        ("Harga naik, kata Umi Sari", "|xwkx|"),
        ("Majelis hakim menyatakan harga naik", "|xsw|"),
        ("Umi Sari tidak mengatakan harga naik", ""),
        ("Nilai tukar naik", ""),
        ("Dikatakannya, harga naik", "|nw|"),
        ("Disampaikan Umi Sari, harga naik", "|dxw|"),
    ],
)
def test_chunks(text: str, expected: str) -> None:
    assert codes(text).replace("||", "|") == expected


def test_every_token_has_a_letter() -> None:
    found = annotations_of(_MAKE('"Ya," kata Umi (30).\nTidak ada apa-apa!'))
    assert len(letters(found.tokens, _WORDS, frozenset({4}), frozenset({0}))) == len(found.tokens)

"""Paragraphs and sentences: cut at line breaks, not at abbreviations, a quote kept with its cue."""

from __future__ import annotations

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

from extractor import Extractor
from extractor.language.state import annotations_of

SENTENCES = [
    ('"Kami siap." ujarnya. Ia pergi.', ['"Kami siap." ujarnya.', "Ia pergi."]),
    ("“Kami siap,” kata Umi. “Ayo.”", ["“Kami siap,” kata Umi.", "“Ayo.”"]),
    ("Apa kabar? “Baik.” Ia datang.", ["Apa kabar?", "“Baik.”", "Ia datang."]),
    (
        "Ketua KPU Kab. Wonosari H. A. Fikri hadir. Ia bicara.",
        ["Ketua KPU Kab. Wonosari H. A. Fikri hadir.", "Ia bicara."],
    ),
    ("Rapat pukul 10.00. Selesai.", ["Rapat pukul 10.00.", "Selesai."]),
    ("Judul\nIsi pertama. Kedua.", ["Judul", "Isi pertama.", "Kedua."]),
    ("Bupati Rahmat, S.IP., M.Si. mengatakan siap. Benar.", ["Bupati Rahmat, S.IP., M.Si. mengatakan siap.", "Benar."]),
    ('"Siap?" tanya Dedi. "Siap!" jawab Umi.', ['"Siap?" tanya Dedi.', '"Siap!" jawab Umi.']),
    ("Hasilnya 5 persen.Target 10 persen.", ["Hasilnya 5 persen.", "Target 10 persen."]),
    ("PT Maju Tbk. naik. Turun.", ["PT Maju Tbk. naik.", "Turun."]),
    ("Menurut UU No. 7 Tahun 2017. Selesai.", ["Menurut UU No. 7 Tahun 2017.", "Selesai."]),
    ("Benarkah?! Ya.", ["Benarkah?!", "Ya."]),
    ("(Baca juga.) Lalu.", ["(Baca juga.)", "Lalu."]),
]


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_sentences(extractor: Extractor, text: str, expected: list[str]) -> None:
    assert _sentences(extractor.nlp, text) == expected


def test_paragraphs_are_stripped_lines(extractor: Extractor) -> None:
    text = "  Satu. \n\n\t\nDua.\n"
    found = annotations_of(extractor.nlp.make_doc(text))
    assert [text[start:end] for start, end in found.paragraphs] == ["Satu.", "Dua."]


@given(st.text(alphabet='aB1 .?!"”“)\n', max_size=120) | st.text(max_size=120))
def test_sentences_tile_their_paragraphs(text: str) -> None:
    found = annotations_of(_ALONE(text))
    last = 0
    for start, end in found.sentences:
        assert last <= start <= end
        assert "\n" not in text[start:end]
        assert not text[last:start].strip()
        last = end
    assert not text[last:].strip()


def test_spacy_sees_the_same_starts(extractor: Extractor) -> None:
    doc = _ALONE("Judul\nIsi pertama. Kedua.")
    starts = [token.idx for token in doc if token.is_sent_start]
    assert starts == [start for start, _ in annotations_of(doc).sentences]


def _sentences(nlp: Language, text: str) -> list[str]:
    return [
        text[start:end] for start, end in annotations_of(nlp.get_pipe("warta_sentences")(nlp.make_doc(text))).sentences
    ]


def _alone() -> Language:
    nlp = spacy.blank("id")
    nlp.add_pipe("warta_sentences")
    return nlp


_ALONE = _alone()

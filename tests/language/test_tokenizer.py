"""The tokenizer: the text is kept, and news forms are the tokens that rules expect."""

from __future__ import annotations

import pytest
import spacy
from hypothesis import example, given
from hypothesis import strategies as st

from extractor.language.state import annotations_of
from extractor.language.tokenizer import Tokenizer
from extractor.language.tokens import TokenTable
from extractor.patterns import load_patterns


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return Tokenizer(spacy.blank("id").vocab, load_patterns())


# One row for each form that spaCy's stock Indonesian tokenizer cuts wrongly or not at all, and their neighbours.
TOKENS = [
    ("Minggu (14/4/2019).", "Minggu|(|14/4/2019|)|."),
    ("Rabu (3/9) sore", "Rabu|(|3/9|)|sore"),
    ("tanggal 05.11.2023", "tanggal|05.11.2023"),
    ("pukul 09.30WIB dan 13.45 WITA", "pukul|09.30|WIB|dan|13.45|WITA"),
    ("07.30-12.15", "07.30|-|12.15"),
    ("periode 2017-2022", "periode|2017|-|2022"),
    ("HUT ke-54", "HUT|ke-54"),
    ("(64,2%)", "(|64,2|%|)"),
    ("15%-25%", "15|%|-|25|%"),
    ("3%/bulan", "3|%|/|bulan"),
    ("Rp2,5 miliar", "Rp|2,5|miliar"),
    ("Rp.75.000", "Rp.|75.000"),
    ("Rp3.000.000,-", "Rp|3.000.000|,|-"),
    ("1.250.400 jiwa", "1.250.400|jiwa"),
    ("H. A. Fikri", "H.|A.|Fikri"),
    ("Kab. Wonosari, Kec. Playen", "Kab.|Wonosari|,|Kec.|Playen"),
    ("Jl. Melati No. 7", "Jl.|Melati|No.|7"),
    ("PT. Surya Tbk.", "PT.|Surya|Tbk."),
    ("AKBP. Hendra (Purn.)", "AKBP.|Hendra|(|Purn.|)"),
    ("Rahmat, S.IP., M.Si. hadir", "Rahmat|,|S.IP.|,|M.Si.|hadir"),
    ("Umi S.Sos.,M.Si hadir", "Umi|S.Sos.|,|M.Si|hadir"),
    ("Umi, S.Pd.I", "Umi|,|S.Pd.I"),
    ("warga-warga dan kira-kiranya", "warga-warga|dan|kira-kiranya"),
    ("pasangan Rahmat-Hendra", "pasangan|Rahmat|-|Hendra"),
    ("KPU-RI", "KPU|-|RI"),
    ("e-KTP COVID-19 anti-narkoba", "e-KTP|COVID-19|anti-narkoba"),
    ("se-Kalimantan", "se|-|Kalimantan"),
    ("Kota/Kabupaten dan/atau", "Kota|/|Kabupaten|dan|/|atau"),
    ("UU No. 10/2016", "UU|No.|10/2016"),
    ("Ma'ruf Jum'at Qur’an", "Ma'ruf|Jum'at|Qur’an"),
    ("Masjid Al-Ikhlas", "Masjid|Al-Ikhlas"),
    ("siap”,kata Rina", "siap|”|,|kata|Rina"),
    ("kata dia.Menurut Tono", "kata|dia|.|Menurut|Tono"),
    ("64 persen.Target", "64|persen|.|Target"),
    ("20-30 persen", "20|-|30|persen"),
    ("https://kpu.example.id/hasil?x=1, lalu", "https://kpu.example.id/hasil?x=1|,|lalu"),
    ("redaksi@surat.id", "redaksi@surat.id"),
    ("kabarlokal.co.id, Blora", "kabarlokal.co.id|,|Blora"),
    ("catatan: siap", "catatan|:|siap"),
]


@pytest.mark.parametrize(("text", "expected"), TOKENS)
def test_news_forms(tokenizer: Tokenizer, text: str, expected: str) -> None:
    assert [token.text for token in tokenizer(text)] == expected.split("|")


@given(st.text(max_size=300) | st.text(alphabet="aB1 .,-/%'\"\n\t()“”:@", max_size=300))
def test_text_is_kept(tokenizer: Tokenizer, text: str) -> None:
    doc = tokenizer(text)
    assert doc.text == text
    assert all(token.text == text[token.idx : token.idx + len(token)] for token in doc)


@given(st.text(alphabet="aB1 .,-/%'\"\n\t()“”:", max_size=200))
def test_table_made_on_the_way_is_that_of_the_doc(tokenizer: Tokenizer, text: str) -> None:
    doc = tokenizer(text)
    assert annotations_of(doc).tokens == TokenTable.of(doc)


def test_long_runs_end_soon(tokenizer: Tokenizer) -> None:
    for run in (
        "-" * 50_000,
        "a-" * 25_000,
        "A." * 25_000,
        "1." * 25_000,
        "x" * 100_000,
        "http://" * 8_000,
        "@." * 20_000,
    ):
        assert tokenizer(run).text == run


PIECES = st.sampled_from(
    [
        *" \n\t\u00a0.,:;()%-/'\"’“”12",
        "Kab.",
        "kata",
        "Blora",
        "Lahadalia2.",
        "Kepala",
        "KPU-RI",
        "rata-rata",
        "10.30WIB",
        "Rp1,5",
    ]
)


@example("\n \n.")
@given(st.lists(PIECES, max_size=30).map("".join))
def test_stretches_that_are_looked_up_are_cut_as_the_whole_text_is(tokenizer: Tokenizer, text: str) -> None:
    assert tokenizer.columns(text) == tokenizer.cut(text)
    assert tokenizer.columns(text) == tokenizer.cut(text)


def test_a_long_run_keeps_a_bounded_number_of_stretches(tokenizer: Tokenizer) -> None:
    known = Tokenizer(tokenizer.vocab, load_patterns())
    for number in range(40_000):
        known.columns(f"a{number} b")
    assert len(known._known) <= 1 << 15

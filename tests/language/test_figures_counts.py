"""Counts and sums of money."""

from __future__ import annotations

from functools import cache

import pytest
import spacy
from spacy.language import Language

from extractor.language.state import FigureFound, annotations_of


@cache
def pipeline() -> Language:
    nlp = spacy.blank("id", config={"nlp": {"tokenizer": {"@tokenizers": "warta.Tokenizer.v1"}}})
    for name in ("warta_sentences", "warta_regions", "warta_figures"):
        nlp.add_pipe(name)
    return nlp


def counts(text: str) -> list[FigureFound]:
    return annotations_of(pipeline()(text)).counts


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ada 26.238 surat suara.", [("26.238 surat suara", 26238, "surat suara")]),
        ("Ada 120.450 orang pemilih.", [("120.450 orang pemilih", 120450, "pemilih")]),
        ("Ada 2.406 TPS dan 12 kursi.", [("2.406 TPS", 2406, "TPS"), ("12 kursi", 12, "kursi")]),
        ("Ada 1,5 juta jiwa.", [("1,5 juta jiwa", 1_500_000, "jiwa")]),
        ("Ada 20 ribu warga.", [("20 ribu warga", 20_000, "warga")]),
        ("Ada 208,265,720 jiwa.", [("208,265,720 jiwa", 208_265_720, "jiwa")]),
        ("Biayanya Rp 8,5 miliar.", [("Rp 8,5 miliar", 8_500_000_000, "Rp")]),
        ("Biayanya Rp8.500.000.", [("Rp8.500.000", 8_500_000, "Rp")]),
        ("Biayanya Rp. 50.000,- saja.", [("Rp. 50.000,-", 50_000, "Rp")]),
        ("Utangnya Rp 10.000 T.", [("Rp 10.000 T", 10**16, "Rp")]),
        ("Hibahnya Rp 3,5 M.", [("Rp 3,5 M", 3_500_000_000, "Rp")]),
        ("Nilainya US$ 80 juta.", [("US$ 80 juta", 80_000_000, "US$")]),
        ("Nilainya 2 miliar rupiah.", [("2 miliar rupiah", 2_000_000_000, "Rp")]),
        ("Nilainya 15 dolar AS.", [("15 dolar AS", 15, "US$")]),
        ("Partai itu meraih tiga kursi.", [("tiga kursi", 3, "kursi")]),
        (
            "Sembilan TPS dan dua puluh lima ribu pemilih.",
            [("Sembilan TPS", 9, "TPS"), ("dua puluh lima ribu pemilih", 25000, "pemilih")],
        ),
        ("Antara Rp 2 juta-Rp 4 juta.", [("Rp 2 juta", 2_000_000, "Rp"), ("Rp 4 juta", 4_000_000, "Rp")]),
    ],
)
def test_counts_are_found(text: str, found: list[tuple[str, float, str]]) -> None:
    assert [(text[c.start : c.end], c.value, c.unit) for c in counts(text)] == found


@pytest.mark.parametrize(
    "text",
    [
        "Ia mencoblos di TPS 07 Kelurahan Oebobo.",
        "Pada 2024 warga memilih bupati.",
        "Menurut Pasal 12 desa itu mandiri.",
        "Rapat dimulai pukul 10 warga berdatangan.",
        "Telepon 0812 34567 orang itu.",
        "Partisipasinya 77,6 persen warga.",
        "Salah satu desa belum melapor.",
        "Kedua kota itu bertetangga.",
        "Umurnya 45 tahun.",
        "Jaraknya 12 km.",
        "Tanggal 27/11/2024 warga libur.",
        "Anggaran Rp 1/2 miliar.",
    ],
)
def test_other_numbers_are_no_counts(text: str) -> None:
    assert counts(text) == []


@pytest.mark.parametrize(
    ("text", "metric", "event", "year"),
    [
        ("Untuk suara tidak sah pada Pemilu 2019 sebanyak 21.338 surat suara.", "suara tidak sah", "Pemilu", 2019),
        ("Dari jumlah itu 579.876 orang menggunakan hak pilih.", "menggunakan hak pilih", None, None),
        ("Ada 12 kursi untuk daerah itu.", None, None, None),
    ],
)
def test_counts_are_bound_by_their_sentence(text: str, metric: str | None, event: str | None, year: int | None) -> None:
    (figure,) = counts(text)
    assert (figure.metric, figure.event, figure.year) == (metric, event, year)


def test_the_region_of_a_count_is_that_of_its_sentence() -> None:
    found = counts("KPU Kabupaten Blora mencatat 120.450 pemilih.\nPetugasnya 812 orang.")
    assert [c.region and c.region.name for c in found] == ["Kabupaten Blora", None]


def test_repeated_counts_are_one_item() -> None:
    (figure,) = counts("Ada 12.345 pemilih di sana.\nDari 12.345 pemilih, semua hadir.")
    assert len(figure.mentions) == 1


def test_counts_of_a_vote_are_bound_by_the_article() -> None:
    text = (
        "Pilkada 2024 di Kabupaten Kudus berjalan lancar. Warga Kudus antusias.\n\nAda 702.318 pemilih dan 40 petugas."
    )
    voters, officers = counts(text)
    assert (voters.event, voters.year, voters.region_source) == ("Pilkada", 2024, "frame")
    assert (officers.event, officers.year, officers.region) == (None, None, None)


def test_counts_in_a_list_have_the_place_of_their_item() -> None:
    text = "DPT Pilkada 2024 per kecamatan:\n\nJati: 19.204 pemilih\n\nBae: 11.350 pemilih"
    found = [(c.value, c.region.name if c.region else None, c.region_source, c.event, c.year) for c in counts(text)]
    assert found == [
        (19204, "Kecamatan Jati", "list", "Pilkada", 2024),
        (11350, "Kecamatan Bae", "list", "Pilkada", 2024),
    ]

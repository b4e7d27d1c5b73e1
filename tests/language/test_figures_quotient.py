"""Numerator and denominator of a share."""

from __future__ import annotations

import pytest

from tests.language.test_figures import annotate


@pytest.mark.parametrize(
    ("text", "part", "whole"),
    [
        ("Partisipasi pemilih 71,3 persen, atau 203.115 dari 284.870 pemilih.", 203115, 284870),
        ("Dari 27.870 pemilih, 19.887 orang atau 71,35 persen menggunakan hak pilih.", 19887, 27870),
        ("Partisipasi pemilih mencapai 86,94 persen atau 200.512 orang.", 200512, None),
        ("Partisipasi pemilih mencapai 86,94 persen (200.512 pemilih).", 200512, None),
        ("Pengguna hak pilih 5.563.425 (77,1 persen).", 5563425, None),
        ("Sudah 110 juta warga (52,8 persen) dari 208,2 juta sasaran menerima vaksin.", 110_000_000, 208_200_000),
        ("Kepesertaan JKN 98,1 persen dari jumlah penduduk 1.290.000 jiwa.", None, 1290000),
        ("Partisipasi pemilih 81,6 persen.\n\nDari 4.520 pemilih, yang hadir 3.688 orang.", 3688, 4520),
        ("Desa | Terdaftar | Hadir | Kehadiran pemilih\n\nSambi | 520 | 431 | 82,88 %", 431, 520),
        ("Partisipasi pemilih Pilkada 2024 (71,3 persen).", None, None),
        ("Partisipasi pemilih 81,6 persen.\n\nDari 4.520 pemilih, yang hadir 2.000 orang.", None, None),
        ("Partisipasi pemilih turun 4 persen (1.200 orang).", None, None),
        ("Partisipasi pemilih di TPS 5 (80 persen).", None, None),
    ],
)
def test_quotients(text: str, part: int | None, whole: int | None) -> None:
    share = annotate(text).percentages[0]
    assert (share.numerator, share.denominator) == (part, whole)


def test_a_share_that_is_not_the_quotient_is_warned_of_and_keeps_its_numbers() -> None:
    found = annotate("Partisipasi pemilih 91,3 persen, atau 203.115 dari 284.870 pemilih.")
    assert (found.percentages[0].numerator, found.percentages[0].denominator) == (203115, 284870)
    assert [code for code, _ in found.warnings] == ["figure-share-disagrees"]


def test_a_repetition_lends_its_numbers_and_where_its_region_is_named() -> None:
    text = (
        "Partisipasi pemilih Pilkada 2024 mencapai 71,3 persen.\n\n"
        "Di Kota Tegal partisipasi pemilih Pilkada 2024 sebesar 71,3 persen, atau 203.115 dari 284.870 pemilih."
    )
    (share,) = annotate(text).percentages
    assert (share.numerator, share.denominator, share.region_source) == (203115, 284870, "sentence")
    assert len(share.mentions) == 1

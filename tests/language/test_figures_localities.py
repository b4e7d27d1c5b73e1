"""Districts and villages that stand beside a share without their level."""

from __future__ import annotations

import pytest

from tests.language.test_figures import annotate

KUDUS = "Partisipasi pemilih di Kabupaten Kudus 79 persen."


@pytest.mark.parametrize(
    ("text", "places"),
    [
        (
            f"{KUDUS} Kecamatan Gebog 82 persen, disusul Jekulo 81 persen dan Mejobo 80,5 persen.",
            ["Kabupaten Kudus", "Kecamatan Gebog", "Kecamatan Jekulo", "Kecamatan Mejobo"],
        ),
        (
            f"{KUDUS} Kecamatan Gebog (82 persen), Jekulo (81,2 persen), dan Undaan (70 persen).",
            ["Kabupaten Kudus", "Kecamatan Gebog", "Kecamatan Jekulo", "Kecamatan Undaan"],
        ),
        (
            f"{KUDUS} Per kecamatan, tertinggi ada di Gebog dengan 82 persen. Lalu Jekulo, 81 persen.",
            ["Kabupaten Kudus", "Kecamatan Gebog", "Kecamatan Jekulo"],
        ),
        (
            "Kehadiran pemilih di Desa Sengon dan Kluwut masing-masing 88 persen dan 52 persen.",
            ["Desa Sengon", "Desa Kluwut"],
        ),
        (
            "Kecamatan Tahunan menggelar sosialisasi. Partisipasi pemilih warga Tahunan hanya 70 persen.",
            ["Kecamatan Tahunan"],
        ),
        (
            "Kepatuhan wajib pajak di Kapanewon Turi 100 persen, sementara Ngemplak 77 persen dan Depok 81 persen.",
            ["Kapanewon Turi", "Kapanewon Ngemplak", "Kapanewon Depok"],
        ),
        (
            f"{KUDUS} Dua kecamatan lainnya, Gebog dan Jekulo, masing-masing 72 persen dan 71 persen.",
            ["Kabupaten Kudus", "Kecamatan Gebog", "Kecamatan Jekulo"],
        ),
        (
            "Baru 12,5 persen warga Desa Sengon yang ikut sensus. Hampir 70 persen warga Desa Kluwut sudah.",
            ["Desa Sengon", "Desa Kluwut"],
        ),
        (
            "Golput di Kota Kupang 41 persen, sementara Malaka hanya 17 persen.",
            ["Kota Kupang", "Kabupaten Malaka"],
        ),
    ],
)
def test_names_beside_shares_are_places(text: str, places: list[str]) -> None:
    found = annotate(text).percentages
    assert [share.region and share.region.name for share in found] == places
    assert {share.region_source for share in found} == {"sentence"}


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Partisipasi pemilih di Kecamatan Gebog menurut Sutrisno 82 persen.", "Kecamatan Gebog"),
        ("Di tiap kecamatan, kata Ahmad, partisipasi pemilih Pilkada mencapai 82 persen.", None),
        ("Di Kecamatan Gebog partisipasi pemilih Pilkada tercatat Rabu 82 persen.", "Kecamatan Gebog"),
    ],
)
def test_persons_days_and_votes_are_no_places(text: str, place: str | None) -> None:
    (share,) = annotate(text).percentages
    assert (share.region.name if share.region else None) == place


def test_a_place_keeps_the_province_of_the_article() -> None:
    share = annotate(f"{KUDUS} Kecamatan Gebog 82 persen, Jekulo 81 persen.").percentages[-1]
    assert share.region is not None
    assert (share.region.province, share.region.code) == ("Jawa Tengah", None)

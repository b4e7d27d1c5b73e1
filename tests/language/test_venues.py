from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from extractor import Extractor
from extractor.compare import words
from extractor.language.state import VenueFound, annotations_of
from extractor.language.venues import merged
from extractor.patterns import load_patterns


@cache
def pipeline() -> Language:
    """The component with regions before it, and spaCy's own tokenizer."""
    nlp = spacy.blank("id")
    nlp.add_pipe("warta_regions")
    nlp.add_pipe("warta_venues")
    return nlp


def run(text: str) -> tuple[Doc, list[VenueFound]]:
    doc = pipeline()(text)
    return doc, annotations_of(doc).venues


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rapat digelar di Hotel Melati, Blora.", ["Hotel Melati"]),
        ("Rapat digelar di depan gedung DPR kemarin.", ["gedung DPR"]),
        ("Rapat digelar di Blora.", []),
        ("Ia tiba di kantornya.", []),
        ("Polres Blora menangkap dua pencuri.", []),
        ("Dua pencuri diperiksa di Polres Blora.", ["Polres Blora"]),
        ("Konferensi pers berlangsung di Mapolres Blora.", ["Mapolres Blora"]),
        ("Ia dosen di Universitas Melati.", []),
        ("Pendapatan di Kementerian Pertanian turun.", []),
        ('"Siap," kata Budi di Kementerian Pertanian, Jakarta, Senin.', ["Kementerian Pertanian"]),
        ("Bus berangkat dari Stasiun Melati ke Terminal Mawar.", []),
        ("Kecelakaan terjadi di Jalan Mawar, Kudus.", ["Jalan Mawar"]),
        ("Toko itu beralamat di Jalan Mawar, Kudus.", []),
        ("Bupati mengunjungi Pasar Mawar.", ["Pasar Mawar"]),
        ("Korban dilarikan ke RSUD Mawar.", ["RSUD Mawar"]),
        ("Jaksa menggeledah dua lokasi, yakni kantor PT Mawar dan rumah Budi.", ["kantor PT Mawar", "rumah Budi"]),
        (
            "Bazar dibuka di Lapangan Mawar, Taman Melati dan Plaza Kenanga.",
            ["Lapangan Mawar", "Taman Melati", "Plaza Kenanga"],
        ),
        ("Bazar dibuka di Masjid Mawar, Jalan Melati, Kudus.", ["Masjid Mawar"]),
        ("Bazar dibuka di Blora Pasar Mawar.", ["Pasar Mawar"]),
        ("Dokter dari RSUD Mawar menolak.", []),
        ("Layanan itu meniru RSUD Mawar.", ["RSUD Mawar"]),
        ("Kebakaran terjadi di pasar Mawar.", ["pasar Mawar"]),
        ("Harga di pasar Mawar turun.", []),
        ("Kebakaran terjadi di pasar Blora.", []),
        ("Pelatihan digelar di Sekolah Rakyat.", []),
        ("Pelatihan digelar di Sekolah Rakyat Blora.", ["Sekolah Rakyat Blora"]),
        ("Jaksa mengusut renovasi gedung A.", []),
        ("Hujan membuat Jalan Mawar Putih terendam.", ["Jalan Mawar Putih"]),
        ("Pasar Mawar milik daerah ramai.", []),
        ("Rapat digelar di Gedung Mawar II, Kompleks Parlemen, Jakarta.", ["Gedung Mawar II, Kompleks Parlemen"]),
        ("Acara digelar di studio Pagi, Mawar TV, Jakarta.", ["studio Pagi, Mawar TV"]),
        ("Ia ditemui di Mapolda kemarin.", ["Mapolda"]),
        ("Ia ditemui di mapolda kemarin.", []),
        ("Dua polisi ditahan di Propam Polda Jateng.", ["Propam Polda Jateng"]),
        ("Ia mencuri di rumah Budi Mawar (52) kemarin dan melapor saat acara.", ["rumah Budi Mawar"]),
    ],
)
def test_which_sites_are_venues(text: str, expected: list[str]) -> None:
    assert [venue.name for venue in run(text)[1]] == expected


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("Rapat digelar di Hotel Melati, Blora.", "Kabupaten Blora"),
        ("Rapat digelar di Hotel Melati Rembang.", "Kabupaten Rembang"),
        ("Rapat digelar di Hotel Melati (Blora).", "Kabupaten Blora"),
        ("Rapat digelar di Hotel Melati di Blora.", "Kabupaten Blora"),
        ("Rapat digelar di Kompleks Parlemen, Senayan, Jakarta.", "Daerah Khusus Ibukota Jakarta"),
        ("Rapat digelar di Kantor Pusat Bank Indonesia.", None),
        ("Rapat digelar di Hotel Melati. Blora hujan.", None),
        ("Warga Blora rapat di Hotel Melati Kudus.", "Kabupaten Kudus"),
        ("Warga Bali rapat di Hotel Melati Kudus.", None),
        ("Warga Blora rapat di rumah Melati Kudus.", None),
    ],
)
def test_the_region_of_a_venue(text: str, region: str | None) -> None:
    (venue,) = run(text)[1]
    assert (venue.region.name if venue.region else None) == region


@pytest.mark.parametrize(
    ("text", "hosts"),
    [
        ("Rapat digelar di Hotel Melati.", True),
        ("Warga pulang ke rumah di Hotel Melati, Blora, Sabtu (27/7/2024).", True),
        ("Di Hotel Melati, bupati menemui warga.", True),
        ("Pekerja di Hotel Melati mogok.", False),
    ],
)
def test_whether_something_takes_place_there(text: str, hosts: bool) -> None:
    (venue,) = run(text)[1]
    assert venue.hosts_event is hosts


def test_each_site_once_under_its_fullest_name() -> None:
    text = "Aksi digelar di Gedung Kartini. Massa ditemui di Gedung Kartini Blora. Aula di Gedung Kartini penuh."
    doc, venues = run(text)
    assert [venue.name for venue in venues] == ["Gedung Kartini Blora"]
    assert text[venues[0].start : venues[0].end] == venues[0].name
    assert [span.text for span in doc.spans["warta_venues"]] == ["Gedung Kartini Blora"]


def test_an_abbreviated_name_is_given_as_the_text_spells_it_out() -> None:
    text = "Gugatan masuk Pengadilan Negeri (PN) Kudus. Sidang digelar di PN Kudus."
    assert [venue.name for venue in run(text)[1]] == ["Pengadilan Negeri (PN) Kudus"]


def test_merging_keeps_what_the_shorter_mention_knew() -> None:
    short = VenueFound(0, 5, "venues.site", "Hotel Melati", "hotel", None, True)
    full = VenueFound(9, 20, "venues.site", "Hotel Melati Blora", "hotel", None, False)
    (venue,) = merged([short, full], {})
    assert (venue.name, venue.start, venue.hosts_event) == ("Hotel Melati Blora", 9, True)


def test_an_abbreviation_and_its_full_form_are_one_site() -> None:
    text = "Doa digelar di Ponpes Al Melati. Bupati mengunjungi Pondok Pesantren Al Melati."
    assert [venue.name for venue in run(text)[1]] == ["Pondok Pesantren Al Melati"]


@pytest.mark.parametrize(
    ("site", "kind"),
    [
        ("Ruang Cakra, Pengadilan Negeri Kudus", "hall"),
        ("kantor kementerian Keuangan RI", "government_office"),
        ("Kantor Pusat Kementerian Keuangan", "government_office"),
        ("Kantor Desa Melati", "village_office"),
        ("kantor PT Melati", "office"),
        ("markas Persikat Melati", "office"),
        ("Markas Besar TNI AL", "police_or_army_post"),
        ("Mapolda Jateng", "police_or_army_post"),
        ("Melati Hospital of Kenanga University", "hospital"),
        ("Kenanga Hotel and Convention Kudus", "hotel"),
        ("Kenanga Convention Hall", "hall"),
        ("Kampus Melati", "campus"),
        ("Lembaga Pemasyarakatan Melati", "prison"),
        ("penjara Melati", "prison"),
        ("kontrakan Kampung Melati", "lodging"),
        ("jembatan gantung Melati", "street"),
        ("Taman Makam Pahlawan Melati", "park"),
        ("Rumah Dinas Bupati Blora", "official_residence"),
        ("rumah Budi Melati", "house"),
        ("SPBU 24.351.99", "industrial_site"),
        ("TPS 12 Melati", "polling_station"),
        ("PKBM Insan Melati", "school"),
        ("Balai Kota Semarang", "government_office"),
        ("toko Melati", "market"),
        ("Pendopo Kabupaten Kudus", "pavilion"),
    ],
)
def test_the_kind_of_a_venue(site: str, kind: str) -> None:
    (venue,) = run(f"Perampokan terjadi di {site}.")[1]
    assert (venue.name, venue.kind) == (site, kind)


def test_every_kind_is_in_the_closed_list() -> None:
    patterns = load_patterns()
    lexicons = [patterns.lexicon(f"venues.{name}") for name in ("sites", "institutions", "inner", "names")]
    kinds = {str(entry.set["kind"]) for lexicon in lexicons for entry in lexicon.entries}
    assert kinds == set(patterns.table("venues.kinds"))


PIECES = [
    "di",
    "Hotel",
    "Melati",
    "halaman",
    "PN",
    "Blora",
    ",",
    "dan",
    "(",
    ")",
    "\n",
    "rapat",
    "yakni",
    "Senin",
    "ke",
    "RS",
]


@settings(deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=16))
def test_venues_stand_in_the_text_in_order(pieces: list[str]) -> None:
    text = " ".join(pieces)
    venues = run(text)[1]
    assert [venue.start for venue in venues] == sorted(venue.start for venue in venues)
    for venue in venues:
        assert " ".join(text[venue.start : venue.end].split()) == venue.name != ""


def test_venues_of_the_development_set(extractor: Extractor, shared: Path) -> None:
    right = found = wanted = 0
    for gold_file in sorted((shared / "devset" / "gold").glob("*.json")):
        names = [venue["name"] for venue in json.loads(gold_file.read_text(encoding="utf-8"))["venues"]]
        article = shared / "devset" / "articles" / gold_file.name
        if article.is_file():
            data = json.loads(article.read_text(encoding="utf-8"))
            record = extractor.extract_text(data["text"], title=data["title"], published=data.get("published"))
        else:
            record = extractor.extract_text(article.with_suffix(".txt").read_text(encoding="utf-8"))
        left = [words(venue.name) for venue in record.venues]
        wanted, found = wanted + len(names), found + len(left)
        for name in map(words, names):
            match = next(
                (other for other in left if 2 * len(set(name) & set(other)) >= 0.7 * (len(name) + len(other))), None
            )
            if match is not None:
                left.remove(match)
                right += 1
    assert 2 * right / (found + wanted) >= 0.88

"""Shares in percent: finding them, and what they measure, when, in which vote and of which kind."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import cache

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

from extractor.language.figures import Figures
from extractor.language.state import Annotations, Context, FigureFound, Person, QuoteFound, annotations_of
from extractor.patterns import load_patterns
from extractor.record import Category, FigureKind

Find = Callable[..., list[FigureFound]]
TURNOUT = "Partisipasi pemilih"


@cache
def pipeline(tokenizer: str | None = "warta.Tokenizer.v1") -> Language:
    """The component after those that it reads, with our tokenizer or, for None, spaCy's."""
    config = {"nlp": {"tokenizer": {"@tokenizers": tokenizer}}} if tokenizer else {}
    nlp = spacy.blank("id", config=config)
    for name in ("warta_sentences", "warta_regions", "warta_dates", "warta_figures"):
        nlp.add_pipe(name)
    return nlp


def annotate(text: str, title: str | None = None, published: str | None = "2024-12-05") -> Annotations:
    nlp = pipeline()
    doc = nlp.make_doc(text)
    day = datetime.fromisoformat(published) if published else None
    annotations_of(doc).context = Context(title=title, published=day)
    return annotations_of(nlp(doc))


def shares(text: str, title: str | None = None, published: str | None = "2024-12-05") -> list[FigureFound]:
    return annotate(text, title, published).percentages


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Angkanya 77,6 persen.", [("77,6 persen", 77.6)]),
        ("Angkanya 77.6 %.", [("77.6 %", 77.6)]),
        ("Angkanya 77,6%.", [("77,6%", 77.6)]),
        ("ANGKANYA 77,6 PERSEN", [("77,6 PERSEN", 77.6)]),
        ("Hartono 53,5%% dan Retno 46,5%%", [("53,5%%", 53.5), ("46,5%%", 46.5)]),
        ("Hartono-Retno 31.20%Bagus-Wati 68.80%", [("31.20%", 31.2), ("68.80%", 68.8)]),
        ("Naik +4% dalam sehari", [("+4%", 4)]),
        ("Sebanyak 20-30 persen warga", [("20-30 persen", 20), ("20-30 persen", 30)]),
        ("Antara 61,5 sampai 64 persen", [("61,5 sampai 64 persen", 61.5), ("61,5 sampai 64 persen", 64)]),
        ("Dari 77 menjadi 83 persen", [("77 menjadi 83 persen", 77), ("77 menjadi 83 persen", 83)]),
        ("Dari 77 persen menjadi 83 persen", [("77 persen", 77), ("83 persen", 83)]),
        ("Mencapai 77 koma 6 persen", [("77 koma 6 persen", 77.6)]),
        ("Sekitar tujuh puluh lima persen", [("tujuh puluh lima persen", 75)]),
        ("Lebih dari separuh pemilih datang", [("separuh", 50)]),
        ("Hampir dua pertiga dari jumlah warga datang", [("dua pertiga", 66.67)]),
        ("Turun 3,2 poin persen", [("3,2 poin persen", 3.2)]),
        ("Naik 1.200 persen", [("1.200 persen", 1200)]),
        ("Meraih 44.231 atau 19,4 persen", [("19,4 persen", 19.4)]),
        ("Harga 2,5 persen lebih tinggi", [("2,5 persen", 2.5)]),
    ],
)
def test_shares_are_found(text: str, found: list[tuple[str, float]]) -> None:
    assert [(text[figure.start : figure.end], figure.value) for figure in shares(text)] == found


@pytest.mark.parametrize(
    "text",
    [
        "Persentase pemilih belum dihitung.",
        "Beberapa persen warga datang.",
        "Rapat berlangsung setengah jam.",
        "Separuh jalan desa itu rusak.",
        "Jumlahnya 77,6 ribu orang.",
        "",
    ],
)
def test_other_texts_hold_no_share(text: str) -> None:
    assert shares(text) == []


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("Partisipasi pemilih 77 persen.", Category.VOTER_TURNOUT),
        ("Tingkat kehadiran pemilih 77 persen.", Category.VOTER_TURNOUT),
        ("Sebanyak 77 persen warga menggunakan hak pilihnya.", Category.VOTER_TURNOUT),
        ("Sebanyak 23 persen warga tidak menggunakan hak pilihnya.", Category.ABSTENTION),
        ("Sebanyak 23 persen pemilih enggan datang ke TPS.", Category.ABSTENTION),
        ("Angka golput 23 persen.", Category.ABSTENTION),
        ("Dalam rekapitulasi KPU paslon nomor urut 1 meraih 55 persen suara.", Category.VOTE_SHARE),
        ("Menurut KPU, Hartono-Mulyani 55 persen.", Category.VOTE_SHARE),
        ("Survei itu mencatat Hartono-Mulyani 55 persen.", Category.POLL_SUPPORT),
        ("Elektabilitas Hartono 31 persen.", Category.POLL_SUPPORT),
        ("Margin of error survei 2,9 persen.", Category.OTHER),
        ("Suara masuk di KPU baru 61 persen.", Category.OTHER),
        ("Cakupan imunisasi 91 persen.", Category.PARTICIPATION_OTHER),
        ("APK SMA baru 61 persen.", Category.PARTICIPATION_OTHER),
        ("Kehadiran siswa 91 persen.", Category.PARTICIPATION_OTHER),
        ("Kepatuhan wajib pajak 71 persen.", Category.PARTICIPATION_OTHER),
        ("Ia mendapat diskon 20 persen.", Category.OTHER),
        ("Pertumbuhan ekonomi 5 persen.", Category.OTHER),
        ("Kereta Jakarta-Bandung terisi 80 persen.", Category.OTHER),
    ],
)
def test_category(text: str, category: Category) -> None:
    assert [figure.category for figure in shares(text)] == [category]


def test_the_article_decides_what_participation_is() -> None:
    sentence = "Partisipasi masyarakat mencapai 70 persen."
    assert shares(sentence)[0].category == "participation_other"
    assert shares(f"KPU menghitung pemilih. {sentence}")[0].category == "voter_turnout"


def test_a_quick_count_projects_votes_until_counted_ones_are_told() -> None:
    text = (
        "Hitung cepat menempatkan Hartono-Mulyani di angka 55,2 persen.\n"
        "Dalam rekapitulasi KPU, Hartono-Mulyani memperoleh 54,8 persen suara."
    )
    assert [(figure.category, figure.kind) for figure in shares(text)] == [
        ("vote_share", "projection"),
        ("vote_share", "actual"),
    ]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("mencapai 77 persen", ["actual"]),
        ("ditargetkan 80 persen", ["target"]),
        ("77 persen, melampaui target 75 persen", ["actual", "target"]),
        ("belum mencapai target, hanya 70 persen", ["actual"]),
        ("diperkirakan 70 persen", ["projection"]),
        ("minimal 60 persen", ["threshold"]),
        ("di bawah 60 persen", ["threshold"]),
        ("di atas 60 persen", ["actual"]),
        ("naik 5 persen", ["change"]),
        ("naik menjadi 83 persen", ["actual"]),
        ("naik 5 persen menjadi 83 persen", ["change", "actual"]),
        ("turun dari 83 persen menjadi 78 persen", ["actual", "actual"]),
        ("menunjukkan peningkatan di angka 83 persen", ["actual"]),
        ("mengalami penurunan mencapai 5 persen", ["change"]),
        ("80 persen, 5 persen lebih tinggi dari dulu", ["actual", "change"]),
        ("diprediksi naik 4 persen", ["projection"]),
        ("diperkirakan 70 persen di kota dan 80 persen di desa", ["projection", "projection"]),
        ("ditargetkan naik dari 77 menjadi 83 persen", ["actual", "target"]),
        ("ditargetkan naik dari 77 persen menjadi 83 persen", ["actual", "target"]),
        ("ditargetkan naik dari 77 persen pada 2020 menjadi 83 persen", ["actual", "target"]),
        ("tertinggi di Blora, paling tinggi dengan 81 persen", ["actual"]),
        ("paling sedikit 60 persen", ["threshold"]),
        ("turun dibanding Pemilu 2014 sebesar 81 persen", ["actual"]),
    ],
)
def test_kind(text: str, kinds: list[str]) -> None:
    assert [figure.kind for figure in shares(f"{TURNOUT} {text}.")] == kinds


def test_fifty_percent_and_one_is_a_threshold() -> None:
    assert [figure.kind for figure in shares("Paslon wajib meraih 50 persen + 1 suara.")] == ["threshold"]


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("Pada 2020 partisipasi pemilih 77 persen dan 83 persen pada Pemilu 2024.", [(None, 2020), ("Pemilu", 2024)]),
        (
            "Partisipasi pemilih Pilgub 2018 67 persen, sedangkan Pilkada 2024 71 persen.",
            [("Pilgub", 2018), ("Pilkada", 2024)],
        ),
        (
            "Partisipasi pemilih turun dari 83 persen pada Pemilu 2019 menjadi 70 persen pada Pilkada 2020.",
            [("Pemilu", 2019), ("Pilkada", 2020)],
        ),
        ("Partisipasi pemilih Pemilihan Bupati Blora Tahun 2015 sebesar 75 persen.", [("Pilbup", 2015)]),
        ("Partisipasi pemilih dibanding Pilkada 2020 turun menjadi 70 persen.", [(None, None)]),
        ("Dibanding Pilkada 2020 yang mencapai 75 persen, partisipasi pemilih turun.", [("Pilkada", 2020)]),
        ("Partisipasi pemilih pada Pilkada sebelumnya 75 persen.", [("Pilkada", None)]),
        ("Partisipasi pemilih Pilkada tahun lalu 75 persen.", [("Pilkada", 2023)]),
        (
            "Partisipasi pemilih Pemilu 2014 dan 2019 masing-masing 75 persen dan 81 persen.",
            [("Pemilu", 2014), ("Pemilu", 2019)],
        ),
        ('"Partisipasi pemilih 75 persen," kata Wiranti, Senin (2/12/2024).', [(None, None)]),
        ("Sesuai UU Nomor 10 Tahun 2016 partisipasi pemilih 75 persen.", [(None, None)]),
        ("Hingga pukul 11.00 WIB, Rabu (27/11/2024), partisipasi pemilih 35 persen.", [(None, 2024)]),
        ("Sebanyak 87 persen. Itulah partisipasi pemilih pada Pemilu 2024.", [("Pemilu", 2024)]),
    ],
)
def test_vote_and_year(text: str, bound: list[tuple[str | None, int | None]]) -> None:
    assert [(figure.event, figure.year) for figure in shares(text)] == bound


def test_the_headline_gives_vote_and_year_where_the_sentence_does_not() -> None:
    figure = shares(f"{TURNOUT} 71 persen.", title="KPU Blora Evaluasi Pilkada 2024")[0]
    assert (figure.event, figure.year) == ("Pilkada", 2024)


def test_a_vote_told_for_comparison_is_not_that_of_the_article() -> None:
    figure = shares(f"{TURNOUT} 71 persen.\nAngka itu lebih rendah dibanding Pemilu 2019.")[0]
    assert (figure.event, figure.year) == (None, None)


def test_votes_of_other_years_do_not_date_the_article_s_own() -> None:
    text = "Partisipasi pemilih Pilgub hanya 58 persen.\nPada Pilgub 2012 partisipasinya 66 persen."
    assert [figure.year for figure in shares(text)] == [None, 2012]


@pytest.mark.parametrize(
    ("text", "regions"),
    [
        ("Partisipasi pemilih di Kabupaten Blora 77 persen.", ["Kabupaten Blora"]),
        ("Partisipasi pemilih 77 persen di Kabupaten Blora.", ["Kabupaten Blora"]),
        (
            "Partisipasi pemilih tertinggi di Kabupaten Blora (77 persen), Kota Tegal (76 persen).",
            ["Kabupaten Blora", "Kota Tegal"],
        ),
        ("Partisipasi pemilih Kota Tegal pada Pilgub Jateng 2024 hanya 58,7 persen.", ["Kota Tegal"]),
        (
            "Pilkades digelar di Kabupaten Pati. Kehadiran warga 83 persen, bahkan di Desa Sengon mencapai 94 persen.",
            ["Kabupaten Pati", "Desa Sengon"],
        ),
        ("Partisipasi pemilih tertinggi di Dompu, Nusa Tenggara Barat (93 persen).", ["Kabupaten Dompu"]),
        ("KPU Kabupaten Blora di Semarang, Rabu, menyebut partisipasi pemilih 77 persen.", ["Kabupaten Blora"]),
        ("Partisipasi pemilih Kabupaten Blora di atas rata-rata nasional 70 persen.", [None]),
        (
            "Partisipasi pemilih Kabupaten Blora dan Kota Tegal masing-masing 77 persen dan 76 persen.",
            ["Kabupaten Blora", "Kota Tegal"],
        ),
        ("Partisipasi pemilih:\n1. Kabupaten Blora 77.1%\n2. Kota Tegal 76.2%", ["Kabupaten Blora", "Kota Tegal"]),
    ],
)
def test_region(text: str, regions: list[str | None]) -> None:
    assert [figure.region.name if figure.region else None for figure in shares(text)] == regions


def test_rows_of_a_table_take_what_they_measure_from_above() -> None:
    text = "Berikut partisipasi pemilih Pemilu 2024.\nKecamatan | Persen\nKecamatan Cepu | 81,2%\nKecamatan Jati | 79%"
    found = shares(text)
    assert [(f.category, f.event, f.year) for f in found] == [("voter_turnout", "Pemilu", 2024)] * 2
    assert [f.region and f.region.name for f in found] == ["Kecamatan Cepu", "Kecamatan Jati"]


def test_a_line_with_a_region_stands_above_what_follows() -> None:
    text = "Cakupan vaksinasi.\n1. Jawa Barat\nCakupan vaksinasi baru 53 persen.\n2. Bali\nCakupan vaksinasi 91 persen."
    assert [f.region and f.region.name for f in shares(text)] == ["Jawa Barat", "Bali"]


def test_repetitions_are_one_item_with_mentions() -> None:
    text = "Partisipasi pemilih 77,6 persen.\nKPU senang dengan partisipasi 77,6 persen pada Pilkada 2024 itu."
    (figure,) = shares(text)
    assert (figure.event, figure.year) == ("Pilkada", 2024)
    assert [text[start:end] for start, end in figure.mentions] == ["77,6 persen"]


def test_a_repetition_may_name_the_province_or_the_smaller_region() -> None:
    text = "Partisipasi pemilih di Jawa Tengah 77,6 persen.\nDi Kabupaten Blora partisipasi pemilih 77,6 persen."
    (figure,) = shares(text)
    assert figure.region is not None
    assert figure.region.name == "Kabupaten Blora"


def test_the_same_share_of_two_regions_is_two_items() -> None:
    text = "Partisipasi pemilih Kabupaten Blora 77 persen dan Kota Tegal 77 persen."
    assert len(shares(text)) == 2


@pytest.mark.parametrize(
    ("text", "warned"),
    [
        ("Dari jumlah itu 8.000 dari 10.000 pemilih hadir, partisipasi pemilih 80 persen.", False),
        ("Dari jumlah itu 8.000 dari 10.000 pemilih hadir, partisipasi pemilih 91 persen.", True),
        ("Hanya 8.000 dari 10.000 pemilih yang hadir, angka golput 20 persen.", False),
    ],
)
def test_a_share_that_is_not_the_quotient_told_is_warned_of(text: str, warned: bool) -> None:
    codes = [code for code, _ in annotate(text).warnings]
    assert ("figure-share-disagrees" in codes) is warned


def test_the_component_works_alone_and_with_another_tokenizer() -> None:
    nlp = spacy.blank("id")
    nlp.add_pipe("warta_figures")
    doc = nlp("Partisipasi pemilih pada Pilkada 2024 mencapai 77,6 persen.")
    (figure,) = annotations_of(doc).percentages
    assert (figure.value, figure.category, figure.year) == (77.6, "voter_turnout", 2024)
    assert [(span.text, span.label_) for span in doc.spans["warta_figures"]] == [("77,6 persen", "voter_turnout")]
    assert isinstance(nlp.get_pipe("warta_figures"), Figures)


@given(st.text(alphabet="0123456789.,-+% \npersendarimjkoT|()Blora", max_size=120))
def test_any_text_gives_figures_inside_it_with_known_values(text: str) -> None:
    for figure in shares(text):
        assert 0 <= figure.start < figure.end <= len(text)
        assert figure.kind in set(FigureKind)
        assert figure.category in set(Category)


def test_the_header_of_a_column_says_what_and_when() -> None:
    text = (
        "Berikut datanya.\nDaerah | Partisipasi pemilih 2020 | Golput 2020\n"
        "Kabupaten Blora | 71,2% | 28,8%\nKota Tegal | 79% | 21%"
    )
    assert [(f.value, f.category, f.year, f.region and f.region.name) for f in shares(text)] == [
        (71.2, "voter_turnout", 2020, "Kabupaten Blora"),
        (28.8, "abstention", 2020, "Kabupaten Blora"),
        (79, "voter_turnout", 2020, "Kota Tegal"),
        (21, "abstention", 2020, "Kota Tegal"),
    ]


def test_the_name_of_party_or_candidates_is_the_metric_of_their_votes() -> None:
    text = "Rekapitulasi KPU: Hartono-Mulyani yang diusung PKB meraih 55,2 persen suara, Bagus-Retno 44,8 persen."
    assert [figure.metric for figure in shares(text)] == ["Hartono-Mulyani", "Bagus-Retno"]


def test_the_speaker_of_a_quote_says_the_figures_in_it() -> None:
    speaker = Person("Wiranti Kusuma")
    nlp = pipeline()
    doc = nlp.make_doc('"Partisipasi pemilih 77 persen," kata Wiranti Kusuma.')
    found = annotations_of(doc)
    found.quotes = [QuoteFound(1, 31, "quotes.test", direct=True, speaker=speaker)]
    assert annotations_of(nlp(doc)).percentages[0].speaker is speaker


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("Kehadiran siswa SMP mencapai 91 persen.", "attendance"),
        ("APK PAUD di Kota Tegal 66 persen.", "enrolment"),
        ("Cakupan imunisasi di Kota Tegal 88 persen.", "vaccination"),
        ("Peserta JKN aktif di Kota Tegal 79 persen.", "insurance"),
        ("Tingkat pelaporan SPT di Kota Tegal 79 persen.", "tax_compliance"),
        ("Sebanyak 83 persen warga telah mengisi sensus penduduk.", "census"),
        ("Perekaman KTP elektronik 97 persen.", "civil_registration"),
        ("Kunjungan posyandu 84 persen.", "programme_coverage"),
        ("Kunjungan posyandu 84 persen. Tahun lalu hanya 71 persen.", "programme_coverage"),
        ("Partisipasi pemilih 84 persen.", None),
    ],
)
def test_measures_of_participation(text: str, measure: str | None) -> None:
    assert {share.measure for share in shares(text)} == {measure}


def test_measures_are_a_closed_list() -> None:
    patterns = load_patterns()
    named = {a.get("measure") for lexicon in patterns.lexicons("figures") for a in lexicon.phrases.values()}
    assert named - {None} == set(patterns.table("figures.measures"))


@pytest.mark.parametrize(
    ("text", "categories"),
    [
        (
            "Partisipasi pemilih 71 persen. Menurut dia, 38 persen jalan kabupaten rusak berat.",
            ["voter_turnout", "other"],
        ),
        ("Partisipasi pemilih 71 persen. Di Kota Tegal hanya 38 persen.", ["voter_turnout", "voter_turnout"]),
        (
            "Survei itu mencatat 74 persen responden puas. Alasannya bantuan tepat 31 persen, jalan mulus 22 persen, "
            "dan harga stabil 12 persen.",
            ["poll_support", "other", "other", "other"],
        ),
    ],
)
def test_other_things_beside_turnout_and_support(text: str, categories: list[str]) -> None:
    assert [share.category for share in shares(text)] == categories


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Partisipasi pemilih diproyeksikan 68 persen, dengan rentang 67-70 persen.", ["projection"] * 3),
        ("Hitung cepat menunjukkan partisipasi pemilih hanya 61 persen.", ["projection"]),
        ("KPU menargetkan partisipasi pemilih minimal 80 persen.", ["target"]),
        ("Ia berharap partisipasi pemilih bisa menembus 80 persen.", ["target"]),
        ("Partisipasi pemilih bisa menembus 80 persen.", ["projection"]),
        ("Partisipasi pemilih belum mencapai 50 persen.", ["threshold"]),
    ],
)
def test_kinds_of_ranges_aims_and_samples(text: str, kinds: list[str]) -> None:
    assert [share.kind for share in shares(text)] == kinds


def test_a_vote_has_the_year_of_the_day_it_was_held() -> None:
    text = "Pilkades di Kabupaten Sikka berlangsung pada Senin (5/6/2023). Partisipasi pemilih pilkades 79 persen."
    (share,) = shares(text, published="2023-06-07")
    assert (share.event, share.year) == ("Pilkades", 2023)

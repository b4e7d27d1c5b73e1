"""Officials end to end: who holds which office, by the ways in which news says so."""

from __future__ import annotations

from datetime import datetime

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from extractor import Extractor
from extractor.language import factories
from extractor.language.state import Annotations, Context, Person, annotations_of

factories.register()


@pytest.fixture(scope="module")
def read(extractor: Extractor):
    def run(text: str, published: str = "2025-05-20") -> Annotations:
        doc = extractor.nlp.make_doc(text)
        annotations_of(doc).context = Context(published=datetime.fromisoformat(published))
        for name in ("warta_sentences", "warta_regions", "warta_dates", "warta_officials"):
            extractor.nlp.get_pipe(name)(doc)
        return annotations_of(doc)

    return run


def told(person: Person) -> list[tuple[str, str | None, str]]:
    return [(role.title, role.organization, role.status) for role in person.roles]


ONE_PERSON = [
    # role, then name
    ("Ketua KPU Kabupaten Rembang Siti Maryam hadir.", "Siti Maryam", "Ketua", "KPU Kabupaten Rembang"),
    ("Komisioner Divisi Teknis KPU Rembang, Hendra Wijaya, hadir.", "Hendra Wijaya", "Komisioner Divisi Teknis",
     "KPU Rembang"),
    ("Wali Kota Salatiga Hendra Wijaya hadir.", "Hendra Wijaya", "Wali Kota", None),
    ("Kabid Humas Polda Jateng Kombes Hendra Wijaya hadir.", "Hendra Wijaya", "Kabid Humas", "Polda Jateng"),
    ("Menteri Lingkungan Hidup Hendra Wijaya hadir.", "Hendra Wijaya", "Menteri Lingkungan Hidup", None),
    ("Menteri Keuangan (Menkeu) Hendra Wijaya hadir.", "Hendra Wijaya", "Menteri Keuangan", None),
    ("Kepala Dinas Pendidikan dan Kebudayaan Kota Tegal, Siti Maryam, hadir.", "Siti Maryam", "Kepala",
     "Dinas Pendidikan dan Kebudayaan Kota Tegal"),
    ("Kepala Balai Karantina Hewan, Ikan, dan Tumbuhan Riau Siti Maryam hadir.", "Siti Maryam", "Kepala",
     "Balai Karantina Hewan, Ikan, dan Tumbuhan Riau"),
    ("Direktur Jenderal Bina Marga pada Kementerian Pekerjaan Umum Hendra Wijaya hadir.", "Hendra Wijaya",
     "Direktur Jenderal Bina Marga", "Kementerian Pekerjaan Umum"),
    ("Anggota Komisi II DPR RI Fraksi PKB Siti Maryam hadir.", "Siti Maryam", "Anggota", "Komisi II DPR RI"),
    ("Ketua Komisi A DPRD Kabupaten Kudus Hendra Wijaya hadir.", "Hendra Wijaya", "Ketua",
     "Komisi A DPRD Kabupaten Kudus"),
    ("Ekonom Universitas Gadjah Mada (UGM) Hendra Wijaya hadir.", "Hendra Wijaya", "Ekonom", "Universitas Gadjah Mada"),
    ("Pengamat kebijakan publik Universitas Indonesia Siti Maryam hadir.", "Siti Maryam", "Pengamat kebijakan publik",
     "Universitas Indonesia"),
    ("Ketua Yayasan Bina Insani Cendekia, Siti Maryam, hadir.", "Siti Maryam", "Ketua", "Yayasan Bina Insani Cendekia"),
    ("Direktur RSUD dr Cipto Wardoyo, Siti Maryam, hadir.", "Siti Maryam", "Direktur", "RSUD dr Cipto Wardoyo"),
    ("Rektor Universitas Ahmad Dahlan, Siti Maryam, hadir.", "Siti Maryam", "Rektor", "Universitas Ahmad Dahlan"),
    ("Rektor Universitas Yusuf Hasyim, Siti Maryam, hadir.", "Siti Maryam", "Rektor", "Universitas Yusuf Hasyim"),
    ("Dandim 1403/Palopo Letkol Inf Hendra Wijaya hadir.", "Hendra Wijaya", "Dandim", None),
    ("Ketua TPN Hendra-Maryam, Bagus Nugroho, hadir.", "Bagus Nugroho", "Ketua", "TPN Hendra-Maryam"),
    ("Research & Analytics Manager KIC Hendra Wijaya hadir.", "Hendra Wijaya", "Research & Analytics Manager", "KIC"),
    ("Kuasa hukum Suci, Hendra Wijaya, mengatakan kasus itu selesai.", "Hendra Wijaya", "Kuasa hukum", None),
    ("Kepala Desa Doplang, Kecamatan Jati, Kabupaten Blora, Hasan Basri, hadir.", "Hasan Basri", "Kepala Desa", None),
    ("Camat Jati, Kabupaten Blora, Hasan Basri, hadir.", "Hasan Basri", "Camat", None),
    ("Kepala Desa Sambirejo, Suyitno alias Mbah Yit, hadir.", "Suyitno", "Kepala Desa", None),
    # name, then role
    ("Menurut Siti Maryam, peneliti Universitas Diponegoro, tren itu wajar.", "Siti Maryam", "peneliti",
     "Universitas Diponegoro"),
    ("Hendra Wijaya selaku Direktur Utama PT Sinar Abadi hadir.", "Hendra Wijaya", "Direktur Utama", "PT Sinar Abadi"),
    ("Hendra Wijaya, yang juga Ketua PMI Rembang, hadir.", "Hendra Wijaya", "Ketua", "PMI Rembang"),
    ("Turut hadir Siti Maryam (Ketua KPU Rembang).", "Siti Maryam", "Ketua", "KPU Rembang"),
    ("Semoga maju.\n\nSiti Maryam. Peneliti Universitas Diponegoro", "Siti Maryam", "Peneliti",
     "Universitas Diponegoro"),
    # with other words between
    ("Acara dibuka Kepala Bappeda Rembang yakni Siti Maryam.", "Siti Maryam", "Kepala", "Bappeda Rembang"),
    ("Putusan dibacakan majelis hakim yang diketuai Siti Maryam.", "Siti Maryam", "majelis hakim", None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "name", "title", "organization"), ONE_PERSON)
def test_one_person(read, text: str, name: str, title: str, organization: str | None) -> None:
    persons = read(text).persons
    assert [(p.name, told(p)) for p in persons] == [(name, [(title, organization, "current")])]


NAMES = [
    "I Wayan Darmayasa", "Ni Luh Sukerti", "La Ode Ahmad", "Teti br Ginting", "Abdul Mu'ti", "Evita H Legowo",
    "Mahfud MD",
    "Saiful bin Hasan", "Moon Jae-in", "Munawir 'Awi' Arifin", "M. Iftitah Sulaiman", "Tan Hok Liang", "Yassierli",
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_names_of_every_kind(read, name: str) -> None:
    text = f"Menteri Sosial {name} mengatakan program itu berjalan."
    assert [p.name for p in read(text).persons] == [name]


def test_rank_honorifics_and_degrees_are_no_part_of_the_name(read) -> None:
    person = read("Kapolres Rembang AKBP H. Bagus Nugroho, S.I.K., M.H. memimpin apel.").persons[0]
    assert (person.name, person.rank, person.honorifics) == ("Bagus Nugroho", "AKBP", ["H.", "S.I.K.", "M.H."])


NOBODY = [
    "Ketua KPU Kabupaten Rembang mengatakan tahapan berjalan lancar.",
    "Rapat digelar di Kantor Bupati Rembang, Jalan Diponegoro.",
    "Instruksi Presiden (Inpres) Nomor 8 Tahun 2025 segera berlaku.",
    "Ketua Yayasan Cahaya Ilmu mengatakan siap.",
    "Menteri Sosial mengunjungi Jakarta, Bandung, dan Surabaya.",
    "Anggota House of Representatives hadir.",
    "Bupati itu lalu pulang.",
    "Presiden Senin (12/5/2025) membuka rapat.",
    "Lihat video Bupati Rembang Tinjau Banjir Bersama Wakil Menteri Sosial Siti Maryam Hari Ini",
]


@pytest.mark.parametrize("text", NOBODY)
def test_nobody_is_named(read, text: str) -> None:
    assert read(text).persons == []


def test_several_persons_share_a_role(read) -> None:
    text = "Hadir anggota KPU Rembang Siti Maryam, Bagus Nugroho, dan Dewi Lestari."
    assert [(p.name, told(p)) for p in read(text).persons] == [
        (name, [("anggota", "KPU Rembang", "current")]) for name in ("Siti Maryam", "Bagus Nugroho", "Dewi Lestari")
    ]


def test_two_roles_and_two_names_are_read_in_order(read) -> None:
    text = "Hadir Ketua dan Sekretaris KPU Rembang Siti Maryam dan Bagus Nugroho."
    assert [(p.name, p.roles[0].title) for p in read(text).persons] == [
        ("Siti Maryam", "Ketua"),
        ("Bagus Nugroho", "Sekretaris"),
    ]


def test_a_pair_of_candidates(read) -> None:
    persons = read("Paslon nomor urut 02 Hendra Wijaya-Siti Maryam unggul.").persons
    assert [(p.name, told(p)) for p in persons] == [
        ("Hendra Wijaya", [("Paslon", None, "candidate")]),
        ("Siti Maryam", [("Paslon", None, "candidate")]),
    ]


def test_pairs_in_a_list_take_the_role_that_introduces_it(read) -> None:
    text = (
        "Perolehan suara tiap pasangan calon:\n1. Hendra Wijaya-Siti Maryam: 31 persen\n"
        "2. Bagus Nugroho-Dewi Lestari: 69 persen"
    )
    assert {p.name for p in read(text).persons} == {"Hendra Wijaya", "Siti Maryam", "Bagus Nugroho", "Dewi Lestari"}


STATUS = [
    ("Mantan Bupati Rembang Hendra Wijaya hadir.", "former", None),
    ("Plt Kepala Bappeda Rembang Hendra Wijaya hadir.", "acting", None),
    ("Pelaksana tugas (Plt) Direktur RSUD Rembang Hendra Wijaya hadir.", "acting", None),
    ("Pj Bupati Rembang Hendra Wijaya hadir.", "acting", None),
    ("Calon bupati Rembang Hendra Wijaya hadir.", "candidate", None),
    ("Bupati terpilih Rembang Hendra Wijaya hadir.", "elect", None),
    ("Bupati Rembang saat itu, Hendra Wijaya, hadir.", "former", None),
    ("Anggota KPU Rembang periode 2018-2023 Hendra Wijaya hadir.", "former", "2018-2023"),
    ("Anggota KPU Rembang periode 2023-2028 Hendra Wijaya hadir.", "current", "2023-2028"),
    ("Presiden ke-6 RI Hendra Wijaya hadir.", "former", None),
    ("Hendra Wijaya pernah menjabat sebagai Wali Kota Salatiga.", "former", None),
]


@pytest.mark.parametrize(("text", "status", "period"), STATUS)
def test_status_and_period(read, text: str, status: str, period: str | None) -> None:
    (person,) = read(text).persons
    (role,) = person.roles
    assert (role.status, role.period) == (status, period)


def test_the_role_leaves_name_and_period_out_but_keeps_the_status_word(read) -> None:
    text = "Mantan Anggota KPU Rembang periode 2018-2023 Hendra Wijaya hadir."
    role = read(text).persons[0].roles[0]
    assert text[role.start : role.end] == "Mantan Anggota KPU Rembang"


REGIONS = [
    ("Bupati Blora Hendra Wijaya hadir.", "33.16"),
    ("Wali Kota Semarang Hendra Wijaya hadir.", "33.74"),
    ("Bupati Semarang Hendra Wijaya hadir.", "33.22"),
    ("Gubernur Jateng Hendra Wijaya hadir.", "33"),
    ("Ketua KPU Kabupaten Blora Hendra Wijaya hadir.", "33.16"),
]


@pytest.mark.parametrize(("text", "code"), REGIONS)
def test_regions_are_linked(read, text: str, code: str) -> None:
    region = read(text).persons[0].roles[0].region
    assert region is not None
    assert region.code == code


def test_a_country_is_no_region(read) -> None:
    assert read("Presiden Prancis Jean Martin hadir.").persons[0].roles[0].region is None


def test_short_forms_belong_to_the_person(read) -> None:
    text = 'Ketua KPU Rembang Siti Maryam hadir. "Kami siap," kata Maryam. Siti lalu pulang.'
    (person,) = read(text).persons
    assert [text[start:end] for start, end in person.mentions] == ["Siti Maryam", "Maryam", "Siti"]
    assert person.aliases == ["Maryam", "Siti"]


def test_two_persons_with_the_same_first_name_are_kept_apart(read) -> None:
    text = (
        "Ketua KPU Rembang Ahmad Sulaiman hadir bersama Ketua Bawaslu Rembang Ahmad Nugraha. "
        "Sulaiman membuka acara, Nugraha menutupnya."
    )
    persons = read(text).persons
    assert [[text[start:end] for start, end in p.mentions] for p in persons] == [
        ["Ahmad Sulaiman", "Sulaiman"],
        ["Ahmad Nugraha", "Nugraha"],
    ]


def test_a_role_told_with_the_short_name_is_added(read) -> None:
    text = "Siti Maryam hadir di Rembang. Ketua KPU Rembang Maryam lalu membuka acara."
    (person,) = read(text).persons
    assert (person.name, told(person)) == ("Siti Maryam", [("Ketua", "KPU Rembang", "current")])


SAME_OFFICE = [
    "Menteri Keuangan Hendra Wijaya hadir. Menkeu Hendra lalu pulang.",
    "Ketua KPU Rembang Hendra Wijaya hadir. Ketua Komisi Pemilihan Umum (KPU) Kabupaten Rembang Hendra Wijaya pulang.",
    "Ketua Umum Partai Golkar Hendra Wijaya hadir. Ketum Golkar Hendra pulang.",
    "Kabag Protokol Setda Rembang Hendra Wijaya hadir. Kabag Setda Rembang Hendra Wijaya pulang.",
]


@pytest.mark.parametrize("text", SAME_OFFICE)
def test_a_repetition_or_abbreviation_is_no_second_role(read, text: str) -> None:
    assert [len(p.roles) for p in read(text).persons] == [1]


def test_other_names_of_a_person(read) -> None:
    text = "Menteri Sosial Saiful Yusran (Gus Ipung) hadir. Gus Ipung lalu pulang."
    (person,) = read(text).persons
    assert (person.name, person.aliases) == ("Saiful Yusran", ["Gus Ipung"])


def test_a_blend_of_two_names_is_the_person(read) -> None:
    text = "Presiden Joko Wibowo hadir. Jokowi lalu pulang."
    (person,) = read(text).persons
    assert person.aliases == ["Jokowi"]


def test_a_role_that_points_back(read) -> None:
    text = "Bupati Sragen Hendra Wijaya hadir. Mantan Ketua DPRD Sragen itu lalu pulang."
    (person,) = read(text).persons
    assert told(person) == [("Bupati", None, "current"), ("Ketua", "DPRD Sragen", "former")]


def test_a_role_that_points_back_finds_the_subject_of_the_sentence_before(read) -> None:
    text = (
        "Bupati Sragen Hendra Wijaya dan Camat Tangen Siti Maryam hadir.\n\nSementara itu, Maryam menawarkan bantuan."
        '\n\n"Bantuan siap," kata mantan Kepala Bappeda Sragen itu.'
    )
    assert [len(person.roles) for person in read(text).persons] == [1, 2]


def test_works_alone_with_the_stock_tokenizer() -> None:
    nlp = spacy.blank("id")
    nlp.add_pipe("warta_officials")
    doc = nlp("Ketua KPU Rembang Siti Maryam hadir.")
    assert [span.text for span in doc.spans["warta_officials"]] == ["Ketua KPU Rembang"]


_PIECES = [
    "Ketua",
    "KPU",
    "Rembang",
    "Siti",
    "Maryam",
    ",",
    "dan",
    "(",
    ")",
    "mantan",
    "yakni",
    "-",
    '"',
    "kata",
    "\n",
    "H.",
    "AKBP",
    "2018",
    "itu",
    "I",
]


@given(st.lists(st.sampled_from(_PIECES), max_size=40))
def test_every_offset_lies_in_the_text(extractor: Extractor, pieces: list[str]) -> None:
    text = " ".join(pieces)
    doc = extractor.nlp.make_doc(text)
    extractor.nlp.get_pipe("warta_officials")(doc)
    for person in annotations_of(doc).persons:
        assert person.name
        spans = [*person.mentions, *((role.start, role.end) for role in person.roles)]
        assert all(0 <= start < end <= len(text) and text[start:end].strip() == text[start:end] for start, end in spans)

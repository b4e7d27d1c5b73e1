"""Quotations and their speakers, with persons given by the test."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
import spacy
from hypothesis import example, given
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from extractor.language import factories
from extractor.language.state import Annotations, Person, QuoteFound, RoleFound, annotations_of

factories.register()


def _pipeline() -> Language:
    nlp = spacy.blank("id", config={"nlp": {"tokenizer": {"@tokenizers": "warta.Tokenizer.v1"}}})
    nlp.add_pipe("warta_sentences")
    nlp.add_pipe("warta_quotes")
    return nlp


_NLP = _pipeline()
_CAST = {"Rudi Hartawan": "Ketua KPU", "Wiranti Kusuma": "Bupati", "Sukarna": "Kepala Desa"}


def _cast(text: str) -> list[Person]:
    persons = []
    for name, office in _CAST.items():
        forms = sorted({name, *name.split()}, key=len, reverse=True)
        mentions = [m.span() for m in re.finditer("|".join(forms), text)]
        if mentions:
            start = mentions[0][0]
            persons.append(Person(name, roles=[RoleFound(start, start + 1, "test", office)], mentions=mentions))
    return persons


def read(text: str, *, cast: bool = True) -> tuple[Doc, Annotations]:
    doc = _NLP.make_doc(text)
    _NLP.get_pipe("warta_sentences")(doc)
    if cast:
        annotations_of(doc).persons = _cast(text)
    _NLP.get_pipe("warta_quotes")(doc)
    return doc, annotations_of(doc)


def quotes(text: str, *, direct: bool = True, cast: bool = True) -> list[tuple[str, str | None]]:
    found = read(text, cast=cast)[1].quotes
    return [(text[q.start : q.end], q.speaker_name) for q in found if q.direct is direct]


RUDI, WIRANTI = "Rudi Hartawan", "Wiranti Kusuma"
SAID = "Jalan desa itu rusak berat"

DIRECT = [
    pytest.param(f'"{SAID}," kata Rudi Hartawan.', [(SAID, RUDI)], id="name after the verb"),
    pytest.param(f"“{SAID},” kata Rudi.", [(SAID, RUDI)], id="short name, typographic marks"),
    pytest.param(f'"{SAID}", ujar Ketua KPU, Rudi Hartawan, di kantornya.', [(SAID, RUDI)], id="office and name"),
    pytest.param(f"«{SAID}», tutur Wiranti.", [(SAID, WIRANTI)], id="angular marks"),
    pytest.param(f'"{SAID}."kata Rudi.', [(SAID + ".", RUDI)], id="glued to the verb"),
    pytest.param(f'Wiranti berkata, "{SAID}."', [(SAID + ".", WIRANTI)], id="introduced"),
    pytest.param(f'Wiranti mengatakan: "{SAID}."', [(SAID + ".", WIRANTI)], id="introduced by a colon"),
    pytest.param(f'"{SAID}," Rudi menegaskan.', [(SAID, RUDI)], id="name before the verb"),
    pytest.param(f'"{SAID}," Rudi Hartawan.', [(SAID, RUDI)], id="no verb"),
    pytest.param(
        f'"{SAID}," kata Bupati.\nWiranti pulang.', [(SAID, "Bupati")], id="office before its holder is known"
    ),
    pytest.param(
        f'Bupati Wiranti Kusuma datang.\n"{SAID}," kata Bupati.', [(SAID, WIRANTI)], id="office of a known person"
    ),
    pytest.param(f'"{SAID}," kata Pak Danu di sawah.', [(SAID, "Danu")], id="honorific dropped"),
    pytest.param(
        f'"{SAID}," kata Danu.\nSeorang petani, Danu Prakoso, ikut rapat.', [(SAID, "Danu Prakoso")], id="fullest form"
    ),
    pytest.param(f'"{SAID}," bunyi siaran pers BPBD Tegalarum.', [(SAID, "BPBD Tegalarum")], id="body"),
    pytest.param(f'"{SAID}," bunyi surat edaran itu.', [(SAID, "surat edaran")], id="document"),
    pytest.param(f'"{SAID}," ujar seorang ibu saat ditemui di Tegalarum.', [(SAID, "seorang ibu")], id="description"),
    pytest.param(
        f'"{SAID}," kata Rudi, "dan tidak bisa dilewati truk."',
        [(SAID, RUDI), ("dan tidak bisa dilewati truk.", RUDI)],
        id="broken by the verb",
    ),
    pytest.param(
        f'"{SAID}," kata Rudi. "Truk tidak bisa lewat sini."',
        [(SAID, RUDI), ("Truk tidak bisa lewat sini.", RUDI)],
        id="goes on after the verb",
    ),
    pytest.param(
        f'Rudi mengatakan jalan rusak. "{SAID}," ujarnya. Wiranti membantah. "Jalan itu baru kami perbaiki," katanya.',
        [(SAID, RUDI), ("Jalan itu baru kami perbaiki", WIRANTI)],
        id="the clitic follows the focus",
    ),
    pytest.param(
        f'Hal itu disampaikan Wiranti di pendopo.\n"{SAID}," ujarnya.', [(SAID, WIRANTI)], id="said by, then the clitic"
    ),
    pytest.param(
        f'Sementara itu, Wiranti yang datang bersama Rudi menyambut baik rencana itu.\n"{SAID}," ujarnya.',
        [(SAID, WIRANTI)],
        id="a verb of stance puts its subject into focus",
    ),
    pytest.param(
        f'Wiranti berharap jalan diperbaiki. Menurutnya, warga dan Rudi sudah lama menunggu.\n"{SAID}," ujarnya.',
        [(SAID, WIRANTI)],
        id="an object does not take the focus",
    ),
    pytest.param(
        f'Rudi menjelaskan anggaran. BPBD menyebut dana daerah cukup besar.\n"{SAID}," ujarnya.',
        [(SAID, RUDI)],
        id="a body does not take the focus from a person",
    ),
    pytest.param(
        f'"{SAID}," kata Rudi.\n"Kami menunggu dana pusat," kata politikus asal Tegalarum itu.',
        [(SAID, RUDI), ("Kami menunggu dana pusat", RUDI)],
        id="description of the person in focus",
    ),
    pytest.param(
        f'"{SAID}."\n"Kami menunggu dana pusat," kata Rudi.',
        [(SAID + ".", RUDI), ("Kami menunggu dana pusat", RUDI)],
        id="an opening quotation waits for its speaker",
    ),
    pytest.param(
        '"Kapan jalan itu diperbaiki?" tanya Rudi.\n"Bulan depan kami mulai bekerja," jawab Wiranti.\n'
        '"Dari mana uangnya akan diambil?"\n"Dari anggaran perubahan tahun ini."',
        [
            ("Kapan jalan itu diperbaiki?", RUDI),
            ("Bulan depan kami mulai bekerja", WIRANTI),
            ("Dari mana uangnya akan diambil?", RUDI),
            ("Dari anggaran perubahan tahun ini.", WIRANTI),
        ],
        id="dialogue",
    ),
    pytest.param(
        'Rudi menyebut gudang itu "tidak layak menyimpan logistik pemilu" dan basah.',
        [("tidak layak menyimpan logistik pemilu", RUDI)],
        id="fragment with a verb",
    ),
    pytest.param(
        'Warga merasa aturan itu "terlalu rumit untuk orang desa" dan berat.',
        [("terlalu rumit untuk orang desa", None)],
        id="fragment without a verb",
    ),
]

BROKEN_MARKS = [
    pytest.param(f'{SAID}," kata Rudi.', [(SAID, RUDI)], id="opening mark missing"),
    pytest.param(f'"{SAID}\n"Truk tidak bisa lewat sini," kata Rudi.',
                 [(SAID, RUDI), ("Truk tidak bisa lewat sini", RUDI)], id="several paragraphs, closed once"),
    pytest.param(f'"{SAID}\nTruk tidak bisa lewat sini," kata Rudi.',
                 [(SAID, RUDI), ("Truk tidak bisa lewat sini", RUDI)], id="marks only at both ends"),
    pytest.param(f'Papan 10" itu patah.\n"{SAID}," kata Rudi.', [(SAID, RUDI)], id="an inch"),
    pytest.param(f'"{SAID}," kata Rudi."\n"Truk tidak bisa lewat sini," kata Wiranti.',
                 [(SAID, RUDI), ("Truk tidak bisa lewat sini", WIRANTI)], id="stray mark at the end"),
    pytest.param(f'"{SAID}, kata Rudi. "Truk tidak bisa lewat sini," katanya.',
                 [(SAID, RUDI), ("Truk tidak bisa lewat sini", RUDI)], id="closing mark missing"),
    pytest.param('"Warga bilang "jalan itu" rusak berat," kata Rudi.',
                 [('Warga bilang "jalan itu" rusak berat', RUDI)], id="nested"),
    pytest.param("“Warga bilang ‘jalan itu rusak berat sekali’ kemarin,” kata Rudi.",
                 [("Warga bilang ‘jalan itu rusak berat sekali’ kemarin", RUDI)], id="nested single marks"),
    pytest.param(f"‘{SAID},’ kata Rudi.", [(SAID, RUDI)], id="single marks with a verb"),
]  # fmt: skip

NO_QUOTE = [
    'Mereka menonton film "malam panjang di kota tua" di balai.',
    'Acara bertema "Gotong Royong Membangun Desa Kita" dibuka.',
    'Pameran "Wajah Baru Pasar Lama Tegalarum" dibuka.',
    'Ia disebut "raja sawit" oleh warga.',
    '"Siap Pak," kata Rudi.',
    "Lomba ‘Aku Anak Desa Tegalarum’. Demikian panitia.",
    "Papan itu 10\" x 12\" dan 14\" lebarnya.",
    'Rudi memakai kata "mungkin" dan "barangkali".',
    "",
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), DIRECT + BROKEN_MARKS)
def test_direct(text: str, expected: list[tuple[str, str | None]]) -> None:
    assert quotes(text) == expected


@pytest.mark.parametrize("text", NO_QUOTE)
def test_no_quotation(text: str) -> None:
    assert quotes(text) == []


REPORTED = [
    pytest.param("Ketua KPU, Rudi Hartawan, mengatakan bahwa gudang itu sudah penuh.",
                 [("gudang itu sudah penuh", RUDI)], id="bahwa"),
    pytest.param("Rudi menyebut gudang itu sudah penuh.", [("gudang itu sudah penuh", RUDI)], id="no bahwa"),
    pytest.param("Menurut Wiranti, gudang itu sudah penuh.", [("gudang itu sudah penuh", WIRANTI)], id="according to"),
    pytest.param("Menurut Bupati, Wiranti Kusuma, gudang itu sudah penuh.",
                 [("gudang itu sudah penuh", WIRANTI)], id="according to an office and its holder"),
    pytest.param("Rudi pulang. Gudang itu, kata Wiranti, sudah penuh sejak kemarin.",
                 [("Gudang itu, kata Wiranti, sudah penuh sejak kemarin", WIRANTI)], id="put in between"),
    pytest.param("Gudang itu sudah penuh, kata Wiranti.", [("Gudang itu sudah penuh", WIRANTI)], id="at the end"),
    pytest.param("Kata Wiranti, gudang itu sudah penuh.", [("gudang itu sudah penuh", WIRANTI)], id="at the start"),
    pytest.param("Wiranti berharap musim baik. Ia menambahkan gudang itu sudah penuh.",
                 [("gudang itu sudah penuh", WIRANTI)], id="pronoun"),
    pytest.param("Wiranti berharap musim baik. Menurutnya, gudang itu sudah penuh.",
                 [("gudang itu sudah penuh", WIRANTI)], id="according to the one in focus"),
    pytest.param("Wiranti berharap musim baik. Dikatakannya, gudang itu sudah penuh.",
                 [("gudang itu sudah penuh", WIRANTI)], id="passive with the clitic"),
    pytest.param("Wiranti berharap musim baik. Dijelaskan, gudang itu sudah penuh.",
                 [("gudang itu sudah penuh", WIRANTI)], id="passive alone"),
    pytest.param("Wiranti berharap musim baik. Ia mengaku tak ingin membebani warga desa.",
                 [("tak ingin membebani warga desa", WIRANTI)], id="a negation is content"),
    pytest.param("Wiranti berharap musim baik. Ia menegaskan kembali gudang itu sudah penuh.",
                 [("gudang itu sudah penuh", WIRANTI)], id="an adverb of the verb is not"),
    pytest.param("Wiranti berharap musim baik. Anggota Komisi II DPR itu mengatakan gudang sudah penuh sekali.",
                 [("gudang sudah penuh sekali", WIRANTI)], id="an office that means the one in focus"),
    pytest.param("Lembaga Pangan (LP) menyatakan gudang itu sudah penuh.",
                 [("gudang itu sudah penuh", "Lembaga Pangan")], id="a body before its abbreviation"),
    pytest.param("BPBD menyatakan gudang itu sudah penuh.", [("gudang itu sudah penuh", "BPBD")], id="body"),
    pytest.param("Majelis hakim menyatakan gudang itu milik desa.",
                 [("gudang itu milik desa", "Majelis hakim")], id="unnamed"),
    pytest.param("Pada Senin lalu, Rudi yang mendampingi Wiranti di Tegalarum mengatakan gudang itu sudah penuh.",
                 [("gudang itu sudah penuh", RUDI)], id="subject far from its verb"),
]  # fmt: skip

NOT_REPORTED = [
    "Rudi tidak menjelaskan alasan penundaan itu kepada wartawan.",
    "Rudi datang untuk menyampaikan usulan warga desa itu.",
    "Wiranti menyampaikan usulan warga tentang jalan desa.",
    "Nilai tukar petani naik tipis pada bulan ini.",
    "Nilainya mencapai dua miliar rupiah pada tahun ini.",
    "Rudi mengatakan begitu saja.",
    "Rudi berharap musim baik. Kasus ini mengingatkan kita pada banjir lama.",
]


@pytest.mark.parametrize(("text", "expected"), REPORTED)
def test_reported(text: str, expected: list[tuple[str, str]]) -> None:
    assert quotes(text, direct=False) == expected


@pytest.mark.parametrize("text", NOT_REPORTED)
def test_not_reported(text: str) -> None:
    assert quotes(text, direct=False) == []


def test_a_quotation_knows_its_person_verb_and_rule() -> None:
    text = f'"{SAID}," imbuh Rudi.'
    [quote] = read(text)[1].quotes
    assert isinstance(quote, QuoteFound)
    assert quote.speaker is not None
    assert (quote.speaker.name, quote.cue, quote.rule) == (RUDI, "imbuh", "quotes.cue-speaker")
    assert quote.cue_range is not None
    assert text[slice(*quote.cue_range)] == "imbuh"


@pytest.mark.parametrize(
    ("between", "speaker"),
    [
        pytest.param("Bupati Blora Wiranti Kusuma menetapkan status siaga.", WIRANTI, id="office and name"),
        pytest.param("Sementara itu, Wiranti belum puas. Ia memilih menunggu.", WIRANTI, id="a pronoun goes on"),
        pytest.param("Anggota panitia Blora, Wiranti Kusuma, mencatat enam TPS.", WIRANTI, id="name behind a comma"),
        pytest.param("Wiranti Kusuma dilaporkan ke polisi bulan lalu.", RUDI, id="passive"),
        pytest.param("Wiranti dan Sukarna datang ke balai desa.", RUDI, id="two persons"),
        pytest.param("Warga memuji Wiranti Kusuma sejak pagi.", RUDI, id="object"),
        pytest.param("Menurutnya, panen padi turun tahun ini. Wiranti Kusuma datang pagi.", RUDI, id="report"),
        pytest.param("Berdasarkan catatan Wiranti Kusuma panen turun.", RUDI, id="circumstance"),
    ],
)
def test_the_subject_of_the_paragraph_before_speaks(between: str, speaker: str) -> None:
    first = '"Surat suara sudah lengkap semua," kata Rudi Hartawan.'
    last = '"Kami menunggu hasil bulan depan," katanya.'
    found = quotes(f"{first}\n{between}\n{last}")
    assert found[-1] == ("Kami menunggu hasil bulan depan", speaker)


def test_an_abbreviated_body_gets_its_full_name() -> None:
    text = (
        "Dinas Pekerjaan Umum Kota Tegal menutup jembatan itu besok.\n"
        '"Jembatan itu diperbaiki sampai akhir tahun," ujar Dinas PU Kota.'
    )
    assert quotes(text)[-1][1] == "Dinas Pekerjaan Umum Kota Tegal"


def test_an_initial_belongs_to_the_name() -> None:
    text = (
        '"Anggaran itu sudah lebih dari cukup," kata M. Umar Laksmana Surya di kantornya.\n'
        '"Kami tidak meminta tambahan apa pun," kata Umar.'
    )
    assert [speaker for _, speaker in quotes(text)] == ["M. Umar Laksmana Surya"] * 2


def test_a_quotation_without_a_speaker_is_reported_as_such() -> None:
    text = f'"{SAID}," ujarnya.'
    found = read(text)[1]
    assert [q.speaker_name for q in found.quotes] == [None]
    assert [code for code, _ in found.warnings] == ["quote-without-speaker"]


def test_spans_of_spacy() -> None:
    doc, _ = read(f'"{SAID}," kata Rudi. Menurutnya, truk tidak bisa lewat.')
    assert [(span.text, span.label_) for span in doc.spans["warta_quotes"]] == [
        (SAID, "direct"),
        ("truk tidak bisa lewat", "reported"),
    ]


def test_works_alone_with_the_stock_tokenizer() -> None:
    nlp = spacy.blank("id")
    nlp.add_pipe("warta_quotes")
    [quote] = annotations_of(nlp(f'"{SAID}," kata Rudi Hartawan.')).quotes
    assert quote.speaker_name == RUDI


_PIECES = [
    "kata",
    "Rudi",
    "ujarnya",
    '"',
    "“",
    "”",
    "'",
    ",",
    ".",
    "\n",
    "mengatakan",
    "bahwa",
    "itu",
    "Menurut",
    "dia",
    "jalan",
]


@example('" kata kata kata kata , kata')
@given(st.lists(st.sampled_from(_PIECES), max_size=40).map(" ".join) | st.text(max_size=120))
def test_ranges_hold_whatever_the_text(text: str) -> None:
    doc, found = read(text)
    for quote in found.quotes:
        said = doc.text[quote.start : quote.end]
        assert said
        assert said == said.strip()
        assert "\n" not in said
        assert len(re.findall(r"\w+", said)) >= 4
    ranges = [(q.start, q.end) for q in found.quotes if q.direct]
    assert all(a[1] <= b[0] for a, b in pairwise(ranges))

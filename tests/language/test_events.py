"""Events: which one the article reports, who held it, when and where; read by the whole pipeline."""

from __future__ import annotations

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from extractor import Extractor, Record
from extractor.language.state import EventFound, annotations_of
from extractor.patterns import load_patterns
from extractor.record import Event

MEETING = (
    "KPU Kabupaten Kudus menggelar rapat koordinasi pendataan pemilih di Hotel Mawar Kudus, Senin (5/8/2024).\n"
    "Rapat itu dihadiri Ketua KPU Kabupaten Kudus, Rudi Hartawan.\n"
    '"Data pemilih harus selesai bulan depan," kata Rudi.'
)


def read(extractor: Extractor, text: str, *, title: str | None = None, published: str = "2024-08-05") -> Record:
    return extractor.extract_text(text, title=title, published=published)


def main(record: Record) -> Event | None:
    return next((event for event in record.events if event.main), None)


def test_a_meeting_with_all_its_arguments(extractor: Extractor) -> None:
    event = main(read(extractor, MEETING, title="KPU Kudus Gelar Rapat Koordinasi"))
    assert event is not None
    assert (event.type, event.trigger, event.organizer) == ("meeting", "rapat koordinasi", "KPU Kabupaten Kudus")
    assert (event.date, event.venue) == ("2024-08-05", "Hotel Mawar Kudus")
    assert event.region is not None
    assert event.region.code == "33.19"
    assert event.reason == "lead, title, held, date, venue"


MAIN = [
    pytest.param(
        "Massa dari pelaku seni di Pati menggelar aksi di Alun-Alun Pati. Mereka menuntut keadilan atas kasus pada "
        "Jumat (2/8/2024) malam.\nAksi ini digelar pada Senin (5/8/2024) siang.",
        "protest",
        "Massa dari pelaku seni di Pati",
        "2024-08-05",
        id="a crowd, and the day in the sentence that takes the event up",
    ),
    pytest.param(
        "Rudi Hartawan menyelenggarakan pelatihan keuangan bagi warga, Senin (5/8/2024).\n"
        "Anggota DPRD Pati Rudi Hartawan berharap warga lebih hemat.",
        "training",
        "Rudi Hartawan",
        "2024-08-05",
        id="a person holds it",
    ),
    pytest.param(
        "Rapat kerja digelar Majelis Taklim Sabar Mulia KH Rudi Hartawan di Pati, Senin (5/8/2024).",
        "meeting",
        "Majelis Taklim Sabar Mulia",
        "2024-08-05",
        id="a body's name ends before who leads it",
    ),
    pytest.param(
        "PT Sinar Abadi menerima kunjungan Bupati Pati, Rudi Hartawan, Senin (5/8/2024).",
        "visit",
        "Rudi Hartawan",
        "2024-08-05",
        id="the guest visits, not the host",
    ),
    pytest.param(
        '"Wilayah ini rawan banjir," kata Kapolres Pati AKBP Rudi Hartawan usai memimpin apel di Mapolres Pati, '
        "Senin (5/8/2024).",
        "ceremony",
        None,
        "2024-08-05",
        id="after presiding over it",
    ),
    pytest.param(
        "Hakim Rudi Hartawan mengabulkan permohonan dua petani di Pengadilan Negeri Pati, Senin (5/8/2024).",
        "verdict",
        "Pengadilan Negeri Pati",
        "2024-08-05",
        id="a petition granted",
    ),
    pytest.param(
        "Dua pencuri sapi diamankan di Juwana, Senin (5/8/2024).\n"
        '"Keduanya sudah mengaku bersalah," kata Kapolsek Juwana Rudi Hartawan.',
        "arrest",
        "Polsek Juwana",
        "2024-08-05",
        id="the officer's body",
    ),
    pytest.param(
        "Unjuk rasa dilakukan oleh BEM Undip dan BEM Unnes di Semarang, Senin (5/8/2024).",
        "protest",
        "BEM Undip dan BEM Unnes",
        "2024-08-05",
        id="two bodies",
    ),
    pytest.param(
        "Bupati Pati mengingatkan warga agar hemat air.\n"
        '"Sumur kita mulai kering," kata Bupati Pati, Rudi Hartawan, Senin (5/8/2024).\n'
        "Hal itu disampaikan dalam rapat dengan kepala desa di Pendopo Pati.",
        "meeting",
        None,
        "2024-08-05",
        id="said in a meeting",
    ),
    pytest.param(
        "Presiden hadir di Peresmian Pembukaan Rakernas Lembaga Dakwah Desa, Senin (5/8/2024).",
        "launch",
        "Lembaga Dakwah Desa",
        "2024-08-05",
        id="the body behind what it holds",
    ),
    pytest.param(
        "Kebakaran melanda Pasar Lama di Juwana, Senin (5/8/2024).",
        "disaster",
        None,
        "2024-08-05",
        id="nobody holds a fire",
    ),
    pytest.param(
        "Polres Pati menangkap dua pencuri sapi, Senin (5/8/2024).", "arrest", "Polres Pati", "2024-08-05", id="arrest"
    ),
    pytest.param(
        "Dua pencuri sapi ditangkap Polres Pati, Senin (5/8/2024).",
        "arrest",
        "Polres Pati",
        "2024-08-05",
        id="passive, agent right behind",
    ),
    pytest.param(
        "Operasi pasar digelar Dinas Perdagangan Kabupaten Pati, Senin (5/8/2024).",
        "aid",
        "Dinas Perdagangan Kabupaten Pati",
        "2024-08-05",
        id="agent without oleh",
    ),
    pytest.param(
        "Sekolah di Pati menggelar simulasi pemilu, Senin (5/8/2024). "
        "Kegiatan tersebut diinisiasi oleh KPU Kabupaten Pati.",
        "training",
        "KPU Kabupaten Pati",
        "2024-08-05",
        id="the next sentence names the organizer",
    ),
    pytest.param(
        '"Gudang itu sudah penuh sejak kemarin," kata Kapolres Pati AKBP Rudi Hartawan '
        "dalam konferensi pers di Mapolres Pati, Senin (5/8/2024).",
        "press_conference",
        None,
        "2024-08-05",
        id="the occasion of a statement",
    ),
    pytest.param(
        "Menteri Desa Umi Laksmi memaparkan anggaran dalam rapat kerja dengan Komisi XV DPR RI, Senin (5/8/2024).",
        "meeting",
        "Komisi XV DPR RI",
        "2024-08-05",
        id="a committee that invites",
    ),
    pytest.param(
        "Bupati Pati Umi Laksmi meresmikan pasar baru di Juwana, Senin (5/8/2024).",
        "launch",
        "Umi Laksmi",
        "2024-08-05",
        id="the person who does it",
    ),
    pytest.param(
        "Kapolres Pati AKBP Rudi Hartawan menerjunkan 200 personel ke tiap kecamatan, Senin (5/8/2024).",
        "deployment",
        "Polres Pati",
        "2024-08-05",
        id="the body that a person heads",
    ),
    pytest.param(
        "Massa dari Barisan Mahasiswa Pati (BM PT) datang pagi hari. "
        "BM PT menggelar unjuk rasa di Pati, Senin (5/8/2024).",
        "protest",
        "Barisan Mahasiswa Pati (BM PT)",
        "2024-08-05",
        id="an abbreviation of two words",
    ),
    pytest.param(
        '"Panen padi naik tahun ini," kata Sukarna dalam acara temu tani di Pati, Senin (5/8/2024).',
        "gathering",
        None,
        "2024-08-05",
        id="an occasion without a word of its own",
    ),
    pytest.param(
        "Dinas Pekerjaan Umum dan Penataan Ruang Kabupaten Pati menggelar sosialisasi jalan, Senin (5/8/2024).",
        "training",
        "Dinas Pekerjaan Umum dan Penataan Ruang Kabupaten Pati",
        "2024-08-05",
        id="a body's name with dan",
    ),
]


@pytest.mark.parametrize(("text", "kind", "organizer", "date"), MAIN)
def test_main_event(extractor: Extractor, text: str, kind: str, organizer: str | None, date: str) -> None:
    event = main(read(extractor, text))
    assert event is not None
    assert (event.type, event.date) == (kind, date)
    if organizer:
        assert event.organizer == organizer
    if kind == "disaster":
        assert event.organizer is None


NO_MAIN = [
    pytest.param("Harga beras di Pati naik dua persen dalam sebulan terakhir.", id="data"),
    pytest.param("Bupati Pati menilai jalan rusak harus segera diperbaiki. Warga setuju dengan itu.", id="opinion"),
    pytest.param(
        '"Kami akan ikut unjuk rasa di depan kantor bupati," kata Sukarna kepada wartawan, Senin (5/8/2024).',
        id="only inside a quotation",
    ),
    pytest.param(
        "Harga beras di Pati naik dua persen bulan ini. Pedagang di pasar mengeluh rugi.\n"
        "Diketahui, petani menggelar unjuk rasa di depan kantor bupati, Kamis (25/7/2024).",
        id="background",
    ),
    pytest.param(
        "Bupati Pati berjanji memperbaiki jalan desa itu. Jalan itu rusak sejak lama sekali.\n"
        "Warga sudah lama menunggu perbaikan jalan itu.\n"
        '"Kami perbaiki bulan depan semuanya," kata Bupati Pati usai menghadiri rapat di Semarang, Senin (5/8/2024).',
        id="after an occasion",
    ),
]


@pytest.mark.parametrize("text", NO_MAIN)
def test_articles_that_report_no_event(extractor: Extractor, text: str) -> None:
    assert main(read(extractor, text)) is None


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("KPU Kabupaten Pati akan menggelar rapat pleno, Sabtu (10/8/2024).", "planned"),
        ("KPU Kabupaten Pati menggelar rapat pleno, Senin (5/8/2024).", "asserted"),
        ("KPU Kabupaten Pati batal menggelar rapat pleno, Senin (5/8/2024).", "denied"),
        ("KPU Kabupaten Pati mengusulkan menggelar rapat pleno, Senin (5/8/2024).", "hypothetical"),
    ],
)
def test_modality(extractor: Extractor, text: str, modality: str) -> None:
    [event] = read(extractor, text).events
    assert event.modality == modality


def test_a_planned_event_keeps_its_own_day_and_takes_no_other(extractor: Extractor) -> None:
    text = 'KPU Kabupaten Pati akan menggelar rapat pleno.\n"Semua sudah kami siapkan," kata Sukarna, Senin (5/8/2024).'
    [event] = [e for e in read(extractor, text, title="KPU Pati Akan Gelar Rapat Pleno").events if e.type == "meeting"]
    assert event.date is None


def test_the_day_of_the_first_statement_stands_in(extractor: Extractor) -> None:
    text = (
        "Pemerintah Kabupaten Pati meluncurkan layanan kependudukan keliling.\n"
        '"Warga desa tidak perlu lagi datang ke kota," kata Sukarna di Pati, Senin (5/8/2024).'
    )
    event = main(read(extractor, text, title="Warga Pati Dilayani di Desa"))
    assert event is not None
    assert (event.type, event.date) == ("launch", "2024-08-05")


def test_further_events_are_kept_behind_the_main_one(extractor: Extractor) -> None:
    text = (
        "Pemkab Pati menggelar upacara di Alun-alun Pati, Senin (5/8/2024). Upacara itu diikuti ribuan siswa.\n"
        "Selain itu, Pemkab Pati menggelar pameran produk desa, Senin (5/8/2024)."
    )
    events = read(extractor, text).events
    assert [(event.type, event.main) for event in events] == [("ceremony", True), ("fair", False)]


def test_a_visitor_is_the_organizer_of_a_visit(extractor: Extractor) -> None:
    event = main(read(extractor, "Bupati Pati Wiranti Kusuma meninjau Pasar Puri, Senin (5/8/2024)."))
    assert event is not None
    assert event.organizer == "Wiranti Kusuma"
    assert event.participants == ("o1",)


def test_every_type_is_listed_once_with_a_trigger() -> None:
    rules = load_patterns().rules("events")
    types = [rule.set["type"] for rule in rules]
    assert len(types) == len(set(types))
    assert all(rule.trigger for rule in rules)


def test_works_alone_with_the_stock_tokenizer() -> None:
    nlp = spacy.blank("id")
    nlp.add_pipe("warta_events")
    doc = nlp("KPU Kabupaten Pati menggelar rapat pleno.")
    [event] = annotations_of(doc).events
    assert isinstance(event, EventFound)
    assert (event.type, event.organizer, event.date) == ("meeting", "KPU Kabupaten Pati", None)
    assert [span.label_ for span in doc.spans["warta_events"]] == ["meeting"]


_PIECES = [
    "rapat",
    "KPU",
    "digelar",
    "oleh",
    "(",
    ")",
    "dan",
    "Dinas",
    "akan",
    "usai",
    "kunjungan",
    ".",
    "\n",
    "di",
    "sidang",
]
_ALONE = spacy.blank("id")
_ALONE.add_pipe("warta_events")


@given(st.lists(st.sampled_from(_PIECES), max_size=40).map(" ".join) | st.text(max_size=80))
def test_ranges_hold_whatever_the_text(text: str) -> None:
    doc = _ALONE(text)
    events = annotations_of(doc).events
    assert sum(event.main for event in events) <= 1
    for event in events:
        assert doc.text[event.start : event.end] == event.trigger
        assert event.organizer is None or event.organizer in doc.text


def test_a_site_or_the_one_affected_is_no_organizer(extractor: Extractor) -> None:
    texts = (
        "Umi Laksmi dan Rudi Hartawan melakukan penandatanganan kerja sama di Mabes Polri, Senin (5/8/2024).",
        "Pengurus PKK Kabupaten Pati dilantik pada Senin (5/8/2024).",
    )
    for text in texts:
        event = main(read(extractor, text))
        assert event is not None
        assert event.organizer is None


def test_what_is_told_in_a_quote_or_its_report_carries_the_speaker(extractor: Extractor) -> None:
    record = read(
        extractor,
        "Ketua KPU Kabupaten Kudus, Rudi Hartawan, mengatakan KPU menggelar rapat pleno di Hotel Mawar Kudus, "
        "Senin (5/8/2024).\n"
        '"Besok kami menggelar simulasi di Hotel Melati Kudus, Selasa (6/8/2024)," kata Rudi.',
    )
    speakers = {event.type: event.speaker for event in record.events}
    assert speakers["meeting"] == record.officials[0].id
    told = [event for event in record.events if event.type == "training"]
    assert all(event.speaker == record.officials[0].id and not event.main for event in told)
    assert told

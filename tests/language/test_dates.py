"""Temporal expressions: a table of sentences with the expressions in them, anchors, warnings, hostile text."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import spacy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language

from extractor import Extractor
from extractor.language import factories
from extractor.language.state import Annotations, Context, annotations_of

factories.register()
TABLE = Path(__file__).parent / "date_expressions.tsv"
PUBLISHED = "2024-07-28"


def _stock() -> Language:
    nlp = spacy.blank("id")
    nlp.add_pipe("warta_dates")
    return nlp


_STOCK = _stock()


def tag(text: str, published: str | None = PUBLISHED, nlp: Language = _STOCK) -> Annotations:
    doc = nlp.make_doc(text)
    annotations_of(doc).context = Context(published=datetime.fromisoformat(published) if published else None)
    return annotations_of(nlp.get_pipe("warta_dates")(doc))


def told(text: str, found: Annotations) -> list[str]:
    """Each expression as the table writes it: text, type, value ("-" for none), zone."""
    return [
        " ".join(filter(None, (f"{text[d.start : d.end]} = {d.type}", d.value or "-", d.zone))) for d in found.dates
    ]


def rows() -> Iterator[tuple[str, str, list[str]]]:
    with TABLE.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            yield row["published"], row["text"], row["expressions"].split(" ; ") if row["expressions"] else []


ROWS = list(rows())


def test_the_table_is_large_enough() -> None:
    assert sum(len(expected) for _, _, expected in ROWS) >= 400


@pytest.mark.parametrize(("published", "text", "expected"), ROWS, ids=[text[:50] for _, text, _ in ROWS])
def test_expressions(published: str, text: str, expected: list[str], extractor: Extractor) -> None:
    assert told(text, tag(text, published, extractor.nlp)) == expected


@pytest.mark.parametrize(("published", "text", "expected"), ROWS, ids=[text[:50] for _, text, _ in ROWS])
def test_expressions_with_the_stock_tokenizer(published: str, text: str, expected: list[str]) -> None:
    assert told(text, tag(text, published)) == expected


def test_spans_for_users_of_spacy() -> None:
    doc = _STOCK("Warga rapat pada 27 Juli 2024, pukul 10.00 WIB.")
    assert [(span.text, span.label_) for span in doc.spans["warta_dates"]] == [
        ("27 Juli 2024", "DATE"),
        ("pukul 10.00 WIB", "TIME"),
    ]


@pytest.mark.parametrize(
    ("text", "published", "codes"),
    [
        ("Rapat digelar Senin (27/7/2024).", PUBLISHED, ["weekday-mismatch"]),
        ("Rapat digelar Sabtu (27/7/2024).", PUBLISHED, []),
        ("Rapat digelar pada 31 April 2024.", PUBLISHED, ["no-such-day"]),
        ("Kemarin dan pekan lalu warga rapat.", None, ["no-reference-time"]),
        ("Rapat digelar 27 Juli 2024.", None, []),
        ("Puasa dimulai 1 Ramadan 1445 H.", PUBLISHED, ["calendar-not-converted"]),
    ],
)
def test_warnings(text: str, published: str | None, codes: list[str]) -> None:
    assert [code for code, _ in tag(text, published).warnings] == codes


def test_the_written_date_wins_over_a_wrong_weekday() -> None:
    found = tag("Rapat digelar Senin (27/7/2024).")
    assert found.dates[0].value == "2024-07-27"
    assert found.warnings[0][1] == "The text calls 2024-07-27 a Senin; it is a Sabtu."


@pytest.mark.parametrize(
    ("text", "parts", "whole"),
    [
        ("Ia bupati periode 2018-2023.", ["2018", "2023"], "2018-2023"),
        ("Lomba digelar 27-28 Juli 2024.", ["27", "28 Juli 2024"], "27-28 Juli 2024"),
        ("Layanan buka 1, 2, dan 5 Juni 2024.", ["1", "2", "5 Juni 2024"], "1, 2, dan 5 Juni 2024"),
        ("Pameran Sabtu-Minggu (27-28/7/2024).", ["Sabtu-Minggu (27", "28/7/2024"], "Sabtu-Minggu (27-28/7/2024)"),
        ("Pameran itu (27-28 Juli 2024) ramai.", ["27", "28 Juli 2024"], "27-28 Juli 2024"),
        ("Loket buka pukul 08.00-15.30 WITA.", ["pukul 08.00", "15.30 WITA"], "pukul 08.00-15.30 WITA"),
        ("Pada tahun ajaran 2024/2025 ia lulus.", ["tahun ajaran 2024", "2025"], "tahun ajaran 2024/2025"),
    ],
)
def test_the_ends_of_a_range_know_the_whole(text: str, parts: list[str], whole: str) -> None:
    found = tag(text).dates
    assert [text[d.start : d.end] for d in found] == parts
    assert {text[slice(*d.whole)] for d in found if d.whole} == {whole}
    assert all(d.whole for d in found)


def test_an_expression_of_its_own_is_no_part_of_a_range() -> None:
    assert [d.whole for d in tag("Rapat digelar dari 30 Juni 2024 sampai 2 Juli 2024.").dates] == [None, None]


@pytest.mark.parametrize(
    ("text", "mod"),
    [
        ("Rapat digelar awal Juli 2024.", "START"),
        ("Rapat digelar pertengahan Juli 2024.", "MID"),
        ("Rapat digelar akhir Juli 2024.", "END"),
        ("Rapat berlangsung sekitar dua jam.", "APPROX"),
        ("Rapat berlangsung lebih dari dua jam.", "MORE_THAN"),
        ("Rapat berlangsung hampir dua jam.", "LESS_THAN"),
        ("Rapat digelar lebih dari dua tahun lalu.", "BEFORE"),
        ("Rapat digelar hampir dua tahun lalu.", "AFTER"),
        ("Rapat digelar paling tidak dua tahun lalu.", "ON_OR_BEFORE"),
        ("Rapat digelar pada Juli 2024. Lebih dari dua hari kemudian ia pulang.", "AFTER"),
        ("Rapat digelar dua tahun lalu.", None),
    ],
)
def test_modifiers(text: str, mod: str | None) -> None:
    assert tag(text).dates[-1].mod == mod


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('"Besok kami berangkat," kata Dedi di kantornya, Jumat (26/7/2024).', "2024-07-27"),
        ('"Dua hari lalu kami tiba," kata Dedi, Jumat (26/7).', "2024-07-24"),
        ('"Besok kami berangkat," kata Dedi. Rapat digelar Jumat (26/7/2024).', "2024-07-29"),
        ('"Besok kami berangkat," kata Dedi.\nRapat digelar Jumat (26/7/2024).', "2024-07-29"),
        ('"Besok kami berangkat," kata Dedi dalam rapat, Jumat (5/7/2024).', "2024-07-29"),
        ("Besok Dedi berangkat, katanya, Jumat (26/7/2024).", "2024-07-29"),
    ],
)
def test_a_person_quoted_counts_from_the_day_of_speaking(text: str, value: str) -> None:
    assert tag(text).dates[0].value == value


def test_the_day_of_speaking_holds_for_later_quotations_without_one() -> None:
    found = tag('"Kami siap hari ini," kata Dedi, Jumat (26/7/2024). "Besok kami berangkat," ujarnya. Besok ia pulang.')
    assert [d.value for d in found.dates] == ["2024-07-26", "2024-07-26", "2024-07-27", "2024-07-29"]


def test_a_day_of_speaking_stands_in_for_an_unknown_publication_time() -> None:
    found = tag('"Besok kami berangkat," kata Dedi, Jumat (26/7/2024).', None)
    assert (found.dates[0].value, found.warnings) == ("2024-07-27", [])


@pytest.mark.parametrize("turkish", ["İstanbul kemarin ramai.", "Kemarin İİİ ramai, besok sepi."])
def test_letters_whose_lower_case_is_longer_move_no_offset(turkish: str) -> None:
    found = tag(turkish)
    assert next(turkish[d.start : d.end].lower() for d in found.dates) == "kemarin"


HOSTILE = """
1 2 27 2024 07.30 27/7/2024 ( ) , - – . : / x satu dua puluh belas ratus setengah senin Senin Minggu minggu Juli juli
Mei hari ini itu lalu depan mendatang yang akan datang pekan bulan tahun jam menit pukul WIB pagi malam dini tanggal
akhir awal sekitar hampir setiap sekali Pemilu Pilkada Tahun Nomor UU hingga sampai dan
"""
WORDS = st.sampled_from([*HOSTILE.split(), "\n", "\t", " "])


@given(st.lists(WORDS, max_size=60).map(" ".join) | st.text(max_size=120))
@settings(deadline=None)
def test_offsets_hold_and_items_do_not_overlap(text: str) -> None:
    last = 0
    for timex in tag(text).dates:
        assert last <= timex.start < timex.end <= len(text)
        assert text[timex.start : timex.end].strip() == text[timex.start : timex.end]
        assert timex.type in ("DATE", "TIME", "DURATION", "SET")
        last = timex.end


@given(st.lists(WORDS, min_size=1, max_size=4).map(" ".join), st.sampled_from(["", " ", "  ", "-", ", ", "("]))
@settings(
    max_examples=40,
    deadline=timedelta(seconds=20),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_hostile_text_is_read_in_bounded_time(extractor: Extractor, part: str, joint: str) -> None:
    """Twenty thousand characters of any pattern take seconds, where a runaway expression would take hours."""
    text = joint.join([part] * (20_000 // (len(part) + len(joint))))
    assert all(timex.end <= len(text) for timex in tag(text, nlp=extractor.nlp).dates)


def test_scores_on_the_shared_timex_set(shared: Path, extractor: Extractor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(shared / "measure"))
    scorer = pytest.importorskip("score_timex")
    golds, predictions = {}, {}
    for document, gold in scorer.read_folder(shared / "timex"):
        found = tag(document["text"], document["dct"], extractor.nlp)
        golds[document["docid"]] = gold
        predictions[document["docid"]] = [
            {"start": d.start, "end": d.end, "type": d.type, "value": d.value} for d in found.dates
        ]
    counts = scorer.score(golds, predictions, scorer.CLASSES["all"])
    size = (counts["predicted"], counts["gold"])
    assert scorer.prf(counts["strict"], *size)[2] >= 0.98
    assert scorer.prf(counts["full"], *size)[2] >= 0.91

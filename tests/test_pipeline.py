"""The extractor: arguments, order, determinism, and every component alone in a foreign pipeline."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor import Extractor, InputError, Record, load
from extractor.language.state import annotations_of
from extractor.pipeline import COMPONENTS

TEXT = (
    "KUTALAWAS - Bupati Kutalawas, Umi Rahmawati, membuka rapat di Hotel Mega, Rabu (14/2/2024).\n\n"
    '"Partisipasi pemilih pada 2019 mencapai 71,3 persen dan kami ingin lebih," kata Umi.'
)

# fmt: off
NEWS_WORDS = [
    "Bupati", "Umi", "Rahmawati", "Kutalawas", "mantan", "Ketua", "KPU", "Kabupaten", "Polres", '"', "”", "(", ")", ",",
    ".", "-", "dan", "di", "kata", "ujarnya", "mengatakan", "bahwa", "77,6", "persen", "%", "naik", "partisipasi",
    "pemilih", "Pemilu", "2019", "(14/2/2024)", "Rabu", "kemarin", "pukul", "10.00", "WIB", "Hotel", "Mega", "rapat",
    "S.IP.", "Rp", "juta", "12", "orang", "\n",
]
# fmt: on


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        ("2024-02-14", "2024-02-14"),
        ("2024-02-14T10:05+07:00", "2024-02-14T10:05+07:00"),
        (date(2024, 2, 14), "2024-02-14"),
        (datetime(2024, 2, 14, 10, 5, tzinfo=UTC), "2024-02-14T10:05:00+00:00"),
        (None, None),
        ("", None),
    ],
)
def test_publication_time_in_any_form(extractor: Extractor, published: str | date | None, expected: str | None) -> None:
    assert extractor.extract_text(TEXT, title="Rapat", published=published).article.published == expected


@pytest.mark.parametrize("published", ["kemarin", "14/2/2024", "2024-13-01"])
def test_publication_time_that_is_no_date_is_refused(extractor: Extractor, published: str) -> None:
    with pytest.raises(InputError, match="is not a date; write it as") as raised:
        extractor.extract_text(TEXT, title="Rapat", published=published)
    assert raised.value.code == "bad-published"


def test_arguments_land_in_the_record(extractor: Extractor) -> None:
    record = extractor.extract_text(
        TEXT, title="Rapat", url="https://kabar.example/1", publisher="Kabar", source="arsip/1.txt"
    )
    assert (record.article.title, record.article.url) == ("Rapat", "https://kabar.example/1")
    assert (record.article.publisher, record.provenance.source) == ("Kabar", "arsip/1.txt")
    assert record.provenance.extracted_at is None
    assert record.provenance.patterns == extractor.patterns.digest


def test_same_input_gives_the_same_bytes(extractor: Extractor) -> None:
    first, other = (e.extract_text(TEXT, title="Rapat", published="2024-02-14") for e in (extractor, load()))
    between = extractor.extract_text("Hujan turun di Kutalawas.", title="Hujan")
    again = extractor.extract_text(TEXT, title="Rapat", published="2024-02-14")
    assert first.model_dump_json() == other.model_dump_json() == again.model_dump_json()
    assert between.id != first.id


def test_many_pages_come_in_order_and_a_bad_one_costs_only_itself(extractor: Extractor) -> None:
    pages = [
        {"text": "Satu.", "title": "A", "source": "a"},
        {"text": "", "title": "B", "source": "b"},
        {"text": "Tiga.", "title": "C", "published": "kapan-kapan", "source": "c"},
        {"text": "Empat.", "title": "D", "source": "d"},
    ]
    records = list(extractor.extract_many(pages))
    assert [record.provenance.source for record in records] == ["a", "b", "c", "d"]
    assert [record.article.text for record in records] == ["Satu.", "", "", "Empat."]
    assert [[w.code for w in record.warnings] for record in records[1:3]] == [["empty-input"], ["bad-published"]]


def test_many_pages_are_read_one_at_a_time(extractor: Extractor) -> None:
    def pages() -> object:
        yield {"text": "Satu.", "title": "A"}
        raise RuntimeError("read too far")

    assert next(extractor.extract_many(pages())).article.text == "Satu."  # type: ignore[arg-type]


@pytest.mark.parametrize("name", COMPONENTS)
def test_component_works_alone_in_a_foreign_pipeline(name: str) -> None:
    nlp = spacy.blank("id")
    nlp.add_pipe(name)
    doc = nlp(TEXT)
    assert doc.text == TEXT
    assert annotations_of(doc).paragraphs
    assert nlp("").text == ""


def test_components_together_in_a_foreign_pipeline_find_what_ours_find(extractor: Extractor) -> None:
    nlp = spacy.blank("id")
    for name in COMPONENTS:
        nlp.add_pipe(name)
    found = annotations_of(nlp(TEXT))
    record = extractor.extract_text(TEXT, title="Rapat")
    assert [TEXT[q.start : q.end] for q in found.quotes] == [q.text for q in record.quotes]
    assert [p.value for p in found.percentages] == [p.value for p in record.percentages]


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=200))
def test_any_text_gives_a_valid_record(text: str) -> None:
    _valid(text)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(NEWS_WORDS), min_size=1, max_size=40).map(" ".join))
def test_any_order_of_news_words_gives_a_valid_record(text: str) -> None:
    _valid(text)


def _valid(text: str) -> None:
    try:
        record = _extractor().extract_text(text, title="Judul", published="2024-02-14")
    except InputError:
        return
    assert Record.model_validate_json(record.model_dump_json()) == record


@cache
def _extractor() -> Extractor:
    return load()


def test_user_patterns_change_what_is_found_and_the_digest(extractor: Extractor, tmp_path: Path) -> None:
    (tmp_path / "own.yml").write_text(
        "field: quotes\nabout: x\nlexicons:\n  - id: quotes.cues\n    extend: true\n    entries: [bisiknya]\n",
        encoding="utf-8",
    )
    own = load(tmp_path)
    assert own.patterns.digest != extractor.patterns.digest
    assert "bisiknya" in own.patterns.lexicon("quotes.cues").phrases
    assert "katanya" in own.patterns.lexicon("quotes.cues").phrases

"""Accuracy on the development set stays above its floors, and every shared article gives a valid record."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from extractor import Extractor, Record
from extractor.archive import Failure, read_sources
from extractor.batch import record_of
from extractor.compare import Comparer, begins_with, same_words
from extractor.evaluate import FIELDS, Evaluation, article_id
from extractor.gold import GoldArticle, read_gold
from tests.conftest import ROOT

FLOORS: dict[str, dict[str, float]] = json.loads((ROOT / "tests" / "accuracy_floors.json").read_text(encoding="utf-8"))


def records_of(extractor: Extractor, *sources: Path) -> Iterator[Record]:
    """The records of the sources; a row without a text, of which the corpus has some, is left out."""
    for page in read_sources(sources):
        assert not isinstance(page, Failure), page
        if page.content.strip():
            yield record_of(extractor, page)


def evaluation_of(gold: Path, records: dict[str, Record], extractor: Extractor) -> Evaluation:
    evaluation = Evaluation(extractor.patterns)
    for article in read_gold(gold):
        evaluation.add(article, records.get(article.id))
    assert not evaluation.absent
    return evaluation


@pytest.fixture(scope="session")
def development(extractor: Extractor, shared: Path) -> dict[str, Record]:
    """The records of the development set, by id."""
    paths = sorted((shared / "devset" / "articles").iterdir())
    return {article_id(record.provenance): record for record in records_of(extractor, *paths)}


@pytest.fixture(scope="session")
def measured(extractor: Extractor, shared: Path, development: dict[str, Record]) -> Evaluation:
    """The scores on the development set."""
    return evaluation_of(shared / "devset" / "gold", development, extractor)


@pytest.fixture(scope="session")
def measured_samples(extractor: Extractor, samples: Path) -> Evaluation:
    """The scores on our own articles."""
    records = {article_id(record.provenance): record for record in records_of(extractor, samples)}
    return evaluation_of(samples / "gold", records, extractor)


def test_every_measure_has_a_floor() -> None:
    assert set(FLOORS) == {"development set", "samples"}
    assert all(set(floors) <= set(FIELDS) for floors in FLOORS.values())


@pytest.mark.parametrize("name", FLOORS["development set"])
def test_development_set_stays_above_its_floor(measured: Evaluation, name: str) -> None:
    _holds(measured, name, FLOORS["development set"][name])


@pytest.mark.parametrize("name", FLOORS["samples"])
def test_samples_stay_above_their_floor(measured_samples: Evaluation, name: str) -> None:
    _holds(measured_samples, name, FLOORS["samples"][name])


def _holds(evaluation: Evaluation, name: str, floor: float) -> None:
    score = evaluation.scores[name]
    errors = "\n".join(f"{m.article} {'spurious' if m.spurious else 'missed'} {m.item}" for m in score.misses)
    assert score.f1 is not None
    assert score.f1 >= floor, f"{name}: F1 {score.f1:.3f} below {floor}\n{errors}"


def test_readme_claims_no_more_than_is_measured(measured: Evaluation, measured_samples: Evaluation) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in readme.splitlines() if line.startswith("|")
    ]
    claims = [row for row in rows if len(row) == 3 and row[0] in FIELDS]
    assert len(claims) >= 10
    for name, *figures in claims:
        for figure, evaluation in zip(figures, (measured, measured_samples), strict=True):
            if figure:
                assert float(figure) <= (evaluation.scores[name].f1 or 0), f"README.md claims too much: {name} {figure}"


def test_every_sample_has_its_annotation(samples: Path) -> None:
    pages = {path.stem for path in samples.iterdir() if path.suffix in (".html", ".txt")}
    assert pages == {path.stem for path in (samples / "gold").glob("*.json")}


@pytest.mark.parametrize("name", ["articles.jsonl", "election-2024.jsonl", "outlets.jsonl"])
def test_every_article_of_the_corpus_gives_a_valid_record(extractor: Extractor, shared: Path, name: str) -> None:
    for record in records_of(extractor, shared / "corpus" / name):
        assert Record.model_validate_json(record.model_dump_json()) == record
        assert record.article.text


def test_every_real_page_gives_a_valid_record(extractor: Extractor, shared: Path) -> None:
    for record in records_of(extractor, *sorted((shared / "pages").glob("*.html"))):
        assert Record.model_validate_json(record.model_dump_json()) == record
        assert record.article.text, record.provenance.source


class TestOneRecordThroughEveryRoom:
    """The scraped page of issue 2 gives the record that its annotation asks for."""

    @pytest.fixture
    def record(self, development: dict[str, Record]) -> Record:
        return development["tribun-blora"]

    @pytest.fixture
    def gold(self, shared: Path) -> GoldArticle:
        return next(article for article in read_gold(shared / "devset" / "gold") if article.id == "tribun-blora")

    def test_officials_and_roles(self, record: Record, gold: GoldArticle) -> None:
        found = {
            o.name: [_role(r.text, r.title, r.organization, r.status, r.period) for r in o.roles]
            for o in record.officials
        }
        wanted = {
            o.name: [_role(r.role, r.title, r.organization, r.status, r.period) for r in o.roles]
            for o in gold.officials
        }
        assert found == wanted
        areas = {role.region.code for official in record.officials for role in official.roles if role.region}
        assert areas == {"33.16"}

    def test_dates(self, record: Record, gold: GoldArticle) -> None:
        found = {(date.text, date.value) for date in record.dates}
        assert found == {(date.text, date.value) for date in gold.dates}

    def test_venue(self, record: Record, gold: GoldArticle) -> None:
        assert [venue.name for venue in record.venues] == [venue.name for venue in gold.venues]
        assert record.venues[0].region is not None
        assert record.venues[0].region.name == "Kabupaten Blora"

    def test_percentages(self, record: Record, gold: GoldArticle, extractor: Extractor) -> None:
        for found, wanted in zip(record.percentages, gold.percentages, strict=True):
            for key in ("text", "value", "category", "event", "year", "kind"):
                assert getattr(found, key) == getattr(wanted, key), key
            assert same_words(found.metric, wanted.metric)
            assert found.region is not None
            assert Comparer(extractor.patterns).same_area(wanted.place, found.region.name)

    def test_count(self, record: Record, gold: GoldArticle) -> None:
        wanted = (gold.counts or ())[0]
        found = next(count for count in record.counts if count.value == wanted.value)
        assert (found.text, found.metric, found.year, found.event) == (
            wanted.text,
            wanted.metric,
            wanted.year,
            wanted.event,
        )

    def test_quotes_and_speakers(self, record: Record, gold: GoldArticle) -> None:
        direct = [quote for quote in record.quotes if quote.direct]
        assert [quote.speaker_name for quote in direct] == [quote.speaker for quote in gold.quotes]
        for found, wanted in zip(direct, gold.quotes, strict=True):
            assert begins_with(found.text, wanted.starts)
        names = {official.id: official.name for official in record.officials}
        assert all(names[quote.speaker or ""] == quote.speaker_name for quote in direct)

    def test_event(self, record: Record, gold: GoldArticle) -> None:
        main = next(event for event in record.events if event.main)
        wanted = gold.event
        assert wanted is not None
        assert main.trigger == wanted.type
        assert (main.organizer, main.date, main.venue) == (wanted.organizer, wanted.date, wanted.venue)
        assert main.region is not None
        assert main.region.name.endswith(wanted.place or "?")

    def test_page(self, record: Record) -> None:
        article = record.article
        assert (article.publisher, article.authors, article.editors) == (
            "Tribun Jateng",
            ("M Iqbal Shukri",),
            ("deni setiawan",),
        )
        assert article.dateline is not None
        assert "Baca juga" not in article.text


def _role(text: str, *split: Any) -> tuple[Any, ...]:
    return (text, *split)

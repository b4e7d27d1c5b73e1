"""Evaluation: each measure on a small article with errors of every kind."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from extractor import InputError
from extractor.evaluate import FIELDS, Evaluation, Miss, article_id, evaluate
from extractor.gold import GoldArticle
from extractor.patterns import load_patterns
from extractor.record import Article, Provenance, Record

TEXT = (
    "Bupati Kutalawas Umi Rahmawati dan Kapolres Hendra membuka rapat di Hotel Mega, Rabu (14/2/2024). "
    '"Partisipasi pemilih pada 2019 mencapai 71,3 persen dan kami puas," kata Umi.'
)


def evidence(text: str) -> dict[str, Any]:
    start = TEXT.index(text)
    return {"start": start, "end": start + len(text), "text": text, "rule": "r"}


def role(text: str, title: str, **more: Any) -> dict[str, Any]:
    return {**evidence(text), "title": title, **more}


AREA = {"name": "Kabupaten Kutalawas"}
SHARE = {"value": 71.3, "category": "voter_turnout", "year": 2019, "region": AREA}
RECORD: dict[str, Any] = {
    "officials": [
        {"id": "o1", "name": "Umi Rahmawati", "roles": [role("Bupati Kutalawas", "Bupati")]},
        {"id": "o2", "name": "Hendra", "roles": [role("Kapolres", "Kapolres")]},
    ],
    "dates": [
        {**evidence("Rabu (14/2/2024)"), "type": "DATE", "value": "2024-02-14"},
        {**evidence("2019"), "type": "DATE", "value": "2019"},
    ],
    "venues": [{**evidence("Hotel Mega"), "name": "Hotel Mega", "kind": "hotel"}],
    "percentages": [{**evidence("71,3 persen"), **SHARE}],
    "quotes": [
        {
            **evidence("Partisipasi pemilih pada 2019 mencapai 71,3 persen dan kami puas,"),
            "direct": True,
            "speaker": "o1",
            "speaker_name": "Umi Rahmawati",
        }
    ],
    "events": [
        {
            **evidence("rapat"),
            "type": "meeting",
            "trigger": "rapat",
            "date": "2024-02-14",
            "venue": "Hotel Mega",
            "main": True,
        }
    ],
}
GOLD: dict[str, Any] = {
    "id": "a",
    "officials": [
        {
            "name": "Hj. Umi Rahmawati",
            "roles": [{"role": "Bupati Kutalawas", "title": "Bupati", "region": "Kutalawas"}],
        },
        {"name": "Hendra", "roles": [{"role": "Kapolres", "title": "Kapolres"}]},
    ],
    "dates": [{"text": "Rabu (14/2/2024)", "value": "2024-02-14"}, {"text": "2019", "value": "2019"}],
    "venues": [{"name": "Hotel Mega", "place": None}],
    "percentages": [
        {"text": "71,3 persen", "value": 71.3, "category": "voter_turnout", "place": "Kutalawas", "year": 2019}
    ],
    "quotes": [{"starts": "Partisipasi pemilih pada 2019 mencapai 71,3", "speaker": "Umi Rahmawati"}],
    "event": {"type": "rapat", "organizer": None, "date": "2024-02-14", "venue": "Hotel Mega"},
}


def record(**changes: Any) -> Record:
    provenance = Provenance(version="0", patterns="sha256:0", source="pages/a.html")
    return Record.model_validate(
        {"id": "x", "article": Article(text=TEXT), "provenance": provenance, **RECORD, **changes}
    )


def score(gold: dict[str, Any], found: Record | None) -> dict[str, tuple[int, int, int]]:
    evaluation = Evaluation(load_patterns())
    evaluation.add(GoldArticle.model_validate(gold), found)
    return {name: (s.right, s.found, s.wanted) for name, s in evaluation.scores.items()}


def test_perfect_record_has_no_errors() -> None:
    expected = {
        **dict.fromkeys(FIELDS, (1, 1, 1)),
        **dict.fromkeys(("officials", "roles", "role split", "role status", "dates"), (2, 2, 2)),
        **dict.fromkeys(("counts", "event organizer", "no event"), (0, 0, 0)),
    }
    assert score(GOLD, record()) == expected


def changed(field: str, **values: Any) -> Record:
    """The record with other values in the first item of `field`."""
    first, *others = RECORD[field]
    return record(**{field: [{**first, **values}, *others]})


ERRORS = [
    ("officials", record(officials=RECORD["officials"][1:], quotes=[]), (1, 1, 2)),
    ("officials", changed("officials", name="Umi"), (1, 2, 2)),
    ("roles", changed("officials", roles=[]), (1, 1, 2)),
    ("roles", changed("officials", roles=[role("Bupati Kutalawas Umi Rahmawati", "Bupati")]), (1, 2, 2)),
    ("role split", changed("officials", roles=[role("Bupati Kutalawas", "Bupati Kutalawas")]), (1, 2, 2)),
    ("role status", changed("officials", roles=[role("Bupati Kutalawas", "Bupati", status="former")]), (1, 2, 2)),
    ("dates", changed("dates", value="2024-02-15"), (1, 2, 2)),
    ("dates", changed("dates", value="2024-02-14T10:00", type="TIME"), (2, 2, 2)),
    ("dates", changed("dates", value=None), (1, 1, 2)),
    ("dates", changed("dates", type="DURATION", value="P3D"), (1, 1, 2)),
    ("venues", changed("venues", name="Hotel Mega Raya"), (1, 1, 1)),
    ("venues", changed("venues", name="Hotel"), (0, 1, 1)),
    ("percentages", changed("percentages", value=71.4), (0, 1, 1)),
    ("category", changed("percentages", category="other"), (0, 1, 1)),
    ("turnout", changed("percentages", category="other"), (0, 0, 1)),
    ("turnout", changed("percentages", year=None), (0, 1, 1)),
    ("turnout", changed("percentages", region=None), (1, 1, 1)),
    ("turnout+place", changed("percentages", region=None), (0, 1, 1)),
    ("quotes", changed("quotes", direct=False), (0, 0, 1)),
    ("speakers", changed("quotes", speaker_name="Hendra"), (0, 1, 1)),
    ("speakers", changed("quotes", speaker_name=None), (0, 1, 1)),
    ("event date", changed("events", date=None), (0, 0, 1)),
    ("event venue", changed("events", venue="Aula"), (0, 1, 1)),
    ("event date", changed("events", main=False), (0, 0, 1)),
]


@pytest.mark.parametrize(("field", "found", "expected"), ERRORS, ids=[f"{e[0]}-{i}" for i, e in enumerate(ERRORS)])
def test_error_shows_in_its_measure(field: str, found: Record, expected: tuple[int, int, int]) -> None:
    assert score(GOLD, found)[field] == expected


def test_main_event_where_the_gold_has_none() -> None:
    gold = {**GOLD, "event": None}
    assert score(gold, record())["no event"] == (0, 1, 1)
    assert score(gold, record(events=[]))["no event"] == (1, 1, 1)
    assert score(gold, record())["event date"] == (0, 0, 0)


def test_counts_are_compared_where_the_gold_has_them() -> None:
    gold = {**GOLD, "counts": [{"text": "12 orang", "value": 12}]}
    assert score(gold, record())["counts"] == (0, 0, 1)


def test_article_without_a_record_is_missed_in_full() -> None:
    evaluation = Evaluation(load_patterns())
    evaluation.add(GoldArticle.model_validate(GOLD), None)
    assert evaluation.absent == ["a"]
    assert Miss("a", False, "Hj. Umi Rahmawati") in evaluation.scores["officials"].misses
    assert evaluation.scores["officials"].precision is None
    assert evaluation.scores["officials"].recall == 0
    assert evaluation.scores["event organizer"].f1 is None


def test_ratios() -> None:
    evaluation = Evaluation(load_patterns())
    evaluation.add(GoldArticle.model_validate(GOLD), changed("dates", value=None))
    dates = evaluation.scores["dates"]
    assert (dates.precision, dates.recall, dates.f1) == (1, 0.5, pytest.approx(2 / 3))


@pytest.mark.parametrize(
    ("source", "expected"),
    [("pages/a-1.html", "a-1"), ("rows.jsonl#a-1", "a-1"), ("a-1", "a-1"), ("C:\\pages\\a-1.txt", "a-1"), (None, "")],
)
def test_records_belong_to_the_last_part_of_their_source(source: str | None, expected: str) -> None:
    assert article_id(Provenance(version="0", patterns="x", source=source)) == expected


def test_files_are_matched_by_id(tmp_path: Path) -> None:
    (tmp_path / "gold").mkdir()
    for name in ("a", "b"):
        (tmp_path / "gold" / f"{name}.json").write_text(GoldArticle.model_validate(GOLD).model_dump_json())
    (tmp_path / "records.jsonl").write_text(record().model_dump_json() + "\n", encoding="utf-8")
    evaluation = evaluate(tmp_path / "gold", tmp_path / "records.jsonl")
    assert evaluation.absent == ["b"]
    assert (evaluation.scores["venues"].right, evaluation.scores["venues"].wanted) == (1, 2)


@pytest.mark.parametrize("line", ["{}", "{", '{"id": "x"}'])
def test_line_that_is_no_record_is_told(tmp_path: Path, line: str) -> None:
    (tmp_path / "a.json").write_text('{"id": "a"}')
    (tmp_path / "records.jsonl").write_text(f"{record().model_dump_json()}\n{line}\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"line 2 of .* is not a record") as raised:
        evaluate(tmp_path, tmp_path / "records.jsonl")
    assert raised.value.code == "bad-record"


def test_missing_file_of_records_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        evaluate(tmp_path, tmp_path / "absent.jsonl")

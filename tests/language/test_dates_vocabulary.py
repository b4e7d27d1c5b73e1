"""The vocabulary of temporal expressions: rules made of lexicons, faults of users' rule data, dateparser's part."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import spacy

from extractor.errors import PatternError
from extractor.language.dates.fallback import parse_day
from extractor.language.dates.vocabulary import Vocabulary
from extractor.language.state import annotations_of
from extractor.patterns import load_patterns


@pytest.fixture(scope="module")
def words() -> Vocabulary:
    return Vocabulary(load_patterns())


def test_a_rule_is_made_of_lexicons_and_atoms(words: Vocabulary) -> None:
    regex = words.compile("(?P<day>{day}){s}(?P<month>{months})")
    found = regex.fullmatch("27 nopember")
    assert found is not None
    assert words.number("months", found["month"]) == 11


def test_entries_are_found_whatever_white_space_they_are_written_with(words: Vocabulary) -> None:
    assert words.entry("dayparts", "dini  hari")["code"] == "TMO"


@pytest.mark.parametrize(
    ("text", "amount"), [("1,5", 1.5), ("dua puluh satu", 21), ("1.250", 1250), ("beberapa", None)]
)
def test_amounts(words: Vocabulary, text: str, amount: float | None) -> None:
    assert words.amount(text) == amount


def test_triggers_name_words_or_lexicons(words: Vocabulary) -> None:
    assert words.first_words(("setiap hari", "@dates.zones")) == {"setiap", "wib", "wita", "wit", "gmt", "utc"}
    assert {"satu", "sebelas"} <= words.first_words(("<words>",))


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        ("{id: dates.own, trigger: ['@dates.nothing'], regex: 'x'", "no lexicon has the id 'dates.nothing'"),
        ("{id: dates.own, trigger: [x], regex: '(x'", "not a regular expression: '\\(x'"),
    ],
)
def test_faults_of_users_rules_are_told(tmp_path: Path, rule: str, message: str) -> None:
    source = f"field: dates\nabout: Own.\nrules:\n  - {rule}, set: {{value: clock}}, examples: [{{text: x}}]}}\n"
    (tmp_path / "own.yml").write_text(source, encoding="utf-8")
    with pytest.raises(PatternError, match=message):
        spacy.blank("id").add_pipe("warta_dates", config={"patterns": str(tmp_path)})


def test_users_can_add_a_holiday(tmp_path: Path) -> None:
    source = """
field: dates
about: Own.
lexicons:
  - id: dates.holidays
    extend: true
    entries: [{text: hari jadi wonorejo, set: {month: 3, day: 9}}]
"""
    (tmp_path / "own.yml").write_text(source, encoding="utf-8")
    nlp = spacy.blank("id")
    nlp.add_pipe("warta_dates", config={"patterns": str(tmp_path)})
    found = annotations_of(nlp("Pawai memeriahkan Hari Jadi Wonorejo 2024.")).dates
    assert [timex.value for timex in found] == ["2024-03-09"]


@pytest.mark.parametrize(
    ("text", "reference", "day"),
    [
        ("juli 27, 2024", None, date(2024, 7, 27)),
        ("october 3, 2023", date(2024, 7, 28), date(2023, 10, 3)),
        ("besar sekali", date(2024, 7, 28), None),
    ],
)
def test_dateparser_reads_what_the_rules_do_not_compute(text: str, reference: date | None, day: date | None) -> None:
    assert parse_day(text, reference) == day


def test_the_cache_of_dateparser_is_bounded() -> None:
    assert parse_day.cache_info().maxsize is not None

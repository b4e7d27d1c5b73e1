"""Every example and counter-example of the rule data holds; and the check itself finds those that do not."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from extractor import Extractor, load
from extractor.patterns import Example, Located
from extractor.patterns_check import Case, agrees, cases, check, check_patterns

_EXTRACTOR = load()


@pytest.mark.parametrize("case", list(cases(_EXTRACTOR)), ids=str)
def test_example(case: Case) -> None:
    problem = check(_EXTRACTOR, case)
    assert problem is None, str(problem)


AGREEMENT = [
    ({"value": 77.6}, {"value": 77.6, "year": 2020}, True),
    ({"value": 77.6}, {"value": 77.5}, False),
    ({"value": None}, {}, False),
    ({"value": None}, {"value": None}, True),
    ({"region": "Kota Malang"}, {"region": {"name": "Kota Malang", "code": "35.73"}}, True),
    ({"region": {"code": "35.73"}}, {"region": {"name": "Kota Malang", "code": "35.73"}}, True),
    ({"region": "Kota Batu"}, {"region": {"name": "Kota Malang"}}, False),
    ({"region": {"code": "35.73"}}, {"region": None}, False),
    ({"roles": [{"title": "Bupati"}]}, {"roles": [{"title": "Bupati", "status": "current"}]}, True),
    ({"roles": [{"title": "Bupati"}]}, {"roles": []}, False),
    ({"aliases": []}, {"aliases": ["Umi"]}, False),
    ({"value": date(2024, 2, 14)}, {"value": "2024-02-14"}, True),
    ({"value": 2024}, {"value": "2024"}, True),
    ({"value": None}, {"value": "None"}, False),
]


@pytest.mark.parametrize(("expected", "actual", "verdict"), AGREEMENT)
def test_an_item_agrees_when_it_has_every_value_named(expected: object, actual: object, verdict: bool) -> None:
    assert agrees(expected, actual) is verdict


@pytest.fixture(scope="module")
def wrong(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Rule data whose examples do not hold: one asks for what no rule finds, one has a field without a finder."""
    folder = tmp_path_factory.mktemp("own")
    (folder / "own.yml").write_text(
        "field: quotes\nabout: x\nlexicons:\n"
        "  - id: quotes.own\n    entries: [satu]\n"
        "    examples: [{text: Hujan turun., expect: [{cue: satu}]}, {text: '\"Kami semua siap kerja,\" kata Umi.'}]\n",
        encoding="utf-8",
    )
    (folder / "void.yml").write_text(
        "field: void\nabout: x\nlexicons:\n  - id: void.own\n    entries: [satu]\n    examples: [{text: Hujan.}]\n",
        encoding="utf-8",
    )
    return folder


def test_examples_that_do_not_hold_are_reported(wrong: Path) -> None:
    report = check_patterns(wrong)
    told = [str(problem) for problem in report.problems if problem.case.located.path.parent == wrong]
    assert [line.split(": ", 2)[1] for line in told] == ["quotes.own", "quotes.own", "void.own"]
    assert "'Hujan turun.': expected {'cue': 'satu'}, came nothing" in told[0]
    assert "expected nothing at all, came {'text': 'Kami semua siap kerja" in told[1]
    assert "expected a field with examples" in told[2]
    assert report.checked == sum(1 for _ in cases(load(wrong)))


def test_two_expected_items_need_two_found(extractor: Extractor) -> None:
    lexicon = extractor.patterns.lexicon("quotes.cues")
    text = '"Kami semua siap bekerja," kata Umi.'
    for number, holds in ((1, True), (2, False)):
        example = Example(text=text, expect=({"direct": True},) * number)
        case = Case(Located(lexicon, "quotes", Path("own.yml")), example, counter=False)
        assert (check(extractor, case) is None) is holds

"""The choice among contradicting times."""

from __future__ import annotations

from datetime import date

import pytest

from extractor.page.published import Claim, choose
from extractor.page.rules import PageRules

Stated = tuple[str, str, float]
LD, META, SEEN = "json-ld:datePublished", "meta:pubdate", "visible:date-line"

CHOICES: list[tuple[str, list[Stated], str | None, str]] = [
    ("one claim", [(LD, "2024-07-27T14:05:00+07:00", 2)], None, "2024-07-27T14:05:00+07:00"),
    (
        "utc, shown in WIB",
        [(LD, "2016-02-16T02:10:56Z", 2), (SEEN, "16 Feb 2016 09:10 WIB", 2)],
        None,
        "2016-02-16T09:10:56+07:00",
    ),
    (
        "utc, shown in WITA",
        [(LD, "2020-10-09T06:58:53+00:00", 2), (SEEN, "9 Oktober 2020 14:58", 2)],
        None,
        "2020-10-09T14:58:53+08:00",
    ),
    (
        "local time labelled Z",
        [(META, "2015-11-05T10:08:58Z", 1), (SEEN, "05/11/2015 10:08 WIB", 2)],
        None,
        "2015-11-05T10:08:58+07:00",
    ),
    ("utc and nothing else", [(LD, "2024-07-27T20:05:00Z", 2)], None, "2024-07-28T03:05:00+07:00"),
    (
        "a zone from the visible time",
        [(LD, "2017-02-17 13:30:08", 2), (SEEN, "17 Februari 2017 - 13:30 wib", 2)],
        None,
        "2017-02-17T13:30:08+07:00",
    ),
    (
        "a template's date",
        [(META, "2014-07-13T20:07:27", 1), (LD, "2020-07-09 07:26:05", 2)],
        None,
        "2020-07-09T07:26:05",
    ),
    (
        "a day and a time",
        [(META, "2020-10-09", 1), (SEEN, "9 Oktober 2020 14:58 WITA", 2)],
        None,
        "2020-10-09T14:58:00+08:00",
    ),
    ("the address decides", [(META, "2014-01-01", 1), (META, "2024-07-27", 1)], "2024-07-27", "2024-07-27"),
]


@pytest.mark.parametrize(("stated", "url", "expected"), [row[1:] for row in CHOICES], ids=[row[0] for row in CHOICES])
def test_choice(rules: PageRules, stated: list[Stated], url: str | None, expected: str) -> None:
    claims = [Claim(moment, place, raw, weight) for place, raw, weight in stated if (moment := rules.times.read(raw))]
    choice = choose(claims, (), date.fromisoformat(url) if url else None)
    assert choice is not None
    assert choice.moment.iso() == expected


def test_another_day_is_named_as_a_conflict(rules: PageRules) -> None:
    old, new = rules.times.read("2014-07-13"), rules.times.read("2020-07-09")
    assert old is not None
    assert new is not None
    choice = choose([Claim(new, LD, "2020-07-09", 2), Claim(old, META, "2014-07-13", 1)])
    assert choice is not None
    assert choice.conflict is not None
    assert choice.conflict.raw == "2014-07-13"


def test_no_claim_is_no_choice() -> None:
    assert choose([]) is None

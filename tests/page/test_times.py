"""Times as Indonesian pages write them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.page.rules import PageRules
from extractor.page.times import url_day

READ = [
    ("Sabtu (27/7/2024)", "2024-07-27"),
    ("Kamis, 05/11/2015 10:08 WIB", "2015-11-05T10:08:00+07:00"),
    ("2016-02-16T02:10:56Z", "2016-02-16T02:10:56+00:00"),
    ("2015-11-05 T10:08:58Z", "2015-11-05T10:08:58+00:00"),
    ("2020-11-14T10-32-14Z", "2020-11-14T10:32:14+00:00"),
    ("2023/11/02 20:59:53", "2023-11-02T20:59:53"),
    ("2016-02-16T13:01:52+0700", "2016-02-16T13:01:52+07:00"),
    ("13:24:59, 31 Mei 2020", "2020-05-31T13:24:59"),
    ("Senin, Januari 30th, 2017", "2017-01-30"),
    ("24 May 18 | 09:00", "2018-05-24T09:00:00"),
    ("on 16 Feb 2016 at 09:10 WIB", "2016-02-16T09:10:00+07:00"),
    ("Jum'at, 17 Nopember 2017 - 13:30 wib", "2017-11-17T13:30:00+07:00"),
    ("12 Agt 2020 15.30 WITA", "2020-08-12T15:30:00+08:00"),
    ("3 Peb 2020 pukul 7.05 WIT", "2020-02-03T07:05:00+09:00"),
    ("Rabu, 3 Jun 2020 7:05 PM", "2020-06-03T19:05:00"),
    ("02/03/2024", "2024-03-02"),
    ("Kamis 09 Juli 2020 07:26 WIB", "2020-07-09T07:26:00+07:00"),
]


@pytest.mark.parametrize(("text", "expected"), READ)
def test_read(rules: PageRules, text: str, expected: str) -> None:
    moment = rules.times.read(text)
    assert moment is not None
    assert moment.iso() == expected


NOT_TIMES = [
    "Harga naik 10.000/12 ekor",
    "31/02/2024",
    "45 Mei 2020",
    "Skor 2-1, menit 10:30",
    "12 hari lalu",
    "Pasal 1/2/1850",
    "nomor 08/12/2024/55",
    "Mei lalu",
]


@pytest.mark.parametrize("text", NOT_TIMES)
def test_what_is_no_time(rules: PageRules, text: str) -> None:
    assert rules.times.read(text) is None


def test_every_time_of_a_line_in_order(rules: PageRules) -> None:
    found = list(rules.times.find("22 Sep 2020, 15:00 WIB, diperbarui 23 Sep 2020, 16:10 WIB"))
    assert [moment.iso() for moment in found] == ["2020-09-22T15:00:00+07:00", "2020-09-23T16:10:00+07:00"]


URLS = [
    ("https://wartanusa.com/read/2024/07/27/1234567/panen-raya", date(2024, 7, 27)),
    ("https://wartanusa.com/read/2015/11/04/21040031/Panen.Raya", date(2015, 11, 4)),
    ("https://wartanusa.com/20240727/panen-raya", date(2024, 7, 27)),
    ("https://wartanusa.com/read/2024/13/27/panen-raya", None),
    ("https://wartanusa.com/berita/527615/29-penerbangan", None),
    ("https://wartanusa.com/d-20240727", None),
    (None, None),
]


@pytest.mark.parametrize(("url", "expected"), URLS)
def test_day_in_an_address(url: str | None, expected: date | None) -> None:
    assert url_day(url) == expected


@given(day=st.dates(date(1995, 1, 1), date(2095, 12, 31)), form=st.sampled_from(["%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y"]))
def test_days_come_back(rules: PageRules, day: date, form: str) -> None:
    moment = rules.times.read(f"Senin, {day.strftime(form)}")
    assert moment is not None
    assert moment.iso() == day.isoformat()


@given(st.text(max_size=300))
def test_any_text_is_read_without_an_error(rules: PageRules, text: str) -> None:
    for moment in rules.times.find(text):
        assert 0 <= moment.start < moment.end <= len(text)

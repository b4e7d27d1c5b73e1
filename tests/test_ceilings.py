"""What an article costs in counts stays under the ceilings in benchmarks/ceilings.json; accuracy has its floors beside.

No time is measured: the counts are the same in every run and on every machine.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from benchmarks.counts import measure
from benchmarks.counts_ceilings import Counts, complaints, read_ceilings, write_ceilings
from benchmarks.counts_loader import Tally, run_counted
from benchmarks.counts_run import COUNTED, RUNS, SAMPLES, SETS, are_present


@pytest.mark.parametrize("sets", RUNS, ids=" and ".join)
def test_no_count_exceeds_its_ceiling(sets: tuple[str, ...]) -> None:
    if not are_present(sets):
        told = " and ".join(sets)
        pytest.skip(f"the {told} are absent; set WARTA_SHARED to the folder of measuring data to run this test")
    found: list[str] = []
    for name, (measured, _) in measure(sets).items():
        assert measured.counts["function calls"] > 1000 * measured.articles, "the counters did not reach our modules"
        found += complaints(name, measured, read_ceilings().get(name))
    assert not found, "\n".join(found)


def test_every_count_of_every_set_has_a_ceiling() -> None:
    ceilings = read_ceilings()
    assert set(ceilings) == set(SETS)
    for name in SETS:
        assert set(ceilings[name].counts) == set(COUNTED), name


class TestComplaints:
    @pytest.mark.parametrize("value", [1000, 1020, 900, 887])
    def test_none_at_the_ceiling_or_a_little_below(self, value: int) -> None:
        ceilings = Counts(10, {"soup nodes": 1000, "parses": 10}).with_margin()
        assert complaints(SAMPLES, Counts(10, {"soup nodes": value, "parses": 10}), ceilings) == []

    @pytest.mark.parametrize(
        ("count", "recorded", "value", "told"),
        [
            (
                "soup nodes",
                1000,
                1021,
                "more soup nodes than they may: 102.1 an article, 0.1 % above the ceiling of 102",
            ),
            ("parses", 10, 20, "more parses than they may: 2 an article, 81.8 % above the ceiling of 1.1"),
            ("Matcher calls", 0, 1, "more Matcher calls than they may: 0.1 an article, above the ceiling of 0"),
            ("soup nodes", 1000, 886, "fewer soup nodes, which is good: 88.6 an article, the ceiling is 102"),
            ("soups", 10, 0, "fewer soups, which is good: 0 an article, the ceiling is 1.1"),
        ],
    )
    def test_one_names_the_count_and_says_what_to_do(self, count: str, recorded: int, value: int, told: str) -> None:
        ceilings = Counts(10, {count: recorded, "tokens made": 50}).with_margin()
        first, advice = complaints(SAMPLES, Counts(10, {count: value, "tokens made": 50}), ceilings)
        assert told in first
        assert "python -m benchmarks.counts --update" in advice

    @pytest.mark.parametrize("value", range(40))
    def test_ceilings_just_recorded_fit(self, value: int) -> None:
        measured = Counts(1, {"regex calls": value})
        assert complaints(SAMPLES, measured, measured.with_margin()) == []

    def test_other_articles_or_counts_than_were_recorded(self) -> None:
        recorded = Counts(10, {"parses": 10})
        assert "11 articles now, 10 when recorded" in complaints(SAMPLES, Counts(11, {"parses": 10}), recorded)[0]
        assert "without a ceiling" in complaints(SAMPLES, Counts(10, {"soups": 10}), recorded)[0]
        assert "without a ceiling" in complaints(SAMPLES, recorded, None)[0]


def test_update_leaves_the_ceilings_of_absent_sets(tmp_path: Path) -> None:
    path = tmp_path / "ceilings.json"
    write_ceilings({"samples": Counts(10, {"parses": 10}), "shared pages": Counts(4, {"parses": 4})}, path)
    write_ceilings({"samples": Counts(10, {"parses": 100})}, path)
    assert read_ceilings(path) == {
        "samples": Counts(10, {"parses": 102}),
        "shared pages": Counts(4, {"parses": 5}),
    }


SOURCE = '''
"""A module."""
from __future__ import annotations
import re

WORD = re.compile("[a-z]+")

def walk(words):
    """A docstring stays one."""
    for word in words:
        if word == "b":
            continue
    return [letter for word in words for letter in word]

def later(count):
    while count:
        count -= 1
        yield count

class Reader:
    double = staticmethod(lambda x: 2 * x)

    def find(self, text):
        return WORD.search(text), re.sub("a", "b", text), self.double(2)
'''


@pytest.fixture
def counted() -> tuple[dict[str, Any], Tally]:
    """A module that was loaded with counters, and their tally."""
    tally = Tally()
    names: dict[str, Any] = {"__name__": "extractor.made_up"}
    run_counted(SOURCE, names, tally)
    return names, tally


class TestCounters:
    def test_calls_and_turns(self, counted: tuple[dict[str, Any], Tally]) -> None:
        names, tally = counted
        assert names["walk"](["a", "b", "cd"]) == ["a", "b", "c", "d"]
        assert names["walk"].__doc__ == "A docstring stays one."
        assert list(names["later"](5)) == [4, 3, 2, 1, 0]
        _, calls, turns = tally.read()
        assert +calls == {("extractor.made_up", "walk"): 1, ("extractor.made_up", "later"): 1}
        assert +turns == {("extractor.made_up", "walk"): 3 + 3 + 4, ("extractor.made_up", "later"): 5}

    def test_regular_expressions(self, counted: tuple[dict[str, Any], Tally]) -> None:
        names, tally = counted
        found, replaced, doubled = names["Reader"]().find("12 kata lagi")
        assert (found[0], replaced, doubled) == ("kata", "12 kbtb lbgi", 4)
        told, calls, _ = tally.read()
        assert told == {
            "regexes compiled": 1,
            "regex calls": 2,
            "regex characters": len("12 kata") + len("12 kata lagi"),
        }
        assert calls.total() == 2  # `find` and the lambda

    def test_nodes_are_counted_in_the_page_room_only(self) -> None:
        source = "def read(node):\n    return node.css('a'), node.css_first('b'), node.text(), node.other()"

        class Node:
            css = css_first = other = lambda *_: None
            text = staticmethod(lambda: "isi")

        for name, told in (("page", {"CSS queries": 2, "characters of nodes' texts": 3}), ("language", {})):
            tally = Tally()
            names: dict[str, Any] = {"__name__": f"extractor.{name}.made_up"}
            run_counted(source, names, tally)
            assert names["read"](Node()) == (None, None, "isi", None)
            assert tally.read()[0] == told

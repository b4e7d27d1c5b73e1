import json
import sys
from pathlib import Path

import pytest

from benchmarks import batch, corpora, peers, sections, targets
from benchmarks.findings import Findings
from benchmarks.large import large_page
from benchmarks.latency import SHARES, latencies
from benchmarks.lexicons import phrases, write_lexicons
from benchmarks.measure import Speed, Spread, percentile, ratio
from benchmarks.peer_tools import TOOLS
from benchmarks.peers import Peer, PeerError, last_line
from benchmarks.report import BESIDE, _run
from benchmarks.side_by_side import Comparison, Taken, compare, in_turn
from benchmarks.stages import STAGES, html_readers, one_pass, text_readers
from benchmarks.tables import batch_rows, comparison_rows, stage_rows
from benchmarks.targets import TARGETS, target_rows
from extractor.patterns import load_patterns
from extractor.pipeline import load

SAMPLE = Path(__file__).parent.parent / "samples" / "turnout-blora.html"


@pytest.mark.parametrize(
    ("share", "expected"), [(0.0, 1), (0.5, 5), (0.51, 6), (0.9, 9), (0.91, 10), (0.99, 10), (1.0, 10)]
)
def test_percentile_is_the_nearest_rank(share: float, expected: float):
    assert percentile([10, 9, 8, 7, 6, 5, 4, 3, 2, 1], share) == expected


def test_percentile_of_one_value():
    assert percentile([3.5], 0.5) == 3.5


def test_spread_tells_median_lowest_and_highest():
    assert Spread((3.0, 1.0, 2.0)).tell(1, "s") == "2.0 s (1.0 to 3.0)"
    assert Spread((1200.0,)).tell(0) == "1,200 (1,200 to 1,200)"


def test_speed_in_milliseconds_an_item():
    speed = Speed(10, (1.0, 2.0, 4.0))
    assert speed.each.values == (100.0, 200.0, 400.0)
    assert speed.milliseconds == speed.each.median == 200.0
    assert str(speed) == "5 (2 to 10)"


def test_ratio_compares_passes_side_by_side():
    slowed = ratio(Spread((10.0, 40.0, 12.0)), Spread((2.0, 8.0, 2.0)))  # the second pass met a busy machine
    assert (slowed.low, slowed.median, slowed.high) == (5.0, 6.0, 6.0)


def test_ratio_refuses_sides_of_different_length():
    with pytest.raises(ValueError, match="shorter"):
        ratio(Spread((1.0, 2.0)), Spread((1.0,)))


def test_runners_take_turns_and_one_that_breaks_down_is_left_out():
    order = []

    def run(name: str) -> float:
        order.append(name)
        if name == "b" and order.count("b") == 2:
            raise PeerError("it ended with status 1: MemoryError")
        return float(len(order))

    seconds, missing = in_turn({"a": lambda: run("a"), "b": lambda: run("b")}, repeats=2)
    assert order == ["a", "b", "a", "b", "a"]
    assert seconds == {"a": (3.0, 5.0)}
    assert missing == {"b": "it ended with status 1: MemoryError"}


def test_targets_met_missed_and_not_measured():
    rows = list(
        target_rows(
            {targets.PAGES: Spread((2.9, 3.0, 9.0)), targets.TEXT: Spread((3.6,)), targets.IMPORT: Spread((0.15,))},
            {targets.EDSNLP: "edsnlp: it could not be installed"},
        )
    )
    assert len(rows) == len(TARGETS) + 2
    told = {row.split(" | ")[0].removeprefix("| "): row for row in rows}
    assert told[targets.PAGES].endswith("| 3.0 times as fast (2.9 to 9.0) | met |")
    assert told[targets.TEXT].endswith("| 3.60 ms (3.60 to 3.60) | **missed** |")
    assert told[targets.IMPORT].endswith("| met |")
    assert told[targets.EDSNLP].endswith("| edsnlp: it could not be installed | not measured |")
    assert told[targets.WORKERS].endswith("| not measured |")


def test_every_target_has_a_name_of_its_own():
    assert len({target.what for target in TARGETS}) == len(TARGETS)
    assert {what for beside in BESIDE.values() for what in beside.values()} <= {target.what for target in TARGETS}


@pytest.fixture
def comparison() -> Comparison:
    ours = {"warta": Taken("warta", Speed(10, (0.1, 0.2)), peak=150.4)}
    others = {"slow": Taken("slow 1.2", Speed(5, (0.5, 0.5)), found=1234)}
    return Comparison(ours, others, {"absent": "it could not be installed"})


def test_comparison_table(comparison: Comparison):
    rows = list(comparison_rows(comparison, "warta", {"slow": "text"}, "dates"))
    assert rows[2] == "| warta |  | 15.00 (10.00 to 20.00) | 67 | 150 | 1 |  |"
    assert rows[3] == "| slow 1.2 | text | 100.00 (100.00 to 100.00) | 10 |  | 6.67 (5.00 to 10.00) | 1,234 |"
    assert rows[4] == "| absent | not measured: it could not be installed | | | | | |"
    assert len({row.count("|") for row in rows}) == 1


def test_stage_table_has_a_column_of_memory_only_where_it_was_measured():
    speeds = {"page": Speed(1, (0.001,)), "all stages": Speed(1, (0.004,))}
    rows = list(stage_rows(speeds, {"page": 99.6}, "a page"))
    assert rows[2:] == ["| page | 1.00 (1.00 to 1.00) | 25% | 100 |", "| all stages | 4.00 (4.00 to 4.00) | 100% | |"]
    assert len({row.count("|") for row in stage_rows(speeds, {}, "a page")}) == 1


def test_findings_note_the_ratio_or_why_there_is_none(comparison: Comparison):
    findings = Findings()
    findings.versus(targets.PAGES, comparison, "slow", "warta")
    findings.versus(targets.NEWSPAPER, comparison, "absent", "warta")
    findings.tools(comparison)
    assert findings.measured[targets.PAGES].median == pytest.approx(100 / 15)
    assert findings.missing == {targets.NEWSPAPER: "absent: it could not be installed"}
    assert list(findings.versions) == ["slow 1.2"]


def test_a_section_that_breaks_down_tells_why():
    def section() -> list[str]:
        raise RuntimeError("no space left in /some/folder/of/ours")

    findings = Findings()
    lines = _run(("archives", (targets.WORKERS,), section), findings)
    assert lines == ["## Archives\n", "Not measured: RuntimeError: no space left in ours.\n"]
    assert findings.missing == {targets.WORKERS: "RuntimeError: no space left in ours"}


def test_phrases_are_those_of_the_rule_data(tmp_path: Path):
    patterns = load_patterns()
    found = phrases(patterns)
    assert "Wakil Bupati" in found["office"]
    assert "Wabup" in found["office"]
    assert {"Kabupaten Blora", "Jawa Tengah", "Jateng"} <= set(found["region"])
    assert "KPU" in found["body"]
    assert {"januari"} <= set(found["month_01"])
    assert sorted(kind for kind in found if kind.startswith("month")) == [f"month_{n:02d}" for n in range(1, 13)]
    assert all(listed and len(listed) == len(set(listed)) for listed in found.values())
    path = tmp_path / "lexicons.json"
    assert write_lexicons(patterns, path) == sum(map(len, found.values()))
    assert json.loads(path.read_bytes()) == found


@pytest.mark.parametrize(
    ("count", "pages", "expected"), [(80, 41, 82), (80, 14, 84), (1, 41, 41), (40, 41, 41), (20, 4, 20)]
)
def test_a_pass_consists_of_whole_rounds(count: int, pages: int, expected: int):
    assert corpora.whole_rounds(count, pages) == expected


def test_large_pages_are_made_where_there_are_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(corpora, "SHARED", tmp_path / "absent")
    pages = corpora.large_pages(6, tmp_path)
    assert pages.name == "pages over 250 KB (3 of them made)"
    assert all(len(content) > corpora.LARGE for content in pages.contents())
    assert "Saluran Air" in large_page(50_000)


def test_without_the_shared_folder_texts_are_not_measured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(corpora, "SHARED", tmp_path)
    assert corpora.texts(5) == []
    findings = Findings()
    lines = sections.texts_section(load(), [], tmp_path, sections.Settings(), findings)
    assert lines[1].startswith("Not measured: the shared folder is absent")
    assert set(findings.missing) == {targets.TEXT, targets.EDSNLP}


def test_stages_run_up_to_the_one_named():
    extractor = load()
    readers = html_readers(extractor.patterns, [SAMPLE.read_bytes()])
    article = {"text": "Bupati Blora Rina hadir, Rabu (14/2/2024).", "title": "Rapat", "published": None}
    readers += text_readers(extractor.patterns, [article])
    spent = one_pass(extractor, readers, "dates")
    assert tuple(spent) == STAGES
    assert {stage for stage, seconds in spent.items() if not seconds} >= {"officials", "events", "record"}


def test_latencies_call_everything_equally_often():
    called = []
    taken = latencies([lambda: called.append("a"), lambda: called.append("b")], repeats=2)
    assert tuple(taken) == tuple(SHARES)
    assert called.count("a") == called.count("b") == 201  # one round first, then two passes of 200 calls
    assert taken["p50"].median <= taken["max"].median


def test_the_archive_holds_samples_and_shared_pages(tmp_path: Path):
    made = batch.make_archive(tmp_path, 10, corpora.Pages("shared pages", (SAMPLE,), 1))
    assert made.inputs == 10
    assert [Path(source).name for source in made.sources] == ["pages.zip", "pages.jsonl"]
    assert len((tmp_path / "pages.jsonl").read_text(encoding="utf-8").splitlines()) == 4


def test_a_run_that_loses_pages_is_told(tmp_path: Path):
    made = batch.make_archive(tmp_path, 3, None)
    made.inputs = 4
    with pytest.raises(RuntimeError, match="accounts"):
        batch.run_batches(made, tmp_path, 1)


def test_both_numbers_of_workers_are_run(tmp_path: Path):
    taken = batch.run_batches(batch.make_archive(tmp_path, 4, None), tmp_path, 1)
    assert taken.records == taken.one.items == taken.two.items == 4
    assert taken.peak.median > 20
    assert all(spent.median > 0 for spent in taken.busy)
    assert [row.split(" | ")[0] for row in batch_rows(taken)][2:] == ["| 1", "| 2"]


@pytest.mark.parametrize(
    ("complaint", "told"),
    [
        ("Traceback\n  File x\nModuleNotFoundError: No module named 'readability'\n\n",
         "ModuleNotFoundError: No module named 'readability'"),
        ("cannot open /srv/data/lists/a.txt today", "cannot open a.txt today"),
        ("", "it told nothing"),
        ("x" * 300, "x" * 100),
    ],
)  # fmt: skip
def test_complaints_are_short_and_name_no_folders(complaint: str, told: str):
    assert last_line(complaint) == told


def test_a_tool_that_cannot_be_imported_is_missing_with_the_reason(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(peers, "environment", lambda _: Path(sys.executable))  # ours has no newspaper4k
    compared = compare({"warta": (lambda: 1.0, 1)}, ("newspaper4k",), (SAMPLE,), 1, repeats=1)
    assert compared.others == {}
    assert compared.missing == {
        "newspaper4k": "it ended with status 1: ModuleNotFoundError: No module named 'newspaper'"
    }


def test_a_tool_is_asked_pass_by_pass(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setattr(peers, "environment", lambda _: Path(sys.executable))  # ours has spaCy
    lexicons, texts = tmp_path / "lexicons.json", tmp_path / "texts.jsonl"
    lexicons.write_text('{"office": ["Ketua"]}', encoding="utf-8")
    texts.write_text('{"text": "Ketua hadir. Kata ketua."}\n{"text": "Tidak ada."}\n', encoding="utf-8")
    with Peer("spacy entity ruler", (texts,), lexicons) as peer:
        assert [peer.one_pass() >= 0, peer.one_pass() >= 0] == [True, True]
        assert (peer.found, peer.version.split(".")[0]) == (2, "3")


def test_a_tool_whose_environment_is_broken_is_named_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setattr(peers, "environment", lambda _: tmp_path / "absent")
    with pytest.raises(PeerError, match="could not be started: No such file"):
        Peer("trafilatura", (SAMPLE,)).__enter__()


def test_every_tool_has_requirements():
    assert {*peers.FROM_HTML, *peers.FROM_TEXT, "dateparser"} == set(peers.REQUIREMENTS) == set(TOOLS)

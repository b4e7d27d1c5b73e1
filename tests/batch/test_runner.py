"""Runs: killed and resumed, with any number of workers, on damaged archives, the outputs are the same and balance."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from benchmarks.archive import Made, make
from extractor import Extractor, InputError
from extractor.batch import Options, run
from extractor.batch.progress import Quiet
from tests.batch.pages import outputs, page, read_lines, write_pages

COMMAND = "import sys; from extractor.cli import main; sys.exit(main())"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    return make(tmp_path_factory.mktemp("archive"), 240)


@pytest.fixture(scope="module")
def unbroken(made: Made, extractor: Extractor, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The records of a run over the test archive, with two workers."""
    out = tmp_path_factory.mktemp("unbroken") / "records.jsonl"
    summary = run(made.sources, out, extractor, Options(workers=2, fetched=Path(made.fetched)))
    assert summary.balances()
    assert (summary.inputs, summary.failures) == (made.inputs, made.failures)
    assert summary.left_out == 1
    return out


def test_accounts_of_a_damaged_archive_balance(unbroken: Path, made: Made) -> None:
    report = json.loads(unbroken.with_name("run.json").read_bytes())
    accounts = report["accounts"]
    assert accounts["balanced"] is True
    assert accounts["inputs"] == accounts["records"] + accounts["duplicates"] + accounts["failures"] == made.inputs
    assert len(read_lines(unbroken)) == accounts["records"]
    failures = read_lines(unbroken.with_name("failures.jsonl"))
    assert len(failures) == accounts["failures"] == made.failures.total()
    assert all(set(failure) == {"source", "position", "code", "sentence"} for failure in failures)
    assert [path for path in unbroken.parent.iterdir() if path.name.startswith(".")] == []


def test_one_worker_and_small_slices_give_the_same_records(
    unbroken: Path, made: Made, extractor: Extractor, tmp_path: Path
) -> None:
    options = Options(workers=1, fetched=Path(made.fetched), slice_size=100_000)
    run(made.sources, tmp_path / "records.jsonl", extractor, options)
    assert outputs(tmp_path / "records.jsonl")[0] == outputs(unbroken)[0]
    sources = [{f["source"] for f in read_lines(o.with_name("failures.jsonl"))} for o in (unbroken, tmp_path / "x")]
    assert sources[0] == sources[1]


def test_killed_run_goes_on_and_gives_the_same_bytes(unbroken: Path, made: Made, tmp_path: Path) -> None:
    out = tmp_path / "records.jsonl"
    options = ["-o", str(out), "--fetched", made.fetched, "--workers", "2", "--quiet"]
    command = [sys.executable, "-c", COMMAND, "run", *made.sources, *options]
    work = out.with_name(".records.jsonl.work")
    kills = 0
    for least in (1, 3):
        process = subprocess.Popen(command)
        while process.poll() is None and len(list(work.rglob("*.part"))) < least:
            time.sleep(0.01)
        if process.poll() is None:
            kills += 1
            process.send_signal(signal.SIGKILL)
        process.wait()
        assert not out.exists()
    assert kills == 2
    assert subprocess.run(command, check=False).returncode == 3
    assert outputs(out) == outputs(unbroken)
    assert json.loads(out.with_name("run.json").read_bytes())["resumed"] is True


def interrupted(
    out: Path, pages: Path, extractor: Extractor, monkeypatch: pytest.MonkeyPatch, **options: object
) -> None:
    """Leaves a run unfinished: it breaks when the outputs are to be written."""
    with monkeypatch.context() as patch:
        patch.setattr("extractor.batch.runner.build_index", lambda *_, **__: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            run([pages], out, extractor, Options(workers=1, **options))  # type: ignore[arg-type]


def test_finished_shards_are_not_worked_on_again(
    extractor: Extractor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages, out = write_pages(tmp_path / "in", 3), tmp_path / "out" / "records.jsonl"
    interrupted(out, pages, extractor, monkeypatch)
    monkeypatch.setattr("extractor.batch.watch.work", lambda *_, **__: os._exit(9))
    assert run([pages], out, extractor, Options(workers=1)).records == 3


def test_changed_run_is_refused_and_told(extractor: Extractor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pages, out = write_pages(tmp_path / "in", 2), tmp_path / "out" / "records.jsonl"
    interrupted(out, pages, extractor, monkeypatch)
    with pytest.raises(InputError, match=r"keep duplicates was false, is true; .*--restart") as raised:
        run([pages], out, extractor, Options(keep_duplicates=True))
    assert raised.value.code == "changed-run"
    with monkeypatch.context() as patch:
        patch.setattr(extractor, "patterns", SimpleNamespace(digest="sha256:lain"))
        with pytest.raises(InputError, match=r'patterns was "sha256:.*", is "sha256:lain"'):
            run([pages], out, extractor, Options())
    assert run([pages], out, extractor, Options(keep_duplicates=True, restart=True)).records == 2


def test_two_runs_do_not_work_on_one_output(extractor: Extractor, tmp_path: Path) -> None:
    from extractor.batch.runner import _locked

    pages, out = write_pages(tmp_path / "in", 1), tmp_path / "records.jsonl"
    work = tmp_path / ".records.jsonl.work"
    work.mkdir()
    with _locked(work), pytest.raises(InputError, match="another run is at work"):
        run([pages], out, extractor)


def test_source_that_vanishes_or_changes_is_told(
    extractor: Extractor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages, out = write_pages(tmp_path / "in", 3), tmp_path / "out" / "records.jsonl"

    class Spoiler(Quiet):
        def begin(self, size: int) -> None:
            (pages / "0000.html").unlink()
            (pages / "0002.html").write_text("lain", encoding="utf-8")

    summary = run([pages], out, extractor, Options(workers=1), Spoiler())
    assert (summary.records, dict(summary.failures)) == (1, {"unreadable-source": 1, "source-changed": 1})


def test_page_that_takes_forever_is_named(
    extractor: Extractor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = Extractor.extract

    def slow(self: Extractor, html: str | bytes, **known: object) -> object:
        while b"Rapat ke-1<" in (html if isinstance(html, bytes) else html.encode()):
            time.sleep(1)
        return whole(self, html, **known)  # type: ignore[arg-type]

    monkeypatch.setattr(Extractor, "extract", slow)
    pages = write_pages(tmp_path / "in", 4)
    summary = run([pages], tmp_path / "records.jsonl", extractor, Options(workers=2, seconds=1.5))
    assert (summary.records, dict(summary.failures), summary.worker_deaths) == (3, {"page-timeout": 1}, 0)
    failure = read_lines(tmp_path / "failures.jsonl")[0]
    assert failure["source"].endswith("0001.html")
    assert "more than 1.5 seconds" in failure["sentence"]


def test_worker_killed_by_the_kernel_is_replaced(
    extractor: Extractor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, once = Extractor.extract, tmp_path / "once"

    def deadly(self: Extractor, html: str | bytes, **known: object) -> object:
        content = html if isinstance(html, bytes) else html.encode()
        if b"Rapat ke-2<" in content or (b"Rapat ke-0<" in content and not once.exists()):
            once.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return whole(self, html, **known)  # type: ignore[arg-type]

    monkeypatch.setattr(Extractor, "extract", deadly)
    summary = run([write_pages(tmp_path / "in", 4)], tmp_path / "records.jsonl", extractor, Options(workers=1))
    assert (summary.records, dict(summary.failures), summary.worker_deaths) == (3, {"worker-died": 1}, 3)
    failure = read_lines(tmp_path / "failures.jsonl")[0]
    assert failure["source"].endswith("0002.html")
    assert "SIGKILL" in failure["sentence"]


def test_page_that_wants_too_much_memory_is_named(
    extractor: Extractor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = Extractor.extract

    def greedy(self: Extractor, html: str | bytes, **known: object) -> object:
        if b"Rapat ke-1<" in (html if isinstance(html, bytes) else html.encode()):
            bytearray(1 << 30)
        return whole(self, html, **known)  # type: ignore[arg-type]

    monkeypatch.setattr(Extractor, "extract", greedy)
    options = Options(workers=1, memory=256)
    summary = run([write_pages(tmp_path / "in", 3)], tmp_path / "records.jsonl", extractor, options)
    assert (summary.records, dict(summary.failures)) == (2, {"page-memory": 1})


def test_full_disk_ends_with_a_clear_line_and_loses_nothing(extractor: Extractor, tmp_path: Path) -> None:
    pages, out = write_pages(tmp_path / "in", 250), tmp_path / "records.jsonl"
    limit = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000)); "
    arguments = ["run", str(pages), "-o", str(out), "--workers", "2", "--quiet"]
    full = subprocess.run(
        [sys.executable, "-c", limit + COMMAND, *arguments], capture_output=True, text=True, check=False
    )
    assert full.returncode == 1
    assert full.stderr.count("\n") == 1
    assert "File too large" in full.stderr
    assert not out.exists()
    assert subprocess.run([sys.executable, "-c", COMMAND, *arguments], check=False).returncode == 0
    resumed = outputs(out)
    run([pages], out, extractor)
    assert resumed == outputs(out)


@pytest.mark.parametrize("name", ["records.jsonl", "records.csv", "records.parquet", "records.db"])
def test_output_that_cannot_be_written_is_told_first(extractor: Extractor, tmp_path: Path, name: str) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OSError, match="file"):
        run([tmp_path], tmp_path / "file" / name, extractor)


def test_strict_run_stops_at_the_first_failure(extractor: Extractor, tmp_path: Path) -> None:
    pages = write_pages(tmp_path / "in", 2)
    (pages / "kosong.html").touch()
    with pytest.raises(InputError, match=r"stopped at the first failure: .*kosong\.html") as raised:
        run([pages], tmp_path / "records.jsonl", extractor, Options(strict=True))
    assert raised.value.code == "empty-input"
    assert run([pages], tmp_path / "records.jsonl", extractor, Options()).records == 2


def test_standard_input_is_kept_for_a_resumed_run(
    extractor: Extractor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import io

    rows = "".join(json.dumps({"html": page(number)}) + "\n" for number in range(3))
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(rows.encode())))
    out = tmp_path / "records.jsonl"
    with monkeypatch.context() as patch:
        patch.setattr("extractor.batch.runner.build_index", lambda *_, **__: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            run(["-"], out, extractor)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO()))
    assert run(["-"], out, extractor).records == 3
    assert [record["provenance"]["source"] for record in read_lines(out)] == ["stdin#1", "stdin#2", "stdin#3"]

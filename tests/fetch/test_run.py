"""A run that is killed goes on and fetches nothing twice; a run that is stopped ends cleanly; the verbs."""

from __future__ import annotations

import gzip
import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from extractor import InputError
from extractor.fetch import Options
from extractor.fetch.ledger import Ledger
from extractor.fetch.outputs import paths_of
from tests.conftest import Run
from tests.fetch.server import Server, article, page, raw

COMMAND = "import sys; from extractor.cli import main; sys.exit(main())"
POLITE = ["--allow-network", "127.0.0.0/8", "--contact", "redaksi@example.org"]


def command(*arguments: object) -> list[str]:
    return [sys.executable, "-c", COMMAND, *map(str, arguments)]


def until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < end, "it never came true"
        time.sleep(0.01)


def kept(out: Path) -> Counter[str]:
    with out.open("rb") as stream:
        records = ArchiveIterator(stream)
        return Counter(r.rec_headers["WARC-Target-URI"] for r in records if r.rec_type == "response")


def test_a_killed_run_goes_on_and_fetches_nothing_twice(warta: Run, tmp_path: Path) -> None:
    """Killed in the middle of 60 pages; only what was on the wire at that moment may be asked for again."""
    slow = raw(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n", article().encode(), pause=0.02)
    out, addresses = tmp_path / "pages.warc.gz", tmp_path / "addresses.txt"
    with Server({f"/{i}": slow for i in range(60)}) as server:
        addresses.write_text("\n".join(server.url(f"/{i}", "127.0.0.1") for i in range(60)), encoding="utf-8")
        fetch = ["fetch", "--from", addresses, "-o", out, "--rate", 100, "--host-connections", 2, "-q", *POLITE]
        with subprocess.Popen(command(*fetch)) as process:
            until(lambda: len(server.paths()) >= 20)
            process.send_signal(signal.SIGKILL)
        assert process.returncode == -signal.SIGKILL
        time.sleep(0.1)
        before = len(server.paths())
        assert before < 60
        assert warta(*fetch) == (0, "", "")
        asked = Counter(server.paths())
        assert len(asked) == 60
        assert sum(asked.values()) - 60 <= 2 + 1, "no more than was on the wire, and one that was being written"
        assert set(kept(out).values()) == {1}
        assert len(kept(out)) == 60
    report = json.loads((tmp_path / "pages.warc.gz.fetch.json").read_bytes())
    assert report["accounts"] == {"inputs": 60, "fetched": 60, "skipped": 0, "failures": 0, "balanced": True}
    assert report["earlier"] >= before - 4


def test_a_stopped_run_brings_what_is_on_the_wire_to_its_end(warta: Run, tmp_path: Path) -> None:
    slow = raw(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n", article().encode(), pause=0.06)
    out = tmp_path / "pages.warc.gz"
    with Server({f"/{i}": slow for i in range(20)}) as server:
        urls = [server.url(f"/{i}", "127.0.0.1") for i in range(20)]
        fetch = ["fetch", *urls, "-o", out, "--rate", 100, "--host-connections", 2, *POLITE]
        with subprocess.Popen(command(*fetch), stderr=subprocess.PIPE, text=True) as process:
            until(lambda: len(server.paths()) >= 4)
            process.send_signal(signal.SIGTERM)
            assert process.stderr
            told = process.stderr.read()
        assert process.returncode == 130
        assert "the same command goes on" in told
        asked = server.paths()
        assert len(asked) < 20
        assert len(kept(out)) == len(asked), "everything that was asked for is kept"
        assert warta(*fetch, "-q") == (0, "", "")
        assert Counter(server.paths()).most_common(1)[0][1] == 1


def test_a_second_signal_ends_a_run_at_once(tmp_path: Path) -> None:
    out = tmp_path / "pages.warc.gz"
    with Server({"/a": raw(b"", pause=20)}) as server:
        fetch = command("fetch", server.url("/a", "127.0.0.1"), "-o", out, *POLITE)
        with subprocess.Popen(fetch, stderr=subprocess.PIPE, text=True) as process:
            until(lambda: len(server.paths()) == 1)
            process.send_signal(signal.SIGINT)
            time.sleep(0.3)
            assert process.poll() is None
            process.send_signal(signal.SIGINT)
            assert process.stderr
            told = process.stderr.read()
        assert (process.returncode, told) == (130, "warta: stopped at once; the same command goes on\n")


def interrupt(process: subprocess.Popen[str], *, again: bool = False) -> tuple[int, str]:
    """Status and messages of a process that Ctrl-C is pressed in, also twice at nearly the same time."""
    process.send_signal(signal.SIGINT)
    if again:
        time.sleep(0.05)
        process.send_signal(signal.SIGINT)
    assert process.stderr
    told = process.stderr.read()
    return process.wait(), told


def test_signals_in_short_succession_end_with_a_status(tmp_path: Path) -> None:
    slow = raw(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n", article().encode(), pause=0.02)
    with Server({f"/{i}": slow for i in range(100)}) as server:
        urls = [server.url(f"/{i}", "127.0.0.1") for i in range(100)]
        fetch = command("fetch", *urls, "-o", tmp_path / "pages.warc.gz", "--rate", 50, *POLITE)
        with subprocess.Popen(fetch, stderr=subprocess.PIPE, text=True) as process:
            until(lambda: len(server.paths()) >= 3)
            status, told = interrupt(process, again=True)
    assert (status, "Traceback" in told) == (130, False), told


@pytest.mark.parametrize("seconds", [0.1, 0.6])
def test_a_signal_before_the_run_has_begun_is_one_line(seconds: float, tmp_path: Path) -> None:
    start = "import sys; from extractor.start import main; sys.exit(main())"
    fetch = [sys.executable, "-c", start, "fetch", "http://127.0.0.1:1/", "-o", str(tmp_path / "a.warc"), *POLITE]
    with Server({"/a": raw(b"", pause=20)}) as server:
        fetch[4] = server.url("/a", "127.0.0.1")
        with subprocess.Popen(fetch, stderr=subprocess.PIPE, text=True) as process:
            time.sleep(seconds)
            status, told = interrupt(process, again=True)
    assert (status, told.count("\n")) == (130, 1), told


def test_two_runs_at_one_output_are_refused(warta: Run, tmp_path: Path) -> None:
    out = tmp_path / "pages.warc.gz"
    with Ledger(paths_of(out).ledger):
        status, _, err = warta("fetch", "https://berita.test/", "-o", out, "-q")
    assert (status, "another run is at work" in err, out.exists()) == (1, True, False)


def test_fetch_prints_its_accounts_and_run_reads_its_archive(warta: Run, tmp_path: Path) -> None:
    out = tmp_path / "pages.warc.gz"
    with Server({"/a": page(article()), "/b": page(article("Lain"))}) as server:
        urls = [server.url(path, "127.0.0.1") for path in ("/a", "/a#x", "/b", "/gone")]
        stdin = f"# daftar\n{urls[2]}\tb.html\n\n{urls[3]}\n".encode()
        status, printed, err = warta("fetch", *urls[:2], "--from", "-", "-o", out, "--rate", 100, *POLITE, stdin=stdin)
    assert (status, printed) == (3, "")
    assert "4 inputs = 2 fetched + 1 skipped + 1 failures" in err
    assert "1  failures: not-found" in err
    failure = json.loads((tmp_path / "pages.warc.gz.failures.jsonl").read_text(encoding="utf-8"))
    assert (failure["source"], failure["position"], failure["code"]) == (urls[3], 4, "not-found")
    status, _, err = warta("run", out, "-o", tmp_path / "records.jsonl")
    assert (status, "2 inputs = 2 records" in err) == (0, True)


def test_fetch_says_that_a_contact_is_wanted(warta: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WARTA_CONTACT", raising=False)
    out = tmp_path / "pages.warc.gz"
    assert "name yourself with --contact" in warta("fetch", "ftp://x.test/", "-o", out)[2]
    monkeypatch.setenv("WARTA_CONTACT", "redaksi@example.org")
    assert "--contact" not in warta("fetch", "ftp://x.test/", "-o", out)[2]
    assert warta("fetch", "ftp://x.test/", "-o", out, "-q")[1:] == ("", "")


def test_bad_usage(warta: Run, tmp_path: Path) -> None:
    assert warta("fetch", "-o", tmp_path / "pages.warc.gz")[0] == 2
    assert warta("watch", "-o", tmp_path / "records.jsonl")[0] == 2
    status, _, err = warta("fetch", "https://a.test/", "-o", tmp_path / "x.warc", "--since", "kemarin")
    assert (status, "write it as 2024-07-27" in err) == (1, True)
    status, _, err = warta("fetch", "https://a.test/", "-o", tmp_path / "x.warc", "--allow-network", "rumah", "-q")
    assert (status, "is not a network" in err) == (1, True)
    status, _, err = warta("fetch", "https://a.test/", "-o", tmp_path / "x.warc", "--ca-file", tmp_path / "no", "-q")
    assert (status, err.count("\n")) == (1, 1)


def test_what_fetching_needs_is_named_when_it_is_missing(tmp_path: Path) -> None:
    for gone in ("aiolimiter", "httpcore"):
        code = f"import sys; sys.modules['hishel'] = None; sys.modules['{gone}'] = None; " + COMMAND
        fetch = [sys.executable, "-c", code, "fetch", "https://a.test/", "-o", str(tmp_path / "x.warc")]
        done = subprocess.run(fetch, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr.count("\n")) == (1, 1), done.stderr
        assert "pip install 'warta[fetch]'" in done.stderr
        assert gone in done.stderr


BAD_OPTIONS = [
    ("--contact", "redaksi@é.test"),
    ("--contact", "a\r\nX-Evil: 1"),
    ("--contact", "  "),
    ("--user-agent", "é"),
    ("--user-agent", "/x"),
    ("--user-agent", " "),
    ("--rate", "inf"),
    ("--rate", "nan"),
    ("--page-seconds", "nan"),
    ("--longest-wait", "inf"),
]


@pytest.mark.parametrize(("option", "value"), BAD_OPTIONS)
def test_values_that_cannot_be_used_are_refused_at_once(option: str, value: str, warta: Run, tmp_path: Path) -> None:
    status, _, err = warta("fetch", "http://a.test/", "-o", tmp_path / "x.warc", option, value, "-q")
    name = option[2:].replace("-", "_")
    if value == "nan":
        assert (status, option in err) == (2, True)  # the reader of options knows
    else:
        assert (status, err.count("\n"), f"{name} is " in err) == (1, 1, True), err
    assert not list(tmp_path.iterdir())
    given = {name: float(value) if value in ("inf", "nan") else value}
    with pytest.raises(InputError) as error:
        Options(**given)  # type: ignore[arg-type]
    assert error.value.code == "bad-option"


def test_of_several_files_the_position_says_which(warta: Run, tmp_path: Path) -> None:
    files = [tmp_path / "a.txt", tmp_path / "b.txt"]
    for file in files:
        file.write_text(f"\nftp://{file.stem}.test/\n", encoding="utf-8")
    warta("fetch", *[part for file in files for part in ("--from", file)], "-o", tmp_path / "x.warc", "-q")
    lines = (tmp_path / "x.warc.failures.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["position"] for line in lines] == [f"{file}:2" for file in files]


def test_a_full_disk_is_told_in_a_line_and_the_run_goes_on_later(warta: Run, tmp_path: Path) -> None:
    out = tmp_path / "pages.warc"
    body = article(sentence="x" * 200_000)
    limit = "import resource, signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); "
    limit += "resource.setrlimit(resource.RLIMIT_FSIZE, (900_000, 900_000)); "
    with Server({f"/{i}": page(body) for i in range(8)}) as server:
        urls = [server.url(f"/{i}", "127.0.0.1") for i in range(8)]
        arguments = ["fetch", *urls, "-o", out, "--rate", 100, "-q", *POLITE]
        full = [sys.executable, "-c", limit + COMMAND, *map(str, arguments)]
        done = subprocess.run(full, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr.count("\n")) == (1, 1), done.stderr
        assert f"{out}: File too large" in done.stderr
        assert warta(*arguments) == (0, "", "")
        assert Counter(kept(out).values()) == {1: 8}


def test_large_bodies_do_not_stay_in_memory(tmp_path: Path) -> None:
    """Forty pages of a mebibyte each, and the largest memory stays far below their sum."""
    body = article(sentence=" ".join(os.urandom(6).hex() for _ in range(80_000))).encode()
    routes = {f"/{i}": page(gzip.compress(body, 1), headers=[("Content-Encoding", "gzip")]) for i in range(40)}
    code = "import resource, sys; from extractor.cli import main; status = main(); "
    code += "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024); sys.exit(status)"

    def peak(count: int) -> int:
        urls = [server.url(f"/{i}", "127.0.0.1") for i in range(count)]
        out = tmp_path / f"{count}.warc.gz"
        fetch = [sys.executable, "-c", code, "fetch", *urls, "-o", str(out), "--rate", "1000", "-q", *POLITE]
        return int(subprocess.run(fetch, capture_output=True, text=True, check=True).stdout)

    with Server(routes) as server:
        assert peak(40) - peak(8) < 18

"""The HTTP cache: what is none is refused in a sentence, and runs may share one at the same time."""

from __future__ import annotations

import logging
import sqlite3
import subprocess
from pathlib import Path

import pytest

from extractor.fetch.cache import _hush
from tests.conftest import Run
from tests.fetch.server import Server, article, page
from tests.fetch.test_run import POLITE, command


@pytest.mark.parametrize("what", ["a file", "proc", "rubbish", "a damaged database", "another program's"])
def test_a_folder_that_is_no_cache_is_refused(what: str, warta: Run, tmp_path: Path) -> None:
    folder = tmp_path / "cache"
    if what == "a file":
        folder.write_bytes(b"")
    elif what == "proc":
        folder = Path("/proc/cache")
    else:
        folder.mkdir()
        base = sqlite3.connect(folder / "http.db")
        base.execute("CREATE TABLE " + ("orang (x)" if what == "another program's" else "entries (x)"))
        base.commit()
        base.close()
        whole = (folder / "http.db").read_bytes()
        damaged = {"rubbish": b"x" * 5000, "a damaged database": whole[:100] + b"\xff" * (len(whole) - 100)}
        (folder / "http.db").write_bytes(damaged.get(what, whole))
    out = tmp_path / "pages.warc"
    status, _, err = warta("fetch", "http://a.test/", "-o", out, "--cache", folder, "-q")
    assert (status, err.count("\n")) == (1, 1), err
    assert "--cache" in err
    assert not out.exists()


def test_runs_at_the_same_time_share_a_cache_quietly(tmp_path: Path) -> None:
    fresh = [("Cache-Control", "max-age=3600")]
    with Server({f"/{i}": page(article(), headers=fresh) for i in range(30)}) as server:
        urls = [server.url(f"/{i}", "127.0.0.1") for i in range(30)]
        more = ["--cache", tmp_path / "cache", "--rate", 200, "-q", *POLITE]
        runs = [
            subprocess.Popen(
                command("fetch", *urls, "-o", tmp_path / f"{i}.warc.gz", *more), stderr=subprocess.PIPE, text=True
            )
            for i in range(2)
        ]
        for one in runs:
            _, err = one.communicate(timeout=60)
            assert (one.returncode, "Traceback" in err, err.count("\n") <= 1) == (0, False, True), err


def test_troubles_of_the_cache_are_one_sentence(caplog: pytest.LogCaptureFixture) -> None:
    _hush()
    for _ in range(3):
        try:
            raise sqlite3.OperationalError("database is locked")
        except sqlite3.OperationalError:
            logging.getLogger("hishel.storage").exception("cache write failed")
    (told,) = [record for record in caplog.records if record.name == "extractor.fetch.cache"]
    assert "database is locked" in told.getMessage()
    assert told.exc_info is None

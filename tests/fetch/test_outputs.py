"""Files that are not ours are neither emptied nor thrown away, and a refused run leaves nothing behind."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

from extractor import Extractor, InputError
from extractor.fetch import Sources, Summary, fetch, watch
from extractor.fetch.ledger import Ledger
from extractor.fetch.outputs import paths_of
from extractor.patterns import load_patterns
from tests.conftest import Run
from tests.fetch.server import Server, article, page, quick, to_us
from tests.fetch.test_listing import rss

PATTERNS = load_patterns()
NOT_OURS = "was not written by an earlier run"


def run(server: Server, out: Path, *paths: str, **more: Any) -> Summary:
    sources = Sources(tuple(map(server.url, paths)))
    return asyncio.run(fetch(sources, out, PATTERNS, quick(), resolver=to_us, **more))


def watching(server: Server, out: Path, extractor: Extractor, **more: Any) -> Summary:
    sources = Sources(feeds=(server.url("/rss"),))
    return asyncio.run(watch(sources, out, extractor, quick(), rounds=1, resolver=to_us, **more))


@pytest.mark.parametrize("name", ["catatan.txt", "pages.warc.gz", "pages.warc"])
def test_restart_throws_away_only_what_an_earlier_run_has_written(name: str, tmp_path: Path) -> None:
    out = tmp_path / name
    out.write_bytes(b"milik orang lain")
    with Server({"/a": page(article())}) as server, pytest.raises(InputError) as error:
        run(server, out, "/a", restart=True)
    assert error.value.code == "bad-output"
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {name: b"milik orang lain"}


def test_an_archive_beside_records_is_ours_only_if_a_run_began_it(tmp_path: Path, extractor: Extractor) -> None:
    out, other = tmp_path / "records.jsonl", tmp_path / "lain.warc.gz"
    with Server({"/0": page(article())}) as server:
        server.routes["/rss"] = page(rss(server.url("/0")))
        watching(server, out, extractor)
        other.write_bytes(b"milik orang lain")
        for restart in (False, True):
            with pytest.raises(InputError, match=NOT_OURS):
                watching(server, out, extractor, pages=other, restart=restart)
        assert other.read_bytes() == b"milik orang lain"
        assert out.stat().st_size
        assert watching(server, out, extractor, restart=True).records == 1
    assert len(out.read_text(encoding="utf-8").splitlines()) == 1


def test_a_folder_that_was_moved_goes_on(tmp_path: Path) -> None:
    with Server({"/a": page(article()), "/b": page(article())}) as server:
        run(server, tmp_path / "dulu" / "pages.warc.gz", "/a")
        (tmp_path / "dulu").rename(tmp_path / "kini")
        summary = run(server, tmp_path / "kini" / "pages.warc.gz", "/a", "/b")
    assert (summary.fetched, summary.earlier) == (2, 1)


def test_what_lies_beside_an_output_has_its_whole_name(tmp_path: Path) -> None:
    with Server({}) as server:
        for name in ("col.warc", "col.warc.gz"):
            run(server, tmp_path / name, f"/{name}")
    failures = [paths_of(tmp_path / name).failures for name in ("col.warc", "col.warc.gz")]
    assert [len(path.read_text(encoding="utf-8").splitlines()) for path in failures] == [1, 1]
    assert paths_of(tmp_path / "col.warc").report.exists()


@pytest.mark.parametrize("ending", ["failures.jsonl", "fetch.json"])
def test_a_file_of_somebody_else_beside_the_output_is_left_alone(ending: str, tmp_path: Path) -> None:
    out, theirs = tmp_path / "q.warc.gz", tmp_path / f"q.warc.gz.{ending}"
    theirs.write_bytes(b"milik orang lain")
    with Server({"/a": page(article())}) as server, pytest.raises(InputError, match=NOT_OURS):
        run(server, out, "/a")
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"milik orang lain"]


def test_an_archive_that_was_appended_to_by_somebody_else_is_refused(tmp_path: Path) -> None:
    out, other = tmp_path / "pages.warc.gz", tmp_path / "other.warc.gz"
    with Server({"/a": page(article()), "/b": page(article())}) as server:
        run(server, out, "/a")
        run(server, other, "/b")
        whole = out.read_bytes() + other.read_bytes()
        out.write_bytes(whole)
        with pytest.raises(InputError, match="something else was appended"):
            run(server, out, "/a")
    assert out.read_bytes() == whole


def test_lines_of_somebody_else_behind_the_records_are_refused(tmp_path: Path, extractor: Extractor) -> None:
    out = tmp_path / "records.jsonl"
    with Server({"/0": page(article()), "/1": page(article("Lain Lagi"))}) as server:
        server.routes["/rss"] = page(rss(server.url("/0")))
        watching(server, out, extractor)
        ours = out.read_bytes()
        for theirs in (b'{"catatan": 1}\n', b"catatan\n", ours):
            out.write_bytes(ours + theirs)
            with pytest.raises(InputError, match="something else was appended"):
                watching(server, out, extractor)
            assert out.read_bytes() == ours + theirs


def test_a_record_of_ours_that_was_not_committed_is_written_anew(tmp_path: Path, extractor: Extractor) -> None:
    out = tmp_path / "records.jsonl"
    with Server({"/0": page(article()), "/1": page(article("Lain Lagi"))}) as server:
        server.routes["/rss"] = page(rss(server.url("/0"), server.url("/1")))
        watching(server, out, extractor)
        pages = tmp_path / "records.warc.gz"
        pages.write_bytes(pages.read_bytes()[:-50])  # its last page is lost, its record is there
        assert watching(server, out, extractor).records == 1
    sources = [json.loads(line)["provenance"]["source"] for line in out.read_text(encoding="utf-8").splitlines()]
    assert sorted(sources) == [server.url("/0"), server.url("/1")]


def test_an_uncommitted_line_is_ours_when_it_was_begun(tmp_path: Path, extractor: Extractor) -> None:
    out = tmp_path / "records.jsonl"
    with Server({"/0": page(article())}) as server:
        server.routes["/rss"] = page(rss())
        watching(server, out, extractor)
        with Ledger(paths_of(out).ledger) as ledger:
            ledger.begin(server.url("/0"))
        out.write_text(json.dumps({"provenance": {"source": server.url("/0")}}) + "\n", encoding="utf-8")
        server.routes["/rss"] = page(rss(server.url("/0")))
        assert watching(server, out, extractor).records == 1
    assert len(out.read_text(encoding="utf-8").splitlines()) == 1


def refused(warta: Run, folder: Path, *arguments: object) -> str:
    """What a refused run says; it leaves nothing behind."""
    before = sorted(folder.rglob("*"))
    status, _, err = warta("fetch", "http://a.test/", *arguments, "-q")
    assert (status, err.count("\n")) == (1, 1), err
    assert sorted(folder.rglob("*")) == before
    return err


def test_refused_runs_say_why_and_leave_nothing_behind(warta: Run, tmp_path: Path) -> None:
    out = tmp_path / "pages.warc.gz"
    assert "the name of the output is empty" in refused(warta, tmp_path, "-o", "")
    (tmp_path / "folder.warc").mkdir()
    assert "folder.warc is a folder" in refused(warta, tmp_path, "-o", tmp_path / "folder.warc")
    assert "let the name end in .warc.gz" in refused(warta, tmp_path, "-o", tmp_path / "pages.zip")
    absent = tmp_path / "absent.pem"
    assert "absent.pem" in refused(warta, tmp_path, "-o", out, "--ca-file", absent)
    assert f"{tmp_path} is a folder" in refused(warta, tmp_path, "-o", out, "--ca-file", tmp_path)
    assert "nothing can be written there" in refused(warta, tmp_path, "-o", "/proc/absent/pages.warc.gz")
    paths_of(out).ledger.mkdir()
    assert ".pages.warc.gz.ledger is a folder" in refused(warta, tmp_path, "-o", out)

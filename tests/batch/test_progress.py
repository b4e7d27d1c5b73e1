"""Progress: a line now and then where there is no terminal, nothing when quiet."""

from __future__ import annotations

import pytest

from extractor.batch import progress
from extractor.batch.progress import Bar, Lines, Quiet, progress_for


def test_lines_tell_counts_and_share(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "LINE_EVERY", 0.0)
    lines = Lines()
    lines.begin(1000)
    lines.finished(250, 50, 2)
    lines.update(0, 1)
    told = capsys.readouterr().err
    assert told.startswith("warta: 50 inputs, 3 failures, ")
    assert "25% done" in told


def test_lines_come_every_ten_seconds_only(capsys: pytest.CaptureFixture[str]) -> None:
    lines = Lines()
    lines.begin(1000)
    lines.update(5, 0)
    assert capsys.readouterr().err == ""


def test_bar_is_for_terminals(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    bar = progress_for(quiet=False)
    assert isinstance(bar, Bar)
    bar.begin(100)
    bar.note("isi: text from 'isi'")
    bar.finished(100, 7, 1)
    bar.update(0, 0)
    bar.end()
    assert "7 inputs, 1 failures" in capsys.readouterr().err


def test_quiet_is_quiet() -> None:
    assert isinstance(progress_for(quiet=True), Quiet)

"""Sinks: a file has its name only when it is whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor.archive import JsonLines


def test_file_appears_when_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "new" / "out.jsonl"
    with JsonLines(path) as lines:
        lines.write('{"a": "é"}')
        assert not path.exists()
        lines.write("{}")
    assert path.read_bytes() == '{"a": "é"}\n{}\n'.encode()
    assert [p.name for p in path.parent.iterdir()] == ["out.jsonl"]


def test_failed_run_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    path.write_text("before\n", encoding="utf-8")

    def fail() -> None:
        with JsonLines(path) as lines:
            lines.write("{}")
            raise RuntimeError("stop")

    with pytest.raises(RuntimeError, match="stop"):
        fail()
    assert path.read_text(encoding="utf-8") == "before\n"
    assert [p.name for p in tmp_path.iterdir()] == ["out.jsonl"]

"""Rule data parsed at build time is what YAML gives, and a file that was edited is read anew."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from extractor import parsed
from extractor.patterns import PatternFile, builtin_root, read_yaml


def load(source: bytes) -> object:
    return yaml.load(source.decode(), Loader=yaml.SafeLoader)


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setattr(parsed, "STORE", tmp_path / "store.json")
    parsed._stored.cache_clear()
    yield tmp_path / "store.json"
    parsed._stored.cache_clear()


def test_the_store_holds_what_yaml_gives(store: Path) -> None:
    paths = sorted(builtin_root().rglob("*.yml"))
    store.write_text(parsed.store_of(paths, load), encoding="utf-8")
    assert [parsed.parsed(path.read_bytes()) for path in paths] == [load(path.read_bytes()) for path in paths]


def test_what_json_would_change_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text("since: 2024-02-14T10:00:00\n")
    (tmp_path / "b.yml").write_text("1: one\n")
    (tmp_path / "c.yml").write_text("one: 1\n")
    assert list(json.loads(parsed.store_of(tmp_path.glob("*.yml"), load)).values()) == [{"one": 1}]


def test_an_edited_file_is_read_anew(store: Path, tmp_path: Path) -> None:
    path = tmp_path / "own.yml"
    path.write_text("field: dates\nabout: one\n")
    store.write_text(parsed.store_of([path], lambda _: {"field": "dates", "about": "from the store"}))
    assert read_yaml(path, PatternFile).about == "from the store"
    path.write_text("field: dates\nabout: two\n")
    assert read_yaml(path, PatternFile).about == "two"


@pytest.mark.parametrize("content", [b"", b"[", b"\xff"])
def test_a_broken_store_is_no_store(store: Path, content: bytes) -> None:
    store.write_bytes(content)
    assert parsed.parsed(b"field: dates\n") is None

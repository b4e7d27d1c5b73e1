"""Real pages of many outlets: floors below which accuracy must not fall."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from extractor.page import read_html
from extractor.patterns import PatternSet

FLOORS = {
    True: {"title": 0.98, "day": 0.98, "minute": 0.95, "authors": 0.95, "shingle_f1": 0.99},
    False: {"title": 0.98, "day": 0.98, "minute": 0.95, "authors": 0.90, "shingle_f1": 0.98},
}
PHRASES = re.compile(
    r"baca juga|^baca\s?:|simak juga|lihat juga video|tonton juga|advertisement|scroll to continue|\[gambas|"
    r"artikel ini telah tayang|google news|^editor\s?:|^penulis\s?:|copyright|googletag|share this",
    re.IGNORECASE | re.MULTILINE,
)


@pytest.fixture(scope="module", params=[True, False], ids=["profiles", "generic"])
def read(request: pytest.FixtureRequest, patterns: PatternSet, shared: Path) -> tuple[bool, list[dict[str, Any]]]:
    folder = shared / "pages"
    rows = []
    for line in (folder / "gold.jsonl").read_text("utf-8").splitlines():
        gold = json.loads(line)
        page = read_html((folder / gold["file"]).read_bytes(), patterns, profiles=request.param)
        article = page.article.model_dump(mode="json", include={"title", "published", "authors", "text"})
        rows.append({"file": gold["file"], **article})
    return request.param, rows


def test_accuracy(read: tuple[bool, list[dict[str, Any]]], shared: Path, tmp_path: Path) -> None:
    profiles, rows = read
    predictions = tmp_path / "predictions.jsonl"
    predictions.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    command = [sys.executable, shared / "measure/score_pages.py", shared / "pages/gold.jsonl", predictions]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    scores = {name: float(value) for name, value in re.findall(r"^(\w+)\s+([\d.]+)", printed, re.MULTILINE)}
    low = {name: scores[name] for name, floor in FLOORS[profiles].items() if scores[name] < floor}
    assert low == {}, printed


def test_no_noise_phrase_is_left(read: tuple[bool, list[dict[str, Any]]]) -> None:
    left = [(row["file"], match[0]) for row in read[1] if (match := PHRASES.search(row["text"]))]
    assert left == []

"""The datatrove step: records and failures are those of a run, and every document is accounted for."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from extractor import Extractor
from tests.batch.pages import page, read_lines

data = pytest.importorskip("datatrove.data", reason="datatrove is absent; install warta[cluster]")


@pytest.fixture
def documents() -> list[object]:
    contents = [page(1), "", "Hujan turun di pasar.", page(2)]
    metadata = {"url": "https://kabar.example/1", "title": "Hujan"}
    return [data.Document(text=text, id=f"d{n}", metadata=metadata) for n, text in enumerate(contents)]


def test_documents_become_records_or_failures(documents: list[object], extractor: Extractor, tmp_path: Path) -> None:
    from extractor.cluster import Records

    out = list(Records(str(tmp_path)).run(iter(documents), rank=3))
    failures = read_lines(tmp_path / "00003.jsonl")
    assert len(out) + len(failures) == len(documents)
    assert [(failure["source"], failure["code"]) for failure in failures] == [("d1", "empty-input")]
    first = extractor.extract(page(1), url="https://kabar.example/1", source="d0")
    assert (out[0].id, out[0].text) == (first.id, first.article.text)
    assert out[1].metadata["record"]["article"]["title"] == "Hujan"


def test_page_that_takes_forever_is_a_failure(
    documents: list[object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from extractor.cluster import Records

    monkeypatch.setattr(Extractor, "extract", lambda *_, **__: time.sleep(20))
    assert len(list(Records(str(tmp_path), seconds=0.2).run(iter(documents)))) == 1
    codes = [failure["code"] for failure in read_lines(tmp_path / "00000.jsonl")]
    assert codes == ["page-timeout", "empty-input", "page-timeout"]


def test_step_runs_in_an_executor(documents: list[object], tmp_path: Path) -> None:
    from datatrove.executor import LocalPipelineExecutor
    from datatrove.pipeline.writers import JsonlWriter

    from extractor.cluster import Records

    writer = JsonlWriter(
        str(tmp_path / "out"), compression=None, adapter=lambda _, document: document.metadata["record"]
    )
    steps = [documents, Records(str(tmp_path / "failures")), writer]
    LocalPipelineExecutor(pipeline=steps, logging_dir=str(tmp_path / "logs")).run()
    records = read_lines(tmp_path / "out" / "00000.jsonl")
    assert [record["article"]["title"] for record in records] == ["Rapat ke-1", "Hujan", "Rapat ke-2"]

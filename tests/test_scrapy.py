"""The spider of the documentation runs against a local server, by page object and by item pipeline."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from extractor import Extractor
from extractor.scrapy import RecordPipeline, record_of
from tests.conftest import ROOT
from tests.fetch.server import Server, article, page
from tests.fetch.test_listing import rss


@pytest.mark.parametrize("via", ["poet", "pipeline"])
def test_the_spider_of_the_documentation(via: str, tmp_path: Path) -> None:
    with Server({"/a": page(article()), "/b": page(b"\x89PNG\r\n\x1a\n\0")}) as server:
        base = f"http://127.0.0.1:{server.port}"
        server.routes["/rss"] = page(rss(f"{base}/a", f"{base}/b", f"{base}/gone"), type_="text/xml")
        out = tmp_path / "records.jsonl"
        spider = [str(ROOT / "docs" / "scrapy_spider.py"), "-a", f"feed={base}/rss", "-a", f"via={via}"]
        command = [sys.executable, "-m", "scrapy", "runspider", *spider, "-O", str(out), "-s", "LOG_LEVEL=WARNING"]
        command += ["-s", "DOWNLOAD_DELAY=0", "-s", "TELNETCONSOLE_ENABLED=0"]
        done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=False)
        assert done.returncode == 0, done.stderr
        assert out.exists(), done.stderr
    items = {item["url"]: item for item in map(json.loads, out.read_text(encoding="utf-8").splitlines())}
    assert items.keys() == {f"{base}/a", f"{base}/b"}, done.stderr
    record = items[f"{base}/a"]["record"]
    assert [official["name"] for official in record["officials"]] == ["Rina Astuti"]
    assert (record["article"]["url"], record["provenance"]["source"]) == (f"{base}/a", f"{base}/a")
    assert [warning["code"] for warning in items[f"{base}/b"]["record"]["warnings"]] == ["binary-input"]
    assert "response" not in items[f"{base}/a"]


def test_items_with_html_and_items_without_a_page(extractor: Extractor) -> None:
    pipeline = RecordPipeline(extractor)
    item = pipeline.process_item({"html": article(), "url": "https://berita.test/a"})
    assert item["record"]["article"]["url"] == "https://berita.test/a"
    assert pipeline.process_item({"judul": "x"}) == {"judul": "x"}
    assert [warning.code for warning in record_of(extractor, "", "https://berita.test/b").warnings] == ["empty-input"]


def test_what_is_no_page_gives_an_empty_record(extractor: Extractor) -> None:
    item = RecordPipeline(extractor).process_item({"html": 5, "url": 7})
    assert [warning["code"] for warning in item["record"]["warnings"]] == ["bad-row"]


@pytest.mark.parametrize("gone", ["scrapy", "web_poet", "itemadapter"])
def test_what_is_missing_is_named(gone: str) -> None:
    code = f"import sys; sys.modules['{gone}'] = None; import extractor.scrapy"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert f"needs {gone}; install what it needs with pip install 'warta[scrapy]'" in done.stderr

"""Duplicates and pages of one article: linked, never lost, always in the same way."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor import Extractor
from extractor.batch import Options, Summary, run
from tests.batch.pages import SENTENCES, page, read_lines


def write(folder: Path, **pages: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in pages.items():
        (folder / f"{name}.html").write_text(content, encoding="utf-8")
    return folder


def links(out: Path) -> list[tuple[str, str, str]]:
    """Kind, own name and the other's name of each line of duplicates."""
    rows = read_lines(out.with_name("duplicates.jsonl"))
    return [(row["kind"], Path(row["source"]).stem, Path(row["of"]).stem) for row in rows]


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "records.jsonl"


def go(tmp_path: Path, out: Path, extractor: Extractor, **options: bool) -> Summary:
    summary = run([tmp_path / "in"], out, extractor, Options(workers=1, **options))  # type: ignore[arg-type]
    assert summary.balances()
    assert summary.records == len(read_lines(out))
    return summary


def test_same_address_and_text_count_once(extractor: Extractor, tmp_path: Path, out: Path) -> None:
    url = "https://kabar.example/rapat-desa"
    write(tmp_path / "in", a=page(1, url), b=page(1, url + "?utm_source=x"), c=page(2, url), d=page(1))
    summary = go(tmp_path, out, extractor)
    assert (summary.records, dict(summary.duplicates)) == (3, {"same": 1})
    assert ("same", "b", "a") in links(out)
    assert go(tmp_path, out, extractor, keep_duplicates=True).records == 4


def test_near_duplicates_are_linked_and_kept(extractor: Extractor, tmp_path: Path, out: Path) -> None:
    body = "".join(f"<p>{first} {second}</p>" for first in SENTENCES for second in SENTENCES if first != second)
    write(
        tmp_path / "in",
        a=page(1, "https://kabar.example/rapat-desa", body),
        b=page(2, "https://warta.example/rapat-desa", body + "<p>Disalin dari laporan rapat.</p>"),
        c=page(3, "https://lain.example/panen"),
    )
    summary = go(tmp_path, out, extractor)
    assert (summary.records, summary.near, summary.duplicates.total()) == (3, 1, 0)
    assert links(out) == [("near", "b", "a")]
    assert 0.8 <= read_lines(out.with_name("duplicates.jsonl"))[0]["similarity"] <= 1


def pages_of_one_article() -> dict[str, str]:
    url = "https://kabar.example/berita/rapat-desa"
    pager = f'<div class="paging"><a href="{url}?page=1">1</a><a href="{url}?page=2">2</a></div>'
    first = "".join(f"<p>{sentence} Bagian pertama.</p>" for sentence in SENTENCES)
    second = "".join(f"<p>{sentence} Bagian kedua.</p>" for sentence in SENTENCES)
    return {
        "a": page(1, url, second + pager, f'<meta property="og:url" content="{url}?page=2">').replace(
            f'href="{url}">', f'href="{url}?page=2">', 1
        ),
        "b": page(1, f"{url}?page=1", first + pager),
        "c": page(2),
    }


def test_pages_of_an_article_are_joined(extractor: Extractor, tmp_path: Path, out: Path) -> None:
    write(tmp_path / "in", **pages_of_one_article())
    summary = go(tmp_path, out, extractor)
    assert (summary.inputs, summary.records, dict(summary.duplicates)) == (3, 2, {"page": 1})
    joined = read_lines(out)[0]["article"]
    assert joined["page_count"] == 2
    assert joined["text"].index("Bagian pertama") < joined["text"].index("Bagian kedua")
    assert links(out)[0] == ("page", "b", "a")
    assert go(tmp_path, out, extractor, join=False).records == 3


def test_pages_that_cannot_be_joined_keep_their_records(
    extractor: Extractor, tmp_path: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "in", **pages_of_one_article())
    monkeypatch.setattr("extractor.batch.joining.join_pages", lambda pages: 1 / 0)
    summary = go(tmp_path, out, extractor)
    assert (summary.records, summary.duplicates.total()) == (3, 0)

"""Hostile and broken input ends in a clear error or in a record with a warning, through the library and the command."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor import Extractor, InputError, Record
from tests.conftest import Run

BODY = "<p>Bupati Kutalawas Umi Rahmawati membuka rapat kerja di Hotel Mega pada Rabu (14/2/2024) pagi.</p>" * 6
PAGE = f"<html><head><title>Rapat</title></head><body><article><h1>Rapat kerja</h1>{BODY}</article></body></html>"

ERRORS = {
    "empty": (b"", "empty-input"),
    "white-space": (b" \n\t \r\n", "empty-input"),
    "png": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 8, "binary-input"),
    "zip": (b"PK\x03\x04\x14\x00\x00\x00\x08\x00" + bytes(range(256)) * 8, "binary-input"),
    "pdf": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj" + bytes(range(256)) * 8, "binary-input"),
    "zeros": (b"\x00" * 5000, "binary-input"),
}
READABLE: dict[str, bytes] = {
    "truncated in a tag": PAGE.encode()[:-200] + b"<a href='x",
    "truncated in a character": PAGE.replace("pagi", "pagi é").encode()[:-150] + b"\xc3",
    "latin-1": PAGE.replace("pagi", "pagi, kafé").encode("latin-1"),
    "latin-1 declared as utf-8": PAGE.replace("<head>", "<head><meta charset=utf-8>")
    .replace("pagi", "café")
    .encode("latin-1"),
    "utf-16": PAGE.encode("utf-16"),
    "byte order mark": b"\xef\xbb\xbf" + PAGE.encode(),
    "nul bytes": PAGE.replace("Hotel", "Ho\x00tel").encode(),
    "20 MB": PAGE.replace("</article>", "<!-- " + "x" * 20_000_000 + " --></article>").encode(),
    "20 MB of paragraphs": PAGE.replace("</article>", "<p>Hujan turun di pasar.</p>" * 700_000 + "</article>").encode(),
    "nested 10,000 deep": PAGE.replace("<article>", "<div>" * 10_000 + "<article>").encode(),
    "one line of a million letters": b"<html><body><p>" + b"a" * 1_000_000,
    "bad entities": PAGE.replace("pagi", "&#xD800;&#999999999;&bogus;&#0;").encode(),
    "3,000 shares in a sentence": PAGE.replace(
        "pagi", "pagi " + "77,6 persen di Kecamatan Jati tertinggi di Blora, " * 3000
    ).encode(),
    "a million open quotes": b"<html><body><article><p>" + b'"Kami ' * 50_000,
}
WITHOUT_ARTICLE = {
    "not found": b"<html><head><title>404 Not Found</title></head><body><h1>Halaman tidak ditemukan</h1></body></html>",
    "index": b"<html><body><ul>" + b"<li><a href='/a'>Judul berita hari ini</a></li>" * 60 + b"</ul></body></html>",
    "no body": b"<html><head><title>Kabar</title></head></html>",
    "script only": b"<html><body><script>var a = '<p>Rapat</p>';</script></body></html>",
}


@pytest.mark.parametrize("name", ERRORS)
def test_what_cannot_be_read_is_a_clear_error(extractor: Extractor, name: str) -> None:
    content, code = ERRORS[name]
    for read in (extractor.extract, lambda text: extractor.extract_text(text, title="x"), extractor.extract_text):
        with pytest.raises(InputError) as raised:
            read(content)
        assert raised.value.code == code
        assert len(str(raised.value)) > 15


@pytest.mark.parametrize("name", READABLE)
def test_broken_pages_give_a_valid_record(extractor: Extractor, name: str) -> None:
    try:
        record = extractor.extract(READABLE[name])
    except InputError as error:
        code = error.code
    else:
        code = None
        assert Record.model_validate_json(record.model_dump_json()) == record
        assert record.article.text or record.warnings
    assert code is None or (code == "input-too-large" and len(READABLE[name]) > 10_000_000)


@pytest.mark.parametrize("name", ["truncated in a tag", "latin-1", "utf-16", "byte order mark", "nested 10,000 deep"])
def test_broken_pages_keep_their_article(extractor: Extractor, name: str) -> None:
    article = extractor.extract(READABLE[name]).article
    assert "membuka rapat kerja di Hotel Mega" in article.text


def test_latin_1_is_read_right(extractor: Extractor) -> None:
    assert "kafé" in extractor.extract(READABLE["latin-1"]).article.text


@pytest.mark.parametrize("name", WITHOUT_ARTICLE)
def test_page_without_an_article_says_so(extractor: Extractor, name: str) -> None:
    record = extractor.extract(WITHOUT_ARTICLE[name])
    assert record.warnings, record.article
    assert not record.officials
    assert not record.percentages


@pytest.mark.parametrize(
    "text",
    [
        "\ud800 Bupati Umi",
        "Bupati \x00 Umi",
        "\u202eBupati Umi",
        "Bupati\u2028Umi hadir",
        "a\u0301" * 2000,
        "🙂 77,6 persen 🙂",
        "\r\nBupati\rUmi\n",
    ],
)
def test_odd_characters_give_a_valid_record(extractor: Extractor, text: str) -> None:
    record = extractor.extract_text(text, title="x")
    assert Record.model_validate_json(record.model_dump_json()) == record


INPUTS = {**{name: content for name, (content, _) in ERRORS.items()}, **READABLE, **WITHOUT_ARTICLE}
COMMAND_INPUTS = [name for name in INPUTS if "20 MB" not in name] + ["20 MB"]


@pytest.mark.parametrize("name", COMMAND_INPUTS)
def test_command_never_shows_a_traceback(name: str, tmp_path: Path, warta: Run) -> None:
    path = tmp_path / "page.html"
    path.write_bytes(INPUTS[name])
    for options in ((), ("--text",)):
        status, out, err = warta("extract", path, *options)
        assert "Traceback" not in err
        assert "internal error" not in err
        if status:
            assert (status, out, err.count("\n")) == (1, "", 1)
        else:
            Record.model_validate_json(out)


def test_run_over_all_of_it_balances(tmp_path: Path, warta: Run) -> None:
    (tmp_path / "pages").mkdir()
    names = [name for name in INPUTS if "20 MB" not in name]
    for number, name in enumerate(names):
        (tmp_path / "pages" / f"{number:02}.html").write_bytes(INPUTS[name])
    status, _, err = warta("run", tmp_path / "pages", "-o", tmp_path / "records.jsonl", "--keep-duplicates")
    records = (tmp_path / "records.jsonl").read_text(encoding="utf-8").splitlines()
    failures = (tmp_path / "failures.jsonl").read_text(encoding="utf-8").splitlines()
    assert status == 3
    assert len(records) + len(failures) == len(names)
    assert len(failures) == len(ERRORS)
    assert "internal-error" not in err

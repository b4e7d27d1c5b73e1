"""The command: each verb, its errors, and its exit status."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from extractor import Record, __version__, extract_text
from extractor.schema import record_schema, record_tables
from tests.conftest import ROOT, Run

TEXT = 'Bupati Kutalawas Umi Rahmawati hadir, Rabu (14/2/2024). "Kami semua siap bekerja," kata Umi.'
MORE = (
    "<p>Rapat itu membahas perbaikan pasar lama, jadwal ronda malam, dan pembagian air untuk sawah di hilir sungai.</p>"
    "<p>Warga yang datang lebih dulu menata kursi di bawah tenda, para pedagang menitipkan usul lewat kertas.</p>"
    "<p>Keputusan rapat akan ditempel di papan pengumuman kantor kecamatan agar semua orang membacanya.</p>"
)
PAGE = (
    f"<html><head><title>Rapat</title></head><body><article><h1>Rapat</h1><p>{TEXT}</p>{MORE}</article></body></html>"
)


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "rapat.html"
    path.write_text(PAGE, encoding="utf-8")
    return path


def test_version(warta: Run) -> None:
    assert warta("version") == warta("--version") == (0, f"{__version__}\n", "")


def test_schema(warta: Run) -> None:
    assert warta("schema") == (0, record_schema() + "\n", "")
    assert warta("schema", "--tables") == (0, record_tables() + "\n", "")


def test_extract_prints_the_record_of_the_library(warta: Run, article: Path) -> None:
    status, out, err = warta("extract", article)
    record = Record.model_validate_json(out)
    assert (status, err, out.count("\n")) == (0, "", 1)
    assert TEXT in record.article.text
    assert record.provenance.source == article.as_posix()
    assert record.provenance.extracted_at is None


def test_extract_takes_text_with_a_title(warta: Run) -> None:
    options = ("--title", "Rapat", "--published", "2024-02-14", "--url", "https://kabar.example/1")
    status, out, _ = warta("extract", "-", *options, stdin=TEXT.encode())
    url = "https://kabar.example/1"
    expected = extract_text(TEXT, title="Rapat", published="2024-02-14", url=url, source="stdin")
    assert (status, Record.model_validate_json(out)) == (0, expected)


def test_extract_takes_markup_for_text_when_told(warta: Run) -> None:
    _, out, _ = warta("extract", "-", "--title", "x", stdin=b"Nilai <p> adalah lima.")
    assert json.loads(out)["article"]["text"] == "Nilai <p> adalah lima."


def test_extract_takes_a_row(warta: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"text": TEXT, "title": "Lama", "published": "2024-02-14"}), encoding="utf-8")
    _, out, _ = warta("extract", path, "--title", "Baru")
    article = json.loads(out)["article"]
    assert (article["title"], article["published"]) == ("Baru", "2024-02-14")


def test_extract_stamps_on_request(warta: Run) -> None:
    _, out, _ = warta("extract", "-", "--title", "x", "--stamp", stdin=TEXT.encode())
    assert json.loads(out)["provenance"]["extracted_at"].endswith("+00:00")


def test_extract_shows_the_record_to_a_person(warta: Run) -> None:
    status, out, _ = warta("extract", "-", "--title", "Rapat besar", "--view", stdin=TEXT.encode())
    assert status == 0
    assert "Rapat besar" in out
    assert "Quotes" in out
    assert "\x1b[" not in out


BAD_INPUT = [
    (("extract", "absent.html"), b"", "absent.html does not exist; check the path"),
    (("extract", "."), b"", "is a folder; use `warta run"),
    (("extract", "-"), b"", "stdin"),
    (("extract", "-", "--title", "x", "--published", "kemarin"), b"Isi.", "is not a date; write it as 2024-07-27"),
    (("extract", "-", "--title", "x", "--patterns", "absent"), b"Isi.", "absent is not a folder"),
    (("extract", "-"), b'{"title": "x"}', 'has neither "html" nor "text"'),
    (("run", "-", "-o", "/proc/none/records.jsonl"), b"Isi.", "check the path and its permissions"),
    (("eval", ".", "absent.jsonl"), b"", "absent.jsonl"),
    (("patterns", "check", "absent"), b"", "absent is not a folder"),
    (("dates", "absent.txt"), b"", "absent.txt does not exist; check the path"),
    (("dates", "Rapat kemarin.", "--published", "besok"), b"", "is not a date; write it as"),
    (("dates", ""), b"", "empty"),
    (("regions", "import", "absent.csv", "--into", "."), b"", "absent.csv"),
]


@pytest.mark.parametrize(("arguments", "stdin", "message"), BAD_INPUT, ids=[" ".join(b[0]) for b in BAD_INPUT])
def test_bad_input_is_one_sentence_and_status_1(
    warta: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], stdin: bytes, message: str
) -> None:
    monkeypatch.chdir(tmp_path)
    status, out, err = warta(*arguments, stdin=stdin)
    assert (status, out) == (1, "")
    assert err.startswith("warta: ")
    assert err.count("\n") == 1
    assert message in err


BAD_USAGE = [
    ("extract",),
    ("extrac", "a.html"),
    ("extract", "a.html", "--colour"),
    ("run", "a.html"),
    ("eval", "gold"),
    ("eval", "gold", "records.jsonl", "--errors", "nose"),
    ("patterns", "chek"),
]


@pytest.mark.parametrize("arguments", BAD_USAGE, ids=" ".join)
def test_bad_usage_is_status_2(warta: Run, arguments: tuple[str, ...]) -> None:
    status, out, err = warta(*arguments)
    assert (status, out) == (2, "")
    assert "Error:" in err
    assert "Traceback" not in err


def test_fault_of_ours_is_one_sentence_too(warta: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise KeyError("o9")

    monkeypatch.setattr("extractor.batch.record_of", fail)
    status, _, err = warta("extract", "-", stdin=TEXT.encode())
    assert status == 1
    assert err == "warta: internal error: KeyError: 'o9'; set WARTA_DEBUG=1 to see where, and report it\n"
    monkeypatch.setenv("WARTA_DEBUG", "1")
    with pytest.raises(KeyError):
        warta("extract", "-", stdin=TEXT.encode())


def test_run_accounts_for_every_input(warta: Run, article: Path, tmp_path: Path) -> None:
    out = tmp_path / "out" / "records.jsonl"
    status, printed, err = warta("run", article, "-o", out)
    assert (status, printed) == (0, "")
    assert "1 inputs = 1 records + 0 duplicates + 0 failures" in err
    status, _, err = warta("run", article, tmp_path / "absent.html", "-o", out)
    assert status == 3
    assert "2 inputs = 1 records + 0 duplicates + 1 failures" in err
    assert "failures: unreadable-source" in err
    assert str(out.with_name("failures.jsonl")) in err
    assert len(out.read_text(encoding="utf-8").splitlines()) == 1


def test_eval_prints_scores_and_errors(warta: Run, article: Path, tmp_path: Path) -> None:
    (tmp_path / "gold").mkdir()
    gold = {"id": "rapat", "quotes": [{"starts": "Kami semua siap bekerja", "speaker": "Umi Rahmawati"}]}
    (tmp_path / "gold" / "rapat.json").write_text(json.dumps(gold), encoding="utf-8")
    (tmp_path / "gold" / "lain.json").write_text('{"id": "lain", "venues": [{"name": "Aula"}]}', encoding="utf-8")
    warta("run", article, "-o", tmp_path / "records.jsonl")
    status, out, _ = warta("eval", tmp_path / "gold", tmp_path / "records.jsonl", "--errors", "venues")
    assert status == 0
    assert any(line.split()[:1] == ["quotes"] for line in out.splitlines())
    assert "1 articles without a record: lain" in out
    assert out.splitlines()[-1].split() == ["lain", "missed", "Aula"]


def test_patterns_check_tells_what_does_not_hold(warta: Run, tmp_path: Path) -> None:
    path = tmp_path / "own.yml"
    path.write_text(
        "field: quotes\nabout: x\nlexicons:\n  - id: quotes.own\n    entries: [satu]\n"
        "    examples: [{text: Hujan turun., expect: [{cue: satu}]}]\n",
        encoding="utf-8",
    )
    status, out, err = warta("patterns", "check", tmp_path)
    assert status == 1
    assert f"{path}: quotes.own: 'Hujan turun.': expected {{'cue': 'satu'}}, came nothing" in out
    assert "do not hold" in err


def test_patterns_check_tells_what_is_malformed(warta: Run, tmp_path: Path) -> None:
    path = tmp_path / "own.yml"
    path.write_text("field: quotes\nabout: x\nrulez: []\n", encoding="utf-8")
    status, out, err = warta("patterns", "check", tmp_path)
    assert (status, out) == (1, "")
    assert err.startswith(f"warta: {path}:3: rulez")


def test_regions_import_writes_into_the_folder(warta: Run, tmp_path: Path) -> None:
    table = tmp_path / "wilayah.csv"
    table.write_text("kode,nama\n33.16.99,Tunjungsari Baru\n", encoding="utf-8")
    status, out, _ = warta("regions", "import", table, "--into", tmp_path / "own")
    assert status == 0
    assert "1 district" in out
    assert list((tmp_path / "own").rglob("*.csv"))


def test_help_is_quick_to_load() -> None:
    code = (
        "import sys; from extractor.cli import main; main(['--help']); "
        "sys.exit(any(m in sys.modules for m in ('spacy', 'pydantic', 'bs4', 'rich.table')))"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=False).returncode == 0


def test_closed_pipe_is_no_traceback() -> None:
    command = f'"{sys.executable}" -c "from extractor.cli import main; raise SystemExit(main())" schema | head -c 10'
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False, cwd=ROOT)
    assert (done.stdout, done.stderr) == ('{\n  "$schem'[:10], "")


def test_dates_tags_a_text_or_a_file(warta: Run, tmp_path: Path) -> None:
    options = ("--published", "2024-02-14")
    status, out, _ = warta("dates", "Rapat digelar Rabu (14/2/2024).", *options)
    assert status == 0
    assert '<TIMEX3 tid="t1" type="DATE" value="2024-02-14">Rabu (14/2/2024)</TIMEX3>' in out
    (tmp_path / "rapat.txt").write_text("Rapat digelar kemarin.\n", encoding="utf-8")
    status, out, _ = warta("dates", tmp_path / "rapat.txt", *options, "--json")
    tagged = json.loads(out)
    assert (status, tagged["published"], tagged["docid"]) == (0, "2024-02-14T00:00:00", str(tmp_path / "rapat.txt"))
    for timex in tagged["timexes"]:
        assert tagged["text"][timex["start"] : timex["end"]] == timex["text"]
    assert [(timex["text"], timex["value"]) for timex in tagged["timexes"]] == [("kemarin", "2024-02-13")]
    assert warta("dates", "-", *options, stdin=b"Rapat digelar kemarin.")[1].count("<TIMEX3") == 2

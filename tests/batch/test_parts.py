"""Parts and their store: whole or absent, read back as written."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor import Extractor
from extractor.archive import Failure
from extractor.batch.outcome import keys_of
from extractor.batch.parts import Store, line_of, read_part, write_whole


def test_lines_are_read_back(extractor: Extractor, tmp_path: Path) -> None:
    record = extractor.extract_text("Hujan\tturun\ndi pasar.", title="Hujan", url="https://kabar.example/1?page=2")
    failure = Failure("a\tb", "bad-row", "baris\nlain", 3)
    path = tmp_path / "0.part"
    write_whole(path, line_of(record, keys_of(record)) + line_of(failure, None))
    first, second = read_part(path)
    assert (first.document.decode(), first.keys) == (record.model_dump_json(), keys_of(record))
    assert first.keys is not None
    assert first.keys.page == 2
    assert (b'"position": 3' in second.document, second.keys) == (True, None)


def test_file_that_cannot_be_written_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("extractor.batch.parts.os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_whole(tmp_path / "a", b"isi")
    assert list(tmp_path.iterdir()) == []


def test_parts_count_up_to_the_first_gap(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.part("0000001", 0).parent.mkdir()
    for number in (0, 1, 3):
        store.part("0000001", number).touch()
    assert (store.parts_so_far("0000001"), store.finished("0000001")) == (2, None)
    store.finish("0000001", 4, 310, 2)
    assert store.finished("0000001") == {"parts": 4, "inputs": 310, "left_out": 2}

"""Gold annotations are read strictly where they are used, and leniently where they are not."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor import InputError
from extractor.gold import read_gold


def test_id_is_the_stem_and_other_keys_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "b-2.json").write_text('{"id": "x", "note": "?", "dates": [{"text": "2019", "value": "2019"}]}')
    (tmp_path / "a-1.json").write_text('{"id": "y"}')
    first, second = read_gold(tmp_path)
    assert (first.id, second.id) == ("a-1", "b-2")
    assert second.dates[0].value == "2019"
    assert first.counts is None


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ('{"id": "x", "venues": [{"place": "Blora"}]}', "venues.0.name: Field required"),
        ('{"id": "x", "percentages": [{"text": "5%", "value": 5, "category": "turnout"}]}', "percentages.0.category"),
        ("{", "file: Invalid JSON"),
    ],
)
def test_malformed_annotation_is_told_with_its_file(tmp_path: Path, content: str, message: str) -> None:
    (tmp_path / "a.json").write_text(content)
    with pytest.raises(InputError, match=message) as raised:
        list(read_gold(tmp_path))
    assert str(raised.value).startswith(str(tmp_path / "a.json"))
    assert raised.value.code == "bad-gold"


def test_folder_without_annotations_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds no gold annotations"):
        list(read_gold(tmp_path))

from __future__ import annotations

from pathlib import Path

import pytest

from extractor.errors import InputError
from extractor.language.gazetteer import gazetteer_of
from extractor.patterns import load_patterns
from extractor.record import Level
from extractor.regions_import import import_regions

TABLE = """kode,nama
33,JAWA TENGAH
33.16,KAB. BLORA
33.16.98,MELATI
33.16.98.2001,SUKA  MAJU
33.16.98.2002,TALANG II
"""


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "wilayah.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


def rows(folder: Path) -> list[str]:
    return (folder / "regions" / "imported.csv").read_text(encoding="utf-8").splitlines()[1:]


def test_what_warta_holds_already_is_left_out(table: Path, tmp_path: Path) -> None:
    done = import_regions(table, tmp_path / "mine")
    assert done.levels == {Level.DISTRICT: 1, Level.VILLAGE: 2}
    assert done.known == 2
    assert rows(tmp_path / "mine") == ["33.16.98,Melati,", "33.16.98.2001,Suka Maju,", "33.16.98.2002,Talang II,"]


def test_later_loads_find_the_imported_regions(table: Path, tmp_path: Path) -> None:
    import_regions(table, tmp_path / "mine")
    gazetteer = gazetteer_of(load_patterns(tmp_path / "mine"))
    (melati,) = gazetteer.lookup("Kecamatan Melati")
    assert (melati.code, melati.level, melati.province) == ("33.16.98", Level.DISTRICT, "Jawa Tengah")
    assert gazetteer.lookup("Melati") == ()  # a district is meant only after the word for it
    parent = gazetteer.parent(melati)
    assert parent is not None
    assert parent.name == "Kabupaten Blora"


@pytest.mark.parametrize(
    "text",
    [
        "3316982003;Desa Baru\n",
        "3316982003\tDesa Baru\n",
        "33.16.98.2003,Desa Baru\n",
        '\ufeff"33.16.98.2003","Desa Baru"\n',
    ],
)
def test_forms_of_the_table(tmp_path: Path, text: str) -> None:
    path = tmp_path / "table.txt"
    path.write_text(text, encoding="utf-8")
    import_regions(path, tmp_path)
    assert rows(tmp_path) == ["33.16.98.2003,Desa Baru,"]


def test_a_second_import_adds_and_replaces(table: Path, tmp_path: Path) -> None:
    import_regions(table, tmp_path)
    table.write_text("33.16.98,Mawar\n33.16.99,Kenanga\n", encoding="utf-8")
    done = import_regions(table, tmp_path)
    assert done.levels == {Level.DISTRICT: 2, Level.VILLAGE: 2}
    assert rows(tmp_path)[:3] == ["33.16.98,Mawar,", "33.16.98.2001,Suka Maju,", "33.16.98.2002,Talang II,"]


def test_a_new_regency_keeps_its_level(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text("33.99,KAB. KEP. MELATI\n", encoding="utf-8")
    assert import_regions(path, tmp_path).levels == {Level.REGENCY: 1}
    assert rows(tmp_path) == ["33.99,Kabupaten Kepulauan Melati,"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "holds no region"),
        (b"kode,nama\n", "holds no region"),
        (b"33.16.98\n", "table.csv:1: '33.16.98' is not a code and a name"),
        (b"33.16.98,Melati\n33.1,Mawar\n", "table.csv:2: '33.1,Mawar' is not a code and a name"),
        (b"33.16.98,Melati\n33.16.98,Mawar\n", "table.csv:2: 33.16.98 is 'Melati' further up, here 'Mawar'"),
        (b"33.16.98,Mel\xff\n", "is not UTF-8 text"),
    ],
)
def test_a_bad_table_is_refused(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(content)
    with pytest.raises(InputError, match=message) as caught:
        import_regions(path, tmp_path / "mine")
    assert caught.value.code == "bad-region-table"
    assert not (tmp_path / "mine").exists()

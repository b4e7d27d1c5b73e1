from __future__ import annotations

from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from extractor.language.state import Annotations, Context, annotations_of


@cache
def pipeline() -> Language:
    """The component alone, with spaCy's own tokenizer."""
    nlp = spacy.blank("id")
    nlp.add_pipe("warta_regions")
    return nlp


@pytest.fixture(scope="module")
def nlp() -> Language:
    return pipeline()


def run(nlp: Language, text: str, context: Context | None = None) -> tuple[Doc, Annotations]:
    doc = nlp.make_doc(text)
    annotations_of(doc).context = context or Context()
    doc = nlp(doc)
    return doc, annotations_of(doc)


def linked(nlp: Language, text: str, context: Context | None = None) -> list[tuple[str, str | None]]:
    found = run(nlp, text, context)[1].regions
    return [(text[mention.start : mention.end], mention.region.code) for mention in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bupati Bandung menyapa warga Bandung.", [("Bandung", "32.04"), ("Bandung", "32.04")]),
        ("Kota Bogor ramai. Warga Bogor senang.", [("Kota Bogor", "32.71"), ("Bogor", "32.71")]),
        (
            "Kota Bogor dan Kabupaten Bogor ramai. Warga Bogor senang.",
            [("Kota Bogor", "32.71"), ("Kabupaten Bogor", "32.01"), ("Bogor", None)],
        ),
        ("Gempa di Banjar, Kalimantan Selatan.", [("Banjar", "63.03"), ("Kalimantan Selatan", "63")]),
        ("Warga Banjar berbelanja ke Ciamis.", [("Banjar", "32.79"), ("Ciamis", "32.07")]),
        ("Pabrik di Jambi tutup.", [("Jambi", "15")]),
        ("Wali Kota Jambi datang.", [("Jambi", "15.71")]),
        ("Konser di Semarang batal.", [("Semarang", "33.74")]),
        ("Konser di Tegal batal.", [("Tegal", None)]),
        ("Kota Blora dipadati warga.", [("Kota Blora", "33.16")]),
        ("Kab. Blora dan Toli-Toli.", [("Kab. Blora", "33.16"), ("Toli-Toli", "72.04")]),
        ("Delegasi AS tiba di Tokyo.", [("AS", None), ("Tokyo", None)]),
    ],
)
def test_ambiguous_names_are_settled_by_their_context(
    nlp: Language, text: str, expected: list[tuple[str, str | None]]
) -> None:
    assert linked(nlp, text) == expected


@pytest.mark.parametrize(
    ("context", "code"),
    [
        (Context(dateline="CIAMIS"), "32.79"),
        (Context(publisher="Warta Kalsel"), "63.03"),
        (Context(publisher="Warta Bali"), None),
        (Context(), None),
    ],
)
def test_dateline_and_publisher_settle(nlp: Language, context: Context, code: str | None) -> None:
    assert linked(nlp, "Rapat digelar di Banjar.", context) == [("Banjar", code)]


def test_what_stays_open_keeps_its_candidates_and_is_named(nlp: Language) -> None:
    doc, found = run(nlp, "Konser di Bogor batal. Hotel di Bogor sepi.")
    first = found.regions[0]
    assert (first.rule, first.region.name, first.region.level, first.region.code) == (
        "regions.open",
        "Bogor",
        None,
        None,
    )
    assert first.region.province == "Jawa Barat"
    assert [region.name for region in first.candidates] == ["Kabupaten Bogor", "Kota Bogor"]
    assert found.warnings == [("region-ambiguous", "'Bogor' may be Kabupaten Bogor or Kota Bogor")]
    assert [span.text for span in doc.spans["warta_regions"]] == ["Bogor", "Bogor"]


def test_a_linked_mention_has_no_candidates(nlp: Language) -> None:
    _, found = run(nlp, "Warga Blora ke AS.")
    assert [mention.candidates for mention in found.regions] == [(), ()]
    assert found.warnings == []


@pytest.mark.parametrize(
    ("text", "province"),
    [
        ("Posko di Desa Sukamaju, Kecamatan Jati, Kabupaten Blora.", "Jawa Tengah"),
        ("Warga Blora membantu Desa Sukamaju.", "Jawa Tengah"),
        ("Desa Sukamaju kebanjiran, kata Bupati Blora.", "Jawa Tengah"),
        ("Kecamatan Semarang Barat ramai.", "Jawa Tengah"),
        ("Desa Sukamaju ramai.", None),
    ],
)
def test_a_district_or_village_lies_where_its_context_says(nlp: Language, text: str, province: str | None) -> None:
    local = next(m.region for m in run(nlp, text)[1].regions if m.region.level in ("district", "village"))
    assert (local.code, local.province) == (None, province)


@pytest.mark.parametrize(
    ("text", "parent"),
    [
        ("Posko di Desa Sukamaju, Kecamatan Jati, Kabupaten Blora.", "Kabupaten Blora"),
        ("Posko di Desa Sukamaju, Kecamatan Jati (Blora).", "Kabupaten Blora"),
        ("Posko di Desa Sukamaju, Jawa Tengah.", None),
        ("Warga Blora membantu Desa Sukamaju.", None),
        ("Kecamatan Blora Barat ramai.", "Kabupaten Blora"),
        ("Kecamatan Semarang Barat ramai.", None),
    ],
)
def test_a_district_or_village_names_its_regency_where_the_text_does(
    nlp: Language, text: str, parent: str | None
) -> None:
    local = [m.region for m in run(nlp, text)[1].regions if m.region.level in ("district", "village")]
    assert {region.parent for region in local} == {parent}


def test_an_imported_district_names_its_regency(tmp_path: Path) -> None:
    (tmp_path / "regions").mkdir()
    (tmp_path / "regions" / "imported.csv").write_text("code,name,aliases\n33.16.98,Kenanga,\n", encoding="utf-8")
    nlp = spacy.blank("id")
    nlp.add_pipe("warta_regions", config={"patterns": str(tmp_path)})
    (mention,) = annotations_of(nlp("Posko dibuka di Kecamatan Kenanga.")).regions
    assert (mention.region.code, mention.region.parent) == ("33.16.98", "Kabupaten Blora")


PIECES = [
    "Kab. Blora",
    "Kota",
    "Semarang",
    "di",
    "Bima",
    ",",
    ".",
    "Desa",
    "Jati",
    "Wali Kota",
    "\n",
    "(",
    "Jawa Timur",
    "AS",
]


@settings(deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=12))
def test_mentions_are_sorted_apart_and_whole(pieces: list[str]) -> None:
    text = " ".join(pieces)
    mentions = run(pipeline(), text)[1].regions
    for before, after in pairwise(mentions):
        assert before.end <= after.start
    for mention in mentions:
        assert text[mention.start : mention.end].strip() == text[mention.start : mention.end] != ""

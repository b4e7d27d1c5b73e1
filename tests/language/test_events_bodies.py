"""Names of bodies: where they begin and end, and which capitalised words are none."""

from __future__ import annotations

import pytest
import spacy

from extractor.language.events.bodies import BodyNames
from extractor.language.events.mentions import EventWords
from extractor.language.state import Person, annotations_of
from extractor.language.tokenizer import Tokenizer
from extractor.patterns import load_patterns

_WORDS = EventWords.of(load_patterns())
_MAKE = Tokenizer(spacy.blank("id").vocab, load_patterns())


def names(text: str, *persons: str) -> BodyNames:
    found = annotations_of(_MAKE(text))
    found.persons = [Person(p, mentions=[(text.index(p), text.index(p) + len(p))]) for p in persons]
    return BodyNames(found, _WORDS)


def bodies(text: str, *persons: str) -> list[str]:
    found = names(text, *persons)
    return found.inside(0, len(found.tokens))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("KPU Kabupaten Pati menggelar rapat", ["KPU Kabupaten Pati"]),
        ("Dinas Pangan dan Pertanian Kota Tegal hadir", ["Dinas Pangan dan Pertanian Kota Tegal"]),
        ("Polres Pati dan Kodim Pati hadir", ["Polres Pati", "Kodim Pati"]),
        ("Badan Narkotika Nasional (BNN) Kota Tegal hadir", ["Badan Narkotika Nasional (BNN) Kota Tegal"]),
        ("Penyidik Polres Pati hadir", ["Polres Pati"]),
        ("Ketua KPU Pati hadir", []),
        ("Pemilihan ketua RT dan RW digelar", []),
        ("Alun Alun Pati ramai", []),
        ("warga desa itu pulang", []),
    ],
)
def test_bodies_of_a_sentence(text: str, expected: list[str]) -> None:
    assert bodies(text) == expected


def test_a_person_ends_the_name_of_a_body() -> None:
    assert bodies("Kader PDIP Rudi Hartawan hadir", "Rudi Hartawan") == ["PDIP"]


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("Badan Pangan (BP) Pati datang. BP Pati bubar.", "BP Pati", "Badan Pangan (BP) Pati"),
        ("Kejaksaan Negeri (Kejari) Pati datang bersama Kejari Kudus.", "Kejari Kudus", "Kejari Kudus"),
        ("KPU Pati hadir.", "KPU Pati", "KPU Pati"),
    ],
)  # fmt: skip
def test_fullest_form(text: str, name: str, expected: str) -> None:
    assert names(text).fullest(name) == expected

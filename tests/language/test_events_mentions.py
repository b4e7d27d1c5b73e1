"""Triggers and the evidence for and against each."""

from __future__ import annotations

from datetime import datetime

import pytest
import spacy

from extractor.language.events.mentions import DENIED, PLANNED, SUPPOSED, EventWords, Mention, Weigher, trigger_table
from extractor.language.state import Context, QuoteFound, Timex, annotations_of
from extractor.language.tokenizer import Tokenizer
from extractor.patterns import load_patterns

_PATTERNS = load_patterns()
_WORDS = EventWords.of(_PATTERNS)
_TRIGGERS = trigger_table(_PATTERNS)
_MAKE = Tokenizer(spacy.blank("id").vocab, _PATTERNS)
FILLER = "Harga beras di pasar desa masih sama saja."


def mentions(
    text: str, *, title: str | None = None, day: str | None = None, quoted: str | None = None
) -> list[Mention]:
    found = annotations_of(_MAKE(text))
    found.context = Context(published=datetime(2024, 8, 5), title=title)
    if day:
        start = text.index(day)
        found.dates = [Timex(start, start + len(day), "test", "DATE", day)]
    if quoted:
        start = text.index(quoted)
        found.quotes = [QuoteFound(start, start + len(quoted), "test", direct=True)]
    return Weigher(found, _WORDS, _TRIGGERS).mentions()


@pytest.mark.parametrize(
    ("text", "evidence"),
    [
        ("KPU Pati menggelar rapat di balai desa itu.", ["lead", "held"]),
        ("Rapat anggaran desa itu digelar sampai sore hari.", ["lead", "held"]),
        ("Hal itu ia sampaikan dalam acara rapat di Pati.", ["lead", "occasion", "statement"]),
        ("Hal itu ia sampaikan usai menghadiri rapat di Pati.", ["lead", "held", "occasion", "afterwards"]),
        ("Sebelumnya KPU Pati menggelar rapat di balai desa.", ["lead", "held", "background"]),
        ("KPU Pati akan menggelar rapat di balai desa itu.", ["lead", "held", "planned"]),
        ("KPU Pati tidak menggelar rapat di balai desa itu.", ["lead", "held", "denied"]),
        ("KPU Pati mengusulkan rapat di balai desa itu.", ["lead", "hypothetical"]),
        ("Polres Pati mencari orang yang menganiaya Rudi kemarin.", ["lead", "held", "subordinate"]),
        ("Polres Pati datang untuk menangkap dua orang pencuri.", ["lead", "held", "subordinate"]),
        ("Polres Pati menangani kasus pencurian sapi sejak kemarin.", ["lead", "case"]),
        ("Warga ramai membahas soal unjuk rasa di alun-alun.", ["lead", "case"]),
        ("Polres Pati menangkap dua orang pencuri sapi kemarin.", ["lead", "held"]),
        ("Putusan itu mengejutkan banyak orang di desa kami.", ["lead", "weak"]),
        ("\n".join([*[FILLER] * 2, "KPU Pati menggelar rapat di balai desa."]), ["early", "held"]),
        ("\n".join([*[FILLER] * 4, "KPU Pati menggelar rapat di balai desa."]), ["held"]),
    ],
)
def test_evidence(text: str, evidence: list[str]) -> None:
    [mention] = mentions(text)
    assert mention.evidence == evidence
    assert mention.score == sum(_WORDS.weights[name] for name in evidence)


def test_the_headline_speaks_for_its_type() -> None:
    [mention] = mentions("Rapat anggaran desa itu berakhir sampai sore.", title="DPRD Gelar Rakor Anggaran")
    assert "title" in mention.evidence


@pytest.mark.parametrize(("day", "evidence"), [("2024-08-05", ["date"]), ("2024-06-05", ["date", "old"])])
def test_a_day_in_the_sentence(day: str, evidence: list[str]) -> None:
    [mention] = mentions(f"Rapat anggaran desa itu berakhir {day} sore.", day=day)
    assert [name for name in mention.evidence if name in ("date", "old")] == evidence


def test_a_trigger_inside_quotation_marks_is_told_by_the_speaker() -> None:
    [mention] = mentions('"Kami ikut rapat itu," kata Umi.', quoted="Kami ikut rapat itu")
    assert mention.quoted
    assert "quoted" in mention.evidence


@pytest.mark.parametrize("text", ["Kasus itu menyita perhatian banyak warga.", "Ia tidak bisa menahan tangis di sana."])
def test_idioms_name_no_event(text: str) -> None:
    assert mentions(text) == []


def test_a_word_for_any_event_yields_to_the_one_after_it() -> None:
    [mention] = mentions("Hal itu ia sampaikan dalam acara rapat di Pati.")
    assert mention.type == "meeting"
    [mention] = mentions("Hal itu ia sampaikan dalam acara tani di Pati.")
    assert (mention.type, mention.general) == ("gathering", True)


def test_the_longest_trigger_wins() -> None:
    [mention] = mentions("Rapat dengar pendapat itu berakhir sampai sore hari.")
    assert (mention.first, mention.last, mention.type) == (0, 3, "meeting")


def test_three_mentions_count_as_repeated() -> None:
    found = mentions("Rapat itu ramai sekali.\nRapat itu lama sekali.\nRapat itu usai.")
    assert [("repeated" in mention.evidence) for mention in found] == [True] * 3


def test_every_piece_of_evidence_has_a_weight() -> None:
    assert set(_WORDS.weights) == {
        "lead", "early", "title", "held", "date", "venue", "repeated", "occasion",
        "statement", "presided", "late", "afterwards",
        "background", "old", "speech", "weak", "quoted", "case", "subordinate",
        PLANNED, DENIED, SUPPOSED,
    }  # fmt: skip
    assert set(_WORDS.limits) == {"main", "further", "repeated", "old-days"}

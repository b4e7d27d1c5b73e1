"""Boilerplate rules: each example and counter-example, and how they work together."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor import PatternError
from extractor.page.examples import FIELDS, found_items
from extractor.page.noise import Noise, NoiseRule
from extractor.page.rules import PageRules
from extractor.patterns import Example, Rule, load_patterns

PATTERNS = load_patterns()


def examples(counter: bool) -> Iterator[tuple[str, Rule, Example]]:
    for field in FIELDS:
        for rule in PATTERNS.rules(field):
            yield from ((field, rule, example) for example in (rule.counter_examples if counter else rule.examples))


@pytest.mark.parametrize(("field", "rule", "example"), list(examples(False)), ids=lambda x: getattr(x, "id", None))
def test_example(field: str, rule: Rule, example: Example) -> None:
    found = [item for item in found_items(field, example.text, PATTERNS) if item["rule"] == rule.id]
    assert len(found) == len(example.expect)
    for expected, item in zip(example.expect, found, strict=True):
        assert expected.items() <= item.items()


@pytest.mark.parametrize(("field", "rule", "example"), list(examples(True)), ids=lambda x: getattr(x, "id", None))
def test_counter_example(field: str, rule: Rule, example: Example) -> None:
    assert [item for item in found_items(field, example.text, PATTERNS) if item["rule"] == rule.id] == []


SENTENCES = [
    "Warga Desa Sukamaju menanam seribu pohon di lereng bukit.",
    '"Kami ingin bukit ini hijau lagi," kata Sutarno.',
    "Baca tulis adalah kunci, ujar Kepala Sekolah.",
    "Hal itu diputuskan dalam rapat (29/1).",
    "Lihat saja nanti, kata dia.",
    "Menurut KPU, partisipasi pemilih mencapai 77,6 persen.",
    "Topik itu dibahas dalam rapat.",
    "Komentar Bupati singkat.",
    "1. Warga wajib membawa KTP",
    "Syarat Pendaftaran",
]


@pytest.mark.parametrize("text", SENTENCES)
def test_sentences_of_articles_stay(rules: PageRules, text: str) -> None:
    assert rules.noise.cuts(text) == []


def test_several_marks_at_the_end_go_one_after_the_other(rules: PageRules) -> None:
    rest, cuts = rules.noise.tail("Warga diminta waspada. (pkp/gtp) ***")
    assert rest == "Warga diminta waspada."
    assert [cut.text for cut in cuts] == [" ***", " (pkp/gtp)"]


def test_labels_inside_a_line_leave_a_space(rules: PageRules) -> None:
    text, cuts = rules.noise.inline("Rapat ditutup. ADVERTISEMENT SCROLL TO CONTINUE WITH CONTENT Warga pulang.")
    assert " ".join(text.split()) == "Rapat ditutup. Warga pulang."
    assert len(cuts) == 1


def test_an_unknown_cut_is_refused() -> None:
    with pytest.raises(PatternError, match="wrong"):
        Noise.of([NoiseRule("page.noise.x", "wrong", "a")])


@given(st.text(max_size=400))
def test_what_stays_of_a_tail_is_its_beginning(rules: PageRules, text: str) -> None:
    rest, cuts = rules.noise.tail(text)
    assert text.startswith(rest)
    assert bool(cuts) == (rest != text)


@pytest.mark.parametrize("part", ["share ", "Baca juga ", "(a/", "1 2 ", "foto: ", "#a ", "- | ", "artikel ini telah "])
def test_repetition_is_bounded_work(rules: PageRules, part: str) -> None:
    assert isinstance(rules.noise.cuts(part * 900 + "!"), list)


def test_a_rule_with_a_trigger_is_tried_only_where_it_stands() -> None:
    noise = Noise.of([NoiseRule("page.noise.x", "block", "abc.{0,9}", ("z",))])
    assert noise.block("ABC Z") == "page.noise.x"
    assert noise.block("abc") is None
    assert noise.among("without").block("abc z") is None


def test_rules_may_have_groups_of_their_own() -> None:
    noise = Noise.of([NoiseRule("page.noise.a", "block", "(a)(b)"), NoiseRule("page.noise.c", "block", "(c)")])
    assert noise.block("ab") == "page.noise.a"
    assert noise.block("C") == "page.noise.c"

"""The language of a text."""

from __future__ import annotations

import pytest

from extractor.page.rules import PageRules
from extractor.page.tongue import language_of

TEXTS = [
    ("Warga desa itu sudah menanam pohon karena mereka ingin bukit hijau lagi, kata kepala desa.", "id"),
    ("Kerajaan Malaysia berkata polis telah menahan lelaki itu kerana mencuri wang syarikat pada Ahad.", "ms"),
    ("Mahkamah mendapati pejabat itu bersalah, manakala pihak polis boleh menyiasat syarikat berkenaan.", "ms"),
    ("The villagers have planted the trees and they said that it was good for the hill.", "en"),
    ("Polisi Malaysia menangkap warga Indonesia di Kuala Lumpur karena kasus uang, kata juru bicara itu.", "id"),
    ("Panen Raya 2024", None),
    ("", None),
    ("12 34 56", None),
]


@pytest.mark.parametrize(("text", "expected"), TEXTS)
def test_language(rules: PageRules, text: str, expected: str | None) -> None:
    assert language_of(text, rules.stop_words) == expected

"""The record's dates: a range is told whole, and values are those of a calendar."""

from __future__ import annotations

import pytest

from extractor import Extractor


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        (
            "Umi Rahmawati memimpin Kutalawas pada periode 2018-2023.",
            [("2018-2023", "2018"), ("2018-2023", "2023")],
        ),
        (
            "Pasar Kutalawas buka Sabtu-Minggu (27-28/7/2024).",
            [("Sabtu-Minggu (27-28/7/2024)", "2024-07-27"), ("Sabtu-Minggu (27-28/7/2024)", "2024-07-28")],
        ),
        (
            "Pasar Kutalawas tutup dari Juni hingga Juli 2024.",
            [("Juni", "2024-06"), ("Juli 2024", "2024-07")],
        ),
        ("Pasar Kutalawas dibuka lebih dari 20 tahun lalu.", [("lebih dari 20 tahun lalu", None)]),
        ("Pasar Kutalawas dibuka 20 tahun lalu.", [("20 tahun lalu", "2004")]),
        ("Pasar Kutalawas tutup pekan lalu.", [("pekan lalu", None)]),
        ("Pasar Kutalawas tutup pada triwulan II 2024.", [("triwulan II 2024", "2024")]),
    ],
)
def test_dates_of_the_record(extractor: Extractor, text: str, dates: list[tuple[str, str | None]]) -> None:
    record = extractor.extract_text(text, title="Pasar", published="2024-07-28")
    assert [(date.text, date.value) for date in record.dates] == dates
    for date in record.dates:
        assert record.article.text[date.start : date.end] == date.text

"""Runs the extractor over many inputs; every input ends as a record or as a line of the failures file."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path

from extractor.archive import Failure, Input, JsonLines, read_sources
from extractor.errors import InputError
from extractor.pipeline import Extractor
from extractor.record import Record

FAILURES_NAME = "failures.jsonl"


@dataclass(slots=True)
class Summary:
    """The accounts of a run; `inputs` equals `records` and the sum of `failures`.

    Attributes:
        inputs: Number of inputs read.
        records: Number of records written.
        failures: Number of failures by code.
        warnings: Number of records that carry a warning, by code.
        seconds: Time the run took.
    """

    inputs: int = 0
    records: int = 0
    failures: Counter[str] = field(default_factory=Counter)
    warnings: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0


def record_of(extractor: Extractor, page: Input) -> Record:
    """The record of one input.

    Raises:
        InputError: The input is empty, binary or too large, or its publication time is not a date; the message
            begins with the input's source.
    """
    try:
        if page.markup:
            return extractor.extract(page.content, url=page.url, published=page.published, source=page.source)
        return extractor.extract_text(
            page.content,
            title=page.title,
            url=page.url,
            published=page.published,
            publisher=page.publisher,
            source=page.source,
        )
    except InputError as error:
        raise InputError(error.code, f"{page.source}: {error}") from None


def run(sources: Iterable[str | Path], out: Path, extractor: Extractor) -> Summary:
    """Writes one record a line to `out`, and the inputs without a record to `failures.jsonl` beside it.

    Args:
        sources: Files, folders, JSON Lines files; see `extractor.archive.read_sources`.
        out: The file of records, replaced when it exists.
        extractor: What extracts them.

    Raises:
        OSError: An output cannot be written.
    """
    summary = Summary()
    begin = time.perf_counter()
    with JsonLines(out) as records, JsonLines(out.with_name(FAILURES_NAME)) as failures:
        for page in read_sources(sources):
            summary.inputs += 1
            outcome = _outcome(extractor, page)
            if isinstance(outcome, Failure):
                failures.write(json.dumps(asdict(outcome), ensure_ascii=False))
                summary.failures[outcome.code] += 1
            else:
                records.write(outcome.model_dump_json())
                summary.records += 1
                summary.warnings.update({warning.code for warning in outcome.warnings})
    summary.seconds = time.perf_counter() - begin
    return summary


def _outcome(extractor: Extractor, page: Input | Failure) -> Record | Failure:
    if isinstance(page, Failure):
        return page
    try:
        return record_of(extractor, page)
    except InputError as error:
        return Failure(page.source, error.code, str(error))
    except Exception as error:  # a fault of ours on one page must not cost the others
        sentence = f"{page.source}: Warta failed with {type(error).__name__}: {error}; please report it"
        return Failure(page.source, "internal-error", sentence)

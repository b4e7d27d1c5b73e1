"""The sections of the report: each measures, notes what it found out about the targets, and gives its lines."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from benchmarks import targets
from benchmarks.batch import make_archive, run_batches
from benchmarks.cold import cold_starts
from benchmarks.corpora import Article, Pages
from benchmarks.findings import NO_SHARED, Findings
from benchmarks.latency import CALLS, latencies, page_calls, text_calls
from benchmarks.measure import Spread
from benchmarks.own import Dates, in_json, timed, values_found
from benchmarks.peers import FROM_HTML, FROM_TEXT
from benchmarks.settings import Settings
from benchmarks.side_by_side import Comparison, Taken, compare
from benchmarks.stages import STAGES, html_readers, stage_peak, stage_peaks, stage_speeds, text_readers
from benchmarks.tables import batch_rows, comparison_rows, latency_rows, stage_rows, start_rows
from extractor.pipeline import Extractor

RECORD, CLEAN, TEXT, DATES = "warta, HTML to record", "warta, page alone", "warta, text to record", "warta, dates"
TOKENS = 440
"""Of the article that the target for texts speaks of."""


def pages_section(
    extractor: Extractor,
    pages: Pages,
    settings: Settings,
    findings: Findings,
    *,
    beside: Mapping[str, str],
    peaks: bool,
) -> list[str]:
    """The stages of ours on a set of pages, and other tools beside it.

    Args:
        extractor: Ours.
        pages: The set.
        settings: How much is measured.
        findings: Take what is found out.
        beside: The target that ours has beside a tool, by the tool's name.
        peaks: Whether the memory of every stage is told.
    """
    contents = pages.contents()
    readers = html_readers(extractor.patterns, contents)
    comparison = compare(
        {
            RECORD: (in_json(page_calls(extractor, contents)), len(contents)),
            CLEAN: (timed(readers), len(contents)),
        },
        FROM_HTML,
        pages.paths,
        len(pages.paths),
        settings.repeats,
    )
    memory = stage_peaks(pages.paths, STAGES if peaks else (STAGES[0], STAGES[-1]))
    comparison = _with_peaks(comparison, {RECORD: memory[STAGES[-1]], CLEAN: memory[STAGES[0]]})
    findings.tools(comparison)
    for tool, target in beside.items():
        findings.versus(target, comparison, tool, RECORD)
    speeds = stage_speeds(extractor, readers, settings.repeats)
    makes = {RECORD: "the whole record", CLEAN: "text and metadata"} | dict.fromkeys(FROM_HTML, "text and metadata")
    makes["readability-lxml"] = "text and title"
    return [
        f"## {pages.name[0].upper()}{pages.name[1:]}\n",
        f"{len(pages.paths)} pages of {pages.kilobytes:.0f} KB on average; {len(contents)} a pass of ours.\n",
        *comparison_rows(comparison, RECORD, makes),
        "",
        *stage_rows(speeds, memory if peaks else {}, "a page"),
        "",
    ]


def texts_section(
    extractor: Extractor, articles: list[Article], lexicons: Path, settings: Settings, findings: Findings
) -> list[str]:
    """The stages of ours on articles, and other rule pipelines beside it."""
    if not articles:
        findings.failed((targets.TEXT, targets.EDSNLP), NO_SHARED)
        return ["## Texts\n", f"Not measured: {NO_SHARED}.\n"]
    path = _written(articles, lexicons.parent)
    tokens = sum(len(extractor.nlp.make_doc(article["text"])) for article in articles) / len(articles)
    calls = text_calls(extractor, articles)
    ours = {TEXT: (in_json(calls), len(articles))}
    comparison = compare(ours, FROM_TEXT, (path,), len(articles), settings.repeats, lexicons)
    comparison = _with_peaks(comparison, {TEXT: stage_peak((path,), STAGES[-1])})
    own = replace(comparison.ours[TEXT], found=values_found(calls))
    comparison = replace(comparison, ours={TEXT: own})
    findings.tools(comparison)
    findings.versus(targets.EDSNLP, comparison, "edsnlp", TEXT)
    each = comparison.ours[TEXT].speed.each
    findings.measured[targets.TEXT] = Spread(tuple(value * TOKENS / tokens for value in each.values))
    speeds = stage_speeds(extractor, text_readers(extractor.patterns, articles), settings.repeats)
    makes = {TEXT: "the whole record", "edsnlp": "spans with qualifiers", "spacy entity ruler": "spans of our phrases"}
    return [
        "## Texts\n",
        f"{len(articles)} articles of the shared corpus, {tokens:.0f} tokens on average; the target speaks of one of "
        f"{TOKENS}, and what was measured is scaled to that.",
        "`benchmarks/peer_edsnlp.py` tells what edsnlp's pipeline consists of; both search with the phrases of",
        "`patterns/`, but only ours resolves what it finds.\n",
        *comparison_rows(comparison, TEXT, makes, "spans found"),
        "",
        *stage_rows(speeds, {}, "an article"),
        "",
    ]


def dates_section(
    extractor: Extractor, articles: list[Article], folder: Path, settings: Settings, findings: Findings
) -> list[str]:
    """Dates alone, beside dateparser."""
    if not articles:
        return ["## Dates alone\n", f"Not measured: {NO_SHARED}.\n"]
    dates = Dates(extractor.patterns, articles)
    path = _written(articles, folder)
    comparison = compare({DATES: (dates.run, len(articles))}, ("dateparser",), (path,), len(articles), settings.repeats)
    own = {DATES: replace(comparison.ours[DATES], found=dates.found)}
    comparison = replace(comparison, ours=own)
    findings.tools(comparison)
    makes = {DATES: "tokens, sentences, TIMEX3 values", "dateparser": "datetimes"}
    return [
        "## Dates alone\n",
        f'{len(articles)} articles of the shared corpus; dateparser as `search_dates(text, languages=["id"])`.\n',
        *comparison_rows(comparison, DATES, makes, "dates found"),
        "",
    ]


def latency_section(extractor: Extractor, sets: list[Pages], articles: list[Article], settings: Settings) -> list[str]:
    """One call of the library, on the clock on the wall."""
    taken = {
        f"`extract`, {pages.name}": latencies(
            page_calls(extractor, [path.read_bytes() for path in pages.paths]), settings.calls
        )
        for pages in sets
    }
    if articles:
        taken["`extract_text`, texts"] = latencies(text_calls(extractor, articles), settings.calls)
    return [
        "## One call of the library\n",
        f"Percentiles of a pass of {CALLS} calls or more, on the clock on the wall; passes: {settings.calls}.\n",
        *latency_rows(taken),
        "",
    ]


def start_section(settings: Settings, findings: Findings) -> list[str]:
    """Fresh processes."""
    steps = cold_starts(settings.starts)
    findings.measured[targets.IMPORT] = steps["import extractor"]
    findings.measured[targets.FIRST] = steps["process to record"]
    return [
        "## Cold start\n",
        f"{settings.starts} fresh processes, on the clock on the wall; the files are in memory, the record is that of "
        "a short text.\n",
        *start_rows(steps),
        "",
    ]


def batch_section(sets: list[Pages], folder: Path, settings: Settings, findings: Findings) -> list[str]:
    """`warta run` over an archive."""
    shared = next((pages for pages in sets if pages.name == "shared pages"), None)
    made = make_archive(folder, settings.archive, shared)
    batch = run_batches(made, folder, settings.runs)
    findings.measured[targets.MEMORY] = batch.peak
    findings.measured[targets.WORKERS] = batch.gain
    what = "varied samples in a zip archive" + (" and shared pages in JSON Lines" if shared else "")
    return [
        "## Archives\n",
        f"`warta run` over {made.inputs:,} pages, {what}, runs with each number of workers in turn: {settings.runs}, "
        f"on the clock on the wall, start and end of the run included; {batch.records:,} records. Most memory of a "
        f"worker: {batch.peak.tell(0)} MB.\n",
        *batch_rows(batch),
        "",
    ]


def _with_peaks(comparison: Comparison, peaks: dict[str, float]) -> Comparison:
    def add(name: str, taken: Taken) -> Taken:
        return replace(taken, peak=peaks.get(name))

    return replace(comparison, ours={name: add(name, taken) for name, taken in comparison.ours.items()})


def _written(articles: list[Article], folder: Path) -> Path:
    """The articles as a file for other processes."""
    path = folder / f"articles-{len(articles)}.jsonl"
    path.write_text("".join(json.dumps(article) + "\n" for article in articles), encoding="utf-8")
    return path

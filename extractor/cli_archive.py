"""The verbs of the command that work on archives: run and convert."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from extractor.batch import Summary

FINISHED_WITH_FAILURES = 3
_FIELDS = ("html", "text", "title", "url", "published", "publisher", "id")
_OUT_HELP = "Output: .jsonl, .jsonl.gz, .jsonl.zst, .parquet (folder), .csv (folder), .db."


def register(app: typer.Typer) -> None:
    """Adds the verbs to the command."""
    app.command()(run)
    app.command()(convert)


def run(
    sources: Annotated[
        list[str], typer.Argument(metavar="SOURCES...", help="Files, folders, globs, archives; - is standard input.")
    ],
    out: Annotated[Path, typer.Option("--out", "-o", metavar="OUT", help=_OUT_HELP)],
    patterns: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Folder of your own rule data; it is read after ours and wins by rule id."),
    ] = None,
    workers: Annotated[int, typer.Option(min=0, help="Number of processes; 0 is one a core.")] = 0,
    page_seconds: Annotated[float, typer.Option(min=0.1, help="Most seconds a page may take.")] = 30.0,
    page_memory: Annotated[int, typer.Option(min=64, metavar="MIB", help="Most memory a page may take.")] = 2048,
    column: Annotated[
        list[str] | None,
        typer.Option(metavar="FIELD=NAME", help="Which column of tables and rows holds what, such as text=isi."),
    ] = None,
    fetched: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Folder of fetched pages that lists of addresses refer to.")
    ] = None,
    keep_duplicates: Annotated[
        bool, typer.Option("--keep-duplicates", help="Write a record also for the same address and text again.")
    ] = False,
    no_join: Annotated[bool, typer.Option("--no-join", help="Leave the pages of a split article apart.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Stop at the first failure, with status 1.")] = False,
    restart: Annotated[bool, typer.Option("--restart", help="Throw away what an interrupted run left.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but errors.")] = False,
) -> None:
    """Write one record an article to OUT, and failures.jsonl, duplicates.jsonl and run.json beside it."""
    from extractor.batch import Options
    from extractor.batch import run as run_batch
    from extractor.batch.progress import progress_for
    from extractor.pipeline import load

    options = Options(
        workers=workers,
        seconds=page_seconds,
        memory=page_memory,
        keep_duplicates=keep_duplicates,
        join=not no_join,
        strict=strict,
        restart=restart,
        columns=_columns(column or []),
        fetched=fetched,
    )
    summary = run_batch(sources, out, load(patterns), options, progress_for(quiet))
    if not quiet:
        _print_summary(summary, out)
    if summary.failures:
        raise typer.Exit(FINISHED_WITH_FAILURES)


def convert(
    source: Annotated[
        Path, typer.Argument(metavar="RECORDS", help="Records: .jsonl, .jsonl.gz, .jsonl.zst, .parquet or .db.")
    ],
    out: Annotated[Path, typer.Option("--out", "-o", metavar="OUT", help=_OUT_HELP)],
) -> None:
    """Write records in another form."""
    from extractor.archive.convert import convert as convert_records

    count = convert_records(source, out)
    typer.echo(f"{out}: {count} records", err=True)


def _columns(given: list[str]) -> dict[str, str] | None:
    columns = {}
    for pair in given:
        field, equals, name = pair.partition("=")
        if not equals or field not in _FIELDS or not name:
            raise typer.BadParameter(
                f"{pair!r}: write FIELD=NAME with one of {', '.join(_FIELDS)}", param_hint="--column"
            )
        columns[field] = name
    return columns or None


def _print_summary(summary: Summary, out: Path) -> None:
    duplicates, failed = summary.duplicates.total(), summary.failures.total()
    speed = summary.inputs / summary.seconds if summary.seconds else 0.0
    lines = [
        f"{summary.inputs} inputs = {summary.records} records + {duplicates} duplicates + {failed} failures; "
        f"{speed:.0f} a second, {summary.workers} workers{', resumed' if summary.resumed else ''}"
    ]
    titles = {"same": "duplicates: the same address and text", "page": "duplicates: pages joined to their article"}
    lines += [f"  {count:6d}  {titles[kind]}" for kind, count in summary.duplicates.items()]
    for title, counter in (("failures", summary.failures), ("records with warnings", summary.warnings)):
        lines += [f"  {count:6d}  {title}: {code}" for code, count in counter.most_common()]
    if summary.near:
        lines.append(f"  {summary.near:6d}  records much like an earlier one")
    if summary.left_out:
        lines.append(f"  {summary.left_out:6d}  files and entries left out, as they are no pages")
    lines.append(f"records: {out}")
    lines += [f"failures: {out.with_name('failures.jsonl')}"] if failed else []
    lines += [f"duplicates: {out.with_name('duplicates.jsonl')}"] if duplicates or summary.near else []
    sys.stderr.write("\n".join(lines) + "\n")

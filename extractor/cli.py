"""The `warta` command: thin, every verb one call into the rooms behind it.

Exit status: 0 when all went well, 1 for bad input, 2 for bad usage, 3 when a run finished with failures, 130 when it
was stopped. Errors are one sentence on standard error. The rooms are imported when a verb needs them, so that
`warta --help` is quick.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from extractor import cli_archive, cli_fetch, start
from extractor._version import __version__
from extractor.errors import WartaError

if TYPE_CHECKING:
    from extractor.evaluate import Evaluation
    from extractor.record import Record

BAD_INPUT = 1

app = typer.Typer(
    name="warta",
    help="Reads Indonesian news pages and prints structured, evidenced records.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
patterns_app = typer.Typer(no_args_is_help=True, help="Work with rule data.", rich_markup_mode=None)
app.add_typer(patterns_app, name="patterns")
regions_app = typer.Typer(no_args_is_help=True, help="Work with the gazetteer of regions.", rich_markup_mode=None)
app.add_typer(regions_app, name="regions")
cli_archive.register(app)
cli_fetch.register(app)

Patterns = Annotated[
    Path | None,
    typer.Option(metavar="DIR", help="Folder of your own rule data; it is read after ours and wins by rule id."),
]
Published = Annotated[str | None, typer.Option(metavar="TIME", help="Publication time, ISO 8601.")]


@app.callback(invoke_without_command=True)
def warta(
    version_: Annotated[bool, typer.Option("--version", help="Print the version and exit.")] = False,
) -> None:
    """Options that hold without a verb."""
    start.begin()
    if version_:
        typer.echo(__version__)
        raise typer.Exit


@app.command()
def extract(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A page or a text; - is standard input.")],
    text: Annotated[
        bool, typer.Option("--text", help="Take the input for plain text, whatever it looks like.")
    ] = False,
    title: Annotated[str | None, typer.Option(help="Headline; the input is then the plain text of the body.")] = None,
    url: Annotated[str | None, typer.Option(help="Address that the page was fetched from.")] = None,
    published: Published = None,
    patterns: Patterns = None,
    view: Annotated[bool, typer.Option("--view", help="Show the record to a person instead of printing JSON.")] = False,
    stamp: Annotated[bool, typer.Option("--stamp", help="Add the time of extraction to the record.")] = False,
) -> None:
    """Print the record of one page or text as JSON, on one line unless it goes to a terminal."""
    from dataclasses import replace

    from extractor.archive import read_one
    from extractor.batch import record_of
    from extractor.pipeline import load

    page = read_one(file)
    page = replace(
        page,
        markup=page.markup and not text and title is None,
        title=title or page.title,
        url=url or page.url,
        published=published or page.published,
    )
    record = record_of(load(patterns), page)
    _print_record(_stamped(record) if stamp else record, view=view)


@app.command("eval")
def evaluate(
    gold: Annotated[Path, typer.Argument(metavar="GOLD_DIR", help="Folder of annotations, <id>.json each.")],
    records: Annotated[Path, typer.Argument(metavar="RECORDS.jsonl", help="Records, as `warta run` writes them.")],
    errors: Annotated[
        str | None, typer.Option(metavar="FIELD", help="Also list every error of one field, or of all of them: all.")
    ] = None,
) -> None:
    """Print precision, recall and F1 of records against gold annotations, field by field."""
    from extractor.evaluate import FIELDS
    from extractor.evaluate import evaluate as run_evaluation

    if errors not in (None, "all", *FIELDS):
        raise typer.BadParameter(
            f"{errors!r} is no field; choose all or one of: {', '.join(FIELDS)}", param_hint="--errors"
        )
    evaluation = run_evaluation(gold, records)
    _print_evaluation(evaluation)
    for name in FIELDS if errors == "all" else [errors] if errors else []:
        _print_misses(evaluation, name)


@app.command()
def dates(
    text: Annotated[str, typer.Argument(metavar="TEXT|FILE", help="A text, or a file that holds one; - is stdin.")],
    published: Published = None,
    patterns: Patterns = None,
    json: Annotated[bool, typer.Option("--json", help="Print JSON instead of TimeML.")] = False,
) -> None:
    """Print the temporal expressions of a text with their TIMEX3 values, as TimeML or JSON."""
    from extractor.tag import tag_dates

    tagged = tag_dates(text, published=published, patterns=patterns)
    typer.echo(tagged.json() if json else tagged.timeml(), nl=json)


@app.command()
def schema(
    tables: Annotated[bool, typer.Option("--tables", help="Print tables for people, in Markdown, instead.")] = False,
) -> None:
    """Print the record's JSON Schema."""
    from extractor.schema import record_schema, record_tables

    typer.echo(record_tables() if tables else record_schema())


@app.command()
def version() -> None:
    """Print the version."""
    typer.echo(__version__)


@patterns_app.command("check")
def patterns_check(
    folder: Annotated[Path | None, typer.Argument(metavar="DIR", help="Your own rule data, read after ours.")] = None,
) -> None:
    """Load the rule data and run the examples and counter-examples of every rule."""
    from extractor.patterns_check import check_patterns

    report = check_patterns(folder)
    for problem in report.problems:
        typer.echo(problem)
    typer.echo(f"{report.checked} examples, {len(report.problems)} do not hold", err=True)
    if report.problems:
        raise typer.Exit(BAD_INPUT)


@regions_app.command("import")
def regions_import(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Table of codes and names, CSV.")],
    into: Annotated[Path, typer.Option("--into", metavar="DIR", help="Folder of your own rule data.")],
) -> None:
    """Add the regions of an official table to your own rule data; later runs read them with --patterns DIR."""
    from extractor.regions_import import import_regions

    done = import_regions(file, into)
    levels = ", ".join(f"{count} {level}" for level, count in done.levels.items()) or "nothing new"
    typer.echo(f"{done.path}: {levels}; {done.known} known already")


def _stamped(record: Record) -> Record:
    from datetime import UTC, datetime

    moment = datetime.now(UTC).isoformat(timespec="seconds")
    provenance = record.provenance.model_copy(update={"extracted_at": moment})
    return record.model_copy(update={"provenance": provenance})


def _print_record(record: Record, *, view: bool) -> None:
    if view:
        from extractor.report.view import show

        show(record)
    else:
        typer.echo(record.model_dump_json(indent=2 if sys.stdout.isatty() else None))


def _print_evaluation(evaluation: Evaluation) -> None:
    def ratio(value: float | None) -> str:
        return "  -  " if value is None else f"{value:.3f}"

    typer.echo(f"{'':16s}  P      R      F1     right  found  wanted")
    for name, score in evaluation.scores.items():
        ratios = "  ".join(map(ratio, (score.precision, score.recall, score.f1)))
        typer.echo(f"{name:16s}  {ratios}  {score.right:5d}  {score.found:5d}  {score.wanted:6d}")
    if evaluation.absent:
        typer.echo(f"{len(evaluation.absent)} articles without a record: {', '.join(evaluation.absent[:5])} ...")


def _print_misses(evaluation: Evaluation, name: str) -> None:
    typer.echo(f"\n{name}")
    for miss in evaluation.scores[name].misses:
        typer.echo(f"  {miss.article}  {'spurious' if miss.spurious else 'missed'}  {miss.item}")


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command and returns its exit status.

    Args:
        arguments: Verb and options; those of the process when None.
    """
    before = [(number, signal.getsignal(number)) for number in (signal.SIGINT, signal.SIGTERM)]
    try:
        return _run(arguments)
    finally:
        for number, handler in before if arguments is not None else ():  # a process of ours ends without them
            with suppress(ValueError):  # not in the main thread
                signal.signal(number, handler)


def _run(arguments: Sequence[str] | None) -> int:
    try:
        app(args=arguments, prog_name="warta")
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 0
    except WartaError as error:
        return _fail(str(error))
    except OSError as error:
        return _fail(f"{error.filename or 'input'}: {error.strerror}; check the path and its permissions")
    except Exception as error:
        if "WARTA_DEBUG" in os.environ:
            raise
        return _fail(f"internal error: {type(error).__name__}: {error}; set WARTA_DEBUG=1 to see where, and report it")
    return 0


def _fail(sentence: str) -> int:
    typer.echo(f"warta: {' '.join(sentence.split())}", err=True)
    return BAD_INPUT

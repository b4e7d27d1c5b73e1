"""Shows a record to a person: tables of its fields, then the text with the evidence marked.

Where the terminal has colours, each field has its own. Where it has none, evidence stands in brackets followed by a
letter for the field. `KINDS` lists both, and the legend under the text repeats them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rich.console import Console, Group, RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from extractor.record import Article, Official, Record, Region, Span


@dataclass(frozen=True, slots=True)
class Kind:
    """How evidence of one field is marked."""

    name: str
    letter: str
    style: str


KINDS = (
    Kind("quotes", "q", "italic"),
    Kind("events", "e", "reverse"),
    Kind("officials", "o", "bold cyan"),
    Kind("venues", "v", "bold yellow"),
    Kind("dates", "d", "green"),
    Kind("percentages", "p", "bold magenta"),
    Kind("counts", "c", "blue"),
)


def show(record: Record, console: Console | None = None) -> None:
    """Prints a record.

    Args:
        record: The record.
        console: Where to; standard output when None.
    """
    console = console or Console(highlight=False)
    for part in _parts(record, coloured=console.color_system is not None and not console.no_color):
        console.print(part)


def _parts(record: Record, *, coloured: bool) -> Iterator[RenderableType]:
    yield Panel(_heading(record.article), border_style="dim", padding=(0, 1))
    yield from (table for table in _tables(record) if table.row_count)
    if record.article.text:
        yield ""
        yield marked_text(record, coloured=coloured)
        yield ""
        yield _legend(record, coloured=coloured)
    for warning in record.warnings:
        yield Text.assemble(("warning ", "yellow"), (warning.code, "bold"), f"  {warning.detail}")


def _heading(article: Article) -> RenderableType:
    facts = (article.publisher, article.published, article.dateline, article.section)
    people = (("by", article.authors), ("edited by", article.editors))
    lines = [
        Text(article.title or "(no title)", style="bold"),
        Text(" · ".join(fact for fact in facts if fact)),
        Text(" · ".join(f"{word} {', '.join(names)}" for word, names in people if names)),
        Text(article.url or article.canonical_url or "", style="dim"),
    ]
    return Group(*(line for line in lines if line.plain))


def _tables(record: Record) -> Iterator[Table]:
    names = {official.id: official.name for official in record.officials}
    yield _table("Officials", ("", "name", "role", "status", "region"), _official_rows(record.officials))
    yield _table("Dates", ("text", "type", "value"), ((d.text, d.type, d.value) for d in record.dates))
    yield _table("Venues", ("name", "kind", "region"), ((v.name, v.kind, _area(v.region)) for v in record.venues))
    yield _table(
        "Percentages",
        ("text", "metric", "category", "kind", "region", "event", "year", "said by"),
        (
            (p.text, p.metric, p.category, p.kind, _area(p.region), p.event, p.year, names.get(p.official or ""))
            for p in record.percentages
        ),
    )
    yield _table(
        "Counts",
        ("text", "value", "unit", "metric", "region", "event", "year"),
        ((c.text, f"{c.value:,}", c.unit, c.metric, _area(c.region), c.event, c.year) for c in record.counts),
    )
    yield _table(
        "Quotes",
        ("speaker", "cue", "what was said"),
        ((q.speaker_name, q.cue, f"“{q.text}”" if q.direct else q.text) for q in record.quotes),
    )
    yield _table(
        "Events",
        ("", "type", "trigger", "date", "venue", "region", "organizer"),
        (
            ("main" if e.main else "", e.type, e.trigger, e.date, e.venue, _area(e.region), e.organizer)
            for e in record.events
        ),
    )


def _table(title: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Table:
    """A table with a row for each of `rows`; columns that are empty throughout are left out."""
    cells = [["" if value is None else str(value) for value in row] for row in rows]
    used = [index for index in range(len(columns)) if any(row[index] for row in cells)]
    table = Table(title=title, title_justify="left", title_style="bold", header_style="dim")
    for index in used:
        table.add_column(columns[index], overflow="fold")
    for row in cells:
        table.add_row(*(Text(row[index]) for index in used))
    return table


def _official_rows(officials: Iterable[Official]) -> Iterator[tuple[object, ...]]:
    for official in officials:
        name = " ".join(part for part in (official.rank, official.name) if part)
        for number, role in enumerate(official.roles):
            person = ("", "") if number else (official.id, name)
            status = f"{role.status} {role.period}" if role.period else role.status
            yield (*person, role.text, status, _area(role.region))


def _area(region: Region | None) -> str | None:
    return " ".join(part for part in (region.name, region.code) if part) if region else None


def marked_text(record: Record, *, coloured: bool) -> Text:
    """The article's text with its evidence marked, by colour or by brackets and a letter."""
    ranges = list(_ranges(record))
    if coloured:
        text = Text(record.article.text)
        for start, end, kind in ranges:
            text.stylize(kind.style, start, end)
        return text
    marks = [(start, 1, -end, "[") for start, end, _ in ranges] + [
        (end, 0, -start, f"]{k.letter}") for start, end, k in ranges
    ]
    pieces, position = [], 0
    for offset, _, _, mark in sorted(marks):
        pieces += [record.article.text[position:offset], mark]
        position = offset
    return Text("".join([*pieces, record.article.text[position:]]))


def _ranges(record: Record) -> Iterator[tuple[int, int, Kind]]:
    """Every stretch to mark, each once a field; what is marked later lies on top."""
    for kind in KINDS:
        for start, end in sorted({(span.start, span.end) for span in _spans(record, kind.name)}):
            yield start, end, kind


def _spans(record: Record, field: str) -> Iterable[Span]:
    if field == "officials":
        return [span for official in record.officials for span in (*official.mentions, *official.roles)]
    spans: tuple[Span, ...] = getattr(record, field)
    return spans


def _legend(record: Record, *, coloured: bool) -> Text:
    used = [kind for kind in KINDS if getattr(record, kind.name)]
    if coloured:
        return Text("  ").join(Text(kind.name, style=kind.style) for kind in used)
    return Text("  ").join(Text(f"[…]{kind.letter} {kind.name}") for kind in used)

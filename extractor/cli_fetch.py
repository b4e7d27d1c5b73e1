"""The verbs of the command that fetch pages: fetch and watch."""

from __future__ import annotations

import asyncio
import signal
import sys
import time
from collections.abc import Callable, Coroutine, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from extractor.cli_archive import FINISHED_WITH_FAILURES
from extractor.errors import InputError
from extractor.start import INTERRUPTED

if TYPE_CHECKING:
    from extractor.fetch import Options, Summary

LINE_EVERY = 10.0
_SAME = (
    *("contact", "user_agent", "rate", "host_connections", "connections", "page_seconds", "redirects", "tries"),
    *("longest_wait", "cache", "ca_file", "allow_private"),
)
"""Parameters of both verbs that are options of fetching under the same name."""

Contact = Annotated[
    str | None,
    typer.Option(metavar="WHO", envvar="WARTA_CONTACT", help="Mail address or page of who answers for the requests."),
]
UserAgent = Annotated[str | None, typer.Option(metavar="TEXT", help="The whole user agent, instead of ours.")]
Rate = Annotated[float, typer.Option(min=0.001, help="Requests a second to one host, at most.")]
HostConnections = Annotated[int, typer.Option(min=1, help="Requests at a time to one host.")]
Connections = Annotated[int, typer.Option(min=1, help="Requests at a time to all hosts.")]
PageSeconds = Annotated[float, typer.Option(min=0.1, help="Most seconds a page may take, waiting for its turn aside.")]
PageSize = Annotated[int, typer.Option(min=1, metavar="MIB", help="Largest page, packed and unpacked.")]
Redirects = Annotated[int, typer.Option(min=0, help="Redirects that are followed for one page.")]
Tries = Annotated[int, typer.Option(min=1, help="Requests for one address when the failure is a passing one.")]
LongestWait = Annotated[float, typer.Option(min=0, help="Most seconds to wait where a server asks for it.")]
NoWhole = Annotated[bool, typer.Option("--no-whole", help="Leave further pages of split articles unfetched.")]
AllowPrivate = Annotated[bool, typer.Option("--allow-private", help="Also connect to private and loopback addresses.")]
AllowNetwork = Annotated[
    list[str] | None,
    typer.Option(metavar="CIDR", help="A private network that may be connected to, such as 10.1.0.0/16."),
]
Cache = Annotated[Path | None, typer.Option(metavar="DIR", help="Folder of an HTTP cache that runs share.")]
CaFile = Annotated[Path | None, typer.Option(metavar="FILE", help="Certificates to trust besides the usual ones.")]
Since = Annotated[
    str | None, typer.Option(metavar="TIME", help="Of sitemaps and feeds, only what was changed since then; ISO 8601.")
]
Restart = Annotated[bool, typer.Option("--restart", help="Throw away what earlier runs with this output fetched.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but errors.")]
Patterns = Annotated[
    Path | None,
    typer.Option(metavar="DIR", help="Folder of your own rule data; it is read after ours and wins by rule id."),
]


def register(app: typer.Typer) -> None:
    """Adds the verbs to the command."""
    app.command()(_interruptible(fetch))
    app.command()(_interruptible(watch))


def _interruptible(verb: Callable[..., None]) -> Callable[..., None]:
    """A verb that Ctrl-C ends in one line also before and after there is a run to stop."""

    @wraps(verb)
    def guarded(*arguments: Any, **options: Any) -> None:
        try:
            verb(*arguments, **options)
        except KeyboardInterrupt:
            _ignore_signals()
            sys.stderr.write("warta: stopped at once; the same command goes on\n")
            raise typer.Exit(INTERRUPTED) from None

    return guarded


def fetch(
    out: Annotated[Path, typer.Option("--out", "-o", metavar="OUT", help="The web archive: .warc.gz or .warc.")],
    urls: Annotated[list[str] | None, typer.Argument(metavar="URLS...", help="Addresses of pages.")] = None,
    from_: Annotated[
        list[str] | None,
        typer.Option("--from", metavar="FILE", help="File with an address a line; - is standard input."),
    ] = None,
    sitemap: Annotated[
        list[str] | None,
        typer.Option(metavar="URL", help="Sitemap, or a front page whose robots.txt names the sitemaps."),
    ] = None,
    rss: Annotated[list[str] | None, typer.Option(metavar="URL", help="Feed, RSS or Atom.")] = None,
    since: Since = None,
    contact: Contact = None,
    user_agent: UserAgent = None,
    rate: Rate = 1.0,
    host_connections: HostConnections = 2,
    connections: Connections = 32,
    page_seconds: PageSeconds = 60.0,
    page_size: PageSize = 16,
    redirects: Redirects = 10,
    tries: Tries = 3,
    longest_wait: LongestWait = 120.0,
    no_whole: NoWhole = False,
    refresh: Annotated[
        bool, typer.Option("--refresh", help="Ask again for pages that are there, if they have changed.")
    ] = False,
    retry_failed: Annotated[bool, typer.Option("--retry-failed", help="Try again what failed before.")] = False,
    cache: Cache = None,
    ca_file: CaFile = None,
    allow_private: AllowPrivate = False,
    allow_network: AllowNetwork = None,
    patterns: Patterns = None,
    restart: Restart = False,
    quiet: Quiet = False,
) -> None:
    """Fetch pages into a web archive that `warta run` reads; the same command goes on after an interruption."""
    from extractor.fetch import Sources
    from extractor.fetch import fetch as run_fetch
    from extractor.patterns import load_patterns

    sources = Sources(tuple(urls or ()), tuple(from_ or ()), tuple(sitemap or ()), tuple(rss or ()), _moment(since))
    if not (urls or from_ or sitemap or rss):
        raise typer.BadParameter("name addresses, or one of --from, --sitemap, --rss", param_hint="URLS...")
    options = _options(locals())
    _ask_for_contact(options, quiet)
    job = run_fetch(
        sources,
        out,
        load_patterns(patterns),
        options,
        refresh=refresh,
        retry_failed=retry_failed,
        restart=restart,
        progress=_progress(quiet),
    )
    _end(_run(job), out, quiet)


def watch(
    out: Annotated[Path, typer.Option("--out", "-o", metavar="OUT", help="The records that are appended to: .jsonl.")],
    rss: Annotated[list[str] | None, typer.Option(metavar="URL", help="Feed, RSS or Atom.")] = None,
    sitemap: Annotated[
        list[str] | None,
        typer.Option(metavar="URL", help="Sitemap, or a front page whose robots.txt names the sitemaps."),
    ] = None,
    interval: Annotated[float, typer.Option(min=1, metavar="SECONDS", help="From one round to the next.")] = 900.0,
    rounds: Annotated[int | None, typer.Option(min=1, help="Stop after so many rounds; without it, never.")] = None,
    pages: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Web archive of the pages; beside OUT without it.")
    ] = None,
    since: Since = None,
    contact: Contact = None,
    user_agent: UserAgent = None,
    rate: Rate = 1.0,
    host_connections: HostConnections = 2,
    connections: Connections = 32,
    page_seconds: PageSeconds = 60.0,
    page_size: PageSize = 16,
    redirects: Redirects = 10,
    tries: Tries = 3,
    longest_wait: LongestWait = 120.0,
    no_whole: NoWhole = False,
    cache: Cache = None,
    ca_file: CaFile = None,
    allow_private: AllowPrivate = False,
    allow_network: AllowNetwork = None,
    patterns: Patterns = None,
    restart: Restart = False,
    quiet: Quiet = False,
) -> None:
    """Poll feeds and sitemaps, fetch what is new, and append its records to OUT, until it is stopped."""
    from extractor import pipeline
    from extractor.fetch import Sources
    from extractor.fetch import watch as run_watch

    if not (rss or sitemap):
        raise typer.BadParameter("name a feed or a sitemap to watch", param_hint="--rss")
    options = _options(locals())
    _ask_for_contact(options, quiet)
    job = run_watch(
        Sources(sitemaps=tuple(sitemap or ()), feeds=tuple(rss or ()), since=_moment(since)),
        out,
        pipeline.load(patterns),
        options,
        pages=pages,
        interval=interval,
        rounds=rounds,
        restart=restart,
        progress=_progress(quiet),
    )
    _end(_run(job), out, quiet, stopping_is_the_end=True)


def _options(given: Mapping[str, Any]) -> Options:
    """The options of fetching, among the parameters that a verb was given."""
    from extractor.fetch import Options

    return Options(
        **{name: given[name] for name in _SAME},
        page_bytes=given["page_size"] * 2**20,
        whole=not given["no_whole"],
        allow_networks=tuple(given["allow_network"] or ()),
    )


def _run(job: Coroutine[None, None, Summary]) -> Summary:
    async def run() -> Summary:
        summary = await job
        _ignore_signals()
        return summary

    try:
        return asyncio.run(run())
    except asyncio.CancelledError:
        raise KeyboardInterrupt from None


def _ignore_signals() -> None:
    """All that is left is to tell what came of the run."""
    for number in (signal.SIGINT, signal.SIGTERM):
        with suppress(ValueError):  # not in the main thread
            signal.signal(number, signal.SIG_IGN)


def _moment(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise InputError("bad-published", f"--since {text!r} is not a date; write it as 2024-07-27") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _ask_for_contact(options: Options, quiet: bool) -> None:
    if not quiet and not (options.contact or options.user_agent):
        sys.stderr.write("warta: sites do not know whom to write to; name yourself with --contact or WARTA_CONTACT\n")


def _progress(quiet: bool) -> Callable[[Summary], None]:
    """A line every ten seconds on standard error."""
    told = time.monotonic()

    def progress(summary: Summary) -> None:
        nonlocal told
        if not quiet and time.monotonic() - told >= LINE_EVERY:
            told = time.monotonic()
            sys.stderr.write(
                f"warta: {summary.fetched} fetched, {summary.skipped.total()} skipped, "
                f"{summary.failures.total()} failures, {summary.bytes / 2**20:.0f} MiB\n"
            )
            sys.stderr.flush()

    return progress


def _end(summary: Summary, out: Path, quiet: bool, *, stopping_is_the_end: bool = False) -> None:
    if not quiet:
        _print_summary(summary, out)
    if summary.stopped and not stopping_is_the_end:
        raise typer.Exit(INTERRUPTED)
    if summary.failures or summary.incomplete:
        raise typer.Exit(FINISHED_WITH_FAILURES)


def _print_summary(summary: Summary, out: Path) -> None:
    from extractor.fetch.outputs import paths_of

    skipped, failed = summary.skipped.total(), summary.failures.total()
    lines = [
        f"{summary.inputs} inputs = {summary.fetched} fetched + {skipped} skipped + {failed} failures; "
        f"{summary.requests} requests, {summary.bytes / 2**20:.1f} MiB, {summary.seconds:.0f} s"
        f"{', stopped' if summary.stopped else ''}"
    ]
    if summary.earlier:
        lines.append(f"  {summary.earlier:6d}  fetched by an earlier run")
    titles = {
        "same": "skipped: the same address again",
        "redirect": "skipped: redirected to a page that is there",
        "not-modified": "skipped: not changed since it was fetched",
    }
    lines += [f"  {count:6d}  {titles[kind]}" for kind, count in summary.skipped.items()]
    lines += [f"  {count:6d}  failures: {code}" for code, count in summary.failures.most_common()]
    if summary.incomplete:
        lines.append(f"  {summary.incomplete:6d}  articles that lack pages")
    lines.append(f"records: {out}; {summary.records} new" if out.suffix == ".jsonl" else f"pages: {out}")
    lines += [f"failures: {paths_of(out).failures}"] if failed or summary.incomplete else []
    lines += ["the same command goes on where this one stopped"] if summary.stopped else []
    sys.stderr.write("\n".join(lines) + "\n")

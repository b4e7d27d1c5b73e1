"""What a run of fetching has done, in an SQLite file beside its output: so that a killed run goes on.

A page's row is committed after its records were written, with the size that the outputs had then. Whatever the outputs
hold beyond the largest size that was committed belongs to pages that are not done, and is cut off.
"""

from __future__ import annotations

import fcntl
import os
import sqlite3
from collections.abc import Iterable
from dataclasses import astuple, dataclass, fields, replace
from pathlib import Path
from types import TracebackType
from typing import Self

from extractor.errors import InputError
from extractor.fetch.robots import RobotsFile

VERSION = 2
FETCHED, PART, FAILED, KNOWN, LOST = "fetched", "part", "failed", "known", "lost"
_TABLES = """
CREATE TABLE pages (
  key TEXT PRIMARY KEY, url TEXT NOT NULL, state TEXT NOT NULL, code TEXT, sentence TEXT, temporary INTEGER NOT NULL,
  tries INTEGER NOT NULL, etag TEXT, modified TEXT, date TEXT, record TEXT, target TEXT,
  pages_end INTEGER NOT NULL, records_end INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX pages_end ON pages (pages_end);
CREATE INDEX records_end ON pages (records_end);
CREATE INDEX lost ON pages (target) WHERE state = 'lost';
CREATE TABLE robots (origin TEXT PRIMARY KEY, at REAL NOT NULL, text TEXT) WITHOUT ROWID;
CREATE TABLE listings (url TEXT PRIMARY KEY, etag TEXT, modified TEXT) WITHOUT ROWID;
CREATE TABLE outputs (name TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE sessions (id TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE begun (url TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TEMP TABLE given (key TEXT PRIMARY KEY) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class Row:
    """What became of one address.

    Attributes:
        key: What it is told apart by; see `Address.key`.
        url: The address.
        state: "fetched", "part" (a further page of an article), "failed", "known" (a redirect to a known page), or
            "lost" (a further page that could not be fetched; `target` is its article).
        code: Code of the failure.
        sentence: Its sentence.
        temporary: Whether it may go better later.
        tries: How often it has failed.
        etag: Validators of the answer (RFC 9110, section 8.8).
        modified: The same.
        date: WARC-Date of the record that holds the page.
        record: Its WARC-Record-ID.
        target: Its WARC-Target-URI.
        pages_end: Size of the archive when this was done.
        records_end: Size of the file of records when this was done.
    """

    key: str
    url: str
    state: str
    code: str | None = None
    sentence: str | None = None
    temporary: bool = False
    tries: int = 0
    etag: str | None = None
    modified: str | None = None
    date: str | None = None
    record: str | None = None
    target: str | None = None
    pages_end: int = 0
    records_end: int = 0


_COLUMNS = ", ".join(field.name for field in fields(Row))
_MARKS = ", ".join("?" for _ in fields(Row))


class Ledger:
    """The ledger of an output, as a context manager; one run at a time holds it.

    Attributes:
        path: Its file.
        new: Whether there was none before.
    """

    def __init__(self, path: Path) -> None:
        """Opens or begins a ledger.

        Raises:
            InputError: "run-at-work" when another run holds it, "bad-ledger" when it is none of ours, "bad-output" when
                nothing can be written beside it.
        """
        self.path = path
        self._lock = _locked(path)
        try:
            self._base = sqlite3.connect(path, isolation_level=None)
            self._prepare()
        except sqlite3.DatabaseError as error:
            if hasattr(self, "_base"):
                self._base.close()
            os.close(self._lock)
            if isinstance(error, sqlite3.OperationalError):
                sentence = f"{path} cannot be used: {error}; check the permissions of the file and its folder"
                raise InputError("bad-output", sentence) from None
            sentence = f"{path} is no ledger of ours: {error}; choose another output, or move the file away"
            raise InputError("bad-ledger", sentence) from None

    def _prepare(self) -> None:
        self._base.execute("PRAGMA journal_mode = WAL")
        self._base.execute("PRAGMA synchronous = NORMAL")
        self._base.execute("PRAGMA temp_store = FILE")
        version = self._base.execute("PRAGMA user_version").fetchone()[0]
        known = self._base.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        if version not in (0, VERSION) or (version == 0 and known):
            raise sqlite3.DatabaseError(f"it has version {version}")
        self.new = version == 0
        script = _TABLES if self.new else _TABLES[_TABLES.index("CREATE TEMP") :]
        self._base.executescript(f"BEGIN; {script} PRAGMA user_version = {VERSION}; COMMIT;")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        unused = kind is not None and self.new and not self._base.execute("SELECT count(*) FROM outputs").fetchone()[0]
        self._base.close()
        for end in ("", "-wal", "-shm", ".lock") if unused else ():
            self.path.with_name(self.path.name + end).unlink(missing_ok=True)
        os.close(self._lock)

    def owns(self, output: str) -> bool:
        """Whether a file, named from the ledger's folder, was begun as an output of this ledger."""
        return self._base.execute("SELECT 1 FROM outputs WHERE name = ?", (output,)).fetchone() is not None

    def own(self, outputs: Iterable[str]) -> None:
        """Takes files for outputs from now on."""
        self._base.executemany("INSERT OR IGNORE INTO outputs VALUES (?)", [(output,) for output in outputs])

    def forget_all(self) -> None:
        """Begins anew."""
        for table in ("pages", "robots", "listings", "outputs", "sessions", "begun"):
            self._base.execute(f"DELETE FROM {table}")

    def sessions(self) -> frozenset[str]:
        """The WARC-Record-IDs of the heads that our runs have given archives."""
        return frozenset(name for (name,) in self._base.execute("SELECT id FROM sessions"))

    def begin_session(self, identity: str) -> None:
        """Notes the head of a run before it is written, so that a torn end is known for ours."""
        self._base.execute("INSERT OR IGNORE INTO sessions VALUES (?)", (identity,))

    def begun(self) -> frozenset[str]:
        """The addresses whose records may be written without being committed."""
        return frozenset(url for (url,) in self._base.execute("SELECT url FROM begun"))

    def begin(self, url: str) -> None:
        """Notes an address before its record is written."""
        self._base.execute("INSERT OR IGNORE INTO begun VALUES (?)", (url,))

    def ends(self, pages: int, records: int) -> tuple[int, int]:
        """The sizes up to which the outputs are whole; rows of what is lost are forgotten.

        Args:
            pages: Size of the archive now; it may be smaller than what was committed after a power cut.
            records: Size of the file of records now.
        """
        lost = "FROM pages WHERE pages_end > ? OR records_end > ?"
        self._base.execute(f"INSERT OR IGNORE INTO begun SELECT url {lost}", (pages, records))
        self._base.execute(f"DELETE {lost}", (pages, records))
        found = self._base.execute("SELECT max(pages_end), max(records_end) FROM pages").fetchone()
        return found[0] or 0, found[1] or 0

    def row(self, key: str) -> Row | None:
        """What became of an address; None where it is not done."""
        found = self._base.execute(f"SELECT {_COLUMNS} FROM pages WHERE key = ?", (key,)).fetchone()
        return Row(*found) if found else None

    def keep(self, rows: Iterable[Row], pages_end: int, records_end: int, *, renewed: str | None = None) -> None:
        """Commits what became of a page's addresses, all at once, with the sizes of the outputs.

        Args:
            rows: What became of them.
            pages_end: Size of the archive.
            records_end: Size of the file of records.
            renewed: Address of an article whose lost pages are forgotten, unless they are among the rows.
        """
        rows = [replace(row, pages_end=pages_end, records_end=records_end) for row in rows]
        self._base.execute("BEGIN")
        self._base.execute("DELETE FROM begun")
        if renewed is not None:
            self._base.execute("DELETE FROM pages WHERE state = ? AND target = ?", (LOST, renewed))
        self._base.executemany(f"INSERT OR REPLACE INTO pages ({_COLUMNS}) VALUES ({_MARKS})", map(astuple, rows))
        self._base.execute("COMMIT")

    def lost(self, article: str) -> list[Row]:
        """The further pages of an article that could not be fetched."""
        found = self._base.execute(
            f"SELECT {_COLUMNS} FROM pages WHERE state = '{LOST}' AND target = ? ORDER BY url", (article,)
        )
        return [Row(*row) for row in found]

    def failing(self, most: int) -> list[str]:
        """Addresses that failed in passing, fewer than so many times."""
        found = self._base.execute("SELECT url FROM pages WHERE state = ? AND temporary AND tries < ?", (FAILED, most))
        return [url for (url,) in found]

    def given(self, key: str) -> bool:
        """Whether an address was given before in this run; it is from now on."""
        return self._base.execute("INSERT OR IGNORE INTO given VALUES (?)", (key,)).rowcount == 0

    def forget_given(self) -> None:
        """A new round begins, in which every address may be given again."""
        self._base.execute("DELETE FROM given")

    def robots(self, origin: str) -> RobotsFile | None:
        """See `extractor.fetch.robots.RobotsStore`."""
        found = self._base.execute("SELECT at, text FROM robots WHERE origin = ?", (origin,)).fetchone()
        return RobotsFile(*found) if found else None

    def keep_robots(self, origin: str, file: RobotsFile) -> None:
        """See `extractor.fetch.robots.RobotsStore`."""
        self._base.execute("INSERT OR REPLACE INTO robots VALUES (?, ?, ?)", (origin, file.at, file.text))

    def validators(self, url: str) -> tuple[str | None, str | None]:
        """ETag and Last-Modified of a feed or sitemap when it was last read."""
        found = self._base.execute("SELECT etag, modified FROM listings WHERE url = ?", (url,)).fetchone()
        return (found[0], found[1]) if found else (None, None)

    def keep_validators(self, url: str, etag: str | None, modified: str | None) -> None:
        """Keeps them."""
        self._base.execute("INSERT OR REPLACE INTO listings VALUES (?, ?, ?)", (url, etag, modified))


def _locked(path: Path) -> int:
    """A descriptor of the lock beside a ledger, held until it is closed."""
    lock = path.with_name(f"{path.name}.lock")
    while True:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            held = os.open(lock, os.O_RDWR | os.O_CREAT, 0o644)
        except OSError as error:
            told = f"{path.parent}: nothing can be written there: {error.strerror}; choose another folder"
            raise InputError("bad-output", told) from None
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if lock.exists() and lock.stat().st_ino == os.fstat(held).st_ino:
                return held
        except BlockingIOError:
            os.close(held)
            raise InputError("run-at-work", f"another run is at work on the same output ({path})") from None
        os.close(held)  # a run that ended at that moment has taken the lock away

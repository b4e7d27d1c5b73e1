"""SQLite: the tables, the whole records as JSON, full-text search and views; Datasette opens it as it is."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from types import TracebackType
from typing import Self

from extractor.archive.tables import rows, tables
from extractor.errors import InputError

_HEAD = b"SQLite format 3\0"
_AFTER = """
CREATE VIRTUAL TABLE articles_fts USING fts5(
  title, summary, text, content="articles", content_rowid="record", tokenize="unicode61 remove_diacritics 2");
INSERT INTO articles_fts(articles_fts) VALUES ('rebuild');
INSERT INTO articles_fts(articles_fts) VALUES ('optimize');
CREATE VIEW offices AS
  SELECT o.record, a.published, a.publisher, a.title AS headline, o.id AS official, o.name, r.title, r.organization,
    r.sector, r.region_name, r.region_code, r.status, r.text, a.url
  FROM officials o JOIN roles r ON r.record = o.record AND r.official = o.id JOIN articles a ON a.record = o.record;
CREATE VIEW turnout AS
  SELECT p.record, a.published, a.publisher, a.title AS headline, p.value, p.category, p.kind, p.metric, p.region_name,
    p.region_code, p.event, p.year, o.name AS official_name, p.text, a.url
  FROM percentages p JOIN articles a ON a.record = p.record
    LEFT JOIN officials o ON o.record = p.record AND o.id = p.official
  WHERE p.category IN ('voter_turnout', 'abstention');
CREATE VIEW statements AS
  SELECT q.record, a.published, a.publisher, a.title AS headline, coalesce(o.name, q.speaker_name) AS speaker, q.direct,
    q.cue, q.text, a.url
  FROM quotes q JOIN articles a ON a.record = q.record
    LEFT JOIN officials o ON o.record = q.record AND o.id = q.speaker;
CREATE VIEW main_events AS
  SELECT e.record, a.published, a.publisher, a.title AS headline, e.type, e.trigger, e.organizer, e.date, e.venue,
    e.region_name, e.region_code, a.url
  FROM events e JOIN articles a ON a.record = e.record WHERE e.main;
"""


class Database:
    """Writes records to a database, as a context manager; see `extractor.archive.sinks.Sink`."""

    def __init__(self, path: Path) -> None:
        if path.exists():
            with path.open("rb") as file:
                if (head := file.read(len(_HEAD))) and head != _HEAD:
                    raise InputError("bad-output", f"{path} is no database; choose another name")
        self.path = path
        self._part = path.with_name(f"{path.name}.part")

    def __enter__(self) -> Self:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self._part.unlink(missing_ok=True)
        self._part.touch()  # says why, where it cannot be written
        self._number = 0
        self._connection = sqlite3.connect(self._part, isolation_level=None)
        self._connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA page_size = 8192;")
        self._connection.execute("BEGIN")
        self._connection.execute("CREATE TABLE records (record INTEGER PRIMARY KEY, json TEXT NOT NULL)")
        self._insert = {}
        for name, table in tables().items():
            types = {**dict.fromkeys(table.keys, "INTEGER"), "official": "TEXT", "field": "TEXT"}
            own = [f'"{key}" {types[key]}' for key in table.keys]
            own += [f'"{column.name}" {column.type}' for column in table.columns]
            key = ", ".join(f'"{k}"' for k in table.keys[:2])
            foreign = "" if name == "articles" else ", FOREIGN KEY (record) REFERENCES articles (record)"
            self._connection.execute(f'CREATE TABLE "{name}" ({", ".join(own)}, PRIMARY KEY ({key}){foreign})')
            self._insert[name] = f'INSERT INTO "{name}" VALUES ({", ".join("?" * len(table.names))})'
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self._finish()
            self._connection.close()
            if kind is None:
                self._part.replace(self.path)
        except sqlite3.Error as failure:
            raise OSError(5, f"SQLite cannot write it: {failure}", str(self._part)) from None
        finally:
            self._connection.close()
            self._part.unlink(missing_ok=True)

    def write(self, document: bytes) -> None:
        """Writes one record and its rows."""
        self._number += 1
        try:
            self._connection.execute("INSERT INTO records VALUES (?, ?)", (self._number, document.decode()))
            for name, cells in rows(json.loads(document), self._number):
                self._connection.execute(self._insert[name], cells)
        except sqlite3.OperationalError as failure:
            raise OSError(5, f"SQLite cannot write it: {failure}", str(self._part)) from None

    def _finish(self) -> None:
        self._connection.execute("COMMIT")
        for name in ("roles", "percentages", "quotes", "events"):
            self._connection.execute(f'CREATE INDEX "{name}_record" ON "{name}" (record)')
        self._connection.execute("CREATE INDEX articles_id ON articles (id)")
        self._connection.execute("CREATE INDEX articles_published ON articles (published)")
        self._connection.executescript(_AFTER)

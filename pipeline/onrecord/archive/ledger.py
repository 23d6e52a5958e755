"""The ledger of a run, a SQLite file: its options, its plan, the state of every shard, its progress."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from onrecord.archive.plan import Shard, segments_from_json, segments_to_json
from onrecord.errors import InvalidRecordError, OutputError

VERSION = 1
_SCHEMA = """
CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS shards (
    number INTEGER PRIMARY KEY,
    first INTEGER NOT NULL,
    documents INTEGER NOT NULL,
    segments TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'planned' CHECK (state IN ('planned', 'done')),
    digest TEXT,
    records INTEGER, claims INTEGER, failures INTEGER, duplicates INTEGER, words INTEGER
);
CREATE TABLE IF NOT EXISTS sessions (
    id INTEGER PRIMARY KEY, started REAL NOT NULL, seconds REAL NOT NULL, workers INTEGER NOT NULL,
    documents INTEGER NOT NULL, words INTEGER NOT NULL
);
"""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many of each there are."""

    documents: int = 0
    records: int = 0
    claims: int = 0
    failures: int = 0
    duplicates: int = 0
    words: int = 0


@dataclass(frozen=True, slots=True)
class Session:
    """One sitting of a run: when it began, how long it took, what it has done."""

    started: float
    seconds: float
    workers: int
    documents: int
    words: int


@contextmanager
def database_errors(path: Path) -> Iterator[None]:
    """Turn what SQLite raises in the block: an OutputError where it cannot write, else InvalidRecordError."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        kind = OutputError if isinstance(error, sqlite3.OperationalError) else InvalidRecordError
        raise kind(f"{path}: the database cannot be used: {error}") from error


def _opened_to_read(path: Path) -> sqlite3.Connection:
    """Open a database that another process may be writing to, or that lies where nothing can be written."""
    uri = path.resolve().as_uri()
    connection = sqlite3.connect(f"{uri}?mode=ro", uri=True)
    try:
        connection.execute("SELECT 1 FROM sqlite_schema")
    except sqlite3.OperationalError:
        connection.close()
        # To read, SQLite makes a file beside it; without a log to go with it, it can do without.
        if path.with_name(f"{path.name}-wal").exists():
            raise
        connection = sqlite3.connect(f"{uri}?mode=ro&immutable=1", uri=True)
    return connection


class Ledger:
    """Reads and writes the ledger; every change of state is one transaction."""

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        """Open a ledger, or make one.

        Raises:
            OutputError: it cannot be opened or written.
            InvalidRecordError: it is none, or one of another version.

        """
        self._path = path
        with database_errors(self._path):
            if read_only:
                self._connection = _opened_to_read(path)
            else:
                self._connection = sqlite3.connect(path)
                self._connection.execute("PRAGMA journal_mode = WAL")
                self._connection.execute("PRAGMA synchronous = FULL")
                self._connection.executescript(_SCHEMA)
            version = self.fact("version")
        if version is None and not read_only:
            self.set_facts({"version": VERSION})
        elif version != VERSION:
            raise InvalidRecordError(f"{path}: a ledger of version {version}; read is {VERSION}")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with database_errors(self._path), self._connection:
            yield self._connection

    def fact(self, name: str) -> Any:
        """Return what was noted under a name, None for nothing."""
        row = self._connection.execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
        return json.loads(row[0]) if row else None

    def set_facts(self, facts: Mapping[str, Any]) -> None:
        """Note facts under their names."""
        with self._transaction() as connection:
            connection.executemany(
                "INSERT OR REPLACE INTO facts VALUES (?, ?)",
                [(name, json.dumps(value)) for name, value in facts.items()],
            )

    def plan(self, shards: Iterable[Shard]) -> None:
        """Note all shards, or none where making the plan fails."""
        with self._transaction() as connection:
            connection.execute("DELETE FROM shards")
            connection.executemany(
                "INSERT INTO shards (number, first, documents, segments) VALUES (?, ?, ?, ?)",
                (
                    (shard.number, shard.first, shard.documents, segments_to_json(shard.segments))
                    for shard in shards
                ),
            )
            connection.execute("INSERT OR REPLACE INTO facts VALUES ('planned', 'true')")

    def unfinished(self) -> Iterator[Shard]:
        """Yield the shards that are not done, in order."""
        return self._shards("planned")

    def finished(self) -> Iterator[Shard]:
        """Yield the shards that are done, in order."""
        return self._shards("done")

    def _shards(self, state: str) -> Iterator[Shard]:
        # One at a time: states change while the shards are gone through.
        number = -1
        while row := self._connection.execute(
            "SELECT number, first, segments FROM shards WHERE state = ? AND number > ? "
            "ORDER BY number LIMIT 1",
            (state, number),
        ).fetchone():
            number, first, segments = row
            yield Shard(number, first, segments_from_json(segments))

    def finish(self, number: int, digest: str, counts: Counts) -> None:
        """Mark a shard as done: the marker by which a resumed run passes over it."""
        with self._transaction() as connection:
            connection.execute(
                "UPDATE shards SET state = 'done', digest = ?, records = ?, claims = ?, failures = ?, "
                "duplicates = ?, words = ? WHERE number = ?",
                (
                    digest,
                    counts.records,
                    counts.claims,
                    counts.failures,
                    counts.duplicates,
                    counts.words,
                    number,
                ),
            )

    def reopen(self, numbers: Iterable[int]) -> None:
        """Mark shards as not done."""
        with self._transaction() as connection:
            connection.executemany(
                "UPDATE shards SET state = 'planned', digest = NULL WHERE number = ?",
                [(number,) for number in numbers],
            )

    def digests(self) -> Iterator[tuple[int, str, Counts]]:
        """Yield number, digest and counts of the shards that are done, in order."""
        for number, digest, *counts in self._connection.execute(
            "SELECT number, digest, documents, records, claims, failures, duplicates, words FROM shards "
            "WHERE state = 'done' ORDER BY number"
        ):
            yield number, digest, Counts(*counts)

    def counts(self) -> tuple[Counts, int, int, int]:
        """Return the counts of what is done; the shards done and in all; the documents in all."""
        row = self._connection.execute(
            "SELECT coalesce(sum(documents) FILTER (WHERE state = 'done'), 0), "
            + "".join(
                f"coalesce(sum({name}) FILTER (WHERE state = 'done'), 0), "
                for name in ("records", "claims", "failures", "duplicates", "words")
            )
            + "count(*) FILTER (WHERE state = 'done'), count(*), coalesce(sum(documents), 0) FROM shards"
        ).fetchone()
        return Counts(*row[:6]), *row[6:]

    def begin_session(self, workers: int) -> int:
        """Note that work begins; return the id of the session."""
        with self._transaction() as connection:
            cursor = connection.execute(
                "INSERT INTO sessions (started, seconds, workers, documents, words) VALUES (?, 0, ?, 0, 0)",
                (time.time(), workers),
            )
        return int(cursor.lastrowid or 0)

    def note_session(self, identifier: int, seconds: float, counts: Counts) -> None:
        """Note what a session has done by now."""
        with self._transaction() as connection:
            connection.execute(
                "UPDATE sessions SET seconds = ?, documents = ?, words = ? WHERE id = ?",
                (seconds, counts.documents, counts.words, identifier),
            )

    def last_session(self) -> Session | None:
        """Return the latest session that has done something, None before there is one."""
        row = self._connection.execute(
            "SELECT started, seconds, workers, documents, words FROM sessions WHERE documents > 0 "
            "ORDER BY id DESC LIMIT 1"
        ).fetchone()
        return Session(*row) if row else None

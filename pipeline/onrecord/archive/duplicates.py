"""The index of what was read, on disk, in which copies of an article find the first of them.

A document is a duplicate where an earlier one of the input has the same text, or nearly so. That does
not depend on the order in which documents are worked on: a match with an earlier document stands
whatever is found later, so extraction may be spared at once; and when all documents before one are
known, it is certain that there is none.
"""

from __future__ import annotations

import heapq
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Literal

import numpy as np

from onrecord.archive.entry import Fingerprint
from onrecord.archive.fingerprint import SIMILAR, Signature, bands, similarity
from onrecord.archive.ledger import database_errors

_SCHEMA = """
CREATE TABLE IF NOT EXISTS documents (
    position INTEGER PRIMARY KEY, article_id TEXT NOT NULL, text_sha256 TEXT NOT NULL, signature BLOB,
    original INTEGER
);
CREATE INDEX IF NOT EXISTS texts ON documents (text_sha256, position);
CREATE TABLE IF NOT EXISTS bands (
    band INTEGER NOT NULL, position INTEGER NOT NULL, PRIMARY KEY (band, position)
) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class Match:
    """An earlier document with the same text (`exact`) or nearly the same (`near`)."""

    position: int
    kind: Literal["exact", "near"]
    similarity: float


class DuplicateIndex:
    """Texts by equality and by MinHash bands, in a SQLite file, so that memory does not grow with them."""

    def __init__(self, path: Path) -> None:
        """Open an index, or make one.

        Raises:
            OutputError: it cannot be written to, here or in the methods that add to it.

        """
        self._path = path
        with database_errors(path):
            self._connection = sqlite3.connect(path)
            self._connection.execute("PRAGMA journal_mode = WAL")
            self._connection.executescript(_SCHEMA)

    def close(self) -> None:
        """Close the file; what was not committed is lost."""
        self._connection.close()

    def commit(self) -> None:
        """Keep what was added."""
        with database_errors(self._path):
            self._connection.commit()

    def add(self, position: int, fingerprint: Fingerprint) -> None:
        """Make the text at a position known to later documents."""
        signature = fingerprint.signature
        packed = None if signature is None else signature.tobytes()
        row = (position, fingerprint.article_id, fingerprint.text_sha256, packed)
        with database_errors(self._path):
            inserted = self._connection.execute(
                "INSERT OR IGNORE INTO documents VALUES (?, ?, ?, ?, NULL)", row
            )
            if inserted.rowcount and signature is not None:
                self._connection.executemany(
                    "INSERT OR IGNORE INTO bands VALUES (?, ?)",
                    [(band, position) for band in bands(signature)],
                )

    def fingerprint(self, position: int) -> Fingerprint | None:
        """Return the fingerprint of the text at a position, None where none was read."""
        row = self._connection.execute(
            "SELECT article_id, text_sha256, signature FROM documents WHERE position = ?", (position,)
        ).fetchone()
        if row is None:
            return None
        return Fingerprint(row[0], row[1], None if row[2] is None else np.frombuffer(row[2], np.uint32))

    def earlier(self, position: int, fingerprint: Fingerprint) -> Match | None:
        """Return the first document before a position that has the text, or else nearly the text."""
        row = self._connection.execute(
            "SELECT min(position) FROM documents WHERE text_sha256 = ? AND position < ?",
            (fingerprint.text_sha256, position),
        ).fetchone()
        if row[0] is not None:
            return Match(row[0], "exact", 1.0)
        if fingerprint.signature is None:
            return None
        for candidate in self._candidates(position, fingerprint.signature):
            alike = similarity(fingerprint.signature, self._signature(candidate))
            if alike >= SIMILAR:
                return Match(candidate, "near", alike)
        return None

    def link(self, position: int, match: Match) -> tuple[int, str]:
        """Link a document to its match; return the position and article id of the first of all copies."""
        original, article_id, first = self._connection.execute(
            "SELECT coalesce(d.original, d.position), o.article_id, o.position FROM documents d "
            "JOIN documents o ON o.position = coalesce(d.original, d.position) WHERE d.position = ?",
            (match.position,),
        ).fetchone()
        with database_errors(self._path):
            self._connection.execute(
                "UPDATE documents SET original = ? WHERE position = ?", (original, position)
            )
        return first, article_id

    def _candidates(self, position: int, signature: Signature) -> Iterator[int]:
        found = [
            (
                row[0]
                for row in self._connection.execute(
                    "SELECT position FROM bands WHERE band = ? AND position < ? ORDER BY position",
                    (band, position),
                )
            )
            for band in bands(signature)
        ]
        return (candidate for candidate, _ in groupby(heapq.merge(*found)))

    def _signature(self, position: int) -> Signature:
        row = self._connection.execute(
            "SELECT signature FROM documents WHERE position = ?", (position,)
        ).fetchone()
        return np.frombuffer(row[0], np.uint32)

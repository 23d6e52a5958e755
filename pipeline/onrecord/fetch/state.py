"""What a crawl remembers: in one SQLite file beside the archive, so that it can be resumed and repeated."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from onrecord.errors import OutputError
from onrecord.fetch.listings import Link, Role
from onrecord.fetch.urls import host_of

_VERSION = 1
_SCHEMA = """
CREATE TABLE run (archive TEXT NOT NULL, size INTEGER NOT NULL, is_finished INTEGER NOT NULL);
CREATE TABLE frontier (
    id INTEGER PRIMARY KEY, url TEXT NOT NULL UNIQUE, host TEXT NOT NULL, role TEXT NOT NULL,
    depth INTEGER NOT NULL, rank INTEGER NOT NULL, state TEXT NOT NULL DEFAULT 'waiting'
);
CREATE INDEX next_of_host ON frontier (host, rank, id) WHERE state = 'waiting';
CREATE TABLE document (
    url TEXT PRIMARY KEY, etag TEXT, last_modified TEXT, digest TEXT, fetched_at REAL NOT NULL
) WITHOUT ROWID;
CREATE TABLE link (listing TEXT NOT NULL, url TEXT NOT NULL, role TEXT NOT NULL, modified REAL);
CREATE INDEX link_of_listing ON link (listing);
"""
_LISTINGS, _NEW, _KNOWN = range(3)  # the order in which a host's URLs are asked for


@dataclass(frozen=True, slots=True)
class Entry:
    """A URL of the frontier; `depth` counts the listings between it and what the user named."""

    id: int
    url: str
    role: Role
    depth: int


@dataclass(frozen=True, slots=True)
class Document:
    """What is known of a URL from the last time that it was fetched.

    `digest` is the SHA-256 of its content, None for one that only redirected.
    """

    url: str
    fetched_at: float
    etag: str | None = None
    last_modified: str | None = None
    digest: str | None = None

    @property
    def conditions(self) -> Mapping[str, str]:
        """The request headers by which a server answers 304 where nothing has changed."""
        headers = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in headers.items() if value}


class State:
    """The frontier of the current run, and the documents of all runs.

    Nothing lasts before `commit`, which belongs behind the archive's own writing: the size that it
    records never exceeds what the archive holds.

    Raises:
        OutputError: the file cannot be used, or another crawl is using it.

    """

    def __init__(self, path: Path) -> None:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._db = sqlite3.connect(path, timeout=0)
            self._db.execute("PRAGMA locking_mode = EXCLUSIVE")
            self._db.execute("PRAGMA journal_mode = WAL")
            self._db.execute("BEGIN EXCLUSIVE")
            (version,) = self._db.execute("PRAGMA user_version").fetchone()
            if version == 0:
                for statement in filter(str.strip, _SCHEMA.split(";")):
                    self._db.execute(statement)
                self._db.execute(f"PRAGMA user_version = {_VERSION}")
            self._db.commit()
        except (OSError, sqlite3.Error) as error:
            reason = "another crawl is using it" if "locked" in str(error) else error
            raise OutputError(f"{path}: the state of the crawl cannot be used: {reason}") from error
        if version not in (0, _VERSION):
            raise OutputError(f"{path}: the state of the crawl is of another version of onrecord")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._db.close()

    def begin(self, archive: Path, *, resume: bool) -> int:
        """Begin a run, or go on with one that was broken off; return the size of the archive so far.

        Raises:
            OutputError: the archive exists and `resume` is not given; or it is not as it was left.

        """
        row = self._db.execute("SELECT archive, size, is_finished FROM run").fetchone()
        name, size, is_finished = row or ("", 0, True)
        exists = archive.exists()
        if exists and not resume:
            raise OutputError(f"{archive}: exists; --resume goes on with it, or name another file")
        is_same = resume and name == archive.name
        if exists:
            found = archive.stat().st_size
            if not is_same or found < size or (is_finished and found != size):
                raise OutputError(f"{archive}: is not as the last crawl left it; name another file")
        elif is_same and not is_finished and size:
            raise OutputError(f"{archive}: is gone, so that its crawl cannot go on; start without --resume")
        if is_same and not is_finished:
            self._db.execute("UPDATE frontier SET state = 'waiting' WHERE state <> 'done'")
        else:
            self._db.execute("DELETE FROM frontier")
        size = size if exists else 0
        self._db.execute("DELETE FROM run")
        self._db.execute("INSERT INTO run VALUES (?, ?, 0)", (archive.name, size))
        self.commit(size)
        return int(size)

    def commit(self, size: int) -> None:
        """Make everything last so far; `size` is what the archive holds by now, in bytes."""
        self._db.execute("UPDATE run SET size = ?", (size,))
        self._db.commit()

    def finish(self) -> None:
        """End the run: the next one asks for everything anew, for what is new first."""
        self._db.execute("UPDATE run SET is_finished = 1")
        self._db.commit()

    def add(self, links: Iterable[Link], depth: int) -> set[str]:
        """Put links into the frontier and return their hosts.

        Left out is what stands there already, and a page that was fetched since it changed last.
        """
        hosts = set()
        for link in links:
            known = self.document(link.url) if link.role is not Role.LISTING else None
            if known and link.modified is not None and link.modified <= known.fetched_at:
                continue
            rank = _KNOWN if known and known.digest else _LISTINGS if link.role is not Role.PAGE else _NEW
            host = host_of(link.url)
            self._db.execute(
                "INSERT OR IGNORE INTO frontier (url, host, role, depth, rank) VALUES (?, ?, ?, ?, ?)",
                (link.url, host, link.role, depth, rank),
            )
            hosts.add(host)
        return hosts

    def next(self, host: str) -> Entry | None:
        """Take the host's next URL out of those that wait: listings first, then new, then known pages."""
        row = self._db.execute(
            "SELECT id, url, role, depth FROM frontier WHERE host = ? AND state = 'waiting' "
            "ORDER BY rank, id LIMIT 1",
            (host,),
        ).fetchone()
        if row is None:
            return None
        self._set(row[0], "taken")
        return Entry(row[0], row[1], Role(row[2]), row[3])

    def settle(self, entry: Entry, *, failed: bool) -> None:
        """Note that a URL is done with; a failed one is asked for again if the run is broken off."""
        self._set(entry.id, "failed" if failed else "done")

    def waiting_hosts(self) -> list[str]:
        """Return the hosts that have URLs to be asked for, in the order in which they were named."""
        rows = self._db.execute(
            "SELECT host FROM frontier WHERE state = 'waiting' GROUP BY host ORDER BY min(id)"
        )
        return [host for (host,) in rows]

    def left(self) -> dict[str, int]:
        """Return how many URLs of each host were not asked for, or not to the end."""
        rows = self._db.execute(
            "SELECT host, count(*) FROM frontier WHERE state IN ('waiting', 'taken') GROUP BY host"
        )
        return dict(rows.fetchall())

    def document(self, url: str) -> Document | None:
        """Return what is known of a URL."""
        row = self._db.execute(
            "SELECT url, fetched_at, etag, last_modified, digest FROM document WHERE url = ?", (url,)
        ).fetchone()
        return Document(*row) if row else None

    def remember(self, document: Document) -> None:
        """Keep what is now known of a URL."""
        self._db.execute(
            "INSERT OR REPLACE INTO document (url, fetched_at, etag, last_modified, digest) "
            "VALUES (?, ?, ?, ?, ?)",
            (
                document.url,
                document.fetched_at,
                document.etag,
                document.last_modified,
                document.digest,
            ),
        )

    def links_of(self, listing: str) -> list[Link]:
        """Return the links that a listing held when it was last read."""
        rows = self._db.execute("SELECT url, role, modified FROM link WHERE listing = ?", (listing,))
        return [Link(url, Role(role), modified) for url, role, modified in rows]

    def remember_links(self, listing: str, links: Iterable[Link]) -> None:
        """Keep the links of a listing in place of those that it held before."""
        self._db.execute("DELETE FROM link WHERE listing = ?", (listing,))
        self._db.executemany(
            "INSERT INTO link VALUES (?, ?, ?, ?)",
            ((listing, link.url, link.role, link.modified) for link in links),
        )

    def _set(self, entry_id: int, state: str) -> None:
        self._db.execute("UPDATE frontier SET state = ? WHERE id = ?", (state, entry_id))

"""The failures of a run, and another attempt at them."""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

import duckdb

from onrecord.archive.duplicates import DuplicateIndex
from onrecord.archive.entry import Entry
from onrecord.archive.folder import RunFolder
from onrecord.archive.journal import Journal
from onrecord.archive.ledger import Ledger
from onrecord.archive.options import RunOptions
from onrecord.archive.views import opened_run
from onrecord.records import ArticleRecord, Failure


@dataclass(frozen=True, slots=True)
class RunFailure:
    """A failure with its document's position in the input, and its place in an archive."""

    position: int
    failure: Failure
    url: str | None
    place: dict[str, str | int]


def run_failures(out: str | os.PathLike[str], codes: Collection[str] = ()) -> Iterator[RunFailure]:
    """Yield the failures in finished shards, of all codes or of some, in the order of the input.

    Raises:
        InputNotFoundError: there is no run in the folder.

    """
    with opened_run(out) as connection:
        for row in _rows(connection, "SELECT * FROM failures ORDER BY position"):
            if not codes or row["code"] in codes:
                fields = {name: row[name] for name in Failure.model_fields}
                yield RunFailure(
                    row["position"], Failure(**fields), row["url"], json.loads(row["place"] or "{}")
                )


def reopen_failures(out: str | os.PathLike[str], codes: Collection[str] = ()) -> tuple[RunOptions, int]:
    """Take back the failures of a run, so that a run that is resumed tries them again.

    The shards that have such failures go back into journals without them. A document that becomes a
    record then does not change what other shards say of its copies.

    Returns:
        The options with which the run has to be resumed, and how many documents are to be tried.

    Raises:
        InputNotFoundError: there is no run in the folder.
        OutputError: a run is under way there, or it cannot be written to.

    """
    folder = RunFolder(out)
    folder.check()
    with folder.locked(), Ledger(folder.ledger) as ledger:
        options = RunOptions.of(ledger.fact("options"))
        positions = {one.position for one in run_failures(out, codes)}
        shards = [shard for shard in ledger.finished() if not positions.isdisjoint(shard.positions)]
        index = DuplicateIndex(folder.index)
        try:
            with opened_run(out) as connection:
                for shard in shards:
                    path = folder.journal(shard.number)
                    path.unlink(missing_ok=True)
                    journal = Journal(path)
                    for entry in _entries(connection, shard.positions, index):
                        if entry.position not in positions:
                            journal.add(entry)
        finally:
            index.close()
        ledger.reopen(shard.number for shard in shards)
    return options, len(positions)


def _entries(
    connection: duckdb.DuckDBPyConnection, positions: range, index: DuplicateIndex
) -> Iterator[Entry]:
    """Yield the entries from which the rows of a finished shard were written."""
    within = f"WHERE position BETWEEN {positions.start} AND {positions.stop - 1}"
    kept: dict[int, dict[str, Any]] = {}
    for table in ("duplicates", "failures"):
        for row in _rows(connection, f"SELECT * FROM {table} {within}"):
            kept[row["position"]] = {**kept.get(row["position"], {}), **row}
    for position, raw in connection.execute(f"SELECT position, record FROM records {within}").fetchall():
        kept.setdefault(position, {})["record"] = raw
    for position, row in kept.items():
        record = ArticleRecord.model_validate_json(row["record"]) if "record" in row else None
        source = record.provenance.get("input", {}) if record else {}
        yield Entry(
            position,
            row.get("input") or source.get("name", ""),
            url=row.get("url"),
            line=row.get("line"),
            place=json.loads(row.get("place") or "{}"),
            record=row.get("record"),
            failure=Failure(**{name: row[name] for name in Failure.model_fields}) if "code" in row else None,
            fingerprint=index.fingerprint(position),
            words=len(record.article.text.split()) if record else 0,
        )


def _rows(connection: duckdb.DuckDBPyConnection, sql: str) -> Iterator[dict[str, Any]]:
    found = connection.execute(sql)
    columns = [column[0] for column in found.description or ()]
    for row in found.fetchall():
        yield dict(zip(columns, row, strict=True))

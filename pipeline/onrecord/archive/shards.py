"""From the journal of a shard to its tables: duplicates are linked, the rest is written."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from onrecord.archive.duplicates import DuplicateIndex, Match
from onrecord.archive.entry import Entry
from onrecord.archive.folder import RunFolder
from onrecord.archive.ledger import Counts
from onrecord.archive.options import OutputFormat
from onrecord.archive.tables import ShardTables, shard_tables
from onrecord.records import ArticleRecord, Failure
from onrecord.write.tables import Batch

_SPARED = "it was spared as a copy of an article that has gone or changed since; another attempt extracts it"


def write_shard(
    folder: RunFolder,
    number: int,
    entries: Iterable[Entry],
    index: DuplicateIndex,
    *,
    suffix: OutputFormat,
    keep_duplicates: bool,
) -> Counts:
    """Write the tables of a shard from its entries, in the order of their positions.

    The index has to know all documents before the end of the shard.

    Raises:
        OutputError: the files cannot be written; nothing stands under their names then.

    """
    documents = words = claims = records = 0
    batch = Batch()
    failures: list[dict[str, Any]] = []
    duplicates: list[dict[str, Any]] = []
    with shard_tables(folder, number, suffix) as tables:
        for entry in entries:
            documents += 1
            match = index.earlier(entry.position, entry.fingerprint) if entry.fingerprint else None
            if match is not None:
                duplicates.append(_duplicate_row(entry, match, index))
                if not keep_duplicates:
                    continue
            if entry.record is None:
                failures.append(_failure_row(entry))
            else:
                record = ArticleRecord.model_validate_json(entry.record)
                batch.position = entry.position
                batch.add(record)
                records += 1
                claims += len(record.claims)
                words += entry.words
                if batch.is_full():
                    _write_records(tables, batch)
        _write_records(tables, batch)
        tables.add("failures", failures)
        tables.add("duplicates", duplicates)
    return Counts(documents, records, claims, len(failures), len(duplicates), words)


def _write_records(tables: ShardTables, batch: Batch) -> None:
    claims, records = batch.take()
    tables.add("claims", claims)
    tables.add("records", records)


def _found(entry: Entry) -> dict[str, Any]:
    return {
        "position": entry.position,
        "article_id": entry.fingerprint.article_id if entry.fingerprint else None,
        "url": entry.url,
        "input": entry.input,
        "line": entry.line,
        "place": json.dumps(dict(entry.place)) if entry.place else None,
    }


def _failure_row(entry: Entry) -> dict[str, Any]:
    failure = entry.failure or Failure(code="not_extracted", input=entry.input, reason=_SPARED)
    found = _found(entry)
    return {
        **found,
        "article_id": found["article_id"] or failure.article_id,
        "code": failure.code,
        # Words of an exception may hold what no table can.
        "reason": failure.reason.encode("utf-8", "backslashreplace").decode(),
    }


def _duplicate_row(entry: Entry, match: Match, index: DuplicateIndex) -> dict[str, Any]:
    position, article_id = index.link(entry.position, match)
    return {
        **_found(entry),
        "kind": match.kind,
        "similarity": match.similarity,
        "original_id": article_id,
        "original_position": position,
    }

"""The Arrow tables that the Parquet and DuckDB writers share."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from onrecord.records import ROW_FIELDS, ArticleRecord

_LISTS = frozenset({"source_roles", "figures", "places", "dates", "place_external_ids"})
_INTEGERS = frozenset({"start", "end"})
_REQUIRED = frozenset(
    {
        "article_id",
        "claim_id",
        "quotation",
        "speech_act",
        "content",
        "polarity",
        "start",
        "end",
        "confidence",
    }
)


def _type(field: str) -> pa.DataType:
    if field in _LISTS:
        return pa.list_(pa.string())
    if field in _INTEGERS:
        return pa.int64()
    return pa.float64() if field == "confidence" else pa.string()


CLAIMS: pa.Schema = pa.schema(
    [pa.field(name, _type(name), nullable=name not in _REQUIRED) for name in ROW_FIELDS]
)
RECORDS: pa.Schema = pa.schema(
    [
        pa.field("position", pa.int64(), nullable=False),
        pa.field("article_id", pa.string(), nullable=False),
        pa.field("url", pa.string()),
        pa.field("title", pa.string()),
        pa.field("site", pa.string()),
        pa.field("published", pa.string()),
        pa.field("claims", pa.int64(), nullable=False),
        pa.field("record", pa.string(), nullable=False),
    ]
)


def record_row(record: ArticleRecord, position: int) -> dict[str, Any]:
    """Return the row of the table of records: what one searches by, and the whole record as JSON."""
    article = record.article
    return {
        "position": position,
        "article_id": article.id,
        "url": article.url,
        "title": article.title,
        "site": article.site,
        "published": article.published,
        "claims": len(record.claims),
        "record": record.model_dump_json(),
    }


class Batch:
    """Claim and record rows that wait to be written together."""

    def __init__(self) -> None:
        self.position = 0
        self.claims: list[dict[str, Any]] = []
        self.records: list[dict[str, Any]] = []
        self.characters = 0

    def add(self, record: ArticleRecord) -> None:
        """Take the rows of one record."""
        row = record_row(record, self.position)
        self.position += 1
        self.characters += len(row["record"])
        self.records.append(row)
        self.claims.extend(record.to_rows())

    def is_full(self) -> bool:
        """Tell whether the rows should be written now: at 1,000 records or 32 million characters."""
        return len(self.records) >= 1000 or self.characters >= 32_000_000

    def take(self) -> tuple[pa.Table, pa.Table]:
        """Return the waiting claim and record rows as tables, and wait for others."""
        tables = (
            pa.Table.from_pylist(self.claims, schema=CLAIMS),
            pa.Table.from_pylist(self.records, schema=RECORDS),
        )
        self.claims, self.records, self.characters = [], [], 0
        return tables

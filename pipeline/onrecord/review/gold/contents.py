"""What gold says of a record, as plain data: one field a line when it is written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from onrecord.records import ArticleRecord
from onrecord.review.gold.keys import ITEM_KINDS
from onrecord.review.gold.spans import Paragraphs

_ARTICLE_FIELDS = ("id", "title", "url", "site", "byline", "published", "language", "text_sha256")
_REQUIRED = ("claims",)
_DEFAULTS: Mapping[str, object] = {"polarity": "positive", "in_name": False}


def contents(record: ArticleRecord) -> dict[str, Any]:
    """Return what gold says: nothing of the model, no offsets, no confidence, no field that is empty.

    Spans are given by their words, paragraph and occurrence.
    """
    dumped = record.model_dump(mode="json", exclude={"schema_version", "provenance"})
    paragraphs = Paragraphs(record.article.text)
    article = {field: dumped["article"][field] for field in _ARTICLE_FIELDS}
    data: dict[str, Any] = {
        "article": {key: value for key, value in article.items() if value not in (None, [])}
    }
    for kind in ITEM_KINDS:
        data[kind] = [_described(item, paragraphs) for item in dumped[kind]]
    return data


def _described(value: Any, paragraphs: Paragraphs) -> Any:
    if isinstance(value, list):
        return [_described(one, paragraphs) for one in value]
    if not isinstance(value, dict):
        return value
    found = {"id": value["id"]} if "id" in value else {}
    if "start" in value:
        found |= paragraphs.describe(value["start"], value["text"])
    for key, inner in value.items():
        said = _described(inner, paragraphs)
        is_evident = (said in (None, [], {}) and key not in _REQUIRED) or said == _DEFAULTS.get(key)
        if key not in ("start", "end", "text", "id", "confidence") and not is_evident:
            found[key] = said
    return found

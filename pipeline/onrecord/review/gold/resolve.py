"""From gold back to a record of the contract: every span is looked up in the article."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, cast

from pydantic import ValidationError

from onrecord.errors import InvalidRecordError
from onrecord.records import (
    Actor,
    Article,
    ArticleRecord,
    Claim,
    DateExpression,
    Dispute,
    Figure,
    NonResponse,
    Place,
)
from onrecord.review.diff import Kind
from onrecord.review.gold.document import Node
from onrecord.review.gold.exceptions import EXCEPTIONS
from onrecord.review.gold.keys import ITEM_KINDS
from onrecord.review.gold.spans import Paragraphs, moved_paragraphs

_MODELS: Mapping[str, Any] = {
    "actors": Actor,
    "places": Place,
    "dates": DateExpression,
    "figures": Figure,
    "claims": Claim,
    "disputes": Dispute,
    "non_responses": NonResponse,
}
_REQUIRED: Mapping[str, Mapping[str, object]] = {
    "actors": {"mentions": ()},
    "places": {"mentions": ()},
    "claims": {"source": {}},
    "disputes": {"sides": ()},
    "non_responses": {"actor": None},
}


def items_of(data: Mapping[str, Node], kind: str) -> list[dict[str, Any]]:
    """Return the items of a kind in gold."""
    return cast("list[dict[str, Any]]", data.get(kind) or [])


def named_items(data: Mapping[str, Node], kind: Kind) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the items of a kind in gold with their ids; those without go by their number."""
    for number, item in enumerate(items_of(data, kind), 1):
        yield f"n{number}" if kind == "non_responses" else str(item.get("id")), item


class Resolver:
    """Makes a record of gold and the article that it is about; see `Gold.resolve`."""

    def __init__(self, data: Mapping[str, Node], where: str, article: Article) -> None:
        self._data, self._where, self._article = data, where, article
        self._header = cast("dict[str, Node]", data["article"])
        self._is_same = self._header.get("text_sha256", article.text_sha256) == article.text_sha256
        self._paragraphs = Paragraphs(article.text)
        named = _named_spans([items_of(data, kind) for kind in ITEM_KINDS])
        self._moved = {} if self._is_same else moved_paragraphs(self._paragraphs, named)
        self._text = article.text

    def record(self) -> ArticleRecord:
        """Return the record; raise InvalidRecordError where the gold is none of this article."""
        data: dict[str, Any] = {
            kind: [
                self._item(kind, number, item) for number, item in enumerate(items_of(self._data, kind), 1)
            ]
            for kind in ITEM_KINDS
        }
        header = {key: value for key, value in self._header.items() if value is not None}
        header.setdefault("text_sha256", self._article.text_sha256)
        try:
            return ArticleRecord.model_validate({"article": {**header, "text": self._text}, **data})
        except ValidationError as error:
            first = error.errors(include_url=False, include_input=False)[0]
            field = ".".join(str(part) for part in first["loc"])
            raise InvalidRecordError(f"{self._where}: {field}: {first['msg']}") from error

    def _item(self, kind: str, number: int, item: Mapping[str, Any]) -> dict[str, Any]:
        where = f"{self._where}: {kind} {item.get('id', number)!r}"
        for key in item:
            if key not in (*_MODELS[kind].model_fields, *EXCEPTIONS, "text", "paragraph", "occurrence"):
                raise InvalidRecordError(f"{where}: unknown field {key!r}")
        fields = {key: value for key, value in item.items() if key not in EXCEPTIONS}
        found: dict[str, Any] = self._located(fields, where)
        return {**_REQUIRED.get(kind, {}), **found}

    def _located(self, value: Any, where: str) -> Any:
        if isinstance(value, list):
            return [self._located(one, where) for one in value]
        if not isinstance(value, dict):
            return value
        found = {
            key: self._located(inner, f"{where}: {key}")
            for key, inner in value.items()
            if key not in ("text", "paragraph", "occurrence")
        }
        if "text" in value:
            start = self._start(value, where)
            found |= {"start": start, "end": start + len(value["text"]), "text": value["text"]}
        return found

    def _start(self, span: Mapping[str, Any], where: str) -> int:
        words = span["text"]
        if not isinstance(words, str) or not words:
            raise InvalidRecordError(f"{where}: `text` has to be the words of the article")
        paragraph, occurrence = (_number(span, key, where) for key in ("paragraph", "occurrence"))
        if not self._is_same:
            return self._start_in_other_text(words, paragraph or 0, occurrence or 1)
        if paragraph is None:
            start = self._paragraphs.only(words)
        else:
            start = self._paragraphs.locate(words, paragraph, occurrence or 1)
        if start is None:
            count = self._paragraphs.count(words)
            place = "the article" if paragraph is None else f"paragraph {paragraph}"
            hint = "it stands nowhere" if not count else f"it stands {count} times in the article"
            nearest = self._paragraphs.nearest(words, paragraph or 0)
            if nearest is not None and paragraph is not None:
                hint = f"the nearest stands in paragraph {self._paragraphs.number(nearest)}"
            raise InvalidRecordError(f"{where}: {words!r} is not to be found in {place}: {hint}")
        return start

    def _start_in_other_text(self, words: str, paragraph: int, occurrence: int) -> int:
        before = max((known for known in self._moved if known <= paragraph), default=None)
        now = paragraph + (self._moved[before] - before if before is not None else 0)
        start = self._paragraphs.locate(words, now, occurrence)
        if start is None:
            start = self._paragraphs.nearest(words, now)
        if start is None:
            start = len(self._text) + 1
            self._text += f"\n{words}"
        return start


def _number(span: Mapping[str, Any], key: str, where: str) -> int | None:
    given = span.get(key)
    if given is None:
        return None
    try:
        return int(given)
    except (TypeError, ValueError) as error:
        raise InvalidRecordError(f"{where}: `{key}` has to be a number, not {given!r}") from error


def _named_spans(value: Any) -> Iterator[tuple[str, int]]:
    """Yield the words and the paragraph of every span of gold."""
    if isinstance(value, list):
        for one in value:
            yield from _named_spans(one)
    elif isinstance(value, dict):
        words, paragraph = value.get("text"), value.get("paragraph")
        if isinstance(words, str) and str(paragraph).isdecimal():
            yield words, int(str(paragraph))
        yield from _named_spans([inner for inner in value.values() if isinstance(inner, list | dict)])

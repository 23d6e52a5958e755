"""Gold records: read from files, and checked before anything is scored against them.

A gold record follows the record contract, and states nothing that its own text speaks against.
Fields that the contract lacks (`optional`, `accept`, a note) are the gold's own.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from onrecord.errors import InvalidRecordError
from onrecord.evaluate.files import read_objects
from onrecord.evaluate.items import ScoredRecord
from onrecord.records import ArticleRecord, Claim, Figure, Span

_ISO_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_PROBLEMS_SHOWN = 10


def read_golds(path: Path) -> list[dict[str, Any]]:
    """Return the gold records of a folder of .json files, a .json or a .jsonl file.

    Raises InputNotFoundError where there is none, and InvalidRecordError, naming what is wrong,
    where one is not sound.
    """
    records = read_objects(path)
    problems: list[str] = []
    names: set[str] = set()
    for origin, record in records:
        problems += [f"{origin}: {problem}" for problem in gold_problems(record)]
        name = str(record["article"].get("id"))
        if name in names:
            problems.append(f"{origin}: article id {name!r} stands twice in the gold")
        names.add(name)
    if problems:
        more = len(problems) - _PROBLEMS_SHOWN
        shown = problems[:_PROBLEMS_SHOWN] + ([f"and {more} more"] if more > 0 else [])
        raise InvalidRecordError("the gold is not sound:\n  " + "\n  ".join(shown))
    return [record for _, record in records]


def gold_problems(data: Mapping[str, Any]) -> list[str]:
    """Return what is wrong with a gold record, as sentences; an empty list where it is sound."""
    try:
        ScoredRecord.gold(data)
        record = _contract_record(data)
    except InvalidRecordError as error:
        return [str(error)]
    except ValidationError as error:
        return [f"{'.'.join(map(str, one['loc'])) or 'record'}: {one['msg']}" for one in error.errors()]
    return list(_problems(record, data))


def _contract_record(data: Mapping[str, Any]) -> ArticleRecord:
    """Return the record without the gold's own fields; raise ValidationError where it breaks the contract."""
    bare = deepcopy(dict(data))
    try:
        return ArticleRecord.model_validate(bare)
    except ValidationError as error:
        for one in error.errors():
            if one["type"] == "extra_forbidden":
                _delete(bare, one["loc"])
    return ArticleRecord.model_validate(bare)


def _delete(node: Any, loc: tuple[int | str, ...]) -> None:
    for step in loc[:-1]:
        node = node[step]
    del node[loc[-1]]


def _problems(record: ArticleRecord, data: Mapping[str, Any]) -> Iterator[str]:
    article = record.article
    if article.text_sha256 != hashlib.sha256(article.text.encode("utf-8", "surrogatepass")).hexdigest():
        yield "text_sha256 is not the hash of the text"
    if article.published and not _ISO_DATE.match(article.published):
        yield f"published is not an ISO date: {article.published!r}"
    for figure in record.figures:
        if not _coherent(figure):
            numbers = f"value {figure.value}, low {figure.low}, high {figure.high}"
            yield f"{figure.id}: {figure.modifier} with {numbers}"
    lenient_targets = {
        claim.get("id") for claim in data.get("claims", ()) if (claim.get("accept") or {}).get("target")
    }
    for claim in record.claims:
        yield from _claim_problems(record, claim)
        if claim.speech_act == "accusation" and not claim.target and claim.id not in lenient_targets:
            yield f"{claim.id}: an accusation without a target"


def _coherent(figure: Figure) -> bool:
    given = (figure.value is not None, figure.low is not None, figure.high is not None)
    expected = {
        "range": (False, True, True),
        "at_least": (False, True, False),
        "more_than": (False, True, False),
        "at_most": (False, False, True),
        "less_than": (False, False, True),
    }
    return given == expected.get(figure.modifier, (True, False, False))


def _claim_problems(record: ArticleRecord, claim: Claim) -> Iterator[str]:
    for span in (claim.source.span, claim.cue):
        if span and any(_overlap(span, content) for content in claim.content):
            yield f"{claim.id}: source or cue {span.text!r} stands inside the content"
    source = record.source_of(claim)
    if source and claim.source.span:
        named = claim.source.span
        if not any(_overlap(named, mention) for mention in source.mentions):
            yield f"{claim.id}: no mention of {source.id} stands in the source {named.text!r}"
    if claim.parent == claim.id:
        yield f"{claim.id}: its own parent"
    located: tuple[tuple[str, tuple[str, ...], dict[str, tuple[Span, ...]]], ...] = (
        ("actors", claim.actors, {one.id: one.mentions for one in record.actors}),
        ("places", claim.places, {one.id: one.mentions for one in record.places}),
        ("dates", claim.dates, {one.id: (one,) for one in record.dates}),
        ("figures", claim.figures, {one.id: (one,) for one in record.figures}),
    )
    for field, listed, spans in located:
        inside = {
            identifier
            for identifier, mentions in spans.items()
            if any(_overlap(mention, content) for mention in mentions for content in claim.content)
        }
        if inside != set(listed):
            yield f"{claim.id}.{field}: lists {sorted(listed)}, but {sorted(inside)} stand inside the content"


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end

"""Decisions about differences: made on a page or by a program, applied to gold.

A file of decisions is a JSON object: `old` and `new`, the gold and the records as `onrecord diff` was given
them, and `decisions`, each with the id of the `article`, the `key` of the difference and `accept`, true or
false. What nobody decided on, and what is not accepted, stays as it is in the gold.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from onrecord.errors import InputNotFoundError, InvalidRecordError
from onrecord.records import ArticleRecord
from onrecord.review.gold.files import read_gold_files
from onrecord.review.gold.gold import Gold


class Decision(BaseModel):
    """What was decided about one difference."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    article: str
    key: str
    accept: bool


class Decisions(BaseModel):
    """A file of decisions."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    old: str
    new: str
    decisions: tuple[Decision, ...]


@dataclass(frozen=True, slots=True)
class Applied:
    """What comes of decisions: gold by the file to be rewritten, and how many differences it takes over.

    `stale` counts accepted differences that are there no longer.
    """

    files: Mapping[Path, Gold]
    accepted: int
    stale: int


def read_decisions(path: Path) -> Decisions:
    """Read a file of decisions.

    Raises:
        InputNotFoundError: it cannot be read.
        InvalidRecordError: it is none.

    """
    try:
        return Decisions.model_validate_json(path.read_bytes())
    except OSError as error:
        raise InputNotFoundError(f"{path}: {error.strerror or error}") from error
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise InvalidRecordError(
            f"{path}: no decisions: {where + ': ' if where else ''}{first['msg']}"
        ) from error


def apply_decisions(
    decisions: Iterable[Decision], gold_path: Path, records: Iterable[ArticleRecord]
) -> Applied:
    """Return the gold of a file or folder as it is to be after the decisions; nothing is written."""
    accepted: dict[str, set[str]] = defaultdict(set)
    for one in decisions:
        if one.accept:
            accepted[one.article].add(one.key)
    golds = read_gold_files(gold_path)
    files: dict[Path, Gold] = {}
    count = 0
    for record in records:
        wanted = accepted.get(record.article.id)
        if not wanted or record.article.id not in golds:
            continue
        path, gold = golds[record.article.id]
        present = {one.key for one in gold.compare(record).differences} & wanted
        if present:
            files[path] = gold.accept(record, present)
            count += len(present)
            wanted -= present
    return Applied(files, count, sum(map(len, accepted.values())))

"""Gold files and folders."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from onrecord.errors import InputNotFoundError, InvalidRecordError
from onrecord.records import ArticleRecord
from onrecord.review.diff import KINDS, Difference, Kind, RecordDiff, with_keys
from onrecord.review.gold.gold import Gold

SUFFIX = ".yaml"


def gold_files(path: Path) -> list[Path]:
    """Return the gold file of that name, or those of a folder and below it, in the order of their names."""
    if path.is_dir():
        return sorted(path.rglob(f"*{SUFFIX}"))
    return [path] if path.suffix == SUFFIX else []


def read_gold_files(path: Path) -> dict[str, tuple[Path, Gold]]:
    """Return the gold of a file or folder, with its file, by article id.

    Raises:
        InputNotFoundError: there is none.
        InvalidRecordError: a file is no gold, or two are about the same article.

    """
    found: dict[str, tuple[Path, Gold]] = {}
    for file in gold_files(path):
        gold = Gold.read(file)
        if gold.article_id in found:
            other = found[gold.article_id][0]
            raise InvalidRecordError(f"{file}: article {gold.article_id!r} has gold in {other} already")
        found[gold.article_id] = file, gold
    if not found:
        raise InputNotFoundError(f"{path}: no gold there: gold files end in {SUFFIX}")
    return found


def diff_gold(
    path: Path, records: Iterable[ArticleRecord], *, only: Collection[Kind] = KINDS
) -> Iterator[RecordDiff]:
    """Yield what records say differently from gold, article by article, without what is excepted.

    Records of other articles are passed over. Gold whose article has no record comes last, as removed.
    """
    golds = read_gold_files(path)
    for record in records:
        if record.article.id in golds:
            _, gold = golds.pop(record.article.id)
            diff = gold.compare(record)
            yield replace(diff, differences=tuple(one for one in diff.differences if one.kind in only))
    for article_id in golds if "article" in only else ():
        gone = Difference("removed", "article", "", article_id, old=article_id)
        yield RecordDiff(article_id, None, None, with_keys(article_id, [gone]))

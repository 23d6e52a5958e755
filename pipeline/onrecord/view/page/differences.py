"""The page of a diff: differences by sentence, to be accepted or rejected, and saved as decisions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from onrecord.review import CLASSES, KINDS, Difference, DifferenceClass, Kind, RecordDiff
from onrecord.view.diff_sentences import (
    SINGULAR,
    Item,
    Sentence,
    SentenceDiff,
    SentenceMark,
    by_sentence,
    fields_in_words,
    value_in_words,
)
from onrecord.view.page.environment import render

_SCRIPTS = ("theme.js", "decisions.js")
_STYLES = ("base.css", "differences.css")


@dataclass(frozen=True, slots=True)
class DiffRow:
    """A difference in words: old and new values of a field, or what an item added or removed holds."""

    key: str
    class_: DifferenceClass
    kind: Kind
    path: str
    old: str
    new: str
    fields: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class DiffItem:
    """An item with all its differences in one sentence."""

    noun: str
    label: str
    rows: tuple[DiffRow, ...]


@dataclass(frozen=True, slots=True)
class DiffGroup:
    """A sentence in pieces, each with the sides whose marks cover it, and the items that differ there."""

    pieces: tuple[tuple[str, str], ...]
    items: tuple[DiffItem, ...]


@dataclass(frozen=True, slots=True)
class DiffArticle:
    """An article with its differences; `name` is its anchor."""

    name: str
    identifier: str
    title: str
    count: int
    groups: tuple[DiffGroup, ...]


def diff_to_html(diffs: Iterable[RecordDiff], *, old: str = "", new: str = "") -> str:
    """Return the page of some diffs, where each difference can be accepted or rejected.

    `old` and `new` are the gold and the records as a user names them: they go into the file of decisions
    that the page saves, by which `onrecord accept` finds them again.
    """
    counts: Counter[tuple[Kind, DifferenceClass]] = Counter()
    articles: list[DiffArticle] = []
    for diff in diffs:
        if diff:
            counts.update((one.kind, one.class_) for one in diff.differences)
            articles.append(_article(diff, f"d{len(articles) + 1}"))
    return render(
        "differences.html",
        styles=_STYLES,
        scripts=_SCRIPTS,
        title="Differences",
        language="en",
        articles=articles,
        total=counts.total(),
        old=old,
        new=new,
        kinds=[one for one in KINDS if any(kind == one for kind, _ in counts)],
        classes=[one for one in CLASSES if any(class_ == one for _, class_ in counts)],
        counts=counts,
        paths={"old": old, "new": new},
    )


def _article(diff: RecordDiff, name: str) -> DiffArticle:
    record = diff.new or diff.old
    title = record.article.title if record else None
    groups = tuple(_group(one) for one in by_sentence(diff))
    return DiffArticle(name, diff.article_id, title or diff.article_id, len(diff.differences), groups)


def _group(group: SentenceDiff) -> DiffGroup:
    pieces = tuple(_pieces(group.sentence, group.marks)) if group.sentence else ()
    return DiffGroup(pieces, tuple(_item(item, rows) for item, rows in group.items.items()))


def _pieces(sentence: Sentence, marks: Sequence[SentenceMark]) -> Iterator[tuple[str, str]]:
    """Yield the sentence cut at the bounds of its marks, with the sides that cover each piece."""
    end = sentence.start + len(sentence.text)
    bounds = sorted({sentence.start, end, *(offset for mark in marks for offset in (mark.start, mark.end))})
    for first, last in pairwise(bounds):
        sides = {mark.side: None for mark in marks if mark.start <= first and last <= mark.end}
        yield sentence.text[first - sentence.start : last - sentence.start], " ".join(sides)


def _item(item: Item, differences: Sequence[Difference]) -> DiffItem:
    kind, label, *_ = item
    return DiffItem(SINGULAR[kind], label, tuple(map(_row, differences)))


def _row(one: Difference) -> DiffRow:
    return DiffRow(
        key=one.key,
        class_=one.class_,
        kind=one.kind,
        path=one.path,
        old=value_in_words(one.old) if one.path else "",
        new=value_in_words(one.new) if one.path else "",
        fields=() if one.path else tuple(fields_in_words(one)),
    )

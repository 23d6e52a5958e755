"""What a diff of records is made of: one `RecordDiff` for one article, one `Difference` for one finding."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal, TypeAlias, get_args

from onrecord.records import ArticleRecord, Span

DifferenceClass = Literal["added", "removed", "changed", "moved", "regrouped", "relinked"]
Kind = Literal["article", "actors", "places", "dates", "figures", "claims", "disputes", "non_responses"]

CLASSES: tuple[DifferenceClass, ...] = get_args(DifferenceClass)
KINDS: tuple[Kind, ...] = get_args(Kind)

Scalar: TypeAlias = str | int | float | bool | tuple[str, ...]
Value: TypeAlias = Scalar | Mapping[str, Scalar] | None
"""The value of a field. Ids are replaced by what they mean, spans by their text."""

_MIRRORED: Mapping[DifferenceClass, DifferenceClass] = {"added": "removed", "removed": "added"}


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that two records of an article say differently.

    The classes: `added` and `removed` items; a field `changed`; an item `moved` (the same words
    elsewhere); a mention `regrouped` (it belongs to another actor or place); a reference `relinked`
    (a claim's source, target, parent, … is another item). Of kind `article` are the article's own
    fields, and articles that only one side has.
    """

    class_: DifferenceClass
    kind: Kind
    path: str
    """The field, such as `speech_act` or `source.actor`; empty where it is about the whole item."""
    label: str
    """The words that the item goes by, in the new record if it is there: a name, a figure as written, the
    content of a claim."""
    old: Value = None
    new: Value = None
    """The values of the field; of an item added or removed, all its fields that are set."""
    old_id: str | None = None
    new_id: str | None = None
    """The item's ids in the two records, None where a side has no such item. Non-responses, which have
    no ids, are numbered `n1`, `n2`, …"""
    old_spans: tuple[Span, ...] = ()
    new_spans: tuple[Span, ...] = ()
    """Where in the two texts to look: the spans of the field, or else of the item."""
    references: frozenset[str] = frozenset()
    """The fields of a whole item that name other items: they change with those, and the key does not."""
    key: str = ""
    """Names this difference in decisions; the same finding has the same key in every run."""

    def mirrored(self) -> Difference:
        """Return the difference as it is seen from the other side, without a key."""
        return replace(
            self,
            class_=_MIRRORED.get(self.class_, self.class_),
            old=self.new,
            new=self.old,
            old_id=self.new_id,
            new_id=self.old_id,
            old_spans=self.new_spans,
            new_spans=self.old_spans,
            key="",
        )


@dataclass(frozen=True, slots=True)
class RecordDiff:
    """What two records of one article say differently, in the order of the text.

    A side is None where it has no record of the article: then the only difference says so.
    """

    article_id: str
    old: ArticleRecord | None
    new: ArticleRecord | None
    differences: tuple[Difference, ...]

    def __bool__(self) -> bool:
        return bool(self.differences)


_CONTEXT = 60  # characters on either side

Summary = Mapping[tuple[Kind, str, DifferenceClass], int]
"""How many differences there are by kind, field (empty for whole items) and class."""


def summary(differences: Iterable[Difference]) -> Counter[tuple[Kind, str, DifferenceClass]]:
    """Count differences by kind, field and class; summaries of several diffs can be added up."""
    return Counter((one.kind, one.path, one.class_) for one in differences)


def with_keys(
    article_id: str, differences: Iterable[Difference], texts: tuple[str, str] = ("", "")
) -> tuple[Difference, ...]:
    """Give every difference of an article its key: a hash of what it says, free of ids and offsets.

    The words around it in the old or the new text of the article tell it from another that says the same
    elsewhere, so that a decision about the one is none about the other.
    """
    seen: Counter[str] = Counter()
    keyed: list[Difference] = []
    for one in differences:
        values = [_own(value, one.references) for value in (one.old, one.new)]
        said = (article_id, one.class_, one.kind, one.path, one.label, *values, _context(one, texts))
        digest = hashlib.sha256(json.dumps(said, ensure_ascii=True, default=dict).encode()).hexdigest()[:12]
        seen[digest] += 1
        keyed.append(replace(one, key=digest if seen[digest] == 1 else f"{digest}-{seen[digest]}"))
    return tuple(keyed)


def _own(value: Value, references: frozenset[str]) -> Value:
    if isinstance(value, Mapping):
        return {path: words for path, words in value.items() if path not in references}
    return value


def _context(one: Difference, texts: tuple[str, str]) -> str:
    spans, text = (one.new_spans, texts[1]) if one.new_spans else (one.old_spans, texts[0])
    return text[max(0, spans[0].start - _CONTEXT) : spans[0].end + _CONTEXT] if spans else ""


def as_json(diff: RecordDiff) -> dict[str, Any]:
    """Return a diff as a JSON object, without the records."""
    return {
        "article": diff.article_id,
        "differences": [
            {
                "class": one.class_,
                "kind": one.kind,
                "path": one.path,
                "label": one.label,
                "old": one.old,
                "new": one.new,
                "old_id": one.old_id,
                "new_id": one.new_id,
                "old_spans": [_plain(span) for span in one.old_spans],
                "new_spans": [_plain(span) for span in one.new_spans],
                "key": one.key,
            }
            for one in diff.differences
        ],
    }


def _plain(span: Span) -> dict[str, Any]:
    return {"start": span.start, "end": span.end, "text": span.text}

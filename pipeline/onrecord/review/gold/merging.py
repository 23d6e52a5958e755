"""A record that takes over from another what has been accepted, and keeps the rest."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from onrecord.records import ArticleRecord
from onrecord.review.compare import Comparison
from onrecord.review.diff import Difference, Kind, with_keys
from onrecord.review.entries import UNREFERRED
from onrecord.review.gold.keys import ITEM_KINDS, LISTS_OF_REFERENCES, handle, mint_keys, rekeyed
from onrecord.review.gold.ordering import merged_order

Item = dict[str, Any]

_SPAN = ("start", "end", "text")
_FIELDS_OF_ITEM_SPAN: Mapping[str, tuple[str, ...]] = {
    "dates": _SPAN,
    "figures": _SPAN,
    "non_responses": ("span",),
    "claims": ("content", "cue", "source", "co_sources"),
}
"""The fields that say where an item stands."""


def merge(old: ArticleRecord, new: ArticleRecord, accepted: Collection[str]) -> ArticleRecord:
    """Return the new record with what is not accepted put back to what the old one says.

    `accepted` are the keys of differences, as `diff_records` gives them.
    Items keep their ids and the order of the old record; further ones have ids by content, and stand
    behind the one that they follow in the new record. What the new text no longer has is given up in any
    case. The text of the old record may go on behind the text of the new one (see `Gold.resolve`).
    """
    return _Merge(old, new).result(accepted)


class _Merge:
    def __init__(self, old: ArticleRecord, new: ArticleRecord) -> None:
        self._old, self._new = old, new
        self._comparison = comparison = Comparison(old, new)
        known: dict[str, str] = {}
        self._old_of: dict[tuple[Kind, str], str] = {}
        self._kept: set[tuple[Kind, str]] = set()
        for kind in ITEM_KINDS:
            for pair in comparison.pairs[kind]:
                before, after = (
                    comparison.old_entries[kind][pair.old].id,
                    comparison.new_entries[kind][pair.new].id,
                )
                self._old_of[kind, after] = before
                if kind != "non_responses":
                    known[handle(kind, after)] = before
        reserved = {entry.id: kind for kind in ITEM_KINDS[:-1] for entry in comparison.old_entries[kind]}
        self._keys = mint_keys(new, known, reserved)
        self._data = rekeyed(new.model_dump(mode="json"), self._keys)
        self._before = old.model_dump(mode="json")
        self._items = {kind: _numbered(kind, self._data[kind]) for kind in ITEM_KINDS}
        self._old_items = {kind: _numbered(kind, self._before[kind]) for kind in ITEM_KINDS}

    def result(self, accepted: Collection[str]) -> ArticleRecord:
        texts = self._old.article.text, self._new.article.text
        differences = with_keys(self._new.article.id, self._comparison.differences(), texts)
        rejected = [one for one in differences if one.key not in accepted and not self._is_lost(one)]
        for one in rejected:
            if one.class_ == "removed" and one.old_id:
                self._kept.add((one.kind, one.old_id))
        for one in rejected:
            if one.kind == "article" and one.path != "text":
                self._data["article"][one.path] = self._before["article"][one.path]
            elif one.old_id and one.new_id:
                self._put_back(one, one.old_id, self._key(one.kind, one.new_id))
        left_out = {
            (one.kind, self._key(one.kind, one.new_id))
            for one in rejected
            if one.class_ == "added" and one.new_id
        }
        for kind in ITEM_KINDS:
            self._data[kind] = self._list(kind, left_out)
        known = {item["id"]: item["id"] for kind in ITEM_KINDS[:-2] for item in self._data[kind]}
        disputes = {handle("disputes", item["id"]): item["id"] for item in self._data["disputes"]}
        return ArticleRecord.model_validate(rekeyed(self._data, known | disputes))

    def _is_lost(self, one: Difference) -> bool:
        """Whether an old span stands in what follows the new text: in words that this text no longer has."""
        return any(span.end > len(self._new.article.text) for span in one.old_spans)

    def _key(self, kind: Kind, new_id: str) -> str:
        return new_id if kind == "non_responses" else self._keys[handle(kind, new_id)]

    def _list(self, kind: Kind, left_out: set[tuple[Kind, str]]) -> list[Item]:
        """Return the items of a kind in the old order."""
        items = {key: item for key, item in self._items[kind].items() if (kind, key) not in left_out}
        if kind == "non_responses":  # they are numbered in each record by itself
            items = {self._old_of.get((kind, key), f"new {key}"): item for key, item in items.items()}
        for key, item in items.items():
            before = self._old_items[kind].get(key, {})
            for field in LISTS_OF_REFERENCES.get(kind, ()):
                # That an item has gone is no difference of the lists that it stood in.
                again = [one for one in before.get(field, ()) if one in item[field] or self._is_kept(one)]
                item[field] = merged_order(again, item[field])
        items |= {key: item for key, item in self._old_items[kind].items() if (kind, key) in self._kept}
        order = merged_order([key for key in self._old_items[kind] if key in items], items)
        return [items[key] for key in order]

    def _is_kept(self, key: str) -> bool:
        return any((kind, key) in self._kept for kind in ITEM_KINDS if kind not in UNREFERRED)

    def _put_back(self, one: Difference, old_id: str, key: str) -> None:
        before, item = self._old_items[one.kind][old_id], self._items[one.kind][key]
        head, _, field = one.path.partition(".")
        if head == "mentions":
            self._put_mention_back(one, old_id, key)
        elif one.path in ("", "text"):
            item.update((name, before[name]) for name in _FIELDS_OF_ITEM_SPAN[one.kind])
        elif head in ("source", "target"):
            whole = {**(item[head] or {}), field: (before[head] or {}).get(field)}
            item[head] = whole if head == "source" or any(whole.values()) else None
        elif head == "cue" and field and item["cue"] and before["cue"]:
            item["cue"] = {**item["cue"], field: before["cue"][field]}
        else:
            item[head] = before[head]

    def _put_mention_back(self, one: Difference, old_id: str, key: str) -> None:
        """Undo what happened to one mention: it may have come, gone, changed or another owner."""
        items = self._items[one.kind]
        if one.old_spans and old_id not in items and (one.kind, old_id) not in self._kept:
            return  # its former owner is given up
        if one.new_spans:
            gone = one.new_spans[0].model_dump(mode="json")
            items[key]["mentions"] = [each for each in items[key]["mentions"] if not _same_place(each, gone)]
        if one.old_spans and old_id in items:
            former = one.old_spans[0].model_dump(mode="json")
            others = [each for each in items[old_id]["mentions"] if not _same_place(each, former)]
            items[old_id]["mentions"] = sorted(
                [*others, former], key=lambda mention: (mention["start"], mention["end"])
            )


def _numbered(kind: Kind, items: Sequence[Item]) -> dict[str, Item]:
    if kind == "non_responses":
        return {f"n{number}": item for number, item in enumerate(items, 1)}
    return {item["id"]: item for item in items}


def _same_place(one: Item, other: Item) -> bool:
    return (one["start"], one["end"]) == (other["start"], other["end"])

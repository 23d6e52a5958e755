"""Ids by content: what gold calls the items of a record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import count
from typing import Any

from onrecord.records import ArticleRecord
from onrecord.review.diff import Kind
from onrecord.review.entries import ANCHORS, entries_of

_WORDS_OF_KEY = 8
_QUOTES = "“”‘’\"'«».,;:…"

_REFERENCES: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "actors": (("affiliations",),),
    "places": (("within",),),
    "dates": (("anchor",), ("range_end",)),
    "figures": (("by",), ("at",), ("when",)),
    "claims": (
        ("source", "actor"),
        ("co_sources", "actor"),
        ("target", "actor"),
        ("target", "claim"),
        ("said",),
        ("parent",),
        ("actors",),
        ("places",),
        ("dates",),
        ("figures",),
    ),
    "disputes": (("sides", "claims"),),
    "non_responses": (("actor",),),
}
"""By kind, the fields of an item that hold ids; a list on the way holds one in each of its items."""

LISTS_OF_REFERENCES: Mapping[str, tuple[str, ...]] = {
    "actors": ("affiliations",),
    "claims": ("actors", "places", "dates", "figures"),
}
"""By kind, the fields that are lists of ids."""

ITEM_KINDS: tuple[Kind, ...] = (
    "actors",
    "places",
    "dates",
    "figures",
    "claims",
    "disputes",
    "non_responses",
)


def mint_keys(
    record: ArticleRecord, known: Mapping[str, str], reserved: Mapping[str, Kind]
) -> dict[str, str]:
    """Return a key for every id of a record: the one that it is known by, else the item's own words.

    Where these words are taken, by an earlier item or because they are `reserved` for one of a kind,
    that is said behind them, or a number. What the keys are kept under is `handle(kind, id)`.
    """
    keys = dict(known)
    taken = dict(reserved)
    entries = [(kind, entry) for kind, group in entries_of(record).items() for entry in group]
    entries = [(kind, entry) for kind, entry in entries if kind != "non_responses"]
    for kind, entry in entries:
        if handle(kind, entry.id) in known:
            continue
        words = [word.strip(_QUOTES) for word in entry.label.split()]
        base = " ".join([word for word in words if word][:_WORDS_OF_KEY]) or _singular(kind)
        if taken.get(base, kind) != kind:
            base = f"{base} ({_singular(kind)})"
        numbered = (f"{base} ({number})" for number in count(2))
        key = base if base not in taken else next(one for one in numbered if one not in taken)
        keys[handle(kind, entry.id)] = key
        taken[key] = kind
    return keys


def _singular(kind: Kind) -> str:
    return kind.removesuffix("s")


def handle(kind: Kind, identifier: str) -> str:
    """Return an id as one of the whole record: a dispute may have the id of an item of another kind."""
    return f"disputes/{identifier}" if kind == "disputes" else identifier


def rekeyed(data: Mapping[str, Any], keys: Mapping[str, str]) -> dict[str, Any]:
    """Return the JSON object of a record with its ids exchanged; those without a key become None or go."""
    found = dict(data)
    for kind in ITEM_KINDS:
        found[kind] = [_rekeyed_item(kind, item, keys) for item in data[kind]]
    return found


def _rekeyed_item(kind: Kind, item: Mapping[str, Any], keys: Mapping[str, str]) -> dict[str, Any]:
    found = dict(item)
    if "id" in found:
        found["id"] = keys[handle(kind, found["id"])]
    for path in _REFERENCES[kind]:
        _exchange(found, path, keys)
    return found


def _exchange(holder: dict[str, Any], path: tuple[str, ...], keys: Mapping[str, str]) -> None:
    value = holder.get(path[0])
    if value is None:
        return
    if len(path) == 1:
        holder[path[0]] = _of_list(value, keys) if isinstance(value, list | tuple) else _of_one(value, keys)
    elif isinstance(value, Mapping):
        holder[path[0]] = inner = dict(value)
        _exchange(inner, path[1:], keys)
    else:
        holder[path[0]] = copies = [dict(one) for one in value]
        for one in copies:
            _exchange(one, path[1:], keys)


def _of_one(identifier: str, keys: Mapping[str, str]) -> str | None:
    return keys.get(identifier, identifier if identifier in ANCHORS else None)


def _of_list(identifiers: Iterable[str], keys: Mapping[str, str]) -> list[str]:
    return [keys[one] for one in identifiers if one in keys]

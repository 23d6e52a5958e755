"""The items of a gold record: their fields, their spans, and the ids by which they refer to one another."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

Json = dict[str, Any]

LETTERS = {"actors": "a", "places": "p", "dates": "d", "figures": "f", "claims": "c"}

# The fields of each item, in the order in which they are written; gold's own two come last.
# fmt: off
FIELDS = {
    "actors": ("id", "name", "type", "roles", "affiliations", "aliases", "mentions"),
    "places": ("id", "name", "kind", "country", "admin1", "geonames_id", "lat", "lon", "within", "mentions"),
    "dates": ("id", "start", "end", "text", "type", "timex", "earliest", "latest", "anchor", "range_end"),
    "figures": ("id", "start", "end", "text", "value", "low", "high", "modifier", "unit", "counted",
                "measure", "by", "at", "when"),
    "claims": ("id", "quotation", "speech_act", "source", "cue", "content", "polarity", "hedge", "target",
               "medium", "said", "co_sources", "parent", "actors", "places", "dates", "figures",
               "confidence"),
}
# fmt: on


def items(record: Json) -> Iterator[tuple[str, Json]]:
    """Yield every item that has an id of its own, with the name of its list."""
    for kind in LETTERS:
        for item in record.get(kind) or []:
            yield kind, item


def spans_of(kind: str, item: Json) -> list[Json]:
    """Return the spans of an item in the order in which a reader looks at them."""
    if kind in ("actors", "places"):
        return list(item.get("mentions") or [])
    if kind in ("dates", "figures"):
        return [item]
    if kind == "non_responses":
        return [item["span"]]
    sources = [item.get("source"), *(item.get("co_sources") or [])]
    return [
        span
        for span in (*(item.get("content") or []), item.get("cue"), *((s or {}).get("span") for s in sources))
        if span
    ]


def references(kind: str, item: Json) -> Iterator[tuple[Json | list[Any], Any, str]]:
    """Yield each place that holds an id: its container, the key or index there, and the kinds it may name."""
    accept = item.get("accept") or {}
    if kind == "actors":
        yield from _each(item, "affiliations", "ap")
    elif kind == "places":
        yield item, "within", "p"
    elif kind == "dates":
        if item.get("anchor") not in (None, "publication", "absolute"):
            yield item, "anchor", "d"
        yield item, "range_end", "d"
    elif kind == "figures":
        yield from ((item, "by", "a"), (item, "at", "p"), (item, "when", "d"))
    elif kind == "claims":
        for source in (item.get("source"), *(item.get("co_sources") or [])):
            if source:
                yield source, "actor", "a"
        if item.get("target"):
            yield from ((item["target"], "actor", "a"), (item["target"], "claim", "c"))
        yield from ((item, "said", "d"), (item, "parent", "c"))
        yield from _each(accept, "source", "a")
        yield from _each(accept, "target_actor", "a")
    elif kind == "disputes":
        for side in item["sides"]:
            yield from _each(side, "claims", "c")
    elif kind == "non_responses":
        yield item, "actor", "a"


def _each(holder: Json, field: str, letters: str) -> Iterator[tuple[list[Any], int, str]]:
    values = holder.get(field) or []
    yield from ((values, index, letters) for index in range(len(values)))


def all_references(record: Json) -> Iterator[tuple[str, Json | list[Any], Any, str]]:
    """Yield the references of every item of the record, each with a label for messages."""
    for kind in (*LETTERS, "disputes", "non_responses"):
        for index, item in enumerate(record.get(kind) or [], 1):
            label = str(item.get("id") or f"{kind} {index}")
            yield from ((label, *reference) for reference in references(kind, item))


def first_mention(kind: str, item: Json) -> int:
    """Return the offset by which items of one list are ordered."""
    return min((span["start"] for span in spans_of(kind, item)), default=0)


def place_in_order(kind: str, item: Json) -> tuple[int, list[int]]:
    """Order by first mention; claims of one source that begins them all, by their content."""
    return first_mention(kind, item), [span["start"] for span in spans_of(kind, item)]


def inside(record: Json, kind: str, claim: Json) -> list[str]:
    """Return the ids of the items of that kind which a claim's content overlaps."""
    return [
        item["id"]
        for item in record[kind]
        if any(
            span["start"] < part["end"] and part["start"] < span["end"]
            for span in spans_of(kind, item)
            for part in claim["content"]
        )
    ]

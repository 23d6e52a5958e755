"""What is made an exception of by hand: differences from gold that nobody has to look at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from onrecord.errors import InvalidRecordError
from onrecord.review.diff import Difference, RecordDiff
from onrecord.review.gold.document import Node
from onrecord.review.gold.keys import ITEM_KINDS

EXCEPTIONS = ("optional", "accept", "ignore", "note")
"""Fields of gold items that are the gold's own; a note is for readers alone."""

_UNSAID = ("claims.confidence",)
"""What gold does not say."""


@dataclass(frozen=True, slots=True)
class Exceptions:
    """The exceptions of a gold file.

    An item that is `optional: true` may be missing. `accept` lists further right values by field,
    `ignore` fields that may be anything. At the top of the file, `ignore` lists kinds (`disputes`) and
    fields of a kind (`figures.measure`).
    """

    ignored: tuple[str, ...]
    items: Mapping[tuple[str, str], Mapping[str, Any]]

    @classmethod
    def of(cls, data: Mapping[str, Node], where: str) -> Exceptions:
        """Read the exceptions of a file; raise InvalidRecordError where one is written wrongly."""
        ignored = data.get("ignore") or []
        if not isinstance(ignored, list):
            raise InvalidRecordError(f"{where}: `ignore` is a list")
        items: dict[tuple[str, str], Mapping[str, Any]] = {}
        for kind in ITEM_KINDS:
            group = data.get(kind) or []
            for number, item in enumerate(group if isinstance(group, list) else [group], 1):
                if not isinstance(item, dict):
                    raise InvalidRecordError(f"{where}: `{kind}` is a list of items")
                identifier = f"n{number}" if kind == "non_responses" else str(item.get("id"))
                _check(item, f"{where}: {kind} {identifier!r}")
                items[kind, identifier] = {key: item[key] for key in EXCEPTIONS if key in item}
        return cls(tuple(str(one) for one in ignored), items)

    def apply(self, diff: RecordDiff) -> RecordDiff:
        """Return a diff whose old side is this gold, without what is excepted."""
        return replace(diff, differences=tuple(one for one in diff.differences if not self.covers(one)))

    def covers(self, one: Difference) -> bool:
        """Whether a difference from this gold is excepted."""
        name = f"{one.kind}.{one.path}"
        if any(name == rule or name.startswith(f"{rule}.") for rule in (*self.ignored, *_UNSAID)):
            return True
        item = self.items.get((one.kind, one.old_id or ""), {})
        if one.class_ == "removed" and not one.path:
            return str(item.get("optional")) == "true"
        if any(one.path == path or one.path.startswith(f"{path}.") for path in item.get("ignore", ())):
            return True
        accepted = item.get("accept", {}).get(one.path, ())
        return _plain(one.new) in {_plain(value) for value in accepted}


def _plain(value: object) -> str:
    """Return a value as it would be written, numbers in one way."""
    try:
        return repr(float(str(value)))
    except ValueError:
        return "null" if value is None else str(value)


def _check(item: Mapping[str, Any], where: str) -> None:
    if str(item.get("optional", "true")) not in ("true", "false"):
        raise InvalidRecordError(f"{where}: `optional` is true or false")
    if not isinstance(item.get("ignore", []), list):
        raise InvalidRecordError(f"{where}: `ignore` is a list of fields")
    accept = item.get("accept", {})
    if not isinstance(accept, dict) or not all(isinstance(values, list) for values in accept.values()):
        raise InvalidRecordError(f"{where}: `accept` gives a list of values by field")

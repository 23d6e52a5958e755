"""A user's own actors, as a CSV file gives them."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import cast, get_args

from onrecord.annotate.own_rows import read_own_rows
from onrecord.annotate.places.names import fold
from onrecord.records.vocabulary import ActorType

TYPES: tuple[str, ...] = get_args(ActorType)
COLUMNS = ("aliases", "role", "external_id")
"""What may stand beside the columns `name` and `type`, which have to be there."""


@dataclass(frozen=True, slots=True)
class OwnActor:
    """A row of the file; empty strings and None are what it leaves open."""

    names: tuple[str, ...]
    type: ActorType
    role: str
    external_id: str | None


def read_own_actors(path: str | os.PathLike[str]) -> list[OwnActor]:
    """Read a user's own actors.

    Raises InputNotFoundError where there is no such file, and LexiconError, naming file, line and
    reason, where it cannot be used: also where two rows have a name in common.
    """
    found = []
    bearer: dict[str, int] = {}
    for row in read_own_rows(path, ("name", "type"), COLUMNS):
        names = row.names("aliases")
        for name in names:
            line = bearer.setdefault(fold(name), row.line)
            if line != row.line:
                row.fail(
                    f"the name {name!r} is that of the actor in line {line} too; leave it to one of them"
                )
        kind = row.one_of("type", TYPES)
        if not kind:
            row.fail(f"the type is empty; it has to be one of {', '.join(TYPES)}")
        found.append(
            OwnActor(names, cast(ActorType, kind), row.fields["role"], row.fields["external_id"] or None)
        )
    return found

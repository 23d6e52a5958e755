"""What the mention head says of a word: nothing, or head of a name, nominal or pronoun of a type."""

from __future__ import annotations

from typing import Final

KINDS: Final = ("name", "nominal", "pronoun")
TYPES: Final = ("person", "organization", "place")
CLASSES: Final = 1 + len(KINDS) * len(TYPES)
"""Class 0 is no head of a mention."""


def class_of(kind: str, type_: str) -> int:
    """Return the class of a kind and a type; ValueError for any other."""
    return 1 + KINDS.index(kind) * len(TYPES) + TYPES.index(type_)


def kind_and_type(class_: int) -> tuple[str, str]:
    """Return kind and type of a class from 1 on."""
    return KINDS[(class_ - 1) // len(TYPES)], TYPES[(class_ - 1) % len(TYPES)]

"""The closed vocabularies of the contract."""

from __future__ import annotations

from typing import Literal

ActorType = Literal["person", "organization", "government", "armed_group", "group", "document", "unnamed"]
MentionKind = Literal["name", "nominal", "pronoun"]
PlaceKind = Literal["country", "region", "city", "site", "natural"]
TimexType = Literal["DATE", "TIME", "DURATION", "SET"]
Modifier = Literal[
    "exact",
    "approximate",
    "at_least",
    "at_most",
    "more_than",
    "less_than",
    "range",
    "change_up",
    "change_down",
]
Quotation = Literal["direct", "indirect", "mixed"]
SpeechAct = Literal[
    "statement",
    "announcement",
    "estimate",
    "finding",
    "confirmation",
    "denial",
    "dismissal",
    "accusation",
    "commitment",
    "directive",
    "warning",
    "opinion",
    "question",
]
Polarity = Literal["positive", "negative"]
Stance = Literal["asserts", "denies", "dismisses"]
NonResponseKind = Literal["declined", "unreachable", "no_reply"]

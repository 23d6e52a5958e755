"""Counts and the figures made of them: precision, recall and F1."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

GROUPS: Mapping[str, tuple[str, ...]] = {
    "claims": (
        "claims",
        "claim+source",
        "claim+act",
        "claim+source+act",
        "claim+quotation",
        "claim+polarity",
        "claim+cue",
        "claim+medium",
        "claim+said",
        "claim+parent",
        "claim+hedge",
        "claim+co_sources",
        "target",
        "target(denial)",
    ),
    "figures": ("figures", "figure+modifier", "figure+unit", "figure+counted"),
    "dates": ("dates", "date+type", "date+timex", "date+interval"),
    "places": ("places", "place+country", "place+161km"),
    "actors": ("actors", "actor+type", "actor+role"),
}
"""All measures by what they measure, in the order in which they are shown."""

BREAKDOWNS: Mapping[str, str] = {
    "quotation": "claims",
    "speech_act": "claims",
    "modifier": "figures",
    "date_type": "dates",
}
"""What measures can be broken down by, with the group of measures that each breaks down."""

MEASURES: tuple[str, ...] = tuple(measure for group in GROUPS.values() for measure in group)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many were wanted, how many were offered, and how many of these were right."""

    gold: int = 0
    predicted: int = 0
    right: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.gold + other.gold, self.predicted + other.predicted, self.right + other.right)

    @property
    def precision(self) -> float:
        """The share of the offered that is right; where nothing was offered, 1 if nothing was wanted."""
        return self.right / self.predicted if self.predicted else float(not self.gold)

    @property
    def recall(self) -> float:
        """The share of the wanted that was found; where nothing was wanted, 1 if nothing was offered."""
        return self.right / self.gold if self.gold else float(not self.predicted)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def as_dict(self) -> dict[str, float | int]:
        """Return figures, to four decimals, and counts."""
        return {
            "precision": round(self.precision, 4),
            "recall": round(self.recall, 4),
            "f1": round(self.f1, 4),
            "gold": self.gold,
            "predicted": self.predicted,
            "right": self.right,
        }


Tally = Mapping[str, Counts]
"""Counts by measure; a measure that is not there counts nothing."""


def add_up(tallies: Iterable[Tally]) -> dict[str, Counts]:
    """Return the sum of tallies."""
    total: dict[str, Counts] = {}
    for tally in tallies:
        for measure, counts in tally.items():
            total[measure] = total.get(measure, Counts()) + counts
    return total

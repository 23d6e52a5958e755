"""What a match says: a TIMEX3 value with its type and the interval that it covers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

from onrecord.annotate.dates.periods import Period
from onrecord.records.vocabulary import TimexType

if TYPE_CHECKING:
    from onrecord.annotate.dates.discourse import Discourse
    from onrecord.annotate.dates.grammar import Match

Anchor = Literal["publication", "absolute"] | int | None


@dataclass(frozen=True, slots=True)
class Reading:
    """The reading of a match. `grain` is its granularity, for expressions that count from it.

    `earliest` and `latest` are inclusive; None where unknown. `explicit` tells that the text itself
    gives the year.
    """

    type: TimexType
    value: str
    grain: str = ""
    earliest: date | None = None
    latest: date | None = None
    anchor: Anchor = None
    mod: str | None = None
    explicit: bool = False

    @property
    def period(self) -> Period | None:
        """Return the calendar period, or None where the interval is not known."""
        if self.earliest is None or self.latest is None:
            return None
        return Period(self.value, self.grain, self.earliest, self.latest)


Reader = Callable[["Match", "Discourse"], Reading | None]
"""Reads a match; None means that it is no expression of time after all."""


def dated(period: Period, anchor: Anchor, **more: object) -> Reading:
    """Return the reading of a calendar period."""
    fields: dict[str, object] = {
        "type": "DATE",
        "value": period.value,
        "grain": period.grain,
        "earliest": period.first,
        "latest": period.last,
        "anchor": anchor,
    }
    return Reading(**{**fields, **more})  # type: ignore[arg-type]

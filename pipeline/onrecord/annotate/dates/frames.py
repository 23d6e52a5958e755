"""What the words around an expression add: parts, blurs, ranges, "since", "the six months to"."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from onrecord.annotate.dates import periods
from onrecord.annotate.dates.discourse import Discourse, Known
from onrecord.annotate.dates.grammar import Match
from onrecord.annotate.dates.numbers import count_in
from onrecord.annotate.dates.reading import Reading

_EDGES = ("first", "opening", "last", "final")
_ENDINGS = [
    ["to"],
    ["ended"],
    ["ending"],
    ["through"],
    ["until"],
    ["ended", "in"],
    ["ending", "in"],
    ["to", "the"],
]


@dataclass(slots=True)
class Found:
    """A reading with the first token of its span (prefixes included) and the end of a range."""

    known: Known
    first: int
    range_end: int | None = None


def with_prefix(match: Match, prefix: Match, reading: Reading, discourse: Discourse) -> Reading | None:
    """Return the reading of "the end of …", "around …"; None where the prefix does not belong."""
    approx = prefix.value("approx", "approx")
    if approx is not None:
        return _blurred(match, prefix, reading, str(approx))
    day_part = prefix.value("day_part", "day_part")
    if day_part is not None:
        if reading.grain != "day":
            return None
        return replace(reading, type="TIME", value=f"{reading.value}T{day_part}")
    relative = prefix.value("part", "part_relative")
    part = prefix.value("part", "part", "part_noun")
    if part is not None:
        if reading.value.endswith("_REF") or reading.grain == "time":
            return None
        return replace(reading, mod=str(part))
    if relative is None or reading.value.endswith("_REF"):
        return None
    if reading.grain == "time" or (reading.explicit and reading.grain == "year" and relative):
        return None
    return _narrowed(replace(reading, mod=str(relative) or None), discourse.published)


def _narrowed(reading: Reading, published: date | None) -> Reading:
    """Cut "earlier this year" off at the publication, and "later this year" before it."""
    first, last = reading.earliest, reading.latest
    if published is None or first is None or last is None or not first <= published <= last:
        return reading
    if reading.mod == "START":
        return replace(reading, latest=published)
    return replace(reading, earliest=published) if reading.mod == "END" else reading


def _blurred(match: Match, prefix: Match, reading: Reading, mod: str) -> Reading | None:
    if reading.type == "DURATION" and match.tokens.lows[match.first] in ("the", "this"):
        return None
    if prefix.word("approx") == "over" and not match.has("one"):  # "over three years" is mostly "during"
        return None
    return replace(reading, mod=mod)


def link_ranges(found: list[Found], discourse: Discourse) -> None:
    """Set `range_end` on the first half of "between X and Y", "from X to Y" and "X to Y"."""
    links = discourse.contexts.words("frames", "range_links") - {"or"}
    for one, other in pairwise(found):
        match, reading = one.known.match, one.known.reading
        if reading.type not in ("DATE", "TIME") or other.known.reading.type not in ("DATE", "TIME"):
            continue
        between = match.tokens.lows[match.last : other.first]
        if between and between[0] == ",":
            between = between[1:]
        if len(between) != 1 or between[0] not in links:
            continue
        before = match.tokens.lows[one.first - 1] if one.first else ""
        if between[0] == "and" and before != "between":
            continue
        one.range_end = other.known.match.tokens.starts[other.first]


def anchor_durations(found: list[Found]) -> None:
    """Place "the six months to June 30" and "the year ended March 31" on the calendar."""
    for one, other in pairwise(found):
        match, reading = one.known.match, one.known.reading
        end = other.known.reading.latest
        if reading.type != "DURATION" or reading.anchor is not None or end is None:
            continue
        if match.tokens.lows[match.last : other.first] not in _ENDINGS:
            continue
        unit = match.value("unit", "unit_one", "unit_many")
        count = 1 if match.pattern.kind == "ending_unit" else count_in(match)
        if unit == "Y" and count is not None:
            unit, count = "M", 12 * count
        if not isinstance(unit, str) or count is None or count != int(count):
            continue
        first = _first_day(end, unit, int(count))
        anchor = other.known.reading.anchor
        if match.pattern.kind == "ending_unit" and unit == "Q":
            period = periods.containing(end, "quarter")
            one.known.reading = Reading("DATE", period.value, "quarter", first, end, anchor)
        else:
            one.known.reading = replace(reading, earliest=first, latest=end, anchor=anchor)
        other.known.span = (first, end)


def anchor_parts(found: list[Found]) -> None:
    """Place "the first six months of 2024" on the calendar."""
    for one, other in pairwise(found):
        match, reading, of = one.known.match, one.known.reading, other.known.reading.period
        word = match.word("rel")
        if of is None or reading.type != "DURATION" or word not in _EDGES or reading.grain:
            continue
        unit, count = match.value("unit", "unit_one", "unit_many"), count_in(match)
        if match.tokens.lows[match.last : other.first] != ["of"] or not isinstance(unit, str):
            continue
        if count is None or count != int(count) or unit[0] == "T":
            continue
        first, last = of.first, periods.shift_days(periods.shift(of.first, unit, int(count)), -1)
        if word != "first":
            first, last = _first_day(of.last, unit, int(count)), of.last
        if first >= of.first and last <= of.last:
            anchor = other.known.reading.anchor
            one.known.reading = replace(reading, earliest=first, latest=last, anchor=anchor)


def _first_day(end: date, unit: str, count: int) -> date:
    """Return the first day of so many units that end on a day; whole months end with theirs."""
    following = periods.shift_days(end, 1)
    return periods.shift(following, unit, -count)


def extend_since(found: list[Found], discourse: Discourse) -> None:
    """Let "since 2014" run on to the publication."""
    runs_on = discourse.contexts.words("frames", "since_runs_on")
    published = discourse.published
    for one in found:
        reading = one.known.reading
        if (
            published is None
            or reading.latest is None
            or reading.type != "DATE"
            or reading.grain not in runs_on
        ):
            continue
        before = one.known.match.tokens.lows[one.first - 1] if one.first else ""
        if before == "since" and reading.latest < published:
            one.known.reading = replace(reading, latest=published)

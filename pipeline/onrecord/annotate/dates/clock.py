"""Reader of times of day: which day a clock time belongs to is what the text leaves unsaid."""

from __future__ import annotations

from dataclasses import replace

from onrecord.annotate.dates import periods
from onrecord.annotate.dates.absolute import read_calendar
from onrecord.annotate.dates.discourse import FUTURE, Discourse, Known
from onrecord.annotate.dates.grammar import Match
from onrecord.annotate.dates.reading import Anchor, Reader, Reading, dated
from onrecord.annotate.dates.relative import DAY_GRAINS, part_of, read_deictic, read_weekday, weekday_of

_AFTERNOON = ("AF", "EV", "NI")
_EVENINGS = ("TEV", "TNI")
_FARTHEST_DAY = 6  # words
_CLAUSE_ENDS = {".", ";", "\n", "and", "but", "to"}


def _time_of(match: Match) -> tuple[int, int] | None:
    """Return hour and minute (24 hours), or None where they are no time of day."""
    minute = 0
    hour = 0
    clock = match.value("clock", "clock", "clock_word")
    if clock is not None:
        hour_text, _, minute_text = str(clock).replace(".", ":").partition(":")
        hour, minute = int(hour_text), int(minute_text)
    elif not match.has("hhmm"):
        found = match.integer("hour", "hour", "hour_word")
        if found is None:
            return None
        hour = found
    if match.has("hhmm"):
        hour, minute = divmod(match.integer("hhmm", "hhmm") or 0, 100)
    if match.has("half"):
        minute = 30
    meridiem = match.integer("meridiem", "meridiem")
    part = part_of(match)
    if meridiem is not None:
        if not 1 <= hour <= 12:
            return (hour, minute) if hour < 24 and match.has("clock") else None
        hour = hour % 12 + meridiem
    elif part in _AFTERNOON and hour < 12 and not (part == "NI" and hour < 5):
        hour += 12
    elif part == "NI" and hour == 12:
        hour = 0
    return (hour, minute) if hour <= 24 else None


def read_clock(match: Match, discourse: Discourse) -> Reading | None:
    """Read 9:42 p.m., noon, four in the morning, with the day where it is named."""
    time = _time_of(match)
    if time is None:
        return None
    tail = f"T{time[0]:02d}:{time[1]:02d}"
    day: Reading | None
    anchor: Anchor
    if match.has("month"):
        day = read_calendar(match, discourse)
    elif match.has("weekday"):
        when, anchor = weekday_of(match, discourse)
        day = dated(periods.day(when), anchor) if when is not None else None
    elif match.has("deictic"):
        day = read_deictic(match, discourse)
    elif (day := _day_ahead(match, discourse)) is None:
        known = _day_before(match, discourse, time[0])
        if known is not None and known.reading.earliest is not None:
            day = dated(periods.day(known.reading.earliest), known.match.start)
        elif discourse.published is not None:
            day = dated(periods.day(discourse.published), "publication")
        else:
            day = None
    if day is None or day.earliest is None:
        return Reading("TIME", tail, "")
    return dated(
        periods.day(day.earliest),
        day.anchor,
        type="TIME",
        value=f"{day.earliest.isoformat()}{tail}",
        grain="time",
    )


def _day_ahead(match: Match, discourse: Discourse) -> Reading | None:
    """Return the day that follows soon in the sentence: "at 9 p.m. local time on Friday"."""
    other = discourse.following
    if other is None or not 0 < other.first - match.last <= _FARTHEST_DAY:
        return None
    if _CLAUSE_ENDS & set(match.tokens.lows[match.last : other.first]):
        return None
    reader = {"weekday": read_weekday, "deictic": read_deictic, "calendar": read_calendar}.get(
        other.pattern.kind
    )
    day = reader(other, discourse) if reader is not None else None
    return replace(day, anchor=other.start) if day is not None and day.grain == "day" else None


def _day_before(match: Match, discourse: Discourse, hour: int) -> Known | None:
    """Return the expression whose day the time belongs to.

    It is one of the same event or the same sentence, else an evening or night that the time lies in.
    """
    days = [one for one in discourse.known if one.reading.grain in DAY_GRAINS and one.reading.earliest]
    verbs = discourse.verbs_of(match)
    if verbs:
        for one in reversed(days):
            if _fits(one, hour) and verbs & discourse.verbs_of(one.match):
                return one
    for one in reversed(days):
        if discourse.is_same_sentence(one.match, match):
            return one
        break
    future = discourse.direction(match) == FUTURE
    for one in reversed(days):
        when, published = one.reading.earliest, discourse.published
        is_ahead = when is not None and published is not None and when > published
        if one.reading.value.endswith(_EVENINGS) and _fits(one, hour) and is_ahead <= future:
            return one
    return None


def _fits(known: Known, hour: int) -> bool:
    """Tell whether an hour lies in the part of the day that an expression names."""
    value = known.reading.value
    if value.endswith("TMO"):
        return hour < 13
    if value.endswith("TAF"):
        return 11 < hour < 19
    if value.endswith(("TEV", "TNI")):
        return hour > 16 or hour < 6
    return True


READERS: dict[str, Reader] = {"clock": read_clock}

"""Readers of expressions that point from the publication or the text: yesterday, last week, that day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from onrecord.annotate.dates import filters, periods
from onrecord.annotate.dates.discourse import FUTURE, OPEN, PAST, Discourse
from onrecord.annotate.dates.grammar import Match
from onrecord.annotate.dates.numbers import duration
from onrecord.annotate.dates.periods import Period
from onrecord.annotate.dates.reading import Anchor, Reader, Reading, dated
from onrecord.annotate.dates.recurrence import recurring, relative, year_of

DAY_GRAINS = ("time", "day")
_ANAPHORIC = ("following", "ensuing", "subsequent", "previous", "preceding", "prior")
_UNKNOWN = {
    "day": "XXXX-XX-XX",
    "week": "XXXX-WXX",
    "weekend": "XXXX-WXX-WE",
    "month": "XXXX-XX",
    "quarter": "XXXX-QX",
    "year": "XXXX",
    "decade": "XXX",
    "century": "XX",
}


def length_to_now(count: int, unit: str, sign: int, published: date | None) -> Reading:
    """Return the reading of the past (sign -1) or next (1) so many units."""
    value = duration(count, unit)
    if published is None or unit[0] == "T":
        return Reading("DURATION", value)
    other = periods.shift(published, unit, sign * count)
    return Reading("DURATION", value, "", min(published, other), max(published, other), "publication")


def unknown(grain: str) -> Reading:
    """Return the reading of a period that cannot be placed without the day of publication."""
    return Reading("DATE", _UNKNOWN.get(grain, "XXXX-XX-XX"), "", anchor="publication")


def with_part(of: Period, anchor: Anchor, part: str | None, mid: bool = False) -> Reading:
    """Return the reading of a part (MO, AF, EV, NI, or an hour) of a day."""
    if part is None:
        return dated(of, anchor)
    return dated(of, anchor, type="TIME", value=f"{of.value}T{part}", mod="MID" if mid else None)


def part_of(match: Match) -> str | None:
    """Return the part of the day that a match names."""
    part = match.value("part", "day_part")
    return str(part) if part is not None else None


def _base_day(discourse: Discourse) -> tuple[date | None, Anchor]:
    """Return the day that was spoken of last, else that of the publication."""
    known = discourse.latest(*DAY_GRAINS)
    if known is not None:
        return known.reading.earliest, known.match.start
    return discourse.published, "publication"


def weekday_of(match: Match, discourse: Discourse) -> tuple[date | None, Anchor]:
    """Return the day that a weekday means, and what it counts from."""
    number = match.integer("weekday", "weekday", "weekday_abbr") or 1
    published = discourse.published
    rel = relative(match)
    word = match.word("rel")
    if word in _ANAPHORIC:
        base, anchor = _base_day(discourse)
        if base is None:
            return None, anchor
        if rel == 1:
            return periods.shift_days(base, (number - base.isoweekday() - 1) % 7 + 1), anchor
        return periods.shift_days(base, -((base.isoweekday() - number - 1) % 7 + 1)), anchor
    if published is None:
        return None, "publication"
    monday = periods.shift_days(published, 1 - published.isoweekday())
    week = relative(match, "week")
    if week is not None:
        return periods.shift_days(monday, 7 * week + number - 1), "publication"
    back = (published.isoweekday() - number) % 7
    ahead = (number - published.isoweekday()) % 7
    if rel == -1:
        return periods.shift_days(published, -(back or 7)), "publication"
    if rel == 1:
        step = 7 + number - published.isoweekday() if word == "next" else ahead or 7
        return periods.shift_days(published, step), "publication"
    direction = discourse.direction(match)
    if rel == 0:
        return periods.shift_days(published, -back if direction == PAST else ahead), "publication"
    frame = discourse.frame(match)
    if frame in discourse.contexts.words("frames", "limits") or (
        frame in discourse.contexts.words("frames", "weekday_deadlines") and direction != PAST
    ):
        direction = FUTURE
    if direction == OPEN and discourse.is_present(match):
        verb = discourse.verbs_of(match) & discourse.contexts.words("tense", "calendar")
        direction = FUTURE if verb else OPEN
    return periods.shift_days(published, ahead if direction == FUTURE else -back), "publication"


def read_weekday(match: Match, discourse: Discourse) -> Reading | None:
    """Read a day of the week, with or without a part of the day."""
    part = part_of(match)
    if match.word("part").endswith("s") and not match.has("rel"):
        return Reading("SET", f"XXXX-WXX-{match.integer('weekday', 'weekday')}T{part}")
    when, anchor = weekday_of(match, discourse)
    mod = "MID" if match.has("mid") else None
    if when is None:
        number = match.integer("weekday", "weekday", "weekday_abbr")
        value = f"XXXX-WXX-{number}"
        return Reading(
            "TIME" if part else "DATE", f"{value}T{part}" if part else value, "", anchor=anchor, mod=mod
        )
    return replace(with_part(periods.day(when), anchor, part), mod=mod)


def read_nth_weekday(match: Match, discourse: Discourse) -> Reading | None:
    """Read the second Monday in May."""
    month = match.integer("month", "month_name", "month_abbr") or 1
    weekday = match.integer("weekday", "weekday") or 1
    nth = -1 if match.word("nth") == "last" else match.integer("nth", "ordinal", "ordinal_number")
    if nth is None or nth > 5:
        return None

    def make(number: int) -> Period | None:
        try:
            return periods.day(periods.nth_weekday(number, month, weekday, nth))
        except ValueError:  # a fifth Monday
            return None

    year, explicit = year_of(match, discourse)
    period = make(year) if year is not None else recurring(make, match, discourse)
    if period is None:
        return Reading("DATE", f"XXXX-{month:02d}-XX", "", anchor="publication")
    return dated(period, "absolute" if explicit else "publication", explicit=explicit)


def read_day_of_month(match: Match, discourse: Discourse) -> Reading | None:
    """Read "on the 3rd": the last such day, or the next where the verb is future."""
    day, published = match.integer("day", "ordinal_number") or 0, discourse.published
    if match.after()[:1].isalpha() and match.after() not in discourse.contexts.words("frames", "after_day"):
        return None  # "on the 3rd floor"
    if published is None:
        return Reading("DATE", f"XXXX-XX-{day:02d}", "", anchor="publication")
    future = discourse.direction(match) == FUTURE
    for step in range(13) if future else range(0, -13, -1):
        month = periods.shift_months(published.replace(day=1), step)
        try:
            when = month.replace(day=day)
        except ValueError:  # 31 April
            continue
        if when >= published if future else when <= published:
            return dated(periods.day(when), "publication")
    return None


def read_before_last(match: Match, discourse: Discourse) -> Reading | None:
    """Read the week before last."""
    unit = str(match.value("unit", "unit_one", "weekend"))
    grain = periods.UNIT_GRAIN[unit]
    if discourse.published is None:
        return unknown(grain)
    base = periods.shift(discourse.published, unit, -2)
    return with_part(periods.containing(base, grain), "publication", "NI" if unit == "NI" else None)


def read_deictic(match: Match, discourse: Discourse) -> Reading | None:
    """Read yesterday, tonight, tomorrow morning, overnight."""
    word = match.word("deictic")
    part = part_of(match) or ("NI" if word in ("tonight", "overnight") else None)
    published = discourse.published
    if word == "overnight" and match.after() in discourse.contexts.words("overnight", "not_before"):
        return None
    if published is None:
        return Reading(
            "TIME" if part else "DATE", "XXXX-XX-XX" + (f"T{part}" if part else ""), "", anchor="publication"
        )
    step = match.integer("deictic", "deictic") or 0
    if word == "overnight":
        return _overnight(published, discourse, match)
    return with_part(periods.day(periods.shift_days(published, step)), "publication", part, match.has("mid"))


def _overnight(published: date, discourse: Discourse, match: Match) -> Reading:
    """Read "overnight": the night to the day of publication, or to come where the verb is future."""
    step = 0 if discourse.direction(match) == FUTURE else -1
    evening = periods.shift_days(published, step)
    morning = periods.shift_days(evening, 1)
    return Reading("TIME", f"{evening.isoformat()}TNI", "day", evening, morning, "publication")


def read_day_part(match: Match, discourse: Discourse) -> Reading | None:
    """Read this morning, last night, that evening, the next morning."""
    part = part_of(match)
    word = match.word("rel")
    if part is None or (word == "last" and part != "NI") or filters.is_titled_part(match):
        return None
    if word in ("this", "last"):
        published = discourse.published
        if published is None:
            return Reading("TIME", f"XXXX-XX-XXT{part}", "", anchor="publication")
        day = periods.day(periods.shift_days(published, -1 if word == "last" else 0))
        return with_part(day, "publication", part)
    base, anchor = _base_day(discourse)
    if word in ("next", "following") and part == "MO":  # the morning after a night that was spoken of
        for one in reversed(discourse.known):
            if one.reading.value.endswith(("TEV", "TNI")) and one.reading.earliest:
                base, anchor = one.reading.earliest, one.match.start
                break
    if base is None:
        return Reading("TIME", f"XXXX-XX-XXT{part}", "", anchor="publication")
    step = 0 if word in ("same", "") else relative(match) or 0
    return with_part(periods.day(periods.shift_days(base, step)), anchor, part, match.has("mid"))


def read_relative_unit(match: Match, discourse: Discourse) -> Reading | None:
    """Read last week, this year, the following month."""
    rel, word = relative(match), match.word("rel")
    unit = str(match.value("unit", "unit_one", "weekend"))
    grain = periods.UNIT_GRAIN.get(unit)
    if filters.is_quoted_title(match):
        return None
    if rel is None or grain in (None, "time") or unit == "ML" or word in ("recent", "upcoming"):
        return None
    if grain is None or (unit == "D" and word in ("last", "past", "this", "current", "present", "coming")):
        return None
    if word == "past" and unit != "WE":
        return length_to_now(1, unit, -1, discourse.published)
    base: date | None = discourse.published
    anchor: Anchor = "publication"
    the = match.tokens.lows[match.first] == "the"
    narrated = the and word == "next" and (unit == "D" or discourse.direction(match) == PAST)
    if word in _ANAPHORIC or narrated:
        known = discourse.latest(*periods.GRAINS[: periods.GRAINS.index(grain) + 1])
        if known is not None and known.reading.earliest is not None:
            base, anchor = known.reading.earliest, known.match.start
    if base is None:
        return unknown(grain)
    if unit == "NI":
        return with_part(periods.day(periods.shift_days(base, rel)), anchor, "NI")
    if unit == "WE" and rel == 0 and base.isoweekday() < 4 and discourse.direction(match) == PAST:
        rel = -1
    mod = "APPROX" if match.tokens.lows[match.last - 1] == "so" else None
    return dated(periods.containing(periods.shift(base, unit, rel), grain), anchor, mod=mod)


def read_same_unit(match: Match, discourse: Discourse) -> Reading | None:
    """Read that year, the same day, the quarter, over the weekend: what was spoken of last."""
    unit = str(match.value("unit", "unit_one", "weekend", "period_noun"))
    latest = match.word("same") == "latest"
    if unit == "period":
        if not latest:
            return None
        unit = "Q"
    grain = periods.UNIT_GRAIN.get(unit)
    published = discourse.published
    if grain is None or grain == "time" or unit == "half":
        return None
    if unit == "WE" and not match.has("same"):
        return _weekend(match, discourse)
    if unit == "Q":
        known = discourse.latest("quarter", counted=False)
        running = latest and published and known and known.reading.latest and known.reading.latest > published
        if known is not None and known.reading.earliest is not None and not running:
            return dated(periods.containing(known.reading.earliest, grain), known.match.start)
        if published is None:
            return unknown(grain)
        return dated(periods.containing(periods.shift_months(published, -3), "quarter"), "publication")
    base: date | None = published
    anchor: Anchor = "publication"
    if match.has("same") and not latest:
        known = discourse.latest(*periods.GRAINS[: periods.GRAINS.index(grain) + 1])
        if known is None or known.reading.earliest is None:
            return None
        base, anchor = known.reading.earliest, known.match.start
    elif unit == "D":
        known = discourse.latest(*DAY_GRAINS)
        if known is not None and discourse.is_same_sentence(known.match, match):
            base, anchor = known.reading.earliest, known.match.start
    if base is None:
        return unknown(grain)
    if latest:
        base = periods.shift(base, unit, -1)
    if unit == "NI":
        return with_part(periods.day(base), anchor, "NI")
    return dated(periods.containing(base, grain), anchor)


def _weekend(match: Match, discourse: Discourse) -> Reading:
    published = discourse.published
    if published is None:
        return unknown("weekend")
    step = 0
    if discourse.direction(match) != FUTURE and published.isoweekday() < 5:
        step = -7
    return dated(periods.weekend(periods.shift_days(published, step)), "publication")


def read_rest(match: Match, discourse: Discourse) -> Reading | None:
    """Read the rest of the year: from the publication to the end of it."""
    unit = str(match.value("unit", "unit_one", "weekend"))
    grain = periods.UNIT_GRAIN.get(unit, "day")
    published = discourse.published
    if published is None:
        return unknown(grain)
    of = periods.containing(published, grain)
    return dated(replace(of, first=max(published, of.first)), "publication")


READERS: dict[str, Reader] = {
    "weekday": read_weekday,
    "deictic": read_deictic,
    "day_part": read_day_part,
    "relative_unit": read_relative_unit,
    "same_unit": read_same_unit,
    "rest": read_rest,
    "nth_weekday": read_nth_weekday,
    "day_of_month": read_day_of_month,
    "before_last": read_before_last,
}

"""Readers of expressions that count from the publication: yesterday, last week, two years ago."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from onrecord.annotate.dates import filters, periods
from onrecord.annotate.dates.absolute import relative
from onrecord.annotate.dates.discourse import FUTURE, PAST, Discourse
from onrecord.annotate.dates.grammar import Match
from onrecord.annotate.dates.numbers import count_in, duration
from onrecord.annotate.dates.periods import Period
from onrecord.annotate.dates.reading import Anchor, Reader, Reading, dated

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
    if match.before() in discourse.contexts.words("frames", "weekday_deadlines") and direction != PAST:
        direction = FUTURE
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
        return Reading("TIME" if part else "DATE", f"{value}T{part}" if part else value, "", anchor=anchor, mod=mod)
    return replace(with_part(periods.day(when), anchor, part), mod=mod)


def read_deictic(match: Match, discourse: Discourse) -> Reading | None:
    """Read yesterday, tonight, tomorrow morning, overnight."""
    word = match.word("deictic")
    part = part_of(match) or ("NI" if word in ("tonight", "overnight") else None)
    published = discourse.published
    if word == "overnight" and match.after() in ("stay", "stays", "guest", "guests", "bag", "success", "rate", "rates"):
        return None
    if published is None:
        return Reading("TIME" if part else "DATE", "XXXX-XX-XX" + (f"T{part}" if part else ""), "", anchor="publication")
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
    if part is None or (word == "last" and part != "NI"):
        return None
    if word in ("this", "last"):
        published = discourse.published
        if published is None:
            return Reading("TIME", f"XXXX-XX-XXT{part}", "", anchor="publication")
        day = periods.day(periods.shift_days(published, -1 if word == "last" else 0))
        return with_part(day, "publication", part)
    base, anchor = _base_day(discourse)
    if base is None:
        return Reading("TIME", f"XXXX-XX-XXT{part}", "", anchor="publication")
    step = 0 if word in ("same", "") else relative(match) or 0
    return with_part(periods.day(periods.shift_days(base, step)), anchor, part, match.has("mid"))


def read_relative_unit(match: Match, discourse: Discourse) -> Reading | None:
    """Read last week, this year, the following month."""
    rel, word = relative(match), match.word("rel")
    unit = str(match.value("unit", "unit_one", "weekend"))
    grain = periods.UNIT_GRAIN.get(unit)
    if filters.is_quoted_title(match, discourse):
        return None
    if rel is None or grain in (None, "time") or unit == "ML" or word in ("recent", "upcoming"):
        return None
    if grain is None or (unit == "D" and word in ("last", "past", "this", "current", "present", "coming")):
        return None
    if word == "past" and match.tokens.lows[match.first] == "past" and unit != "WE":
        return Reading("DURATION", duration(1, unit))
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
        if known is not None and known.reading.earliest is not None:
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


def read_ago(match: Match, discourse: Discourse) -> Reading | None:
    """Read two weeks ago: as exact as the unit."""
    unit = str(match.value("unit", "unit_one", "unit_many") or match.value("bare", "unit_many"))
    count = None if match.has("bare") else count_in(match)
    published = discourse.published
    if count is None:
        return Reading("DATE", "PAST_REF", "", anchor="publication")
    if count == 1 and unit == "Y" and not match.has("half"):
        earlier = discourse.latest("quarter", "half", counted=False)
        if earlier is not None and discourse.is_near(earlier.match, match):
            return _a_year_before(earlier.reading, earlier.match.start)
    if published is None:
        return unknown(periods.UNIT_GRAIN[unit])
    return _counted(published, unit, -count, "publication")


def _a_year_before(of: Reading, anchor: Anchor) -> Reading | None:
    if of.earliest is None or of.latest is None:
        return None
    period = periods.moved(Period(of.value, of.grain, of.earliest, of.latest), "Y", -1)
    return dated(period, anchor)


def _counted(base: date, unit: str, count: int | float, anchor: Anchor) -> Reading | None:
    """Return the period so many units from a day, as coarse as the unit."""
    grain = periods.UNIT_GRAIN[unit]
    if grain == "time":
        return dated(periods.day(base), anchor)
    if count != int(count):
        whole, rest = divmod(abs(count), 1)
        sign = 1 if count > 0 else -1
        if unit not in ("Y", "M", "DE"):
            return dated(periods.day(periods.shift(base, unit, sign * round(whole))), anchor)
        months = {"Y": 12, "DE": 120, "M": 1}[unit] * (whole + rest)
        return dated(periods.containing(periods.shift_months(base, sign * int(months)), "month"), anchor)
    if unit in ("DE", "CE", "ML"):
        grain = "year"
    return dated(periods.containing(periods.shift(base, unit, int(count)), grain), anchor)


def read_from_now(match: Match, discourse: Discourse) -> Reading | None:
    """Read two weeks from now."""
    count = count_in(match)
    unit = str(match.value("unit", "unit_one", "unit_many"))
    if count is None:
        return Reading("DATE", "FUTURE_REF", "", anchor="publication")
    if discourse.published is None:
        return unknown(periods.UNIT_GRAIN[unit])
    return _counted(discourse.published, unit, count, "publication")


def read_offset(match: Match, discourse: Discourse) -> Reading | None:
    """Read a day earlier, two weeks later: from the expression before, not from the publication."""
    unit = str(match.value("unit", "unit_one", "unit_many") or match.value("bare", "unit_many"))
    count = None if match.has("bare") else count_in(match)
    if count is None:
        return Reading("DURATION", duration(None, unit))
    sign = -1 if match.word("way") in ("earlier", "previously", "prior") else 1
    return _offset(match, discourse, unit, sign * count)


def read_offset_the(match: Match, discourse: Discourse) -> Reading | None:
    """Read the day before, the year after, where nothing follows that it counts from."""
    if match.after()[:1].isalnum() and match.after() not in ("and", "but", "when", "while", "that", "by", "in", "to"):
        return None
    unit = str(match.value("unit", "unit_one"))
    return _offset(match, discourse, unit, 1 if match.word("way") == "after" else -1)


def _offset(match: Match, discourse: Discourse, unit: str, count: int | float) -> Reading | None:
    grain = periods.UNIT_GRAIN[unit]
    if grain == "time":
        return Reading("DURATION", duration(abs(count), unit))
    known = discourse.base_for(match, grain)
    if known is None or known.reading.earliest is None or known.reading.latest is None:
        if discourse.published is None:
            return unknown(grain)
        return _counted(discourse.published, unit, count, "publication")
    of, anchor = known.reading, known.match.start
    if known.span is not None and unit == "Y" and count == int(count):
        first, last = (periods.shift(one, "Y", int(count)) for one in known.span)
        return Reading("DATE", f"{last.year:04d}", "year", first, last, anchor)
    if unit == "Y" and abs(count) == 1 and of.grain in ("quarter", "half", "month", "season"):
        moved = periods.moved(Period(of.value, of.grain, of.earliest, of.latest), "Y", int(count))
        return dated(moved, anchor)
    return _counted(of.earliest, unit, count, anchor)  # type: ignore[arg-type]


def read_year_earlier(match: Match, discourse: Discourse) -> Reading | None:
    """Read the year-ago quarter, the same period last year, the 1988 period."""
    published = discourse.published
    year = match.integer("year", "year")
    nth = match.integer("nth", "ordinal", "ordinal_number")
    of_noun = match.word("of")
    grains = (of_noun,) if of_noun in ("quarter", "half", "month") else ("quarter", "half", "month", "year")
    known = discourse.latest(*grains, counted=False)
    if nth is not None and nth < 5 and published is not None:
        return dated(periods.quarter(published.year - 1, nth), "publication")
    if known is not None and known.reading.earliest is not None and known.reading.latest is not None:
        of = known.reading
        earliest, latest = known.reading.earliest, known.reading.latest
        if year is not None:
            period = Period(of.value, of.grain, earliest, latest)
            return dated(periods.moved(period, "Y", year - earliest.year), "absolute", explicit=True)
        return _a_year_before(of, known.match.start)
    if year is not None:
        return dated(periods.year(year), "absolute", explicit=True)
    if published is None:
        return unknown("year")
    return dated(periods.year(published.year - 1), "publication")


READERS: dict[str, Reader] = {
    "weekday": read_weekday,
    "deictic": read_deictic,
    "day_part": read_day_part,
    "relative_unit": read_relative_unit,
    "same_unit": read_same_unit,
    "rest": read_rest,
    "ago": read_ago,
    "from_now": read_from_now,
    "offset": read_offset,
    "offset_the": read_offset_the,
    "year_earlier": read_year_earlier,
}

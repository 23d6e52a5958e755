"""Readers of expressions that count units: two years ago, a day earlier, the year-ago quarter."""

from __future__ import annotations

from datetime import date

from onrecord.annotate.dates import periods
from onrecord.annotate.dates.discourse import Discourse
from onrecord.annotate.dates.grammar import Match
from onrecord.annotate.dates.numbers import count_in, duration
from onrecord.annotate.dates.reading import Anchor, Reader, Reading, dated
from onrecord.annotate.dates.relative import unknown


def read_ago(match: Match, discourse: Discourse) -> Reading | None:
    """Read two weeks ago: as exact as the unit."""
    unit = str(match.value("unit", "unit_one", "unit_many") or match.value("bare", "unit_many"))
    count = None if match.has("bare") else count_in(match)
    published = discourse.published
    if count is None:
        return Reading("DATE", "PAST_REF", "", anchor="publication")
    if count == 1 and unit == "Y" and not match.has("half"):
        earlier = discourse.latest_quarter()
        if earlier is not None and discourse.is_near(earlier.match, match):
            return _a_year_before(earlier.reading, earlier.match.start)
    if published is None:
        return unknown(periods.UNIT_GRAIN[unit])
    return _counted(published, unit, -count, "publication")


def _a_year_before(of: Reading, anchor: Anchor) -> Reading | None:
    period = of.period
    return dated(periods.moved(period, "Y", -1), anchor) if period is not None else None


def _counted(base: date, unit: str, count: int | float, anchor: Anchor) -> Reading | None:
    """Return the period so many units from a day, as coarse as the unit."""
    grain = periods.UNIT_GRAIN[unit]
    if grain == "time":
        return dated(periods.day(base), anchor)
    if count != int(count):
        whole, rest = divmod(abs(count), 1)
        sign = 1 if count > 0 else -1
        if unit not in ("Y", "M", "DE", "CE"):
            return dated(periods.day(periods.shift(base, unit, sign * round(whole))), anchor)
        months = {"Y": 12, "DE": 120, "CE": 1200, "M": 1}[unit] * (whole + rest)
        when = periods.shift_months(base, sign * int(months))
        return dated(periods.containing(when, "year" if unit in ("DE", "CE") else "month"), anchor)
    if unit in ("DE", "CE", "ML"):
        grain = "year"
    return dated(periods.containing(periods.shift(base, unit, int(count)), grain), anchor)


def read_weekdays_ago(match: Match, discourse: Discourse) -> Reading | None:
    """Read two Sundays ago: the last Sunday but one."""
    count, number = count_in(match), match.integer("weekday", "weekday_plural") or 0
    published = discourse.published
    if count is None or count != int(count) or not number:
        return None
    if published is None:
        return Reading("DATE", f"XXXX-WXX-{number}", "", anchor="publication")
    back = (published.isoweekday() - number) % 7 or 7
    return dated(periods.day(periods.shift_days(published, -back - 7 * (int(count) - 1))), "publication")


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
    if discourse.base_for(match, periods.UNIT_GRAIN[str(match.value("unit", "unit_one"))]) is None:
        return None
    if match.after()[:1].isalnum() and match.after() not in discourse.contexts.words("offset", "before"):
        return None
    unit = str(match.value("unit", "unit_one"))
    return _offset(match, discourse, unit, 1 if match.word("way") == "after" else -1)


def _offset(match: Match, discourse: Discourse, unit: str, count: int | float) -> Reading | None:
    grain = periods.UNIT_GRAIN[unit]
    if grain == "time":
        return Reading("DURATION", duration(abs(count), unit))
    known = discourse.base_for(match, grain)
    period = known.reading.period if known is not None else None
    if known is None or period is None:
        if count > 0:
            return Reading("DURATION", duration(count, unit))
        if discourse.published is None:
            return unknown(grain)
        return _counted(discourse.published, unit, count, "publication")
    anchor = known.match.start
    if known.span is not None and unit == "Y" and count == int(count):
        first, last = (periods.shift(one, "Y", int(count)) for one in known.span)
        return Reading("DATE", f"{last.year:04d}", "year", first, last, anchor)
    if unit == "Y" and abs(count) == 1 and period.grain in ("quarter", "half", "month", "season"):
        return dated(periods.moved(period, "Y", int(count)), anchor)
    return _counted(period.first, unit, count, anchor)


def read_year_earlier(match: Match, discourse: Discourse) -> Reading | None:
    """Read the year-ago quarter, the same period last year, the 1988 period."""
    published = discourse.published
    year = match.integer("year", "year")
    nth = match.integer("nth", "ordinal", "ordinal_number")
    of_noun = match.word("of")
    grains = (of_noun,) if of_noun in ("quarter", "half", "month") else ("quarter", "half")
    known = discourse.latest(*grains, counted=False) if len(grains) == 1 else discourse.latest_quarter()
    if nth is not None and nth < 5 and published is not None:
        return dated(periods.quarter(published.year - 1, nth), "publication")
    period = known.reading.period if known is not None else None
    if known is not None and period is not None:
        if year is None:
            return _a_year_before(known.reading, known.match.start)
        moved = periods.moved(period, "Y", year - period.first.year)
        return dated(moved, "absolute", explicit=True)
    if year is not None:
        return dated(periods.year(year), "absolute", explicit=True)
    if published is None:
        return unknown("year")
    return dated(periods.year(published.year - 1), "publication")


READERS: dict[str, Reader] = {
    "ago": read_ago,
    "from_now": read_from_now,
    "weekdays_ago": read_weekdays_ago,
    "offset": read_offset,
    "offset_the": read_offset_the,
    "year_earlier": read_year_earlier,
}

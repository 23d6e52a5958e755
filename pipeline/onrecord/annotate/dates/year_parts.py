"""Readers of parts of a year: quarters, halves, seasons, fiscal years, named days."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from onrecord.annotate.dates import filters, periods
from onrecord.annotate.dates.absolute import read_calendar
from onrecord.annotate.dates.discourse import PAST, Discourse
from onrecord.annotate.dates.grammar import Match
from onrecord.annotate.dates.periods import Period
from onrecord.annotate.dates.reading import Reader, Reading, dated
from onrecord.annotate.dates.recurrence import YEAR_CLASSES, recurring, relative, slot_is_year, year_of
from onrecord.annotate.dates.relative import unknown


def read_fiscal_year(match: Match, _: Discourse) -> Reading | None:
    """Read fiscal 2020 and the 2020-21 fiscal year; when a fiscal year begins is not known."""
    year = match.integer("year", *YEAR_CLASSES) or match.integer("code", "fiscal_code")
    if year is None:
        return None
    second = match.integer("second", "two_digits", "year")
    if second is None:
        return dated(periods.year(year), "absolute", explicit=True)
    last = second if second > 99 else year // 100 * 100 + second
    if last != year + 1:
        return None
    period = Period(f"{year:04d}/{last:04d}", "year", periods.year(year).first, periods.year(last).last)
    return dated(period, "absolute", explicit=True)


def read_quarter(match: Match, discourse: Discourse) -> Reading | None:
    """Read the third quarter, with or without year."""
    nth = match.integer("nth", "ordinal", "ordinal_number", "quarter_code")
    if match.word("nth") == "last":
        nth = 4
    if nth is None or nth > 4:
        return None
    return _part_of_year(match, discourse, lambda number: periods.quarter(number, nth), f"XXXX-Q{nth}")


def read_half(match: Match, discourse: Discourse) -> Reading | None:
    """Read the first half of 2020 and of a decade."""
    nth = match.integer("nth", "ordinal", "half_code")
    if match.word("nth") in ("last", "latter"):
        nth = 2
    if nth not in (1, 2):
        return None
    if match.has("decade"):
        start = match.integer("decade", "decade") or 0
        reading = dated(periods.decade(start if start > 99 else 1900 + start), "absolute", explicit=True)
        return replace(reading, mod="START" if nth == 1 else "END")
    return _part_of_year(match, discourse, lambda number: periods.half(number, nth), f"XXXX-H{nth}")


def read_season(match: Match, discourse: Discourse) -> Reading | None:
    """Read a season, with or without year."""
    code = str(match.value("season", "season"))
    if match.has("rel") and slot_is_year(match, "rel") and filters.is_verb(match, discourse):
        match.first = match.slots["rel"][0]  # "prices will fall next year"
        year, _ = year_of(match, discourse)
        return dated(periods.year(year), "publication") if year is not None else unknown("year")
    bare = not match.has("year") and not match.has("rel") and not match.has("the_year")
    if bare and not filters.is_season(match, discourse):
        return None
    if match.word("season") == "fall" and match.has("rel") and match.after() in ("of", "from"):
        return None
    southern = discourse.southern
    return _part_of_year(
        match, discourse, lambda number: periods.season(number, code, southern), f"XXXX-{code}"
    )


def _part_of_year(
    match: Match, discourse: Discourse, make: Callable[[int], Period], unknown: str
) -> Reading | None:
    year, explicit = year_of(match, discourse)
    rel = relative(match) if match.has("rel") and not slot_is_year(match, "rel") else None
    period = make(year) if year is not None else recurring(make, match, discourse, rel)
    if period is None:
        return Reading("DATE", unknown, "", anchor="publication") if discourse.published is None else None
    return dated(period, "absolute" if explicit else "publication", explicit=explicit)


def read_named_day(match: Match, discourse: Discourse) -> Reading | None:
    """Read Christmas Day, Ramadan and other days with a name."""
    number = match.integer("named", "named_day")
    if number is None or not filters.is_named_day(match, discourse):
        return None
    days, country = discourse.named_days, discourse.country

    def make(year: int) -> Period | None:
        return days.in_year(number, year, country)

    if days.is_historic(number, country):
        period = make(0)
        return dated(period, "absolute", explicit=True) if period else None
    year, explicit = year_of(match, discourse)
    rel = relative(match) if match.has("rel") and not slot_is_year(match, "rel") else None
    period = make(year) if year is not None else recurring(make, match, discourse, rel)
    if period is None:
        return Reading("DATE", "XXXX-XX-XX", "", anchor="publication")
    reading = dated(period, "absolute" if explicit else "publication", explicit=explicit)
    part = match.value("part", "day_part")
    return reading if part is None else replace(reading, type="TIME", value=f"{reading.value}T{part}")


def read_week_of(match: Match, discourse: Discourse) -> Reading | None:
    """Read the week of March 6."""
    of = read_calendar(match, discourse)
    if of is None or of.earliest is None:
        return None
    return dated(periods.week(of.earliest), of.anchor, explicit=of.explicit)


def read_year_end(match: Match, discourse: Discourse) -> Reading | None:
    """Read year-end: the last day of the year."""
    year, explicit = year_of(match, discourse)
    if year is None:
        if discourse.published is None:
            return Reading("DATE", "XXXX-12-31", "day", anchor="publication")
        past = match.before() == "since" or (
            discourse.direction(match) == PAST and discourse.published.month < 7
        )
        year = discourse.published.year - past
    return dated(
        periods.day(date(year, 12, 31)), "absolute" if explicit else "publication", explicit=explicit
    )


READERS: dict[str, Reader] = {
    "fiscal_year": read_fiscal_year,
    "quarter": read_quarter,
    "half": read_half,
    "season": read_season,
    "named_day": read_named_day,
    "week_of": read_week_of,
    "year_end": read_year_end,
}

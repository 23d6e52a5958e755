"""Calendar periods: a TIMEX3 value with the days that it covers, and arithmetic on them.

Weeks are those of ISO 8601. Seasons are the meteorological ones: winter is December to February,
named by the year that it begins in; south of the equator the months are half a year away.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass, replace
from datetime import MAXYEAR, MINYEAR, date, timedelta

GRAINS = ("time", "day", "weekend", "week", "month", "quarter", "season", "half", "year", "decade", "century")
"""Granularities from fine to coarse."""
UNIT_GRAIN = {
    "TS": "time",
    "TM": "time",
    "TH": "time",
    "NI": "day",
    "D": "day",
    "WE": "weekend",
    "W": "week",
    "FN": "week",
    "M": "month",
    "Q": "quarter",
    "Y": "year",
    "DE": "decade",
    "CE": "century",
    "ML": "century",
}
_SEASON_MONTH = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of the calendar. `first` and `last` are inclusive."""

    value: str
    grain: str
    first: date
    last: date


def day(when: date) -> Period:
    """Return the period of one day."""
    return Period(when.isoformat(), "day", when, when)


def week(when: date) -> Period:
    """Return the ISO week that holds a day."""
    year_number, number, weekday = when.isocalendar()
    first = shift_days(when, 1 - weekday)
    return Period(f"{year_number:04d}-W{number:02d}", "week", first, shift_days(first, 6))


def weekend(when: date) -> Period:
    """Return the weekend of the ISO week that holds a day."""
    of = week(when)
    return Period(f"{of.value}-WE", "weekend", shift_days(of.first, 5), of.last)


def month(year_number: int, number: int) -> Period:
    """Return a month; `number` is 1 to 12."""
    last = calendar.monthrange(year_number, number)[1]
    return Period(
        f"{year_number:04d}-{number:02d}",
        "month",
        date(year_number, number, 1),
        date(year_number, number, last),
    )


def quarter(year_number: int, number: int) -> Period:
    """Return a quarter of a year; `number` is 1 to 4."""
    first, last = month(year_number, 3 * number - 2), month(year_number, 3 * number)
    return Period(f"{year_number:04d}-Q{number}", "quarter", first.first, last.last)


def half(year_number: int, number: int) -> Period:
    """Return a half of a year; `number` is 1 or 2."""
    first, last = month(year_number, 6 * number - 5), month(year_number, 6 * number)
    return Period(f"{year_number:04d}-H{number}", "half", first.first, last.last)


def season(year_number: int, code: str, southern: bool = False) -> Period:
    """Return a season (SP, SU, FA or WI) by the year in which it begins."""
    number = _SEASON_MONTH[code]
    if southern:
        number = (number + 5) % 12 + 1
    first = month(year_number, number)
    last = shift_months(first.first, 2)
    return Period(f"{year_number:04d}-{code}", "season", first.first, month(last.year, last.month).last)


def year(number: int) -> Period:
    """Return a calendar year."""
    return Period(f"{number:04d}", "year", date(number, 1, 1), date(number, 12, 31))


def decade(start: int) -> Period:
    """Return the ten years from `start` (1990) on; its TIMEX3 value leaves the last digit out.

    The years from 1800 on, or any other such hundred before 2000, are a whole century.
    """
    if start % 100 == 0 and start < 2000:  # the 1800s are a century
        return Period(f"{start // 100}", "century", date(start, 1, 1), date(start + 99, 12, 31))
    return Period(f"{start // 10}", "decade", date(start, 1, 1), date(start + 9, 12, 31))


def century(ordinal: int) -> Period:
    """Return a century by its ordinal: 20 covers 1901 to 2000, with the TIMEX3 value 19."""
    start = 100 * (ordinal - 1) + 1
    return Period(f"{ordinal - 1:02d}", "century", date(start, 1, 1), date(start + 99, 12, 31))


def containing(when: date, grain: str) -> Period:
    """Return the period of a granularity that holds a day."""
    match grain:
        case "week":
            return week(when)
        case "weekend":
            return weekend(when)
        case "month":
            return month(when.year, when.month)
        case "quarter":
            return quarter(when.year, (when.month + 2) // 3)
        case "half":
            return half(when.year, 1 if when.month < 7 else 2)
        case "year":
            return year(when.year)
        case "decade":
            return decade(when.year // 10 * 10)
        case "century":
            return century((when.year + 99) // 100)
    return day(when)


def shift_days(when: date, count: int) -> date:
    """Return a day so many days later; raise OverflowError outside the years 1 to 9999."""
    return when + timedelta(days=count)


def shift_months(when: date, count: int) -> date:
    """Return a day so many months later, the last of the month where it has no such day."""
    index = when.year * 12 + when.month - 1 + count
    year_number, number = divmod(index, 12)
    if not MINYEAR <= year_number <= MAXYEAR:
        raise OverflowError("date value out of range")
    return date(year_number, number + 1, min(when.day, calendar.monthrange(year_number, number + 1)[1]))


def shift(when: date, unit: str, count: int) -> date:
    """Return a day so many units (TIMEX3 designators, as in the lexicon) later."""
    match unit:
        case "D" | "NI":
            return shift_days(when, count)
        case "W" | "WE":
            return shift_days(when, 7 * count)
        case "FN":
            return shift_days(when, 14 * count)
        case "M":
            return shift_months(when, count)
        case "Q":
            return shift_months(when, 3 * count)
        case "Y":
            return shift_months(when, 12 * count)
        case "DE":
            return shift_months(when, 120 * count)
        case "CE":
            return shift_months(when, 1200 * count)
        case "ML":
            return shift_months(when, 12000 * count)
    return when


def moved(period: Period, unit: str, count: int) -> Period:
    """Return the period of the same granularity that lies so many units later."""
    if period.grain == "season":
        first = shift(period.first, unit, count)
        last = shift(period.last, unit, count)
        return replace(period, value=f"{first.year:04d}{period.value[4:]}", first=first, last=last)
    if period.grain == "decade":
        return decade(shift(period.first, unit, count).year // 10 * 10)
    return containing(shift(period.first, unit, count), period.grain)


def easter(year_number: int) -> date:
    """Return Western Easter Sunday (the anonymous Gregorian algorithm, Nature 1876)."""
    a, b, c = year_number % 19, year_number // 100, year_number % 100
    d, e = divmod(b, 4)
    f = (b + 8) // 25
    g = (b - f + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    number, rest = divmod(h + m - 7 * n + 114, 31)
    return date(year_number, number, rest + 1)


def nth_weekday(year_number: int, number: int, weekday: int, nth: int) -> date:
    """Return the nth weekday (1 is Monday) of a month, -1 the last; raise ValueError if there is none."""
    days = calendar.monthrange(year_number, number)[1]
    matching = [one for one in range(1, days + 1) if date(year_number, number, one).isoweekday() == weekday]
    index = nth - 1 if nth > 0 else nth
    if not -len(matching) <= index < len(matching):
        raise ValueError(f"no weekday number {nth} in {year_number:04d}-{number:02d}")
    return date(year_number, number, matching[index])

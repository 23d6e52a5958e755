"""Readers of calendar dates, years, quarters, seasons and named days."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from onrecord.annotate.dates import filters, periods
from onrecord.annotate.dates.discourse import FUTURE, PAST, Discourse
from onrecord.annotate.dates.grammar import Match
from onrecord.annotate.dates.periods import Period
from onrecord.annotate.dates.reading import Anchor, Reader, Reading, dated
from onrecord.annotate.dates.recurrence import YEAR_CLASSES, recurring, relative, slot_is_year, year_of
from onrecord.annotate.dates.relative import unknown

_DAY_KINDS = ("calendar", "numeric_date", "iso")
_SOON = 2  # months


def read_iso(match: Match, _: Discourse) -> Reading | None:
    """Read 2020-04-21, 2020-04-21T09:42Z, 2020-04 and 2020-W17."""
    text = str(match.value("iso", "iso_date", "iso_datetime", "iso_month", "iso_week"))
    if "W" in text:
        number = int(text[6:])
        if not 1 <= number <= 53:
            return None
        return dated(periods.week(date.fromisocalendar(int(text[:4]), number, 1)), "absolute", explicit=True)
    if len(text) == 7:
        return dated(periods.month(int(text[:4]), int(text[5:])), "absolute", explicit=True)
    of = periods.day(date.fromisoformat(text[:10]))
    if len(text) == 10:
        return dated(of, "absolute", explicit=True)
    return dated(of, "absolute", type="TIME", value=f"{of.value}T{text[11:16]}", explicit=True)


def read_numeric_date(match: Match, discourse: Discourse) -> Reading | None:
    """Read 3/4/2020; which number is the day is decided for the article as a whole."""
    text = str(match.value("numeric", "numeric_date"))
    first, second, digits = re.split(r"[/.]", text)
    if "." in text and len(digits) != 4:
        return None
    year = int(digits) if len(digits) == 4 else int(digits) + (2000 if int(digits) < 50 else 1900)
    day, month = (first, second) if discourse.day_first() else (second, first)
    if int(month) > 12:
        day, month = month, day
    return dated(periods.day(date(year, int(month), int(day))), "absolute", explicit=True)


def read_calendar(match: Match, discourse: Discourse) -> Reading | None:
    """Read a month, with or without day and year."""
    month = match.integer("month", "month_name", "month_abbr")
    if month is None:
        return None
    day = match.integer("day", "day", "ordinal_number", "ordinal")
    year, explicit = year_of(match, discourse)
    rel = relative(match) if match.has("rel") and not slot_is_year(match, "rel") else None
    bare = day is None and year is None and rel is None
    if bare and not filters.is_month(match, discourse):
        return None
    if day is not None and day > 31:
        return None

    def make(number: int) -> Period | None:
        if day is None:
            return periods.month(number, month)
        try:
            return periods.day(date(number, month, day))
        except ValueError:  # 29 February in other years
            return None

    anchor: Anchor = "absolute" if explicit else "publication"
    if year is None and day is not None:
        year = _year_of_event(match, discourse, month, day)
    if year is None and rel is None:
        year = discourse.year_ahead(match)
        if year is not None:
            anchor, explicit = "absolute", True
        else:
            year = _year_before(match, discourse)
    period = make(year) if year is not None else recurring(make, match, discourse, rel)
    if period is None:
        if discourse.published is not None or (day is not None and make(2000) is None):
            return None
        value = f"XXXX-{month:02d}" + (f"-{day:02d}" if day is not None else "")
        return Reading("DATE", value, "day" if day else "month", anchor="publication")
    return dated(period, anchor, explicit=explicit)


def read_day_after(match: Match, discourse: Discourse) -> Reading | None:
    """Read the second day of "April 5-7", "March 3 and 4"."""
    day = match.integer("day", "day", "ordinal_number")
    last = discourse.known[-1] if discourse.known else None
    if last is None or day is None or last.match.last + 1 != match.first or not last.match.has("day"):
        return None
    of = last.reading
    if of.grain != "day" or of.type != "DATE" or last.match.has("year"):
        return None
    if match.after()[:1].isalpha() and match.after() not in discourse.contexts.words("frames", "after_day"):
        return None
    month = last.match.integer("month", "month_name", "month_abbr")
    first = last.match.integer("day", "day", "ordinal_number", "ordinal")
    if month is None or first is None or day <= first:
        return None
    if of.earliest is None:
        return replace(of, value=f"{of.value[:-2]}{day:02d}")
    return dated(periods.day(of.earliest.replace(day=day)), of.anchor, explicit=of.explicit)


def read_day_before(match: Match, discourse: Discourse) -> Reading | None:
    """Read the first day of "5-7 April"."""
    following = discourse.following
    day = match.integer("day", "day", "ordinal_number")
    if (
        following is None
        or day is None
        or following.pattern.kind != "calendar"
        or following.first != match.last + 1
    ):
        return None
    other = following.integer("day", "day", "ordinal_number")
    if other is None or day >= other or following.slots["day"] > following.slots["month"]:
        return None
    of = read_calendar(following, discourse)
    if of is None or of.grain != "day":
        return None
    if of.earliest is None:
        return replace(of, value=f"{of.value[:-2]}{day:02d}")
    return dated(periods.day(of.earliest.replace(day=day)), of.anchor, explicit=of.explicit)


def _year_of_event(match: Match, discourse: Discourse, month: int, day: int) -> int | None:
    """Return the year of a day in history that the next words name ("the Sept. 11 attacks")."""
    following = {match.after(), match.after(2)}
    for event in discourse.named_days.events:
        known = discourse.published is not None and discourse.published > event.when
        if known and (event.when.month, event.when.day) == (month, day) and following & event.words:
            return event.when.year
    return None


def _year_before(match: Match, discourse: Discourse) -> int | None:
    """Return the year of the day just before, where the text goes on from it.

    "On Feb. 24, 2022, the war began. By March 2 …" is in 2022 still.
    """
    last = discourse.known[-1] if discourse.known else None
    if last is None or not match.has("day") or discourse.direction(match) == FUTURE:
        return None
    of, when = last.reading, last.reading.earliest
    if not of.explicit or of.grain != "day" or when is None or last.match.pattern.kind not in _DAY_KINDS:
        return None
    month = match.integer("month", "month_name", "month_abbr") or 0
    day = match.integer("day", "day", "ordinal_number") or 0
    soon = (month, day) > (when.month, when.day) and month - when.month <= _SOON
    if discourse.is_same_sentence(last.match, match) or (
        soon and discourse.is_same_paragraph(last.match, match)
    ):
        return when.year
    return None


def read_year(match: Match, discourse: Discourse) -> Reading | None:
    """Read a year in digits."""
    year = match.integer("year", "year")
    if year is None or not filters.is_year(match, year, discourse):
        return None
    return dated(periods.year(year), "absolute", explicit=True)


def read_split_year(match: Match, discourse: Discourse) -> Reading | None:
    """Read 2019-20, a season or school year: both calendar years."""
    year, second = match.integer("year", "year"), match.integer("second", "two_digits")
    if year is None or second is None or not filters.is_year(match, year, discourse):
        return None
    last = year // 100 * 100 + second
    if last < year:
        last += 100
    if last - year > 60:
        return None
    period = Period(f"{year:04d}/{last:04d}", "year", periods.year(year).first, periods.year(last).last)
    return dated(period, "absolute", explicit=True)


def read_spelled_year(match: Match, _: Discourse) -> Reading | None:
    """Read a year in words: nineteen ninety-six, the year two thousand."""
    ones = match.integer("ones", "cardinal") or 0
    if not match.has("teen"):
        return dated(periods.year(2000 + ones), "absolute", explicit=True)
    tens = match.integer("tens", "cardinal") or 0
    if tens < 10 or (ones and (tens % 10 or tens < 20 or ones > 9)):
        return None
    if not ones and tens % 10 == 0 and match.after() in ("-", "percent", "people", "years", "days"):
        return None
    teen = match.integer("teen", "century_teen") or 19
    return dated(periods.year(100 * teen + tens + ones), "absolute", explicit=True)


def read_decade(match: Match, discourse: Discourse) -> Reading | None:
    """Read the 1990s, the '90s and the nineties."""
    start = match.integer("decade", "decade")
    if start is None:
        start = 1900 + 10 * (match.integer("decade", "decade_name") or 0)
    elif start < 100:
        start += 1900 if start >= 20 else 2000
    if not filters.is_decade(match, discourse):
        return None
    return dated(periods.decade(start), "absolute", explicit=True)


def read_century(match: Match, _: Discourse) -> Reading | None:
    """Read the 20th century."""
    ordinal = match.integer("nth", "ordinal", "ordinal_number")
    if ordinal is None or not 1 <= ordinal <= 30:
        return None
    return dated(periods.century(ordinal), "absolute", explicit=True)


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
    return dated(period, "absolute" if explicit else "publication", explicit=explicit)


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
    "iso": read_iso,
    "numeric_date": read_numeric_date,
    "calendar": read_calendar,
    "day_after": read_day_after,
    "day_before": read_day_before,
    "year": read_year,
    "split_year": read_split_year,
    "spelled_year": read_spelled_year,
    "decade": read_decade,
    "century": read_century,
    "fiscal_year": read_fiscal_year,
    "quarter": read_quarter,
    "half": read_half,
    "season": read_season,
    "named_day": read_named_day,
    "week_of": read_week_of,
    "year_end": read_year_end,
}

"""Readers of calendar dates, months, years, decades and centuries."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from onrecord.annotate.dates import filters, periods
from onrecord.annotate.dates.discourse import FUTURE, Discourse
from onrecord.annotate.dates.grammar import Match
from onrecord.annotate.dates.periods import Period
from onrecord.annotate.dates.reading import Anchor, Reader, Reading, dated
from onrecord.annotate.dates.recurrence import YEAR_CLASSES, recurring, relative, slot_is_year, year_of

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


def read_part_of_month(match: Match, discourse: Discourse) -> Reading | None:
    """Read the first week of May and the second half of July: the month, with the days of the part."""
    of = read_calendar(match, discourse)
    nth = match.integer("nth", "ordinal")
    last = nth is None or (match.word("part") == "half" and nth == 2)
    if of is None or (nth or 1) > (2 if match.word("part") == "half" else 5):
        return None
    mod = "END" if last else "START" if nth == 1 else None
    if of.earliest is None or of.latest is None:
        return replace(of, mod=mod)
    length = 7 if match.word("part") == "week" else 15
    if last:
        first = periods.shift_days(of.latest, 1 - length) if length == 7 else of.earliest.replace(day=16)
        return replace(of, earliest=first, mod=mod)
    first = periods.shift_days(of.earliest, length * ((nth or 1) - 1))
    return replace(of, earliest=first, latest=min(of.latest, periods.shift_days(first, length - 1)), mod=mod)


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
    year = match.integer("year", *YEAR_CLASSES)
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


READERS: dict[str, Reader] = {
    "iso": read_iso,
    "numeric_date": read_numeric_date,
    "calendar": read_calendar,
    "part_of_month": read_part_of_month,
    "day_after": read_day_after,
    "day_before": read_day_before,
    "year": read_year,
    "split_year": read_split_year,
    "spelled_year": read_spelled_year,
    "decade": read_decade,
    "century": read_century,
}

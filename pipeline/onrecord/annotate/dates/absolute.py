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

REL = ("before_now", "at_now", "after_now")
_YEAR = ("year", "year_short")
_FAR, _NEAR, _TIMES_NEARER = 200, 120, 2
"""Days, and how many times nearer a coming turn has to be, for nearness to outweigh tense."""


def relative(match: Match, slot: str = "rel") -> int | None:
    """Return -1, 0 or 1 for a word such as "last", "this" or "next"; None where there is none."""
    return match.integer(slot, *REL)


def recurring(
    make: Callable[[int], Period | None], match: Match, discourse: Discourse, rel: int | None = None
) -> Period | None:
    """Choose the year of something that comes once a year; None without a day of publication.

    `rel` is that of "last", "this", "next". Else the tense of the verb decides, and the past where
    it does not say.
    """
    published = discourse.published
    if published is None:
        return None
    turns = [one for one in map(make, range(published.year - 2, published.year + 3)) if one]
    past = [one for one in turns if one.first <= published]
    ahead = [one for one in turns if one.last >= published]
    if not past or not ahead:
        return None
    if rel == 0:
        running = [one for one in turns if one.first.year == published.year]
        return running[0] if running else past[-1]
    if rel == 1:
        later = [one for one in turns if one.first > published]
        return later[0] if later else None
    if rel == -1:
        ended = [one for one in turns if one.last < published]
        return ended[-1] if ended else None
    return _by_tense(past[-1], ahead[0], match, discourse, published)


def _by_tense(past: Period, ahead: Period, match: Match, discourse: Discourse, published: date) -> Period:
    """Choose between the last turn and the next by the tense and by which is near.

    Where the year is left out, the nearer turn is meant more often than the tense lets one think:
    the date of a deadline or a plan hangs on verbs of the past.
    """
    if past == ahead or match.before() in discourse.contexts.words("frames", "past"):
        return past
    back, forward = (published - past.last).days, (ahead.first - published).days
    direction = discourse.direction(match)
    if match.before() in discourse.contexts.words("frames", "deadlines") or not discourse.is_direct(match):
        if direction == FUTURE:
            return past if forward > _FAR and back < _NEAR else ahead
        if past.grain in ("quarter", "half"):
            return past
        return ahead if forward < back / _TIMES_NEARER else past
    if direction == FUTURE:
        return past if forward > _FAR and back < _NEAR and past.grain == "quarter" else ahead
    if direction == PAST:
        return ahead if past.grain == "day" and back > 300 and forward < 30 else past
    return ahead if back > _FAR and forward < (_NEAR if past.grain == "day" else _NEAR / 4) else past


def year_of(match: Match, discourse: Discourse) -> tuple[int | None, bool]:
    """Return the year that the match itself gives, and whether it gives it as a number."""
    explicit = match.integer("year", *_YEAR)
    if explicit is not None:
        return explicit, True
    published = discourse.published
    if published is None:
        return None, False
    for slot in ("rel2", "rel"):
        rel = relative(match, slot)
        if rel is not None and match.word(slot) and slot_is_year(match, slot):
            return published.year + rel, False
    return (published.year, False) if match.has("the_year") else (None, False)


def slot_is_year(match: Match, slot: str) -> bool:
    """Tell whether a "last" or "next" belongs to the word "year"."""
    stop = match.slots[slot][1]
    return stop < match.last and match.tokens.lows[stop] == "year"


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
    every = [
        str(entry.values["numeric_date"]) for entry in match.tokens.entries if "numeric_date" in entry.values
    ]
    day, month = (first, second) if discourse.day_first(every) else (second, first)
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
        year = _year_in_sentence(match, discourse)
    period = make(year) if year is not None else recurring(make, match, discourse, rel)
    if period is None:
        if discourse.published is not None or (day is not None and make(2000) is None):
            return None
        value = f"XXXX-{month:02d}" + (f"-{day:02d}" if day is not None else "")
        return Reading("DATE", value, "day" if day else "month", anchor="publication")
    return dated(period, anchor, explicit=explicit)


def _year_of_event(match: Match, discourse: Discourse, month: int, day: int) -> int | None:
    """Return the year of a day in history that the next words name ("the Sept. 11 attacks")."""
    following = {match.after(), match.after(2)}
    for event in discourse.named_days.events:
        known = discourse.published is not None and discourse.published > event.when
        if known and (event.when.month, event.when.day) == (month, day) and following & event.words:
            return event.when.year
    return None


def _year_in_sentence(match: Match, discourse: Discourse) -> int | None:
    """Return the year that the other half of a range, or the date just before in the sentence, gives."""
    ahead = discourse.year_ahead(match)
    if ahead is not None:
        return ahead
    if not discourse.known or discourse.direction(match) == FUTURE:
        return None
    last = discourse.known[-1]
    fine = last.reading.explicit and last.reading.grain in ("day", "month")
    if fine and last.reading.earliest and discourse.is_same_sentence(last.match, match):
        return last.reading.earliest.year
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


def read_decade(match: Match, _: Discourse) -> Reading | None:
    """Read the 1990s, the '90s and the nineties."""
    start = match.integer("decade", "decade")
    if start is None:
        start = 1900 + 10 * (match.integer("decade", "decade_name") or 0)
    elif start < 100:
        start += 1900 if start >= 20 else 2000
    if not filters.is_decade(match):
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
    year = match.integer("year", *_YEAR) or match.integer("code", "fiscal_code")
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
    if (
        nth is None
        or nth > 4
        or (match.word("nth") == "last" and not (match.has("year") or match.has("rel")))
    ):
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

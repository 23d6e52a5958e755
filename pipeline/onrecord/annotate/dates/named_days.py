"""Holidays and other days with a name, as `dates/named_days.toml` has them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from onrecord.annotate.dates import periods
from onrecord.annotate.dates.periods import Period
from onrecord.errors import LexiconError
from onrecord.lexicons import read_toml

PATH = "dates/named_days.toml"
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_FIXED = re.compile(r"(?:(\d{4})-)?(\d\d)-(\d\d)")
_NTH = re.compile(
    r"(?:(?P<then>[a-z]+) after )?(?P<nth>-1|[1-5]) (?P<weekday>[a-z]+) (?P<month>\d\d?)(?: \+(?P<plus>\d))?"
)
_EASTER = re.compile(r"easter ([+-]\d+)")
_LOOKUP = re.compile(r"([A-Z]{2}): (.+)")


@dataclass(frozen=True, slots=True)
class NamedDay:
    """A day with a name; `rules` maps a country to its rule, None to the rule of all others."""

    names: tuple[str, ...]
    rules: dict[str | None, str]
    length: int

    def rule(self, country: str | None) -> str:
        """Return the rule for a country; an empty string where it has no such day."""
        return self.rules.get(country, self.rules.get(None, ""))


@dataclass(frozen=True, slots=True)
class Event:
    """A day in history that is named by month and day with one of some words after it."""

    when: date
    words: frozenset[str]


@dataclass(slots=True)
class NamedDays:
    """All named days; raises LexiconError for a rule that cannot be read."""

    days: list[NamedDay] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)

    @classmethod
    def load(cls) -> NamedDays:
        """Read the lexicon."""
        tables = read_toml(PATH)
        found = cls()
        for number, row in enumerate(tables.get("day", ()), 1):
            if not row.get("names"):
                raise LexiconError(f"{PATH}: [[day]] {number} has no `names`; give at least one")
            rules: dict[str | None, str] = dict(row.get("in", {}))
            if "rule" in row:
                rules[None] = row["rule"]
            for rule in rules.values():
                if rule and not any(one.fullmatch(rule) for one in (_FIXED, _NTH, _EASTER, _LOOKUP)):
                    raise LexiconError(
                        f"{PATH}: {row['names'][0]!r}: the rule {rule!r} is of no known form; correct it"
                    )
            found.days.append(NamedDay(tuple(row["names"]), rules, int(row.get("days", 1))))
        for row in tables.get("event", ()):
            try:
                when = date.fromisoformat(row["date"])
            except (KeyError, ValueError) as error:
                raise LexiconError(f"{PATH}: [[event]] {row!r}: give a `date` as YYYY-MM-DD") from error
            found.events.append(Event(when, frozenset(row.get("words", ()))))
        return found

    def names(self) -> dict[str, int | float | str]:
        """Return every name with the number of its day."""
        return {name: number for number, one in enumerate(self.days) for name in one.names}

    def in_year(self, number: int, year: int, country: str | None) -> Period | None:
        """Return a named day in a year, or None where it cannot be told for that country and year."""
        named = self.days[number]
        rule = named.rule(country)
        first = _apply(rule, year) if rule else None
        if first is None:
            return None
        if named.length == 1:
            return periods.day(first)
        last = periods.shift_days(first, named.length - 1)
        return Period(f"{first.year:04d}-{first.month:02d}", "month", first, last)

    def is_historic(self, number: int, country: str | None) -> bool:
        """Tell whether the name means one day in history, in no other year."""
        fixed = _FIXED.fullmatch(self.days[number].rule(country))
        return bool(fixed and fixed.group(1))


def _apply(rule: str, year: int) -> date | None:
    if fixed := _FIXED.fullmatch(rule):
        return date(int(fixed.group(1) or year), int(fixed.group(2)), int(fixed.group(3)))
    if offset := _EASTER.fullmatch(rule):
        return periods.shift_days(periods.easter(year), int(offset.group(1)))
    if nth := _NTH.fullmatch(rule):
        weekday = _WEEKDAYS.index(nth["weekday"]) + 1
        when = periods.nth_weekday(year, int(nth["month"]), weekday, int(nth["nth"]))
        if nth["then"]:
            ahead = (_WEEKDAYS.index(nth["then"]) + 1 - weekday) % 7
            when = periods.shift_days(when, ahead)
        return periods.shift_days(when, int(nth["plus"] or 0))
    if lookup := _LOOKUP.fullmatch(rule):
        return _of_country(lookup.group(1), lookup.group(2), year)
    return None


@lru_cache(maxsize=256)
def _of_country(country: str, name: str, year: int) -> date | None:
    """Return the first day in a year whose holiday in a country has that name in it."""
    import holidays  # noqa: PLC0415  slow to import, and few articles need it

    if not 1950 <= year <= 2075:
        return None
    known = holidays.country_holidays(country, years=year, language="en_US")
    days = sorted(when for when, names in known.items() if name in names)
    return days[0] if days else None

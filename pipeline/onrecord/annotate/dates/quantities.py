"""Readers of lengths of time, of what recurs, and of no time in particular."""

from __future__ import annotations

from dataclasses import replace

from onrecord.annotate.dates import filters
from onrecord.annotate.dates.discourse import Discourse
from onrecord.annotate.dates.grammar import Match
from onrecord.annotate.dates.numbers import Count, count_in, count_of, duration
from onrecord.annotate.dates.reading import Reader, Reading
from onrecord.annotate.dates.recurrence import relative
from onrecord.annotate.dates.relative import length_to_now

_AMOUNT_REACH = 6


def _unit(match: Match) -> str:
    return str(
        match.value("unit", "unit_one", "unit_many")
        or match.value("bare", "unit_many")
        or match.value("one", "unit_one")
    )


def read_duration(match: Match, _: Discourse) -> Reading | None:
    """Read three weeks, 22-year-old, half an hour, for years."""
    if match.has("span"):
        return Reading("DURATION", str(match.value("span", "long_span")))
    if filters.is_quoted_title(match):
        return None
    unit = _unit(match)
    if match.has("bare"):
        return Reading("DURATION", duration(None, unit))
    if _is_no_length(match, unit):
        return None
    counted = any(match.has(slot) for slot in ("n", "vague", "one", "half"))
    if not counted or match.value("one", "unit_one") is not None:  # another year, year-long
        count: Count | None = 1
    else:
        count = count_in(match)
    mod = "APPROX" if match.tokens.lows[match.last - 1] == "so" else None
    return Reading("DURATION", duration(count, unit), mod=mod)


def _is_no_length(match: Match, unit: str) -> bool:
    """Tell whether a number and a unit are an ordinal ("one second chance") or a fraction."""
    many = match.value("unit", "unit_many") is not None
    hyphen = "-" in match.tokens.lows[match.first : match.last]
    if unit == "Q" and (match.after() == "of" or _is_magnitude_behind(match)):
        return True
    if unit == "Q" and match.has("n"):
        fraction = hyphen and match.word("n") in ("one", "three") and not many
        return fraction or not (many or hyphen)
    if unit == "TS" and not many:
        return match.has("one") or not hyphen or match.after() == "-"
    return match.has("vague") and not many and not hyphen


def _is_magnitude_behind(match: Match) -> bool:
    """Tell whether "three quarters" goes on with "billion"."""
    entries = match.tokens.entries
    return match.last < len(entries) and "magnitude" in entries[match.last].values


def read_span_from(match: Match, discourse: Discourse) -> Reading | None:
    """Read the past three months, the next two weeks: durations that end or begin at the publication."""
    unit = _unit(match)
    rel = relative(match)
    counted = match.word("rel") in ("past", "last", "next", "coming")
    if match.word("rel") == "last" and match.before() in discourse.contexts.words("per", "before_verb"):
        match.first = match.slots.get("n", match.slots.get("vague", (match.first, 0)))[
            0
        ]  # "to last six weeks"
        counted = False
    if (
        match.value("unit", "unit_many") is None
        and match.has("n")
        and count_of(match.entries("n")) not in (None, 1)
    ):
        return None
    count = count_in(match) if match.has("n") or match.has("vague") else 1
    value = duration(count, unit)
    mod = "APPROX" if match.tokens.lows[match.last - 1] == "so" else None
    if count is None or count != int(count) or not rel or not counted:
        return Reading("DURATION", value, mod=mod)
    return replace(length_to_now(int(count), unit, rel, discourse.published), mod=mod)


def read_ending_unit(match: Match, _: Discourse) -> Reading | None:
    """Read the year (ended June 30)."""
    return Reading("DURATION", duration(1, _unit(match)))


def read_every(match: Match, _: Discourse) -> Reading | None:
    """Read every day, every other week, twice a year."""
    unit = _unit(match)
    count = 2 if match.has("other") else count_in(match) if match.has("n") or match.has("vague") else 1
    if unit == "TS" and not match.has("n") and not match.has("times"):
        return None
    if match.word("times") == "times" and match.tokens.lows[match.first] == "times":
        return None
    return Reading("SET", duration(count, unit))


def read_per(match: Match, discourse: Discourse) -> Reading | None:
    """Read a year in "$5 a year": only after an amount."""
    if match.after() in discourse.contexts.words("per", "not_before"):
        return None
    article = match.tokens.lows[match.first]
    if match.before() in discourse.contexts.words("per", "not_after") and article != "per":
        return None
    for back in range(1, _AMOUNT_REACH + 1):
        index = match.first - back
        if index < 0 or match.tokens.lows[index] in (".", "\n", ",", ";"):
            return None
        values = match.tokens.entries[index].values
        if "magnitude" in values or "cardinal" in values or ("number" in values and "year" not in values):
            return Reading("SET", duration(1, _unit(match)))
    return None


def read_frequency(match: Match, discourse: Discourse) -> Reading | None:
    """Read daily, monthly; not in titles, nor "quarterly" as what a firm's figures are called."""
    text = match.tokens.text
    tokens = match.tokens
    if (
        text[match.start].isupper()
        and match.first
        and tokens.lows[match.first - 1] not in (".", "\n", '"', "“", "”", ":")
    ):
        return None
    word = match.word("frequency")
    if word in discourse.contexts.words("frequency", "adverbs") and not {"RB"} & set(
        filters.tags(match, discourse)
    ):
        return None
    if {"NN", "NNP"} & set(filters.tags(match, discourse)):  # a daily is a newspaper
        return None
    return Reading("SET", str(match.value("frequency", "frequency")))


def read_weekday_set(match: Match, _: Discourse) -> Reading | None:
    """Read Mondays, every Tuesday, each July."""
    number = match.value("weekday", "weekday", "weekday_plural", "weekday_noun")
    part = match.value("part", "day_part")
    if number == "weekday":
        return Reading("SET", "XXXX-WXX-WD")
    if number is not None:
        return Reading("SET", f"XXXX-WXX-{number}" + (f"T{part}" if part else ""))
    month = match.integer("month", "month_name")
    if month is not None:
        return Reading("SET", f"XXXX-{month:02d}")
    season = match.value("season", "season")
    return Reading("SET", f"XXXX-{season}" if season else "P1Y")


def read_vague(match: Match, _: Discourse) -> Reading | None:
    """Read now, recently, the future: references that give no interval."""
    value = match.pattern.options.get("value") or match.value("vague", "vague_ref", "time_noun")
    return Reading("DATE", str(value), "", anchor="publication")


READERS: dict[str, Reader] = {
    "duration": read_duration,
    "span_from": read_span_from,
    "ending_unit": read_ending_unit,
    "every": read_every,
    "per": read_per,
    "frequency": read_frequency,
    "weekday_set": read_weekday_set,
    "vague": read_vague,
}

"""Choosing the year of what comes once a year: "in March", "Oct. 4", "the third quarter", "Easter"."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from onrecord.annotate.dates.discourse import FUTURE, PAST, Discourse
from onrecord.annotate.dates.grammar import Match
from onrecord.annotate.dates.periods import Period

REL = ("before_now", "at_now", "after_now")
YEAR_CLASSES = ("year", "year_short", "fiscal_code")
_FAR, _NEAR, _TIMES_NEARER, _MUCH_NEARER = 200, 120, 2, 7
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
    frame = discourse.frame(match)
    if past == ahead or frame in discourse.contexts.words("frames", "past"):
        return past
    back, forward = (published - past.last).days, (ahead.first - published).days
    direction = discourse.direction(match)
    if frame in discourse.contexts.words("frames", "deadlines") or not discourse.is_direct(match):
        if direction == FUTURE:
            return past if forward > _FAR and back < _NEAR else ahead
        if past.grain in ("quarter", "half"):
            return past
        return ahead if forward < back / _TIMES_NEARER else past
    if direction == FUTURE:
        return past if forward > _FAR and back < _NEAR and past.grain == "quarter" else ahead
    if direction == PAST:
        tells = discourse.is_narrative(match)
        return ahead if not tells and back > _MUCH_NEARER * max(forward, 1) else past
    if discourse.is_present(match):
        return ahead if forward < back else past
    return ahead if back > _FAR and forward < (_NEAR if past.grain == "day" else _NEAR / 4) else past


def year_of(match: Match, discourse: Discourse) -> tuple[int | None, bool]:
    """Return the year that the match itself gives, and whether it gives it as a number."""
    explicit = match.integer("year", *YEAR_CLASSES)
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

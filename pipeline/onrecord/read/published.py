"""Publication dates: what counts as one, and how it is written down."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

_ISO = re.compile(
    r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d(?::?\d\d)?)?)?",
)
_MONTHS = (
    "january february march april may june july august september october november december".split()  # noqa: SIM905
)
_MONTH = "|".join(
    f"{name[:3]}(?:{name[3:]})?" if name != "september" else "sept?(?:ember)?" for name in _MONTHS
)
_DAY_MONTH = re.compile(
    rf"\b(\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?[\s-]+({_MONTH})\.?,?[\s-]+(\d{{4}})\b", re.I
)
_MONTH_DAY = re.compile(rf"\b({_MONTH})\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}})\b", re.I)
_ISO_INSIDE = re.compile(r"(?<!\d)(\d{4})-(\d\d)-(\d\d)(?!\d)")
_WRITTEN_LENGTH = 200


def iso_date(value: str) -> str | None:
    """Return an ISO 8601 date or datetime in its extended form, or None for what is neither.

    What already has that form stays character for character, time zone and all; `20210309` and
    `2021-03-09 14:05` are written in it. A year or month alone is no date, and the placeholders that
    programs write for "unknown" are none either: 0001-01-01, and 1900-01-01 and 1970-01-01 at midnight.
    """
    value = value.strip()
    moment = _moment(value)
    if moment is None or moment.year < 1600 or _is_placeholder(moment):
        return None
    if _ISO.fullmatch(value):
        return value
    timeless = not re.search(r"\d[T ]\d", value)
    return moment.date().isoformat() if timeless else moment.isoformat()


def _moment(value: str) -> datetime | None:
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        return None


def _is_placeholder(moment: datetime) -> bool:
    """Tell whether this is the zero of a calendar: at midnight as written, or of Unix's time at UTC."""
    is_midnight = not (moment.hour or moment.minute or moment.second)
    is_zero = moment.tzinfo is not None and moment == datetime(1970, 1, 1, tzinfo=UTC)
    return is_zero or (is_midnight and moment.date() in (date(1900, 1, 1), date(1970, 1, 1)))


def page_date(value: str) -> str | None:
    """Return the ISO form of a date as pages write them, or None where the day is not certain.

    Read besides ISO 8601: RFC 2822 ("Tue, 09 Mar 2021 14:05:00 GMT"), and a date whose month is in
    letters ("9 March 2021", "Mar. 9, 2021") inside a short text. 3/9/2021 is not read: it is two days.
    """
    text = value.strip()[:_WRITTEN_LENGTH]
    if _moment(text) is not None:
        return iso_date(text)
    try:
        return iso_date(parsedate_to_datetime(text).isoformat())
    except (ValueError, OverflowError):
        pass
    if match := _ISO_INSIDE.search(text):
        return _date(int(match[1]), int(match[2]), int(match[3]))
    if match := _DAY_MONTH.search(text):
        return _date(int(match[3]), _month(match[2]), int(match[1]))
    if match := _MONTH_DAY.search(text):
        return _date(int(match[3]), _month(match[1]), int(match[2]))
    return None


def url_date(url: str) -> str | None:
    """Return the day in the path of a URL (`/2021/03/09/`, `/2021-03-09-`, `/2021/mar/09/`), or None."""
    pattern = rf"/(\d{{4}})[/-](\d{{1,2}}|{_MONTH})[/-](\d{{1,2}})(?=[/_-]|$)"
    match = re.search(pattern, url.split("?", maxsplit=1)[0], re.I)
    if not match:
        return None
    month = int(match[2]) if match[2].isdigit() else _month(match[2])
    return _date(int(match[1]), month, int(match[3]))


def _month(name: str) -> int:
    return next(i for i, month in enumerate(_MONTHS, 1) if month.startswith(name[:3].lower()))


def _date(year: int, month: int, day: int) -> str | None:
    try:
        return iso_date(date(year, month, day).isoformat())
    except ValueError:
        return None

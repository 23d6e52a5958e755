"""Whatever day, month, quarter, half, week, year or decade: written in a supported form it is read back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from onrecord.annotate.annotations import DATES, DateAnnotation, annotations_on

ENDINGS = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd", 31: "st"}
SHORT = ["Jan.", "Feb.", "Mar.", "Apr.", "May", "Jun.", "Jul.", "Aug.", "Sept.", "Oct.", "Nov.", "Dec."]
ORDINALS = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
    "twenty-first",
    "twenty-second",
    "twenty-third",
    "twenty-fourth",
    "twenty-fifth",
    "twenty-sixth",
    "twenty-seventh",
    "twenty-eighth",
    "twenty-ninth",
    "thirtieth",
    "thirty-first",
]
HOURS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]


def nth(day: int) -> str:
    return f"{day}{ENDINGS.get(day, 'th')}"


DAY_FORMS: list[Callable[[date], str]] = [
    lambda d: d.isoformat(),
    lambda d: f"{d.isoformat()}T09:42Z",
    lambda d: f"{d:%B} {d.day}, {d.year}",
    lambda d: f"{d:%B} {d.day} {d.year}",
    lambda d: f"{d:%B} {nth(d.day)}, {d.year}",
    lambda d: f"{SHORT[d.month - 1]} {d.day}, {d.year}",
    lambda d: f"{d:%A}, {d:%B} {d.day}, {d.year}",
    lambda d: f"{d.day} {d:%B} {d.year}",
    lambda d: f"{d.day} {SHORT[d.month - 1]} {d.year}",
    lambda d: f"{nth(d.day)} {d:%B} {d.year}",
    lambda d: f"the {nth(d.day)} of {d:%B} {d.year}",
    lambda d: f"the {nth(d.day)} of {d:%B}, {d.year}",
    lambda d: f"the {ORDINALS[d.day - 1]} of {d:%B} {d.year}",
    lambda d: f"{d:%A} {d.day} {d:%B} {d.year}",
    lambda d: f"{d:%A}, {d.day} {d:%B} {d.year}",
    lambda d: f"{d.day:02d}.{d.month:02d}.{d.year}",
]
PERIOD_FORMS: list[tuple[Callable[[date], str], Callable[[date], str]]] = [
    (lambda d: f"{d:%B} {d.year}", lambda d: f"{d:%Y-%m}"),
    (lambda d: f"{d:%B}, {d.year}", lambda d: f"{d:%Y-%m}"),
    (lambda d: f"{d:%B} of {d.year}", lambda d: f"{d:%Y-%m}"),
    (lambda d: f"{d:%Y-%m}", lambda d: f"{d:%Y-%m}"),
    (lambda d: f"Q{(d.month + 2) // 3} {d.year}", lambda d: f"{d.year}-Q{(d.month + 2) // 3}"),
    (
        lambda d: f"the {ORDINALS[(d.month + 2) // 3 - 1]} quarter of {d.year}",
        lambda d: f"{d.year}-Q{(d.month + 2) // 3}",
    ),
    (lambda d: f"the {ORDINALS[d.month // 7]} half of {d.year}", lambda d: f"{d.year}-H{1 + d.month // 7}"),
    (lambda d: f"{d:%G}-W{d:%V}", lambda d: f"{d:%G}-W{d:%V}"),
    (lambda d: f"the week of {d:%B} {d.day}, {d.year}", lambda d: f"{d:%G}-W{d:%V}"),
    (lambda d: f"the year {d.year}", lambda d: f"{d.year}"),
    (lambda d: f"{d.year}", lambda d: f"{d.year}"),
    (lambda d: f"the {d.year // 10}0s", lambda d: f"{d.year // 10}" if d.year % 100 > 9 else ""),
    (lambda d: f"fiscal {d.year}", lambda d: f"{d.year}"),
    (lambda d: f"the summer of {d.year}", lambda d: f"{d.year}-SU"),
    (lambda d: f"Christmas Day {d.year}", lambda d: f"{d.year}-12-25"),
]
DAYS = st.dates(date(1900, 1, 1), date(2099, 12, 31))
RECENT = st.dates(date(1990, 1, 1), date(2060, 12, 31))


def pipeline(day_first: bool | None = None) -> Language:
    nlp = spacy.blank("en")
    nlp.add_pipe("onrecord_dates", config={"day_first": day_first})
    return nlp


NLP, DAY_FIRST, MONTH_FIRST = pipeline(), pipeline(True), pipeline(False)


def read(nlp: Language, words: str, published: date | None = None) -> DateAnnotation:
    """Return the one expression of a sentence, which has to be exactly the words."""
    doc = nlp.make_doc(f"They met in Ulm on {words} for the last talks.")
    doc._.onrecord_published = published.isoformat() if published else None
    doc = nlp.get_pipe("onrecord_dates")(doc)
    (found,) = annotations_on(doc, DATES, DateAnnotation)
    assert doc.text[found.start : found.end] == words
    return found


@pytest.mark.parametrize("form", DAY_FORMS)
@given(day=DAYS)
@settings(max_examples=40, deadline=None)
def test_a_day_is_read_back(form: Callable[[date], str], day: date) -> None:
    found = read(NLP, form(day))
    assert found.timex[:10] == found.earliest == found.latest == day.isoformat()
    assert found.anchor == "absolute"


@given(day=DAYS)
@settings(max_examples=40, deadline=None)
def test_a_day_in_digits_is_read_back_in_the_order_that_is_set(day: date) -> None:
    assert read(DAY_FIRST, f"{day.day}/{day.month}/{day.year}").timex == day.isoformat()
    assert read(MONTH_FIRST, f"{day.month}/{day.day}/{day.year}").timex == day.isoformat()


@pytest.mark.parametrize(("form", "value"), PERIOD_FORMS)
@given(day=DAYS)
@settings(max_examples=40, deadline=None)
def test_a_period_is_read_back_and_holds_the_day(
    form: Callable[[date], str], value: Callable[[date], str], day: date
) -> None:
    if not value(day):  # "the 2000s" are a decade or a century
        return
    found = read(NLP, form(day))
    assert found.timex == value(day)
    assert found.earliest is not None
    assert found.latest is not None
    if "summer" not in form(day) and "Christmas" not in form(day):
        assert found.earliest <= day.isoformat() <= found.latest


@given(published=RECENT, back=st.integers(2, 180))
@settings(max_examples=100, deadline=None)
def test_a_day_without_year_is_the_last_one_before_publication(published: date, back: int) -> None:
    day = published - timedelta(days=back)
    if (day.month, day.day) != (2, 29):
        assert read(NLP, f"{day:%B} {day.day}", published).timex == day.isoformat()


@given(published=RECENT, back=st.integers(0, 6))
@settings(max_examples=40, deadline=None)
def test_a_weekday_is_one_of_the_last_seven(published: date, back: int) -> None:
    day = published - timedelta(days=back)
    assert read(NLP, f"{day:%A}", published).timex == day.isoformat()


@given(published=RECENT, count=st.integers(2, 60))
@settings(max_examples=40, deadline=None)
def test_days_ago_count_from_publication(published: date, count: int) -> None:
    doc = NLP.make_doc(f"They met {count} days ago.")
    doc._.onrecord_published = published.isoformat()
    (found,) = annotations_on(NLP.get_pipe("onrecord_dates")(doc), DATES, DateAnnotation)
    assert found.timex == (published - timedelta(days=count)).isoformat()


@given(hour=st.integers(1, 12), minute=st.integers(0, 59), late=st.booleans(), day=RECENT)
@settings(max_examples=40, deadline=None)
def test_a_time_is_read_back(hour: int, minute: int, late: bool, day: date) -> None:
    meridiem = "p.m." if late else "a.m."
    expected = f"{day.isoformat()}T{hour % 12 + 12 * late:02d}:{minute:02d}"
    words = f"{hour}:{minute:02d} {meridiem} on {day:%B} {day.day}, {day.year}"
    assert read(NLP, words).timex == expected


@given(hour=st.integers(0, 11), day=RECENT)
@settings(max_examples=30, deadline=None)
def test_an_hour_in_words_is_read_back(hour: int, day: date) -> None:
    found = read(NLP, f"{HOURS[hour]} o'clock", day)
    assert found.timex == f"{day.isoformat()}T{hour + 1:02d}:00"

"""Whatever number, amount or measure: written in a supported form it is read back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.annotate.annotations import FIGURES, FigureAnnotation, annotations_on

ONES = ["", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
ONES += ["thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
TENS = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
MAGNITUDES = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "bn": 1e9, "hundred": 1e2}


def spelled(number: int, *, british: bool) -> str:
    """Return a number below a thousand million in words."""
    if number >= 1_000_000:
        head, rest, word = number // 1_000_000, number % 1_000_000, "million"
    elif number >= 1000:
        head, rest, word = number // 1000, number % 1000, "thousand"
    elif number >= 100:
        head, rest, word = number // 100, number % 100, "hundred"
    elif number >= 20:
        return TENS[number // 10] + (f"-{ONES[number % 10]}" if number % 10 else "")
    else:
        return ONES[number]
    joined = " and " if british and rest and rest < 100 else " "
    tail = joined + spelled(rest, british=british) if rest else ""
    return f"{spelled(head, british=british)} {word}{tail}"


NLP = spacy.blank("en")
NLP.add_pipe("onrecord_figures")


def read(words: str, frame: str = "The yard sold {} boats.") -> FigureAnnotation:
    """Return the last figure of a sentence, which has to be exactly the words."""
    doc = NLP(frame.format(words))
    found = annotations_on(doc, FIGURES, FigureAnnotation)[-1]
    assert doc.text[found.start : found.end] == words
    return found


@given(number=st.integers(10_000, 10**15))
@settings(max_examples=100, deadline=None)
def test_an_integer_with_and_without_commas_is_read_back(number: int) -> None:
    assert read(f"{number:,}").value == read(str(number)).value == number


@given(number=st.integers(1000, 10**12))
@settings(max_examples=100, deadline=None)
def test_an_integer_with_thin_spaces_is_read_back(number: int) -> None:
    assert read(f"{number:,}".replace(",", "\u202f")).value == number


@given(number=st.integers(10_000, 10**12), cents=st.integers(0, 99))
@settings(max_examples=100, deadline=None)
def test_an_article_that_groups_by_points_or_blanks_is_read_so(number: int, cents: int) -> None:
    points = f"{number:,}".replace(",", ".")
    blanks = f"{number:,}".replace(",", " ")
    assert read(points, "Of 1.250.000 gulls, {} gulls left.").value == number
    assert read(f"{points},{cents:02d}", "Of 1.250.000 gulls, {} gulls left.").value == pytest.approx(
        number + cents / 100
    )
    assert read(blanks, "Of 1 250 000 gulls, {} gulls left.").value == number


@pytest.mark.parametrize("british", [True, False])
@given(number=st.integers(2, 999_999_999))
@settings(max_examples=100, deadline=None)
def test_a_number_in_words_is_read_back(british: bool, number: int) -> None:
    assert read(spelled(number, british=british)).value == number


@given(tenths=st.integers(11, 9999), magnitude=st.sampled_from(["million", "billion", "trillion"]))
@settings(max_examples=100, deadline=None)
def test_digits_with_a_magnitude_are_read_back(tenths: int, magnitude: str) -> None:
    found = read(f"{tenths / 10} {magnitude}")
    assert found.value == pytest.approx(tenths / 10 * MAGNITUDES[magnitude])


@given(
    cents=st.integers(1, 10**9),
    sign=st.sampled_from(
        [("$", "USD"), ("€", "EUR"), ("£", "GBP"), ("A$", "AUD"), ("₹", "INR"), ("CHF ", "CHF")]
    ),
)
@settings(max_examples=100, deadline=None)
def test_money_is_read_back(cents: int, sign: tuple[str, str]) -> None:
    found = read(f"{sign[0]}{cents / 100:,.2f}", "The prize was {} in cash.")
    assert (found.value, found.unit) == (pytest.approx(cents / 100), sign[1])


UNITS: list[tuple[Callable[[str], str], str]] = [
    (lambda n: f"{n}%", "percent"),
    (lambda n: f"{n} percent", "percent"),
    (lambda n: f"{n} per cent", "percent"),
    (lambda n: f"{n} km", "kilometre"),
    (lambda n: f"{n}km", "kilometre"),
    (lambda n: f"{n} kilometers", "kilometre"),
    (lambda n: f"{n} miles", "mile"),
    (lambda n: f"{n} tonnes", "tonne"),
    (lambda n: f"{n} degrees Celsius", "degree_celsius"),
    (lambda n: f"{n}°F", "degree_fahrenheit"),
    (lambda n: f"{n} hectares", "hectare"),
    (lambda n: f"{n} megawatts", "megawatt"),
    (lambda n: f"{n} barrels per day", "barrel_per_day"),
    (lambda n: f"{n} euros a night", "EUR_per_night"),
    (lambda n: f"{n} km/h", "kilometre_per_hour"),
]


@pytest.mark.parametrize(("form", "unit"), UNITS)
@given(tenths=st.integers(11, 9_999_999))
@settings(max_examples=40, deadline=None)
def test_a_measure_is_read_back(form: Callable[[str], str], unit: str, tenths: int) -> None:
    found = read(form(f"{tenths / 10:,.1f}"), "The needle showed {} at last.")
    assert (found.value, found.unit) == (pytest.approx(tenths / 10), unit)


MODIFIERS = [
    ("about {}", "approximate"),
    ("{} or so", "approximate"),
    ("at least {}", "at_least"),
    ("{} or more", "at_least"),
    ("up to {}", "at_most"),
    ("{} or fewer", "at_most"),
    ("more than {}", "more_than"),
    ("fewer than {}", "less_than"),
    ("well over {}", "more_than"),
]


@pytest.mark.parametrize(("wording", "modifier"), MODIFIERS)
@given(number=st.integers(2, 10**9))
@settings(max_examples=40, deadline=None)
def test_a_modified_number_is_read_back(wording: str, modifier: str, number: int) -> None:
    found = read(wording.format(f"{number:,}"))
    assert found.modifier == modifier
    assert next(one for one in (found.value, found.low, found.high) if one is not None) == number


@given(low=st.integers(2, 10**6), more=st.integers(1, 10**6))
@settings(max_examples=100, deadline=None)
def test_a_range_is_read_back(low: int, more: int) -> None:
    for words in (f"between {low:,} and {low + more:,}", f"{low:,} to {low + more:,}"):
        found = read(words)
        assert (found.low, found.high, found.modifier) == (low, low + more, "range")

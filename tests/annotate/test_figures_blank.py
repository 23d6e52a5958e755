"""`onrecord_figures` without a parse, and what must hold for any text at all."""

from __future__ import annotations

import math

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from onrecord.annotate.annotations import FIGURES, FigureAnnotation

WORDS = [
    *(
        "at least",
        "about",
        "12",
        "3,400",
        "1.5",
        "million",
        "$",
        "US$5bn",
        "£2m",
        "%",
        "per cent",
        "km",
        "to",
        "-",
        "–",
    ),
    *(
        "between",
        "and",
        "or more",
        "half a",
        "a third of",
        "one in",
        "five",
        "twenty",
        "-six",
        "dozen",
        "people",
        "rose",
    ),
    *(
        "up",
        "by",
        "from",
        "in",
        "May",
        "2019",
        "10:30",
        "22-year-old",
        "G7",
        "COVID-19",
        "(",
        ")",
        "\n",
        "\r\n",
        "\u00a0",
    ),
    *(
        "1/2",
        "½",
        "²",
        "°C",
        "a barrel",
        "magnitude",
        "🙂",
        "e\u0301",
        "\u202e",
        "مرحبا",
        "''",
        "…",
        "No.",
        "+",
        "−5",
    ),
]


@pytest.fixture(scope="module")
def nlp() -> Language:
    pipeline = spacy.blank("en")
    pipeline.add_pipe("onrecord_figures")
    return pipeline


def figures(nlp: Language, text: str) -> list[FigureAnnotation]:
    doc = nlp(text)
    return [span._.onrecord_figure for span in doc.spans[FIGURES]]


@pytest.mark.parametrize(
    ("text", "words", "numbers", "named"),
    [
        ("at least 88 civilians died", "at least 88", (None, 88, None), ("at_least", None, "civilians")),
        ("between 20 and 30 people fled", "between 20 and 30", (None, 20, 30), ("range", None, "people")),
        (
            "some 4,000 army reservists left",
            "some 4,000",
            (4000, None, None),
            ("approximate", None, "army reservists"),
        ),
        ("revenue rose 14% in spring", "14%", (14, None, None), ("change_up", "percent", None)),
        ("it cost US$5bn", "US$5bn", (5e9, None, None), ("exact", "USD", None)),
        ("two dozen homes burnt", "two dozen", (24, None, None), ("exact", None, "homes")),
        ("13% of the shares", "13%", (13, None, None), ("exact", "percent", "shares")),
    ],
)
def test_a_blank_pipeline_reads_numbers_units_and_the_next_noun(
    nlp: Language,
    text: str,
    words: str,
    numbers: tuple[float | None, ...],
    named: tuple[str | None, ...],
) -> None:
    (figure,) = figures(nlp, text)
    assert text[figure.start : figure.end] == words
    assert (figure.value, figure.low, figure.high) == numbers
    assert (figure.modifier, figure.unit, figure.counted) == named
    assert figure.measure is None
    assert figure.predicate is None


@pytest.mark.parametrize(
    "text",
    [
        "born in 1984",
        "on 4 July 2016",
        "at 10:30 a.m.",
        "a 22-year-old man",
        "for three years",
        "COVID-19",
        "the 1990s",
    ],
)
def test_a_blank_pipeline_leaves_dates_and_ages_alone(nlp: Language, text: str) -> None:
    assert figures(nlp, text) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Lawmakers in Islamabad set aside 5 billion rupees.", "PKR"),
        ("Lawmakers in Mumbai set aside 5 billion rupees.", "INR"),
        ("Santiago will pay 5 billion Chilean pesos.", "CLP"),
        ("The court in Kinshasa fined them 5 million francs.", "CDF"),
        ("Ottawa paid $5 million of the US$20 million bill.", "CAD"),
        ("Ottawa paid $5 million.", "USD"),
    ],
)
def test_shared_currency_names_follow_the_article(nlp: Language, text: str, code: str) -> None:
    assert figures(nlp, text)[0].unit == code


def check_invariants(nlp: Language, text: str) -> None:
    last = -1
    for figure in figures(nlp, text):
        assert 0 <= figure.start < figure.end <= len(text)
        assert figure.start > last
        last = figure.start
        words = text[figure.start : figure.end]
        assert words == words.strip()
        assert "\n" not in words
        numbers = [n for n in (figure.value, figure.low, figure.high) if n is not None]
        assert numbers
        assert all(math.isfinite(n) for n in numbers)
        if figure.modifier in ("at_least", "more_than"):
            assert figure.value is figure.high is None
        elif figure.modifier in ("at_most", "less_than"):
            assert figure.value is figure.low is None
        elif figure.modifier == "range":
            assert figure.value is None
            assert figure.low <= figure.high
        else:
            assert figure.low is figure.high is None
        if figure.counted_head is not None:
            assert figure.counted is not None
            assert figure.counted in text


@given(st.lists(st.sampled_from(WORDS), max_size=12), st.sampled_from([" ", "", "  "]))
@settings(max_examples=300, deadline=None)
def test_figures_slice_and_agree_with_their_modifier(nlp: Language, words: list[str], glue: str) -> None:
    check_invariants(nlp, glue.join(words))


@given(st.text(max_size=80))
@settings(max_examples=200, deadline=None)
def test_no_text_breaks_it(nlp: Language, text: str) -> None:
    check_invariants(nlp, text)


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "\n", "1" * 5000, "1," * 3000, "1,111" * 500, "-" * 5000, "$" * 5000, "twenty-" * 3000),
        *("one hundred " * 2000, "a million " * 2000, "at least " * 3000 + "5", "3/4/" * 2000, "1.1" * 3000),
        "9" * 400 + " million",
    ],
)
def test_long_and_odd_runs_are_read_through(nlp: Language, text: str) -> None:
    check_invariants(nlp, text)

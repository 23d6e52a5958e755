"""Expressions of time in text that nobody would write: nothing crashes, every offset slices."""

from __future__ import annotations

import re
from datetime import date

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from onrecord.annotate.annotations import DATES, DateAnnotation, annotations_on

_WORDS = re.split(
    " ",
    "Monday March May last next the week year ago earlier 21 2020 of to 31 Feb. 29 a two half quarter 9:42 "
    "p.m. - – , . 's ’s '' ’90s between and early mid since every 0000 9999 decades 3/4/2020 "
    "99999999999999999999 99/99/9999 2020-13-45 fiscal Easter overnight centuries hundred 🕰️ é مارس \u202e ſ "
    "１９９９ ² Ⅻ before after first months and-a-half from now \n \r\n \u00a0",
)


@pytest.fixture(scope="module")
def blank() -> Language:
    nlp = spacy.blank("en")
    nlp.add_pipe("onrecord_dates")
    return nlp


def found(nlp: Language, text: str, published: str | None) -> list[DateAnnotation]:
    doc = nlp.make_doc(text)
    doc._.onrecord_published = published
    return annotations_on(nlp.get_pipe("onrecord_dates")(doc), DATES, DateAnnotation)


def check(nlp: Language, text: str, published: str | None) -> None:
    starts = set()
    every = found(nlp, text, published)
    for one in every:
        assert 0 <= one.start < one.end <= len(text)
        assert text[one.start : one.end].strip() == text[one.start : one.end]
        assert one.timex
        if one.earliest and one.latest:
            assert date.fromisoformat(one.earliest) <= date.fromisoformat(one.latest)
        assert (one.earliest is None) == (one.latest is None)
        starts.add(one.start)
    for one in every:
        assert not isinstance(one.anchor, int) or one.anchor in starts
        assert one.range_end is None or one.range_end in starts


@settings(max_examples=300, deadline=None)
@given(
    words=st.lists(st.sampled_from(_WORDS), max_size=25),
    published=st.sampled_from(["2024-02-29", "0001-01-01", "9999-12-31", "nonsense", None]),
)
def test_any_order_of_time_words(blank: Language, words: list[str], published: str | None) -> None:
    check(blank, " ".join(words), published)


@settings(max_examples=150, deadline=None)
@given(text=st.text(max_size=200))
def test_any_text(blank: Language, text: str) -> None:
    check(blank, text, "2024-08-07")


@pytest.mark.parametrize(
    "text",
    [
        "1" * 5000,
        "1," * 3000,
        "the " * 5000,
        "last next this " * 2000,
        "two hundred and " * 3000 + "years ago",
        "twenty-" * 3000,
        "a year and a half " * 2000,
        "May " * 5000,
        "'' " * 4000 + "90s",
        "9:42:" * 3000,
    ],
)
def test_long_repetitions_end(blank: Language, text: str) -> None:
    check(blank, text, "2024-08-07")


@pytest.mark.parametrize("code", ["H3", "h4", "H3 2020", "Q4 of H3"])
def test_a_half_that_no_year_has(blank: Language, code: str) -> None:
    text = f"The {code} was closed in May."
    check(blank, text, "2024-08-07")
    last = found(blank, text, "2024-08-07")[-1]
    assert text[last.start : last.end] == "May"


@pytest.mark.parametrize("published", ["0001-01-01", "9999-12-31"])
def test_the_ends_of_the_calendar(blank: Language, published: str) -> None:
    text = "last week, next year, two centuries ago, 300 years from now, since Monday, the 21st century, May"
    check(blank, text, published)


def test_crlf_and_no_break_space(blank: Language) -> None:
    text = "Shut on 21\u00a0April\u00a02020.\r\nOpen on 3 May 2020.\r\n"
    assert [text[one.start : one.end] for one in found(blank, text, None)] == [
        "21\u00a0April\u00a02020",
        "3 May 2020",
    ]

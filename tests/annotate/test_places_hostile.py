"""What may come in: nothing crashes the component, and offsets always slice the text."""

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.annotate.annotations import PLACES, PlaceAnnotation, annotations_on

PIECES = (
    *("Paris", "PARIS", "Texas", ", ", "Mo.", " (", ")", " — ", "--", "\r\n", "\u00a0", "\u202e", "e\u0301"),
    *(
        "🌍",
        "''",
        "’s",
        "-",
        "the ",
        "Lake ",
        " River",
        " province",
        "U.S.",
        "St. ",
        "of ",
        "al-",
        "İstanbul",
    ),
    *("ß", "\ud83d", "São ", "Paulo", "D.C.", "Washington", ", D.C.", "ﬁ", "\u200b", "\n"),
)


@pytest.fixture(scope="module")
def nlp():
    pipeline = spacy.blank("en")
    pipeline.add_pipe("onrecord_places")
    return pipeline


def check(doc):
    end, text = 0, doc.text
    places = annotations_on(doc, PLACES, PlaceAnnotation)
    keys = {one.place.key for one in places}
    for one in places:
        assert end <= one.start < one.end <= len(text)
        assert "\n" not in text[one.start : one.end]
        assert (one.place.lat is None) == (one.place.lon is None)
        assert one.place.within is None or one.place.within in keys - {one.place.key}
        end = one.end


@settings(deadline=None, max_examples=150)
@given(parts=st.lists(st.sampled_from(PIECES), max_size=25))
def test_pieces_of_names_in_any_order(nlp, parts):
    text = "".join(parts).encode("utf-8", "ignore").decode()

    check(nlp(text))


@settings(deadline=None, max_examples=80)
@given(text=st.text(max_size=120), site=st.none() | st.text(max_size=30))
def test_any_text_from_any_site(nlp, text, site):
    doc = nlp.make_doc(text)
    doc._.onrecord_site = site

    check(nlp(doc))


@pytest.mark.parametrize(
    "text",
    [
        "A" * 50_000,
        "Paris, " * 3_000,
        "San " * 5_000,
        "(" * 5_000 + "Paris",
        "Mo. " * 3_000,
        "Lake River " * 2_000,
    ],
)
def test_long_repetitions_end(nlp, text):
    check(nlp(text))


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\n\n"])
def test_names_do_not_run_over_lines(nlp, line_break):
    doc = nlp(f"Trains from New{line_break}York stopped in London.")

    check(doc)
    assert "London" in [span.text for span in doc.spans[PLACES]]

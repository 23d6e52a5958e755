"""Names by the learned recogniser: decoding of tags, and names on Docs of any pipeline."""

import numpy as np
import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from onrecord.annotate.names.tags import LABELS, TAGS, spans_of, tags_of


def scores_of(*tags):
    """Scores that leave no doubt: a word's own tag, and far below it being outside."""
    scores = np.full((len(tags), TAGS), -20.0, dtype=np.float32)
    scores[:, 0] = -10
    scores[np.arange(len(tags)), tags] = 0
    return scores


@st.composite
def names_in_a_text(draw):
    """Names that do not overlap, and the number of words of the text that holds them."""
    spans, word = [], 0
    for gap, length, label in draw(
        st.lists(st.tuples(st.integers(0, 3), st.integers(1, 4), st.sampled_from(LABELS)), max_size=8)
    ):
        spans.append((word + gap, word + gap + length, label))
        word += gap + length
    return spans, word + draw(st.integers(1, 3))


@given(names_in_a_text())
def test_names_become_tags_and_names_again(text):
    spans, words = text
    assert spans_of(scores_of(*tags_of(spans, words))) == spans


@given(st.integers(1, 12), st.integers(0, 2**32 - 1))
def test_any_scores_give_names_in_order_none_overlapping(words, seed):
    scores = np.random.default_rng(seed).normal(size=(words, TAGS)).astype(np.float32)
    found = spans_of(scores)
    bounds = [bound for start, end, _ in found for bound in (start, end)]
    assert bounds == sorted(bounds)
    assert all(0 <= start < end <= words and label in LABELS for start, end, label in found)


def test_a_name_goes_on_only_as_what_it_began_as():
    person, place = 1 + 2 * LABELS.index("PERSON"), 1 + 2 * LABELS.index("GPE")
    scores = scores_of(person, place + 1)
    scores[1, person + 1] = -0.5
    assert spans_of(scores) == [(0, 2, "PERSON")]


@pytest.fixture(scope="module")
def recogniser():
    """Nothing but the encoder and its recogniser: no tagger, no parser."""
    nlp = spacy.blank("en")
    nlp.add_pipe("onrecord_encoder")
    nlp.add_pipe("onrecord_names")
    return nlp


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Maria Lopez, the mayor of Denver, met Barack Obama in Washington on Monday.",
            {
                ("Maria Lopez", "PERSON"),
                ("Denver", "GPE"),
                ("Barack Obama", "PERSON"),
                ("Washington", "GPE"),
                ("Monday", "DATE"),
            },
        ),
        (
            "The United Nations said on Friday that 40 percent of Iraqi families had fled Mosul.",
            {
                ("The United Nations", "ORG"),
                ("Friday", "DATE"),
                ("40 percent", "PERCENT"),
                ("Iraqi", "NORP"),
                ("Mosul", "GPE"),
            },
        ),
        ("nothing of the kind was said.", set()),
        ("", set()),
        ("\n\n", set()),
    ],
)
def test_names_in_a_blank_pipeline(recogniser, text, expected):
    assert {(name.text, name.label_) for name in recogniser(text).ents} == expected


def test_no_name_is_lost_where_windows_meet(recogniser):
    text = "The road runs along the coast past three villages and a mill.\n" * 40
    text += "Barack Obama spoke.\n" + "It rained on the hills all day and all night.\n" * 9
    assert ("Barack Obama", "PERSON") in {(name.text, name.label_) for name in recogniser(text).ents}


def test_names_replace_those_of_another_recogniser():
    nlp = spacy.blank("en")
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "PRODUCT", "pattern": "Barack Obama"}])
    nlp.add_pipe("onrecord_encoder")
    nlp.add_pipe("onrecord_names")
    assert [(name.text, name.label_) for name in nlp("Barack Obama spoke.").ents] == [
        ("Barack Obama", "PERSON")
    ]

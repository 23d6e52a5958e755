"""Words and windows: what the encoder sees of a text, and that it sees all of it."""

import numpy as np
import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.encode.model import EncoderModel, weights_folder
from onrecord.encode.windows import CONTEXT, WINDOW, windows
from onrecord.encode.words import words_of
from onrecord.parse.quotations import find_quotations

TOKENIZER = spacy.blank("en")
MARGIN = 24  # a first word of many pieces, and the separators


def read(text):
    tokens = [token for token in TOKENIZER.make_doc(text) if not token.is_space]
    spans = np.asarray([(t.idx, t.idx + len(t)) for t in tokens], dtype=np.int64).reshape(-1, 2)
    breaks = [i for i, c in enumerate(text) if c == "\n"]
    return words_of([t.text for t in tokens], spans, breaks, find_quotations(text))


def pieces_of(words):
    """Stand-in pieces: one for every four characters, as many as real ones at most."""
    return [tuple(range(1000, 1000 + min(12, 1 + len(text) // 4))) for text in words.texts]


def test_features_tell_shape_quotation_and_line():
    words = read('Ann said: "We won 3 of 4."\nNASA left')
    by_word = dict(zip(words.texts, words.features.tolist(), strict=False))
    assert by_word["Ann"] == [2, 0, 1]
    assert by_word["said"] == [1, 0, 0]
    assert by_word["won"][1] == 1
    assert by_word['"'][1] == 3
    assert by_word["3"][0] == 4
    assert by_word["NASA"] == [3, 0, 1]
    assert words.lines.tolist()[0] == 0
    assert words.lines.tolist()[-1] == 1


lines = st.lists(
    st.lists(
        st.sampled_from(["Ann", "said", "unbelievably-long-hyphenated-compound", '"', "“", "7", "é🙂"]),
        max_size=90,
    ),
    max_size=12,
)


@given(lines)
@settings(max_examples=60, deadline=None)
def test_every_word_is_the_own_word_of_one_window(text_lines):
    words = read("\n".join(" ".join(line) for line in text_lines))
    found = list(windows(words, pieces_of(words)))
    assert [i for one in found for i in range(one.own, one.end)] == list(range(len(words.texts)))
    for one in found:
        assert one.start <= one.own < one.end
        assert len(one.pieces) <= WINDOW + MARGIN
        assert len(one.firsts) == one.end - one.start
        assert sum(len(p) for p in pieces_of(words)[one.start : one.own]) <= CONTEXT


@pytest.mark.parametrize("text", ["", "\n", " \n\n "])
def test_a_text_without_words_has_no_windows(text):
    assert list(windows(read(text), [])) == []


def test_a_line_of_many_windows_is_cut_with_context():
    words = read("The dyke held and the water fell by the hour. " * 300)
    found = list(windows(words, pieces_of(words)))
    assert len(found) > 5
    assert all(one.start < one.own for one in found[1:])


@pytest.fixture(scope="module")
def model():
    return EncoderModel(weights_folder())


def test_each_word_has_a_vector_whatever_else_is_in_the_batch(model):
    alone = model(read("The ministry denied it."))
    beside = model(read("The ministry denied it.\n" + "A much longer line follows here, " * 60))
    assert alone.vectors[0].shape == (len(alone.words.texts), 384)
    assert sum(len(v) for v in beside.vectors) >= len(beside.words.texts)
    assert np.isfinite(alone.vectors[0]).all()


@pytest.mark.parametrize("text", ["", "x" * 10_000, "\u202e\u200d🙂 é", "'" * 500])
def test_hostile_texts_are_encoded(model, text):
    words = read(text)
    assert sum(one.end - one.own for one in model(words).windows) == len(words.texts)

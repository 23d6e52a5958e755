"""Actors by the learned heads of coreference, and the pairs that they look at."""

import numpy as np
import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from onrecord.annotate.actors.learned.classes import CLASSES, KINDS, TYPES, class_of, kind_and_type
from onrecord.annotate.actors.learned.pairs import REACH, SIZES, Heads, PairFeatures, candidates
from onrecord.encode.words import words_of

TOKENIZER = spacy.blank("en")


def words_in(text):
    tokens = list(TOKENIZER.make_doc(text))
    spans = np.asarray([(t.idx, t.idx + len(t)) for t in tokens], dtype=np.int64).reshape(-1, 2)
    return words_of([t.text for t in tokens], spans, [], [])


def wording(text, *heads):
    """The wording feature of two mentions, given their head words."""
    words = words_in(text)
    pair = Heads(np.asarray([words.texts.index(head) for head in heads]), np.asarray([1, 1]))
    return int(PairFeatures(words, pair)(np.asarray([1]), candidates(np.asarray([1])))[0, 0, 3])


def test_every_class_says_its_kind_and_type():
    said = [kind_and_type(class_) for class_ in range(1, CLASSES)]
    assert said == [(kind, type_) for kind in KINDS for type_ in TYPES]
    assert [class_of(*one) for one in said] == list(range(1, CLASSES))


@given(st.integers(0, 300), st.integers(1, 200))
def test_candidates_are_the_nearest_mentions_before(first, asked):
    mentions = np.arange(first, first + asked)
    for row, mention in zip(candidates(mentions).tolist(), mentions.tolist(), strict=True):
        assert [one for one in row if one >= 0] == list(range(mention - 1, max(-1, mention - 1 - REACH), -1))


@given(st.lists(st.integers(1, CLASSES - 1), min_size=2, max_size=40), st.integers(0, 2**32 - 1))
def test_every_feature_is_a_class_of_its_embedding(classes, seed):
    vocabulary = ["Ann", "Reed", "he", "They", "PMF", "the", "mayor", "“", "§", "é"]
    picks = np.random.default_rng(seed).choice(vocabulary, size=2 * len(classes))
    words = words_in(" ".join(picks))
    heads = Heads(np.arange(len(classes)) * 2 % len(words.texts), np.asarray(classes))
    mentions = np.arange(len(classes))
    features = PairFeatures(words, heads)(mentions, np.maximum(candidates(mentions), 0))
    assert features.min() >= 0
    assert (features.reshape(-1, len(SIZES)) < np.asarray(SIZES)).all()


def test_wording_tells_how_two_mentions_are_named():
    assert wording("Ann Reed met Bob Reed", "Reed", "Bob") == 0
    assert wording("the mayor met other mayors", "mayor", "mayors") == 1
    assert wording("Popular Mobilization Forces or PMF", "Forces", "PMF") == 6


MEANT = [
    (
        "Harland Mutual raised premiums in March. Investors sold shares in the insurer, "
        "which said the company would explain.",
        "the company",
        "Harland Mutual",
    ),
    (
        "Ingrid Solberg runs the water board. Farmers trust her. She said that prices would not rise.",
        "She",
        "Ingrid Solberg",
    ),
    (
        "The Teamsters union rejected the offer. The union said that a strike would begin on Monday.",
        "The union",
        "Teamsters",
    ),
]


@pytest.mark.parametrize(("text", "words", "name"), MEANT)
def test_nominals_and_pronouns_find_whom_they_mean(learned, text, words, name):
    record = learned.extract(text=text)
    at = text.rindex(words)
    meant = [a for a in record.actors for m in a.mentions if m.start <= at < m.end]
    assert [name in actor.name for actor in meant] == [True]


@pytest.mark.parametrize("name", ["Atlantic Drivers' Union", "Teachers' Federation", "Farmers’ Union"])
def test_a_possessor_belongs_to_the_name_of_a_body(each_extractor, name):
    record = each_extractor.extract(text=f"The {name} said on Monday that it would strike.")
    assert [actor.name for actor in record.actors] == [name]

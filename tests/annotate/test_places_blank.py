"""Places in a pipeline without a model: the gazetteer and capital letters only, and cautious."""

import pytest
import spacy

from onrecord.annotate.annotations import PLACES, PlaceAnnotation, annotations_on


@pytest.fixture(scope="module")
def words_of():
    nlp = spacy.blank("en")
    nlp.add_pipe("onrecord_places")

    def read(text):
        return [text[one.start : one.end] for one in annotations_on(nlp(text), PLACES, PlaceAnnotation)]

    return read


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("He flew from Nairobi to London.", ["Nairobi", "London"]),
        ("Crews were called to Springfield, Mo., on Friday.", ["Springfield", "Mo."]),
        ("Roads in Davao del Sur province were cut.", ["Davao del Sur province"]),
        ("Nothing is named here, not even nairobi.", []),
        ("Paris Hilton sang.", []),
        ("", []),
    ],
)
def test_capitalised_names_of_the_gazetteer(words_of, text, words):
    assert words_of(text) == words

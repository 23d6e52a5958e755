"""Annotations on a Doc: written in text order, read back, and carried through serialisation."""

import pickle

import pytest
import spacy
from spacy.tokens import Doc, DocBin

from onrecord.annotate.annotations import (
    ACTORS,
    CLAIMS,
    DATES,
    FIGURES,
    NON_RESPONSES,
    PLACES,
    ActorAnnotation,
    ActorEntity,
    ClaimAnnotation,
    DateAnnotation,
    FigureAnnotation,
    NonResponseAnnotation,
    PlaceAnnotation,
    PlaceEntity,
    annotate,
    annotations_on,
    register_extensions,
)
from onrecord.parse.pipeline import ANNOTATORS

TEXT = "“At least 40 people fell ill in Oslo on Monday,” Vera Dahl said. Omar Haddad declined to comment."


@pytest.fixture
def blank():
    register_extensions()
    return spacy.blank("en")


def _date(start, end):
    return DateAnnotation(start, end, type="DATE", timex="2024-05-13")


def test_annotations_are_read_in_text_order(blank):
    doc = blank("on Monday and Tuesday")
    annotate(doc, DATES, "DATE", [((14, 21), _date(14, 21)), ((3, 9), _date(3, 9))])
    assert [one.start for one in annotations_on(doc, DATES, DateAnnotation)] == [3, 14]
    assert [span.text for span in doc.spans[DATES]] == ["Monday", "Tuesday"]
    assert [span._.onrecord_date.start for span in doc.spans[DATES]] == [3, 14]


def test_offsets_may_be_narrower_than_the_tokens_that_carry_them(blank):
    doc = blank("paid US$5bn")
    annotate(doc, FIGURES, "FIGURE", [((7, 11), FigureAnnotation(7, 11, 5e9, None, None, "exact"))])
    (span,) = doc.spans[FIGURES]
    (figure,) = annotations_on(doc, FIGURES, FigureAnnotation)
    assert span.start_char <= figure.start < figure.end <= span.end_char
    assert doc.text[figure.start : figure.end] == "$5bn"


def test_the_first_of_two_on_the_same_tokens_wins(blank):
    doc = blank("on Monday")
    annotate(doc, DATES, "DATE", [((3, 9), _date(3, 9)), ((3, 8), _date(3, 8))])
    (one,) = annotations_on(doc, DATES, DateAnnotation)
    assert one.end == 8


def test_a_layer_that_did_not_run_is_empty(blank):
    assert annotations_on(blank("on Monday"), DATES, DateAnnotation) == []


def test_annotations_cannot_be_changed():
    with pytest.raises(AttributeError):
        _date(3, 9).timex = "2020"


EVERY = {
    DATES: DateAnnotation(3, 9, "DATE", "2024-05-13", None, "2024-05-13", "2024-05-13", "publication", 14),
    FIGURES: FigureAnnotation(
        3, 9, None, 8000.0, 13000.5, "range", "percent", "people", 3, None, "people fall"
    ),
    PLACES: PlaceAnnotation(
        3, 9, PlaceEntity(1, "Nordvik", "city", "NO", None, 12, 66.9, 13.9, 2), in_name=True
    ),
    ACTORS: ActorAnnotation(
        3, 9, "name", 3, ActorEntity(7, "Vera Dahl", "person", ("mayor", "vet"), ("Dahl",), (1, 2), (3,))
    ),
    CLAIMS: ClaimAnnotation(
        ((3, 9), (10, 13)), "mixed", "denial", (3, 9), ((10, 13),), hedge=(3, 4), parent=0
    ),
    NON_RESPONSES: NonResponseAnnotation(3, 9, "declined", (3, 9), None),
}


@pytest.mark.parametrize("key", EVERY)
def test_bytes_carry_every_kind_of_annotation(blank, key):
    """Equal and of the same types: tuples stay tuples, entities stay entities."""
    doc = blank("on Monday and Tuesday")
    annotate(doc, key, "X", [((3, 9), EVERY[key])])
    again = Doc(blank.vocab).from_bytes(doc.to_bytes())
    (one,) = annotations_on(again, key, type(EVERY[key]))
    assert one == EVERY[key]
    assert repr(one) == repr(EVERY[key])


@pytest.mark.parametrize("key", EVERY)
def test_annotations_can_be_pickled(key):
    assert pickle.loads(pickle.dumps(EVERY[key])) == EVERY[key]


def test_other_values_pass_by(blank):
    """What other components put into `doc.user_data` is none of ours."""
    doc = blank("on Monday")
    doc.user_data["mine"] = {"kind": "dict", "items": [1, 2], "__onrecord__": "Unknown"}
    again = Doc(blank.vocab).from_bytes(doc.to_bytes())
    assert again.user_data["mine"] == doc.user_data["mine"]


def _all_layers(doc):
    return {key: annotations_on(doc, key, type(one)) for key, one in EVERY.items()}


def test_a_whole_document_survives_bytes_and_docbin(extractor):
    doc = extractor.nlp(TEXT)
    layers = _all_layers(doc)
    assert all(layers.values())
    assert _all_layers(Doc(doc.vocab).from_bytes(doc.to_bytes())) == layers
    stored = DocBin(store_user_data=True, docs=[doc]).to_bytes()
    (again,) = DocBin().from_bytes(stored).get_docs(doc.vocab)
    assert _all_layers(again) == layers


@pytest.mark.parametrize("name", ANNOTATORS)
def test_each_component_works_alone_in_a_foreign_pipeline(name):
    nlp = spacy.blank("en")
    nlp.add_pipe(name)
    texts = ["", " ", "\n\n", "“", TEXT, "he said"]
    assert [doc.text for doc in nlp.pipe(texts)] == texts


ALONE = [
    ("onrecord_quotations", "onrecord_quotations", ["“At least 40 people fell ill in Oslo on Monday,”"]),
    ("onrecord_dates", DATES, ["Monday"]),
    ("onrecord_figures", FIGURES, ["At least 40"]),
]


@pytest.mark.parametrize(("name", "key", "expected"), ALONE)
def test_what_needs_no_parse_is_found_without_one(name, key, expected):
    nlp = spacy.blank("en")
    nlp.add_pipe(name)
    doc = nlp(TEXT)
    assert [span.text for span in doc.spans[key]] == expected


def test_worker_processes_return_annotations():
    """`nlp.pipe(n_process=2)` sends Docs between processes as bytes."""
    nlp = spacy.blank("en")
    for name in ("onrecord_dates", "onrecord_figures"):
        nlp.add_pipe(name)
    texts = [TEXT, "It rose 4% on Tuesday.", "Nothing."]
    expected = [_all_layers(doc) for doc in nlp.pipe(texts)]
    assert expected[1][DATES]
    assert expected[1][FIGURES]
    assert [_all_layers(doc) for doc in nlp.pipe(texts, n_process=2, batch_size=1)] == expected

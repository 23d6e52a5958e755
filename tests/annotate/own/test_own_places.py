"""A user's own places: found under their names, and going before those of the gazetteer."""

import numpy as np
import pytest
import spacy

from onrecord import Extractor, Settings
from onrecord.annotate.annotations import PLACES, PlaceAnnotation, annotations_on
from onrecord.annotate.places.gazetteer import load_gazetteer
from onrecord.annotate.places.own_gazetteer import load_own_gazetteer


def found(record):
    return [(place.name, place.kind, place.country, place.external_id) for place in record.places]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        (
            "Trucks left Camp Tarnhold on Friday, the ministry said.",
            [("Camp Tarnhold", "site", "IQ", "T-1")],
        ),
        ("Families fled to Tarnhold in the rain.", [("Tarnhold", "site", "IQ", "T-1")]),
        # Words in small letters within it, and more of them than any name of the gazetteer has.
        (
            "Soldiers stood at the Hold of the Nine Wells.",
            [("Hold of the Nine Wells", "site", "IQ", "T-9")],
        ),
        # Capital letters: those of the file are needed, more do no harm.
        ("They drove to AL-QARYAT and to tarnhold.", [("Al-Qaryat", "city", "IQ", None)]),
        ("They drove to Al Qaryat.", [("Al Qaryat", "city", "IQ", None)]),
        ("They drove to REEDIT on Friday.", [("Reedit", "site", "GB", "R-1")]),
        ("They drove to Reedit on Friday, and reedit it.", []),
        # No name goes on in the next line.
        ("They drove to Camp\nTarnhold is shut.", [("Tarnhold", "site", "IQ", "T-1")]),
        # In doubt it is the user's.
        ("A flood reached Paris on Friday.", [("Paris", "city", "CA", "ON-7")]),
        # What the article says goes before it.
        (
            "A flood reached Paris, Texas, on Friday.",
            [("Paris", "city", "US", None), ("Texas", "region", "US", None)],
        ),
        # It is no person.
        ("Anna Tarnhold left. Mr Tarnhold was ill.", []),
    ],
)
def test_own_places_in_a_text(own_extractor, text, places):
    assert found(own_extractor.extract(text=text)) == places


def test_a_place_that_the_gazetteer_has_keeps_what_it_knows(own_extractor):
    (mosul,) = own_extractor.extract(text="A flood reached Mosul on Friday.").places
    assert (mosul.external_id, mosul.geonames_id, mosul.admin1) == ("Q83059", 99072, "Nīnawá")
    assert (mosul.lat, mosul.lon) == (36.335, 43.1189)


def test_what_the_file_leaves_open_is_not_known(own_extractor):
    (ford,) = own_extractor.extract(text="A flood reached Nowhere Ford on Friday.").places
    assert (ford.external_id, ford.kind) == ("N-1", "natural")
    assert (ford.country, ford.admin1, ford.geonames_id, ford.lat, ford.lon) == (None,) * 5


def test_the_users_point_and_division(own_extractor):
    record = own_extractor.extract(text="Trucks left Camp Tarnhold for Iraq on Friday.")
    camp, iraq = record.places
    assert (camp.lat, camp.lon, camp.admin1, camp.geonames_id) == (36.1, 43.2, "Nineveh", None)
    assert camp.within == iraq.id


def test_other_names_are_read_as_without_the_file(own_extractor):
    text = "She flew from Lyon to Springfield, Ill., and on to Dakar, the minister said on Friday."
    plain = Extractor.load(Settings(method=own_extractor.settings.method)).extract(text=text)
    with_file = own_extractor.extract(text=text)
    assert with_file.places == plain.places
    assert with_file.claims == plain.claims


def test_the_component_in_a_pipeline_of_the_users(own_files):
    nlp = spacy.blank("en")
    nlp.add_pipe("onrecord_places", config={"gazetteer": str(own_files[0])})
    text = "Trucks left Camp Tarnhold."
    for doc in (nlp(text), *nlp.pipe([text, text], n_process=2)):
        (one,) = annotations_on(doc, PLACES, PlaceAnnotation)
        assert (text[one.start : one.end], one.place.external_id) == ("Camp Tarnhold", "T-1")


def test_a_pipeline_without_a_file_finds_none_of_them():
    nlp = spacy.blank("en")
    nlp.add_pipe("onrecord_places")
    assert not annotations_on(nlp("Trucks left Camp Tarnhold."), PLACES, PlaceAnnotation)


def test_the_shipped_gazetteer_stays_as_it_is(own_files):
    shipped = load_gazetteer()
    rows = len(shipped.lat)
    (mosul,) = (row for row in shipped.senses("Mosul").rows.tolist() if shipped.geonames_id[row] == 99072)
    own = load_own_gazetteer(own_files[0])
    assert len(own.lat) > rows == len(shipped.lat)
    assert (own.external_id(mosul), shipped.external_id(mosul)) == ("Q83059", None)
    assert shipped.senses("Tarnhold") is None
    assert not np.isnan(shipped.lat).any()

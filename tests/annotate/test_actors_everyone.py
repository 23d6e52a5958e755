"""All mentions of people, bodies and places, with the setting `mentions="all"`."""

import pytest
import spacy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import onrecord
from onrecord.errors import InvalidSettingError

TOWN = (
    "Visitors to Osterwick stay for a night or two. The town has one inn, and its owner, Hanne Vries, "
    'keeps nine rooms. "I have never seen a summer like this," she said. A gardener was mowing the lawn. '
    "The region lives on apples."
)


@pytest.fixture(scope="module")
def everyone():
    return onrecord.Extractor.load(onrecord.Settings(mentions="all"))


@pytest.fixture(scope="module")
def town(everyone):
    return everyone.extract(text=TOWN)


def mentions(entities, name):
    return [(m.text, m.kind) for one in entities if one.name == name for m in one.mentions]


def test_words_that_mean_a_place_are_mentions_of_it(town):
    assert mentions(town.places, "Osterwick")[:2] == [("Osterwick", "name"), ("The town", "nominal")]


def test_i_inside_a_quotation_is_its_speaker(town):
    assert ("I", "pronoun") in mentions(town.actors, "Hanne Vries")
    assert ("she", "pronoun") in mentions(town.actors, "Hanne Vries")


def test_who_does_nothing_is_listed_too(town, learned):
    assert any("gardener" in actor.name for actor in town.actors)
    assert not any("gardener" in actor.name for actor in learned.extract(text=TOWN).actors)


def test_a_place_without_a_name_has_a_kind_and_no_point(town):
    (region,) = [place for place in town.places if place.name == "region"]
    assert (region.kind, region.geonames_id, region.lat) == ("region", None, None)


def test_a_group_that_is_only_we_is_called_so(everyone):
    record = everyone.extract(text="We walked to the river. Our boots were wet, and nobody had warned us.")
    assert ("We", "pronoun") in mentions(record.actors, "We")


def test_claims_are_those_of_the_shorter_list(town, learned):
    short = learned.extract(text=TOWN)
    assert [claim.content for claim in town.claims] == [claim.content for claim in short.claims]
    assert len(short.actors) < len(town.actors)


def test_every_span_stands_in_the_text(town):
    for one in (*town.actors, *town.places):
        for mention in one.mentions:
            assert TOWN[mention.start : mention.end] == mention.text


def test_no_words_are_two_actors(town):
    spans = [(m.start, m.end) for actor in town.actors for m in actor.mentions]
    assert len(spans) == len(set(spans))


PIECES = [
    "Osterwick",
    "the town",
    "I",
    "we",
    "“",
    "”",
    "said",
    "Hanne Vries",
    "who",
    "\n",
    "🙂",
    "its mayor",
    ",",
    ".",
]


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=30).map(" ".join))
def test_pieces_in_any_order(everyone, text):
    record = everyone.extract(text=f"{text} x")
    for one in (*record.actors, *record.places):
        assert one.name
        assert all(record.article.text[m.start : m.end] == m.text for m in one.mentions)


def test_rules_cannot_find_them():
    with pytest.raises(InvalidSettingError, match="only the method 'model'"):
        onrecord.Settings(method="rules", mentions="all")


@pytest.mark.parametrize("config", [{"mentions": "all"}, {"mentions": "some", "method": "model"}])
def test_the_component_names_what_it_cannot_list(config):
    with pytest.raises(InvalidSettingError, match="mentions is"):
        spacy.blank("en").add_pipe("onrecord_actors", config=config)

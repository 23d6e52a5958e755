"""Where names begin and end: letters behind them, what a body is and what it is for, slips of the pen."""

import pytest

NAMES = [
    ("His barrister, Aoife Brannigan KC, told the court so.", "Aoife Brannigan", "person"),
    ("Maria Lopez, MD, a paediatrician, said the drug worked.", "Maria Lopez", "person"),
    ("Rail operator Northline cancelled 60 trains, and Northline said so.", "Northline", "organization"),
    (
        "The Coalition for Change said turnout figures had been altered.",
        "Coalition for Change",
        "organization",
    ),
]


@pytest.mark.parametrize(("text", "name", "kind"), NAMES)
def test_bounds_of_names(each_extractor, text, name, kind):
    assert (name, kind) in [(actor.name, actor.type) for actor in each_extractor.extract(text=text).actors]


def test_letters_behind_a_name_are_no_actor(each_extractor):
    record = each_extractor.extract(text="Maria Lopez, MD, a paediatrician, said the drug worked.")
    (actor,) = [one for one in record.actors if one.type == "person"]
    assert "paediatrician" in actor.roles


def test_a_misspelt_surname_is_the_same_person(each_extractor):
    text = "Lydia Buchtmann spoke first. Ms Bauchtmann said that nobody had slept."
    (claim,) = each_extractor.extract(text=text).claims
    (actor,) = [one for one in each_extractor.extract(text=text).actors if one.id == claim.source.actor]
    assert actor.name == "Lydia Buchtmann"


def test_two_people_of_nearly_one_name_stay_two(each_extractor):
    text = "Peter Hansen met Ann Hanson. Hansen said yes. Hanson said no."
    people = {actor.name for actor in each_extractor.extract(text=text).actors if actor.type == "person"}
    assert people == {"Peter Hansen", "Ann Hanson"}


def test_a_second_role_in_an_apposition(learned):
    text = "Ana Bell, mayor of Tarn and chair of the port board, said yes."
    actor = next(one for one in learned.extract(text=text).actors if one.name == "Ana Bell")
    assert [role.split()[0] for role in actor.roles] == ["mayor", "chair"]

"""Sources that say a thing together, by rules and by the model: one claim with one source and others."""

import pytest

TOGETHER = [
    ("The army and the ministry said the pass was open.", ["The army", "the ministry"]),
    ("Both the union and the company said the talks had failed.", ["the union", "the company"]),
    (
        "Vera Dahl, Omar Haddad and Lin Mei said the sample was clean.",
        ["Vera Dahl", "Omar Haddad", "Lin Mei"],
    ),
    ("Smith, Jones and Lee warned that the dam could fail.", ["Smith", "Jones", "Lee"]),
    (
        "The army, the police and residents all said the bridge had been destroyed.",
        ["The army", "the police", "residents"],
    ),
    ("The mayor and treasurer said they would resign.", ["The mayor", "treasurer"]),
    ("The army and police said the road was closed.", ["The army", "police"]),
    ("Brian and Ann Walsh said they would not sell the house.", ["Brian", "Ann Walsh"]),
    (
        "Luis Ortega, the mayor, and Ana Ruiz, the police chief, said the streets were calm.",
        ["Luis Ortega, the mayor", "Ana Ruiz, the police chief"],
    ),
    (
        "Wayfold, a rival based in Tampa, Florida, and the Hauliers Association said the price would rise.",
        ["Wayfold, a rival based in Tampa, Florida", "the Hauliers Association"],
    ),
    (
        "Two rivals, Lakeshore Air and Mesa Airways, said fares had fallen.",
        ["Lakeshore Air", "Mesa Airways"],
    ),
    ("Mr Hughes, along with his lawyer, said the charge was false.", ["Mr Hughes", "his lawyer"]),
    (
        "The mayor as well as the council leader said the bridge was safe.",
        ["The mayor", "the council leader"],
    ),
    ("The army and, later, the ministry said the pass was open.", ["The army", "the ministry"]),
    ("“We are ruined,” say farmers and fishermen.", ["farmers", "fishermen"]),
    (
        "The company was accused of fraud by prosecutors and shareholders.",
        ["prosecutors", "shareholders"],
    ),
    ("The deaths were confirmed by the army and the hospital.", ["the army", "the hospital"]),
    (
        "According to Oxfam and Save the Children, 40 people have died in the camp.",
        ["Oxfam", "Save the Children"],
    ),
    (
        "According to police and residents, the bridge fell on Monday.",
        ["police", "residents"],
    ),
    (
        "Amnesty International and Human Rights Watch have accused the government of torture.",
        ["Amnesty International", "Human Rights Watch"],
    ),
    (
        "The union and the Latah County Parents’ Council said they would ask for help.",
        ["The union", "the Latah County Parents’ Council"],
    ),
]

ALONE = [
    "The Department of Health and Human Services said the vaccine was safe.",
    "The Ministry of Trade and Industry said exports had dropped.",
    "Marks and Spencer said sales had risen.",
    "Trinidad and Tobago said it would not attend.",
    "Johnson & Johnson said sales had risen.",
    "The Bill and Melinda Gates Foundation said aid would go on.",
    "Keir Hallam, the minister and party leader, said the plan was dead.",
    "The minister and party leader, Keir Hallam, said the plan was dead.",
    "Maria Kovacs, chairman and chief executive of Orbanta, said profits had fallen.",
    "The chairman and chief executive said profits had fallen.",
    "The former first lady and senator said the law was cruel.",
    "The singer and actor said she would retire.",
    "Lawyer and activist Jane Moss said the law was cruel.",
    "Jane Moss, a lawyer, activist and author, said the law was cruel.",
    "Officials from the UN and the Red Cross said the convoy had left.",
    "State and federal officials said the levee had held.",
    "The Joint Mission, or JBM, said the truce was holding.",
    "Holm and Sons says the mill will close.",
]


def _spoken(extractor, text):
    """The words of the sources of the first claim that is reported inside no other."""
    record = extractor.extract(text=text + " It had rained for days.", published="2024-05-14")
    claim = next(claim for claim in record.claims if claim.parent is None)
    return record, claim, [one.span.text for one in (claim.source, *claim.co_sources)]


@pytest.mark.parametrize(("text", "sources"), TOGETHER)
def test_several_sources_of_one_claim(each_extractor, text, sources):
    record, claim, spoken = _spoken(each_extractor, text)
    assert spoken == sources
    assert len([one for one in record.claims if one.cue == claim.cue]) == 1


@pytest.mark.parametrize(("text", "sources"), TOGETHER)
def test_each_of_several_sources_is_an_actor_of_its_own(each_extractor, text, sources):
    _, claim, _ = _spoken(each_extractor, text)
    actors = [one.actor for one in (claim.source, *claim.co_sources)]
    assert None not in actors
    assert len(set(actors)) == len(sources)


@pytest.mark.parametrize("text", ALONE)
def test_what_only_looks_like_a_list(each_extractor, text):
    _, claim, spoken = _spoken(each_extractor, text)
    assert claim.co_sources == ()
    assert len(spoken) == 1


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("According to Oxfam and Save the Children, 40 people have died.", "40 people have died"),
        ("Forty people have died, according to Oxfam and residents.", "Forty people have died"),
    ],
)
def test_no_source_is_left_in_the_content(each_extractor, text, content):
    _, claim, _ = _spoken(each_extractor, text)
    assert [span.text for span in claim.content] == [content]


def test_nobody_is_on_record_where_neither_says_it(each_extractor):
    record = each_extractor.extract(text="Neither the army nor the ministry said how many had died.")
    assert record.claims == ()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Marks and Spencer said sales had risen.", "Marks and Spencer"),
        ("Johnson & Johnson said sales had risen.", "Johnson & Johnson"),
        ("Lawyer and activist Jane Moss said the law was cruel.", "Jane Moss"),
        ("The minister and party leader, Keir Hallam, said the plan was dead.", "Keir Hallam"),
    ],
)
def test_one_body_has_one_whole_name(each_extractor, text, name):
    record, claim, _ = _spoken(each_extractor, text)
    assert record.source_of(claim).name == name


def test_two_bodies_that_were_read_as_one_name_are_found_again_under_their_own(each_extractor):
    record = each_extractor.extract(
        text="Human Rights Watch counted 40 arrests.\n"
        "Amnesty International and Human Rights Watch said that 40 people had been arrested."
    )
    (claim,) = [claim for claim in record.claims if claim.co_sources]
    (other,) = claim.co_sources
    assert record.source_of(claim).name == "Amnesty International"
    assert record[other.actor].name == "Human Rights Watch"
    assert len(record[other.actor].mentions) == 2

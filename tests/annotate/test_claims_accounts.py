"""Accounts, adjectives with prepositions, who is asked, and where a content ends."""

import pytest

ACCOUNTS = [
    ("In the view of the harbour board, the wall would not last.", "the harbour board", "opinion"),
    ("By the ministry's count, 40 people have died since March.", "the ministry", "estimate"),
    ("The farm lost a third of its salmon, by its own reckoning.", "its", "estimate"),
    ("By his own admission, Moss never read the contract.", "his", "confirmation"),
    ("Analysts are sceptical of the target.", "Analysts", "opinion"),
    ("The mayor was scathing about the contractor.", "The mayor", "accusation"),
]


@pytest.mark.parametrize(("text", "source", "act"), ACCOUNTS)
def test_accounts_and_adjectives_are_claims(each_extractor, text, source, act):
    (claim,) = each_extractor.extract(text=text).claims
    assert (claim.source.span.text, claim.speech_act) == (source, act)


def test_beside_a_verb_an_account_is_no_claim_of_its_own(each_extractor):
    text = "In its judgment the court held that the pipeline had been laid without consent."
    (claim,) = each_extractor.extract(text=text).claims
    assert claim.cue.text == "held"


@pytest.mark.parametrize(
    "text",
    [
        "Asked whether the fibres could come from his coat, Mr Reed conceded that it was possible.",
        "Pressed about the bill, Mr Reed conceded that it was late.",
    ],
)
def test_who_is_asked_asks_nothing(learned, text):
    asking = next(
        one for one in learned.extract(text=text).claims if one.cue.text.startswith(("Asked", "Pressed"))
    )
    assert asking.source.actor is None


@pytest.mark.parametrize(
    "text",
    [
        "An official, who asked not to be identified, said the talks had failed.",
        "The nurse, who asked that her name not be used, said the talks had failed.",
    ],
)
def test_a_source_without_a_name_says_nothing_by_it(each_extractor, text):
    assert [claim.cue.text for claim in each_extractor.extract(text=text).claims] == ["said"]


def test_a_content_ends_where_its_source_goes_on_to_act(learned):
    text = "Kestrel said it would buy back $2 billion of shares and raised its full-year forecast."
    (claim,) = learned.extract(text=text).claims
    assert claim.content[-1].text == "it would buy back $2 billion of shares"


def test_agents_do_not_hold_what_they_accuse_of(each_extractor):
    (claim,) = each_extractor.extract(
        text="Kestrel has been accused by unions of spying on its staff."
    ).claims
    assert claim.source.span.text == "unions"
    assert [piece.text for piece in claim.content] == ["Kestrel", "of spying on its staff"]

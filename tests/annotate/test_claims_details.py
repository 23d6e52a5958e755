"""What a claim says beyond who, cue and content: polarity, hedges, medium, time, target, parent."""

import pytest

POLARITY = [
    ("Vera Dahl said the sample was clean.", "positive"),
    ("Vera Dahl said the sample was not clean.", "negative"),
    ("Vera Dahl said the sample wasn’t clean.", "negative"),
    ("Vera Dahl said that no sample was clean.", "negative"),
    ("Vera Dahl said nobody had cleaned the sample.", "negative"),
    ("Vera Dahl said the lab had never cleaned the sample.", "negative"),
    ("Vera Dahl said there were no samples left.", "negative"),
    ("“No sample was clean,” Vera Dahl said.", "negative"),
    ("“We did not clean the sample,” Vera Dahl said.", "negative"),
    # The polarity is the content's own, not the cue's.
    ("Vera Dahl denied that the sample had been cleaned.", "positive"),
    ("Vera Dahl denied cleaning the sample.", "positive"),
    # Only the main clause counts.
    ("Vera Dahl said the sample that nobody wanted was clean.", "positive"),
    ("Vera Dahl said the sample was not only clean but pure.", "positive"),
]


@pytest.mark.parametrize(("text", "polarity"), POLARITY)
def test_polarity(assert_claims, text, polarity):
    assert_claims(text, [{"polarity": polarity}])


def test_a_source_that_says_it_did_not_do_a_thing_denies_it(assert_claims):
    assert_claims(
        "“We did not clean the sample,” Vera Dahl said.", [{"act": "denial", "polarity": "negative"}]
    )
    assert_claims("Vera Dahl said the sample was not clean.", [{"act": "statement", "polarity": "negative"}])


HEDGES = [
    ("Vera Dahl said the sample was clean.", None),
    ("Vera Dahl said the sample may have been swapped.", "may have"),
    ("Vera Dahl said the sample might be clean.", "might"),
    ("Vera Dahl said the sample could be clean.", "could"),
    ("The sample had allegedly been swapped, Vera Dahl said.", "allegedly"),
    ("Vera Dahl said the sample was probably clean.", "probably"),
    ("Vera Dahl said the sample appeared to be clean.", "appeared"),
    ("“Perhaps the sample was swapped,” Vera Dahl said.", "Perhaps"),
    # May is a month, too.
    ("Vera Dahl said the sample was swapped in May.", None),
]


@pytest.mark.parametrize(("text", "hedge"), HEDGES)
def test_hedges(assert_claims, text, hedge):
    assert_claims(text, [{"hedge": hedge}])


MEDIA = [
    ("Vera Dahl said the sample was clean.", None),
    ("“The sample is clean,” Vera Dahl said in a statement.", "a statement"),
    ("In a statement, Vera Dahl said the sample was clean.", "a statement"),
    ("Vera Dahl said in a letter to parents that the sample was clean.", "a letter to parents"),
    ("“The sample is clean,” Vera Dahl wrote in a short email on Sunday.", "a short email"),
    ("Vera Dahl wrote on Twitter that the sample was clean.", "Twitter"),
    ("Vera Dahl told reporters at a news conference that the sample was clean.", "a news conference"),
    ("Vera Dahl said by phone that the sample was clean.", "phone"),
    # In the content it says nothing about where the claim was made.
    ("Vera Dahl said the sample was mentioned in a letter.", None),
    # A place is no medium.
    ("Vera Dahl said in the lab that the sample was clean.", None),
]


@pytest.mark.parametrize(("text", "medium"), MEDIA)
def test_media(assert_claims, text, medium):
    assert_claims(text, [{"medium": medium}])


SAID = [
    ("Vera Dahl said the sample was clean.", None),
    ("Vera Dahl said on Monday that the sample was clean.", "Monday"),
    ("“The sample is clean,” Vera Dahl said on Monday.", "Monday"),
    ("“The sample is clean,” Vera Dahl told reporters last week.", "last week"),
    ("On Monday, Vera Dahl said the sample was clean.", "Monday"),
    ("Vera Dahl told the court on 3 May that the sample was clean.", "3 May"),
    # When it happened, not when it was said.
    ("Vera Dahl said that the sample was swapped on Monday.", None),
    ("“It was swapped on Monday,” Vera Dahl said.", None),
]


@pytest.mark.parametrize(("text", "said"), SAID)
def test_when_it_was_said(assert_claims, text, said):
    assert_claims(text, [{"said": said}])


TARGETS = [
    # whom an accusation is aimed at
    (
        "Fishermen accused Nordhav Energy of poisoning the bay.",
        [{"target": "Nordhav Energy", "answers": None}],
    ),
    ("Fishermen blamed Nordhav Energy for the dead seals.", [{"target": "Nordhav Energy", "answers": None}]),
    # which claim a denial or dismissal answers
    (
        "Fishermen accused Nordhav Energy of poisoning the bay. Nordhav Energy denied the accusation.",
        [{"act": "accusation"}, {"act": "denial", "target": "Fishermen", "answers": "c1"}],
    ),
    (
        "Fishermen accused Nordhav Energy of poisoning the bay. Nordhav Energy denied it.",
        [{"act": "accusation"}, {"act": "denial", "target": "Fishermen", "answers": "c1"}],
    ),
    (
        "Fishermen said Nordhav had poisoned the bay. Nordhav denied that it had poisoned the bay.",
        [{"act": "statement"}, {"act": "denial", "target": "Fishermen", "answers": "c1"}],
    ),
    (
        "Fishermen said Nordhav Energy had poisoned the bay. Nordhav Energy dismissed the claim as nonsense.",
        [{"act": "statement"}, {"act": "dismissal", "target": "Fishermen", "answers": "c1"}],
    ),
    (
        "Nordhav Energy dismissed a report by Vera Dahl as nonsense.",
        [{"act": "dismissal", "target": "Vera Dahl", "answers": None}],
    ),
    # a denial of nobody's claim
    (
        "Nordhav Energy denied that it had poisoned the bay.",
        [{"act": "denial", "target": None, "answers": None}],
    ),
    # statements are aimed at nobody
    ("Nordhav Energy said Vera Dahl was wrong.", [{"act": "statement", "target": None, "answers": None}]),
]


@pytest.mark.parametrize(("text", "expected"), TARGETS)
def test_targets(assert_claims, text, expected):
    assert_claims(text, expected)


NESTED = [
    (
        "Vera Dahl said the guard had told her that the door was open.",
        [
            {
                "source": "Vera Dahl",
                "content": "the guard had told her that the door was open",
                "parent": None,
            },
            {"source": "the guard", "content": "that the door was open", "parent": "c1"},
        ],
    ),
    (
        "The report said that guards had warned that thieves would come.",
        [{"source": "The report", "parent": None}, {"source": "guards", "act": "warning", "parent": "c1"}],
    ),
    (
        "“He promised that the door would be locked,” Vera Dahl said.",
        [
            {"source": "Vera Dahl", "quotation": "direct", "parent": None},
            {"source": "He", "content": "that the door would be locked", "act": "commitment", "parent": "c1"},
        ],
    ),
    (
        "Vera Dahl said that the inquiry had found that guards believed the door was open.",
        [
            {"source": "Vera Dahl", "parent": None},
            {"source": "the inquiry", "act": "finding", "parent": "c1"},
            {"source": "guards", "act": "opinion", "parent": "c2"},
        ],
    ),
]


@pytest.mark.parametrize(("text", "expected"), NESTED)
def test_a_claim_inside_another_has_it_for_parent(assert_claims, text, expected):
    assert_claims(text, expected)


# Who would not say: never a claim.
NON_RESPONSES = [
    ("Omar Haddad declined to comment.", {"kind": "declined", "span": "declined to comment"}),
    ("Omar Haddad declined to comment on the lawsuit.", {"kind": "declined", "topic": "the lawsuit"}),
    ("Omar Haddad refused to discuss it.", {"kind": "declined", "span": "refused to discuss it"}),
    ("Omar Haddad would not comment on the lawsuit.", {"kind": "declined", "topic": "the lawsuit"}),
    ("Omar Haddad did not say whether he would go.", {"kind": "declined", "topic": "whether he would go"}),
    ("Omar Haddad could not be reached for comment.", {"kind": "unreachable", "topic": None}),
    ("Omar Haddad did not respond to a request for comment.", {"kind": "no_reply"}),
    ("Omar Haddad did not immediately reply to questions.", {"kind": "no_reply"}),
    pytest.param(
        "Omar Haddad had no comment.",
        {"kind": "declined", "span": "had no comment"},
        marks=pytest.mark.xfail(strict=True, reason='"no comment" as a noun is not found'),
    ),
]


@pytest.mark.parametrize(("text", "expected"), NON_RESPONSES)
def test_who_would_not_say(record_of, text, expected):
    record = record_of(text)
    assert record.claims == ()
    (silence,) = record.non_responses
    found = {"kind": silence.kind, "span": silence.span.text, "topic": silence.topic}
    assert {field: found[field] for field in expected} == expected
    assert record[silence.actor].name == "Omar Haddad"


ANSWERED = [
    "Omar Haddad responded to questions on Monday.",
    "The crew reached the summit.",
    "Omar Haddad declined the prize.",
]


@pytest.mark.parametrize("text", ANSWERED)
def test_who_did_something_else(record_of, text):
    assert record_of(text).non_responses == ()


def test_confidence_ranks_a_quotation_with_its_speaker_above_one_that_stands_alone(record_of):
    named, alone = (
        record_of(text).claims[0].confidence
        for text in (
            "“The bay is ours and it stays ours,” Vera Dahl said.",
            "“The bay is ours and it stays ours.”",
        )
    )
    assert 0 < alone < named <= 1

"""When a claim was made, and that its content does not hold the time of saying."""

import pytest

SAID = [
    ("The mayor said on Monday that the pool would close.", "Monday", ["that the pool would close"]),
    ("Its minister dismissed the account on Monday as “theatre”.", "Monday", ["the account", "as “theatre”"]),
    ("The ministry announced an inquiry on Monday.", "Monday", ["an inquiry"]),
    ("The bank cut its forecast on Monday and warned that jobs would go.", "Monday", ["that jobs would go"]),
    ("“No order was ignored,” she said in a statement on Sunday night.", "Sunday night", None),
    ("In a letter to parents last Friday he insisted that the roof was safe.", "last Friday", None),
    (
        "Giving evidence on Monday, Dr Ann Reed estimated that the fire had burned for an hour.",
        "Monday",
        None,
    ),
    ("A study by the centre, published in May, found that most wells were dry.", "May", None),
    ("An audit released in April found that the money was gone.", "April", None),
]


@pytest.mark.parametrize(("text", "said", "content"), SAID)
def test_when_it_was_said(each_extractor, text, said, content):
    record = each_extractor.extract(text=text, published="2024-05-14")
    claim = next(one for one in record.claims if one.said is not None)
    assert {date.id: date.text for date in record.dates}[claim.said] == said
    assert content is None or [piece.text for piece in claim.content] == content


def test_a_time_between_the_accused_and_what_they_did(learned):
    text = "The opposition accused the commission on Monday of hiding ballots."
    (claim,) = learned.extract(text=text, published="2024-05-14").claims
    assert [piece.text for piece in claim.content] == ["the commission", "of hiding ballots"]


@pytest.mark.parametrize(
    "text",
    [
        "The union announced a strike for Friday.",
        "The mayor said the pool would close on Monday.",
        "The trial opened on Monday, and the lawyer said that his client was ill.",
    ],
)
def test_other_dates_are_no_time_of_saying(each_extractor, text):
    record = each_extractor.extract(text=text, published="2024-05-14")
    assert record.claims
    assert [claim.said for claim in record.claims] == [None] * len(record.claims)


def test_a_day_still_to_come_stays_in_the_content(each_extractor):
    record = each_extractor.extract(
        text="The ministry announced an election on 9 June.", published="2024-05-14"
    )
    (claim,) = record.claims
    assert [piece.text for piece in claim.content] == ["an election on 9 June"]

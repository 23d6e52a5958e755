"""The page of a diff, as text: what stands on it, and that strangers' text stays text."""

import json

import pytest
from lxml import html

from onrecord.review import diff_records
from onrecord.view.page import diff_to_html


def changed(record, **claim):
    """The record with other fields in its second claim."""
    data = json.loads(record.model_dump_json())
    data["claims"][1].update(claim)
    return type(record).model_validate(data)


def parsed(*diffs, **paths):
    return html.document_fromstring(diff_to_html(diffs, **paths).encode("utf-8"))


def words(element):
    return " ".join(element.text_content().split())


def test_a_changed_field_stands_below_its_sentence(harbour):
    page = parsed(diff_records(harbour, changed(harbour, speech_act="denial")))
    (row,) = page.xpath("//li[@data-key]")
    assert row.get("data-class") == "changed"
    assert words(row.xpath(".//*[@class='path']")[0]) == "speech_act"
    assert [words(one) for one in row.xpath(".//del | .//ins")] == ["dismissal", "denial"]
    assert "dismissed" in words(row.xpath("ancestor::div[@class='group']/blockquote")[0])
    assert words(page.xpath("//h1")[0]) == "1 difference"


def test_lost_and_new_items_are_told_with_their_fields(harbour):
    without = harbour.model_copy(update={"figures": harbour.figures[:1], "claims": harbour.claims[:3]})
    lost = parsed(diff_records(harbour, without, only=("figures",)))
    (row,) = lost.xpath("//li[@data-key]")
    assert words(row.xpath(".//*[@class='name']")[0]) == "at least 40"
    assert lost.xpath("//mark[@class='old']")[0].text == "at least 40"
    new = parsed(diff_records(without, harbour, only=("figures",)))
    assert new.xpath("//li[@data-key]/@data-class") == ["added"]
    assert new.xpath("//mark[@class='new']")


def test_every_difference_has_the_key_that_decisions_name(harbour):
    diff = diff_records(
        harbour, changed(harbour, speech_act="denial", polarity="negative", medium="a letter")
    )
    page = parsed(diff)
    assert page.xpath("//li/@data-key") == [one.key for one in diff.differences]
    assert set(page.xpath("//li/@data-article")) == {"harbour"}


def test_the_paths_for_decisions_are_on_the_page(harbour):
    page = parsed(diff_records(harbour, changed(harbour, hedge="may")), old="gold/", new="a</script>.jsonl")
    assert json.loads(page.xpath("string(//script[@id='paths'])")) == {
        "old": "gold/",
        "new": "a</script>.jsonl",
    }


def test_the_same_on_both_sides(harbour):
    page = parsed(diff_records(harbour, harbour))
    assert "Both sides say the same." in words(page.xpath("//main")[0])
    assert not page.xpath("//li[@data-key]")


@pytest.mark.parametrize(
    "payload", ["<script>alert(1)</script>", "'\"><img src=x onerror=alert(1)>", "</style>\u202e"]
)
def test_hostile_text_stays_text(harbour, spoil, payload):
    page = parsed(diff_records(spoil(payload), spoil(payload + "!")))
    assert page.xpath("//li[@data-key]")
    assert not page.xpath("//img | //main//script | //@onerror | //@src")
    assert len(page.xpath("//style")) == 1
    assert "\u202e" not in page.text_content()

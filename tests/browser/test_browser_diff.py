"""The page of a diff in a browser: decisions, keyboard, filters, the file that `onrecord accept` takes."""

import json

import pytest
from selenium.webdriver.common.keys import Keys

from onrecord import cli
from onrecord.review import diff_records
from onrecord.review.decisions import read_decisions
from onrecord.review.gold import Gold
from onrecord.review.gold.files import diff_gold
from onrecord.view.page import diff_to_html


@pytest.fixture(scope="module")
def diffs(harbour, pier):
    """Two articles: a claim with three other fields, and a lost claim."""
    data = json.loads(harbour.model_dump_json())
    data["claims"][1].update(speech_act="denial", medium="a letter", hedge="may")
    shorter = pier.model_copy(update={"claims": pier.claims[:4]})
    return [diff_records(harbour, type(harbour).model_validate(data)), diff_records(pier, shorter)]


@pytest.fixture
def page(open_page, diffs):
    return open_page(diff_to_html(diffs, old="gold/", new="new.jsonl"))


def rows(page):
    return page.all(".difference")


def decisions(page):
    return [row.get_attribute("data-decision") or None for row in rows(page)]


def test_scripts_run_without_complaint(page, diffs):
    assert page.complaints() == []
    assert page.one("#decided").text == f"0 of {len(rows(page))} decided"
    assert len(rows(page)) == sum(len(diff.differences) for diff in diffs)


def test_buttons_decide(page):
    page.all(".difference [value=accept]")[0].click()
    page.all(".difference [value=reject]")[1].click()
    assert decisions(page)[:3] == ["accept", "reject", None]
    page.all(".difference [value=reject]")[0].click()
    assert decisions(page)[:3] == ["reject", "reject", None]
    assert page.one("#decided").text.startswith("2 of")


def test_keys_decide_and_go_on(page):
    assert len(page.all(".difference[tabindex='0']")) == 1
    page.script("arguments[0].focus()", rows(page)[0])
    page.press("a")
    page.press("r")
    page.press(Keys.ARROW_UP)
    page.press("u")
    assert decisions(page)[:3] == ["accept", None, None]
    assert page.focused == rows(page)[1].get_attribute("id")


def test_filters_and_deciding_all_that_is_shown(page):
    page.one("[name=class][value=removed]").click()
    page.settle()
    shown = [row for row in rows(page) if row.is_displayed()]
    assert shown
    assert {row.get_attribute("data-class") for row in shown} == {"removed"}
    assert not page.one("#d1").is_displayed()
    page.one("[data-all=accept]").click()
    assert decisions(page).count("accept") == len(shown)
    page.one("form [type=reset]").click()
    page.settle()
    page.one("[name=undecided]").click()
    page.settle()
    assert sum(row.is_displayed() for row in rows(page)) == len(rows(page)) - len(shown)


def saved(page, folder):
    """Press the button that saves decisions; give the file that comes of it."""
    allowed = {"behavior": "allow", "downloadPath": str(folder), "eventsEnabled": False}
    page.driver.execute_cdp_cmd("Browser.setDownloadBehavior", allowed)
    page.one("#save").click()
    path = folder / "decisions.json"
    page.eventually(path.is_file)
    return path


def test_decisions_are_saved_as_a_file(page, diffs, tmp_path):
    page.all(".difference [value=accept]")[0].click()
    page.all(".difference [value=reject]")[1].click()
    made = read_decisions(saved(page, tmp_path))
    first, second = diffs[0].differences[:2]
    assert (made.old, made.new) == ("gold/", "new.jsonl")
    assert [(one.article, one.key, one.accept) for one in made.decisions] == [
        ("harbour", first.key, True),
        ("harbour", second.key, False),
    ]
    assert page.one(".status").text.startswith("Saved as decisions.json")


def test_what_is_accepted_becomes_gold(open_page, harbour, tmp_path):
    gold, new = tmp_path / "harbour.yaml", tmp_path / "new.json"
    gold.write_text(Gold.of(harbour, "harbour.yaml").dump(), encoding="utf-8")
    data = json.loads(harbour.model_dump_json())
    data["claims"][1].update(speech_act="denial", medium="a letter")
    record = type(harbour).model_validate(data)
    new.write_text(record.model_dump_json(), encoding="utf-8")
    page = open_page(diff_to_html(diff_gold(gold, [record]), old=str(gold), new=str(new)))
    page.one("[data-all=accept]").click()
    with pytest.raises(SystemExit) as stopped:
        cli.main(["accept", str(saved(page, tmp_path))])
    assert not stopped.value.code
    assert [diff.differences for diff in diff_gold(gold, [record])] == [()]


def test_nothing_runs_out_of_the_window(open_page, diffs):
    page = open_page(diff_to_html(diffs), size=(320, 800))
    assert page.script("return document.scrollingElement.scrollWidth") <= 320

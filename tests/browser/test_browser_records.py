"""The page of records in a browser: search, filters, keyboard, linking, views, copying."""

import csv
import io
import json

import pytest
from selenium.webdriver import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from onrecord.view import to_cell, to_html
from onrecord.write import open_writer

FIRST = ["r1-c1", "r1-c2", "r1-c3", "r1-c4", "r1-c5"]
SECOND = [name.replace("r1", "r2") for name in FIRST]
MARKED = """return [...CSS.highlights.get("found")]
  .map(range => range.startContainer.data.slice(range.startOffset, range.endOffset))"""
VIEWS = ["articles", "sources", "disputes", "places", "dates"]


def test_scripts_run_without_complaint(two):
    assert two.complaints() == []
    assert two.one("#shown").text == "10 claims"


# ------------------------------------------------------------------ search and filters


def test_search_finds_claims_and_marks_words_in_the_text(two):
    two.search("SEABIRDS")
    assert two.shown(".card") == ["r1-c4", "r1-c5", "r2-c4", "r2-c5"]
    assert two.one("#shown").text == "4 of 10 claims, 2 in the text"
    assert two.script(MARKED) == ["seabirds"] * 2
    two.search("")
    assert two.shown(".card") == FIRST + SECOND
    assert two.script("return CSS.highlights.has('found')") is False


def test_search_runs_through_marks_and_leaves_numbers_out(two):
    two.search("that at least 40 seabirds died")
    assert two.one("#shown").text.endswith("2 in the text")


def test_a_search_without_a_match_says_so(two):
    two.search("no such words")
    assert two.shown(".card, .record") == []
    assert two.one(".nothing").is_displayed()
    two.one(".nothing button").click()
    two.settle()
    assert two.shown(".card") == FIRST + SECOND


def test_filter_by_speech_act(two):
    two.one("[name=act][value=denial]").click()
    two.settle()
    assert two.shown(".card") == ["r1-c1", "r2-c1"]
    two.one("[name=act][value=dismissal]").click()
    two.settle()
    assert two.shown(".card") == ["r1-c1", "r1-c2", "r2-c1", "r2-c2"]


def test_filter_by_confidence_hides_what_has_none_left(two):
    two.choose("#confidence", "50")
    assert two.shown(".card") == [*FIRST, "r2-c1", "r2-c2", "r2-c4", "r2-c5"]
    assert two.one("#least").text == "50%"


def test_filter_by_source_holds_in_every_view(two):
    two.choose("#source", two.one("#r1-c4").get_attribute("data-source"))
    assert two.shown(".card") == ["r1-c4", "r2-c4"]
    two.one(".views [href='#sources']").click()
    groups = [
        one.find_element(By.CSS_SELECTOR, ".name").text for one in two.all(".group") if one.is_displayed()
    ]
    assert groups == ["Clearwater Watch"]
    two.one(".filters .reset").click()
    two.settle()
    assert len([one for one in two.all("#sources .group") if one.is_displayed()]) > 3


# ------------------------------------------------------------------ text and claims


def test_pointing_at_a_card_lights_its_words_and_number(two):
    ActionChains(two.driver).move_to_element(two.one("#r1-c4 .said")).perform()
    assert all("lit" in one.get_attribute("class") for one in two.all("#r1 .text .r1-c4"))
    assert "lit" in two.one("#r1-c4-text").get_attribute("class")
    assert not two.all(".text .r1-c1.lit")


def test_words_of_two_claims_light_both_cards(two):
    ActionChains(two.driver).move_to_element(two.one("#r1 .text .r1-c4.r1-c5.figure")).perform()
    assert two.shown(".card.lit") == ["r1-c4", "r1-c5"]


def test_nested_claims_have_a_line_each_where_they_run(two):
    lines = "return getComputedStyle(arguments[0]).backgroundImage.split('linear-gradient').length - 1"
    outer = two.one("#r1 .text .content.r1-c4:not(.r1-c5, .actor, .figure, .date)")
    inner = two.one("#r1 .text .lane0-asserts.lane1-asserts:not(.actor, .figure, .date)")
    assert (two.script(lines, outer), two.script(lines, inner)) == (1, 2)


def test_a_number_leads_to_its_claim_and_back(two):
    two.one("#r1-c3-text").click()
    assert two.focused == "r1-c3"
    assert "chosen" in two.one("#r1-c3").get_attribute("class")
    two.one("#r1-c3 .number").click()
    assert two.focused == "r1-c3-text"


def test_clicking_words_chooses_the_innermost_claim(two):
    two.one("#r1 .text .r1-c4.r1-c5.figure").click()
    assert two.shown(".card.chosen") == ["r1-c5"]


def test_claims_by_keyboard(two):
    assert len(two.all("#r1 .cards [tabindex='0']")) == 1
    two.one("#r1-c1-text").click()
    two.press(Keys.ARROW_DOWN)
    two.press(Keys.ARROW_DOWN)
    assert two.focused == "r1-c3"
    assert two.one("#r1-c3").accessible_name.startswith(
        "3, statement, its spokeswoman, Dana Whitlock, “No fuel"
    )
    assert all("lit" in one.get_attribute("class") for one in two.all("#r1 .text .r1-c3"))
    two.press(Keys.END)
    assert two.focused == "r1-c5"
    two.press(Keys.HOME)
    two.press(Keys.ARROW_UP)
    assert two.focused == "r1-c1"
    two.press(Keys.ENTER)
    assert two.focused == "r1-c1-text"
    two.press(Keys.ENTER)
    assert two.focused == "r1-c1"


def test_arrows_pass_over_what_a_filter_hides(two):
    two.search("seabirds")
    two.one("#r1-c4-text").click()
    two.press(Keys.ARROW_DOWN)
    assert two.focused == "r1-c5"
    two.press(Keys.ARROW_DOWN)
    assert two.focused == "r1-c5"


def test_a_list_keeps_its_tab_stop_when_a_filter_hides_it(two):
    two.choose("#source", two.one("#r1-c4").get_attribute("data-source"))
    assert two.shown(".card[tabindex='0']") == ["r1-c4", "r2-c4"]


def test_the_first_tab_skips_to_the_text(two):
    two.one("body").send_keys(Keys.TAB)
    two.press(Keys.ENTER)
    assert two.focused == "main"


# ------------------------------------------------------------------ views


def test_one_view_at_a_time(two):
    for view in VIEWS:
        two.one(f".views [href='#{view}']").click()
        assert two.shown(".view") == [view]
        assert two.one(".views [aria-current]").get_attribute("hash") == f"#{view}"
        assert two.focused == view
    two.driver.back()
    two.settle()
    assert two.shown(".view") == ["places"]


def test_a_line_of_another_view_leads_to_its_card(two):
    two.one(".views [href='#dates']").click()
    two.one("#dates .line a[href='#r2-c4']").click()
    assert two.shown(".view") == ["articles"]
    assert two.focused == "r2-c4"


def test_a_marker_opens_its_place(two):
    two.one(".views [href='#places']").click()
    two.one(".marker").send_keys(Keys.ENTER)
    assert two.one(f"#{two.focused}.group").get_attribute("open")
    two.one(f"#{two.focused} [href='#r2-p1']").click()
    assert two.focused == "r2-p1"


def test_marks_can_be_put_out(two):
    tint = "return getComputedStyle(arguments[0]).getPropertyValue('--upper').trim()"
    date = two.one("#r1 .text .date:not(.actor, .figure, .place)")
    assert two.script(tint, date) != "none"
    two.one("[name=mark][value=date]").click()
    two.settle()
    assert two.script(tint, date) == "none"


def test_light_and_dark(open_page, harbour):
    paper = "return getComputedStyle(document.body).backgroundColor"
    light, dark = (open_page(to_html([harbour]), dark=one).script(paper) for one in (False, True))
    assert light != dark
    page = open_page(to_html([harbour]))
    page.one(".theme").click()
    assert page.script(paper) == dark


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_nothing_runs_out_of_the_window(open_page, harbour, pier, width):
    page = open_page(to_html([harbour, pier]), size=(width, 800))
    for view in VIEWS:
        page.one(f".views [href='#{view}']").click()
        assert page.script("return document.scrollingElement.scrollWidth") <= width
    assert page.one(".panel details").get_attribute("open") == ("true" if width >= 1024 else None)


# ------------------------------------------------------------------ copying


def copied(page, form):
    page.driver.execute_cdp_cmd(
        "Browser.grantPermissions", {"permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"]}
    )
    page.one(f"[data-copy={form}]").click()
    page.settle()
    read = "navigator.clipboard.readText().then(arguments[0], error => arguments[0](String(error)))"
    return page.driver.execute_async_script(read)


def test_copied_csv_is_what_the_writer_writes(two, harbour, pier, tmp_path):
    with open_writer(tmp_path / "claims.csv") as writer:
        writer.write(harbour)
        writer.write(pier)
    expected = (tmp_path / "claims.csv").read_bytes().decode()
    got = list(csv.reader(io.StringIO(copied(two, "csv"), newline="")))
    wanted = list(csv.reader(io.StringIO(expected, newline="")))
    at = wanted[0].index("confidence")
    for row in (*got[1:], *wanted[1:]):
        row[at] = float(row[at])
    assert got == wanted
    assert two.one(".status").text == "Copied 10 claims as CSV"


def test_only_what_is_shown_is_copied(two, pier, harbour):
    two.search("seabirds")
    rows = [row for record in (harbour, pier) for row in record.to_rows() if row["claim_id"] in ("c4", "c5")]
    assert json.loads(copied(two, "json")) == rows


# ------------------------------------------------------------------ in a notebook


def test_links_work_in_the_frame_of_a_notebook(open_page, harbour):
    page = open_page(f"<!doctype html><title>Notebook</title>{to_cell(harbour)}")
    page.driver.switch_to.frame(page.one("iframe"))
    page.one("#r1-c2-text").click()
    assert page.focused == "r1-c2"
    page.one(".views [href='#dates']").click()
    assert page.shown(".view") == ["dates"]
    page.driver.switch_to.default_content()
    assert page.complaints() == []

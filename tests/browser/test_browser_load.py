"""Two thousand claims on a page: what is out of sight is not laid out, and filters stay exact."""

import pytest

from onrecord.records import Article, ArticleRecord
from onrecord.view import to_html

SENTENCE = "Warden {} said that {} boats were tied up at berth {}.\n"
CLAIMS = 2_000


@pytest.fixture(scope="module")
def many():
    """One article of 2,000 claims, each by a source of its own, every tenth a denial."""
    text, actors, claims = "", [], []
    for number in range(CLAIMS):
        sentence = SENTENCE.format(number, number % 97, number % 13)
        at = len(text)
        name, content = f"Warden {number}", sentence[sentence.index("that") : -2]
        source = {"start": at, "end": at + len(name), "text": name}
        start = at + sentence.index("that")
        actors.append(
            {"id": f"a{number}", "name": name, "type": "person", "mentions": [{**source, "kind": "name"}]}
        )
        claims.append(
            {
                "id": f"c{number}",
                "quotation": "indirect",
                "speech_act": "denial" if number % 10 == 0 else "statement",
                "source": {"actor": f"a{number}", "span": source},
                "content": [{"start": start, "end": start + len(content), "text": content}],
                "confidence": number / CLAIMS,
            }
        )
        text += sentence
    return ArticleRecord(article=Article.of(text, title="Boats"), actors=actors, claims=claims)


RENDERED = """return [...document.querySelectorAll(arguments[0])]
  .filter(one => one.checkVisibility({contentVisibilityAuto: true})).length"""


def test_only_what_is_in_sight_is_laid_out(open_page, many):
    page = open_page(to_html([many]))
    assert page.one("#shown").text == "2000 claims"
    assert 0 < page.script(RENDERED, ".card .said") < CLAIMS / 20


def test_few_boxes_are_watched_for_being_in_sight(open_page, many):
    """With one to each card or paragraph, hiding many takes seconds and scrolling drops frames."""
    page = open_page(to_html([many]))
    watched = """return [...document.querySelectorAll("main *")]
      .filter(one => getComputedStyle(one).contentVisibility === "auto").length"""
    assert 0 < page.script(watched) < CLAIMS / 10
    assert ":has(" not in page.script("return document.querySelector('style').textContent")


def test_articles_out_of_sight_are_not_laid_out(open_page, harbour):
    page = open_page(to_html([harbour] * 40))
    assert 0 < page.script(RENDERED, ".text p") < 20 * len(harbour.article.text.splitlines())


def test_filters_are_exact(open_page, many):
    page = open_page(to_html([many]))
    page.search("berth 12")
    expected = sum(number % 13 == 12 for number in range(CLAIMS))
    assert page.one("#shown").text == f"{expected} of 2000 claims, {expected} in the text"
    page.one("[name=act][value=denial]").click()
    page.choose("#confidence", "50")
    expected = [n for n in range(1_000, CLAIMS, 10) if n % 13 == 12]
    shown = page.script("return [...document.querySelectorAll('.card:not([hidden])')].map(one => one.id)")
    assert shown == [f"r1-c{number + 1}" for number in expected]


def test_a_claim_far_down_is_brought_into_sight(open_page, many):
    page = open_page(to_html([many]))
    page.script("document.querySelector('#r1-c1990-text').click()")
    page.settle()
    assert page.focused == "r1-c1990"
    box = page.script("return arguments[0].getBoundingClientRect().toJSON()", page.one("#r1-c1990"))
    assert 0 <= box["top"] < page.script("return innerHeight")

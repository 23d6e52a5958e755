"""Whole pages as newsrooms publish them: what is the article, and what is around it."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord.read import article_from_html
from onrecord.records import Article, Failure

HERE = Path(__file__).parent

PAGES = {
    "harbour": (  # JSON-LD graph with another article's node, cookie text, share bar, comments, a table
        "Dockers end nine-day strike as union hails pay deal",
        ("Aoife Brennan", "Tomé O’Kafor"),
        "2021-03-09T14:05:00+00:00",
        "The Harbour Times",
        "https://www.harbourtimes.example/news/2021/mar/09/dockers-end-strike",
    ),
    "wordpress": (  # two h1 elements: the masthead and the headline; meta elements, no JSON-LD
        "Clinic closures leave county without a maternity ward",
        ("Dana Whitehorse",),
        "2022-10-17T11:30:12+00:00",
        "Prairie Ledger",
        "https://prairieledger.example/2022/10/clinic-closures/",
    ),
    "breaks": (  # a table layout with line breaks, declared iso-8859-1 but windows-1252
        "Flood waters recede in the valley",
        (),
        "2003-06-04",
        None,
        None,
    ),
    "brief": (  # two sentences under a long menu
        "Two held after warehouse fire",
        ("Metro Daily Staff",),
        "2019-08-02",
        "Metro Daily",
        None,
    ),
    "components": (  # minified, unquoted attributes, hashed classes, no article element
        "Judge strikes down river permit",
        (),
        "2023-05-11T22:47:03.120Z",
        "Northern Wire",
        None,
    ),
    "malformed": (  # broken JSON-LD, end tags missing, crossed or too many, bare < and &
        "Council votes to keep library open",
        ("Rhys Pugh",),
        "2016-01-14T17:20:00+00:00",
        None,
        None,
    ),
}


def read(name: str) -> Article:
    article = article_from_html((HERE / "pages" / f"{name}.html").read_bytes())
    assert isinstance(article, Article), article
    return article


@pytest.mark.parametrize("name", PAGES)
def test_text_is_the_headline_and_the_articles_own_paragraphs(name: str) -> None:
    expected = (HERE / "expected" / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    assert read(name).text.split("\n") == expected


@pytest.mark.parametrize("name", PAGES)
def test_metadata(name: str) -> None:
    article = read(name)
    assert (article.title, article.byline, article.published, article.site, article.url) == PAGES[name]
    assert article.language == "en"


def test_a_page_that_only_calls_itself_english_is_not() -> None:
    failure = article_from_html((HERE / "pages" / "german.html").read_bytes(), "https://hafen.example/streik")
    assert isinstance(failure, Failure)
    assert (failure.code, failure.input) == ("not_english", "https://hafen.example/streik")


@pytest.mark.parametrize("share", [0.35, 0.5, 0.65, 0.8])
@pytest.mark.parametrize("name", ["harbour", "wordpress", "breaks", "components"])
def test_a_page_cut_anywhere_is_no_shorter_article(name: str, share: float) -> None:
    raw = (HERE / "pages" / f"{name}.html").read_bytes()
    outcome = article_from_html(raw[: int(len(raw) * share)])
    whole = read(name).text
    # Cut behind the article it may be whole; never may part of it pass for all of it.
    assert isinstance(outcome, Failure) or outcome.text == whole
    if isinstance(outcome, Failure):
        assert outcome.code == "truncated"

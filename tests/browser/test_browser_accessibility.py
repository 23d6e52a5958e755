"""axe-core (its npm package, at test time only) finds nothing to complain of, in any view, light or dark.

    npm install --prefix out/axe axe-core@4.14.1

AXE names its script where it lies elsewhere.
"""

import os
from pathlib import Path

import pytest

from onrecord.records.across import ArchiveDispute, ArchiveSide, ArticleReference, Statement
from onrecord.review import diff_records
from onrecord.view import to_html
from onrecord.view.page import archive_disputes_to_html, diff_to_html

HERE = Path(__file__).parents[2] / "out/axe/node_modules/axe-core/axe.min.js"
AXE = Path(os.environ.get("AXE", HERE))
RUN = """
const done = arguments[0];
axe.run(document, {resultTypes: ["violations"]}).then(
  found => done(found.violations.map(one => `${one.id}: ${one.nodes.map(node => node.html).join(" | ")}`)),
  error => done([String(error)]));
"""


@pytest.fixture(scope="session")
def axe(missing):
    if not AXE.is_file():
        missing(f"no axe-core at {AXE} (npm install --prefix out/axe axe-core@4.14.1)")
    return AXE.read_text(encoding="utf-8")


def violations(page, axe):
    page.script(f"{axe}; self.axe = axe")
    return page.driver.execute_async_script(RUN)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("view", ["articles", "sources", "disputes", "places", "dates"])
def test_views_of_records(open_page, harbour, pier, axe, view, width, dark):
    page = open_page(to_html([harbour, pier]), size=(width, 900), dark=dark)
    page.one(f".views [href='#{view}']").click()
    page.script("for (const one of document.querySelectorAll('details')) one.open = true")
    page.settle()
    assert violations(page, axe) == []


def test_one_article(open_page, harbour, axe):
    page = open_page(to_html([harbour]))
    page.one("#r1-c4-text").click()
    assert violations(page, axe) == []


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_a_diff(open_page, harbour, pier, axe, dark):
    fewer = harbour.model_copy(update={"claims": harbour.claims[:3], "disputes": ()})
    diffs = [diff_records(harbour, fewer), diff_records(fewer, harbour)]
    page = open_page(diff_to_html(diffs, old="old.jsonl", new="new.jsonl"), dark=dark)
    page.one("[data-all=accept]").click()
    assert violations(page, axe) == []


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_disputes_across_articles(open_page, axe, width, dark):
    article = ArticleReference(article_id="pier", position=0, url="https://news.example/pier")
    said = Statement(claim="c1", speech_act="finding", sources=("Watch",), content="40", articles=(article,))
    denied = said.model_copy(update={"speech_act": "denial", "sources": ("Board", "Port")})
    sides = (
        ArchiveSide(stance="asserts", figure="40 birds", statements=(said,)),
        ArchiveSide(stance="denies", statements=(denied,)),
    )
    dispute = ArchiveDispute(id="m1", matter="number of birds (dead)", score=0.8, sides=sides)
    page = open_page(archive_disputes_to_html([dispute]), size=(width, 900), dark=dark)
    assert violations(page, axe) == []

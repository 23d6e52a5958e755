"""Disputes across articles, in the terminal and as a page, whatever articles hold."""

import io

import pytest
from lxml import html
from rich.console import Console

from onrecord.records.across import ArchiveDispute, ArchiveSide, ArticleReference, Statement
from onrecord.view.across_text import render_archive_disputes
from onrecord.view.page import archive_disputes_to_html

HOSTILE = "</blockquote><script>alert(1)</script>\x1b[2J\u202e{{ 7 * 7 }}\x00"


def dispute(text, url=None):
    article = ArticleReference(
        article_id=text, position=0, title=text, site=text, url=url, published=text, copies=2
    )
    other = ArticleReference(article_id="b", position=1)
    statement = Statement(
        claim="c1", speech_act="estimate", sources=(text, text), content=text, articles=(article, other)
    )
    denial = Statement(
        claim="c2", speech_act="denial", sources=("Ana Ruiz",), content=text, articles=(other,)
    )
    sides = (
        ArchiveSide(stance="asserts", figure=text, statements=(statement,)),
        ArchiveSide(stance="denies", statements=(denial,)),
    )
    return ArchiveDispute(id="m1", matter=text, score=0.789, sides=sides)


def page_of(*disputes):
    return html.document_fromstring(archive_disputes_to_html(disputes).encode("utf-8"))


def shown(*disputes, width=100):
    console = Console(file=io.StringIO(), width=width, markup=False, highlight=False)
    render_archive_disputes(list(disputes), console)
    return console.file.getvalue()


def test_the_page_has_every_statement_under_its_side():
    (section,) = page_of(dispute("oil in the bay")).xpath("//section")
    assert section.xpath("string(h2)") == "oil in the bay"
    assert [side.text_content() for side in section.xpath(".//h3")] == ["asserts: oil in the bay", "denies"]
    acts = [one.text_content() for one in section.xpath(".//*[@class='act']")]
    assert acts == ["estimate", "denial"]
    assert "2 copies" in section.text_content()
    assert "one matter: 78%2 articles" in section.xpath("string(p[@class='facts'])")


def test_every_link_within_the_page_leads_somewhere():
    page = page_of(dispute("one"), dispute("two"))
    identifiers = page.xpath("//@id")
    assert len(set(identifiers)) == len(identifiers)
    assert {href[1:] for href in page.xpath("//@href")} <= set(identifiers)
    assert set(page.xpath("//@aria-labelledby")) <= set(identifiers)


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "//evil.example", "http://[", None]
)
def test_hostile_text_stays_text(url):
    page = page_of(dispute(HOSTILE, url))
    assert not [script for script in page.xpath("//script") if "alert" in script.text_content()]
    assert not page.xpath("//section//a")
    assert "{{ 7 * 7 }}" in page.xpath("string(//h2)")
    assert not set("\x1b\u202e\x00") & set(html.tostring(page, encoding="unicode"))


def test_an_address_on_the_web_is_a_link():
    page = page_of(dispute("oil", "https://news.example/oil"))
    assert page.xpath("//section//a/@href") == ["https://news.example/oil"]


@pytest.mark.parametrize("width", [40, 100])
def test_the_table_keeps_within_the_terminal(width):
    table = shown(dispute("oil in the bay"), dispute(HOSTILE), width=width)
    assert all(len(line) <= width for line in table.splitlines())
    assert not set("\x1b\u202e\x00") & set(table)


def test_the_table_names_all_who_say_it_and_where():
    table = shown(dispute("oil"), width=200)
    for words in ("oil + oil", "asserts: oil", "denies", "Ana Ruiz", "2 copies"):
        assert words in table


def test_no_disputes_are_told_as_such():
    assert shown() == "no two articles contradict one another\n"
    assert "No two articles contradict one another." in page_of().text_content()

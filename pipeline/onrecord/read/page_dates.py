"""When was this page's article published? The places where pages say so, in the order of their worth."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree, html

from onrecord.read.jsonld import clean_string
from onrecord.read.lines import visible_text
from onrecord.read.published import page_date, url_date

_PUBLISHED_NAMES = (
    "article:published_time",
    "og:article:published_time",
    "article:published",
    "datepublished",
    "date_published",
    "publishdate",
    "publish-date",
    "publish_date",
    "published-date",
    "publication_date",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "pubdate",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dc.date",
    "article.published",
    "originalpublicationdate",
    "date",
)
_PARSELY = re.compile(r'"pub_date":\s*"([^"]{4,40})"')
_DATE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:date|dateline|datetime|timestamp|time|publi\w*|pubdate|posted|byline|meta)", re.I
)
_CHANGED = re.compile(r"updat|modif|edit|revis|current|today", re.I)
_SHORT = 100
_PROSE_WORDS = 25
_BEFORE_HEADLINE = 12
_AFTER_HEADLINE = 60


def publication_date(
    tree: html.HtmlElement, node: dict[str, Any], metas: dict[str, str], url: str | None
) -> str | None:
    """Return when the article was published, as ISO date or datetime, or None: no date is guessed.

    In this order: `datePublished` of the article's JSON-LD (`node`); the meta elements; microdata;
    a `time` element by the headline; the date in the URL; a date with its month in letters by the
    headline, in an element that is marked as the date or byline. What is marked as the time of a
    change does not count, nor does a date elsewhere: mastheads show today's, comments their own.
    """
    for candidate in _stated(tree, node, metas):
        if candidate and (date := page_date(candidate)):
            return date
    near = list(_by_headline(tree))
    for item in near:
        is_time = item.tag == "time" and not _CHANGED.search(_marks(item))
        if is_time and (date := page_date(item.get("datetime", ""))):
            return date
    if url and (date := url_date(url)):
        return date
    for item in near:
        is_date = item.tag == "time" or _DATE_CLASS.search(f"{item.get('class', '')} {item.get('id', '')}")
        if not is_date or _CHANGED.search(_marks(item)):
            continue
        text = visible_text(item)
        if len(text) <= _SHORT and (date := page_date(text)):
            return date
    return None


def _stated(tree: html.HtmlElement, node: dict[str, Any], metas: dict[str, str]) -> Iterator[str | None]:
    yield clean_string(node.get("datePublished"))
    for name in _PUBLISHED_NAMES:
        yield metas.get(name)
    parsely = _PARSELY.search(metas.get("parsely-page", ""))
    yield parsely[1] if parsely else None
    for item in tree.iterfind('.//*[@itemprop="datePublished"]'):
        yield item.get("content") or item.get("datetime") or visible_text(item)
    for item in tree.iterfind(".//time[@pubdate]"):
        yield item.get("datetime")


def _by_headline(tree: html.HtmlElement) -> Iterator[html.HtmlElement]:
    """Yield the elements around the last h1, up to the first long paragraph after it."""
    elements = [node for node in tree.iter(etree.Element) if isinstance(node.tag, str)]
    places = [place for place, node in enumerate(elements) if node.tag == "h1"]
    if not places:
        return
    headline = places[-1]
    around = _surroundings(elements[headline])
    for place in range(max(headline - _BEFORE_HEADLINE, 0), min(headline + _AFTER_HEADLINE, len(elements))):
        node = elements[place]
        if place > headline and node.tag == "p" and len(visible_text(node).split()) >= _PROSE_WORDS:
            return
        # What stands before the headline is the masthead's unless it is in the article with it.
        if not _is_furniture(node) and (place > headline or around in node.iterancestors()):
            yield node


def _surroundings(headline: html.HtmlElement) -> html.HtmlElement | None:
    """Return the article, main part or header that the headline is in, else its block; None for the body."""
    found = next(headline.iterancestors("article", "main", "header"), headline.getparent())
    return None if found is None or found.tag in ("body", "html") else found


def _is_furniture(node: html.HtmlElement) -> bool:
    around = [node, *node.iterancestors()]
    tags = {item.tag for item in around}
    return not tags.isdisjoint({"nav", "aside", "footer"}) or (
        "header" in tags and tags.isdisjoint({"article", "main"})
    )


def _marks(item: html.HtmlElement) -> str:
    """Return the words that mark what an element is: its own, its parent's, and how their text begins."""
    parent = item.getparent()
    around = [item] if parent is None else [item, parent]
    marks = [node.get(name, "") for node in around for name in ("class", "id", "itemprop", "data-testid")]
    return " ".join([*marks, *((node.text or "")[-_SHORT:] for node in around)])

"""When was this page's article published? The places where pages say so, in the order of their worth."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import chain
from typing import Any, NamedTuple

from lxml import etree, html

from onrecord.read.jsonld import clean_string
from onrecord.read.lines import visible_text
from onrecord.read.outcome import Publication
from onrecord.read.published import page_date, url_date

# Meta elements by what they state: the time of publication, or a time of the page.
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
    "article.published",
    "originalpublicationdate",
)
_DATE_NAMES = ("dcterms.created", "dc.date", "date")
_CHANGE_NAMES = ("article:modified_time", "og:updated_time", "last-modified", "lastmod", "dcterms.modified")
_PARSELY = re.compile(r'"pub_date":\s*"([^"]{4,40})"')
_DATE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:date|dateline|datetime|timestamp|time|publi\w*|pubdate|posted|byline|meta)", re.I
)
_CHANGED = re.compile(r"updat|modif|edit|revis|current|today", re.I)
_DAY = timedelta(days=1)
_SHORT = 100
_PROSE_WORDS = 25
_BEFORE_HEADLINE = 12
_AFTER_HEADLINE = 60


class _Statement(NamedTuple):
    place: str
    value: str


def publication_date(
    tree: html.HtmlElement,
    node: dict[str, Any],
    metas: dict[str, str],
    url: str | None,
    captured: str | None = None,
) -> Publication:
    """Return when the article was published, or why that is not known: no date is guessed.

    First count `datePublished` of the article's JSON-LD (`node`) and the meta elements that name the
    time of publication; where two of them lie more than a day apart, none counts. Then, the first of:
    microdata; meta elements that just say "date"; a `time` element by the headline; the date in the
    URL; a date with its month in letters by the headline, in an element that is marked as the date or
    byline. What is marked as the time of a change does not count, nor does a date elsewhere: mastheads
    show today's, comments their own. A date after the page was `captured` (an ISO date; else today)
    is none.
    """
    latest = _day(captured or "") or datetime.now(UTC).date()
    doubts: list[str] = []
    named = list(_dates(_named(node, metas), latest, doubts))
    for place, value in named[1:]:
        if _are_apart(named[0].value, value):
            both = f"{named[0].value} ({named[0].place}) and {value} ({place})"
            return Publication(None, reason=f"two dates are stated: {both}")
    near = list(_by_headline(tree))
    for place, value in chain(named, _dates(_other(tree, metas, url, near), latest, doubts)):
        return Publication(value, place)
    if not doubts and (node.get("dateModified") or any(name in metas for name in _CHANGE_NAMES)):
        doubts.append("only the time of a change is stated")
    return Publication(None, reason=doubts[0] if doubts else "the page states none")


def _dates(statements: Iterable[_Statement], latest: date, doubts: list[str]) -> Iterator[_Statement]:
    """Yield the statements that are dates, in ISO form; what is doubtful in the others is added to doubts."""
    for place, value in statements:
        iso = page_date(value)
        day = _day(iso) if iso else None
        if iso is None or day is None:
            doubts.append(f"{value[:_SHORT]!r} ({place}) is no certain day")
        elif day > latest + _DAY:  # a day, because it may be tomorrow already where it is said
            doubts.append(f"{iso} ({place}) lies in the future")
        else:
            yield _Statement(place, iso)


def _named(node: dict[str, Any], metas: dict[str, str]) -> Iterator[_Statement]:
    if value := clean_string(node.get("datePublished")):
        yield _Statement("JSON-LD datePublished", value)
    yield from (_Statement(f"meta {name}", metas[name]) for name in _PUBLISHED_NAMES if name in metas)
    if parsely := _PARSELY.search(metas.get("parsely-page", "")):
        yield _Statement("meta parsely-page", parsely[1])


def _other(
    tree: html.HtmlElement, metas: dict[str, str], url: str | None, near: list[html.HtmlElement]
) -> Iterator[_Statement]:
    for item in tree.iterfind('.//*[@itemprop="datePublished"]'):
        yield _Statement(
            "microdata datePublished", item.get("content") or item.get("datetime") or visible_text(item)
        )
    for item in tree.iterfind(".//time[@pubdate]"):
        yield _Statement("time element", item.get("datetime", ""))
    yield from (_Statement(f"meta {name}", metas[name]) for name in _DATE_NAMES if name in metas)
    for item in near:
        if item.tag == "time" and item.get("datetime") and not _CHANGED.search(_marks(item)):
            yield _Statement("time element", item.get("datetime"))
    if url and (day := url_date(url)):
        yield _Statement("URL", day)
    for item in near:
        is_date = item.tag == "time" or _DATE_CLASS.search(f"{item.get('class', '')} {item.get('id', '')}")
        if is_date and not _CHANGED.search(_marks(item)):
            text = visible_text(item)
            if len(text) <= _SHORT and re.search(r"\d", text):
                yield _Statement("text by the headline", text)


def _day(iso: str) -> date | None:
    try:
        moment = datetime.fromisoformat(iso)
        return (moment.astimezone(UTC) if moment.tzinfo else moment).date()
    except (ValueError, OverflowError):
        return None


def _are_apart(one: str, other: str) -> bool:
    """Tell whether two dates are more than a day apart: two moments with time zones, else two days."""
    moments = (datetime.fromisoformat(one), datetime.fromisoformat(other))
    if moments[0].tzinfo and moments[1].tzinfo:
        return abs(moments[0] - moments[1]) > _DAY
    return abs(moments[0].date() - moments[1].date()) > _DAY


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

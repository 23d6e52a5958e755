"""What a page says about its article: headline, byline, dates, site and language.

Publishers state these as schema.org JSON-LD for search engines, and keep that right; so JSON-LD
comes first, then the meta elements, then what is visible.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

from lxml import html
from trafilatura.metadata import extract_metadata

from onrecord.read.jsonld import article_node, clean_string, names
from onrecord.read.lines import bare, visible_text
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
_DATE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:date|dateline|datetime|timestamp|time|published|pubdate|posted|byline)", re.I
)
_CHANGED = re.compile(r"updat|modif|edit|revis", re.I)
_VISIBLE_DATES = 40
_SHORT = 100
_SAME_HEADLINE = 15


@dataclass(frozen=True, slots=True)
class PageMetadata:
    """What one page says about its article; None or empty where it says nothing."""

    title: str | None
    url: str | None
    site: str | None
    byline: tuple[str, ...]
    published: str | None
    language: str | None


def page_metadata(tree: html.HtmlElement, url: str | None) -> PageMetadata:
    """Read the metadata of a parsed page; `url` is where it was found, if known."""
    metas = _metas(tree)
    headings = [visible_text(node) for node in tree.iter("h1")]
    title_element = tree.find(".//title")
    titles = [metas.get("og:title"), metas.get("twitter:title")]
    if title_element is not None:
        titles.append(visible_text(title_element))
    node = article_node(tree, [*headings, *filter(None, titles)])
    found_url = url or _url(tree, metas)
    publisher = names(node.get("publisher"))
    site = metas.get("og:site_name") or (publisher[0] if publisher else None)
    title = _title(headings, [clean_string(node.get("headline")), *titles], site)
    byline = tuple(dict.fromkeys(name for name in names(node.get("author")) if name != site))
    if not (title and site and byline):
        # trafilatura knows many sites' markup; the date is not its business here, so its search is off.
        known = extract_metadata(tree, found_url, {"extensive_search": False, "max_date": "2100-01-01"})
        title = title or known.title
        site = site or known.sitename
        byline = byline or tuple(filter(None, (known.author or "").split("; ")))
    return PageMetadata(
        title=title,
        url=found_url,
        site=site,
        byline=byline,
        published=_published(tree, node, metas, found_url),
        language=tree.get("lang")
        or tree.get("{http://www.w3.org/XML/1998/namespace}lang")
        or metas.get("content-language")
        or metas.get("og:locale"),
    )


def _title(headings: list[str], named: list[str | None], site: str | None) -> str | None:
    """Return the headline as the page shows it: the h1 that the metadata name too, else the only one."""
    names = [bare(name) for name in named if name]
    headings = [heading for heading in headings if heading and bare(heading) != bare(site or "")]
    for heading in headings:
        # Where there are several, a short one is the masthead, which every title element ends with.
        if len(headings) == 1 or len(heading.split()) > 2:
            own = bare(heading)
            if any(own in name or (len(name) > _SAME_HEADLINE and name in own) for name in names):
                return heading
    if len(headings) == 1 and len(headings[0].split()) > 2:
        return headings[0]
    return next(filter(None, named[:-1]), None)


def _published(
    tree: html.HtmlElement, node: dict[str, Any], metas: dict[str, str], url: str | None
) -> str | None:
    """Return when the article was published, or None: no date is guessed.

    In this order: `datePublished` of the article's JSON-LD; the meta elements; microdata; the `time`
    elements; the date in the URL; a date with its month in letters in an element that is marked as
    the date or byline. What is marked as the time of a change does not count.
    """
    candidates: list[str | None] = [clean_string(node.get("datePublished"))]
    candidates += [metas.get(name) for name in _PUBLISHED_NAMES]
    candidates += [
        item.get("content") or item.get("datetime") or visible_text(item)
        for item in tree.iterfind('.//*[@itemprop="datePublished"]')
    ]
    times = [item for item in tree.iter("time") if item.get("datetime") and not _CHANGED.search(_marks(item))]
    times.sort(key=lambda item: (item.get("pubdate") is None, not _is_in(item, "article")))
    candidates += [item.get("datetime") for item in times[:1]]
    for candidate in filter(None, candidates):
        if date := page_date(candidate):
            return date
    if url and (date := url_date(url)):
        return date
    visible = 0
    for item in tree.iter("time", "span", "p", "div", "li"):
        marks = f"{item.get('class', '')} {item.get('id', '')}"
        if _DATE_CLASS.search(marks) and not _CHANGED.search(_marks(item)):
            visible += 1
            text = visible_text(item)
            if len(text) <= _SHORT and (date := page_date(text)):
                return date
            if visible >= _VISIBLE_DATES:
                break
    return None


def _metas(tree: html.HtmlElement) -> dict[str, str]:
    """Return the page's meta elements by lower-case name or property; the first of a name counts."""
    metas: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("http-equiv") or ""
        if content := clean_string(meta.get("content")):
            metas.setdefault(name.strip().lower(), content)
    return metas


def _url(tree: html.HtmlElement, metas: dict[str, str]) -> str | None:
    links = [
        link.get("href") for link in tree.iter("link") if "canonical" in link.get("rel", "").lower().split()
    ]
    base = metas.get("og:url", "")
    for link in [*links, base]:
        try:
            url: str = urljoin(base, (link or "").strip())
            if urlsplit(url).scheme in ("http", "https") and urlsplit(url).hostname:
                return url
        except ValueError:
            continue
    return None


def _marks(item: html.HtmlElement) -> str:
    """Return the words that mark what an element is: its own and its parent's."""
    parent = item.getparent()
    around = [item] if parent is None else [item, parent]
    marks = [node.get(name, "") for node in around for name in ("class", "id", "itemprop", "data-testid")]
    return " ".join(
        [*marks, (item.text or "")[:_SHORT], ((parent.text if parent is not None else "") or "")[-30:]]
    )


def _is_in(item: html.HtmlElement, tag: str) -> bool:
    return next(item.iterancestors(tag), None) is not None

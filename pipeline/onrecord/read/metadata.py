"""What a page says about its article: headline, byline, dates, site and language.

Publishers state these as schema.org JSON-LD for search engines, and keep that right; so JSON-LD
comes first, then the meta elements, then what is visible.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from urllib.parse import urljoin, urlsplit

from lxml import html
from trafilatura.metadata import extract_metadata

from onrecord.read.jsonld import article_node, clean_string, names
from onrecord.read.lines import bare, visible_text
from onrecord.read.outcome import Publication
from onrecord.read.page_dates import publication_date

_HEADINGS = 20
_SAME_HEADLINE = 15
_LONGEST_META = 5_000
_SITE = re.compile(r"\s+[|–—»·-]\s+([^|–—»·]{2,60})")
_NAME_BREAK = re.compile(r"\s*(?:;|,|&|\band\b)\s*")


@dataclass(frozen=True, slots=True)
class PageMetadata:
    """What one page says about its article; None or empty where it says nothing.

    `names` are its headings and its title element as they are, `body` the text that its JSON-LD
    states, `is_paid` whether the page states that the article is not free, `is_live` that it is a live
    blog.
    """

    title: str | None
    names: tuple[str, ...]
    url: str | None
    site: str | None
    byline: tuple[str, ...]
    publication: Publication
    language: str | None
    body: str | None
    is_paid: bool
    is_live: bool


def page_metadata(tree: html.HtmlElement, url: str | None, captured: str | None = None) -> PageMetadata:
    """Read the metadata of a parsed page; `url` is where it was found and `captured` when, if known."""
    metas = _metas(tree)
    headings = [visible_text(node) for node in islice(tree.iter("h1"), _HEADINGS)]
    title_element = tree.find(".//title")
    titles = [metas.get("og:title"), metas.get("twitter:title")]
    if title_element is not None:
        titles.append(visible_text(title_element))
    node = article_node(tree, [*headings, *filter(None, titles)])
    _drop_stated(tree)
    found_url = url or _url(tree, metas)
    publisher = names(node.get("publisher"))
    site = metas.get("og:site_name") or (publisher[0] if publisher else None)
    title = _title(headings, [clean_string(node.get("headline")), *titles], site)
    authors = names(node.get("author")) or _byline(metas.get("author"))
    site = site or _site_after(title, titles[-1])
    if not (title and site and authors):
        # trafilatura knows many sites' markup; the date is not its business here, so its search is off.
        known = extract_metadata(tree, found_url, {"extensive_search": False, "max_date": "2100-01-01"})
        title = title or known.title
        site = site or known.sitename
        authors = authors or [name for name in (known.author or "").split("; ") if name]
    stated_body = node.get("articleBody")
    return PageMetadata(
        title=title,
        names=tuple(name for name in (*headings, titles[-1]) if name),
        url=found_url,
        site=site,
        byline=tuple(name for name in dict.fromkeys(authors) if bare(name) != bare(site or "")),
        publication=publication_date(tree, node, metas, found_url, captured),
        language=tree.get("lang")
        or tree.get("{http://www.w3.org/XML/1998/namespace}lang")
        or metas.get("content-language")
        or metas.get("og:locale"),
        body=stated_body if isinstance(stated_body, str) else None,
        is_paid=str(node.get("isAccessibleForFree")).lower() == "false"
        or metas.get("article:content_tier") == "locked",
        is_live="LiveBlogPosting" in str(node.get("@type")),
    )


def _drop_stated(tree: html.HtmlElement) -> None:
    """Take out what has been read, and what is too long to name anything, before trafilatura reads it.

    Its expressions for JSON-LD and names take time that grows with the square of the length.
    """
    for script in tree.iter("script"):
        script.text = None
    for meta in tree.iter("meta"):
        if len(meta.get("content", "")) > _LONGEST_META:
            del meta.attrib["content"]


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


def _site_after(title: str | None, stated: str | None) -> str | None:
    """Return what stands after the headline in the title element: "Toll rises | The Daily Span"."""
    if not title or not stated or not stated.startswith(title):
        return None
    match = _SITE.fullmatch(stated[len(title) :])
    return match[1] if match else None


def _byline(value: str | None) -> list[str]:
    """Return the names in the content of a meta element: "By Ann Lee, Bo Dahl and Cy Orr"."""
    return [part for name in names(value) for part in _NAME_BREAK.split(name) if part]


def _metas(tree: html.HtmlElement) -> dict[str, str]:
    """Return the page's meta elements by lower-case name or property; the first of a name counts."""
    metas: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("http-equiv") or ""
        if len(meta.get("content", "")) > _LONGEST_META:
            continue
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
            is_web = urlsplit(url).scheme in ("http", "https") and urlsplit(url).hostname
            if is_web and len(url) <= _LONGEST_META:
                return url
        except ValueError:
            continue
    return None

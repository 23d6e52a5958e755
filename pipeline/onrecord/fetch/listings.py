"""Feeds and sitemaps as lists of links, and where a front page says that they are.

trafilatura finds the feeds of a page. Its readers of feeds and sitemaps are not used: they drop
hosts without a public suffix and the time of the last change, leave `&amp;` in URLs, and take the
comments of an Atom entry for articles.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from urllib.parse import urljoin

from lxml import etree
from trafilatura.feeds import FeedParameters, determine_feed

from onrecord.fetch.urls import host_of, is_front_page, normalised, origin_of
from onrecord.read.decode import decode
from onrecord.read.http import decoded
from onrecord.read.outcome import Rejection

_ROOT = re.compile(rb"<(?:[\w.-]{1,20}:)?(rss|RDF|feed|urlset|sitemapindex)[\s>]")
_HEAD = 4096
_MAX_FEEDS = 10
_GUESS = "/sitemap.xml"


class Role(StrEnum):
    """What a URL is asked for."""

    SEED = "seed"  # named by the user: a page, or what lists pages
    LISTING = "listing"
    PAGE = "page"
    ROBOTS = "robots"


@dataclass(frozen=True, slots=True)
class Link:
    """A URL that a listing names, and when what it leads to changed last, in seconds since 1970."""

    url: str
    role: Role
    modified: float | None = None


def read_listing(content: bytes, url: str, *, max_bytes: int) -> list[Link] | None:
    """Return the links of an RSS, Atom or JSON feed or a sitemap, each once; None for anything else.

    Sitemaps may be gzip files or plain lists of URLs (sitemaps.org).

    Raises:
        Rejection: a gzip file is damaged or holds more than `max_bytes`.

    """
    if content.startswith(b"\x1f\x8b"):
        content = decoded(content, "gzip", max_bytes=max_bytes)
    start = content[:_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n")
    found: Iterable[Link] | None = None
    if start.startswith(b"<") and _ROOT.search(start):
        found = _xml_links(content)
    elif start.startswith(b"{"):
        found = _json_links(content)
    elif start.startswith((b"http://", b"https://")):
        found = _text_links(content)
    return None if found is None else list(_joined(found, url))


def front_page_links(content: bytes, url: str, sitemaps: Iterable[str]) -> list[Link]:
    """Return the feeds that a front page names and the sitemaps that its robots.txt names.

    Where neither names any, the place where a sitemap lies by custom.
    """
    try:
        page = decode(content, is_page=True)
    except Rejection:
        page = ""
    feeds = determine_feed(page, FeedParameters(origin_of(url), host_of(url), url, external=True))
    found = [*feeds[:_MAX_FEEDS], *sitemaps] or [_GUESS]
    return list(_joined((Link(one, Role.LISTING) for one in found), url))


def _joined(links: Iterable[Link], base: str) -> Iterator[Link]:
    """Yield the links with whole URLs, each once, without those that lead to no page."""
    seen = {normalised(base)}
    for link in links:
        try:
            whole = normalised(urljoin(base, link.url.strip()))
        except (Rejection, ValueError):
            continue
        # A channel's own link leads to its front page, which is no article.
        if whole not in seen and not is_front_page(whole):
            seen.add(whole)
            yield Link(whole, link.role, link.modified)


def _xml_links(content: bytes) -> Iterator[Link] | None:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, recover=True, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    if root is None:
        return None
    match etree.QName(root).localname:
        case "urlset":
            return _sitemap_links(root, "url", Role.PAGE)
        case "sitemapindex":
            return _sitemap_links(root, "sitemap", Role.LISTING)
        case "feed":
            return _atom_links(root)
        case "rss" | "RDF":
            return _rss_links(root)
        case _:
            return None


def _sitemap_links(root: etree._Element, name: str, role: Role) -> Iterator[Link]:
    namespace = etree.QName(root).namespace
    tag, location, changed = (
        f"{{{namespace}}}{part}" if namespace else part for part in (name, "loc", "lastmod")
    )
    for element in root.iter(tag):
        if url := element.findtext(location):
            yield Link(url, role, _moment(element.findtext(changed)))


def _atom_links(root: etree._Element) -> Iterator[Link]:
    for entry in root.iter("{*}entry"):
        changed = _moment(entry.findtext("{*}updated"))
        for link in entry.iterchildren("{*}link"):
            is_html = link.get("type", "text/html") in ("text/html", "application/xhtml+xml")
            if link.get("rel", "alternate") == "alternate" and is_html and (url := link.get("href")):
                yield Link(url, Role.PAGE, changed)
                break


def _rss_links(root: etree._Element) -> Iterator[Link]:
    for item in root.iter("{*}item"):
        # An atom:link in an item is empty and stands beside the item's own link.
        links = [link.text for link in item.iterchildren("{*}link") if link.text and link.text.strip()]
        guid = item.find("{*}guid")
        if not links and guid is not None and guid.get("isPermaLink", "true") == "true" and guid.text:
            links = [guid.text]
        yield from (Link(url, Role.PAGE) for url in links[:1])


def _json_links(content: bytes) -> list[Link] | None:
    try:
        feed = json.loads(content)
    except (ValueError, RecursionError):
        return None
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list):
        return None
    links = []
    for item in items:
        if isinstance(item, dict) and isinstance(url := item.get("url"), str):
            changed = item.get("date_modified")
            links.append(Link(url, Role.PAGE, _moment(changed if isinstance(changed, str) else None)))
    return links


def _text_links(content: bytes) -> list[Link] | None:
    lines = content.decode("utf-8-sig", "replace").split()
    if not all(line.startswith(("http://", "https://")) for line in lines):
        return None
    return [Link(line, Role.PAGE) for line in lines]


def _moment(stated: str | None) -> float | None:
    """Return the latest time that a W3C date or date-time can mean."""
    try:
        moment = datetime.fromisoformat((stated or "").strip())
    except ValueError:
        return None
    if "T" not in (stated or ""):
        moment += timedelta(days=1)
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()

"""Feeds, sitemaps and front pages stand for the pages that they link to."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, datetime
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from misbehaving_site import HTML, Answer, story

from onrecord.fetch import Fetched, named_urls
from onrecord.fetch.listings import Role, front_page_links, read_listing
from onrecord.records import Failure

BASE = "http://paper.example/news/feed"
ATOM = "http://www.w3.org/2005/Atom"
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"

RSS = f"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:atom="{ATOM}"><channel>
<link>http://paper.example/</link><atom:link rel="self" href="{BASE}"/>
<item><title>One</title><link>http://paper.example/one?a=1&amp;b=2</link></item>
<item><link><![CDATA[ two ]]></link><atom:link href="http://paper.example/not"/></item>
<item><guid>http://other.example/three#top</guid></item>
<item><guid isPermaLink="false">urn:x:4</guid></item>
<item><link>http://paper.example/one?a=1&amp;b=2</link></item>
<item><link>javascript:alert(1)</link></item>
</channel></rss>"""
FIRST_TWO = ["page paper.example/one?a=1&b=2", "page paper.example/news/two"]
LISTINGS = {
    "RSS": (
        RSS,
        ["page paper.example/one?a=1&b=2", "page paper.example/news/two", "page other.example/three"],
    ),
    "RSS 1.0": (
        """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">
        <channel><link>http://paper.example/x</link></channel>
        <item rdf:about="a"><link>http://paper.example/one</link></item></rdf:RDF>""",
        ["page paper.example/one"],
    ),
    "Atom": (
        f"""<feed xmlns="{ATOM}"><link href="http://paper.example/all"/><entry>
        <link rel="replies" type="text/html" href="/one/comments"/><link rel="edit" href="/one/edit"/>
        <link rel="alternate" type="text/html" href="/one"/>
        <updated>2024-05-14T10:00:00+02:00</updated></entry>
        <entry><link href="two"/></entry><entry><id>x</id></entry></feed>""",
        ["page paper.example/one 2024-05-14T08:00:00", "page paper.example/news/two"],
    ),
    "JSON Feed": (
        json.dumps(
            {
                "version": "https://jsonfeed.org/version/1.1",
                "items": [
                    {"id": "1", "url": "http://paper.example/one", "date_modified": "2024-05-14T08:00:00Z"},
                    {"id": "2"},
                    {"url": 3},
                    "four",
                ],
            }
        ),
        ["page paper.example/one 2024-05-14T08:00:00"],
    ),
    "sitemap": (
        f"""<?xml version="1.0"?><!-- made at night --><urlset xmlns="{SITEMAP}"
        xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
        <url><loc> http://paper.example/one </loc><lastmod>2024-05-14</lastmod>
        <image:image><image:loc>http://paper.example/one.jpg</image:loc></image:image></url>
        <url><loc>http://paper.example/two.xml</loc><lastmod>yesterday</lastmod></url><url/></urlset>""",
        # A day may mean any time of it.
        ["page paper.example/one 2024-05-15T00:00:00", "page paper.example/two.xml"],
    ),
    "sitemap without a namespace": (
        "<urlset><url><loc>http://paper.example/one</loc></url></urlset>",
        ["page paper.example/one"],
    ),
    "index": (
        f"""<sitemapindex xmlns="{SITEMAP}"><sitemap><loc>http://paper.example/2024.xml.gz</loc>
        <lastmod>2024-05-14T08:00Z</lastmod></sitemap></sitemapindex>""",
        ["listing paper.example/2024.xml.gz 2024-05-14T08:00:00"],
    ),
    "text": (
        "http://paper.example/one\r\nhttps://paper.example/two\r\n\r\n",
        ["page paper.example/one", "page paper.example/two"],
    ),
    "cut off": (
        RSS[: RSS.index("<item><guid")],
        ["page paper.example/one?a=1&b=2", "page paper.example/news/two"],
    ),
    "entities": (
        '<!DOCTYPE rss [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;"><!ENTITY f SYSTEM "file:///etc/hostname">]>'
        "<rss><item><link>http://paper.example/&b;&f;x</link></item></rss>",
        None,
    ),
    "empty feed": ("<rss version='2.0'/>", []),
    "a page": ("<!DOCTYPE html><html><body><p>http://paper.example/one</body></html>", None),
    "a text": ("http://paper.example/one is where it stood.", None),
    "an object": ('{"a": 1}', None),
    "a list": ("[1]", None),
    "no XML": ("<rss", None),
    "nothing": ("", None),
}


@pytest.mark.parametrize("case", [name for name in LISTINGS if name != "entities"])
@pytest.mark.parametrize("is_packed", [False, True])
def test_links_of_listings(case, is_packed):
    text, expected = LISTINGS[case]
    content = gzip.compress(text.encode()) if is_packed else b"\xef\xbb\xbf" + text.encode()
    links = read_listing(content, BASE, max_bytes=1_000_000)
    assert (None if links is None else [shown(link) for link in links]) == expected


def shown(link) -> str:
    changed = (
        "" if link.modified is None else f" {datetime.fromtimestamp(link.modified, UTC):%Y-%m-%dT%H:%M:%S}"
    )
    return f"{link.role} {link.url.partition('://')[2]}{changed}"


def test_entities_are_not_resolved():
    text, _ = LISTINGS["entities"]
    links = read_listing(text.encode(), BASE, max_bytes=1_000_000)
    assert all("aaaa" not in link.url and link.url.startswith("http://paper.example/") for link in links)


@given(
    st.text()
    | st.sampled_from(["<rss>", "<feed>", "<urlset>", "{", "http://"]).flatmap(
        lambda start: st.text().map(lambda rest: start + rest)
    )
)
def test_hostile_listings_are_read_or_are_none(text):
    links = read_listing(text.encode("utf-8", "surrogatepass"), BASE, max_bytes=10_000)
    assert links is None or all(link.url.startswith(("http://", "https://")) for link in links)


def test_a_front_page_names_its_feeds():
    page = b"""<html><head><link rel="alternate" type="application/rss+xml" href="/all.rss">
    <link rel="alternate" hreflang="de" href="/de/"></head><body><a href="/one">One</a></body></html>"""
    links = front_page_links(page, "http://paper.example/", ["http://paper.example/sitemap-news.xml"])
    assert [(link.role, link.url) for link in links] == [
        (Role.LISTING, "http://paper.example/all.rss"),
        (Role.LISTING, "http://paper.example/sitemap-news.xml"),
    ]
    (guess,) = front_page_links(b"<p>Welcome", "http://paper.example/", [])
    assert guess.url == "http://paper.example/sitemap.xml"


def test_from_a_front_page_to_its_stories(site, crawl, pages):
    site.answers = {
        "/robots.txt": Answer(f"Sitemap: {site.url}/index.xml\n".encode()),
        "/": Answer(b'<html><head><link rel="alternate" type="application/rss+xml" href="/feed"></head>'),
        "/feed": Answer(
            f"<rss><item><link>{site.url}/one</link></item></rss>".encode(),
            headers={"Content-Type": "application/rss+xml"},
        ),
        "/index.xml": Answer(
            f"<sitemapindex><sitemap><loc>{site.url}/old.xml.gz</loc></sitemap></sitemapindex>".encode(),
            headers={"Content-Type": "application/xml"},
        ),
        "/old.xml.gz": Answer(
            gzip.compress(f"<urlset><url><loc>{site.url}/two</loc></url></urlset>".encode()),
            headers={"Content-Type": "application/gzip"},
        ),
        "/one": Answer(story("one")),
        "/two": Answer(story("two")),
    }
    outcomes = crawl("/")
    assert outcomes == [
        Fetched(f"{site.url}/", "listing", 2),
        Fetched(f"{site.url}/feed", "listing", 1),
        Fetched(f"{site.url}/index.xml", "listing", 1),
        Fetched(f"{site.url}/old.xml.gz", "listing", 1),
        Fetched(f"{site.url}/one", "written"),
        Fetched(f"{site.url}/two", "written"),
    ]
    assert pages() == {"/one": story("one"), "/two": story("two")}


def test_sitemaps_in_sitemaps_end_somewhere(site, crawl):
    def index(n: int) -> Answer:
        text = f"<sitemapindex><sitemap><loc>{site.url}/{n + 1}.xml</loc></sitemap></sitemapindex>"
        return Answer(text.encode(), headers={"Content-Type": "text/xml"})

    site.answers = {f"/{n}.xml": index(n) for n in range(20)}
    crawl("/0.xml")
    assert site.paths() == ["/0.xml", "/1.xml", "/2.xml", "/3.xml"]


@pytest.mark.parametrize(
    ("body", "kind", "reason"),
    [
        (b"%PDF-1.7", "application/pdf", "application/pdf, which is no page, feed or sitemap"),
        (b'{"a": 1}', "application/json", "application/json, which is no page, feed or sitemap"),
        (gzip.compress(b"<rss>" + b" " * 200_000), "application/gzip", "larger than 100,000 bytes"),
    ],
)
def test_what_is_neither_page_nor_listing(site, crawl, body, kind, reason):
    site.answers = {"/x": Answer(body, headers={"Content-Type": kind})}
    (failure,) = crawl("/x", max_bytes=100_000)
    assert reason in failure.reason


def test_a_feed_that_is_none(site, crawl):
    page = b'<html><head><link rel="alternate" type="application/rss+xml" href="/feed"></head>'
    site.answers = {"/": Answer(page), "/feed": Answer(b"<html>Sorry</html>", headers=dict(HTML))}
    front, failure = crawl("/")
    assert front == Fetched(f"{site.url}/", "listing", 1)
    assert failure.reason == "this is neither a feed nor a sitemap"


def test_urls_in_files(tmp_path):
    listed = tmp_path / "urls.txt"
    listed.write_text("# ours\nHTTP://Paper.example:80/a b#x\n\nftp://paper.example/\nhttps://ü.example\n")
    found = list(
        named_urls(
            [str(listed), "https://paper.example/c", "-", str(tmp_path / "none.txt"), str(tmp_path)],
            StringIO("http://[oh/\nhttp://paper.example/../d\n"),
        )
    )
    urls = [one for one in found if isinstance(one, str)]
    assert urls == [
        "http://paper.example/a%20b",
        "https://xn--tda.example/",
        "https://paper.example/c",
        "http://paper.example/d",
    ]
    failures = [(one.code, one.input, one.line) for one in found if isinstance(one, Failure)]
    assert failures == [
        ("fetch_failed", str(listed), 4),
        ("fetch_failed", "-", 1),
        ("not_found", str(tmp_path / "none.txt"), None),
        ("unreadable", str(tmp_path), None),
    ]

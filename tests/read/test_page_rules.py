"""Single rules of reading pages: dates, headlines, encodings, completeness, limits."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.read import article_from_html
from onrecord.records import Article, Failure
from onrecord.settings import Settings

PROSE = (
    "<p>The mayor said on Tuesday that the bridge would open in the spring, and that it had cost "
    "more than was planned when the work began.</p>"
    "<p>“Nobody is happy with the bill,” she told the council, which voted 9 to 4 to pay it.</p>"
)
HEADLINE = "Bridge will open in spring, mayor says"


def page(body: str = "", head: str = "", headline: str = HEADLINE) -> str:
    return (
        f'<!doctype html><html lang="en"><head><title>{headline}</title>{head}</head>'
        f"<body><article><h1>{headline}</h1>{body}{PROSE}</article></body></html>"
    )


def article(html: str | bytes, **options: object) -> Article:
    outcome = article_from_html(html, **options)  # type: ignore[arg-type]
    assert isinstance(outcome, Article), outcome
    return outcome


def failure(html: str | bytes, **options: object) -> Failure:
    outcome = article_from_html(html, **options)  # type: ignore[arg-type]
    assert isinstance(outcome, Failure), outcome.text
    return outcome


LD = '<script type="application/ld+json">{"@type":"NewsArticle",%s}</script>'
META = '<meta property="article:published_time" content="2018-02-03T10:00:00Z">'
DATES = {
    "meta where JSON-LD has none": (LD % '"dateModified":"2020-01-01"' + META, "", "2018-02-03T10:00:00Z"),
    "zone kept": (LD % '"datePublished":"2019-01-02T03:04:05+0530"', "", "2019-01-02T03:04:05+0530"),
    "nested in a graph": (
        '<script type="application/ld+json">{"@graph":[{"@type":"WebPage","datePublished":"2001-01-01"},'
        '{"@type":"WebPage","mainEntity":{"@type":"NewsArticle","datePublished":"2019-05-06"}}]}</script>',
        "",
        "2019-05-06",
    ),
    "meta named date": ('<meta name="date" content="2017-07-08">', "", "2017-07-08"),
    "microdata": ("", '<span itemprop="datePublished" content="2016-05-04">4 May</span>', "2016-05-04"),
    "time element": ("", '<time datetime="2015-10-11T08:00">11 October</time>', "2015-10-11T08:00"),
    "time of a change": ("", '<p>Updated <time datetime="2015-10-12">12 October</time></p>', None),
    "URL": ('<link rel="canonical" href="https://a.example/2014/03/02/bridge">', "", "2014-03-02"),
    "month in letters": ("", '<p class="dateline">Posted on March 9, 2013 at 5 p.m.</p>', "2013-03-09"),
    "day first in letters": ("", '<span class="date">9th March 2013</span>', "2013-03-09"),
    "two readings": ("", '<span class="date">3/9/2013</span>', None),
    "only a change": ('<meta property="article:modified_time" content="2020-02-02">', "", None),
    "only a year": ("", '<span class="date">© 2019</span>', None),
    "placeholder": (LD % '"datePublished":"1970-01-01T00:00:00Z"', "", None),
    "only in the prose": ("", "<p>The old bridge fell on 3 May 2011, the engineer said.</p>", None),
    "nothing": ("", "", None),
}


@pytest.mark.parametrize("case", DATES)
def test_publication_date(case: str) -> None:
    head, body, expected = DATES[case]
    assert article(page(body, head)).published == expected


def test_todays_date_in_the_masthead_and_the_date_of_a_comment_are_no_publication_date() -> None:
    html = page().replace("<article>", '<div class="date-box">Mon, 25 Dec 2023</div><article>', 1)
    html = html.replace("</article>", '</article><p><span class="comment-date">2 May 2021</span></p>', 1)
    assert article(html).published is None


HEADLINES = {
    "h1 rather than what search engines are told": (
        page(head=LD % '"headline":"Bridge opening date"'),
        HEADLINE,
    ),
    "the h1 that the title element names": (
        page().replace("<article>", "<h1>The Daily Span</h1><article>", 1),
        HEADLINE,
    ),
    "JSON-LD where the only h1 is the site's name": (
        page(
            "<h2>Toll rises on the bridge</h2>",
            '<meta property="og:site_name" content="The Daily Span">'
            + LD % '"headline":"Toll rises on the &#8216;dear&#8217; bridge"',
            headline="The Daily Span",
        ),
        "Toll rises on the ‘dear’ bridge",
    ),
    "a break is a space, an inline tag is none": (
        page(headline="Bridge <br>will <b>re</b>open in spring"),
        "Bridge will reopen in spring",
    ),
}


@pytest.mark.parametrize("case", HEADLINES)
def test_headline(case: str) -> None:
    html, expected = HEADLINES[case]
    found = article(html)
    assert found.title == expected
    assert found.text.startswith(f"{expected}\n")
    assert found.text.count(expected) == 1


FURNITURE = {
    "screen reader text inside a sentence": (
        '<p>The bill is <a href="/b">public<span class="sr-only"> (new tab)</span></a>, the clerk said.</p>',
        "The bill is public, the clerk said.",
    ),
    "a list of links under its heading": (
        "<p>Most read</p><p>Ferry sinks</p><p>Toll to rise, says minister</p>",
        None,
    ),
    "a paragraph keeps its words whatever its class": (
        '<p class="paywall">The ferry stops in May, the firm said.</p>',
        "The ferry stops in May, the firm said.",
    ),
    "a caption heading": ("<p>Advertisement</p>", None),
    "the byline": ("<p>By Ann Lee and Bo Dahl</p>", None),
    "a list of the article": ("<ul><li>Tolls rise by 10%.</li></ul>", "Tolls rise by 10%."),
    "an entity and a no-break space": (
        "<p>He said &pound;4&nbsp;m &mdash; twice.</p>",
        "He said £4 m — twice.",
    ),
    "a quotation element": ("<p>He said <q>it is fine</q> and left.</p>", "He said “it is fine” and left."),
    "preformatted text": (
        "<pre>One line\nand more of it.\n\nAnother.</pre>",
        "One line and more of it.\nAnother.",
    ),
    "a line break": ("<p>One was said.<br>Another was not.</p>", "One was said.\nAnother was not."),
}


@pytest.mark.parametrize("case", FURNITURE)
def test_what_is_article_and_what_is_not(case: str) -> None:
    html, expected = FURNITURE[case]
    head = '<meta name="author" content="Ann Lee and Bo Dahl">'
    text = article(page(html, head)).text
    between = text.removeprefix(f"{HEADLINE}\n").partition("The mayor said")[0].rstrip("\n")
    assert between == (expected or "")


def test_the_entries_of_a_live_blog_are_one_article() -> None:
    times = ("10:05", "10:20", "11:00", "11:45")
    entry = "<article><h2>{}</h2><p>The clerk of works said at {} that the bridge was safe.</p></article>"
    entries = "".join(entry.format(time, time) for time in times)
    text = article(f"<html lang='en'><body><main><h1>{HEADLINE}</h1>{entries}</main></body></html>").text
    assert text.count("The clerk of works") == len(times)


def test_teasers_beside_an_article_are_not_its_entries() -> None:
    teaser = "<article><h3>Ferry</h3><p>The ferry sank last night, its captain told us.</p></article>" * 3
    story = f"<h1>{HEADLINE}</h1><article>{PROSE}</article>"
    assert "ferry" not in article(f"<html lang='en'><body><main>{story}{teaser}</main></body></html>").text


def test_the_site_may_stand_in_the_title_element_alone() -> None:
    assert article(page().replace("</title>", " | The Daily Span</title>")).site == "The Daily Span"


WORDS = "The café’s owner, Zoë, paid £25 – “too much”"
ENCODINGS = {
    "UTF-8 declared": ('<meta charset="utf-8">', "utf-8", None),
    "UTF-8 undeclared": ("", "utf-8", None),
    "UTF-8 with a mark": ('<meta charset="iso-8859-1">', "utf-8-sig", None),
    "UTF-8 that was converted from latin-1": ('<meta charset="iso-8859-1">', "utf-8", "iso-8859-1"),
    "windows-1252 declared": ('<meta charset="windows-1252">', "cp1252", None),
    "windows-1252 declared as iso-8859-1": ('<meta charset="iso-8859-1">', "cp1252", None),
    "windows-1252 declared as UTF-8": ('<meta charset="utf-8">', "cp1252", None),
    "windows-1252 undeclared": ("", "cp1252", None),
    "declared by the server": ("", "mac-roman", "macintosh"),
    "UTF-16 with a mark": ("", "utf-16", None),
    "gb18030 declared as gb2312": (
        '<meta http-equiv="Content-Type" content="text/html; charset=gb2312">',
        "gb18030",
        None,
    ),
    "a charset that is none": ('<meta charset="rot13">', "utf-8", None),
}


@pytest.mark.parametrize("case", ENCODINGS)
def test_encoding(case: str) -> None:
    meta, encoding, declared = ENCODINGS[case]
    raw = page(f"<p>{WORDS}, the clerk said.</p>").replace("<head>", f"<head>{meta}").encode(encoding)
    assert f"\n{WORDS}, the clerk said.\n" in article(raw, charset=declared).text


def test_a_few_broken_bytes_in_a_utf8_page_are_marked_not_guessed() -> None:
    raw = page(f"<p>{WORDS * 3} \x00</p>").encode().replace(b"\x00", b"\xff")
    assert "\ufffd" in article(raw).text


CUT = {
    "in a tag": (page()[:-20] + "<di", "inside a tag"),
    "in a comment": (page().replace("</article>", "<!-- more</article>"), "inside a comment"),
    "in a script": (page().replace("</article></body></html>", "</article><script>var a"), "inside <script>"),
    "in the article": (page().split("</p>", maxsplit=1)[0], "<article> is not closed"),
    "in a body without containers": (f"<html><body><h1>{HEADLINE}</h1>{PROSE}", "<body> is not closed"),
}


@pytest.mark.parametrize("case", CUT)
def test_truncated(case: str) -> None:
    html, reason = CUT[case]
    found = failure(html)
    assert found.code == "truncated"
    assert reason in found.reason


WHOLE = {
    "end tags that HTML lets out": page().replace("</body></html>", ""),
    "a broken end after the body": page()[:-1],
    "tags in a script and in a comment": page("<script>'<article><div>'</script><!-- <main> -->"),
    "a fragment": f"<h1>{HEADLINE}</h1>{PROSE}",
    "deep, but not too deep": page("<div>" * 1500 + PROSE + "</div>" * 1500),
    "an XML declaration": '<?xml version="1.0" encoding="utf-8"?>' + page(),
}


@pytest.mark.parametrize("case", WHOLE)
def test_not_truncated(case: str) -> None:
    assert article(WHOLE[case]).text.endswith("which voted 9 to 4 to pay it.")


REJECTED = {
    "empty": (b"", "empty"),
    "blank": (b" \r\n\t ", "empty"),
    "a PDF": (b"%PDF-1.7\n...", "binary"),
    "a PNG": (b"\x89PNG\r\n\x1a\n....", "binary"),
    "NUL bytes": (b"<html><body>\0\0</body></html>", "binary"),
    "bytes of no encoding": (b"<p>\x81\x8d\x90 \xff</p>", "binary"),
    "no text": (b"<html><body><nav><a href='/'>Home</a></nav></body></html>", "no_text"),
    "a wall": (
        b"<html><body><h1>news.example</h1><p>Please enable JS and disable any ad blocker</p></body></html>",
        "robot_check",
    ),
    "another script": (
        "<p>工會表示管理層提出加薪百分之四點二，船隻將於星期三開始卸貨，碼頭工人已經結束罷工，談判將會繼續。</p>".encode(),
        "not_english",
    ),
    "no markup": (b"<!-- nothing -->", "no_text"),
    "too many elements in a line": (page("<p>" + "<i>a</i>" * 10_001 + "</p>").encode(), "too_complex"),
    "deeper than the parser goes": (
        page("<div>" * 3000 + "<p>x</p>" + "</div>" * 3000).encode(),
        "too_complex",
    ),
}


@pytest.mark.parametrize("case", REJECTED)
def test_rejected(case: str) -> None:
    raw, code = REJECTED[case]
    found = failure(raw, name="p.html")
    assert (found.code, found.input) == (code, "p.html")
    assert found.reason


def test_a_text_longer_than_the_settings_allow() -> None:
    assert failure(page(), settings=Settings(max_chars=100)).code == "too_large"
    assert article(page(), settings=Settings(max_chars=400)).title == HEADLINE


def test_a_page_may_be_in_a_language_that_the_settings_add() -> None:
    html = (
        '<html lang="de"><body><article><h1>Brücke öffnet im Frühjahr</h1><p>%s</p></article></body></html>'
        % ("Die Brücke wird im Frühjahr geöffnet, sagte die Bürgermeisterin, und sie ist nicht billig. " * 6)
    )
    assert failure(html).code == "not_english"
    assert article(html, settings=Settings(languages=("en", "de"))).language == "de"


def test_external_entities_stay_unread(tmp_path) -> None:
    (tmp_path / "secret.txt").write_text("the secret words")
    doctype = f'<!DOCTYPE html [<!ENTITY x SYSTEM "file://{tmp_path}/secret.txt">]>'
    html = page("<p>The clerk said &x; to us all.</p>").replace("<!doctype html>", doctype)
    assert "secret words" not in article(html).text


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.sampled_from("<>/='\"!- \n&;apdivscriptbodyhtml\0é\u202e\ud83d😀"), max_size=300))
def test_any_markup_comes_to_an_article_or_a_failure(html: str) -> None:
    assert isinstance(article_from_html(html), Article | Failure)
    assert isinstance(article_from_html(html.encode("utf-8", "surrogatepass")), Article | Failure)


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_come_to_an_article_or_a_failure(raw: bytes) -> None:
    assert isinstance(article_from_html(raw), Article | Failure)

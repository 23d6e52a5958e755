"""From a news page to an article: the headline, then the article's own paragraphs, a line each."""

from __future__ import annotations

import re

from lxml import html

from onrecord.read.completeness import check_markup
from onrecord.read.decode import Decoded, decoded
from onrecord.read.furniture import drop_furniture
from onrecord.read.language import decide_language
from onrecord.read.lines import bare, element_lines
from onrecord.read.main_text import headlined_lines, main_lines
from onrecord.read.markup import parse_page, set_right
from onrecord.read.metadata import PageMetadata, page_metadata
from onrecord.read.mojibake import mojibake_doubts
from onrecord.read.outcome import Doubt, Publication, Reading, Rejection, rejecting_the_unreadable
from onrecord.read.stand_ins import is_index, is_stub, paywall_doubts, reject_stand_in, shown_lines
from onrecord.records import Article, Failure
from onrecord.settings import Settings

MAX_PAGE_BYTES = 20_000_000
_BEFORE_HEADLINE = 6
_FEWEST_WORDS = 4
_FEWEST_CHARS = 40  # of a script that has no spaces
_SENTENCE_END = re.compile(r"[.!?…:][\"'”’»)\]]*$")


def article_from_html(
    page: bytes | str,
    url: str | None = None,
    *,
    charset: str | None = None,
    settings: Settings | None = None,
    name: str | None = None,
) -> Article | Failure:
    """Return the article of a news page, or the failure that says why there is none.

    Args:
        page: the page as it came (bytes are decoded as `decoded` says) or as text.
        url: where it was found; else its canonical link.
        charset: what the server declared.
        settings: languages and length that are read.
        name: what the failure calls the input; else the URL.

    """
    try:
        with rejecting_the_unreadable():
            return page_article(page, url, charset=charset, settings=settings or Settings()).article
    except Rejection as rejection:
        return rejection.failure(name or url or "<page>")


def page_article(
    page: bytes | str,
    url: str | None,
    *,
    settings: Settings,
    charset: str | None = None,
    captured: str | None = None,
    given: dict[str, object] | None = None,
) -> Reading:
    """Return the article of a page; `given` are fields that the caller knows better than the page.

    `captured` is the ISO date when the page was fetched, if known.

    Raises:
        Rejection: `empty`, `binary`, `truncated`, `too_large`, `too_complex`, `no_text`, `not_english`,
            and what `stand_ins` names: `error_page`, `consent_wall`, `robot_check`, `paywall`,
            `index_page`.

    """
    given = given or {}
    if len(page) > MAX_PAGE_BYTES:
        raise Rejection("too_large", f"the page has {len(page):,} bytes; read are up to {MAX_PAGE_BYTES:,}")
    text, doubts = decoded(page, charset, is_page=True) if isinstance(page, bytes) else Decoded(page)
    if not text.strip():
        raise Rejection("empty", "the page is empty")
    check_markup(text)
    tree = parse_page(text)
    metadata = page_metadata(tree, url, captured)
    is_live = set_right(tree) or metadata.is_live
    lines = _article_lines(tree, metadata)
    # Most pages ask for a subscription somewhere; only beside a few words does that mean something.
    page_doubts = paywall_doubts(lines, shown_lines(parse_page(text)) if is_stub(lines) else [], metadata)
    if is_live:
        page_doubts.append(Doubt("live_blog", "entries of different times: dates may count from other days"))
    body = "\n".join([metadata.title, *lines] if metadata.title else lines)
    if len(body) > settings.max_chars:
        raise Rejection(
            "too_large", f"the text has {len(body):,} characters; read are up to {settings.max_chars:,}"
        )
    language = given.get("language")
    fields = {
        "url": metadata.url,
        "title": metadata.title,
        "site": metadata.site,
        "byline": metadata.byline,
        "published": metadata.publication.date,
        **{key: value for key, value in given.items() if value},
        "language": decide_language(
            body, settings, given=str(language) if language else None, hinted=metadata.language
        ),
    }
    is_dated = bool(given.get("published"))
    return Reading(
        Article.of(body, **fields),
        Publication(str(given["published"]), "input") if is_dated else metadata.publication,
        (*doubts, *page_doubts, *mojibake_doubts(body)),
    )


def _article_lines(tree: html.HtmlElement, metadata: PageMetadata) -> list[str]:
    """Return the paragraphs of the article without the headline."""
    drop_furniture(tree)
    lines = _text_lines(main_lines(tree, metadata.body), metadata)
    reject_stand_in(lines or element_lines(tree), metadata.names)
    if is_index(lines, tree, metadata.url):
        lines = _text_lines(headlined_lines(tree), metadata)
        if not lines or is_index(lines, tree, metadata.url):
            raise Rejection("index_page", "most of the page are headlines and teasers of others")
    if not any(len(line.split()) >= _FEWEST_WORDS or len(line) >= _FEWEST_CHARS for line in lines):
        raise Rejection("no_text", "no article text was found in the page")
    return lines


def _text_lines(lines: list[str], metadata: PageMetadata) -> list[str]:
    """Return the lines without byline and headline, and without what stands before it and is no sentence."""
    lines = [line for line in lines if not _is_byline(line, metadata)]
    headline = bare(metadata.title or "")
    for index, line in enumerate(lines[:_BEFORE_HEADLINE]):
        if bare(line) == headline:
            before = [line for line in lines[:index] if _SENTENCE_END.search(line)]
            return [*before, *lines[index + 1 :]]
    return lines


def _is_byline(line: str, metadata: PageMetadata) -> bool:
    """Tell whether a line is only the names of the byline, or only the name of the site."""
    words = bare(line)
    names = "".join(map(bare, metadata.byline)).replace("and", "")
    return words in (bare(metadata.site or ""), names) or words.removeprefix("by").replace("and", "") == names

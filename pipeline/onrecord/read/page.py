"""From a news page to an article: the headline, then the article's own paragraphs, a line each.

trafilatura finds the main text. What it leaves to its callers is done here: noticing that a page
is cut off or nested too deep for the parser (which drops the rest in silence), what of the text is
furniture, and which headline and date are the article's own.
"""

from __future__ import annotations

import logging
import re
from configparser import ConfigParser
from functools import lru_cache

import trafilatura
from lxml import html
from trafilatura.settings import Document, use_config

from onrecord.read.captions import page_lines, with_captions
from onrecord.read.completeness import check_markup
from onrecord.read.decode import decode
from onrecord.read.furniture import article_lines, drop_furniture, is_wall
from onrecord.read.language import decide_language
from onrecord.read.lines import bare, element_lines
from onrecord.read.markup import parse_page, set_right
from onrecord.read.metadata import PageMetadata, page_metadata
from onrecord.read.outcome import Rejection, rejecting_the_unreadable
from onrecord.records import Article, Failure
from onrecord.settings import Settings

MAX_PAGE_BYTES = 20_000_000
_BEFORE_HEADLINE = 6
_PROSE_WORDS = 8
_FEWEST_WORDS = 4
_FEWEST_CHARS = 40  # of a script that has no spaces
_SENTENCE_END = re.compile(r"[.!?…:][\"'”’»)\]]*$")

# trafilatura reports through its loggers what is returned as a Failure here.
logging.getLogger("trafilatura").addHandler(logging.NullHandler())
logging.getLogger("htmldate").addHandler(logging.NullHandler())


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
        page: the page as it came (bytes are decoded as `decode` says) or as text.
        url: where it was found; else its canonical link.
        charset: what the server declared.
        settings: languages and length that are read.
        name: what the failure calls the input; else the URL.

    """
    try:
        with rejecting_the_unreadable():
            return page_article(page, url, charset=charset, settings=settings or Settings())
    except Rejection as rejection:
        return rejection.failure(name or url or "<page>")


def page_article(
    page: bytes | str,
    url: str | None,
    *,
    settings: Settings,
    charset: str | None = None,
    given: dict[str, object] | None = None,
) -> Article:
    """Return the article of a page; `given` are fields that the caller knows better than the page.

    Raises:
        Rejection: `empty`, `binary`, `truncated`, `too_large`, `too_complex`, `no_text` or `not_english`.

    """
    given = given or {}
    if len(page) > MAX_PAGE_BYTES:
        raise Rejection("too_large", f"the page has {len(page):,} bytes; read are up to {MAX_PAGE_BYTES:,}")
    text = decode(page, charset, is_page=True) if isinstance(page, bytes) else page
    if not text.strip():
        raise Rejection("empty", "the page is empty")
    check_markup(text)
    tree = parse_page(text)
    metadata = page_metadata(tree, url)
    lines = _article_lines(tree, metadata)
    if not any(len(line.split()) >= _FEWEST_WORDS or len(line) >= _FEWEST_CHARS for line in lines):
        raise Rejection("no_text", "no article text was found in the page")
    if is_wall(lines):
        raise Rejection("no_text", f"this is the wall before a page: {' '.join(lines)!r}")
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
        "published": metadata.published,
        **{key: value for key, value in given.items() if value},
        "language": decide_language(
            body, settings, given=str(language) if language else None, hinted=metadata.language
        ),
    }
    return Article.of(body, **fields)


def _article_lines(tree: html.HtmlElement, metadata: PageMetadata) -> list[str]:
    """Return the paragraphs of the article without the headline."""
    set_right(tree)
    drop_furniture(tree)
    page, captions = page_lines(tree)
    found = trafilatura.bare_extraction(
        tree,
        url=metadata.url,
        fast=True,
        include_comments=False,
        include_tables=True,
        config=_trafilatura_config(),
    )
    if not isinstance(found, Document):
        return []
    for cell in found.body.iter("cell"):
        # Tables are numbers without sentences, unless the page is laid out in one.
        if not any(len(line.split()) >= _PROSE_WORDS for line in element_lines(cell)):
            for node in cell.iter():
                node.text = node.tail = None
    lines = with_captions(article_lines(element_lines(found.body)), page, captions)
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


@lru_cache(maxsize=1)
def _trafilatura_config() -> ConfigParser:
    config = use_config()
    # A short article is whole at two sentences; trafilatura would take the menu along with it.
    config.set("DEFAULT", "MIN_EXTRACTED_SIZE", "50")
    return config

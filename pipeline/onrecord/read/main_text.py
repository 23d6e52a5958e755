"""The lines of a page that are its article: by trafilatura's fast way, seldom by its full one.

The fast way takes one element for the article. Where that holds less than half of the page's prose, the
full one, which asks two further algorithms and costs three times as much, is tried as well. And a few
pages state in JSON-LD, for search engines, the text that only a script would show.
"""

from __future__ import annotations

import logging
from configparser import ConfigParser
from functools import lru_cache
from itertools import islice

import trafilatura
from lxml import html
from trafilatura.settings import Document, use_config

from onrecord.read.captions import with_captions
from onrecord.read.furniture import article_lines
from onrecord.read.jsonld import clean_string
from onrecord.read.lines import SILENT, bare, element_lines

_PROSE_WORDS = 8
_AROUND = SILENT | {"aside", "button", "footer", "form", "nav"}
_ENOUGH = 0.5
_MORE = 1.5
_MOSTLY = 0.7

# trafilatura reports through its loggers what is returned as a Failure here.
logging.getLogger("trafilatura").addHandler(logging.NullHandler())
logging.getLogger("htmldate").addHandler(logging.NullHandler())


def main_lines(tree: html.HtmlElement, stated: str | None = None) -> list[str]:
    """Return the lines of the article in a page whose furniture is taken out; none where none are found.

    `stated` is the text that the page's JSON-LD states.
    """
    lines = _extracted(tree, fast=True)
    if _may_be_little(lines, tree):
        lines = _fuller(lines, tree)
    if stated:
        paragraphs = [line for part in stated.splitlines() if (line := clean_string(part))]
        # The very text in one line is what trafilatura makes of it.
        if len(lines) == 1 < len(paragraphs) or _words(paragraphs) > 2 * _words(lines):
            lines = paragraphs
    return with_captions(article_lines(lines), tree)


def headlined_lines(tree: html.HtmlElement) -> list[str]:
    """Return all lines of the `article` element around the page's only headline; none where there is none."""
    headlines = list(islice(tree.iter("h1"), 2))
    article = next(headlines[0].iterancestors("article"), None) if len(headlines) == 1 else None
    return [] if article is None else article_lines(element_lines(article))


def _may_be_little(lines: list[str], tree: html.HtmlElement) -> bool:
    """Tell, at no cost to speak of, whether the page's paragraphs hold much more than the lines."""
    in_paragraphs = sum(len(node.text_content()) for node in tree.iter("p"))
    return len(lines) <= 1 or sum(map(len, lines)) < _ENOUGH * in_paragraphs


def _fuller(lines: list[str], tree: html.HtmlElement) -> list[str]:
    """Return what the full way finds, with the lines, where they hold too little of the page's prose."""
    prose = {bare(line): len(line.split()) for line in element_lines(tree, _AROUND) if _is_prose(line)}
    found = _covered(lines, prose)
    if found >= _ENOUGH * sum(prose.values()):
        return lines
    full = _extracted(tree, fast=False)
    more = _covered(full, prose)
    # Not what brings teasers and menus along.
    if more <= _MORE * found or more <= _MOSTLY * _words(full):
        return lines
    known = {bare(line) for line in (*lines, *full)}
    return [line for line in element_lines(tree) if bare(line) in known]


def _extracted(tree: html.HtmlElement, *, fast: bool) -> list[str]:
    found = trafilatura.bare_extraction(
        tree, fast=fast, include_comments=False, include_tables=True, config=_trafilatura_config()
    )
    if not isinstance(found, Document):
        return []
    for cell in found.body.iter("cell"):
        # Tables are numbers without sentences, unless the page is laid out in one.
        if not any(_is_prose(line) for line in element_lines(cell)):
            for node in cell.iter():
                node.text = node.tail = None
    return element_lines(found.body)


def _is_prose(line: str) -> bool:
    return len(line.split()) >= _PROSE_WORDS


def _words(lines: list[str]) -> int:
    return sum(len(line.split()) for line in lines)


def _covered(lines: list[str], prose: dict[str, int]) -> int:
    """Return how many words of the page's prose stand in the lines."""
    return sum(prose.get(key, 0) for key in {bare(line) for line in lines})


@lru_cache(maxsize=1)
def _trafilatura_config() -> ConfigParser:
    config = use_config()
    # A short article is whole at two sentences; trafilatura would take the menu along with it.
    config.set("DEFAULT", "MIN_EXTRACTED_SIZE", "50")
    return config

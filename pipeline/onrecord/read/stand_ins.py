"""What is served in an article's place: error pages, walls, indexes, the first lines of a paid article."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from itertools import islice
from urllib.parse import urlsplit

from lxml import etree, html

from onrecord.errors import LexiconError
from onrecord.read.lexicon import load_lists
from onrecord.read.lines import bare, element_lines
from onrecord.read.metadata import PageMetadata
from onrecord.read.outcome import Doubt, Rejection

_HIDDEN = etree.XPath(
    "//*[@hidden or @aria-hidden='true' or contains(translate(@style, ' ', ''), 'display:none')]"
)
_KINDS = ("error_page", "error_title", "consent_wall", "robot_check", "paywall")
# How many words a text has at most that counts as one of them, and of how many signs of a consent wall.
_SHORT = 60
_STUB = 150
_WITH_TITLE = 150
_CONSENT = 300
_SIGNS = 3
_SIGNS_IF_SHORT = 2
# What a teaser is, and how much of an index they are.
_CARD_WORDS = 80
_LINK_WORDS = (4, 30)
_MOST_LINKS = 300
_FEWEST_CARDS = 3
_FRONT_PAGE_LINKS = 10
_INDEX_SHARE = 0.6


def reject_stand_in(lines: list[str], titles: Iterable[str | None]) -> None:
    """Raise a rejection where the text is what stands before a page, or says that there is none.

    Raises:
        Rejection: `error_page`, `consent_wall` or `robot_check`.

    """
    text = " ".join(lines)
    words = _words(lines)
    shown = " ".join(text.split()[:20])
    if words <= _WITH_TITLE:
        for title in filter(None, titles):
            if any(pattern.match(title) for pattern in _patterns("error_title")):
                raise Rejection("error_page", f"the page is about an error: {title!r}")
    if words <= _SHORT and _found(text, "error_page"):
        raise Rejection("error_page", f"the page says that it is not there: {shown!r}")
    if words <= _SHORT and _found(text, "robot_check"):
        raise Rejection("robot_check", f"the site has kept a program out: {shown!r}")
    signs = _found(text, "consent_wall") if words <= _CONSENT else 0
    if signs >= (_SIGNS_IF_SHORT if words <= _SHORT else _SIGNS):
        raise Rejection("consent_wall", f"the page asks for consent: {shown!r}")


def is_stub(lines: list[str]) -> bool:
    """Tell whether the text is short enough to be the free beginning of a paid article."""
    return _words(lines) <= _STUB


def shown_lines(tree: html.HtmlElement) -> list[str]:
    """Return the lines of a page without what its markup hides, such as walls that are shown on occasion."""
    for hidden in _HIDDEN(tree):
        if hidden.getparent() is not None:
            hidden.drop_tree()
    return element_lines(tree)


def paywall_doubts(lines: list[str], page: list[str], metadata: PageMetadata) -> list[Doubt]:
    """Return the doubt whether the end of an article is there.

    `page` are all lines that the page shows, where the article is a stub.

    Raises:
        Rejection: `paywall`, where there is a stub and the page asks to subscribe for more.

    """
    asks = next((line for line in page if len(line.split()) <= _SHORT and _found(line, "paywall")), None)
    is_cut = bool(lines) and lines[-1].endswith(("…", "..."))
    if asks or (metadata.is_paid and is_cut and is_stub(lines)):
        raise Rejection("paywall", f"only the first {_words(lines)} words are free: {asks or lines[-1]!r}")
    if metadata.is_paid:
        return [Doubt("paywall", "the page states that it is not free: the end of the text may be missing")]
    if is_cut:
        return [Doubt("may_be_cut", "the text ends with an ellipsis: the rest may stand elsewhere")]
    return []


def is_index(lines: list[str], tree: html.HtmlElement, url: str | None) -> bool:
    """Tell whether most of the text are teasers of other pages: the page is a front page or a section's.

    A teaser is a block of at most 80 words around one link that has a line to itself; fewer than three
    are none. What lies at the root of a site and has ten of them is its front page, whatever was found.
    """
    links = list(islice(filter(_is_headline, tree.iter("a")), _MOST_LINKS))
    if url and urlsplit(url)[2:4] in (("", ""), ("/", "")) and len(links) >= _FRONT_PAGE_LINKS:
        return True
    around = Counter(node for link in links for node in link.iterancestors())
    cards = []
    for link in links:
        card = link
        while (parent := card.getparent()) is not None and around[parent] == 1 and parent.tag != "body":
            card = parent
        if card.find(".//h1") is None:
            cards.append(element_lines(card))
    text = bare("".join(lines))
    shown = [
        found
        for card in cards
        if _words(card) <= _CARD_WORDS
        and (found := [line for line in card if len(line.split()) >= _LINK_WORDS[0] and bare(line) in text])
    ]
    return len(shown) >= _FEWEST_CARDS and sum(map(_words, shown)) > _INDEX_SHARE * _words(lines)


def _is_headline(link: html.HtmlElement) -> bool:
    """Tell whether a link leads to another page and has a line to itself that may be a headline."""
    parent = link.getparent()
    fewest, most = _LINK_WORDS
    if (
        parent is None
        or link.get("href", "#").startswith("#")
        or not fewest <= len(link.text_content().split()) <= most
    ):
        return False
    return not any(text and text.strip() for text in (parent.text, link.tail))


def _words(lines: list[str]) -> int:
    return sum(len(line.split()) for line in lines)


def _found(text: str, kind: str) -> int:
    """Return how many patterns of a kind stand in the text."""
    return sum(pattern.search(text) is not None for pattern in _patterns(kind))


@lru_cache(maxsize=len(_KINDS))
def _patterns(kind: str) -> tuple[re.Pattern[str], ...]:
    lists = dict(zip(_KINDS, load_lists("stand_ins.toml", *_KINDS), strict=True))
    ending = r"(\s+[|–—-]\s.*)?$" if kind == "error_title" else ""
    compiled = []
    for pattern in lists[kind]:
        try:
            compiled.append(re.compile(f"(?:{pattern}){ending}", re.I))
        except re.error as error:
            raise LexiconError(f"read/stand_ins.toml: {pattern!r}: {error}") from error
    return tuple(compiled)

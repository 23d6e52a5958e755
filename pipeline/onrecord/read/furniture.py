"""What stands on a news page around the article, by the rules of `boilerplate.toml`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from lxml import etree, html

from onrecord.errors import LexiconError
from onrecord.read.lexicon import load_lists

_LINE_LENGTH = 160
_PROSE_WORDS = 8
# How often the text of a page may be gone over in search of furniture, nested as it may be.
_EFFORT = 50
_HEADINGS = ("h2", "h3", "h4")
_LOOKS = 50
_PROSE_END = re.compile(r"[.\"”’)]$")
_DROPPED = frozenset("aside button div dl figure footer form header nav ol section table ul".split())  # noqa: SIM905
_KEPT = frozenset({"html", "body", "main", "article", "h1"})


def drop_furniture(tree: html.HtmlElement) -> None:
    """Take the blocks and hidden elements out of the tree that are no part of an article."""
    rules = _boilerplate()
    body = tree.find(".//body")
    if body is None:
        return
    length = len(body.text_content())
    effort = _EFFORT * length
    for node in list(body.iter(etree.Element)):
        classes = node.get("class", "")
        marks = f" {classes} {node.get('id', '')} {node.get('data-component', '')} "
        is_marked = node.tag in _DROPPED and rules.blocks.search(marks)
        if node.tag in _KEPT or not (is_marked or rules.hidden.search(f" {classes} ")):
            continue
        inner = len(node.text_content())
        effort -= inner
        if effort < 0:
            return
        if 4 * inner < length and node.find(".//h1") is None:
            node.drop_tree()
    headlines = list(islice(body.iter("h1"), 2))
    if len(headlines) == 1:
        _drop_stories_before(headlines[0], length)


def _drop_stories_before(headline: html.HtmlElement, length: int) -> None:
    """Take out the blocks before the headline in which headings are links: columns of other stories."""
    before = [node for around in headline.iterancestors() for node in around.itersiblings(preceding=True)]
    for block in before:
        is_list = any(heading.find(".//a") is not None for heading in islice(block.iter(*_HEADINGS), _LOOKS))
        is_list = is_list or any(block.find(f".//a//{name}") is not None for name in _HEADINGS)
        if is_list and 2 * len(block.text_content()) < length:
            block.drop_tree()


def article_lines(lines: Iterable[str]) -> list[str]:
    """Return the lines that are the article's: no labels, and no lists of links under their heading."""
    rules = _boilerplate()
    kept = []
    is_listing = False
    for line in lines:
        is_short = len(line) <= _LINE_LENGTH
        if is_short and rules.link_lists.fullmatch(line):
            is_listing = True
        elif is_listing and _PROSE_END.search(line) and len(line.split()) >= _PROSE_WORDS:
            is_listing = False
        if not is_listing and not (is_short and rules.lines.fullmatch(line)):
            kept.append(line)
    return kept


@dataclass(frozen=True, slots=True)
class _Boilerplate:
    blocks: re.Pattern[str]
    hidden: re.Pattern[str]
    lines: re.Pattern[str]
    link_lists: re.Pattern[str]


@lru_cache(maxsize=1)
def _boilerplate() -> _Boilerplate:
    blocks, hidden, *groups = load_lists("boilerplate.toml", "blocks", "hidden", "lines", "link_lists")
    for pattern in (pattern for group in groups for pattern in group):
        try:
            re.compile(pattern)
        except re.error as error:
            raise LexiconError(f"read/boilerplate.toml: {pattern!r}: {error}") from error
    lines, link_lists = (re.compile("|".join(f"(?:{p})" for p in group), re.I) for group in groups)
    return _Boilerplate(
        blocks=re.compile(rf"\s(?:{'|'.join(map(re.escape, blocks))})(?=[\s_-])", re.I),
        hidden=re.compile(rf"\s(?:{'|'.join(map(re.escape, hidden))})\s", re.I),
        lines=lines,
        link_lists=link_lists,
    )

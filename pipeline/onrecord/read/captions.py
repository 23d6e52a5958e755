"""Captions: text of the article that trafilatura leaves out, put back where the page has it."""

from __future__ import annotations

from lxml import etree

from onrecord.read.lines import bare, element_lines, visible_text

_HOMES = frozenset({"article", "main"})
_ELSEWHERE = frozenset({"aside", "nav", "footer", "a", "form"})
_MIN_WORDS = 3


def page_lines(tree: etree._Element) -> tuple[list[str], frozenset[str]]:
    """Return all lines of a page in order, and which of them (bare) are captions of its article.

    A caption is the article's where its figure stands in `<article>` or `<main>`, and in no aside,
    menu, footer, form or link.
    """
    captions: set[str] = set()
    for caption in tree.iter("figcaption"):
        around = {node.tag for node in caption.iterancestors()}
        text = visible_text(caption)
        if around & _HOMES and not around & _ELSEWHERE and len(text.split()) >= _MIN_WORDS:
            captions.update(bare(line) for line in element_lines(caption))
    return element_lines(tree), frozenset(captions)


def with_captions(lines: list[str], page: list[str], captions: frozenset[str]) -> list[str]:
    """Return the article's lines with its captions where the page has them.

    What stands behind the article's last line is left out: captions there are of other stories.
    """
    if not captions:
        return lines
    place = {bare(line): number for number, line in reversed(list(enumerate(lines)))}
    before: dict[int, list[str]] = {}
    following = 0
    for line in page:
        key = bare(line)
        if key in captions and key not in place:
            before.setdefault(following, []).append(line)
        elif place.get(key, -1) >= following:
            following = place[key] + 1
    merged: list[str] = []
    for number, line in enumerate(lines):
        merged += before.get(number, [])
        merged.append(line)
    return merged

"""Captions: text of the article that trafilatura leaves out, put back where the page has it."""

from __future__ import annotations

from lxml import etree

from onrecord.read.lines import bare, element_lines, visible_text

_HOMES = frozenset({"article", "main"})
_ELSEWHERE = frozenset({"aside", "nav", "footer", "a", "form"})
_MIN_WORDS = 3


def with_captions(lines: list[str], tree: etree._Element) -> list[str]:
    """Return the article's lines with its captions where the page has them.

    What stands behind the article's last line is left out: captions there are of other stories.
    """
    captions = _captions(tree)
    if not captions:
        return lines
    page = element_lines(tree)
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


def _captions(tree: etree._Element) -> frozenset[str]:
    """Return the captions of a page's article, bare.

    A caption is the article's where its figure stands in `<article>` or `<main>`, and in no aside,
    menu, footer, form or link.
    """
    captions: set[str] = set()
    for caption in tree.iter("figcaption"):
        around = {node.tag for node in caption.iterancestors()}
        text = visible_text(caption)
        if around & _HOMES and not around & _ELSEWHERE and len(text.split()) >= _MIN_WORDS:
            captions.update(bare(line) for line in element_lines(caption))
    return frozenset(captions)

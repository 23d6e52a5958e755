"""The lines of a marked-up text: one for each block, as a reader sees them."""

from __future__ import annotations

import re

from lxml import etree

# HTML's blocks, and what trafilatura makes of them in its own tree (head, item, quote, cell, lb).
# fmt: off
BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "br", "caption", "cell", "code", "dd", "div", "dl",
    "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
    "head", "header", "hr", "item", "lb", "li", "list", "main", "nav", "ol", "p", "pre", "quote",
    "row", "section", "table", "td", "th", "tr", "ul",
})
# fmt: on
_INVALID = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_NO_LETTER = re.compile(r"[\W_]+")
SILENT = frozenset({"script", "style", "noscript", "template", "graphic"})


def element_lines(element: etree._Element, silent: frozenset[str] = SILENT) -> list[str]:
    """Return the lines of text in an element, without its tail; runs of white space are one space.

    What stands in `silent` elements is left out.
    """
    lines: list[str] = []
    parts: list[str] = []

    def end_line() -> None:
        if line := " ".join("".join(parts).split()):
            lines.append(line)
        parts.clear()

    depth = 0
    for event, node in etree.iterwalk(element, events=("start", "end", "comment", "pi")):
        is_markup = isinstance(node.tag, str)
        if is_markup and node.tag in BLOCKS:
            end_line()
        if is_markup and node.tag in silent:
            depth += 1 if event == "start" else -1
        text = node.text if event == "start" else node.tail if node is not element else None
        if text and not depth:
            parts.append(text)
    end_line()
    return lines


def visible_text(element: etree._Element) -> str:
    """Return the text of an element in one line."""
    return " ".join(element_lines(element))


def bare(text: str) -> str:
    """Return the letters and digits of a text in lower case, for comparing headlines."""
    return _NO_LETTER.sub("", text.casefold())


def valid(text: str) -> str:
    """Return a text without the characters that no document may hold; U+FFFD for half surrogate pairs."""
    return _INVALID.sub(lambda found: "\ufffd" if "\ud800" <= found[0] <= "\udfff" else "", text)

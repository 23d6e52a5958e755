"""Is this page whole, and no more than a parser can bear? Told from its tags in one linear pass.

A parser repairs a page that breaks off and returns a shorter article without a word; half an
article would then be taken for the whole. And libxml2's time grows with the square of the attributes
of a tag, its memory, and that of all that comes after it, with the number of elements.
"""

from __future__ import annotations

import re
from collections import Counter

from onrecord.read.outcome import Rejection

MOST_ELEMENTS = 100_000
MOST_ATTRIBUTES = 200_000
MOST_ATTRIBUTES_OF_A_TAG = 2_000

# Elements whose end tags HTML requires: one of them left open means that the rest did not come.
_CONTAINERS = frozenset({"article", "main", "section", "div"})
# Elements that hold anything but tags up to their end tag.
_RAW = frozenset({"script", "style", "textarea", "title"})
# An attribute as the tokenizer of the HTML standard (13.2.5.32 to .39) sees it: its name may hold
# quotation marks and begin with "="; a quoted value that is not closed goes on to the end of the page.
_VALUE = r"""(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z)|[^\s>"'][^\s>]*+|(?=>))"""
_ATTRIBUTE = rf"[\s/]*+[^\s/>][^\s/>=]*+(?:\s*+=\s*+{_VALUE})?+"
_ATTRIBUTES = re.compile(_ATTRIBUTE, re.A)
_TAG = re.compile(
    rf"<(?:(?P<comment>!--)|(?P<end>/?)(?P<name>[a-zA-Z][^\s/>]*+)(?P<attributes>(?:{_ATTRIBUTE})*+)[\s/]*+"
    r"|[!?/][^>]*+|\Z)(?P<close>>?)",
    re.A,
)


def check_markup(page: str) -> None:
    """Raise a rejection for a page that breaks off, and for one of inordinately much markup.

    Whole is a page that ends its `html` or `body`, or that leaves none of its containers open:
    HTML lets authors leave out `</body>` and `</html>`. Without any container, a `body` that was
    opened has to be closed. After the end of the body nothing of the article can be missing.

    Raises:
        Rejection: `truncated` or `too_complex`.

    """
    opened: Counter[str] = Counter()
    is_ended = False
    elements = attributes = at = 0
    while (tag := _TAG.search(page, at)) is not None:
        at, name, problem = _after(page, tag)
        if problem:
            if is_ended:
                return
            raise Rejection("truncated", problem)
        if tag["end"]:
            is_ended = is_ended or name in ("html", "body")
        elif name:
            elements += 1
            own = len(_ATTRIBUTES.findall(tag["attributes"])) if tag["attributes"] else 0
            attributes += own
            _check_amount(elements, attributes, own)
        if name in _CONTAINERS or name == "body":
            opened[name] += -1 if tag["end"] else 1
    if not is_ended and (problem := _left_open(opened)) is not None:
        raise Rejection("truncated", problem)


def _after(page: str, tag: re.Match[str]) -> tuple[int, str, str | None]:
    """Return where what a tag begins ends, the name of the element, and where the page breaks off."""
    if tag["comment"]:
        end = page.find("-->", tag.start() + 2)
        return end + 3, "", None if end >= 0 else "the page ends inside a comment"
    name = (tag["name"] or "").lower()
    if not tag["close"]:
        return tag.end(), name, "the page ends inside a tag"
    if name in _RAW and not tag["end"]:
        end = _end_of_raw(page, name, tag.end())
        return end, name, None if end >= 0 else f"the page ends inside <{name}>"
    return tag.end(), name, None


def _end_of_raw(page: str, name: str, start: int) -> int:
    """Return the offset behind the end tag of a script or style; -1 where there is none."""
    at = start
    while (at := page.find("</", at)) >= 0:
        if page[at + 2 : at + 2 + len(name)].lower() == name:
            return page.find(">", at) + 1 or -1
        at += 2
    return -1


def _check_amount(elements: int, attributes: int, own: int) -> None:
    if elements > MOST_ELEMENTS:
        raise Rejection("too_complex", f"the page has more than {MOST_ELEMENTS:,} elements")
    if own > MOST_ATTRIBUTES_OF_A_TAG:
        raise Rejection("too_complex", f"an element has {own:,} attributes")
    if attributes > MOST_ATTRIBUTES:
        raise Rejection("too_complex", f"the page has more than {MOST_ATTRIBUTES:,} attributes")


def _left_open(opened: Counter[str]) -> str | None:
    for name in ("article", "main"):
        if opened[name] > 0:
            return f"<{name}> is not closed, nor <body>"
    if any(opened[name] > 0 for name in _CONTAINERS):
        return "an element of the page is not closed, nor is <body>"
    if opened["body"] > 0 and not any(name in opened for name in _CONTAINERS):
        return "<body> is not closed"
    return None

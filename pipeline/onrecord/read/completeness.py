"""Was this page cut off? Told from its markup, in one linear pass and without a parser.

A parser repairs a page that breaks off and returns a shorter article without a word; half an
article would then be taken for the whole.
"""

from __future__ import annotations

from collections import Counter

# Elements whose end tags HTML requires: one of them left open means that the rest did not come.
_CONTAINERS = frozenset({"article", "main", "section", "div"})
# Elements that hold anything but tags up to their end tag.
_RAW = frozenset({"script", "style", "textarea", "title"})


def cut_off(page: str) -> str | None:
    """Return what shows that the page breaks off ("inside a tag"), or None where it is whole.

    Whole is a page that ends its `html` or `body`, or that leaves none of its containers open:
    HTML lets authors leave out `</body>` and `</html>`. Without any container, a `body` that was
    opened has to be closed.
    """
    opened: Counter[str] = Counter()
    at = page.find("<")
    while at >= 0:
        at, name, closing, problem = _tag(page, at)
        if problem:
            # After the end of the body nothing of the article can be missing.
            return None if opened["whole"] else problem
        if name in _CONTAINERS or name in ("html", "body"):
            opened[name] += -1 if closing else 1
            if closing and name in ("html", "body"):
                opened["whole"] = 1
        at = page.find("<", at)
    if opened["whole"]:
        return None
    for name in ("article", "main"):
        if opened[name] > 0:
            return f"<{name}> is not closed, nor <body>"
    if any(opened[name] > 0 for name in _CONTAINERS):
        return "an element of the page is not closed, nor is <body>"
    if opened["body"] > 0 and not any(name in opened for name in _CONTAINERS):
        return "<body> is not closed"
    return None


def _tag(page: str, at: int) -> tuple[int, str, bool, str | None]:
    """Return where the tag at `<` ends, its name, whether it is an end tag, and where the page breaks off."""
    if page.startswith("<!--", at):
        end = page.find("-->", at + 4)
        return (end + 3, "", False, None) if end >= 0 else (at, "", False, "the page ends inside a comment")
    start = at + 1
    closing = page.startswith("/", start)
    start += closing
    first = page[start : start + 1]
    if not first:
        return at, "", False, "the page ends inside a tag"
    if not (first.isascii() and first.isalpha()) and first not in "!?":
        return start, "", False, None
    end = page.find(">", start)
    if end < 0:
        return at, "", False, "the page ends inside a tag"
    stop = start
    while stop < end and page[stop].isalnum():
        stop += 1
    name = page[start:stop].lower()
    if name in _RAW and not closing:
        end = _end_of_raw(page, name, end)
        if end < 0:
            return at, name, False, f"the page ends inside <{name}>"
    return end + 1, name, closing, None


def _end_of_raw(page: str, name: str, start: int) -> int:
    """Return the offset of the `>` of the end tag of a script or style; -1 where there is none."""
    at = start
    while (at := page.find("</", at)) >= 0:
        if page[at + 2 : at + 2 + len(name)].lower() == name:
            return page.find(">", at)
        at += 2
    return -1

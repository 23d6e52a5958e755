"""schema.org JSON-LD: the node of a page's article among all that the page states."""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Iterator
from html import unescape
from typing import Any

from lxml import html

from onrecord.read.lines import bare, valid

_ARTICLE_TYPE = re.compile(r"\w*(?:Article|BlogPosting|Report)")
_MARKUP = re.compile(r"<[^<>]{1,200}>")
_BY = re.compile(r"by\s+", re.I)
_NODES = 5000
_NAME_LENGTH = 100


def article_node(tree: html.HtmlElement, titles: list[str]) -> dict[str, Any]:
    """Return the JSON-LD object of this page's article, or an empty one.

    A page may state other articles as well: the one whose headline is among the titles wins, then
    the first.
    """
    scripts = (script for script in tree.iter("script") if "ld+json" in script.get("type", "").lower())
    articles = [node for script in scripts for node in _nodes(script.text or "") if _is_article(node)]
    wanted = [title for title in map(bare, titles) if title]
    for node in articles:
        headline = bare(clean_string(node.get("headline")) or "")
        if headline and any(headline in title or title in headline for title in wanted):
            return node
    return articles[0] if articles else {}


def names(value: Any) -> list[str]:
    """Return the names in a JSON-LD value: a string, an object with a name, or a list of either."""
    found: list[str] = []
    for item in value if isinstance(value, list) else [value]:
        name = item.get("name") if isinstance(item, dict) else item
        for text in name if isinstance(name, list) else [name]:
            clean = clean_string(text)
            if clean and len(clean) <= _NAME_LENGTH and "://" not in clean:
                by = _BY.match(clean)
                found.append(clean[by.end() :] if by else clean)
    return found


def clean_string(value: Any) -> str | None:
    """Return a string of a page without markup, entities and runs of spaces; None for no string."""
    if not isinstance(value, str):
        return None
    return " ".join(_MARKUP.sub("", valid(unescape(value))).split()) or None


def _nodes(text: str) -> Iterator[dict[str, Any]]:
    """Yield every object of a JSON-LD script, outer before inner; nothing for what is no JSON."""
    text = text.strip().removeprefix("//<![CDATA[").removesuffix("//]]>").strip()
    try:
        queue: deque[Any] = deque([json.loads(text, strict=False)])
    except (ValueError, RecursionError):
        return
    for _ in range(_NODES):
        if not queue:
            return
        value = queue.popleft()
        if isinstance(value, dict):
            yield value
            queue.extend(value.values())
        elif isinstance(value, list):
            queue.extend(value)


def _is_article(node: dict[str, Any]) -> bool:
    types = node.get("@type")
    stated = types if isinstance(types, list) else [types]
    return any(isinstance(name, str) and _ARTICLE_TYPE.fullmatch(name.rsplit("/", 1)[-1]) for name in stated)

"""Reading articles that a program holds already, as mappings with the fields of the JSON input."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from onrecord.read.decode import decode
from onrecord.read.fields import json_article
from onrecord.read.outcome import ReadArticle, Rejection, rejecting_the_unreadable, sha256
from onrecord.records import Failure
from onrecord.settings import Settings


def read_object(fields: Mapping[str, Any], *, settings: Settings, name: str) -> ReadArticle | Failure:
    """Return the article that a mapping describes, or the failure that says why there is none.

    The fields are those of the JSON input; `html` may be bytes as well. `name` is what the
    provenance or the failure calls the input where the mapping has no `url`.
    """
    given = dict(fields)
    name = str(given.get("url") or name)
    page = given.get("html")
    raw = (
        page
        if isinstance(page, bytes)
        else str(given.get("text") or page or "").encode("utf-8", "surrogatepass")
    )
    try:
        with rejecting_the_unreadable():
            if isinstance(page, bytes):
                given["html"] = decode(page, None, is_page=True)
            return ReadArticle(json_article(given, settings), name, sha256(raw))
    except Rejection as rejection:
        return rejection.failure(name)

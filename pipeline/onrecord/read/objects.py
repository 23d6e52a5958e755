"""Reading articles that a program holds already, as mappings with the fields of the JSON input."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from onrecord.read.decode import decoded
from onrecord.read.fields import json_article
from onrecord.read.outcome import Doubt, ReadArticle, Rejection, rejecting_the_unreadable, sha256
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
            doubts: tuple[Doubt, ...] = ()
            if isinstance(page, bytes):
                given["html"], doubts = decoded(page, None, is_page=True)
            reading = json_article(given, settings)
            reading = replace(reading, doubts=(*doubts, *reading.doubts))
            return ReadArticle(reading.article, name, sha256(raw), notes=reading.provenance())
    except Rejection as rejection:
        return rejection.failure(name)

"""One document as it lies in a file or archive, before anything is made of it.

Finding documents and reading them are two steps so that a process which only finds them stays
cheap: it can hand them to others, which decode, parse and extract.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from onrecord.read.decode import decoded
from onrecord.read.fields import json_article, text_article
from onrecord.read.objects import read_object
from onrecord.read.outcome import ReadArticle, Reading, Rejection, rejecting_the_unreadable, sha256
from onrecord.read.page import page_article
from onrecord.records import Failure
from onrecord.settings import Settings

Kind = Literal["html", "text", "json", "row"]


@dataclass(frozen=True, slots=True)
class Document:
    """What was found under one name: the bytes of a page, text or JSON value, or a row of a table.

    `input` and `line` are as in `ReadArticle`. `mark` says where in its file the document lies, in
    numbers that only the reader of that kind of file understands: reading from there gives this
    document first. `place` is what a person needs to find the raw document again, such as the byte
    offset and id of a WARC record. `problem` says why there is no document but damage.
    """

    input: str
    kind: Kind = "html"
    raw: bytes = b""
    row: Mapping[str, Any] | None = None
    url: str | None = None
    charset: str | None = None
    line: int | None = None
    mark: tuple[int, ...] = ()
    place: Mapping[str, str | int] = field(default_factory=dict)
    problem: Rejection | None = None


def read_document(document: Document, settings: Settings) -> ReadArticle | Failure:
    """Return the article that a document holds, or the failure that says why there is none."""
    if document.row is not None:
        read = read_object(document.row, settings=settings, name=document.input)
        if isinstance(read, Failure):
            return read.model_copy(update={"input": document.input})
        return replace(read, input=document.input, place=document.place)
    try:
        if document.problem is not None:
            raise document.problem
        with rejecting_the_unreadable():
            reading = _reading(document, settings)
    except Rejection as rejection:
        return rejection.failure(document.input, document.line)
    return ReadArticle(
        reading.article,
        document.input,
        sha256(document.raw),
        document.line,
        document.place,
        reading.provenance(),
    )


def _reading(document: Document, settings: Settings) -> Reading:
    if document.kind == "json":
        return json_article(json.loads(document.raw), settings)
    if document.kind == "html":
        captured = document.place.get("date")  # of a WARC record
        return page_article(
            document.raw,
            document.url,
            charset=document.charset,
            captured=str(captured) if captured else None,
            settings=settings,
        )
    given = {"url": document.url} if document.url else {}
    text, doubts = decoded(document.raw, document.charset)
    return text_article(text, settings, doubts=doubts, **given)

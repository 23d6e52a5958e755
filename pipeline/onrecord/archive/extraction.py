"""What turns one document into an entry of the journal: in a worker process, or anywhere else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from onrecord.archive.entry import Entry, Fingerprint
from onrecord.archive.fingerprint import signature
from onrecord.read.document import Document, read_document
from onrecord.read.outcome import ReadArticle, failure_of
from onrecord.records import ArticleRecord, Failure
from onrecord.settings import Settings
from onrecord.version import __version__

Judge = Callable[[int, Fingerprint], bool]
"""Tells whether the text at a position is known as a copy of an earlier one, so that it can be spared."""


Check = Callable[[Mapping[str, Any]], None]
"""Is given the identity of an extractor before it gets a document; raises where it is not the right one."""


class DocumentExtractor(Protocol):
    """What a worker loads once and uses for every document."""

    @property
    def identity(self) -> Mapping[str, Any]:
        """What makes its records what they are, besides the settings: names and versions, as JSON."""

    def extract(self, read: ReadArticle) -> ArticleRecord | Failure:
        """Return the record of an article, or the failure that says why there is none."""


ExtractorFactory = Callable[[Settings], DocumentExtractor]
"""Makes the extractor of a worker process; a function of a module, so that it can be named there."""


class ModelExtractor:
    """The extractor of the package, with the model that the settings name."""

    def __init__(self, settings: Settings) -> None:
        from onrecord.extractor import Extractor  # noqa: PLC0415  spaCy is for worker processes only

        self._extractor = Extractor.load(settings)

    @property
    def identity(self) -> Mapping[str, Any]:
        """The versions of the package and of the model."""
        meta = self._extractor.nlp.meta
        return {"onrecord": __version__, "model": f"{meta['lang']}_{meta['name']} {meta['version']}"}

    def extract(self, read: ReadArticle) -> ArticleRecord | Failure:
        """Return the record of an article, or the failure that says why there is none."""
        return next(self._extractor.stream([read]))


def process_document(
    position: int, document: Document, settings: Settings, extractor: DocumentExtractor, judge: Judge
) -> Entry:
    """Return what becomes of a document: a record, a failure, or, for a known copy, neither."""
    try:
        read = read_document(document, settings)
        if isinstance(read, Failure):
            return failed(position, document, read)
        text = read.article.text
        fingerprint = Fingerprint(read.article.id, read.article.text_sha256, signature(text))
        url = read.article.url
        if judge(position, fingerprint):
            return _entry(position, document, url=url, fingerprint=fingerprint)
        outcome = extractor.extract(read)
    except Exception as error:
        # One document, whatever it does to a parser, must not cost the run.
        code, reason = failure_of(error)
        return failed(
            position, document, Failure(code=code, input=document.input, line=document.line, reason=reason)
        )
    if isinstance(outcome, Failure):
        return _entry(position, document, url=url, failure=outcome, fingerprint=fingerprint)
    return _entry(
        position,
        document,
        url=url,
        record=outcome.model_dump_json(),
        fingerprint=fingerprint,
        words=len(text.split()),
    )


def failed(
    position: int, document: Document, failure: Failure, fingerprint: Fingerprint | None = None
) -> Entry:
    """Return the entry of a document that failed, with the fingerprint of its text where it was read."""
    return _entry(position, document, url=document.url, failure=failure, fingerprint=fingerprint)


def _entry(position: int, document: Document, **outcome: Any) -> Entry:
    return Entry(position, document.input, line=document.line, place=document.place, **outcome)

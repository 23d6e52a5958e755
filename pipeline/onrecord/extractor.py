"""From articles to records: the whole way on one screen.

    read      an input becomes an Article (or a Failure, which passes through)
    parse     spaCy's pipeline makes a Doc of its text
    annotate  dates, figures, places, actors and claims are written on the Doc
    link      one Doc and its Article become one ArticleRecord

Writing and viewing see the records alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from spacy.language import Language

from onrecord.annotate.claims.lexicon import load_cues
from onrecord.errors import ExtractionError, InvalidSettingError
from onrecord.link import link
from onrecord.parse.documents import annotate, tokenize
from onrecord.parse.pipeline import load_pipeline
from onrecord.processes import ForkLock, Workers
from onrecord.read import ReadArticle, read_object
from onrecord.read.outcome import failure_of
from onrecord.records import Article, ArticleRecord, Failure
from onrecord.settings import Settings
from onrecord.version import __version__

Item = ReadArticle | Article | Failure | Mapping[str, Any]
Outcome = ArticleRecord | Failure

_BATCH_CHARS = 50_000  # bounds what one batch, and with it one memory zone, holds


class Extractor:
    """Turns articles into records; make one with `Extractor.load` and use it again.

    The same input, settings and model give the same bytes, whatever the number of processes: every
    text goes through the model by itself, so that no other text of a batch can tip a rounding. Threads
    may share one: they take turns, a batch each.
    """

    def __init__(self, nlp: Language, settings: Settings) -> None:
        """Use a pipeline that has onrecord's components already (see `load_pipeline`)."""
        self.nlp = nlp
        self.settings = settings
        self._lexicon = load_cues()
        self._lock = ForkLock()
        self._provenance = {
            "onrecord": __version__,
            "model": {"name": f"{nlp.meta['lang']}_{nlp.meta['name']}", "version": nlp.meta["version"]},
            "method": settings.method,
            "settings": settings.digest(),
            **{name: file.identity for name, file in settings.own_files.items()},
        }

    @classmethod
    def load(cls, settings: Settings | None = None) -> Extractor:
        """Load the pipeline that the settings name.

        Raises ModelNotFoundError where it, or the learned model that they ask for, is not installed,
        LexiconError, naming file and line, where a file of the user's own cannot be used.
        """
        settings = settings or Settings()
        return cls(load_pipeline(settings), settings)

    def extract(
        self,
        *,
        text: str | None = None,
        html: str | bytes | None = None,
        url: str | None = None,
        **fields: Any,
    ) -> ArticleRecord:
        """Return the record of one article, given as text or as an HTML page.

        `fields` are the article's `id`, `title`, `published`, `site`, `byline` and `language`.
        Raises ExtractionError, with the failure on it, where there is nothing to extract from.
        """
        if (text is None) == (html is None):
            raise InvalidSettingError("give either text= or html=, one of them")
        page = {"text": text} if text is not None else {"html": html}
        outcome = next(self.stream([{**page, "url": url, **fields}]))
        if isinstance(outcome, Failure):
            raise ExtractionError(outcome)
        return outcome

    def stream(self, items: Iterable[Item], processes: int = 1) -> Iterator[Outcome]:
        """Yield a record or a failure for every item, in the order of the items, as they come.

        Items are articles as read, plain articles, mappings with the fields of the JSON input, or
        failures, which pass through. With more than one process batches go to worker processes,
        each with a pipeline of its own.
        """
        if processes < 1:
            raise InvalidSettingError(f"processes is {processes}; it has to be 1 or more")
        batches = _batches(self._as_read(item, number) for number, item in enumerate(items, 1))
        if processes == 1:
            for batch in batches:
                yield from self._extract_batch(batch)
        else:
            workers: Workers[ReadArticle | Failure, Outcome]
            workers = Workers(processes, _start_worker, self.settings, _work)
            yield from workers.process(batches, _died)

    def _as_read(self, item: Item, number: int) -> ReadArticle | Failure:
        if isinstance(item, Mapping):
            return read_object(item, settings=self.settings, name=f"<article {number}>")
        if isinstance(item, Article):
            return ReadArticle(item, item.url or f"<article {number}>", item.text_sha256)
        return item

    def _extract_batch(self, batch: list[ReadArticle | Failure]) -> list[Outcome]:
        """Extract a batch in one memory zone: strings of its texts do not outlive it."""
        with self._lock, self.nlp.memory_zone():
            return [one if isinstance(one, Failure) else self._extract_one(one) for one in batch]

    def _extract_one(self, read: ReadArticle) -> Outcome:
        article = read.article
        try:
            doc = tokenize(self.nlp, article.text)
            doc._.onrecord_published = article.published
            doc._.onrecord_site = article.site
            doc = annotate(self.nlp, doc)
            return link(doc, article, self._lexicon, self._provenance_of(read), self.settings.min_confidence)
        except Exception as error:
            code, reason = failure_of(error)
            return Failure(
                code=code,
                input=read.input,
                line=read.line,
                reason=reason,
                article_id=article.id,
            )

    def _provenance_of(self, read: ReadArticle) -> dict[str, Any]:
        source = {"name": read.input, "line": read.line, "sha256": read.raw_sha256, **read.place}
        return {**self._provenance, "input": source, **read.notes}


def _died(read: ReadArticle | Failure) -> Outcome:
    if isinstance(read, Failure):
        return read
    return Failure(
        code="worker_died",
        input=read.input,
        line=read.line,
        reason="a worker process died on it, 2 times of 2",
        article_id=read.article.id,
    )


def _batches(items: Iterable[ReadArticle | Failure]) -> Iterator[list[ReadArticle | Failure]]:
    """Group items, in order, into batches of about the same amount of text."""
    batch: list[ReadArticle | Failure] = []
    size = 0
    for item in items:
        batch.append(item)
        size += len(item.article.text) if isinstance(item, ReadArticle) else 0
        if size >= _BATCH_CHARS or len(batch) >= 64:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


_worker: list[Extractor] = []
"""The extractor of a worker process, made once by its initializer; empty in every other process."""


def _start_worker(settings: Settings) -> None:
    _worker.append(Extractor.load(settings))


def _work(batch: list[ReadArticle | Failure]) -> list[Outcome]:
    return _worker[0]._extract_batch(batch)


_shared: dict[Settings, Extractor] = {}
_shared_lock = ForkLock()


def load(settings: Settings | None = None) -> Extractor:
    """Return the extractor for these settings: loaded at the first call, thread-safely, then shared."""
    key = settings or Settings()
    with _shared_lock:
        if key not in _shared:
            _shared[key] = Extractor.load(key)
        return _shared[key]


def extract(
    *,
    text: str | None = None,
    html: str | bytes | None = None,
    url: str | None = None,
    settings: Settings | None = None,
    **fields: Any,
) -> ArticleRecord:
    """Return the record of one article; see `Extractor.extract`."""
    return load(settings).extract(text=text, html=html, url=url, **fields)


def extract_many(
    articles: Iterable[Item], *, processes: int = 1, settings: Settings | None = None
) -> Iterator[Outcome]:
    """Yield a record or a failure for every article, in order; see `Extractor.stream`."""
    return load(settings).stream(articles, processes)

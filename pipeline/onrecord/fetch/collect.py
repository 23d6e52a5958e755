"""What a good answer is kept as: a page in the archive, or links in the frontier."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from onrecord.fetch.exchange import Exchange
from onrecord.fetch.listings import Link, Role, front_page_links, read_listing
from onrecord.fetch.outcome import Fetched
from onrecord.fetch.schedule import Schedule, Task
from onrecord.fetch.state import Document, State
from onrecord.fetch.urls import is_front_page
from onrecord.fetch.warc import WarcWriter
from onrecord.read.http import PAGE_TYPES, media_type
from onrecord.read.outcome import Rejection
from onrecord.records import Failure

_MAX_DEPTH = 4


class Collector:
    """Keeps answers; the state is committed behind each."""

    def __init__(self, state: State, archive: WarcWriter, schedule: Schedule, *, max_bytes: int) -> None:
        self._state = state
        self._archive = archive
        self._schedule = schedule
        self._max_bytes = max_bytes

    def accept(self, task: Task, exchange: Exchange, sitemaps: Iterable[str]) -> Fetched:
        """Keep an answer with status 200; `sitemaps` are those that the site's robots.txt names.

        Raises:
            Rejection: it is nothing that was asked for.

        """
        links = self._links(task, exchange, sitemaps)
        known = self._state.document(task.target)
        document = Document(
            task.target,
            exchange.asked_at,
            exchange.header("ETag"),
            exchange.header("Last-Modified"),
            exchange.digest if links is None else None,
        )
        if links is not None:
            self._state.remember_links(task.target, links)
            return self._follow(task, document, links)
        if known and known.digest == document.digest:
            return self._close(task, document, Fetched(task.entry.url, "unchanged"))
        self._archive.write((*task.hops, exchange))
        return self._close(task, document, Fetched(task.entry.url, "written"))

    def confirm(self, task: Task, known: Document, asked_at: float) -> Fetched:
        """Keep what is known of a URL whose server answers that nothing has changed."""
        document = replace(known, fetched_at=asked_at)
        if known.digest is None:
            return self._follow(task, document, self._state.links_of(task.target))
        return self._close(task, document, Fetched(task.entry.url, "unchanged"))

    def fail(self, task: Task, reason: str) -> Failure:
        """Give up a URL."""
        self._state.settle(task.entry, failed=True)
        self._state.commit(self._archive.size)
        return Failure(code="fetch_failed", input=task.entry.url, reason=reason)

    def _links(self, task: Task, exchange: Exchange, sitemaps: Iterable[str]) -> list[Link] | None:
        """Return the links of what lists pages, None for a page."""
        if task.entry.role is Role.PAGE:
            return None
        links = read_listing(exchange.content, task.target, max_bytes=self._max_bytes)
        if links is not None:
            return links
        if task.entry.role is Role.LISTING:
            raise Rejection("fetch_failed", "this is neither a feed nor a sitemap")
        kind, _ = media_type(exchange.header("Content-Type"))
        if kind and kind not in PAGE_TYPES:
            raise Rejection("fetch_failed", f"the server sends {kind}, which is no page, feed or sitemap")
        if is_front_page(task.entry.url):
            return front_page_links(exchange.content, task.target, sitemaps)
        return None

    def _follow(self, task: Task, document: Document, links: list[Link]) -> Fetched:
        depth = task.entry.depth + 1
        followed = [link for link in links if link.role is Role.PAGE or depth < _MAX_DEPTH]
        for host in self._state.add(followed, depth):
            self._schedule.wake(host)
        return self._close(task, document, Fetched(task.entry.url, "listing", len(links)))

    def _close(self, task: Task, document: Document, outcome: Fetched) -> Fetched:
        self._state.remember(document)
        if task.entry.url != document.url:
            # Where the page was named it only redirects: no condition may be sent along there.
            self._state.remember(Document(task.entry.url, document.fetched_at, digest=document.digest))
        self._state.settle(task.entry, failed=False)
        self._state.commit(self._archive.size)
        return outcome

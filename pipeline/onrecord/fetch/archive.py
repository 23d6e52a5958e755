"""Fetching into an archive, from what was named to a WARC file."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path

from onrecord.errors import OutputError
from onrecord.fetch.clock import Clock, SystemClock
from onrecord.fetch.crawl import Crawl
from onrecord.fetch.exchange import Client
from onrecord.fetch.listings import Link, Role
from onrecord.fetch.options import FetchOptions
from onrecord.fetch.outcome import Outcome
from onrecord.fetch.state import State
from onrecord.fetch.warc import WarcWriter


def fetch_archive(
    urls: Iterable[str],
    out: Path,
    *,
    options: FetchOptions | None = None,
    state: Path | None = None,
    resume: bool = False,
    clock: Clock | None = None,
) -> Iterator[Outcome]:
    """Fetch pages into a WARC file and yield what becomes of each URL, as it comes.

    A feed or sitemap among the URLs stands for the pages that it links to, the front page of a site
    for those of its feeds and sitemaps. robots.txt is obeyed. A page that was fetched before, by
    this run or an earlier one with the same state, is asked for with the ETag and Last-Modified that
    it then had, and written only if it has changed. What was yielded lasts, whatever happens next.

    Args:
        urls: pages, feeds, sitemaps and front pages; `urls.named_urls` gives them from files.
        out: the WARC file; compressed record by record where its name ends in .gz.
        options: delay, limits and the like.
        state: the SQLite file that holds what is known of URLs; `<out>.state` if None.
        resume: go on with an `out` that exists: with the run that was broken off, else with a new one.
        clock: tells the time and waits.

    Raises:
        OutputError: `out` or `state` cannot be used as asked.

    """
    options = options or FetchOptions()
    clock = clock or SystemClock()
    state = state or out.with_name(f"{out.name}.state")
    try:
        with ExitStack() as stack:
            known = stack.enter_context(State(state))
            size = known.begin(out, resume=resume)
            archive = stack.enter_context(
                WarcWriter(out, size=size, started_at=clock.now(), contact=options.contact)
            )
            known.add((Link(url, Role.SEED) for url in urls), depth=0)
            known.commit(archive.size)
            client = stack.enter_context(
                Client(contact=options.contact, allow_private=options.allow_private, timeout=options.timeout)
            )
            yield from Crawl(known, archive, client, options, clock).run()
    except sqlite3.Error as error:
        raise OutputError(f"{state}: the state of the crawl cannot be kept: {error}") from error

"""`onrecord fetch`: pages of sites into an archive, politely, for extraction after."""

# ruff: noqa: PLC0415  imports stand where they are needed; options are named, never positional

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.cli.messages import SOME_FAILED, progress, say, say_failure

if TYPE_CHECKING:
    from onrecord.fetch import Outcome


def fetch(
    sources: Annotated[
        list[str],
        typer.Argument(
            metavar="URLS|FEED|SITEMAP...",
            help="Pages, feeds, sitemaps, front pages; files with a URL a line; - is standard input.",
        ),
    ],
    out: Annotated[
        Path, typer.Option(metavar="FILE", help="The WARC file; compressed where its name ends in .gz.")
    ],
    delay: Annotated[
        float, typer.Option(min=0, metavar="S", help="Seconds between requests to the same host.")
    ] = 2.0,
    contact: Annotated[
        str | None, typer.Option(metavar="MAIL", help="Where the owners of sites find you; sent along.")
    ] = None,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Also ask hosts in private networks and on this machine.")
    ] = False,
    max_bytes: Annotated[
        int | None,
        typer.Option(min=1, metavar="N", help="The size of a page at most: 20,000,000."),
    ] = None,
    limit: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="Stop when so many pages have been written.")
    ] = None,
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on with an archive that exists, with what is new.")
    ] = False,
    state: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="What is known of URLs, for several archives; FILE.state else."),
    ] = None,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="No progress and no summary; failures only.")
    ] = False,
) -> None:
    """Fetch pages into a WARC file: robots.txt is obeyed, and only what is new is fetched again."""
    from onrecord.fetch import FetchOptions, Left, fetch_archive, named_urls
    from onrecord.read.page import MAX_PAGE_BYTES
    from onrecord.records import Failure

    options = FetchOptions(
        delay=delay,
        contact=contact,
        allow_private=allow_private,
        max_bytes=max_bytes or MAX_PAGE_BYTES,
        limit=limit,
    )
    counts: Counter[str] = Counter()
    urls = []
    for named in named_urls(sources, sys.stdin):
        if isinstance(named, Failure):
            counts["failed"] += 1
            say_failure(named)
        else:
            urls.append(named)
    with progress("Fetching", shown=not quiet) as report:
        for outcome in fetch_archive(urls, out, options=options, state=state, resume=resume):
            _count(outcome, counts)
            if isinstance(outcome, Failure):
                say_failure(outcome)
            elif isinstance(outcome, Left) and not quiet:
                say(f"{outcome.host}: {outcome.urls:,} left: {outcome.reason}")
            report(_summary(counts))
    if not quiet:
        say(f"{_summary(counts)}: {out}")
    if counts["failed"] or (counts["left"] and counts["written"] != limit):
        raise typer.Exit(SOME_FAILED)


def _count(outcome: Outcome, counts: Counter[str]) -> None:
    from onrecord.fetch import Fetched, Left

    match outcome:
        case Fetched(result=result):
            counts[result] += 1
        case Left(urls=urls):
            counts["left"] += urls
        case _:
            counts["failed"] += 1


def _summary(counts: Counter[str]) -> str:
    """Return "3 pages written, 2 unchanged, 1 failed"."""
    written = counts["written"]
    rest = [f"{counts[kind]:,} {kind}" for kind in ("unchanged", "failed", "left") if counts[kind]]
    return ", ".join([f"{written:,} page{'' if written == 1 else 's'} written", *rest])

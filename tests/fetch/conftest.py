"""Fixtures of fetching: a site, a clock, and a crawl of the one by the other."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from misbehaving_site import FakeClock, Site, records

from onrecord.fetch import FetchOptions, Outcome, fetch_archive


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def site(clock: FakeClock) -> Iterator[Site]:
    with Site(clock) as site:
        thread = threading.Thread(target=site.serve_forever, args=(0.01,))
        thread.start()
        yield site
        site.stop.set()
        site.shutdown()
        thread.join()


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "pages.warc.gz"


@pytest.fixture
def crawl(site: Site, out: Path, clock: FakeClock) -> Callable[..., list[Outcome]]:
    """Fetch paths of the site (or whole URLs) into `out`."""

    def crawl(*paths: str, to: Path = out, resume: bool = False, **options: Any) -> list[Outcome]:
        urls = [path if "://" in path else site.url + path for path in paths]
        chosen = FetchOptions(**{"allow_private": True, "timeout": 5.0, **options})
        return list(fetch_archive(urls, to, options=chosen, resume=resume, clock=clock))

    return crawl


@pytest.fixture
def pages(out: Path, site: Site) -> Callable[[], dict[str, bytes]]:
    """Return the bodies of the archive's responses by path."""

    def pages() -> dict[str, bytes]:
        return {
            (record.url or "").removeprefix(site.url): record.body
            for record in records(out)
            if record.kind == "response"
        }

    return pages

"""What becomes of the URLs of a crawl."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from onrecord.records import Failure


@dataclass(frozen=True, slots=True)
class Fetched:
    """A URL that was fetched.

    `written`: the page stands in the archive; `unchanged`: it is as it was when it was fetched last
    and is not written again; `listing`: it is a feed, a sitemap or a front page, with `links` links.
    """

    url: str
    result: Literal["written", "unchanged", "listing"]
    links: int = 0


@dataclass(frozen=True, slots=True)
class Left:
    """How many URLs of a host were not asked for in this run, and why."""

    host: str
    urls: int
    reason: str


Outcome = Fetched | Failure | Left

"""How a crawl goes about it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from onrecord.errors import InvalidSettingError
from onrecord.read.http import TIMEOUT
from onrecord.read.page import MAX_PAGE_BYTES

# What may stand in a comment of the User-Agent header (RFC 9110, section 5.6.5) without a second thought.
_CONTACT = re.compile(r"[\w.+@:/?=&%~-]{3,200}", re.ASCII)


@dataclass(frozen=True, slots=True)
class FetchOptions:
    """How a crawl goes about it.

    Attributes:
        delay: seconds between the end of a request and the next to the same host; a longer
            Crawl-delay in a site's robots.txt goes before.
        contact: mail address or URL, sent along, where the owner of a site finds whoever fetches.
        allow_private: whether addresses in private networks and on this machine may be asked.
        max_bytes: what a page, feed or sitemap may be at most, as sent and decompressed.
        limit: how many pages go into the archive in one run at most, all if None.
        timeout: seconds that one request may take.
        hosts: how many hosts are asked at the same time.

    Raises:
        InvalidSettingError: a value is outside its domain.

    """

    delay: float = 2.0
    contact: str | None = None
    allow_private: bool = False
    max_bytes: int = MAX_PAGE_BYTES
    limit: int | None = None
    timeout: float = TIMEOUT
    hosts: int = 8

    def __post_init__(self) -> None:
        if self.contact is not None and not _CONTACT.fullmatch(self.contact):
            raise InvalidSettingError(f"contact {self.contact!r} is no mail address and no URL")
        least = {"delay": 0, "max_bytes": 1, "limit": 1, "timeout": 0, "hosts": 1}
        for name, minimum in least.items():
            value = getattr(self, name)
            if value is not None and value < minimum:
                raise InvalidSettingError(f"{name} is {value}; it must be {minimum} or more")

"""URLs as the crawl knows them: one spelling each, and the host that answers for them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TextIO
from urllib.parse import urlsplit

from urllib3.exceptions import LocationParseError
from urllib3.util import parse_url

from onrecord.read.outcome import Rejection
from onrecord.records import Failure

_PORTS = {"http": 80, "https": 443}


def normalised(url: str) -> str:
    """Return the one spelling of an http or https URL: RFC 3986, section 6.2.2, and no fragment.

    Raises:
        Rejection: the URL is of another scheme, has no host, or carries a user name.

    """
    try:
        parts = parse_url(url)
    except LocationParseError as error:
        raise Rejection("fetch_failed", f"{url!r} is no URL") from error
    if parts.scheme not in _PORTS or not parts.host or "://" not in url:
        raise Rejection("fetch_failed", f"{url!r} is no http or https URL")
    if parts.auth:
        raise Rejection("fetch_failed", "a URL with a user name in it is not fetched")
    port = None if parts.port == _PORTS[parts.scheme] else parts.port
    return parts._replace(path=parts.path or "/", port=port, fragment=None).url


def host_of(url: str) -> str:
    """Return the host whose patience a request for this URL takes, whatever the port."""
    return urlsplit(url).hostname or ""


def origin_of(url: str) -> str:
    """Return scheme, host and port, which is what a robots.txt speaks for (RFC 9309, section 2.3)."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def is_front_page(url: str) -> bool:
    """Return whether the URL names a site and nothing in it."""
    parts = urlsplit(url)
    return parts.path in ("", "/") and not parts.query


def named_urls(sources: Iterable[str], stdin: TextIO) -> Iterator[str | Failure]:
    """Yield the URLs that were named: each source is one, or a file with one a line, or - for `stdin`.

    Empty lines and lines that begin with # are passed over.
    """
    for source in sources:
        if source == "-":
            yield from _listed(source, stdin)
        elif "://" in source:
            yield from _listed(source, [source], is_file=False)
        else:
            try:
                with Path(source).open(encoding="utf-8-sig", errors="replace") as lines:
                    yield from _listed(source, lines)
            except FileNotFoundError:
                yield Failure(
                    code="not_found", input=source, reason="this is no URL, and there is no such file"
                )
            except OSError as error:
                yield Failure(code="unreadable", input=source, reason=error.strerror or str(error))


def _listed(name: str, lines: Iterable[str], *, is_file: bool = True) -> Iterator[str | Failure]:
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        try:
            yield normalised(line.strip())
        except Rejection as rejection:
            yield rejection.failure(name, number if is_file else None)

"""Fetching one page over HTTP, within limits, and keeping it as it came."""

from __future__ import annotations

import hashlib
import re
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import urllib3

from onrecord.errors import OutputError
from onrecord.read.connections import connections
from onrecord.read.http import (
    MAX_REDIRECTS,
    TIMEOUT,
    check_url,
    decoded,
    media_type,
    read_body,
    redirect_target,
    reject_other_types,
    request,
    request_headers,
    status_reason,
)
from onrecord.read.outcome import Rejection
from onrecord.read.page import MAX_PAGE_BYTES
from onrecord.records import Failure


@dataclass(frozen=True, slots=True)
class FetchedPage:
    """A page as the server sent it: the URL that was named, the one that answered, the bytes."""

    url: str
    final_url: str
    raw: bytes
    charset: str | None = None
    is_text: bool = False


def fetch(
    url: str,
    *,
    timeout: float = TIMEOUT,
    max_bytes: int = MAX_PAGE_BYTES,
    save_pages: Path | None = None,
) -> FetchedPage | Failure:
    """Fetch one page and return it, or a `fetch_failed` failure that says why not.

    One attempt, GET alone, http and https alone, at most five redirects, `timeout` seconds in all
    and `max_bytes` after decompression; certificates are checked. A redirect to another host may
    not lead to an address that is not public, so that no page can point into a private network.
    With `save_pages` the page is kept there as it came: see `save_page`.

    Raises:
        OutputError: the page cannot be saved.

    """
    try:
        page = _fetch(url, timeout, max_bytes)
    except Rejection as rejection:
        return rejection.failure(url)
    if save_pages is not None:
        save_page(page, save_pages)
    return page


def save_page(page: FetchedPage, folder: Path) -> Path:
    """Write the page's bytes to `<hash of its URL>.html` (or .txt) and return that path.

    The URLs, as named and as answered, stand beside it in `<hash>.url`, a line each. A saved page
    that is read again finds its URL in that file, so its article keeps its id.
    """
    stem = hashlib.sha256(page.url.encode()).hexdigest()[:24]
    path = folder / f"{stem}.{'txt' if page.is_text else 'html'}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path.write_bytes(page.raw)
        path.with_suffix(".url").write_text(f"{page.url}\n{page.final_url}\n", encoding="utf-8")
    except OSError as error:
        raise OutputError(f"{path}: the page cannot be saved: {error.strerror or error}") from error
    return path


def saved_url(path: Path) -> str | None:
    """Return the URL that a page saved by `save_page` was fetched from; None for any other file."""
    beside = path.with_suffix(".url")
    if not re.fullmatch(r"[0-9a-f]{24}", path.stem) or not beside.is_file():
        return None
    return beside.read_text(encoding="utf-8").partition("\n")[0] or None


def _fetch(url: str, timeout: float, max_bytes: int) -> FetchedPage:
    deadline = time.monotonic() + timeout
    headers = request_headers()
    current = url
    for _ in range(MAX_REDIRECTS + 1):
        check_url(current)
        is_elsewhere = urlsplit(current).netloc != urlsplit(url).netloc
        with (
            connections(public_only=is_elsewhere) as pool,
            request(pool, current, headers, timeout=deadline - time.monotonic()) as response,
        ):
            target = redirect_target(response, current)
            if target is None:
                return _page(url, current, response, max_bytes)
            current = target
    raise Rejection("fetch_failed", f"more than {MAX_REDIRECTS} redirects")


def _page(url: str, final_url: str, response: urllib3.BaseHTTPResponse, max_bytes: int) -> FetchedPage:
    if response.status != 200:
        raise Rejection("fetch_failed", status_reason(response.status, response.reason))
    reject_other_types(response)
    kind, charset = media_type(response.headers.get("Content-Type"))
    body = read_body(response, max_bytes=max_bytes)
    raw = decoded(body, response.headers.get("Content-Encoding"), max_bytes=max_bytes)
    return FetchedPage(url, final_url, raw, charset, kind == "text/plain")

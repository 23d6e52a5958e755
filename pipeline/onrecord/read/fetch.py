"""Fetching one page over HTTP, within limits, and keeping it as it came."""

from __future__ import annotations

import hashlib
import re
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import urllib3
from trafilatura.downloads import create_pool

from onrecord.errors import OutputError
from onrecord.read.outcome import Rejection
from onrecord.read.page import MAX_PAGE_BYTES
from onrecord.records import Failure
from onrecord.version import __version__

TIMEOUT = 20.0
MAX_REDIRECTS = 5
_CHUNK = 1 << 16
_REDIRECTS = (301, 302, 303, 307, 308)
_TEXT_TYPES = ("text/html", "application/xhtml+xml", "text/plain")
_HEADERS = {
    "User-Agent": f"onrecord/{__version__} (claim extraction from news pages)",
    "Accept": "text/html,application/xhtml+xml;q=0.9,text/plain;q=0.5",
    "Accept-Language": "en",
    "Accept-Encoding": "gzip, deflate",
}


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
    current = url
    for _ in range(MAX_REDIRECTS + 1):
        _check_url(current)
        is_guarded = urlsplit(current).netloc != urlsplit(url).netloc
        try:
            with create_pool(ssrf_protection=is_guarded) as pool:
                response = pool.request(
                    "GET",
                    current,
                    headers=_HEADERS,
                    redirect=False,
                    retries=False,
                    timeout=urllib3.Timeout(total=max(deadline - time.monotonic(), 0.001)),
                    preload_content=False,
                )
                try:
                    if response.status in _REDIRECTS and (target := response.headers.get("Location")):
                        current = urljoin(current, target)
                        continue
                    return _page(url, current, response, deadline, max_bytes)
                finally:
                    response.close()
        except urllib3.exceptions.NewConnectionError as error:  # a TimeoutError by descent
            raise Rejection("fetch_failed", _reason(error)) from error
        except urllib3.exceptions.TimeoutError as error:
            raise Rejection("fetch_failed", f"no answer within {timeout:g} seconds") from error
        except urllib3.exceptions.ProtocolError as error:
            is_cut = any(isinstance(cause, urllib3.exceptions.IncompleteRead) for cause in error.args)
            reason = "the connection ended before the whole page had come" if is_cut else _reason(error)
            raise Rejection("fetch_failed", reason) from error
        except (urllib3.exceptions.HTTPError, OSError, ValueError) as error:
            raise Rejection("fetch_failed", _reason(error)) from error
    raise Rejection("fetch_failed", f"more than {MAX_REDIRECTS} redirects")


def _page(
    url: str, final_url: str, response: urllib3.BaseHTTPResponse, deadline: float, max_bytes: int
) -> FetchedPage:
    if response.status != 200:
        raise Rejection(
            "fetch_failed", f"the server answers {response.status} {response.reason or ''}".rstrip()
        )
    kind, _, parameters = response.headers.get("Content-Type", "").partition(";")
    kind = kind.strip().lower()
    if kind and kind not in _TEXT_TYPES:
        raise Rejection("fetch_failed", f"the server sends {kind}, which is no page")
    raw = bytearray()
    for chunk in response.stream(_CHUNK):
        raw += chunk
        if len(raw) > max_bytes:
            raise Rejection("fetch_failed", f"the page is larger than {max_bytes:,} bytes")
        if time.monotonic() > deadline:
            raise urllib3.exceptions.TimeoutError
    charset = re.search(r"charset\s*=\s*[\"']?([\w.:-]+)", parameters, re.I)
    return FetchedPage(url, final_url, bytes(raw), charset[1] if charset else None, kind == "text/plain")


def _check_url(url: str) -> None:
    try:
        parts = urlsplit(url)
        is_fetchable = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        is_fetchable = False
    if not is_fetchable:
        raise Rejection("fetch_failed", f"{url!r} is no http or https URL")


def _reason(error: Exception) -> str:
    """Return what went wrong, without the connection objects that urllib3 puts before it."""
    return (
        re.sub(r"^<?[\w.]*(?:HTTPS?Connection(?:Pool)?)\(.*?\)>?:\s*", "", str(error)) or type(error).__name__
    )

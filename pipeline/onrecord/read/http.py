"""One HTTP request within limits of time, size and address: what every way of fetching shares.

Redirects are never followed here: whoever asks decides where a page may lead.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.client import IncompleteRead
from urllib.parse import urljoin, urlsplit

import urllib3

from onrecord.read.connections import NonPublicAddressError, TimelyConnection
from onrecord.read.http_body import decoded_body
from onrecord.read.outcome import Rejection
from onrecord.version import __version__

TIMEOUT = 20.0
MAX_REDIRECTS = 5
PAGE_TYPES = ("text/html", "application/xhtml+xml", "text/plain")
_CHUNK = 1 << 16
_REDIRECTS = (301, 302, 303, 307, 308)
_ACCEPT = {
    "Accept": "text/html,application/xhtml+xml;q=0.9,text/plain;q=0.5",
    "Accept-Language": "en",
    "Accept-Encoding": "gzip, deflate",
}


class Unreachable(Rejection):
    """No whole answer came, for a reason that may pass: asking again later makes sense."""


def user_agent(contact: str | None = None) -> str:
    """Return who we say we are; `contact` is a mail address or URL where a site's owner finds us."""
    purpose = "claim extraction from news pages"
    return (
        f"onrecord/{__version__} ({purpose}; {contact})" if contact else f"onrecord/{__version__} ({purpose})"
    )


def request_headers(contact: str | None = None) -> dict[str, str]:
    """Return the headers of a request for a page."""
    return {"User-Agent": user_agent(contact), **_ACCEPT}


def check_url(url: str) -> None:
    """Raise a rejection unless this is an http or https URL with a host."""
    try:
        parts = urlsplit(url)
        is_fetchable = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        is_fetchable = False
    if not is_fetchable:
        raise Rejection("fetch_failed", f"{url!r} is no http or https URL")


@contextmanager
def request(
    pool: urllib3.PoolManager, url: str, headers: Mapping[str, str], *, timeout: float
) -> Iterator[urllib3.BaseHTTPResponse]:
    """Ask once with GET and give the response, its body still unread.

    Args:
        pool: what `connections` returns.
        url: what is asked for.
        headers: the headers that are sent, beside Host.
        timeout: seconds in which the whole answer must have come, its body with it.

    Raises:
        Rejection: no http or https URL; an address that the pool refuses; an answer that is no HTTP.
        Unreachable: no connection, no answer in time, or an answer that ends before its end.

    """
    check_url(url)
    deadline = time.monotonic() + timeout
    try:
        response = pool.request(
            "GET",
            url,
            headers=headers,
            redirect=False,
            retries=False,
            timeout=urllib3.Timeout(total=max(timeout, 0.001)),
            preload_content=False,
        )
        connection = response.connection
        try:
            yield response
        finally:
            response.close()
            if isinstance(connection, TimelyConnection):
                connection.guard.cancel()
        if time.monotonic() > deadline:
            raise Unreachable("fetch_failed", _late(timeout))
    except NonPublicAddressError as error:
        raise Rejection("fetch_failed", _reason(error)) from error
    except urllib3.exceptions.NewConnectionError as error:  # a TimeoutError by descent
        raise Unreachable("fetch_failed", _reason(error)) from error
    except (urllib3.exceptions.TimeoutError, urllib3.exceptions.ProtocolError) as error:
        is_late = isinstance(error, urllib3.exceptions.TimeoutError) or time.monotonic() > deadline
        is_cut = any(isinstance(cause, IncompleteRead) for cause in error.args)
        reason = "the connection ended before the whole page had come" if is_cut else _reason(error)
        raise Unreachable("fetch_failed", _late(timeout) if is_late else reason) from error
    except (urllib3.exceptions.HTTPError, OSError, ValueError) as error:
        raise Rejection("fetch_failed", _reason(error)) from error


def redirect_target(response: urllib3.BaseHTTPResponse, url: str) -> str | None:
    """Return where a redirect leads, None where the response is no redirect."""
    target = response.headers.get("Location") if response.status in _REDIRECTS else None
    return urljoin(url, target) if target else None


def status_reason(status: int, phrase: str | None) -> str:
    """Return what is said of a status other than 200."""
    return f"the server answers {status} {phrase or ''}".rstrip()


def media_type(header: str | None) -> tuple[str, str | None]:
    """Return the media type that a Content-Type header declares, "" for none, and the charset."""
    kind, _, parameters = (header or "").partition(";")
    charset = re.search(r"charset\s*=\s*[\"']?([\w.:-]+)", parameters, re.I)
    return kind.strip().lower(), charset[1] if charset else None


def reject_other_types(response: urllib3.BaseHTTPResponse) -> None:
    """Raise a rejection for a declared media type that is no page's."""
    kind, _ = media_type(response.headers.get("Content-Type"))
    if kind and kind not in PAGE_TYPES:
        raise Rejection("fetch_failed", f"the server sends {kind}, which is no page")


def read_body(response: urllib3.BaseHTTPResponse, *, max_bytes: int) -> bytes:
    """Return the body of a response of `request` as it was sent, its content coding untouched.

    Raises:
        Rejection: it is larger than `max_bytes`.

    """
    raw = bytearray()
    while chunk := response.read1(_CHUNK, decode_content=False):
        raw += chunk
        if len(raw) > max_bytes:
            raise Rejection("fetch_failed", f"the page is larger than {max_bytes:,} bytes")
    return bytes(raw)


def decoded(body: bytes, coding: str | None, *, max_bytes: int) -> bytes:
    """Return a body that was just fetched without its content coding (a Content-Encoding header's value).

    Raises:
        Rejection: more than `max_bytes` come out.
        Unreachable: the coded data break off or are damaged.

    """
    try:
        return decoded_body(body, transfer="", content=coding or "", limit=max_bytes)
    except Rejection as rejection:
        kind = Rejection if rejection.code == "too_large" else Unreachable
        raise kind("fetch_failed", rejection.reason) from rejection


def _late(timeout: float) -> str:
    return f"no answer within {timeout:.2g} seconds"


def _reason(error: Exception) -> str:
    """Return what went wrong, without the connection objects that urllib3 puts before it."""
    return re.sub(r"^<?[\w.]*Connection(?:Pool)?\(.*?\)>?:\s*", "", str(error)) or type(error).__name__

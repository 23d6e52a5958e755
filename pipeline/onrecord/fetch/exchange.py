"""One request and its answer, whole, as they go into an archive."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from urllib3.util import parse_url

from onrecord.read import http
from onrecord.read.connections import connections

# Pages go first: some sites give a feed for a page where that is what is liked best.
_ACCEPT_ALSO = "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,*/*;q=0.5"
Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request and the whole answer to it.

    Attributes:
        url: what was asked for.
        asked_at: when, in seconds since 1970.
        request: the request as it was sent.
        status: the answer's status code.
        phrase: the reason phrase beside it.
        headers: the answer's headers, in order and as spelt.
        body: what was sent, its content coding untouched, its transfer coding (which is between two
            hosts and not the page's) taken off.
        content: the body without its content coding.
        target: where the answer redirects to.
        version: the protocol of the answer.

    """

    url: str
    asked_at: float
    request: bytes
    status: int
    phrase: str
    headers: Headers
    body: bytes = b""
    content: bytes = b""
    target: str | None = None
    version: str = "HTTP/1.1"

    @property
    def refusal(self) -> str:
        """What is said of a status other than 200."""
        return http.status_reason(self.status, self.phrase)

    def header(self, name: str) -> str | None:
        """Return the first header of that name."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)

    @property
    def digest(self) -> str:
        """The SHA-256 of the content, hexadecimal."""
        return hashlib.sha256(self.content).hexdigest()


class Client:
    """Makes requests, from any number of threads."""

    def __init__(self, *, contact: str | None, allow_private: bool, timeout: float) -> None:
        self._headers = http.request_headers(contact)
        self._pool = connections(public_only=not allow_private)
        self._timeout = timeout

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pool.clear()

    def get(
        self,
        url: str,
        *,
        asked_at: float,
        conditions: Mapping[str, str],
        pages_only: bool,
        max_bytes: int,
    ) -> Exchange:
        """Ask for a URL once, with headers that make the answer conditional.

        The body is read where the answer is a success or a redirect.

        Raises:
            Rejection: the answer is refused: `http.request`, `http.read_body`, `http.decoded`; with
                `pages_only` also what is declared to be no page.

        """
        headers = {**self._headers, **conditions}
        if not pages_only:
            headers["Accept"] = _ACCEPT_ALSO
        with http.request(self._pool, url, headers, timeout=self._timeout) as response:
            target = http.redirect_target(response, url)
            body = content = b""
            if response.status == 200 or target:
                if pages_only and not target:
                    http.reject_other_types(response)
                body = http.read_body(response, max_bytes=max_bytes)
                coding = response.headers.get("Content-Encoding")
                content = b"" if target else http.decoded(body, coding, max_bytes=max_bytes)
            return Exchange(
                url=url,
                asked_at=asked_at,
                request=_request_bytes(url, headers),
                status=response.status,
                phrase=response.reason or "",
                headers=tuple(response.headers.iteritems()),
                body=body,
                content=content,
                target=target,
                version="HTTP/1.0" if response.version == 10 else "HTTP/1.1",
            )


def _request_bytes(url: str, headers: Mapping[str, str]) -> bytes:
    parts = parse_url(url)
    lines = [f"GET {parts.request_uri} HTTP/1.1", f"Host: {parts.netloc}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")

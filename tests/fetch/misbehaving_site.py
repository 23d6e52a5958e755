"""A real site on this machine that misbehaves on demand, and a clock that does not wait."""

from __future__ import annotations

import threading
from collections.abc import Collection
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NamedTuple

from fastwarc.warc import ArchiveIterator

HTML = {"Content-Type": "text/html; charset=utf-8"}


def story(name: str) -> bytes:
    text = f"<h1>{name}</h1><p>The ferry to {name} will not sail.</p>"
    return f"<html lang='en'><body>{text}</body></html>".encode()


@dataclass
class Answer:
    """What the site sends: `raw` as it stands, or else a whole response.

    With `drip` it sends a byte at a time and a pause behind each, until it is told to stop.
    """

    body: bytes = story("Oban")
    status: int = 200
    headers: dict[str, str] = field(default_factory=lambda: dict(HTML))
    raw: bytes | None = None
    is_silent: bool = False
    drip: bool = False


class Request(NamedTuple):
    host: str
    path: str
    headers: dict[str, str]
    at: float
    others: int  # requests that were under way

    def __repr__(self) -> str:
        return f"{self.host}{self.path} at {self.at}"


class FakeClock:
    """A clock that is set forward instead of waiting, except for answers that are on their way."""

    def __init__(self) -> None:
        self.time = 1_700_000_000.0

    def now(self) -> float:
        return self.time

    def wait(self, seconds: float | None, running: Collection[Future[Any]]) -> Collection[Future[Any]]:
        if running:
            return wait(running, None, FIRST_COMPLETED).done
        assert seconds is not None
        self.time += seconds
        return ()


class Site(ThreadingHTTPServer):
    """Answers what `answers` holds for a path, or for a host and a path.

    That is one answer, or several in turn, the last for good. 304 is sent where its ETag is known.
    """

    daemon_threads = True

    def __init__(self, clock: FakeClock) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.clock = clock
        self.answers: dict[str, Answer | list[Answer]] = {}
        self.requests: list[Request] = []
        self.under_way = 0
        self.stop = threading.Event()
        self.kept_waiting = threading.Event()
        self.url = f"http://127.0.0.1:{self.server_port}"
        self.other = f"http://localhost:{self.server_port}"

    def paths(self) -> list[str]:
        """Return what was asked for since the last time, robots.txt left out."""
        asked = [request.path for request in self.requests if request.path != "/robots.txt"]
        self.requests.clear()
        return asked

    def answer(self, host: str, path: str) -> Answer:
        found = self.answers.get(host + path) or self.answers.get(path, Answer(b"no", 404))
        if isinstance(found, list):
            return found.pop(0) if len(found) > 1 else found[0]
        return found

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of clients that hang up."""


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: Site

    def do_GET(self) -> None:
        site = self.server
        headers = dict(self.headers.items())
        host = self.headers["Host"].partition(":")[0]
        site.requests.append(Request(host, self.path, headers, site.clock.now(), site.under_way))
        site.under_way += 1
        try:
            self.send(site.answer(host, self.path))
        finally:
            site.under_way -= 1

    def send(self, answer: Answer) -> None:
        if answer.is_silent:
            self.server.kept_waiting.set()
            self.server.stop.wait(20)
        elif answer.raw is not None:
            self.close_connection = True
            if not answer.drip:
                self.wfile.write(answer.raw)
                return
            for byte in answer.raw:
                self.wfile.write(bytes([byte]))
                if self.server.stop.wait(0.005):
                    return
        else:
            is_known = "ETag" in answer.headers and self.headers["If-None-Match"] == answer.headers["ETag"]
            status = 304 if is_known else answer.status
            self.send_response(status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            if status != 304:
                self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            self.wfile.write(answer.body if status != 304 else b"")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""


class Record(NamedTuple):
    kind: str
    url: str | None
    headers: dict[str, str]
    http: dict[str, str]
    status: str | None
    body: bytes


def records(path: Path) -> list[Record]:
    """Return all records of a WARC file, whole."""
    found = []
    with path.open("rb") as file:
        for record in ArchiveIterator(file, strict_mode=True):
            headers = record.headers.to_dict()
            is_http = record.is_http
            found.append(
                Record(
                    headers["WARC-Type"],
                    headers.get("WARC-Target-URI"),
                    headers,
                    record.http_headers.to_dict() if is_http and record.http_headers else {},
                    record.http_headers.status_line if is_http and record.http_headers else None,
                    record.reader.read(),
                )
            )
    return found

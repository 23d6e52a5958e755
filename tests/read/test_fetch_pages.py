"""Fetching from a real server on this machine: what arrives, what is refused, what is kept."""

from __future__ import annotations

import gzip
import hashlib
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from onrecord.errors import OutputError
from onrecord.read import FetchedPage, ReadArticle, fetch, read_paths
from onrecord.records import Failure

PAGE = (
    "<html lang='en'><body><h1>Pool will close</h1><p>The council said on Monday that it would close the "
    "café by the pool, which has lost money for years.</p></body></html>"
).encode("cp1252")


class Site(BaseHTTPRequestHandler):
    """A small newspaper, with all that may go wrong."""

    release = threading.Event()
    agents: list[str]

    def do_GET(self) -> None:
        self.server.agents.append(self.headers["User-Agent"])  # type: ignore[attr-defined]
        page = self.path.strip("/")
        if page in ("file", "ftp", "elsewhere", "loop", "relative"):
            targets = {
                "file": "file:///etc/passwd",
                "ftp": "ftp://127.0.0.1/x",
                "elsewhere": f"http://localhost:{self.server.server_port}/story",
                "loop": "/loop",
                "relative": "story",
            }
            self.answer(302, b"", {"Location": targets[page]})
        elif page == "story":
            self.answer(200, PAGE, {"Content-Type": "text/html; charset=windows-1252"})
        elif page == "packed":
            headers = {"Content-Type": "text/html; charset=windows-1252", "Content-Encoding": "gzip"}
            self.answer(200, gzip.compress(PAGE), headers)
        elif page == "bomb":
            self.answer(200, gzip.compress(b" " * 5_000_000), {"Content-Encoding": "gzip"})
        elif page == "text":
            self.answer(200, b"She said so.\r\n", {"Content-Type": "text/plain"})
        elif page == "pdf":
            self.answer(200, b"%PDF-1.7", {"Content-Type": "application/pdf"})
        elif page == "large":
            self.answer(200, PAGE + b" " * 200_000, {"Content-Type": "text/html"})
        elif page == "short":
            self.answer(200, PAGE, {"Content-Type": "text/html"}, length=len(PAGE) + 100)
        elif page == "slow":
            self.release.wait(20)
            self.answer(200, PAGE, {})
        elif page == "broken":
            self.answer(500, b"oh", {})
        else:
            self.answer(404, b"no", {})

    def answer(self, status: int, body: bytes, headers: dict[str, str], length: int | None = None) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""


class Server(ThreadingHTTPServer):
    daemon_threads = True
    agents: list[str]

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of clients that hang up."""


@pytest.fixture
def server() -> Iterator[Server]:
    Site.release.clear()
    with Server(("127.0.0.1", 0), Site) as server:
        server.agents = []
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server
        Site.release.set()
        server.shutdown()
        thread.join()


@pytest.fixture
def site(server: Server) -> str:
    return f"http://127.0.0.1:{server.server_port}"


def page(url: str, **options: object) -> FetchedPage:
    found = fetch(url, **options)  # type: ignore[arg-type]
    assert isinstance(found, FetchedPage), found
    return found


@pytest.mark.parametrize("path", ["story", "packed", "relative"])
def test_a_page_is_what_the_server_sent(site: str, path: str) -> None:
    found = page(f"{site}/{path}")
    assert (found.raw, found.charset) == (PAGE, "windows-1252")
    assert found.url == f"{site}/{path}"
    assert found.final_url == f"{site}/{'story' if path == 'relative' else path}"


def test_the_user_agent_is_honest(site: str, server: Server) -> None:
    page(f"{site}/story")
    assert server.agents[0].startswith("onrecord/")


FAILURES = {
    "missing": "404",
    "broken": "500",
    "pdf": "application/pdf",
    "short": "before the whole page",
    "file": "'file:///etc/passwd' is no http or https URL",
    "ftp": "no http or https URL",
    "loop": "more than 5 redirects",
    "elsewhere": "non-public address",
}


@pytest.mark.parametrize("path", FAILURES)
def test_what_goes_wrong_is_named(site: str, path: str) -> None:
    found = fetch(f"{site}/{path}")
    assert isinstance(found, Failure)
    assert (found.code, found.input) == ("fetch_failed", f"{site}/{path}")
    assert FAILURES[path] in found.reason


def test_a_server_that_does_not_answer(site: str) -> None:
    found = fetch(f"{site}/slow", timeout=0.2)
    assert isinstance(found, Failure)
    assert found.reason == "no answer within 0.2 seconds"


@pytest.mark.parametrize("path", ["large", "bomb"])
def test_size_is_limited_after_decompression(site: str, path: str) -> None:
    found = fetch(f"{site}/{path}", max_bytes=100_000)
    assert isinstance(found, Failure)
    assert "larger than 100,000 bytes" in found.reason


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://a.example/x",
        "http://",
        "http://[",
        "javascript:alert(1)",
        "",
        "a.example",
    ],
)
def test_only_http_urls_are_fetched(url: str) -> None:
    found = fetch(url)
    assert isinstance(found, Failure)
    assert found.code == "fetch_failed"


def test_nothing_listens() -> None:
    found = fetch("http://127.0.0.1:9/", timeout=2)
    assert isinstance(found, Failure)
    assert "refused" in found.reason
    assert "object at 0x" not in found.reason


def test_a_url_is_read_like_a_file(site: str) -> None:
    outcomes = list(read_paths([f"{site}/missing", f"{site}/story", f"{site}/text"]))
    assert [type(outcome) for outcome in outcomes] == [Failure, ReadArticle, ReadArticle]
    story, text = outcomes[1:]
    assert isinstance(story, ReadArticle)
    assert story.input == story.article.url == f"{site}/story"
    assert story.raw_sha256 == hashlib.sha256(PAGE).hexdigest()
    assert "café" in story.article.text
    assert isinstance(text, ReadArticle)
    assert text.article.text == "She said so.\r\n"


def test_a_kept_page_is_the_same_article_when_it_is_read_again(site: str, tmp_path: Path) -> None:
    (fetched,) = read_paths([f"{site}/story"], save_pages=tmp_path / "pages")
    assert isinstance(fetched, ReadArticle)
    files = sorted((tmp_path / "pages").iterdir())
    assert [file.suffix for file in files] == [".html", ".url"]
    assert files[0].read_bytes() == PAGE
    assert files[1].read_text() == f"{site}/story\n{site}/story\n"
    (again,) = read_paths([tmp_path / "pages"])
    assert isinstance(again, ReadArticle)
    assert again.article == fetched.article
    assert again.raw_sha256 == fetched.raw_sha256


def test_a_page_that_cannot_be_kept_is_an_error(site: str, tmp_path: Path) -> None:
    (tmp_path / "pages").write_text("in the way")
    with pytest.raises(OutputError, match="pages"):
        fetch(f"{site}/story", save_pages=tmp_path / "pages")

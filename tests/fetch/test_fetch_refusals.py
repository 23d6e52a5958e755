"""What is not taken from a site, and what is said about it."""

from __future__ import annotations

import gzip

import pytest
from misbehaving_site import HTML, Answer, story

from onrecord.fetch import Fetched
from onrecord.fetch.exchange import Exchange
from onrecord.fetch.listings import Role
from onrecord.fetch.schedule import Task
from onrecord.fetch.state import Entry
from onrecord.read.outcome import Rejection
from onrecord.records import Failure

SHORT = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
GZIP = {**HTML, "Content-Encoding": "gzip"}
BOMB = gzip.compress(b" " * 50_000_000)
PACKED = gzip.compress(story("Oban") * 20)


def moved(target: str) -> Answer:
    return Answer(b"", 302, {"Location": target})


CASES: dict[str, tuple[Answer, str]] = {
    "missing": (Answer(b"", 404), "404 Not Found"),
    "forbidden": (Answer(b"", 403), "403"),
    "nothing": (Answer(b"", 204), "204"),
    "no target": (Answer(b"", 302), "302"),
    "never changed": (Answer(b"", 304), "304"),  # without having been asked whether it did
    "a film": (Answer(b"x", headers={"Content-Type": "video/mp4"}), "video/mp4, which is no page"),
    "too large": (Answer(b" " * 100_001), "larger than 100,000 bytes"),
    "a bomb": (Answer(BOMB, headers=GZIP), "larger than 100,000 bytes"),
    "a bomb in a bomb": (
        Answer(
            gzip.compress(gzip.compress(b" " * 50_000_000)),
            headers={**HTML, "Content-Encoding": "gzip, gzip"},
        ),
        "larger than 100,000 bytes",
    ),
    "members without end": (Answer(gzip.compress(b" " * 9_000) * 20, headers=GZIP), "larger than 100,000"),
    "a loop": (moved("/seed"), "in a circle"),
    "a long way": (moved("/step1"), "more than 5 redirects"),
    "a file": (moved("file:///etc/passwd"), "'file:///etc/passwd' is no http or https URL"),
    "ftp": (moved("ftp://127.0.0.1/x"), "no http or https URL"),
    "javascript": (moved("javascript:alert(1)"), "no http or https URL"),
    "a name in the URL": (moved("http://me:secret@127.0.0.1/"), "user name"),
    "no URL": (moved("http://[oh/"), "Invalid IPv6 URL"),
}
# What may pass is asked for three times.
PASSING: dict[str, tuple[Answer, str]] = {
    "an error": (Answer(b"", 500), "500 Internal Server Error"),
    "cut short": (
        Answer(raw=SHORT + b"Content-Length: 900\r\n\r\n<p>Oban"),
        "before the whole page",
    ),
    "cut chunks": (
        Answer(raw=SHORT + b"Transfer-Encoding: chunked\r\n\r\n40\r\n<p>"),
        "before the whole page",
    ),
    "cut gzip": (
        Answer(raw=SHORT + b"Content-Encoding: gzip\r\n\r\n" + PACKED[:-9]),
        "compressed body breaks off",
    ),
    "damaged gzip": (Answer(b"\x1f\x8b" + story("Oban"), headers=GZIP), "compressed body is damaged"),
    "members of nothing": (Answer(gzip.compress(b"") * 300, headers=GZIP), "more than 256 gzip members"),
    "hung up": (Answer(raw=b""), "closed connection"),
    "no HTTP": (Answer(raw=b"220 mail.example ESMTP\r\n"), "220 mail.example"),
    "silent": (Answer(is_silent=True), "no answer within 0.2 seconds"),
    "headers a byte at a time": (Answer(raw=SHORT, drip=True), "no answer within 0.2 seconds"),
    "a page a byte at a time": (
        Answer(raw=b"HTTP/1.1 200\r\n\r\n" + b" " * 500, drip=True),
        "no answer within 0.2 seconds",
    ),
}


def answers(answer: Answer) -> dict[str, Answer]:
    return {"/seed": answer, **{f"/step{n}": moved(f"/step{n + 1}") for n in range(1, 9)}}


@pytest.mark.parametrize("case", CASES)
def test_what_is_refused_is_asked_for_once(site, crawl, pages, case):
    answer, reason = CASES[case]
    site.answers = answers(answer)
    (failure,) = crawl("/seed", max_bytes=100_000)
    assert isinstance(failure, Failure)
    assert (failure.code, failure.input) == ("fetch_failed", f"{site.url}/seed")
    assert reason in failure.reason
    assert "object at 0x" not in failure.reason
    assert site.paths().count("/seed") == 1
    assert pages() == {}


@pytest.mark.parametrize("case", PASSING)
def test_what_may_pass_is_asked_for_three_times(site, crawl, pages, case):
    answer, reason = PASSING[case]
    site.answers = answers(answer)
    (failure,) = crawl("/seed", timeout=0.2)
    assert isinstance(failure, Failure)
    assert reason in failure.reason
    assert site.paths() == ["/seed"] * 3
    assert pages() == {}


def test_one_bad_page_does_not_stop_the_others(site, crawl, pages):
    site.answers = {
        "/a": Answer(raw=b""),
        "/b": Answer(),
        "/c": Answer(b"", 404),
        "/d": Answer(story("Mull")),
    }
    outcomes = crawl("/a", "/b", "/c", "/d")
    assert [type(outcome) for outcome in outcomes] == [Failure, Fetched, Failure, Fetched]
    assert pages() == {"/b": story("Oban"), "/d": story("Mull")}


def test_no_private_address_unless_allowed(site, crawl):
    site.answers["/oban"] = Answer()
    (failure,) = crawl("/oban", allow_private=False)
    assert failure.reason.endswith(": 127.0.0.1 is a non-public address")
    assert site.requests == []


@pytest.mark.parametrize(
    ("url", "target", "is_followed"),
    [
        ("http://a.example/x", "https://a.example/x", True),
        ("https://a.example/x", "https://b.example/", True),
        ("https://a.example/x", "http://a.example/x", False),
    ],
)
def test_https_is_not_left_by_a_redirect(url, target, is_followed):
    task = Task(Entry(1, url, Role.PAGE, 0), url)
    exchange = Exchange(url, 0.0, b"", 301, "Moved", (), target=target)
    if is_followed:
        assert task.redirected(exchange).target == target
    else:
        with pytest.raises(Rejection, match="from https to http"):
            task.redirected(exchange)

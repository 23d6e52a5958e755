"""How a site is treated: its robots.txt, the pauses between requests, and those that it asks for."""

from __future__ import annotations

from email.utils import formatdate
from itertools import pairwise

import pytest
from misbehaving_site import Answer, story

from onrecord.fetch import Fetched, Left
from onrecord.records import Failure

PLAIN = {"Content-Type": "text/plain"}


def robots(text: str, status: int = 200) -> Answer:
    return Answer(text.encode(), status, dict(PLAIN))


RULES = {
    "User-agent: *\nDisallow: /": {"/a", "/b/c", "/b/d?x=1"},
    "User-agent: *\nDisallow: /b": {"/b/c", "/b/d?x=1"},
    "User-agent: *\nDisallow: /b\nAllow: /b/c": {"/b/d?x=1"},
    "User-agent: *\nDisallow: /*?x=": {"/b/d?x=1"},
    "User-agent: *\nDisallow: /b/c$": {"/b/c"},
    "User-agent: *\nDisallow: /\n\nUser-agent: onrecord\nDisallow: /a": {"/a"},
    "user-agent: OnRecord\r\ndisallow: /b\r\n": {"/b/c", "/b/d?x=1"},
    "User-agent: other\nDisallow: /": set(),
    "\N{BYTE ORDER MARK}User-agent: *\nDisallow: /a": {"/a"},
    "<html>Not found, but 200</html>": set(),
    "": set(),
    "\0\0\0": set(),
}


@pytest.mark.parametrize("rules", RULES)
def test_what_robots_txt_denies_is_not_asked_for(site, crawl, rules):
    paths = ["/a", "/b/c", "/b/d?x=1"]
    site.answers = {path: Answer(story(path)) for path in paths}
    site.answers["/robots.txt"] = robots(rules)
    outcomes = crawl(*paths)
    denied = [outcome for outcome in outcomes if isinstance(outcome, Failure)]
    assert {failure.input for failure in denied} == {site.url + path for path in RULES[rules]}
    assert {failure.reason for failure in denied} <= {"robots.txt does not allow it"}
    assert set(site.paths()) == set(paths) - RULES[rules]


@pytest.mark.parametrize(
    ("answer", "is_allowed"),
    [
        (robots("gone", 404), True),
        (robots("no", 403), True),
        (robots("User-agent: *\nDisallow: /", 410), True),
        (robots("oh", 500), False),
        (robots("later", 503), False),
        (Answer(raw=b""), False),
        (Answer(b"", 301, {"Location": "/robots.txt"}), False),
        (Answer(b"", 301, {"Location": "/elsewhere/robots.txt"}), False),
    ],
)
def test_robots_txt_that_cannot_be_read(site, crawl, answer, is_allowed):
    site.answers = {"/robots.txt": answer, "/a": Answer(), "/b": Answer(story("Mull"))}
    site.answers["/elsewhere/robots.txt"] = robots("User-agent: *\nDisallow: /")
    outcomes = crawl("/a", "/b")
    assert len(outcomes) == 2
    assert all(isinstance(outcome, Fetched if is_allowed else Failure) for outcome in outcomes)
    assert all("robots.txt" in outcome.reason for outcome in outcomes if isinstance(outcome, Failure))


def test_robots_txt_of_another_host(site, crawl):
    site.answers = {
        "127.0.0.1/robots.txt": Answer(b"", 302, {"Location": f"{site.other}/rules"}),
        "/rules": robots("User-agent: *\nDisallow: /b"),
        "/a": Answer(),
        "/b": Answer(),
    }
    outcomes = crawl("/a", "/b", f"{site.other}/b")
    by_url = {getattr(outcome, "url", None) or outcome.input: type(outcome) for outcome in outcomes}
    assert by_url == {f"{site.url}/a": Fetched, f"{site.url}/b": Failure, f"{site.other}/b": Fetched}


def test_a_redirect_does_not_get_round_robots_txt(site, crawl, pages):
    site.answers = {
        "/robots.txt": robots("User-agent: *\nDisallow: /b"),
        "/a": Answer(b"", 302, {"Location": "/b"}),
        "/b": Answer(),
    }
    (failure,) = crawl("/a")
    assert (failure.input, failure.reason) == (f"{site.url}/a", "robots.txt does not allow it")
    assert site.paths() == ["/a"]


def test_a_pause_behind_each_request_to_a_host(site, crawl):
    site.answers = {f"/{n}": Answer(story(str(n))) for n in range(4)}
    crawl(*site.answers, delay=7.0)
    moments = [request.at for request in site.requests]
    assert [later - moment for moment, later in pairwise(moments)] == [7.0] * 4


def test_robots_txt_may_ask_for_a_longer_pause(site, crawl):
    site.answers = {f"/{n}": Answer(story(str(n))) for n in range(3)}
    site.answers["/robots.txt"] = robots("User-agent: *\nCrawl-delay: 30")
    crawl("/0", "/1", "/2", delay=7.0)
    moments = [request.at for request in site.requests]
    assert [later - moment for moment, later in pairwise(moments)] == [30.0] * 3


def test_hosts_do_not_wait_for_each_other_but_each_is_asked_one_thing_at_a_time(site, crawl):
    site.answers = {f"/{n}": Answer(story(str(n))) for n in range(4)}
    urls = [base + path for path in list(site.answers) for base in (site.url, site.other)]
    outcomes = crawl(*urls, delay=100.0)
    assert len(outcomes) == 8
    assert max(request.at for request in site.requests) - min(request.at for request in site.requests) == 400
    for host in ("127.0.0.1", "localhost"):
        moments = [request.at for request in site.requests if request.host == host]
        assert len(set(moments)) == len(moments) == 5
    assert max(request.others for request in site.requests) <= 1


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize("is_date", [False, True])
def test_a_pause_that_the_server_asks_for(site, crawl, clock, status, is_date):
    header = formatdate(clock.now() + 2 + 90, usegmt=True) if is_date else "90"
    site.answers = {
        "/a": [Answer(b"", status, {"Retry-After": header}), Answer()],
        "/b": Answer(story("Mull")),
    }
    assert [outcome.result for outcome in crawl("/a", "/b", delay=2.0)] == ["written", "written"]
    asked = [(request.path, request.at - site.requests[0].at) for request in site.requests]
    assert asked == [("/robots.txt", 0), ("/a", 2), ("/a", 92), ("/b", 94)]


@pytest.mark.parametrize("header", ["soon", "", "-5", "Mon, 99 Foo"])
def test_a_pause_that_is_none_is_as_good_as_not_asked_for(site, crawl, header):
    site.answers = {"/a": [Answer(b"", 429, {"Retry-After": header}), Answer(b"", 503), Answer()]}
    assert [outcome.result for outcome in crawl("/a", delay=2.0)] == ["written"]
    asked = [request.at - site.requests[0].at for request in site.requests]
    assert asked == [0, 2, 12, 42]


def test_a_host_that_asks_for_a_long_pause_is_left_alone(site, crawl):
    site.answers = {
        "/a": Answer(b"", 429, {"Retry-After": "7200"}),
        "/b": Answer(),
        "/c": Answer(),
    }
    outcomes = crawl("/a", "/b", "/c", f"{site.other}/c")
    failure, left = (outcome for outcome in outcomes if not isinstance(outcome, Fetched))
    assert failure.reason == (
        "the server answers 429 Too Many Requests and asks for a pause of 7,200 seconds"
    )
    assert left == Left("127.0.0.1", 2, "127.0.0.1 asks for a pause of 7,200 seconds")
    assert [outcome.url for outcome in outcomes if isinstance(outcome, Fetched)] == [f"{site.other}/c"]
    assert site.paths().count("/a") == 1


def test_a_site_that_asks_for_an_age_between_requests_is_left_alone(site, crawl):
    site.answers = {
        "/robots.txt": robots("User-agent: *\nCrawl-delay: 86400"),
        "/a": Answer(),
        "/b": Answer(),
    }
    assert crawl("/a", "/b") == [Left("127.0.0.1", 2, "127.0.0.1 asks for a pause of 86,400 seconds")]


def test_a_host_that_fails_again_and_again_is_left_alone(site, crawl):
    site.answers = {f"/{n}": Answer(b"", 500) for n in range(9)}
    *failures, left = crawl(*site.answers)
    assert [failure.input for failure in failures] == [f"{site.url}/{n}" for n in range(3)]
    assert left == Left("127.0.0.1", 6, "127.0.0.1 gives no answer any more")
    assert len(site.paths()) == 9


def test_failures_between_answers_do_not_count_against_a_host(site, crawl):
    site.answers = {f"/{n}": Answer(b"", 500) if n % 3 else Answer(story(str(n))) for n in range(9)}
    outcomes = crawl(*site.answers)
    assert len(outcomes) == 9
    assert not any(isinstance(outcome, Left) for outcome in outcomes)


def test_pages_that_lead_to_a_host_left_alone(site, crawl):
    site.answers = {
        "/a": Answer(b"", 301, {"Location": f"{site.other}/a"}),
        "localhost/robots.txt": robots("User-agent: *\nCrawl-delay: 9999"),
    }
    assert crawl("/a") == [Left("127.0.0.1", 1, "they lead to a host that is left alone")]

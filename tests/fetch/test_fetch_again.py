"""Fetching the same again: only what is new, from where it was broken off."""

from __future__ import annotations

import random
import resource
import sqlite3
from datetime import UTC, datetime
from itertools import islice

import pytest
from misbehaving_site import HTML, Answer, records, story

from onrecord.errors import OutputError
from onrecord.fetch import Fetched, FetchOptions, Left, fetch_archive
from onrecord.records import Failure


def results(outcomes) -> list[str]:
    return [
        outcome.result if isinstance(outcome, Fetched) else type(outcome).__name__ for outcome in outcomes
    ]


def feed(site, *paths: str, **headers: str) -> Answer:
    items = "".join(f"<item><link>{site.url}{path}</link></item>" for path in paths)
    return Answer(f"<rss>{items}</rss>".encode(), headers={"Content-Type": "text/xml", **headers})


@pytest.mark.parametrize(
    ("sent", "asked"),
    [
        ({"ETag": 'W/"a1"'}, {"If-None-Match": 'W/"a1"'}),
        (
            {"Last-Modified": "Tue, 14 May 2024 08:00:00 GMT"},
            {"If-Modified-Since": "Tue, 14 May 2024 08:00:00 GMT"},
        ),
        (
            {"ETag": '"1"', "Last-Modified": "Tue, 14 May 2024 08:00:00 GMT"},
            {"If-None-Match": '"1"', "If-Modified-Since": "Tue, 14 May 2024 08:00:00 GMT"},
        ),
        ({}, {}),
    ],
)
def test_the_server_is_asked_whether_a_page_has_changed(site, crawl, pages, sent, asked):
    site.answers["/a"] = [
        Answer(headers={**HTML, **sent}),
        Answer(b"", 304) if sent else Answer(headers=dict(HTML)),
        Answer(story("Mull")),
    ]
    assert results(crawl("/a")) == ["written"]
    assert not site.requests[-1].headers.keys() & {"If-None-Match", "If-Modified-Since"}
    for expected in ("unchanged", "written"):
        assert results(crawl("/a", resume=True)) == [expected]
        assert asked.items() <= site.requests[-1].headers.items()
    assert pages() == {"/a": story("Mull")}


def test_a_page_that_comes_as_it_was_is_not_written_again(site, crawl, out):
    site.answers["/a"] = Answer(headers={**HTML, "ETag": '"1"'})
    crawl("/a")
    size = out.stat().st_size
    site.answers["/a"] = Answer(headers={**HTML, "ETag": '"2"'})
    assert results(crawl("/a", resume=True)) == ["unchanged"]
    assert out.stat().st_size == size
    crawl("/a", resume=True)
    assert site.requests[-1].headers["If-None-Match"] == '"2"'


def test_conditions_go_to_where_a_page_answered(site, crawl):
    site.answers = {
        "/old": Answer(b"", 301, {"Location": "/new"}),
        "/new": [Answer(headers={**HTML, "ETag": '"1"'}), Answer(b"", 304)],
    }
    assert results(crawl("/old")) == ["written"]
    site.requests.clear()
    assert results(crawl("/old", resume=True)) == ["unchanged"]
    conditions = [(request.path, request.headers.get("If-None-Match")) for request in site.requests]
    assert conditions == [("/robots.txt", None), ("/old", None), ("/new", '"1"')]


def test_a_daily_run_fetches_what_a_feed_has_new(site, clock, tmp_path):
    site.answers = {f"/{name}": Answer(story(name), headers={**HTML, "ETag": name}) for name in "abc"}

    def day(name: str) -> list[str]:
        run = fetch_archive(
            [f"{site.url}/feed"],
            tmp_path / name,
            options=FetchOptions(allow_private=True),
            state=tmp_path / "known.sqlite",
            clock=clock,
        )
        return results(run)

    site.answers["/feed"] = feed(site, "/a", "/b", ETag='"1"')
    assert day("1.warc.gz") == ["listing", "written", "written"]
    site.requests.clear()
    # The feed has not changed: its pages are asked for as it named them, and have not either.
    assert day("2.warc.gz") == ["listing", "unchanged", "unchanged"]
    assert [request.headers.get("If-None-Match") for request in site.requests] == [None, '"1"', "a", "b"]
    assert [record.kind for record in records(tmp_path / "2.warc.gz")] == ["warcinfo"]
    site.answers["/feed"] = feed(site, "/b", "/c", ETag='"2"')
    assert day("3.warc.gz") == ["listing", "written", "unchanged"]  # what is new comes first
    assert [record.url for record in records(tmp_path / "3.warc.gz")[1:]] == [f"{site.url}/c"] * 2


def test_a_sitemap_tells_what_has_not_changed(site, crawl, clock):
    def sitemap(changed: float) -> Answer:
        day = datetime.fromtimestamp(changed, UTC).isoformat()
        text = f"<urlset><url><loc>{site.url}/a</loc><lastmod>{day}</lastmod></url></urlset>"
        return Answer(text.encode(), headers={"Content-Type": "text/xml"})

    site.answers = {"/map.xml": sitemap(clock.now() - 500), "/a": Answer()}
    assert results(crawl("/map.xml")) == ["listing", "written"]
    clock.time += 1000
    assert results(crawl("/map.xml", resume=True)) == ["listing"]
    site.answers["/map.xml"] = sitemap(clock.now() - 500)
    assert results(crawl("/map.xml", resume=True)) == ["listing", "unchanged"]


def test_the_limit_counts_pages_that_are_written(site, crawl, pages):
    site.answers = {
        "/feed": feed(site, "/a", "/gone", "/b", "/c"),
        **{f"/{n}": Answer(story(n)) for n in "abc"},
    }
    *_, left = outcomes = crawl("/feed", limit=2)
    assert results(outcomes) == ["listing", "written", "Failure", "written", "Left"]
    assert left == Left("127.0.0.1", 1, "the limit is reached")
    outcomes = crawl("/feed", limit=1, resume=True)
    assert results(outcomes)[-2:] == ["written", "Left"]
    assert pages().keys() == {"/a", "/b", "/c"}


STORIES = [f"/{number}" for number in range(5)]


def many(site) -> None:
    site.answers = {path: Answer(story(path)) for path in STORIES}
    site.answers["/feed"] = feed(site, *STORIES[:2], "/gone", *STORIES[2:])


def interrupted(site, out, after: int) -> None:
    """Fetch until so many outcomes have come, and no further."""
    run = fetch_archive([f"{site.url}/feed"], out, options=FetchOptions(allow_private=True), clock=site.clock)
    list(islice(run, after))
    run.close()


@pytest.mark.parametrize("after", range(1, 7))
@pytest.mark.parametrize("tail", [b"", b"\x1f\x8b\x08\x00half a record"])
def test_a_run_that_was_broken_off_goes_on(site, crawl, out, after, tail):
    many(site)
    interrupted(site, out, after)
    with out.open("ab") as file:
        file.write(tail)
    asked = site.paths()
    outcomes = crawl("/feed", resume=True)
    written = [record.url for record in records(out) if record.kind == "response"]
    assert written == [site.url + path for path in STORIES]
    # What was settled is not asked for again, but for what failed.
    again = site.paths()
    assert set(asked[:after]) & set(again) <= {"/gone"}
    assert sum(isinstance(outcome, Failure) for outcome in outcomes) == 1


def test_no_run_is_resumed_twice_in_one_archive(site, crawl, out):
    many(site)
    interrupted(site, out, 3)
    crawl("/feed", resume=True)
    outcomes = crawl("/feed", resume=True)
    assert results(outcomes).count("unchanged") == 5
    assert len(records(out)) == 1 + 2 * 5


def test_resuming_what_never_began_begins_it(site, crawl, pages):
    site.answers["/a"] = Answer()
    crawl("/a", resume=True)
    assert pages() == {"/a": story("Oban")}


def test_an_archive_is_not_written_over(site, crawl, out):
    out.write_bytes(b"mine")
    with pytest.raises(OutputError, match="exists; --resume"):
        crawl("/a")
    with pytest.raises(OutputError, match="not as the last crawl left it"):
        crawl("/a", resume=True)
    assert out.read_bytes() == b"mine"


@pytest.mark.parametrize("is_broken_off", [False, True])
def test_an_archive_that_was_changed_is_not_gone_on_with(site, crawl, out, is_broken_off):
    many(site)
    if is_broken_off:
        interrupted(site, out, 3)
    else:
        crawl("/feed")
    content = out.read_bytes()
    out.write_bytes(content[:-1])
    with pytest.raises(OutputError, match="not as the last crawl left it"):
        crawl("/feed", resume=True)
    out.unlink()
    if is_broken_off:
        with pytest.raises(OutputError, match="is gone"):
            crawl("/feed", resume=True)
    else:
        assert results(crawl("/feed", resume=True)).count("unchanged") == 5


def test_two_crawls_do_not_share_a_state(site, crawl, out):
    many(site)
    run = fetch_archive([f"{site.url}/feed"], out, options=FetchOptions(allow_private=True), clock=site.clock)
    next(run)
    with pytest.raises(OutputError, match="another crawl is using it"):
        crawl("/feed", resume=True)
    assert results(run) == ["written"] * 2 + ["Failure"] + ["written"] * 3


@pytest.mark.parametrize("content", [b"no database", b"SQLite format 3\0" + b"\xff" * 200])
def test_a_state_that_is_none(site, crawl, out, content):
    out.with_name(f"{out.name}.state").write_bytes(content * 20)
    with pytest.raises(OutputError, match="state of the crawl cannot be used"):
        crawl("/a")


def test_a_state_of_another_version(site, crawl, out):
    with sqlite3.connect(out.with_name(f"{out.name}.state")) as other:
        other.execute("PRAGMA user_version = 99")
    other.close()
    with pytest.raises(OutputError, match="another version"):
        crawl("/a")
    assert not out.exists()


def test_a_full_disk_leaves_whole_records(site, crawl, out, pages):
    large = random.Random(1).randbytes(300_000).hex().encode()
    site.answers = {"/a": Answer(), "/b": Answer(large)}
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, limits[1]))
    try:
        with pytest.raises(OutputError, match="cannot be written"):
            crawl("/a", "/b")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert pages() == {"/a": story("Oban")}
    assert results(crawl("/a", "/b", resume=True)) == ["written"]
    assert pages() == {"/a": story("Oban"), "/b": large}

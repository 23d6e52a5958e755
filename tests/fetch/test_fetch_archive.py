"""What the archive holds of pages that were fetched."""

from __future__ import annotations

import base64
import gzip
import hashlib
import zlib
from io import BytesIO
from pathlib import Path
from random import Random

import pytest
from fastwarc.warc import ArchiveIterator
from misbehaving_site import HTML, Answer, records, story

from onrecord.errors import InvalidSettingError, OutputError
from onrecord.fetch import Fetched, FetchOptions
from onrecord.fetch.exchange import Client
from onrecord.fetch.warc import WarcWriter
from onrecord.read.outcome import Rejection
from onrecord.version import __version__


def sha1(data: bytes) -> str:
    return "sha1:" + base64.b32encode(hashlib.sha1(data).digest()).decode()


def test_a_page_is_a_request_and_a_response(site, crawl, out):
    site.answers["/oban"] = Answer(headers={**HTML, "ETag": '"1"', "Set-Cookie": "a=b"})
    assert crawl("/oban") == [Fetched(f"{site.url}/oban", "written")]
    info, request, response = records(out)
    assert [info.kind, request.kind, response.kind] == ["warcinfo", "request", "response"]
    assert request.url == response.url == f"{site.url}/oban"
    assert request.headers["WARC-Concurrent-To"] == response.headers["WARC-Record-ID"]
    assert (
        request.headers["WARC-Date"] == response.headers["WARC-Date"] == "2023-11-14T22:13:22Z"
    )  # robots.txt came first
    assert response.status == "HTTP/1.1 200 OK"
    assert response.http["ETag"] == '"1"'
    assert response.http["Set-Cookie"] == "a=b"
    assert response.body == story("Oban")
    assert response.headers["WARC-Payload-Digest"] == sha1(story("Oban"))


def test_the_request_record_is_the_request_that_was_sent(site, crawl, out):
    site.answers["/oban?a=%C3%BC&b=1"] = Answer()
    crawl("/oban?a=ü&b=1#part", contact="desk@paper.example")
    sent = site.requests[-1].headers
    (request,) = (record for record in records(out) if record.kind == "request")
    assert request.status == "GET /oban?a=%C3%BC&b=1 HTTP/1.1"
    assert request.http == sent
    assert sent["User-Agent"] == (
        f"onrecord/{__version__} (claim extraction from news pages; desk@paper.example)"
    )


def test_every_record_is_a_gzip_member_of_warc_1_1_with_digests_that_hold(site, crawl, out):
    for path in ("/oban", "/mull"):
        site.answers[path] = Answer(story(path))
    crawl("/oban", "/mull")
    starts = 0
    with out.open("rb") as file:
        for record in ArchiveIterator(file, parse_http=False):
            starts += 1
            assert record.verify_block_digest()
            member = out.read_bytes()[record.stream_pos :]
            assert gzip.GzipFile(fileobj=BytesIO(member)).read(10) == b"WARC/1.1\r\n"
    assert starts == 5


def test_a_name_without_gz_is_written_plain(site, crawl, tmp_path):
    site.answers["/oban"] = Answer()
    crawl("/oban", to=tmp_path / "new" / "pages.warc")
    assert (tmp_path / "new" / "pages.warc").read_bytes().startswith(b"WARC/1.1\r\n")
    assert records(tmp_path / "new" / "pages.warc")[2].body == story("Oban")


def test_the_file_says_what_made_it(site, crawl, out):
    crawl("/missing", contact="https://paper.example/bots")
    (info,) = records(out)
    assert info.headers["WARC-Filename"] == out.name
    fields = dict(line.split(": ", 1) for line in info.body.decode().splitlines())
    assert fields["software"] == f"onrecord/{__version__}"
    assert fields["operator"] == "https://paper.example/bots"
    assert fields["robots"] == "obey"


PACKED = gzip.compress(b"<p>Fog on the Minch.", mtime=0)
CODED = {
    "gzip": gzip.compress(story("Oban")),
    "deflate": zlib.compress(story("Oban")),
    "deflate, gzip": gzip.compress(zlib.compress(story("Oban"))),
    "identity": story("Oban"),
}


@pytest.mark.parametrize("coding", CODED)
def test_a_body_stays_coded_as_it_was_sent(site, crawl, out, coding):
    site.answers["/oban"] = Answer(CODED[coding], headers={**HTML, "Content-Encoding": coding})
    crawl("/oban")
    response = records(out)[2]
    assert response.body == CODED[coding]
    assert response.http["Content-Encoding"] == coding
    assert response.headers["WARC-Payload-Digest"] == sha1(CODED[coding])


def test_a_body_in_chunks_is_put_together(site, crawl, out):
    chunks = b"4\r\n<p>T\r\n6;name=x\r\nhe fog\r\n0\r\nTrailer: x\r\n\r\n"
    site.answers["/oban"] = Answer(
        raw=b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks
    )
    crawl("/oban")
    response = records(out)[2]
    assert response.body == b"<p>The fog"
    assert response.http["X-Original-Transfer-Encoding"] == "chunked"
    assert "Transfer-Encoding" not in response.http
    with out.open("rb") as file:
        whole = [record.reader.read() for record in ArchiveIterator(file, auto_decode="all")]
    assert whole[2] == b"<p>The fog"


def test_redirects_stand_before_the_page_they_lead_to(site, crawl, out):
    site.answers["/old"] = Answer(b"moved", 301, {"Location": "/older"})
    site.answers["/older"] = Answer(b"moved", 302, {"Location": f"{site.other}/oban"})
    site.answers["/oban"] = Answer()
    assert crawl("/old") == [Fetched(f"{site.url}/old", "written")]
    responses = [record for record in records(out) if record.kind == "response"]
    assert [record.url for record in responses] == [
        f"{site.url}/old",
        f"{site.url}/older",
        f"{site.other}/oban",
    ]
    assert [record.body for record in responses] == [b"moved", b"moved", story("Oban")]
    # The other host has its own robots.txt.
    asked = [f"{request.host}{request.path}" for request in site.requests]
    assert asked == [
        "127.0.0.1/robots.txt",
        "127.0.0.1/old",
        "127.0.0.1/older",
        "localhost/robots.txt",
        "localhost/oban",
    ]


def test_hostile_headers_do_no_harm(site, crawl, out):
    site.answers["/oban"] = Answer(
        raw=b"HTTP/1.0 200 \xc3\x96K\r\nX-Name: \xff\xfe caf\xe9\r\nX-Folded: one\r\n two\r\n"
        b"Content-Type: text/html\r\n\r\n" + story("Oban")
    )
    assert crawl("/oban") == [Fetched(f"{site.url}/oban", "written")]
    response = records(out)[2]
    assert response.body == story("Oban")
    assert response.http["X-Folded"].split() == ["one", "two"]


@pytest.mark.parametrize("contact", ["", "a b", "x\r\nCookie: y", "desk@paper.example)", "ü@b.example"])
def test_a_contact_that_is_none(contact):
    with pytest.raises(InvalidSettingError, match="contact"):
        FetchOptions(contact=contact)


@pytest.mark.parametrize("option", [{"delay": -1}, {"max_bytes": 0}, {"limit": 0}, {"hosts": 0}])
def test_options_outside_their_domain(option):
    with pytest.raises(InvalidSettingError, match=next(iter(option))):
        FetchOptions(**option)


def test_a_folder_that_cannot_be_written(site, crawl, tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(OutputError, match="file"):
        crawl("/oban", to=Path(tmp_path, "file", "pages.warc.gz"))


def test_whatever_is_answered_is_refused_or_can_be_archived(site, out):
    """Answers with bytes changed, left out and doubled at random places."""
    random = Random(7)
    size = f"{len(PACKED):x}\r\n".encode()
    whole = (
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Encoding: gzip\r\n"
        b'ETag: "1"\r\nTransfer-Encoding: chunked\r\n\r\n' + size + PACKED + b"\r\n0\r\n\r\n"
    )
    taken = refused = 0
    with (
        Client(contact=None, allow_private=True, timeout=5.0) as client,
        WarcWriter(out, size=0, started_at=0.0) as writer,
    ):
        for number in range(300):
            raw = bytearray(whole)
            for _ in range(random.randint(1, 3)):
                at = random.randrange(len(raw))
                raw[at : at + random.randint(0, 2)] = random.randbytes(random.randint(0, 2))
            site.answers[f"/{number}"] = Answer(raw=bytes(raw))
            try:
                exchange = client.get(
                    f"{site.url}/{number}", asked_at=0.0, conditions={}, pages_only=True, max_bytes=1000
                )
            except Rejection:
                refused += 1
            else:
                writer.write([exchange])
                taken += 1
    assert min(taken, refused) > 20
    assert len(records(out)) == 1 + 2 * taken

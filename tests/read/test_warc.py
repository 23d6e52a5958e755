"""WARC files: which records are pages, what of them is kept, and that no damage passes in silence."""

from __future__ import annotations

import gzip
import io
import zlib

import pytest
from fastwarc.warc import WarcRecord, WarcRecordType
from hypothesis import given
from hypothesis import strategies as st

from onrecord import read_paths
from onrecord.read import ReadArticle
from onrecord.read.warc import warc_documents

BODY = b"<html><body><h1>Pool</h1><p>The council said on Monday that the pool would close.</p></body></html>"


def record(
    url="http://a.example/1",
    body=BODY,
    *,
    http=b"",
    status=b"200 OK",
    content_type=b"text/html; charset=utf-8",
    kind=WarcRecordType.response,
    packed=True,
    **headers,
):
    """The bytes of one record as a crawler writes it."""
    made = WarcRecord()
    made.init_headers(record_type=kind)
    made.headers["WARC-Target-URI"] = url
    for name, value in headers.items():
        made.headers[name.replace("_", "-")] = value
    made.is_http = kind in (WarcRecordType.response, WarcRecordType.request)
    made.set_bytes_content(
        b"HTTP/1.1 " + status + b"\r\nContent-Type: " + content_type + b"\r\n" + http + b"\r\n" + body
    )
    stream = io.BytesIO()
    made.write(stream, checksum_data=True)
    return gzip.compress(stream.getvalue(), mtime=0) if packed else stream.getvalue()


def documents(raw, mark=()):
    return list(warc_documents("x.warc", io.BytesIO(raw), mark))


def pages(raw):
    return [document.url for document in documents(raw) if document.problem is None]


def problems(raw):
    return [
        (document.problem.code, document.place["offset"])
        for document in documents(raw)
        if document.problem is not None
    ]


def three(packed):
    return [record(f"http://a.example/{n}", b"<p>Page %d.</p>" % n * 9, packed=packed) for n in range(3)]


def test_only_pages_that_were_answered_with_200():
    raw = b"".join(
        [
            record("http://a.example/info", kind=WarcRecordType.warcinfo),
            record("http://a.example/request", kind=WarcRecordType.request),
            record("http://a.example/page"),
            record("http://a.example/gone", status=b"404 Not Found"),
            record("http://a.example/moved", status=b"301 Moved"),
            record("http://a.example/photo", content_type=b"image/png"),
            record("http://a.example/xhtml", content_type=b"application/xhtml+xml"),
            record("http://a.example/metadata", kind=WarcRecordType.metadata),
        ]
    )
    assert pages(raw) == ["http://a.example/page", "http://a.example/xhtml"]
    assert problems(raw) == []


def test_an_archive_without_pages_is_one_failure():
    (document,) = documents(record(status=b"404 Not Found"))
    assert document.problem.code == "empty"


def test_the_raw_page_can_be_found_again(tmp_path):
    first = record("http://a.example/0")
    path = tmp_path / "crawl.warc.gz"
    path.write_bytes(first + record("http://a.example/1"))
    _, read = read_paths([path])
    assert isinstance(read, ReadArticle)
    assert (read.input, read.article.url) == (str(path), "http://a.example/1")
    with path.open("rb") as file:
        file.seek(read.place["offset"])
        found = WarcRecord.from_bytes(gzip.decompress(file.read()))
    assert (found.record_id, found.headers["WARC-Block-Digest"]) == (
        read.place["record_id"],
        read.place["digest"],
    )


@pytest.mark.parametrize("packed", [True, False])
def test_reading_goes_on_from_a_mark(packed):
    raw = b"".join(three(packed))
    found = documents(raw)
    assert len(found) == 3
    for number, document in enumerate(found):
        assert documents(raw, document.mark) == found[number:]


def test_many_records_in_one_gzip_member():
    raw = gzip.compress(b"".join(three(packed=False) * 4))
    found = documents(raw)
    assert len(found) == 12
    assert documents(raw, found[7].mark) == found[7:]


@pytest.mark.parametrize("packed", [True, False])
def test_a_file_cut_at_every_byte_gives_its_whole_records_and_one_failure(packed):
    records = three(packed)
    ends = [sum(map(len, records[: number + 1])) for number in range(3)]
    raw = b"".join(records)
    for cut in range(2, len(raw)):
        whole = sum(end <= cut for end in ends)
        assert len(pages(raw[:cut])) == whole
        expected = [] if cut in ends else [("truncated", [0, *ends][whole])]
        assert [(code, at) for code, at in problems(raw[:cut]) if code != "empty"] == expected, cut


@pytest.mark.parametrize("packed", [True, False])
def test_records_behind_one_that_is_cut_are_read(packed):
    records = three(packed)
    for cut in range(3, len(records[0]) - 4):
        raw = records[0][:cut] + records[1] + records[2]
        assert pages(raw) == ["http://a.example/1", "http://a.example/2"], cut
        assert [at for _, at in problems(raw)] == [0]


@pytest.mark.parametrize("packed", [True, False])
def test_garbage_between_records(packed):
    records = three(packed)
    raw = records[0] + b"\x00garbage\r\n" * 20 + records[1] + records[2]
    assert len(pages(raw)) == 3
    assert problems(raw) == [("unreadable", len(records[0]))]


@pytest.mark.parametrize("wrong", [b"9", b"1", b"99999", b"", b"-5", b"x"])
def test_a_wrong_length_costs_only_its_record(wrong):
    records = three(packed=False)
    length = next(line for line in records[1].split(b"\r\n") if line.startswith(b"Content-Length"))
    records[1] = records[1].replace(length, b"Content-Length: " + wrong)
    raw = b"".join(records)
    assert pages(raw) == ["http://a.example/0", "http://a.example/2"]
    assert [at for _, at in problems(raw)] == [len(records[0])]


@given(st.integers(0, 10_000), st.integers(1, 255))
def test_no_flipped_bits_of_a_gzip_file_change_a_page(at, bits):
    raw = bytearray(b"".join(three(packed=True)))
    raw[at % len(raw)] ^= bits
    known = {b"<p>Page %d.</p>" % n * 9 for n in range(3)}
    assert {document.raw for document in documents(bytes(raw)) if document.problem is None} <= known


@given(st.binary(max_size=300))
def test_what_is_no_archive_never_stops_the_run(raw):
    assert all(document.problem is not None for document in documents(raw))


CHUNKED = b"%x;name=value\r\n%s\r\n%x\r\n%s\r\n0\r\n\r\n" % (20, BODY[:20], len(BODY) - 20, BODY[20:])
BARE_DEFLATE = zlib.compressobj(wbits=-15)
ENCODED = {
    "chunked": (b"Transfer-Encoding: chunked\r\n", CHUNKED),
    "said to be chunked": (b"Transfer-Encoding: chunked\r\n", BODY),
    "gzip": (b"Content-Encoding: gzip\r\n", gzip.compress(BODY)),
    "said to be gzip": (b"Content-Encoding: gzip\r\n", BODY),
    "deflate": (b"Content-Encoding: deflate\r\n", zlib.compress(BODY)),
    "bare deflate": (b"Content-Encoding: deflate\r\n", BARE_DEFLATE.compress(BODY) + BARE_DEFLATE.flush()),
    "said to be brotli": (b"Content-Encoding: br\r\n", BODY),
    "an unknown encoding": (b"Content-Encoding: identity\r\n", BODY),
}


@pytest.mark.parametrize("how", ENCODED)
def test_a_body_is_decoded_as_it_was_encoded(how):
    http, body = ENCODED[how]
    (document,) = documents(record(body=body, http=http))
    assert (document.problem, document.raw) == (None, BODY)


BROKEN = {
    "chunks that break off": (b"Transfer-Encoding: chunked\r\n", CHUNKED[:60], "truncated"),
    "no last chunk": (b"Transfer-Encoding: chunked\r\n", CHUNKED[:-5], "truncated"),
    "gzip that breaks off": (b"Content-Encoding: gzip\r\n", gzip.compress(BODY)[:-3], "truncated"),
    "damaged gzip": (b"Content-Encoding: gzip\r\n", gzip.compress(BODY)[:20] + b"\xff" * 60, "unreadable"),
    "a gzip bomb": (b"Content-Encoding: gzip\r\n", gzip.compress(b"<div>" * 9_000_000), "too_large"),
    "larger than a page may be": (b"", b"<div>" * 4_300_000, "too_large"),
}


@pytest.mark.parametrize("how", BROKEN)
def test_a_body_that_is_not_whole_is_a_failure(how):
    http, body, code = BROKEN[how]
    raw = record(body=body, http=http) + record("http://a.example/next")
    assert problems(raw) == [(code, 0)]
    assert pages(raw) == ["http://a.example/next"]


def test_a_page_that_the_crawler_cut_is_a_failure():
    assert problems(record(WARC_Truncated="length")) == [("truncated", 0)]

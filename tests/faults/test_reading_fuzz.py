"""Whatever bytes a file holds, each document in it ends as one article or one failure."""

import gzip
import json
import zlib

import pytest
import zstandard
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reading_files import PAGES, TEXTS, duckdb_file, files, warc_records

from onrecord import Failure, Settings, read_paths
from onrecord.read import ReadArticle, read_object
from onrecord.read.http_body import decoded_body
from onrecord.read.outcome import Rejection

FILES = files()
TEXT_OF_A_PAGE = [f"News {n}\n{text}" for n, text in enumerate(TEXTS)]
fuzzed = settings(
    deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


def outcomes(folder, suffix, raw):
    path = folder / f"input.{suffix}"
    path.write_bytes(raw)
    found = list(read_paths([path]))
    assert found, "an input came to nothing"
    for outcome in found:
        assert isinstance(outcome, ReadArticle | Failure)
        assert outcome.input.startswith(str(path))
        if isinstance(outcome, Failure):
            assert outcome.code
            assert outcome.reason
        else:
            outcome.article.text.encode()
    return found


@st.composite
def damaged(draw, raw):
    """The bytes with a few places changed, left out, doubled, or cut off."""
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, max(len(raw) - 1, 0)))
        size = draw(st.integers(1, 40))
        kind = draw(st.sampled_from(["change", "leave out", "insert", "double", "cut"]))
        if kind == "change":
            raw = raw[:at] + draw(st.binary(min_size=1, max_size=4)) + raw[at + 1 :]
        elif kind == "leave out":
            raw = raw[:at] + raw[at + size :]
        elif kind == "insert":
            raw = raw[:at] + draw(st.binary(max_size=size)) + raw[at:]
        elif kind == "double":
            raw = raw[: at + size] + raw[at:]
        else:
            raw = raw[:at]
    return raw


@pytest.mark.parametrize("suffix", FILES)
def test_a_whole_file_holds_its_articles(suffix, tmp_path):
    texts = [outcome.article.text for outcome in outcomes(tmp_path, suffix, FILES[suffix])]
    assert texts
    assert texts in (list(TEXTS), TEXT_OF_A_PAGE, TEXT_OF_A_PAGE[:1], list(TEXTS[:1]))


@pytest.mark.parametrize("packed", [True, False])
def test_a_crawl_that_was_cut_names_file_and_offset_and_the_next_file_is_read(packed, tmp_path):
    records = [gzip.compress(record, mtime=0) if packed else record for record in warc_records()]
    starts = [0, len(records[0]), len(records[0]) + len(records[1])]
    following = tmp_path / "next.warc"
    following.write_bytes(warc_records()[0])
    for start, record in zip(starts, records, strict=True):
        for size in range(2, len(record), 23):
            path = tmp_path / ("cut.warc.gz" if packed else "cut.warc")
            path.write_bytes(b"".join(records)[: start + size])
            *articles, failure, after = read_paths([path, following])
            assert len(articles) == starts.index(start)
            assert all(isinstance(read, ReadArticle) for read in (*articles, after))
            assert (failure.code, failure.input) == ("truncated", str(path))
            assert f"at byte {start}" in failure.reason


@pytest.mark.parametrize("suffix", FILES)
@settings(fuzzed, max_examples=25)
@given(data=st.data())
def test_a_damaged_file_comes_to_articles_and_failures(suffix, tmp_path, data):
    outcomes(tmp_path, suffix, data.draw(damaged(FILES[suffix])))


@settings(fuzzed, max_examples=12)
@given(data=st.data())
def test_a_damaged_database_comes_to_articles_and_failures(tmp_path, data):
    outcomes(tmp_path, "duckdb", data.draw(damaged(duckdb_file(tmp_path))))


@pytest.mark.parametrize("suffix", [*FILES, "duckdb"])
@settings(fuzzed, max_examples=15)
@given(raw=st.binary(max_size=300))
def test_any_bytes_come_to_articles_and_failures(suffix, tmp_path, raw):
    outcomes(tmp_path, suffix, raw)


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters(exclude_categories=[]), max_size=20)
    | st.sampled_from([*TEXTS, "2021-03-09", "en", "http://a.example/", f"<p>{TEXTS[0]}</p>", "\ud800"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=5,
)
FIELDS = st.sampled_from(
    ["id", "text", "html", "title", "published", "url", "site", "byline", "language", "other"]
)


@settings(deadline=None, max_examples=150)
@given(fields=st.dictionaries(FIELDS, VALUES, max_size=6))
def test_any_fields_come_to_an_outcome_that_can_be_written(fields):
    outcome = read_object(fields, settings=Settings(), name="article 1")
    if isinstance(outcome, Failure):
        outcome.model_dump_json()
    else:
        outcome.article.model_dump_json()
        json.dumps([outcome.input, dict(outcome.notes)]).encode()


PACKED = st.sampled_from([gzip.compress, zlib.compress, zstandard.compress, bytes])


@settings(deadline=None, max_examples=150)
@given(
    data=st.data(),
    pack=PACKED,
    content=st.sampled_from(["gzip", "deflate", "br", "zstd", "gzip, br", "unheard-of"]),
    transfer=st.sampled_from(["", "chunked"]),
)
def test_a_body_under_any_headers_is_decoded_or_rejected(data, pack, content, transfer):
    body = data.draw(damaged(pack(PAGES[0].encode())))
    try:
        decoded = decoded_body(body, transfer=transfer, content=content, limit=1_000)
    except Rejection:
        return
    assert len(decoded) <= 1_000


def test_a_reason_is_of_a_length_to_be_read():
    failure = read_object({"text": TEXTS[0], "published": "p" * 100_000}, settings=Settings(), name="a")
    assert len(failure.reason) < 3_000

"""What unpacks, nests or refers to more than a page can be ends as a failure, and the rest is read."""

import gzip
import io
import json
import tarfile
import zipfile

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard
from reading_files import PAGES, TEXTS, json_lines, warc_record, warc_records

from onrecord import Failure, read_paths, read_records
from onrecord.errors import InvalidRecordError
from onrecord.read import ReadArticle, article_from_html

BLOWN_UP = b"<div>" * 5_000_000
PROSE = f"<h1>News</h1><p>{TEXTS[0]}</p><p>{TEXTS[1]}</p>"


def packed_zip():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.html", BLOWN_UP)
        archive.writestr("page.html", PAGES[0])
    return stream.getvalue()


def packed_tar():
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        for name, content in (("page.html", PAGES[0].encode()), ("bomb.bin", BLOWN_UP)):
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return gzip.compress(stream.getvalue())


def packed_warc():
    records = [gzip.compress(record) for record in warc_records()]
    return records[0] + gzip.compress(warc_record(BLOWN_UP, number=9)) + records[2]


def long_tar_header():
    header = tarfile.TarInfo("x")
    header.type, header.size = tarfile.XHDTYPE, 1 << 33
    return header.tobuf(tarfile.GNU_FORMAT)


def rows_of_one_value(value, **options):
    stream = io.BytesIO()
    rows = pa.DictionaryArray.from_arrays(pa.array([0] * 100_000, pa.int32()), pa.array([value]))
    pq.write_table(pa.table({"text": rows}), stream, **options)
    return stream.getvalue()


BOMBS = {  # the bytes, and how many articles stand before or behind
    "a page in gzip": ("html.gz", lambda: gzip.compress(BLOWN_UP), 0),
    "a page in zstandard": ("html.zst", lambda: zstandard.compress(BLOWN_UP), 0),
    "a line in gzip": ("jsonl.gz", lambda: gzip.compress(json_lines() + BLOWN_UP), 3),
    "a line in zstandard": ("jsonl.zst", lambda: zstandard.compress(json_lines() + BLOWN_UP), 3),
    "a member of a ZIP archive": ("zip", packed_zip, 1),
    "a member of a tar archive": ("tgz", packed_tar, 1),
    "the header of a tar archive": ("tar", long_tar_header, 0),
    "a record of a WARC file": ("warc.gz", packed_warc, 2),
    "a row of a Parquet file": (
        "parquet",
        lambda: rows_of_one_value("a" * 10_000_000, compression="zstd"),
        0,
    ),
    "a page that is large without compression": ("html", lambda: BLOWN_UP, 0),
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_bomb_is_one_failure(bomb, tmp_path):
    suffix, make, others = BOMBS[bomb]
    path = tmp_path / f"bomb.{suffix}"
    path.write_bytes(make())
    found = list(read_paths([path]))
    assert [outcome.code for outcome in found if isinstance(outcome, Failure)] == ["too_large"]
    assert sum(isinstance(outcome, ReadArticle) for outcome in found) == others


def test_text_that_packs_well_is_no_bomb(tmp_path):
    path = tmp_path / "articles.jsonl.gz"
    lines = [json.dumps({"text": f"{TEXTS[0]} Lot {number}. {TEXTS[1]}"}) for number in range(10_000)]
    path.write_bytes(gzip.compress("\n".join(lines).encode()))
    assert sum(isinstance(outcome, ReadArticle) for outcome in read_paths([path])) == len(lines)


def test_a_value_that_stands_for_all_rows_is_read_for_some(tmp_path):
    path = tmp_path / "rows.parquet"
    path.write_bytes(rows_of_one_value(" ".join(f"{TEXTS[0]} Lot {number}." for number in range(200))))
    *articles, failure = read_paths([path])
    assert failure.code == "too_large"
    assert 0 < len(articles) < 1_000


@pytest.mark.parametrize("suffix", ["json", "jsonl"])
@pytest.mark.parametrize("value", ["7", "[]", '"word"'])
def test_a_file_without_an_object_is_not_a_failure_for_each_value(value, suffix, tmp_path):
    path = tmp_path / f"numbers.{suffix}"
    path.write_text(f"[{','.join([value] * 5_000)}]" if suffix == "json" else f"{value}\n" * 5_000)
    *failures, last = read_paths([path])
    assert len(failures) == 1_000
    assert last.code == "unsupported"


def test_rows_of_a_large_table_come_in_order_without_those_that_are_deleted(tmp_path):
    path = tmp_path / "articles.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute(
            "CREATE TABLE articles AS SELECT i AS id, ? AS text FROM range(3000) t(i)", [TEXTS[0]]
        )
        connection.execute("DELETE FROM articles WHERE id % 7 = 0 OR id BETWEEN 500 AND 1500")
    kept = [i for i in range(3000) if i % 7 and not 500 <= i <= 1500]
    assert [read.article.id for read in read_paths([path])] == [str(i) for i in kept]


def page(markup):
    return f"<html><body><article>{PROSE}{markup}</article></body></html>"


def nested(tag, depth, inner=""):
    return f"<{tag}>" * depth + inner + f"</{tag}>" * depth


ATTRIBUTES = " ".join(f"a{number}" for number in range(3_000))
COMPLEX = {
    "nesting": page(nested("div", 10_000, PROSE)),
    "nesting that is never closed": page("<b>" * 10_000),
    "nested lists": page(nested("ul><li", 500, TEXTS[2])),
    "nested tables": page(nested("table><tr><td", 1_000, PROSE)),
    "elements": page("<i></i>" * 110_000),
    "elements in one other": page("<p>word</p>" * 31_000),
    "elements that are deep": page(nested("div", 1_000, "<p>word</p>" * 2_000)),
    "paragraphs": page("<p>word" * 110_000),
    "attributes of a tag": page(f"<p {ATTRIBUTES}>x</p>"),
    "attributes behind a quoted >": page(f'<p a=">" {ATTRIBUTES}>x</p>'),
    "attributes behind a stray quote": page(f'<p "b {ATTRIBUTES}>x</p>'),
    "attributes behind an equals sign": page(f'<p ="b {ATTRIBUTES}>x</p>'),
    "attributes between slashes": page(f"<p {ATTRIBUTES.replace(' ', '/')}>x</p>"),
    "attributes": page(f"<p {ATTRIBUTES[:9_000]}>x</p>" * 200),
}


@pytest.mark.parametrize("much", COMPLEX)
def test_markup_beyond_what_a_page_has(much):
    failure = article_from_html(COMPLEX[much])
    assert isinstance(failure, Failure)
    assert failure.code == "too_complex"


BEARABLE = {
    "deeper than libxml2 goes by itself": (nested("div", 400, f"<p>{TEXTS[2]}</p>"), TEXTS[2]),
    "unclosed tags": (f"<div><b><i><p>{TEXTS[2]}</div>", TEXTS[2]),
    "attributes that end nowhere in their value": (f'<p title="a > b" class=x>{TEXTS[2]}</p>', TEXTS[2]),
    "an entity of the page's own": (f"<p>{TEXTS[2]} &bomb;</p>", TEXTS[2]),
}


@pytest.mark.parametrize("what", BEARABLE)
def test_what_stands_in_bearable_markup_is_read(what):
    markup, text = BEARABLE[what]
    assert text in article_from_html(page(markup)).text


ENTITIES = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
DOCTYPES = {
    "a bomb of entities": f'<!DOCTYPE html [<!ENTITY e0 "aaaaaaaaaa">{ENTITIES}]>',
    "an entity that is a file": '<!DOCTYPE html [<!ENTITY e11 SYSTEM "file://{secret}">]>',
    "a parameter entity that is a file": '<!DOCTYPE html [<!ENTITY % p SYSTEM "file://{secret}"> %p;]>',
    "a DTD that is a file": '<!DOCTYPE html SYSTEM "file://{secret}">',
}


@pytest.mark.parametrize("declaration", ['<?xml version="1.0" encoding="utf-8"?>', ""])
@pytest.mark.parametrize("doctype", DOCTYPES)
def test_entities_of_a_page_are_neither_expanded_nor_read(doctype, declaration, tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret words")
    prologue = declaration + DOCTYPES[doctype].replace("{secret}", str(secret))
    text = article_from_html(prologue + page("<p>The clerk said &e11; to us all.</p>")).text
    assert "secret words" not in text
    assert text.startswith("News\n")
    assert len(text) < 500


def test_an_included_file_is_not_read(tmp_path):
    (tmp_path / "secret.txt").write_text("the secret words")
    include = f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file://{tmp_path}/secret.txt"/>'
    assert "secret words" not in article_from_html(page(f"<p>{include} {TEXTS[2]}</p>")).text


def test_a_view_of_a_database_reads_no_file(tmp_path):
    secret, path = tmp_path / "secret.txt", tmp_path / "articles.duckdb"
    secret.write_text("the secret words")
    with duckdb.connect(str(path)) as connection:
        read = f"FROM read_text('{secret}')"
        connection.execute(f"CREATE VIEW a AS SELECT 1 AS rowid, content AS text {read}")
        connection.execute(f"CREATE VIEW records AS SELECT 1 AS position, content AS record {read}")
    (failure,) = read_paths([path])
    assert isinstance(failure, Failure)
    with pytest.raises(InvalidRecordError) as error:
        list(read_records(path))
    assert "secret words" not in f"{failure.reason} {error.value}"

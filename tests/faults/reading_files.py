"""Small files of every kind that is read, each with the same articles, for tests that damage them."""

import gzip
import io
import json
import tarfile
import zipfile

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import zstandard

TEXTS = (
    "The council said on Monday that the pool in Aldmoor would close for good in the spring.",
    "“Nobody was asked,” said Ines Okafor, who has taught two thousand children to swim there.",
    "The harbour master denied that a second crane had been ordered, or that it could be paid for.",
)
PAGES = tuple(f"<html><body><h1>News {n}</h1><p>{text}</p></body></html>" for n, text in enumerate(TEXTS))


def json_lines():
    return "".join(json.dumps({"id": str(n), "text": text}) + "\n" for n, text in enumerate(TEXTS)).encode()


def json_list():
    return json.dumps([{"id": str(n), "html": page} for n, page in enumerate(PAGES)]).encode()


def warc_record(body, *, number=0, http=b""):
    """One response record; written by hand, so that what is damaged is seen."""
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n" + http + b"\r\n" + body
    return (
        b"WARC/1.1\r\nWARC-Type: response\r\nContent-Type: application/http; msgtype=response\r\n"
        b"WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-%012d>\r\nWARC-Date: 2024-05-14T08:00:00Z\r\n"
        b"WARC-Target-URI: http://a.example/%d\r\nContent-Length: %d\r\n\r\n"
        % (number, number, len(answer))
        + answer
        + b"\r\n\r\n"
    )


def warc_records():
    return [warc_record(page.encode(), number=n) for n, page in enumerate(PAGES)]


def zip_file():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for n, page in enumerate(PAGES):
            archive.writestr(f"{n}.html", page)
    return stream.getvalue()


def tar_file():
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        for n, page in enumerate(PAGES):
            member = tarfile.TarInfo(f"{n}.html")
            member.size = len(page.encode())
            archive.addfile(member, io.BytesIO(page.encode()))
    return stream.getvalue()


def parquet_file():
    stream = io.BytesIO()
    pq.write_table(pa.table({"id": [str(n) for n in range(len(TEXTS))], "text": list(TEXTS)}), stream)
    return stream.getvalue()


def duckdb_file(folder):
    path = folder / "made.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("CREATE TABLE articles (id VARCHAR, text VARCHAR)")
        connection.executemany(
            "INSERT INTO articles VALUES (?, ?)", [(str(n), t) for n, t in enumerate(TEXTS)]
        )
    raw = path.read_bytes()
    path.unlink()
    return raw


def files():
    """The bytes of a whole file of each kind by its suffix, but for DuckDB's, which only it can write."""
    warc = warc_records()
    return {
        "html": PAGES[0].encode(),
        "txt": TEXTS[0].encode(),
        "json": json_list(),
        "jsonl": json_lines(),
        "jsonl.gz": gzip.compress(json_lines(), mtime=0),
        "jsonl.zst": zstandard.compress(json_lines()),
        "html.gz": gzip.compress(PAGES[0].encode(), mtime=0),
        "warc": b"".join(warc),
        "warc.gz": b"".join(gzip.compress(record, mtime=0) for record in warc),
        "zip": zip_file(),
        "tar": tar_file(),
        "tgz": gzip.compress(tar_file(), mtime=0),
        "parquet": parquet_file(),
    }

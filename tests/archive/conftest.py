"""Archives of small articles, and runs over them with an extractor that takes no time."""

from __future__ import annotations

import gzip
import io
import json

import duckdb
import pytest
from archive_fakes import FakeExtractor
from fastwarc.warc import WarcRecord, WarcRecordType

from onrecord.archive import Limits, RunOptions, opened_run, query_run, run_archive


@pytest.fixture
def lines(tmp_path):
    """Write a JSON Lines file of articles; give its path."""

    def write(*texts, name="articles.jsonl", **fields):
        path = tmp_path / name
        rows = [{"text": text, **fields} if isinstance(text, str) else text for text in texts]
        path.write_text("".join(json.dumps(row) + "\n" for row in rows))
        return str(path)

    return write


@pytest.fixture
def web_archive(tmp_path):
    """Write a WARC file of pages by their URLs; give its path."""

    def write(pages):
        path = tmp_path / "crawl.warc.gz"
        with path.open("wb") as file:
            for url, page in pages.items():
                record = WarcRecord()
                record.init_headers(record_type=WarcRecordType.response)
                record.headers["WARC-Target-URI"] = url
                record.is_http = True
                record.set_bytes_content(
                    b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page.encode()
                )
                stream = io.BytesIO()
                record.write(stream, checksum_data=True)
                file.write(gzip.compress(stream.getvalue()))
        return str(path)

    return write


def run_into(out, *sources, limits=None, resume=False, restart=False, report=None, engine=None, **options):
    """Run over sources in this process; give the folder of the run."""
    run_archive(
        out,
        RunOptions(tuple(sources), **options),
        Limits(**{"workers": 1, "seconds": 30, **(limits or {})}),
        resume=resume,
        restart=restart,
        factory=FakeExtractor,
        engine=engine,
        report=report or (lambda _event: None),
    )
    return out


@pytest.fixture
def run(tmp_path):
    """Run over sources into a folder of that name; give the folder."""
    return lambda *sources, out="out", **given: run_into(tmp_path / out, *sources, **given)


@pytest.fixture(scope="session")
def run_at():
    """Run over sources into the folder with that path; give the folder."""
    return run_into


@pytest.fixture(scope="session")
def rows():
    """Give the rows that a query over a run's tables gives."""

    def ask(out, sql):
        with opened_run(out) as connection:
            return list(query_run(connection, sql)[1])

    return ask


@pytest.fixture(scope="session")
def everything(rows):
    """Give all that a run has written, table by table: what must not hang on how it came about."""

    def read(out):
        return {
            name: rows(out, f"SELECT * FROM {name} ORDER BY ALL")
            for name in ("claims", "records", "failures", "duplicates")
        }

    return read


@pytest.fixture
def connect():
    """Open a DuckDB file."""
    return lambda path: duckdb.connect(str(path), read_only=True)

"""Documents in tar, ZIP, Parquet, DuckDB, Zstandard and remote files."""

from __future__ import annotations

import datetime
import gzip
import io
import json
import tarfile
import zipfile
from pathlib import Path

import duckdb
import fsspec
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard

from onrecord import Failure, Settings, read_paths
from onrecord.errors import UnsupportedInputError
from onrecord.read.files import file_documents

PAGE = (
    b"<html><body><h1>Pool will close</h1><p>The council said on Monday that it will close.</p></body></html>"
)
TEXTS = [f"“We counted {number} boats,” the harbour master said." for number in range(200)]
ROWS = [{"text": text, "title": f"Boats {number}"} for number, text in enumerate(TEXTS)]
MEMBERS = {
    "b/page.html": PAGE,
    "a.txt": TEXTS[0].encode(),
    "photo.png": b"\x89PNG",
    ".hidden.txt": b"x",
    "__MACOSX/a.txt": b"x",
}


def zip_file(path, members=MEMBERS):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return str(path)


def tar_file(path, mode="w"):
    with tarfile.open(path, mode) as archive:
        for name, content in MEMBERS.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
        link = tarfile.TarInfo("link.txt")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/hostname"
        archive.addfile(link)
    return str(path)


def outcomes(*paths):
    """The end of each input's name with the beginning of its text, or with the code of its failure."""
    return [
        (one.input[-11:], one.code if isinstance(one, Failure) else one.article.text[:15])
        for one in read_paths(paths)
    ]


@pytest.mark.parametrize(
    ("name", "write"),
    [
        ("pages.zip", zip_file),
        ("pages.tar", tar_file),
        ("pages.tar.gz", lambda path: tar_file(path, "w:gz")),
        ("pages.tgz", lambda path: tar_file(path, "w:gz")),
    ],
)
def test_pages_in_archives(tmp_path, name, write):
    path = write(tmp_path / name)
    found = list(read_paths([path]))
    assert [one.input for one in found] == [f"{path}/b/page.html", f"{path}/a.txt"]
    assert [one.article.text[:15] for one in found] == ["Pool will close", TEXTS[0][:15]]
    assert found[0].place == {"archive": path, "member": "b/page.html"}


@pytest.mark.parametrize("mode", ["w", "w:gz"])
def test_a_tar_archive_that_breaks_off(tmp_path, mode):
    path = tmp_path / ("x.tar" if mode == "w" else "x.tar.gz")
    raw = (path.parent / tar_file(path, mode)).read_bytes()
    path.write_bytes(raw[:700] if mode == "w" else raw[:-40])
    assert [one.code for one in read_paths([path]) if isinstance(one, Failure)] == ["truncated"]


def test_damaged_archives(tmp_path):
    whole = zip_file(tmp_path / "a.zip")
    raw = bytearray((tmp_path / "a.zip").read_bytes())
    raw[60] ^= 255
    (tmp_path / "b.zip").write_bytes(raw)
    (tmp_path / "c.zip").write_bytes(raw[:-30])
    (tmp_path / "d.tar").write_bytes(b"no archive " * 100)
    assert len(outcomes(whole)) == 2
    found = outcomes(tmp_path / "b.zip", tmp_path / "c.zip", tmp_path / "d.tar")
    assert [what for _, what in found] == ["unreadable", TEXTS[0][:15], "unreadable", "unreadable"]


def test_a_zip_bomb_costs_only_itself(tmp_path):
    path = zip_file(tmp_path / "x.zip", {"bomb.html": b"<p>" * 7_000_000, "a.txt": TEXTS[0]})
    assert [what for _, what in outcomes(path)] == ["too_large", TEXTS[0][:15]]


def parquet(path, rows=ROWS):
    pq.write_table(pa.Table.from_pylist(rows), path, row_group_size=70)
    return str(path)


def database(path, tables=("pages",)):
    with duckdb.connect(str(path)) as connection:
        for table in tables:
            connection.from_arrow(pa.Table.from_pylist(ROWS)).create(table)
        connection.execute("CREATE TABLE other (x INTEGER)")
    return str(path)


def lines(path):
    raw = "".join(json.dumps(row) + "\n" for row in ROWS).encode()
    packed = {".gz": gzip.compress, ".zst": zstandard.compress}.get(path.suffix, bytes)
    path.write_bytes(packed(raw))
    return str(path)


@pytest.mark.parametrize(
    ("name", "write"),
    [
        ("a.parquet", parquet),
        ("a.duckdb", database),
        ("a.jsonl", lines),
        ("a.jsonl.gz", lines),
        ("a.jsonl.zst", lines),
        ("a.zip", lambda path: zip_file(path, {f"{n:03}.txt": text for n, text in enumerate(TEXTS)})),
    ],
)
def test_all_articles_in_order_and_from_every_mark(tmp_path, name, write):
    path = write(tmp_path / name)
    assert [one.article.text for one in read_paths([path])] == TEXTS
    documents = list(file_documents(path, Settings()))
    for number in (0, 1, 64, 69, 70, 71, 140, 199):
        if documents[number].mark:
            assert list(file_documents(path, Settings(), documents[number].mark)) == documents[number:]


def test_fields_of_a_row_are_those_of_the_json_input(tmp_path):
    row = {
        "id": "7",
        "html": PAGE.decode(),
        "url": "https://a.example/7",
        "published": datetime.date(2024, 3, 5),
        "byline": ["Vera Dahl"],
        "ignored": 1,
    }
    (found,) = read_paths([parquet(tmp_path / "a.parquet", [row])])
    article = found.article
    assert (article.id, article.url, article.published) == ("7", "https://a.example/7", "2024-03-05")
    assert (article.byline, article.text[:15], found.place) == (("Vera Dahl",), "Pool will close", {"row": 0})


def test_tables_without_articles(tmp_path):
    no_column = parquet(tmp_path / "a.parquet", [{"claim": "x"}])
    (tmp_path / "b.parquet").write_bytes(b"PAR1 no more than that PAR1")
    (tmp_path / "c.duckdb").write_bytes(b"no database" * 99)
    two = database(tmp_path / "d.duckdb", ("first", "second"))
    found = outcomes(no_column, tmp_path / "b.parquet", tmp_path / "c.duckdb", two, tmp_path / "gone.duckdb")
    assert [what for _, what in found] == [
        "unsupported", "unreadable", "unreadable", "unsupported", "not_found",
    ]  # fmt: skip
    assert len(outcomes(f"{two}:second")) == len(ROWS)


def test_zstandard_that_breaks_off(tmp_path):
    path = lines(tmp_path / "a.jsonl.zst")
    whole = (tmp_path / "a.jsonl.zst").read_bytes()
    (tmp_path / "a.jsonl.zst").write_bytes(whole[:-9])
    assert outcomes(path)[-1][1] == "truncated"
    (tmp_path / "a.jsonl.zst").write_bytes(whole + whole)
    assert len(outcomes(path)) == 2 * len(ROWS)


def test_files_in_a_store():
    with fsspec.open("memory://crawl/a.jsonl", "wb") as file:
        file.write(json.dumps(ROWS[0]).encode())
    (found,) = read_paths(["memory://crawl/a.jsonl"])
    assert (found.input, found.article.text) == ("memory://crawl/a.jsonl", TEXTS[0])
    assert outcomes("memory://crawl/gone.jsonl")[0][1] == "not_found"
    for name in ("nowhere://crawl/a.jsonl", "nowhere://crawl/*.jsonl"):
        with pytest.raises(UnsupportedInputError, match="nowhere"):
            list(read_paths([name]))


def test_a_pattern_of_files_in_a_store():
    for number in (2, 1):
        with fsspec.open(f"memory://many/{number}.txt", "wb") as file:
            file.write(TEXTS[number].encode())
    found = list(read_paths(["memory://many/*.txt"]))
    assert [(one.input, one.article.text) for one in found] == [
        ("memory:///many/1.txt", TEXTS[1]),
        ("memory:///many/2.txt", TEXTS[2]),
    ]
    assert outcomes("memory://many/*.jsonl")[0][1] == "not_found"


@pytest.mark.parametrize("suffix", ["zip", "tar"])
@pytest.mark.parametrize("members", [[], ["photo.png"]])
def test_an_archive_without_pages_is_a_failure(tmp_path, suffix, members):
    (tmp_path / "photo.png").write_bytes(b"\x89PNG")
    path = tmp_path / f"pages.{suffix}"
    if suffix == "zip":
        with zipfile.ZipFile(path, "w") as archive:
            for name in members:
                archive.write(tmp_path / name, name)
    else:
        with tarfile.open(path, "w") as archive:
            for name in members:
                archive.add(tmp_path / name, name)
    (failure,) = read_paths([path])
    assert (failure.code, failure.input) == ("empty", str(path))
    assert ".html" in failure.reason


def test_a_damaged_parquet_file_whose_sizes_would_end_the_process_is_a_failure():
    """The histogram of a column's sizes is too long: pyarrow 26 aborts where that column is looked at."""
    (failure,) = read_paths([Path(__file__).parent / "files/histogram.parquet"])
    assert (failure.code, "histogram" in failure.reason) == ("unreadable", True)

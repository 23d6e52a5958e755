"""Reading records back from files and folders, and what is said of files that hold none."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from onrecord.errors import InputNotFoundError, InvalidRecordError, UnsupportedInputError
from onrecord.read import read_records
from onrecord.records import ArticleRecord
from onrecord.write import open_writer


def test_one_record_or_a_list_of_them(tmp_path: Path, record: ArticleRecord) -> None:
    (tmp_path / "one.json").write_text(json.dumps(record.model_dump(), indent=2))
    (tmp_path / "list.json").write_text(f"[{record.model_dump_json()}, {record.model_dump_json()}]")
    assert list(read_records(tmp_path / "one.json")) == [record]
    assert list(read_records(str(tmp_path / "list.json"))) == [record, record]


def test_a_folder_gives_each_record_once(tmp_path: Path, record: ArticleRecord) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / ".c").mkdir()
    for name in ("a.jsonl", "b/c.parquet", "d.duckdb", "e.csv", ".c/f.jsonl"):
        with open_writer(tmp_path / name) as writer:
            writer.write(record)
    (tmp_path / "notes.txt").write_text("not a record")
    assert list(read_records(tmp_path)) == [record] * 3


BAD = {
    "x.jsonl": (b'{"article": {}}\n', r"x\.jsonl, line 1: no valid record: article\.id: Field required"),
    "y.jsonl": (b'\n{"article": ', r"y\.jsonl, line 2: this is no JSON"),
    "z.json": (b"[1]", r"z\.json, line 1: no valid record"),
    "w.jsonl.gz": (b"plain", r"w\.jsonl\.gz: damaged gzip data"),
    "v.parquet": (b"PAR1 nonsense", r"v\.parquet: no Parquet file"),
    "u.duckdb": (b"nonsense" * 100, r"u\.duckdb: no records that onrecord wrote"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_no_record_is_named_with_its_place(tmp_path: Path, name: str) -> None:
    content, reason = BAD[name]
    (tmp_path / name).write_bytes(content)
    with pytest.raises(InvalidRecordError, match=reason):
        list(read_records(tmp_path / name))


def test_good_records_come_before_the_bad_one(tmp_path: Path, record: ArticleRecord) -> None:
    (tmp_path / "x.jsonl").write_text(f"{record.model_dump_json()}\nnonsense\n")
    records = read_records(tmp_path / "x.jsonl")
    assert next(records) == record
    with pytest.raises(InvalidRecordError, match="line 2"):
        next(records)


def test_a_span_that_does_not_slice_is_no_record(tmp_path: Path, record: ArticleRecord) -> None:
    raw = record.model_dump_json().replace('"text":"Monday"', '"text":"Sunday"')
    (tmp_path / "x.jsonl").write_text(raw)
    with pytest.raises(InvalidRecordError, match=r"line 1.*is not 'Sunday'"):
        list(read_records(tmp_path / "x.jsonl"))


def test_tables_of_somebody_else(tmp_path: Path) -> None:
    pq.write_table(pa.table({"a": [1]}), tmp_path / "x.parquet")
    with pytest.raises(InvalidRecordError, match="no column `record`"):
        list(read_records(tmp_path / "x.parquet"))
    with duckdb.connect(str(tmp_path / "x.duckdb")) as connection:
        connection.execute("CREATE TABLE a (b INTEGER)")
    with pytest.raises(InvalidRecordError, match="no records that onrecord wrote"):
        list(read_records(tmp_path / "x.duckdb"))


@pytest.mark.parametrize("name", ["x.jsonl", "x.parquet", "x.duckdb"])
def test_a_file_that_is_not_there(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputNotFoundError, match=name):
        list(read_records(tmp_path / name))
    assert list(tmp_path.iterdir()) == []


def test_claims_whose_records_are_lost(tmp_path: Path, record: ArticleRecord) -> None:
    with open_writer(tmp_path / "x.parquet") as writer:
        writer.write(record)
    (tmp_path / "x.records.parquet").unlink()
    with pytest.raises(InputNotFoundError, match=r"x\.records\.parquet"):
        list(read_records(tmp_path / "x.parquet"))


def test_a_file_of_another_kind(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("a")
    with pytest.raises(UnsupportedInputError, match=r"x\.csv"):
        list(read_records(tmp_path / "x.csv"))

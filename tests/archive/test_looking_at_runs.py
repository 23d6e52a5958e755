"""Status, queries, failures and reports of runs, through the library."""

from __future__ import annotations

import json

import pytest

from onrecord import ArticleRecord, Settings
from onrecord.archive import (
    Limits,
    RunOptions,
    opened_run,
    query_run,
    reopen_failures,
    run_failures,
    run_status,
    write_metrics,
)
from onrecord.archive.entry import Entry, Fingerprint
from onrecord.archive.folder import RunFolder
from onrecord.archive.journal import Journal
from onrecord.archive.ledger import Ledger
from onrecord.archive.plan import plan_shards
from onrecord.errors import InputNotFoundError, InvalidRecordError, InvalidSettingError
from onrecord.records import Article, Failure

TEXTS = [f"“There were {number} boats,” she said." for number in range(12)]


@pytest.fixture(scope="module")
def finished(run_at, tmp_path_factory):
    """A run of 14 documents in three shards, two of which failed; its events."""
    folder = tmp_path_factory.mktemp("finished")
    path = folder / "articles.jsonl"
    path.write_text("".join(json.dumps({"text": text}) + "\n" for text in [*TEXTS, "It [fails].", "\0"]))
    events = []
    return run_at(folder / "out", str(path), shard_size=5, report=events.append), events


def test_the_status_of_a_finished_run(finished):
    out, _ = finished
    status = run_status(out)
    assert (status.state, status.documents, status.done, status.left, status.failed) == (
        "finished", 14, 14, 0, 2,
    )  # fmt: skip
    assert (status.shards, status.shards_done, status.written.records) == (3, 3, 12)
    assert status.session.documents == 14
    assert status.words_a_second > 0
    assert status.seconds_left == 0


def test_the_status_of_a_run_that_was_stopped_counts_its_journals(finished, tmp_path):
    out, _ = finished
    folder = RunFolder(tmp_path / "out")
    folder.make()
    with Ledger(out / "ledger.sqlite") as old, Ledger(folder.ledger) as ledger:
        ledger.set_facts({"options": old.fact("options")})
        ledger.plan(old.finished())
    journal = Journal(folder.journal(0))
    quoting = '"failure": {"code": "none"}'
    journal.add(Entry(0, "a", record=quoting, failure=Failure(code="timeout", input="a", reason="slow")))
    journal.add(Entry(1, "b", record=quoting))
    with folder.journal(0).open("ab") as file:
        file.write(b'{"position": 2, "inp')
    status = run_status(folder.path)
    assert (status.state, status.done, status.failed, status.left) == ("stopped", 2, 1, 12)
    with folder.locked():
        assert run_status(folder.path).state == "running"


def test_folders_without_a_run(tmp_path):
    for look in (run_status, reopen_failures, lambda out: list(run_failures(out))):
        with pytest.raises(InputNotFoundError, match="there is no run in this folder"):
            look(tmp_path)
    (tmp_path / "ledger.sqlite").write_text("no database, and long enough to be seen for none" * 99)
    with pytest.raises(InvalidRecordError, match="ledger"):
        run_status(tmp_path)


def test_what_a_run_reports(finished, tmp_path):
    _, events = finished
    names = [event.name for event in events]
    assert names[:2] == ["planning", "started"]
    assert names[-1] == "finished"
    assert names.count("shard") == 3
    assert sorted(event.facts["code"] for event in events if event.name == "failure") == [
        "binary",
        "no_claims",
    ]
    last = events[-1].progress
    assert last.described() | {"words_a_second": 0, "documents_a_second": 0} == {
        "documents": 14, "done": 14, "left": 0, "failures": 2, "words_a_second": 0,
        "documents_a_second": 0, "seconds_left": 0,
    }  # fmt: skip
    write_metrics(tmp_path / "run.prom", last)
    lines = (tmp_path / "run.prom").read_text().splitlines()
    assert "onrecord_documents_done 14" in lines
    assert "# TYPE onrecord_documents_done gauge" in lines


def test_a_query_sees_the_run_and_nothing_else(finished, tmp_path):
    out, _ = finished
    other = tmp_path / "other.csv"
    other.write_text("a\n1\n")
    with opened_run(out) as connection:
        columns, found = query_run(
            connection, "SELECT article_id AS id, content FROM claims ORDER BY 2 LIMIT 1"
        )
        assert (columns, [row[1] for row in found]) == (["id", "content"], [TEXTS[0]])
        for query in (
            f"FROM '{other}'",
            f"COPY claims TO '{tmp_path / 'copy.csv'}'",
            "SET enable_external_access = true",
            "no SQL",
            f"ATTACH '{tmp_path / 'new.duckdb'}'",
        ):
            with pytest.raises(InvalidSettingError, match="answered"):
                query_run(connection, query)
    assert not (tmp_path / "copy.csv").exists()


@pytest.mark.parametrize(
    "query",
    [
        "COPY claims TO '{out}/claims/shard-000009.parquet'",
        "EXPLAIN ANALYZE COPY claims TO '{out}/copy.csv'",
        "EXPORT DATABASE '{out}/copy'",
        "ATTACH '{out}/new.duckdb' AS new",
        "SELECT 1; COPY claims TO '{out}/copy.csv'",
        "CREATE TABLE copy AS FROM claims",
        "",
        "-- nothing is asked",
    ],
)
def test_a_query_writes_nothing_not_even_into_the_run(finished, query):
    out, _ = finished
    before = sorted(out.rglob("*"))
    with opened_run(out) as connection, pytest.raises(InvalidSettingError, match="a SELECT"):
        query_run(connection, query.format(out=out))
    assert sorted(out.rglob("*")) == before


@pytest.mark.parametrize(
    "query", ["FROM claims", "SUMMARIZE claims", "PIVOT claims ON speech_act USING count(*)"]
)
def test_queries_may_be_of_every_kind_that_asks(finished, query):
    with opened_run(finished[0]) as connection:
        assert list(query_run(connection, query)[1])


def test_a_query_that_fails_while_rows_are_read_is_told_as_one(finished):
    query = "SELECT CASE WHEN i < 9999 THEN i ELSE error('no more') END FROM range(10000) AS of(i)"
    with opened_run(finished[0]) as connection, pytest.raises(InvalidSettingError, match="no more"):
        list(query_run(connection, query)[1])


def test_failures_come_with_their_place(finished):
    out, _ = finished
    found = list(run_failures(out))
    assert [(one.position, one.failure.code, one.failure.line) for one in found] == [
        (12, "no_claims", 13),
        (13, "binary", 14),
    ]
    assert [one.position for one in run_failures(out, ["binary"])] == [13]


def test_failures_are_tried_again_and_nothing_else_is(run, run_at, lines, rows, everything):
    source = lines(*TEXTS, "It [hangs].", TEXTS[0], "It [fails].", "Another [fails].")
    out = run(source, shard_size=4, limits={"seconds": 0.2})
    before = everything(out)
    options, count = reopen_failures(out, ["timeout"])
    assert (options, count) == (RunOptions((source,), shard_size=4), 1)
    status = run_status(out)
    assert (status.state, status.done, status.left) == ("stopped", 15, 1)
    events = []
    run_at(out, *options.sources, shard_size=4, resume=True, report=events.append, limits={"seconds": 0.2})
    assert everything(out) == before
    assert events[-1].progress.here.documents == 1


def test_a_document_that_was_missing_becomes_a_record(run, run_at, rows, tmp_path):
    folder = tmp_path / "pages"
    folder.mkdir()
    for number, text in enumerate(TEXTS):
        (folder / f"{number:02}.txt").write_text(text)
    broken = folder / "07.txt"
    broken.write_bytes(b"\0")
    out = run(str(folder), shard_size=5)
    assert [one.failure.code for one in run_failures(out)] == ["binary"]
    broken.write_text(TEXTS[7])
    reopen_failures(out)
    run_at(out, str(folder), shard_size=5, resume=True)
    assert not list(run_failures(out))
    records = [raw for (raw,) in rows(out, "SELECT record FROM records ORDER BY position")]
    assert [ArticleRecord.model_validate_json(raw).article.text for raw in records] == TEXTS


def test_a_copy_whose_original_is_gone_is_not_lost(run_at, rows, tmp_path):
    pages = tmp_path / "pages"
    pages.mkdir()
    (pages / "b.txt").write_text(TEXTS[0])
    (pages / "a.txt").write_text(TEXTS[0])
    options = RunOptions((str(pages),))
    folder = RunFolder(tmp_path / "out")
    folder.make()
    with Ledger(folder.ledger) as ledger:
        ledger.set_facts({"options": options.described()})
        ledger.plan(plan_shards(options.sources, options.settings, options.shard_size))
    article = Article.of(TEXTS[0])
    spared = Entry(1, str(pages / "b.txt"), fingerprint=Fingerprint(article.id, article.text_sha256, None))
    Journal(folder.journal(0)).add(spared)
    (pages / "a.txt").unlink()
    run_at(folder.path, *options.sources, resume=True)
    assert [one.failure.code for one in run_failures(folder.path)] == ["not_found", "not_extracted"]
    reopen_failures(folder.path)
    run_at(folder.path, *options.sources, resume=True)
    assert rows(folder.path, "SELECT position FROM records") == [(1,)]
    assert [one.failure.code for one in run_failures(folder.path)] == ["not_found"]


def test_a_copy_of_an_article_that_failed_is_a_copy_all_the_same(run, lines, rows):
    out = run(lines("It is [killed].", TEXTS[0], "It is [killed]."), limits={"workers": 2})
    assert rows(out, "SELECT position, code, article_id IS NULL FROM failures") == [(0, "worker_died", False)]
    assert rows(out, "SELECT position, original_position FROM duplicates") == [(2, 0)]


def test_options_are_read_back_as_they_were_described():
    options = RunOptions(
        ("a", "b"), Settings(min_confidence=0.25, day_first=True), "jsonl", keep_duplicates=True, shard_size=3
    )
    assert RunOptions.of(json.loads(json.dumps(options.described()))) == options


@pytest.mark.parametrize(
    "name", ["workers", "seconds", "documents", "megabytes", "attempts", "peak_megabytes"]
)
def test_limits_have_to_be_more_than_nothing(name):
    with pytest.raises(InvalidSettingError, match=f"{name} is 0"):
        Limits(**{name: 0})

"""Plans: shards hold each document once, and each shard can be read by itself."""

from __future__ import annotations

import gzip
import json
import zipfile
from itertools import chain

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard

from onrecord import Settings
from onrecord.archive.plan import ShardReader, plan_shards, segments_from_json, segments_to_json
from onrecord.read.files import file_documents

ROWS = [{"text": f"There were {number} boats, she said."} for number in range(23)]
LINES = "".join(json.dumps(row) + "\n" for row in ROWS).encode()


@pytest.fixture
def sources(tmp_path, web_archive):
    """A source of every kind that holds more than one document, and a folder."""

    def save(name, content):
        (tmp_path / name).write_bytes(content)
        return str(tmp_path / name)

    folder = tmp_path / "pages"
    (folder / "inner").mkdir(parents=True)
    for number, row in enumerate(ROWS[:9]):
        (folder / ("inner" if number % 2 else ".") / f"{number}.txt").write_text(row["text"])
    (folder / "more.json").write_text(json.dumps(ROWS))
    with zipfile.ZipFile(tmp_path / "pages.zip", "w") as archive:
        for number, row in enumerate(ROWS):
            archive.writestr(f"{number:02}.txt", row["text"])
    pq.write_table(pa.Table.from_pylist(ROWS), tmp_path / "rows.parquet", row_group_size=10)
    with duckdb.connect(str(tmp_path / "rows.duckdb")) as connection:
        connection.from_arrow(pa.Table.from_pylist(ROWS)).create("pages")
    warc = web_archive(
        {f"https://a.example/{number}": f"<p>{row['text']}" for number, row in enumerate(ROWS)}
    )
    broken = LINES[:400] + b"{no JSON\n" + LINES[400:]
    return [
        str(folder),
        save("rows.jsonl", broken),
        save("rows.jsonl.gz", gzip.compress(LINES)[:-6]),
        save("rows.jsonl.zst", zstandard.compress(LINES)),
        str(tmp_path / "pages.zip"),
        str(tmp_path / "rows.parquet"),
        str(tmp_path / "rows.duckdb"),
        warc,
    ]


def described(document):
    """What tells one document from another; a problem is equal to none but itself."""
    problem = document.problem
    return document.input, document.line, document.raw, document.row, problem and (problem.code, str(problem))


@pytest.mark.parametrize("size", [1, 4, 23, 1_000])
def test_every_shard_can_be_read_by_itself(sources, size):
    settings = Settings()
    shards = list(plan_shards(sources, settings, size))
    assert [shard.number for shard in shards] == list(range(len(shards)))
    assert [shard.first for shard in shards] == [number * size for number in range(len(shards))]
    assert all(shard.documents == size for shard in shards[:-1])
    reader = ShardReader(settings)
    read_on = list(chain.from_iterable(reader.documents(shard, ()) for shard in shards))
    assert [position for position, _ in read_on] == list(range(len(read_on)))
    everything = {position: described(document) for position, document in read_on}
    assert len(set(map(str, everything.values()))) == len(everything)
    for shard in reversed(shards):
        kept = type(shard)(shard.number, shard.first, segments_from_json(segments_to_json(shard.segments)))
        assert kept == shard
        by_itself = ShardReader(settings).documents(kept, ())
        assert [described(document) for _, document in by_itself] == [
            everything[position] for position in shard.positions
        ]


def test_what_is_done_is_not_read_again(sources):
    settings = Settings()
    (shard,) = plan_shards(sources, settings, 1_000)
    done = set(range(0, shard.documents, 3)) | set(range(40, 70))
    found = [position for position, _ in ShardReader(settings).documents(shard, done)]
    assert found == sorted(set(shard.positions) - done)


def test_all_documents_of_a_file_are_planned(sources):
    settings = Settings()
    for source in sources[1:]:
        count = len(list(file_documents(source, settings)))
        assert sum(shard.documents for shard in plan_shards([source], settings, 5)) == count

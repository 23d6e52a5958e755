"""A user's own places and actors on the command line, with worker processes, and in every output."""

import json

import duckdb
import pyarrow.parquet as pq
import pytest

from onrecord import read_records

TEXT = "Trucks left Camp Tarnhold on Friday. The TVDU denied that it had shelled Camp Tarnhold."
PLACES = "name,kind,country,external_id\nCamp Tarnhold,site,IQ,T-1\n"
ACTORS = "name,type,aliases,external_id\nTarn Valley Units,armed_group,TVDU,Q100\n"


@pytest.fixture
def given(tmp_path):
    """Articles, and the options of a command that reads them with files of the user's own."""
    for name, text in (("places.csv", PLACES), ("actors.csv", ACTORS)):
        (tmp_path / name).write_text(text)
    articles = tmp_path / "articles.jsonl"
    articles.write_text("".join(json.dumps({"id": f"{n}", "text": TEXT}) + "\n" for n in range(3)))
    options = "--gazetteer", tmp_path / "places.csv", "--actors", tmp_path / "actors.csv"
    return articles, (*options, "--method", "rules")


def test_extract_writes_external_ids_and_the_files_that_gave_them(command, given, tmp_path):
    articles, options = given
    outputs = [tmp_path / f"out.{suffix}" for suffix in ("jsonl", "parquet", "duckdb", "csv")]
    for output in outputs:
        assert command("extract", articles, *options, "-o", output)[0] == 0
    record, *_ = read_records(outputs[0])
    assert [(place.name, place.external_id) for place in record.places] == [("Camp Tarnhold", "T-1")]
    assert [(actor.type, actor.external_id) for actor in record.actors] == [("armed_group", "Q100")]
    assert set(record.provenance["gazetteer"]) == {"name", "sha256"}
    assert record.provenance["gazetteer"]["name"] == "places.csv"
    assert record.provenance["actors"]["name"] == "actors.csv"
    columns = ("source_external_id", "place_external_ids")
    table = pq.read_table(outputs[1]).to_pylist()
    assert [table[0][column] for column in columns] == ["Q100", ["T-1"]]
    with duckdb.connect(str(outputs[2]), read_only=True) as connection:
        row = connection.execute(f"SELECT {', '.join(columns)} FROM claims").fetchone()
    assert row == ("Q100", ["T-1"])
    assert ",Q100,,T-1" in outputs[3].read_text()


def test_worker_processes_give_the_same_bytes(command, given, tmp_path):
    articles, options = given
    for workers in (1, 2):
        output = tmp_path / f"{workers}.jsonl"
        assert command("extract", articles, *options, "-o", output, "--workers", workers)[0] == 0
    assert (tmp_path / "1.jsonl").read_bytes() == (tmp_path / "2.jsonl").read_bytes()


def test_a_run_has_them_and_is_not_resumed_with_others(command, given, tmp_path):
    articles, options = given
    out = tmp_path / "run"
    run = "run", articles, "--out", out, *options, "--format", "jsonl", "--quiet"
    assert command(*run)[0] == 0
    rows = [json.loads(line) for line in (out / "claims" / "shard-000000.jsonl").read_text().splitlines()]
    assert [(row["source_external_id"], row["place_external_ids"]) for row in rows] == [("Q100", ["T-1"])]
    assert command(*run, "--resume")[0] == 0
    (tmp_path / "places.csv").write_text(PLACES.replace("T-1", "T-2"))
    code, _, err = command(*run, "--resume")
    assert code == 2
    assert "begun with other settings: settings.gazetteer was {'name': 'places.csv'" in err


def test_show_takes_them(command, given, tmp_path):
    articles, options = given
    code, out, _ = command("show", articles, *options[:4], "--claims")
    assert code == 0
    assert "Camp Tarnhold" in out


@pytest.mark.parametrize("name", ["extract", "show", "run"])
def test_a_bad_row_ends_the_command_before_anything_is_written(command, given, tmp_path, name):
    articles, options = given
    (tmp_path / "places.csv").write_text("name,lat,lon\nTarn,36,43\nVell,136,43\n")
    out = tmp_path / "out"
    where = {"extract": ("-o", out), "run": ("--out", out), "show": ("--html", out)}[name]
    code, said, err = command(name, articles, *options[:4], *where)
    assert (code, said) == (2, "")
    assert err == f"onrecord: {tmp_path / 'places.csv'}:3: lat 136.0 is not between -90 and 90\n"
    assert not out.exists()

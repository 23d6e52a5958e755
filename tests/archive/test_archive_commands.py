"""The commands run, status, query and failures as their users meet them, with the real model."""

from __future__ import annotations

import json

import pytest

from onrecord import cli

TEXTS = {
    "port.txt": "“We have waited long enough,” Vera Dahl, who leads the union, said on Monday.",
    "copy.txt": "“We have waited long enough,” Vera Dahl, who leads the union, said on Monday.",
    "denial.txt": "The ministry denied on Monday that 40 people had died in Basra.",
    "broken.txt": "\0",
}


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pages")
    for name, text in TEXTS.items():
        (folder / name).write_text(text)
    return folder


@pytest.fixture(scope="module")
def out(pages, tmp_path_factory):
    """The folder of a finished run."""
    folder = tmp_path_factory.mktemp("out") / "run"
    with pytest.raises(SystemExit):
        cli.main(["run", str(pages), "--out", str(folder), "--quiet"])
    return folder


def test_a_run_says_what_it_has_written_and_that_some_failed(command, pages, out, tmp_path):
    metrics = tmp_path / "run.prom"
    code, printed, said = command("run", pages, "--out", out, "--resume", "--metrics", metrics)
    assert (code, printed) == (1, "")
    assert said == f"2 records with 2 claims, 1 failure, 1 duplicate: {out}\n"
    assert "onrecord_documents_done 4" in metrics.read_text().splitlines()


def test_a_run_logs_lines_of_json(command, pages, out):
    _, printed, said = command("run", pages, "--out", out, "--resume", "--log-json")
    events = [json.loads(line) for line in printed.splitlines()]
    assert (events[0]["event"], events[-1]["event"], said) == ("started", "finished", "")
    assert events[-1] | {"records": 2, "claims": 2, "failures": 1, "duplicates": 1} == events[-1]


def test_what_a_run_refuses_is_said_with_a_way_out(command, pages, out):
    code, _, said = command("run", pages, "--out", out)
    assert code == 2
    assert "--resume goes on with it, --restart begins anew" in said
    code, _, said = command("run", pages, "--out", out, "--resume", "--min-confidence", "0.5")
    assert (code, "settings.min_confidence was 0.0, now 0.5" in said) == (2, True)


@pytest.mark.parametrize("wrong", [("--workers", "0"), ("--workers", "many"), ("--resume", "--restart")])
def test_options_that_make_no_sense(command, pages, tmp_path, wrong):
    assert command("run", pages, "--out", tmp_path / "none", *wrong)[0] == 2
    assert not (tmp_path / "none").exists()


def test_the_status_of_a_run(command, out):
    code, printed, _ = command("status", out)
    rows = dict(line.split(maxsplit=1) for line in printed.splitlines())
    assert code == 0
    assert rows["done"] == "4 (100.0%)"
    assert rows["records"] == "2 with 2 claims"
    found = json.loads(command("status", out, "--json")[1])
    assert (found["state"], found["failed"], found["left"]) == ("finished", 1, 0)


def test_one_line_of_sql(command, out):
    query = "SELECT source_name, speech_act, 'a' || chr(27) AS odd FROM claims ORDER BY 1"
    code, printed, _ = command("query", out, query)
    assert code == 0
    assert "Vera Dahl" in printed
    assert "\x1b" not in printed
    lines = [json.loads(line) for line in command("query", out, query, "--format", "jsonl")[1].splitlines()]
    assert {line["speech_act"] for line in lines} == {"statement", "denial"}
    formula = "SELECT '=1+1' AS formula, -3.5 AS number, ['a', 'b;=2'] AS list"
    assert (
        command("query", out, formula, "--format", "csv")[1]
        == "formula,number,list\r\n'=1+1,-3.5,a; b;'=2\r\n"
    )
    code, _, said = command("query", out, "SELECT nothing")
    assert (code, "the query cannot be answered" in said) == (2, True)


def test_failures_are_listed(command, out, pages):
    code, printed, _ = command("failures", out)
    assert code == 0
    assert printed.split("\t")[:2] == [str(pages / "broken.txt"), "binary"]
    assert command("failures", out, "--code", "timeout")[1] == ""


def test_failures_are_tried_again(command, pages, out):
    broken = pages / "broken.txt"
    broken.write_text("“It is whole again,” Omar Haddad said.")
    code, _, said = command("failures", out, "--retry")
    assert (code, said) == (0, f"1 tried again; 3 records with 3 claims, 1 duplicate: {out}\n")
    assert "Omar Haddad" in command("query", out, "SELECT source_name FROM claims")[1]

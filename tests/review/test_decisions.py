import json
import re

import pytest
from commands import run
from norvik import harbour_data

from onrecord.cli import SOME_FAILED, USAGE
from onrecord.records import ArticleRecord
from onrecord.review.gold import Gold


@pytest.fixture
def project(tmp_path, harbour, monkeypatch):
    """Gold, and new records with three differences, in the working folder."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "gold").mkdir()
    (tmp_path / "gold" / "harbour.yaml").write_text("# ours\n" + Gold.of(harbour, "x").dump())
    data = harbour_data()
    data["figures"][0]["value"] = 13
    data["claims"][1]["speech_act"] = "statement"
    data["claims"][2]["source"]["actor"] = "a1"
    (tmp_path / "new.jsonl").write_text(ArticleRecord.model_validate(data).model_dump_json() + "\n")
    return tmp_path


@pytest.fixture
def differences(project, capsys):
    """What `onrecord diff` finds between the gold and the new records."""

    def find():
        assert run("diff", "gold", "new.jsonl", "--format", "json") == 0
        found = json.loads(capsys.readouterr().out)
        return [one for article in found["articles"] for one in article["differences"]]

    return find


def decide(project, decisions, **other):
    made = {"old": "gold", "new": "new.jsonl", "decisions": decisions, **other}
    (project / "decisions.json").write_text(json.dumps(made))


def test_what_was_accepted_becomes_gold(project, differences, capsys):
    found = differences()
    assert len(found) == 3
    verdicts = [
        {"article": "harbour", "key": one["key"], "accept": one["path"] != "speech_act"} for one in found
    ]
    decide(project, verdicts)
    assert run("accept", "decisions.json") == 0
    assert capsys.readouterr().err.splitlines() == ["rewritten: gold/harbour.yaml", "2 accepted"]
    assert [one["path"] for one in differences()] == ["speech_act"]
    text = (project / "gold" / "harbour.yaml").read_text()
    assert text.startswith("# ours\n")
    assert re.search(r"value: 13\n", text)


def test_a_second_time_says_that_nothing_is_left(project, differences, capsys):
    decide(project, [{"article": "harbour", "key": one["key"], "accept": True} for one in differences()])
    assert run("accept", "decisions.json") == 0
    capsys.readouterr()
    assert run("accept", "decisions.json") == SOME_FAILED
    assert "3 accepted differences are there no longer" in capsys.readouterr().err
    assert differences() == []


def test_gold_and_records_may_have_moved(project, differences):
    found = differences()
    decide(project, [{"article": "harbour", "key": found[0]["key"], "accept": True}], old="gone", new="gone")
    assert run("accept", "decisions.json") == USAGE
    assert run("accept", "decisions.json", "--gold", "gold", "--records", "new.jsonl") == 0
    assert len(differences()) == 2


@pytest.mark.parametrize(
    "content",
    ["", "[]", '{"old": "gold"}', '{"old": "gold", "new": "n", "decisions": [{"key": "x"}]}', "\udcff"],
)
def test_other_files_are_refused(project, capsys, content):
    (project / "decisions.json").write_bytes(content.encode("utf-8", "surrogateescape"))
    assert run("accept", "decisions.json") == USAGE
    assert "decisions.json: no decisions: " in capsys.readouterr().err


def test_gold_without_a_record_is_an_article_removed(project, capsys):
    (project / "none.jsonl").write_text("")
    assert run("diff", "gold", "none.jsonl", "--fail-on", "removed") == SOME_FAILED
    assert "- article “harbour”" in capsys.readouterr().out
    assert run("diff", "gold", "none.jsonl", "--only", "claims", "--fail-on", "removed") == 0

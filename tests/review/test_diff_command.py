import json
import shutil

import pytest
from commands import run
from norvik import at, harbour_data

from onrecord.cli import SOME_FAILED, USAGE
from onrecord.records import ArticleRecord
from onrecord.review import CLASSES
from onrecord.write import open_writer


@pytest.fixture
def old(harbour):
    return harbour


@pytest.fixture
def new():
    """The record with another act, another number and one claim less."""
    data = harbour_data()
    data["claims"][0]["speech_act"] = "estimate"
    data["figures"][1]["value"] = 1_200_000
    del data["claims"][1]
    return ArticleRecord.model_validate(data)


@pytest.fixture
def files(tmp_path, old, new, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name, record in (("old", old), ("new", new)):
        with open_writer(tmp_path / f"{name}.jsonl") as writer:
            writer.write(record)
    return tmp_path


SHOWN = """\
── harbour · Gale
  The port authority said on Monday [that 12 boats were missing].
  claim “that 12 boats were missing”
    ~ speech_act       statement → estimate

  It had warned [-that a storm was near-].
  - claim “that a storm was near” · quotation indirect · speech_act warning ·
    polarity positive · source.span It · cue warned · source.actor port
    authority

  Ina Berg denied that [12] boats were missing.
  figure “12”
    ~ value            12 → 1,200,000

                   removed  changed
figures.value                     1
claims                   1
claims.speech_act                 1
all                      1        2
"""


def test_text_reads_like_a_review(files, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    assert run("diff", "old.jsonl", "new.jsonl") == 0
    assert "".join(f"{line.rstrip()}\n" for line in capsys.readouterr().out.splitlines()) == SHOWN


def test_no_difference_is_said(files, capsys):
    assert run("diff", "old.jsonl", "old.jsonl", "--fail-on", ",".join(CLASSES)) == 0
    assert capsys.readouterr().out == "no differences\n"


def test_json_is_one_object_with_a_summary(files, capsys):
    assert run("diff", "old.jsonl", "new.jsonl", "--format", "json") == 0
    found = json.loads(capsys.readouterr().out)
    (article,) = found["articles"]
    assert article["article"] == "harbour"
    assert [(one["class"], one["kind"], one["path"]) for one in article["differences"]] == [
        ("changed", "claims", "speech_act"),
        ("removed", "claims", ""),
        ("changed", "figures", "value"),
    ]
    assert article["differences"][0]["old_spans"] == [at("that 12 boats were missing")]
    assert {"kind": "claims", "path": "", "class": "removed", "count": 1} in found["summary"]


def test_json_without_differences_is_whole_too(files, capsys):
    assert run("diff", "old.jsonl", "old.jsonl", "--format", "json") == 0
    assert json.loads(capsys.readouterr().out) == {"articles": [], "summary": []}


def test_github_annotations(files, capsys):
    assert run("diff", "old.jsonl", "new.jsonl", "--format", "github", "--fail-on", "removed") == SOME_FAILED
    assert capsys.readouterr().out.splitlines() == [
        "::warning file=new.jsonl,title=claim speech_act changed::harbour: that 12 boats were missing: "
        "statement → estimate",
        "::error file=new.jsonl,title=claim removed::harbour: that a storm was near",
        "::warning file=new.jsonl,title=figure value changed::harbour: 12: 12 → 1,200,000",
    ]


def test_annotations_cannot_be_broken_out_of(files, capsys):
    data = harbour_data()
    data["claims"][0]["hedge"] = "100%\r\n::error::gotcha\u2028::set-output name=x::y"
    with open_writer(files / "hostile.jsonl") as writer:
        writer.write(ArticleRecord.model_validate(data))
    assert run("diff", "old.jsonl", "hostile.jsonl", "--format", "github") == 0
    (line,) = capsys.readouterr().out.splitlines()
    assert "none → 100%25 ::error::gotcha" in line


def test_control_characters_do_not_reach_the_terminal(files, capsys):
    data = harbour_data()
    data["claims"][0]["hedge"] = "\x1b[2Jgone\u202e"
    data["article"]["title"] = "\x1b]0;title\x07"
    with open_writer(files / "hostile.jsonl") as writer:
        writer.write(ArticleRecord.model_validate(data))
    assert run("diff", "old.jsonl", "hostile.jsonl") == 0
    assert not set(capsys.readouterr().out) & set("\x1b\x07\u202e")


@pytest.mark.parametrize(
    ("options", "code", "shown"),
    [
        (["--fail-on", "removed"], SOME_FAILED, "claims"),
        (["--fail-on", "added,moved"], 0, "claims"),
        (["--only", "figures", "--fail-on", "removed"], 0, "figures.value"),
        (["--only", "claims, figures", "--fail-on", "changed"], SOME_FAILED, "figures.value"),
    ],
)
def test_fail_on_and_only(files, capsys, options, code, shown):
    assert run("diff", "old.jsonl", "new.jsonl", *options) == code
    assert shown in capsys.readouterr().out


@pytest.mark.parametrize("options", [["--only", "clams"], ["--fail-on", "broken"], ["--format", "xml"]])
def test_unknown_words_are_usage_errors(files, options):
    assert run("diff", "old.jsonl", "new.jsonl", *options) == USAGE


@pytest.mark.parametrize("suffix", ["parquet", "duckdb"])
def test_sides_may_be_runs_and_folders(files, old, new, capsys, suffix):
    with open_writer(files / f"old.{suffix}") as writer:
        writer.write(old)
    (files / "folder").mkdir()
    shutil.move(files / "new.jsonl", files / "folder")
    assert run("diff", f"old.{suffix}", "folder", "--fail-on", "removed") == SOME_FAILED
    assert "speech_act" in capsys.readouterr().out


def test_articles_of_one_side_are_said(files, capsys, new):
    with open_writer(files / "other.jsonl") as writer:
        writer.write(new.model_copy(update={"article": new.article.model_copy(update={"id": "other"})}))
    assert run("diff", "old.jsonl", "other.jsonl") == 0
    out = capsys.readouterr().out
    assert "- article “Gale”" in out
    assert "+ article “Gale”" in out

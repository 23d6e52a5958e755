"""The command line as its users meet it: what it prints where, and its exit codes."""

import functools
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from onrecord import __version__, cli
from onrecord.cli.extract import OutputFormat
from onrecord.records import ArticleRecord
from onrecord.write import Format, open_writer

HARBOUR = Path(__file__).parent / "view" / "harbour.json"
ARTICLE = {
    "id": "quarry",
    "title": "Quarry to close",
    "published": "2024-03-05",
    "text": "Quarry to close\nThe quarry will close in May, said Mayor Lena Brandt. “It is over,” she added.",
}


@pytest.fixture(scope="module", autouse=True)
def _one_extractor():
    """Load the model once for each settings, not once for each command."""
    from onrecord.extractor import Extractor

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Extractor, "load", functools.cache(Extractor.load))
        yield


@pytest.fixture
def article(tmp_path):
    path = tmp_path / "quarry.json"
    path.write_text(json.dumps(ARTICLE), encoding="utf-8")
    return path


@pytest.fixture
def harbour():
    return ArticleRecord.model_validate_json(HARBOUR.read_text(encoding="utf-8"))


def records(text):
    return [ArticleRecord.model_validate_json(line) for line in text.splitlines()]


# ------------------------------------------------------------------ extract


def test_extract_writes_a_record_a_line(command, article):
    code, out, err = command("extract", article)
    assert (code, err) == (0, "")
    (record,) = records(out)
    assert record.article.text == ARTICLE["text"]
    assert any(claim.source.span and "Lena Brandt" in claim.source.span.text for claim in record.claims)


@pytest.mark.parametrize("suffix", ["jsonl", "csv", "parquet", "duckdb"])
def test_extract_writes_a_file_by_its_suffix(command, article, tmp_path, suffix):
    target = tmp_path / f"out.{suffix}"
    code, out, err = command("extract", article, "-o", target)
    assert (code, out) == (0, "")
    assert err == f"1 record: {target}\n"
    assert target.stat().st_size > 0
    if suffix != "csv":
        assert "Quarry to close" in command("show", target)[1]


def test_the_format_may_be_named(command, article):
    code, out, _ = command("extract", article, "--format", "csv", "--quiet")
    assert code == 0
    assert out.startswith("article_id,url,title")


def test_the_formats_are_those_that_can_be_written():
    assert {one.value for one in OutputFormat} == set(Format.__args__)


def test_a_failure_is_one_line_and_the_rest_goes_on(command, article, tmp_path):
    target = tmp_path / "out.jsonl"
    code, _, err = command("extract", tmp_path / "nowhere.html", article, "-o", target)
    assert code == cli.SOME_FAILED
    lines = err.splitlines()
    assert lines[0].startswith(f"{tmp_path / 'nowhere.html'}: not_found: ")
    assert lines[1] == f"1 record, 1 failure: {target}"
    assert len(records(target.read_text(encoding="utf-8"))) == 1


def test_a_failure_in_a_line_names_the_line(command, article, tmp_path):
    lines = tmp_path / "lines.jsonl"
    lines.write_text(json.dumps(ARTICLE) + "\n{\n", encoding="utf-8")
    code, out, err = command("extract", lines, "--quiet")
    assert code == cli.SOME_FAILED
    assert len(records(out)) == 1
    assert err.startswith(f"{lines}:2: unreadable: ")
    assert err.count("\n") == 1


def test_published_fills_in_what_articles_lack(command, article, tmp_path):
    bare = tmp_path / "bare.txt"
    bare.write_text("The quarry closed yesterday, Lena Brandt said.", encoding="utf-8")
    code, out, _ = command("extract", bare, article, "--published", "2024-03-07")
    assert code == 0
    assert [record.article.published for record in records(out)] == ["2024-03-07", "2024-03-05"]


def test_min_confidence_leaves_claims_out(command, article):
    everything = records(command("extract", article)[1])[0].claims
    confident = records(command("extract", article, "--min-confidence", "1")[1])[0].claims
    assert [claim.content for claim in confident] == [
        claim.content for claim in everything if claim.confidence == 1
    ]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--model", "no_such_pipeline"], "no_such_pipeline"),
        (["--format", "xml"], "xml"),
        (["--published", "yesterday"], "yesterday"),
        (["--min-confidence", "2"], "min-confidence"),
        (["--workers", "0"], "workers"),
        (["--format", "parquet"], "parquet"),
        (["--output", "out.xml"], "out.xml"),
        (["--no-such-option"], "no-such-option"),
    ],
)
def test_wrong_usage_is_told_without_a_traceback(command, article, arguments, said):
    code, out, err = command("extract", article, *arguments)
    assert (code, out) == (cli.USAGE, "")
    assert said in err
    assert "Traceback" not in err


def test_an_output_that_cannot_be_written_is_told(command, article, tmp_path):
    code, _, err = command("extract", article, "-o", tmp_path / "no" / "folder.jsonl")
    assert code == cli.USAGE
    assert err.startswith(f"onrecord: {tmp_path / 'no' / 'folder.jsonl'}: ")


# ------------------------------------------------------------------ show


def test_show_extracts_first_what_is_no_record(command, article):
    code, out, _ = command("show", article)
    assert code == 0
    assert "Lena Brandt" in out


def test_show_takes_records_as_they_are(command):
    code, out, err = command("show", HARBOUR)
    assert (code, err) == (0, "")
    assert "PORT ELLERY" in out
    assert "1 Harbour board — denial → Clearwater Watch: fuel leak claim" in out


def test_show_claims_leaves_the_text_out(command):
    code, out, _ = command("show", HARBOUR, "--claims")
    assert code == 0
    assert "PORT ELLERY" not in out
    assert "Harbour board — denial" in out


@pytest.mark.parametrize("form", ["jsonl", "parquet", "duckdb", "folder"])
def test_show_takes_every_form_of_records(command, harbour, tmp_path, form):
    path = tmp_path / ("x.jsonl" if form == "folder" else f"x.{form}")
    with open_writer(path) as writer:
        writer.write(harbour)
    code, out, _ = command("show", tmp_path if form == "folder" else path, "--claims")
    assert code == 0
    assert "Harbour board — denial" in out


def test_show_writes_a_page_and_a_picture(command, tmp_path):
    page, picture = tmp_path / "page.html", tmp_path / "picture.svg"
    assert command("show", HARBOUR, "--html", page, "--svg", picture) == (0, "", "")
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert picture.read_text(encoding="utf-8").startswith("<svg")


def test_a_page_that_cannot_be_written_is_told(command, tmp_path):
    code, _, err = command("show", HARBOUR, "--html", tmp_path / "no" / "page.html")
    assert code == cli.USAGE
    assert "cannot be written" in err


def test_a_broken_record_is_told(command, tmp_path):
    path = tmp_path / "broken.jsonl"
    path.write_text('{"schema_version": "1", "article": {"id": "x"}}', encoding="utf-8")
    code, _, err = command("show", path)
    assert code == cli.USAGE
    assert err.startswith(f"onrecord: {path}")


def test_messages_cannot_steer_the_terminal(command, tmp_path):
    _, _, err = command("show", tmp_path / "\x1b[2Jno.html")
    assert "\x1b" not in err


# ------------------------------------------------------------------ evaluate, schema, the rest


def test_evaluate_prints_every_measure(command):
    code, out, _ = command(
        "evaluate", HARBOUR, HARBOUR, "--by", "speech_act", "--errors", "--bootstrap", "10"
    )
    assert code == 0
    for words in ("all right", "claim+source+act", "place+161km", "1.000 to 1.000", "dismissal"):
        assert words in out


def test_evaluate_prints_json(command):
    code, out, _ = command("evaluate", HARBOUR, HARBOUR, "--json")
    assert code == 0
    assert json.loads(out)["overall"]["claims"]["f1"] == 1.0


@pytest.mark.parametrize("arguments", [["nowhere.json", HARBOUR], [HARBOUR, "nowhere.jsonl"]])
def test_evaluate_tells_what_is_missing(command, arguments):
    code, _, err = command("evaluate", *arguments)
    assert code == cli.USAGE
    assert err.startswith("onrecord: nowhere.json")


def test_schema_describes_a_record(command):
    code, out, _ = command("schema")
    assert code == 0
    schema = json.loads(out)
    assert schema["title"] == "ArticleRecord"
    assert set(json.loads(HARBOUR.read_text(encoding="utf-8"))) <= set(schema["properties"])


def test_version(command):
    assert command("--version") == (0, f"onrecord {__version__}\n", "")


def test_no_arguments_show_the_help(command):
    code, out, err = command()
    assert code == cli.USAGE
    assert "extract" in out + err


def onrecord(*arguments, **options):
    return subprocess.Popen([sys.executable, "-m", "onrecord", *map(str, arguments)], **options)


def test_a_reader_that_stops_early_is_no_error(tmp_path):
    many = tmp_path / "many.jsonl"
    many.write_text(
        (json.dumps(json.loads(HARBOUR.read_text(encoding="utf-8"))) + "\n") * 200, encoding="utf-8"
    )
    process = onrecord("show", many, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    process.stdout.read(10)
    process.stdout.close()
    assert process.stderr.read() == b""
    assert process.wait() == cli.SOME_FAILED


def test_help_imports_nothing_heavy():
    program = (
        "import sys, contextlib, onrecord.cli as cli\n"
        "with contextlib.suppress(SystemExit): cli.main(['--help'])\n"
        "print(sorted({'spacy', 'duckdb', 'pyarrow', 'trafilatura', 'pydantic', 'numpy'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_shells_complete_commands(shell):
    environment = {
        **os.environ,
        "_ONRECORD_COMPLETE": f"complete_{shell}",
        "_TYPER_COMPLETE_ARGS": "onrecord ev",
        "_TYPER_COMPLETE_FISH_ACTION": "get-args",
        "COMP_WORDS": "onrecord ev",
        "COMP_CWORD": "1",
    }
    program = "import sys; sys.argv[0] = 'onrecord'; import onrecord.cli; onrecord.cli.main()"
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=False
    )
    assert "evaluate" in done.stdout

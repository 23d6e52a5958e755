"""`--claims=report` and `--claims-report`."""

import json

import pytest

from onrecord.cli import main
from onrecord.read import read_records
from onrecord.review.gold import Gold

pytest_plugins = ["pytester"]


@pytest.fixture
def changed(accepted):
    accepted.change_extractor(said="announcement")
    return accepted


@pytest.mark.parametrize("workers", [(), ("-n1",)], ids=["alone", "xdist"])
def test_the_page_shows_the_differences_and_the_tests_fail(changed, workers):
    before = changed.gold().read_bytes()
    result = changed.run("--claims=report", "--claims-report=out.html", *workers)
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["page of 1 article with differences: out.html"])
    page = (changed.path / "out.html").read_text()
    for words in ("announcement", "that 40 wells ran dry", "__claims__", "out.records.jsonl"):
        assert words in page
    assert changed.gold().read_bytes() == before


def test_decisions_of_the_page_can_be_applied(changed, monkeypatch):
    changed.run("--claims=report")
    (record,) = read_records(changed.path / "claims-report.records.jsonl")
    (one,) = Gold.read(changed.gold()).compare(record).differences
    decisions = {
        "old": "__claims__",
        "new": "claims-report.records.jsonl",
        "decisions": [{"article": record.article.id, "key": one.key, "accept": True}],
    }
    (changed.path / "decisions.json").write_text(json.dumps(decisions))
    monkeypatch.chdir(changed.path)
    with pytest.raises(SystemExit) as end:
        main(["accept", "decisions.json"])
    assert end.value.code == 0
    changed.run().assert_outcomes(passed=1)


def test_without_differences_the_page_is_empty_and_the_tests_pass(accepted):
    result = accepted.run("--claims=report")
    result.assert_outcomes(passed=1)
    result.stdout.fnmatch_lines(["page of 0 articles with differences: claims-report.html"])
    assert (accepted.path / "claims-report.html").exists()


def test_other_modes_write_no_page(changed):
    changed.run("--claims-report=out.html").assert_outcomes(failed=1)
    assert not (changed.path / "out.html").exists()

"""Folders that cannot be written to, two runs at a time, clocks that jump, and URLs captured twice."""

from __future__ import annotations

import ctypes
import itertools
import os
import shutil
import subprocess
import sys
import time

import pytest

from onrecord.archive.folder import RunFolder
from onrecord.errors import OutputError

TEXTS = [f"“There were {number} boats,” she said." for number in range(7)]
PR_CAPBSET_DROP, CAP_DAC_OVERRIDE = 24, 1


def without_rights_of_root():
    """Let permissions count for this process even where it is root's, as in most containers."""
    if os.geteuid() == 0:
        ctypes.CDLL(None).prctl(PR_CAPBSET_DROP, CAP_DAC_OVERRIDE, 0, 0, 0)


def onrecord(*arguments):
    """Run the command line in a process that can write only where it is allowed to."""
    return subprocess.run(
        [sys.executable, "-m", "onrecord", *map(str, arguments)],
        preexec_fn=without_rights_of_root,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def sealed(run, lines, tmp_path):
    """A finished run in a folder in which nothing can be written any more."""
    out = run(lines(*TEXTS, "It [fails]."))
    for path in (*out.rglob("*"), out):
        path.chmod(0o555)
    yield out
    for path in (out, *out.rglob("*")):
        path.chmod(0o755)


pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="permissions and capabilities are Linux's")


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (("status",), "records     7 with 7 claims"),
        (("query", "SELECT count(*) AS n FROM claims", "--format", "csv"), "n\n7\n"),
        (("failures",), "no_claims"),
    ],
)
def test_a_run_can_be_looked_at_where_nothing_can_be_written(sealed, command, said):
    name, *rest = command
    done = onrecord(name, sealed, *rest)
    assert (done.returncode, done.stderr) == (0, "")
    assert said in done.stdout


@pytest.mark.parametrize(
    "command", [("run", "{source}", "--out", "{out}", "--resume"), ("failures", "{out}", "--retry")]
)
def test_where_nothing_can_be_written_work_is_refused_with_the_reason(sealed, command, tmp_path):
    given = [word.format(source=tmp_path / "articles.jsonl", out=sealed) for word in command]
    done = onrecord(*given)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"onrecord: {sealed}: cannot be written: Permission denied\n"


def test_what_a_killed_run_noted_last_is_never_passed_over(sealed):
    """Beside the ledger lies a log that has to be read with it, which takes writing."""
    sealed.chmod(0o755)
    (sealed / "ledger.sqlite-wal").write_bytes(b"what was noted last")
    sealed.chmod(0o555)
    done = onrecord("status", sealed)
    assert (done.returncode, done.stdout) == (2, "")
    assert "ledger.sqlite: the database cannot be used" in done.stderr


@pytest.mark.parametrize("name", ["run[1]", "run*", "run?"])
def test_a_folder_that_would_be_taken_for_a_pattern_is_refused_before_any_work(run, lines, name, tmp_path):
    with pytest.raises(OutputError, match="a run cannot lie in a path that has one of"):
        run(lines(*TEXTS), out=name)
    assert not (tmp_path / name).exists()


@pytest.mark.parametrize("name", ['it\'s a "run"', "{a,b}", "two\nlines", "-rf", "%s$(x)`y`", "ルン"])
def test_any_other_name_is_a_name(run, lines, rows, name):
    out = run(lines(*TEXTS), out=name)
    assert rows(out, "SELECT count(*) FROM claims") == [(7,)]


def test_two_runs_into_one_folder(run, lines, rows, tmp_path):
    """The second is refused, in words that name the first, and changes nothing."""
    source = lines(*TEXTS)
    refused = []

    def another(event):
        if event.name == "started":
            refused.append(onrecord("run", source, "--out", tmp_path / "out", "--restart", "--quiet"))

    out = run(source, report=another)
    assert refused[0].returncode == 2
    assert f"another run (process {os.getpid()}) is writing there" in refused[0].stderr
    assert rows(out, "SELECT count(*), count(DISTINCT article_id) FROM records") == [(7, 7)]


def test_a_clock_that_jumps_changes_nothing(run, lines, everything, monkeypatch):
    source = lines(*TEXTS, "It [hangs].")
    expected = everything(run(source, out="calm", limits={"seconds": 0.3}))
    times = itertools.cycle([time.time(), 0.0, 4e9])
    monkeypatch.setattr("time.time", lambda: next(times))
    assert everything(run(source, out="wild", limits={"seconds": 0.3})) == expected


def test_a_url_captured_twice_is_two_records_of_one_article(run, web_archive, rows, tmp_path):
    """As it was on Monday and as it was on Tuesday: both are on record, told apart by their position."""
    monday, tuesday = (f"<p>{'The dam is safe and dry. ' * n}It is said on page {n}." for n in (3, 9))
    first = web_archive({"https://a.example/dam": monday})
    shutil.move(first, tmp_path / "first.warc.gz")
    second = web_archive({"https://a.example/dam": tuesday})
    out = run(str(tmp_path / "first.warc.gz"), second)
    assert rows(
        out, "SELECT count(*), count(DISTINCT article_id), count(DISTINCT position) FROM records"
    ) == [(2, 1, 2)]
    latest = (
        "SELECT position FROM records QUALIFY row_number() OVER (PARTITION BY url ORDER BY position DESC) = 1"
    )
    assert rows(out, latest) == [(1,)]


def test_the_lock_is_let_go_of_when_a_process_ends(tmp_path):
    folder = RunFolder(tmp_path)
    with folder.locked():
        pass
    assert not folder.is_locked()

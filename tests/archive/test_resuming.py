"""Runs that were killed, refused or disturbed, and go on as if nothing had been."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from contextlib import contextmanager, suppress
from pathlib import Path

import archive_fakes
import pytest

from onrecord import Settings
from onrecord.archive.folder import RunFolder
from onrecord.errors import InputNotFoundError, InvalidSettingError, OutputError

TEXTS = [f"“There were {number} boats,” she said [slow]." for number in range(40)]
TEXTS[17] = TEXTS[4]  # a copy
TEXTS[23] = "It [fails]."


@contextmanager
def running(out, source, **given):
    """A run in a process of its own; it is killed at the end of the block, if it goes on till then."""
    given = {"out": str(out), "sources": [source], "shard_size": 6, "limits": {"workers": 2}, **given}
    command = [sys.executable, archive_fakes.__file__, json.dumps(given)]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def workers_of(process):
    try:
        listed = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text()
    except OSError:
        return []
    return [int(pid) for pid in listed.split() if b"spawn_main" in command_of(pid)]


def command_of(pid):
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def wait_until(condition, process):
    """Look again and again whether a condition holds, as long as the process runs."""
    while not condition():
        try:
            process.wait(0.01)
        except subprocess.TimeoutExpired:
            continue
        return


def documents_done(out):
    """How many documents are done: those in journals, and those of the shards that have none any more."""
    journals = {}
    for path in out.glob("journal/*.jsonl"):
        with suppress(FileNotFoundError):  # its shard was finished while we looked
            journals[path.stem] = path.read_bytes().count(b"\n")
    shards = {path.stem.removeprefix("shard-") for path in out.glob("records/shard-*.parquet")}
    return sum(journals.values()) + 6 * len(shards - set(journals))


def kill_when(out, source, done):
    """Kill a run when so many documents are done; its workers have to end with it."""
    with running(out, source) as process:
        wait_until(lambda: documents_done(out) >= done, process)
        workers = workers_of(process)
        process.kill()
        process.wait()
        with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as clock:
            wait_until(lambda: not any(b"spawn_main" in command_of(pid) for pid in workers), clock)
            clock.communicate(b"\n")


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    path = tmp_path_factory.mktemp("source") / "articles.jsonl"
    path.write_text("".join(json.dumps({"text": text}) + "\n" for text in TEXTS))
    return str(path)


@pytest.fixture(scope="module")
def whole(run_at, source, everything, tmp_path_factory):
    """What an undisturbed run writes."""
    return everything(run_at(tmp_path_factory.mktemp("whole"), source, shard_size=6))


@pytest.fixture(scope="module")
def killed_once(source, tmp_path_factory):
    out = tmp_path_factory.mktemp("killed")
    kill_when(out, source, 9)
    return out


@pytest.fixture
def killed(killed_once, tmp_path):
    """The folder of a run that was killed after nine documents."""
    return shutil.copytree(killed_once, tmp_path / "out")


def test_a_run_that_is_killed_goes_on_where_it_stopped(run, source, whole, everything, tmp_path):
    out = tmp_path / "out"
    for done in (3, 20):
        kill_when(out, source, done)
    kept = documents_done(out)
    assert 20 <= kept < len(TEXTS)
    counted = []
    run(source, shard_size=6, resume=True, report=counted.append)
    (finished,) = [event for event in counted if event.name == "finished"]
    assert finished.progress.here.documents <= len(TEXTS) - kept
    assert everything(out) == whole


def test_workers_that_are_killed_cost_nothing(source, whole, everything, tmp_path):
    out = tmp_path / "out"
    with running(out, source) as process:
        for done in (5, 15, 25):
            wait_until(lambda done=done: documents_done(out) >= done, process)
            for pid in workers_of(process)[:1]:
                os.kill(pid, signal.SIGKILL)
        assert process.wait() == 0
    assert everything(out) == whole


def test_a_journal_that_breaks_off_is_taken_as_far_as_it_is_whole(run, source, whole, everything, killed):
    (journal, *_) = sorted(path for path in killed.glob("journal/*.jsonl") if path.stat().st_size)
    raw = journal.read_bytes()
    journal.write_bytes(raw[:-20] + b"\0" * 300 + b'{"position": 1}\n')
    run(source, shard_size=6, resume=True)
    assert everything(killed) == whole


def test_ctrl_c_leaves_a_run_that_can_be_resumed(run, source, whole, everything, tmp_path):
    out = tmp_path / "out"
    with running(out, source) as process:
        wait_until(lambda: documents_done(out) >= 7, process)
        workers = workers_of(process)
        process.send_signal(signal.SIGINT)
        assert process.wait() == -signal.SIGINT
        assert not any(command_of(pid) for pid in workers)
    run(source, shard_size=6, resume=True)
    assert everything(out) == whole


def test_a_disk_that_is_full(run, source, whole, everything, tmp_path):
    out = tmp_path / "out"
    with running(out, source, file_size=40_000) as process:
        assert process.wait() == 1
        assert "OutputError" in process.stderr.read()
    run(source, shard_size=6, resume=True)
    assert everything(out) == whole


def test_a_folder_that_cannot_be_made(run, source, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="cannot be written"):
        run(source, out="file/out")


def test_a_second_run_into_the_same_folder_is_refused(run, source, tmp_path):
    folder = RunFolder(tmp_path / "out")
    with folder.locked(), pytest.raises(OutputError, match=rf"another run \(process {os.getpid()}\)"):
        run(source)
    assert not folder.holds_run()


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"format": "jsonl"}, "format was 'parquet', now 'jsonl'"),
        ({"shard_size": 7}, "shard_size was 6, now 7"),
        ({"keep_duplicates": True}, "keep_duplicates was False, now True"),
        ({"settings": Settings(min_confidence=0.5)}, "settings.min_confidence was 0.0, now 0.5"),
    ],
)
def test_a_run_is_not_resumed_with_other_settings(run, source, killed, changed, named):
    with pytest.raises(InvalidSettingError, match="begun with other settings") as refused:
        run(source, resume=True, **{"shard_size": 6, **changed})
    assert named in str(refused.value)


def test_a_run_is_not_resumed_with_other_sources(run, lines, killed):
    with pytest.raises(InvalidSettingError, match="sources was"):
        run(lines("Another."), resume=True, shard_size=6)


def test_a_run_is_not_resumed_with_another_model(run, source, killed, monkeypatch):
    monkeypatch.setenv(archive_fakes.VERSION, "fake 2")
    with pytest.raises(InvalidSettingError, match="model was 'fake 1', now 'fake 2'"):
        run(source, resume=True, shard_size=6)


def test_files_that_are_gone_or_changed_in_the_output_are_written_again(run, source, whole, everything):
    out = run(source, shard_size=6)
    (out / "records" / "shard-000002.parquet").unlink()
    (out / "claims" / "shard-000004.parquet").write_bytes(b"not what was written")
    assert everything(run(source, shard_size=6, resume=True)) == whole


def test_an_archive_that_vanishes_stops_the_run_until_it_is_back(
    run, source, whole, everything, killed, tmp_path
):
    archive = Path(source)
    elsewhere = archive.rename(tmp_path / "elsewhere")
    try:
        with pytest.raises(InputNotFoundError, match="cannot be read any more: there is no such file"):
            run(source, shard_size=6, resume=True)
        archive.write_bytes(elsewhere.read_bytes() + b"{}\n")
        with pytest.raises(InputNotFoundError, match="has changed since the run was planned"):
            run(source, shard_size=6, resume=True)
    finally:
        elsewhere.rename(archive)
    run(source, shard_size=6, resume=True)
    assert everything(killed) == whole


def test_a_page_that_vanishes_is_a_failure_and_new_ones_are_left_alone(run, rows, tmp_path):
    folder = tmp_path / "pages"
    folder.mkdir()
    for number in range(12):
        (folder / f"{number:02}.txt").write_text(f"There were {number} boats, she said [slow].")
    kill_when(tmp_path / "out", str(folder), 2)
    (folder / "11.txt").unlink()
    (folder / "00a.txt").write_text("There was another one, she said.")
    out = run(str(folder), shard_size=6, resume=True)
    assert rows(out, "SELECT position, code FROM failures") == [(11, "not_found")]
    assert len(rows(out, "FROM records")) == 11

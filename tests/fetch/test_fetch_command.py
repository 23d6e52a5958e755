"""`onrecord fetch` from the outside."""

from __future__ import annotations

import signal
import subprocess
import sys

import pytest
from misbehaving_site import Answer, records, story

from onrecord.cli import SOME_FAILED, USAGE, main


@pytest.fixture
def run(out, capsys):
    """Run the command and return its exit code and what it said on standard error, line by line."""

    def run(*arguments: str) -> tuple[int, list[str]]:
        code = 0
        try:
            main(["fetch", *arguments, "--out", str(out), "--delay", "0", "--allow-private"])
        except SystemExit as exit_:
            code = int(exit_.code or 0)
        said = capsys.readouterr()
        assert said.out == ""
        return code, said.err.splitlines()

    return run


def test_pages_are_written_and_counted(site, run, out):
    site.answers = {"/a": Answer(), "/b": Answer(story("Mull"))}
    assert run(f"{site.url}/a", f"{site.url}/b") == (0, [f"2 pages written: {out}"])
    assert len(records(out)) == 5
    assert run(f"{site.url}/a", "--resume") == (0, [f"0 pages written, 1 unchanged: {out}"])


def test_each_failure_is_named(site, run, out, tmp_path):
    site.answers = {"/a": Answer(), "/b": Answer(b"", 410)}
    listed = tmp_path / "urls.txt"
    listed.write_text(f"{site.url}/a\nftp://a.example/\n{site.url}/b\n")
    assert run(str(listed), "--contact", "desk@paper.example") == (
        SOME_FAILED,
        [
            f"{listed}:2: fetch_failed: 'ftp://a.example/' is no http or https URL",
            f"{site.url}/b: fetch_failed: the server answers 410 Gone",
            f"1 page written, 2 failed: {out}",
        ],
    )
    assert "desk@paper.example" in site.requests[-1].headers["User-Agent"]


def test_reaching_the_limit_is_no_failure(site, run, out):
    site.answers = {"/a": Answer(), "/b": Answer(story("Mull"))}
    assert run(f"{site.url}/a", f"{site.url}/b", "--limit", "1") == (
        0,
        ["127.0.0.1: 1 left: the limit is reached", f"1 page written, 1 left: {out}"],
    )


def test_a_host_left_alone_is_a_failure(site, run):
    site.answers = {"/robots.txt": Answer(b"User-agent: *\nCrawl-delay: 9999"), "/a": Answer()}
    code, said = run(f"{site.url}/a", "--max-bytes", "1000")
    assert code == SOME_FAILED
    assert said[0] == "127.0.0.1: 1 left: 127.0.0.1 asks for a pause of 9,999 seconds"


def test_quiet_says_failures_only(site, run):
    site.answers = {"/a": Answer()}
    assert run(f"{site.url}/a", f"{site.url}/b", "-q") == (
        SOME_FAILED,
        [f"{site.url}/b: fetch_failed: the server answers 404 Not Found"],
    )


def test_wrong_usage(run, out):
    assert run("http://a.example/", "--contact", "nobody here") == (
        USAGE,
        ["onrecord: contact 'nobody here' is no mail address and no URL"],
    )
    out.write_bytes(b"mine")
    code, (said,) = run("http://a.example/")
    assert (code, said.startswith("onrecord: ")) == (USAGE, True)
    assert "--resume" in said


def test_a_killed_run_goes_on(site, run, out):
    site.answers = {"/a": Answer(), "/b": Answer(is_silent=True), "/c": Answer(story("Mull"))}
    urls = [f"{site.url}/{name}" for name in "abc"]
    command = [sys.executable, "-m", "onrecord", "fetch", *urls, "--out", str(out), "--delay", "0"]
    with subprocess.Popen([*command, "--allow-private", "-q"]) as process:
        assert site.kept_waiting.wait(30)
        process.send_signal(signal.SIGKILL)
    site.answers["/b"] = Answer(story("Skye"))
    site.stop.set()
    assert run(*urls, "--resume") == (0, [f"2 pages written: {out}"])
    bodies = [record.body for record in records(out) if record.kind == "response"]
    assert bodies == [story("Oban"), story("Skye"), story("Mull")]

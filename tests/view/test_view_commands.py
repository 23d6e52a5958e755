"""The commands that write pages."""

import pytest

from onrecord import cli
from onrecord.view import to_html


@pytest.fixture
def run(capsys):
    """Run the command line; give its exit code, standard output and standard error."""

    def run_it(*arguments):
        with pytest.raises(SystemExit) as stopped:
            cli.main([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        return stopped.value.code or 0, out, err

    return run_it


def test_view_writes_a_page(run, harbour, harbour_file, tmp_path):
    page = tmp_path / "page.html"
    assert run("view", harbour_file, "--out", page) == (0, "", f"1 record: {page}\n")
    assert page.read_text(encoding="utf-8") == to_html([harbour])


def test_view_takes_several_files_and_a_title(run, harbour, harbour_file, tmp_path):
    page = tmp_path / "page.html"
    run("view", harbour_file, harbour_file, "-o", page, "--title", "Harbour desk")
    assert page.read_text(encoding="utf-8") == to_html([harbour, harbour], title="Harbour desk")


def test_view_says_what_cannot_be_read_or_written(run, harbour_file, tmp_path):
    code, _, err = run("view", tmp_path / "nowhere.json", "--out", tmp_path / "page.html")
    assert code == 2
    assert "nowhere.json" in err
    code, _, err = run("view", harbour_file, "--out", tmp_path / "no" / "folder.html")
    assert code == 2
    assert "cannot be written" in err


def test_diff_prints_a_page(run, harbour, harbour_file, tmp_path):
    other = tmp_path / "new.json"
    undisputed = harbour.model_copy(update={"disputes": ()})
    other.write_text(undisputed.model_dump_json(), encoding="utf-8")
    code, out, _ = run("diff", harbour_file, other, "--format", "html")
    assert code == 0
    assert out.startswith("<!doctype html>")
    assert out.count("data-key=") == 1
    assert str(other) in out

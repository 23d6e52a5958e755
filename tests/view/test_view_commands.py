"""The commands that write pages."""

from onrecord.view import to_html


def test_view_writes_a_page(command, harbour, harbour_file, tmp_path):
    page = tmp_path / "page.html"
    assert command("view", harbour_file, "--out", page) == (0, "", f"1 record: {page}\n")
    assert page.read_text(encoding="utf-8") == to_html([harbour])


def test_view_takes_several_files_and_a_title(command, harbour, harbour_file, tmp_path):
    page = tmp_path / "page.html"
    command("view", harbour_file, harbour_file, "-o", page, "--title", "Harbour desk")
    assert page.read_text(encoding="utf-8") == to_html([harbour, harbour], title="Harbour desk")


def test_view_says_what_cannot_be_read_or_written(command, harbour_file, tmp_path):
    code, _, err = command("view", tmp_path / "nowhere.json", "--out", tmp_path / "page.html")
    assert code == 2
    assert "nowhere.json" in err
    code, _, err = command("view", harbour_file, "--out", tmp_path / "no" / "folder.html")
    assert code == 2
    assert "cannot be written" in err


def test_diff_prints_a_page(command, harbour, harbour_file, tmp_path):
    other = tmp_path / "new.json"
    undisputed = harbour.model_copy(update={"disputes": ()})
    other.write_text(undisputed.model_dump_json(), encoding="utf-8")
    code, out, _ = command("diff", harbour_file, other, "--format", "html")
    assert code == 0
    assert out.startswith("<!doctype html>")
    assert out.count("data-key=") == 1
    assert str(other) in out

"""A run hangs on the content of the user's own files, not on where they lie."""

import pytest

from onrecord import Settings
from onrecord.errors import InputNotFoundError, InvalidSettingError, LexiconError


@pytest.fixture
def places(tmp_path):
    def write(text, folder="own"):
        path = tmp_path / folder / "places.csv"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
        return path

    return write


def test_a_changed_file_is_another_setting(run, lines, places):
    source = lines("One.", "Two.")
    run(source, settings=Settings(gazetteer=places("name\nTarn\n")))
    with pytest.raises(InvalidSettingError, match=r"settings\.gazetteer was .*, now "):
        run(source, settings=Settings(gazetteer=places("name\nVell\n")), resume=True)
    with pytest.raises(InvalidSettingError, match=r"settings\.gazetteer was .*, now None"):
        run(source, resume=True)


def test_a_file_that_was_moved_is_the_same(run, lines, places, everything):
    source = lines("One.", "Two.")
    out = run(source, settings=Settings(gazetteer=places("name\nTarn\n")))
    before = everything(out)
    moved = places("name\nTarn\n", folder="elsewhere")
    assert everything(run(source, settings=Settings(gazetteer=moved), resume=True)) == before
    assert str(moved) in (out / "manifest.json").read_text()


def test_a_bad_row_ends_a_run_before_its_folder_is_made(run, lines, places, tmp_path):
    settings = Settings(actors=places("name,type\nTarn,company\n"))
    with pytest.raises(LexiconError, match=r"places\.csv:2: type 'company' is none of"):
        run(lines("One."), settings=settings)
    assert not (tmp_path / "out").exists()


def test_a_file_that_is_gone_or_changed_since_it_was_set(run, lines, places):
    path = places("name\nTarn\n")
    settings = Settings(gazetteer=path)
    places("name\nVell\n")
    with pytest.raises(InvalidSettingError, match="has changed since it was set"):
        run(lines("One."), settings=settings)
    path.unlink()
    with pytest.raises(InputNotFoundError, match=r"places\.csv: there is no such file"):
        run(lines("One."), settings=settings)

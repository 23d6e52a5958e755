"""The lexicon files: what is in them can be read, and what cannot is named."""

from __future__ import annotations

import shutil
from importlib.resources import files
from pathlib import Path

import pytest

from onrecord import lexicons
from onrecord.annotate.figures import lexicon
from onrecord.errors import LexiconError


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the lexicon a folder of its own that a test may spoil."""
    shutil.copytree(str(files("en_onrecord") / "figures"), tmp_path / "figures")
    monkeypatch.setattr(lexicons, "files", lambda _: tmp_path)
    return tmp_path / "figures"


def load() -> lexicon.Lexicon:
    return lexicon.load_lexicon.__wrapped__()


def test_the_files_as_they_stand_can_be_read(folder: Path) -> None:
    assert load().cardinals["seven"] == 7


@pytest.mark.parametrize(
    ("file", "old", "new", "named"),
    [
        ("numbers.toml", "seven = 7", 'seven = "VII"', "cardinals.seven"),
        ("numbers.toml", '"dozens" = [24, 100]', '"dozens" = [100, 24]', "vague.dozens"),
        ("modifiers.toml", "[before]\napproximate", "[before]\nsort_of", "sort_of"),
        ("units.toml", 'words = ["mile"]', "words = 5", "mile.words"),
        ("currencies.toml", "[AUD]", "[Aussie]", "Aussie"),
        ("counted.toml", "[at]", "[att]", "'at'"),
        ("exclusions.toml", "[time]", "[time", "exclusions.toml"),
    ],
)
def test_a_spoilt_file_is_named_with_its_key(folder: Path, file: str, old: str, new: str, named: str) -> None:
    text = (folder / file).read_text("utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(LexiconError) as caught:
        load()
    assert file in str(caught.value)
    assert named in str(caught.value)


def test_a_missing_file_is_named(folder: Path) -> None:
    (folder / "units.toml").unlink()
    with pytest.raises(LexiconError, match=r"units\.toml"):
        load()


def test_a_new_modifier_and_unit_need_only_a_line(folder: Path) -> None:
    for file, old, new in (
        ("modifiers.toml", '"about", ', '"about", "by my reckoning", '),
        ("units.toml", "[mile]", '[furlong]\nwords = ["furlong"]\n\n[mile]'),
    ):
        path = folder / file
        path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
    changed = load()
    assert "by" in changed.before.firsts()
    assert "furlongs" in changed.units.firsts()

"""docs/own-lists.md shows files and what comes of them; it has to be true."""

import re
from pathlib import Path

import pytest

from onrecord import Extractor
from onrecord.annotate.actors.own import COLUMNS as ACTOR_COLUMNS
from onrecord.annotate.own_rows import LONGEST_FIELD, MOST_NAMES, MOST_ROWS, MOST_WORDS
from onrecord.annotate.places.own import COLUMNS as PLACE_COLUMNS
from onrecord.settings import MOST_BYTES

PAGE = (Path(__file__).parents[3] / "docs" / "own-lists.md").read_text(encoding="utf-8")
FILES = re.findall(r"`(\w+\.csv)`\n\n```csv\n(.*?)```", PAGE, re.DOTALL)
BLOCKS = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)


@pytest.mark.parametrize("code", BLOCKS, ids=["settings", "spacy", "lookup"])
def test_its_code_prints_what_it_says(code, tmp_path, monkeypatch, capsys):
    for name, text in FILES:
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("onrecord.extractor.load", Extractor.load)  # not kept for other tests
    exec(compile(code, "own-lists.md", "exec"), {})
    said = "".join(f"# {line}\n" for line in capsys.readouterr().out.splitlines())
    assert code.endswith(said)
    assert said


def test_its_columns_are_those_that_are_read():
    headers = [text.splitlines()[0].split(",") for _, text in FILES]
    assert headers == [["name", *PLACE_COLUMNS], ["name", "type", *ACTOR_COLUMNS]]
    assert all(f"`{column}`" in PAGE for header in headers for column in header)


def test_its_bounds_are_those_that_hold():
    words = " ".join(PAGE.split())
    assert f"up to {MOST_BYTES >> 20} MB and {MOST_ROWS:,} rows" in words
    assert f"{LONGEST_FIELD} characters and {MOST_WORDS} words, a row {MOST_NAMES} names" in words

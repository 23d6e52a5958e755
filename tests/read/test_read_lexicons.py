"""The word lists and page rules can be corrected by hand, and say where they are wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord import lexicons
from onrecord.errors import LexiconError
from onrecord.read import lexicon

BAD = {
    "missing.toml": (None, "missing.toml"),
    "syntax.toml": ("words = [", "syntax.toml: not valid TOML"),
    "unknown.toml": ('words = ["a"]\nwerds = ["b"]', "unknown key 'werds'; the keys are words"),
    "absent.toml": ("", "absent.toml: words must be a list"),
    "number.toml": ("words = [1]", "number.toml: words must be a list of non-empty strings"),
    "empty.toml": ('words = [""]', "empty.toml: words must be a list of non-empty strings"),
    "twice.toml": ('words = ["a", "b", "a"]', "twice.toml: words holds 'a' twice"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_list_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    content, reason = BAD[name]
    (tmp_path / "read").mkdir()
    if content is not None:
        (tmp_path / "read" / name).write_text(content)
    monkeypatch.setattr(lexicons, "files", lambda _: tmp_path)
    with pytest.raises(LexiconError, match=reason):
        lexicon.load_lists(name, "words")


def test_the_lists_are_in_lower_case_and_apart() -> None:
    english, other = lexicon.load_lists("language.toml", "english", "other")
    assert not set(english) & set(other)
    assert all(word == word.lower() for word in (*english, *other))

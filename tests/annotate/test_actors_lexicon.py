"""The word lists of actors: sound as they are, and refused with file and key when they are not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from onrecord import lexicons
from onrecord.annotate.actors.lexicon import load_lexicon
from onrecord.errors import LexiconError


@pytest.fixture
def copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the lists that a test may spoil."""
    source = Path(str(lexicons.files("en_onrecord"))) / "actors"
    folder = tmp_path / "actors"
    folder.mkdir()
    for path in source.glob("*.toml"):
        (folder / path.name).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    monkeypatch.setattr(lexicons, "files", lambda _: tmp_path)
    load_lexicon.cache_clear()
    yield folder
    load_lexicon.cache_clear()


def test_nouns_are_found_by_their_singular() -> None:
    lexicon = load_lexicon()
    assert lexicon.head_class("ministries") == ("government", "ministry")
    assert lexicon.head_class("spokeswomen", "spokeswoman") == ("office", "spokeswoman")
    assert lexicon.head_class("people") == ("group", "person")
    assert lexicon.head_class("gunmen") == ("person", "gunman")
    assert lexicon.head_class("fish-seller") == ("person", "seller")
    assert lexicon.head_class("bridge") is None


def test_the_copy_loads(copied: Path) -> None:
    assert load_lexicon().heads


@pytest.mark.parametrize(
    ("file", "key", "value", "part"),
    [
        ("weights.toml", "subject", '"much"', "'subject' must be a number"),
        ("weights.toml", "subject", "", "weights.toml"),
        ("verbs.toml", "show", "3", "'show'"),
        ("verbs.toml", "show", '"Tell"', "'Tell' must be in lower case"),
        ("names.toml", "document", "[1]", "'document'"),
    ],
)
def test_a_spoilt_list_is_refused(copied: Path, file: str, key: str, value: str, part: str) -> None:
    text = (copied / file).read_text(encoding="utf-8")
    spoilt = re.sub(rf"^{key} = .*$", lambda _: f"{key} = {value}", text, flags=re.MULTILINE)
    assert spoilt != text
    (copied / file).write_text(spoilt, encoding="utf-8")
    with pytest.raises(LexiconError, match=part) as caught:
        load_lexicon()
    assert file in str(caught.value)


def test_every_weight_is_needed_and_no_other(copied: Path) -> None:
    (copied / "weights.toml").write_text("subject = 1.0\nluck = 2.0\n", encoding="utf-8")
    with pytest.raises(LexiconError, match=r"weights\.toml.*luck.*frequency|weights\.toml.*frequency.*luck"):
        load_lexicon()


def test_a_name_of_both_genders_is_refused(copied: Path) -> None:
    (copied / "first_names.toml").write_text('male = "kim"\nfemale = "kim"', encoding="utf-8")
    with pytest.raises(LexiconError, match=r"first_names\.toml.*kim"):
        load_lexicon()


def test_the_nouns_for_companies_are_needed(copied: Path) -> None:
    (copied / "fit.toml").write_text("", encoding="utf-8")
    with pytest.raises(LexiconError, match=r"fit\.toml.*company"):
        load_lexicon()


def test_a_noun_in_two_lists_is_refused(copied: Path) -> None:
    heads = (copied / "heads.toml").read_text(encoding="utf-8")
    (copied / "heads.toml").write_text(heads.replace('kin = """', 'kin = """ ministry', 1), encoding="utf-8")
    with pytest.raises(LexiconError, match="ministry"):
        load_lexicon()


def test_a_missing_list_is_refused(copied: Path) -> None:
    (copied / "fit.toml").unlink()
    with pytest.raises(LexiconError, match=r"actors/fit\.toml"):
        load_lexicon()

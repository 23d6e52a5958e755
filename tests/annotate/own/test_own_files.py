"""Files of a user's own that cannot be used: one error with file, line and reason, before any work."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord import Extractor, Settings
from onrecord.annotate import own_rows
from onrecord.annotate.actors.own import read_own_actors
from onrecord.annotate.own_names import OwnNames
from onrecord.annotate.places.names import fold
from onrecord.annotate.places.own import read_own_places
from onrecord.errors import InputNotFoundError, InvalidSettingError, LexiconError, OnRecordError

READERS = {"places": read_own_places, "actors": read_own_actors}


@pytest.fixture
def written(tmp_path):
    def write(content):
        path = tmp_path / "own.csv"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


@pytest.mark.parametrize(
    ("kind", "content", "line", "reason"),
    [
        ("places", "", 1, "the column name is missing"),
        ("places", "kind,country\n", 1, "the column name is missing; columns are name, alternate_names"),
        ("places", "name;kind\nTarn;city\n", 1, "the column name is missing"),
        ("places", "name,lattitude\n", 1, "there is no column 'lattitude'"),
        ("places", "name,lat,lat\n", 1, "a column stands twice"),
        ("places", "name,kind\nTarn,city\nVell,village\n", 3, "kind 'village' is none of country, region"),
        ("places", "name,country\nTarn,XX\n", 2, "country 'XX' is no ISO 3166-1 code"),
        ("places", "name,country\nTarn,iq\n", 2, "country 'iq' is no ISO 3166-1 code"),
        ("places", "name,lat,lon\nTarn,91,4\n", 2, "lat 91.0 is not between -90 and 90"),
        ("places", "name,lat,lon\nTarn,9,-180.5\n", 2, "lon -180.5 is not between -180 and 180"),
        ("places", "name,lat,lon\nTarn,nan,4\n", 2, "lat nan is not between"),
        ("places", "name,lat,lon\nTarn,north,4\n", 2, "lat 'north' is no number"),
        ("places", "name,lat,lon\nTarn,36.1,\n", 2, "lat and lon are given together or not at all"),
        ("places", "name,kind\nTarn\n", 2, "1 fields where the header has 2"),
        ("places", "name,kind\n,city\n", 2, "the name is empty"),
        ("places", "name\n-!\n", 2, "the name '-!' has fewer than two letters"),
        ("places", f"name\n{'Ab ' * 21}\n", 2, "has 21 words"),
        ("places", f"name\n{'a' * 201}\n", 2, "name has 201 characters; read are up to 200"),
        ("places", f"name,alternate_names\nTarn,{'|'.join(map(str, range(100, 205)))}\n", 2, "106 names"),
        ("places", 'name\n"Tarn\nVell"\n', 3, "name holds a control character or a line break"),
        ("places", "name\nTarn\x1b[31m\n", 2, "name holds a control character"),
        ("places", 'name\n"Tarn\n', 2, "is no valid CSV"),
        ("places", "name,external_id\nTarn,A\nVell,B\nKor,A\n", 4, "external_id 'A' stands in line 2 too"),
        ("places", b"name\nTarn\nM\xfcnden\n", 3, "is not UTF-8"),
        ("places", "name\nTarn\n".encode("utf-16"), 1, "is not UTF-8"),
        ("actors", "name\nTarn\n", 1, "the column type is missing"),
        ("actors", "name,type\nTarn,company\n", 2, "type 'company' is none of person, organization"),
        ("actors", "name,type\nTarn,\n", 2, "the type is empty; it has to be one of person"),
        (
            "actors",
            "name,type,aliases\nTarn Mills,organization,TM\nTom Marsh,person,Marsh|tm\n",
            3,
            "the name 'tm' is that of the actor in line 2 too",
        ),
    ],
)
def test_a_file_that_cannot_be_used(written, kind, content, line, reason):
    path = written(content)
    with pytest.raises(LexiconError) as caught:
        READERS[kind](path)
    assert str(caught.value).startswith(f"{path}:{line}: ")
    assert reason in str(caught.value)


def test_bounds(written, monkeypatch):
    path = written("name\nTarn\nVell\nKor Hill\n")
    monkeypatch.setattr(own_rows, "MOST_ROWS", 2)
    with pytest.raises(LexiconError, match=r":4: more than 2 rows"):
        read_own_places(path)
    monkeypatch.setattr("onrecord.settings.MOST_BYTES", 10)
    with pytest.raises(LexiconError, match="is larger than 10 bytes"):
        read_own_places(path)


def test_what_is_no_file(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path, tmp_path / "none.csv", tmp_path / "pipe", Path("a\0b")):
        with pytest.raises(InputNotFoundError):
            read_own_places(path)
        with pytest.raises(InputNotFoundError):
            Settings(gazetteer=path)


def test_empty_fields_blank_lines_and_a_mark_at_the_beginning(written):
    path = written("\ufeffname,kind,alternate_names\r\n Tarn  Hill ,,|Hill of Tarn||\r\n\r\n")
    (place,) = read_own_places(path)
    assert place.names == ("Tarn Hill", "Hill of Tarn")
    assert (place.kind, place.country, place.lat, place.external_id) == (None, "", None, None)


@pytest.mark.parametrize(("setting", "text"), [("gazetteer", "name\n,\n"), ("actors", "name\nTarn\n")])
def test_the_extractor_is_not_made(written, setting, text):
    path = written(text)
    with pytest.raises(LexiconError, match=f"^{path}:"):
        Extractor.load(Settings(method="rules", **{setting: path}))


def test_a_file_that_changes_after_it_was_set_is_refused(written):
    settings = Settings(method="rules", gazetteer=written("name\nTarn\n"))
    written("name\nVell\n")
    with pytest.raises(InvalidSettingError, match="has changed since it was set"):
        Extractor.load(settings)


def test_settings_are_known_by_what_the_files_hold(tmp_path):
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "own.csv").write_text("name\nTarn\n")
    one, two = (Settings(gazetteer=tmp_path / folder / "own.csv") for folder in ("one", "two"))
    assert one.digest() == two.digest() != Settings().digest()
    (tmp_path / "two" / "own.csv").write_text("name\nVell\n")
    assert Settings(gazetteer=tmp_path / "two" / "own.csv").digest() != one.digest()


@given(st.binary(max_size=300) | st.text(alphabet='name,type|\n\r"Ab1é-\x00', max_size=200).map(str.encode))
def test_any_bytes_are_read_or_refused(tmp_path_factory, raw):
    path = tmp_path_factory.getbasetemp() / "any.csv"
    for header in (b"", b"name,external_id\n", b"name,type\n"):
        path.write_bytes(header + raw)
        for read in READERS.values():
            try:
                outcome = read(path)
            except OnRecordError as error:
                outcome = error
            if isinstance(outcome, OnRecordError):
                assert str(outcome).startswith(f"{path}:")
            else:
                assert all(row.names for row in outcome)


WORDS = st.sampled_from(["Al", "al", "-", "Tarn", "tarn", "TARN", "’", "'s", "of", "\n", "Sana’a", "9", "é"])


@given(
    names=st.lists(st.lists(WORDS, min_size=1, max_size=4).map(" ".join), max_size=4),
    tokens=st.lists(WORDS, max_size=12),
)
def test_names_in_a_text_never_overlap_and_have_the_letters_of_the_file(names, tokens):
    names = [name for name in names if "\n" not in name and len(fold(name).replace(" ", "")) > 1]
    own = OwnNames()
    for name in names:
        own.add(name, name)
    starts = [sum(len(token) + 1 for token in tokens[:number]) for number in range(len(tokens))]
    text = " ".join(tokens)
    end = 0
    for first, last, bearers in own.find(text, tokens, starts):
        assert end <= first < last
        end = last
        words = text[starts[first] : starts[last - 1] + len(tokens[last - 1])]
        assert "\n" not in words
        assert {fold(name) for name in bearers} == {fold(words)}
        assert any(not letter.islower() for letter in words if letter.isalnum())

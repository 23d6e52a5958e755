"""The gazetteer and the files that a journalist may correct."""

import pickle
import sys
from importlib.util import module_from_spec, spec_from_file_location
from io import BytesIO
from pathlib import Path

import pytest

from onrecord.annotate.places import lexicon
from onrecord.annotate.places.gazetteer import FEATURES, load_gazetteer
from onrecord.annotate.places.names import fold
from onrecord.annotate.places.outlet import home_of
from onrecord.errors import LexiconError


@pytest.fixture
def written(tmp_path, monkeypatch):
    """Put files of the test's own in the place of those that are shipped."""

    def write(name, text):
        (tmp_path / name).write_text(text, encoding="utf-8")
        monkeypatch.setattr(lexicon, "folder", lambda: tmp_path)

    return write


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sana’a", "Sanaa"),
        ("Al-Hasakah", "al Hasakah"),
        ("St. Paul", "ST PAUL"),
        ("Łódź", "Lodz"),
        ("İzmir", "Izmir"),
    ],
)
def test_spellings_share_a_key(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("name", "feature", "country", "identifier"),
    [
        ("U.S.", "country", "US", 6252001),
        ("DRC", "country", "CD", 203312),
        ("Ivory Coast", "country", "CI", 2287781),
        ("UK", "country", "GB", 2635167),
        ("Calif.", "admin1", "US", 5332921),
        ("NSW", "admin1", "AU", 2155400),
        ("Maharashtra", "admin1", "IN", 1264418),
        ("Cologne", "city", "DE", 2886242),
        ("Jackson County", "admin2", "US", None),
        ("Strait of Hormuz", "natural", None, 0),
        ("Sea of Azov", "natural", None, 0),
        ("Mindanao", "region", "PH", 0),
    ],
)
def test_the_gazetteer_knows(name, feature, country, identifier):
    gazetteer = load_gazetteer()
    rows = gazetteer.senses(name).rows.tolist()
    known = [
        (FEATURES[gazetteer.feature[row]], gazetteer.country_code(row), int(gazetteer.geonames_id[row]))
        for row in rows
    ]

    if identifier is None:
        assert all((one[0], one[1]) == (feature, country) for one in known)
        assert len(known) > 10
    else:
        assert (feature, country, identifier) in known


@pytest.mark.parametrize("name", ["us", "Us", "TX", "Xyzzyville", ""])
def test_words_that_name_no_place_by_themselves(name):
    assert load_gazetteer().senses(name) is None


def test_a_postal_code_names_a_state_behind_a_comma():
    gazetteer = load_gazetteer()

    assert gazetteer.geonames_id[gazetteer.senses("TX", after_comma=True).rows[0]] == 4736286


@pytest.mark.parametrize(
    ("site", "country"),
    [
        ("https://www.lfpress.com/news/1", "CA"),
        ("news.example.co.uk", "GB"),
        ("example.ke", "KE"),
        ("example.io", None),
        ("Lakeside News Agency", None),
        ("", None),
        (None, None),
    ],
)
def test_the_home_of_a_site(site, country):
    gazetteer = load_gazetteer()
    home = home_of(site, gazetteer)

    assert (gazetteer.countries[home.country] if home.country >= 0 else None) == country


def test_every_outlet_is_where_it_says():
    gazetteer = load_gazetteer()
    for site, outlet in lexicon.read_outlets().items():
        home = home_of(site, gazetteer)
        assert home.country >= 0, site
        assert (home.admin1 >= 0) == bool(outlet.admin1), site
        assert (home.row >= 0) == bool(outlet.place), site


FEATURE_COLUMNS = "name,also,kind,country,lat,lon\n"


@pytest.mark.parametrize(
    ("name", "text", "reader", "message"),
    [
        ("features.csv", "name,kind\nTiber,natural\n", "read_features", "line 1: the columns must be"),
        ("features.csv", FEATURE_COLUMNS + "Tiber,,brook,IT,1,2\n", "read_features", "line 2: kind 'brook'"),
        ("features.csv", FEATURE_COLUMNS + "Tiber,,natural,IT,north,2\n", "read_features", "line 2: lat"),
        ("features.csv", FEATURE_COLUMNS + "Tiber,,natural,IT,95,2\n", "read_features", "off the globe"),
        ("features.csv", FEATURE_COLUMNS + "Tiber,,natural\n", "read_features", "6 fields are wanted"),
        ("names.csv", "name,of,kind,country,use\nUK,X,country,GB,often\n", "read_names", "use 'often'"),
    ],
)
def test_a_wrong_line_is_named(written, name, text, reader, message):
    written(name, text)

    with pytest.raises(LexiconError, match=message):
        getattr(lexicon, reader)()


@pytest.mark.parametrize(
    ("name", "text", "reader", "message"),
    [
        ("weights.toml", "[prior]\ncity = 'x'\n", "read_weights", "prior.city: a number is wanted"),
        ("weights.toml", "prior = \n", "read_weights", "weights.toml"),
        ("words.toml", "titles = 'mr'\n", "read_words", "titles: a list of words"),
    ],
)
def test_a_wrong_table_is_named(written, name, text, reader, message):
    written(name, text)

    with pytest.raises(LexiconError, match=message):
        getattr(lexicon, reader).__wrapped__()


def test_the_build_refuses_classes_in_a_pickle(monkeypatch):
    path = Path(__file__).parents[2] / "models" / "gazetteer" / "build.py"
    spec = spec_from_file_location("gazetteer_build", path)
    build = module_from_spec(spec)
    monkeypatch.setitem(sys.modules, spec.name, build)  # dataclasses look their module up
    spec.loader.exec_module(build)

    assert build.NoClassUnpickler(BytesIO(pickle.dumps([["Lyon", 45.7]]))).load() == [["Lyon", 45.7]]
    with pytest.raises(pickle.UnpicklingError, match="only plain data"):
        build.NoClassUnpickler(BytesIO(pickle.dumps(Path("x")))).load()

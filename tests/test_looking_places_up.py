"""`onrecord.places`: what is known under a name."""

import pytest

import onrecord
from onrecord.errors import InputNotFoundError, LexiconError


def test_the_likeliest_first():
    first, *others = onrecord.places.lookup("Mosul")
    assert (first.name, first.kind, first.country, first.geonames_id) == ("Mosul", "city", "IQ", 99072)
    assert (first.lat, first.lon, first.population) == (36.335, 43.1189, 1683000)
    assert (first.admin1, first.within[-1], first.external_id, first.is_alternate) == (
        "Nīnawá",
        "Iraq",
        None,
        False,
    )
    assert others


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("Nairobi", "city KE"),
        ("SPRINGFIELD", "city US"),
        ("Cologne", "city DE"),
        ("Köln", "city DE"),
        ("Burkina", "country BF"),
        ("US", "country US"),
        ("TX", "region US"),
        ("Sea of Azov", "natural"),
    ],
)
def test_what_a_name_means_first(name, first):
    entry = onrecord.places.lookup(name)[0]
    assert " ".join(filter(None, (entry.kind, entry.country))) == first


def test_names_of_containers():
    (land, *_) = onrecord.places.lookup("Burkina")
    assert (land.name, land.within) == ("Burkina Faso", ())
    (sea, *_) = onrecord.places.lookup("Sea of Azov")
    assert (sea.name, sea.population, sea.geonames_id, sea.within) == ("Sea of Azov", None, None, ())


@pytest.mark.parametrize("name", ["", "Xqzzyw", "us", "\n", "a" * 10_000])
def test_names_that_nothing_bears(name):
    assert onrecord.places.lookup(name) == []


def test_a_users_own_places_go_first(tmp_path):
    path = tmp_path / "own.csv"
    path.write_text(
        "name,country,kind,lat,lon,external_id\nTarnhold,IQ,site,,,T-1\nParis,CA,city,43.2,-80.4,P\n"
    )
    (camp,) = onrecord.places.lookup("Tarnhold", gazetteer=path)
    assert (camp.name, camp.kind, camp.external_id, camp.lat) == ("Tarnhold", "site", "T-1", None)
    assert [one.country for one in onrecord.places.lookup("Paris", gazetteer=path)[:2]] == ["CA", "FR"]
    assert onrecord.places.lookup("Paris")[0].country == "FR"
    path.write_text("name\n,\n")
    with pytest.raises(LexiconError, match=f"^{path}:2: "):
        onrecord.places.lookup("Paris", gazetteer=path)
    with pytest.raises(InputNotFoundError):
        onrecord.places.lookup("Paris", gazetteer=tmp_path / "none.csv")

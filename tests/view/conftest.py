import json
from pathlib import Path

import pytest

from onrecord.records import ArticleRecord, Source, Span

HARBOUR = Path(__file__).parent / "harbour.json"


@pytest.fixture
def harbour_file():
    """A file with a small record: five claims, five actors, two figures, two dates, a place."""
    return HARBOUR


@pytest.fixture
def harbour(harbour_file):
    return ArticleRecord.model_validate_json(harbour_file.read_text(encoding="utf-8"))


@pytest.fixture
def together(harbour):
    """The record with a claim, its fourth, of three sources, two of which are one actor."""
    watch, fishermen = harbour.actors[1], harbour.actors[3]
    others = (
        Source(actor=watch.id, span=_span(watch.mentions[2])),
        Source(actor=fishermen.id, span=_span(fishermen.mentions[0])),
    )
    claims = [*harbour.claims]
    claims[3] = claims[3].model_copy(update={"co_sources": others})
    return harbour.model_copy(update={"claims": tuple(claims)})


@pytest.fixture
def doubted(harbour):
    """Make the record with what may stand in `provenance.warnings`."""
    return lambda warnings: harbour.model_copy(update={"provenance": {"warnings": warnings}})


def _span(mention):
    return Span(start=mention.start, end=mention.end, text=mention.text)


@pytest.fixture
def spoil(harbour_file):
    """Make a record in which every string that may be anything is the given one."""

    def make(text, url=None):
        data = json.loads(harbour_file.read_text(encoding="utf-8"))
        fields = {"url": url or text, "title": text, "site": text, "byline": [text], "published": text}
        data["article"].update(fields, text=f"{text}\nplain\n{text}")
        whole = {"start": 0, "end": len(text), "text": text}
        for actor in data["actors"]:
            actor.update(name=text, roles=[text], aliases=[text], mentions=[{**whole, "kind": "name"}])
        for place in data["places"]:
            place.update(name=text, admin1=text, mentions=[whole])
        for date in data["dates"]:
            date.update(whole, timex=text, earliest=text, latest=text)
        for figure in data["figures"]:
            figure.update(whole, unit=text, counted=text)
        for claim in data["claims"]:
            claim.update(content=[whole], medium=text, hedge=text, cue={**whole, "lemma": text})
            claim["source"]["span"] = whole
        data["non_responses"][0].update(span=whole, topic=text)
        data["disputes"][0]["matter"] = text
        data["provenance"] = {"warnings": [{"code": text, "reason": text}]}
        return ArticleRecord.model_validate(data)

    return make

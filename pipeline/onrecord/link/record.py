"""From one annotated Doc and its Article to one ArticleRecord."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from spacy.tokens import Doc

from onrecord.annotate.annotations import (
    ACTORS,
    CLAIMS,
    DATES,
    NON_RESPONSES,
    PLACES,
    ActorAnnotation,
    ClaimAnnotation,
    DateAnnotation,
    NonResponseAnnotation,
    PlaceAnnotation,
    annotations_on,
)
from onrecord.annotate.claims.lexicon import CueLexicon
from onrecord.link.claims import Inside, link_claims, link_non_responses
from onrecord.link.disputes import find_disputes
from onrecord.link.figures import link_figures
from onrecord.link.items import link_actors, link_dates, link_places
from onrecord.link.joint import settle_joint_sources
from onrecord.link.sources import ActorIndex, resolve_sources
from onrecord.link.targets import Targets
from onrecord.records import Article, ArticleRecord


def link(
    doc: Doc,
    article: Article,
    lexicon: CueLexicon,
    provenance: Mapping[str, Any],
    min_confidence: float = 0.0,
) -> ArticleRecord:
    """Join what the annotators found into the record of an article.

    `doc.text` has to be `article.text`. Claims below `min_confidence` are left out. The same Doc
    gives the same record, byte for byte.
    """
    text = article.text
    dates = link_dates(text, annotations_on(doc, DATES, DateAnnotation))
    places, place_ids = link_places(text, annotations_on(doc, PLACES, PlaceAnnotation))
    index = ActorIndex(doc, annotations_on(doc, ACTORS, ActorAnnotation))
    found = settle_joint_sources(annotations_on(doc, CLAIMS, ClaimAnnotation), index, lexicon)
    sources = resolve_sources(found, index)
    for claim in found:
        for words in claim.co_sources:
            index.source(words, None)
    silences = annotations_on(doc, NON_RESPONSES, NonResponseAnnotation)
    for silence in silences:
        if silence.source:
            index.source(silence.source, None)
    targets = Targets(doc, found, sources, index, lexicon).all()
    actors, actor_ids = link_actors(text, index.mentions, place_ids)
    figures = link_figures(doc, index, actor_ids, places, dates)
    insides = (
        Inside((m.start, m.end, actor.id) for actor in actors for m in actor.mentions),
        Inside((m.start, m.end, place.id) for place in places for m in place.mentions),
        Inside((d.start, d.end, d.id) for d in dates),
        Inside((f.start, f.end, f.id) for f in figures),
    )
    claims = link_claims(
        doc,
        found,
        sources,
        index,
        actor_ids,
        insides,
        {date.start: date.id for date in dates},
        targets,
        min_confidence,
    )
    return ArticleRecord(
        article=article,
        actors=actors,
        places=places,
        dates=dates,
        figures=figures,
        claims=claims,
        disputes=find_disputes(claims, figures),
        non_responses=link_non_responses(doc, silences, index, actor_ids),
        provenance=dict(provenance),
    )

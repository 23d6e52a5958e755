"""The items of a record in one form: what is compared by value, by place, and by what it refers to."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from onrecord.records import (
    Actor,
    ActorMention,
    ArticleRecord,
    Claim,
    DateExpression,
    Dispute,
    Figure,
    NonResponse,
    Place,
    PlaceMention,
    Span,
)
from onrecord.review.diff import Kind, Scalar

ANCHORS = ("publication", "absolute")
"""What a date expression may be anchored on besides another expression."""


UNREFERRED: tuple[Kind, ...] = ("disputes", "non_responses")
"""The kinds of items that no item refers to, and whose ids may be those of others."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of a record.

    `id` is the item's own; non-responses, which have none, are numbered `n1`, `n2`, …
    `spans` are what the item is recognised by. By path: `values` are plain fields, `places` further
    fields that are spans, `one` references to one item or none, and `many` lists of references.
    """

    kind: Kind
    id: str
    label: str
    spans: tuple[Span, ...]
    values: Mapping[str, Scalar | None]
    places: Mapping[str, tuple[Span, ...]] = field(default_factory=dict)
    one: Mapping[str, str | None] = field(default_factory=dict)
    many: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    mentions: tuple[ActorMention | PlaceMention, ...] = ()


def entries_of(record: ArticleRecord) -> dict[Kind, list[Entry]]:
    """Return the items of a record by kind, in its order."""
    contents = {claim.id: claim.content for claim in record.claims}
    return {
        "actors": [_actor(actor) for actor in record.actors],
        "places": [_place(place) for place in record.places],
        "dates": [_date(date) for date in record.dates],
        "figures": [_figure(figure) for figure in record.figures],
        "claims": [_claim(claim) for claim in record.claims],
        "disputes": [_dispute(dispute, contents) for dispute in record.disputes],
        "non_responses": [_non_response(n, silence) for n, silence in enumerate(record.non_responses, 1)],
    }


def labels_of(entries: Mapping[Kind, list[Entry]]) -> dict[str, str]:
    """Return the label of every item that can be referred to, by its id."""
    return {one.id: one.label for kind, group in entries.items() if kind not in UNREFERRED for one in group}


def uses_of(entries: Mapping[Kind, list[Entry]]) -> dict[str, list[tuple[str, ...]]]:
    """Return by the id of an item which items refer to it: their kind and label, and the field."""
    uses: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for kind, group in entries.items():
        for entry in group:
            for path, one in entry.one.items():
                uses[one or ""].append((kind, entry.label, path))
            for path, many in entry.many.items():
                for one in many:
                    uses[one].append((kind, entry.label, path))
    return {one: sorted(users) for one, users in uses.items()}


def words_of(spans: tuple[Span, ...]) -> str:
    """Return the text of spans in one line, where they are apart with an ellipsis between them."""
    return " … ".join([" ".join(span.text.split()) for span in spans])


def _actor(actor: Actor) -> Entry:
    values: dict[str, Scalar | None] = {
        "name": actor.name,
        "type": actor.type,
        "roles": tuple(sorted(actor.roles)),
        "aliases": tuple(sorted(actor.aliases)),
        "external_id": actor.external_id,
    }
    many = {"affiliations": actor.affiliations}
    return Entry("actors", actor.id, actor.name, actor.mentions, values, many=many, mentions=actor.mentions)


def _place(place: Place) -> Entry:
    values: dict[str, Scalar | None] = {
        "name": place.name,
        "kind": place.kind,
        "country": place.country,
        "admin1": place.admin1,
        "geonames_id": place.geonames_id,
        "external_id": place.external_id,
        "lat": place.lat,
        "lon": place.lon,
    }
    one = {"within": place.within}
    return Entry("places", place.id, place.name, place.mentions, values, one=one, mentions=place.mentions)


def _date(date: DateExpression) -> Entry:
    values: dict[str, Scalar | None] = {
        "type": date.type,
        "timex": date.timex,
        "mod": date.mod,
        "earliest": date.earliest,
        "latest": date.latest,
    }
    one = {"anchor": date.anchor, "range_end": date.range_end}
    return Entry("dates", date.id, words_of((date,)), (date,), values, {"text": (date,)}, one)


def _figure(figure: Figure) -> Entry:
    values: dict[str, Scalar | None] = {
        "value": _number(figure.value),
        "low": _number(figure.low),
        "high": _number(figure.high),
        "modifier": figure.modifier,
        "unit": figure.unit,
        "counted": figure.counted,
        "measure": figure.measure,
    }
    one = {"by": figure.by, "at": figure.at, "when": figure.when}
    return Entry("figures", figure.id, words_of((figure,)), (figure,), values, {"text": (figure,)}, one)


def _number(value: float | None) -> float | None:
    """Return a number that equals itself, which "not a number" does not."""
    return None if value is not None and math.isnan(value) else value


def _claim(claim: Claim) -> Entry:
    values: dict[str, Scalar | None] = {
        "quotation": claim.quotation,
        "speech_act": claim.speech_act,
        "polarity": claim.polarity,
        "hedge": claim.hedge,
        "medium": claim.medium,
        "confidence": round(claim.confidence, 2),  # more digits differ between machines
        "cue.lemma": claim.cue.lemma if claim.cue else None,
    }
    places = {
        "source.span": (claim.source.span,) if claim.source.span else (),
        "cue": (claim.cue,) if claim.cue else (),
        "content": claim.content,
        "co_sources.span": tuple(other.span for other in claim.co_sources if other.span),
    }
    one = {
        "source.actor": claim.source.actor,
        "target.actor": claim.target.actor if claim.target else None,
        "target.claim": claim.target.claim if claim.target else None,
        "said": claim.said,
        "parent": claim.parent,
    }
    many = {
        "co_sources.actor": tuple(other.actor for other in claim.co_sources if other.actor),
        "actors": claim.actors,
        "places": claim.places,
        "dates": claim.dates,
        "figures": claim.figures,
    }
    return Entry("claims", claim.id, words_of(claim.content), claim.content, values, places, one, many)


def _dispute(dispute: Dispute, contents: Mapping[str, tuple[Span, ...]]) -> Entry:
    involved = [span for side in dispute.sides for claim in side.claims for span in contents.get(claim, ())]
    many: dict[str, tuple[str, ...]] = {}
    for side in dispute.sides:
        path = f"sides.{side.stance}"
        many[path] = many.get(path, ()) + side.claims
    values: dict[str, Scalar | None] = {"matter": dispute.matter}
    return Entry("disputes", dispute.id, dispute.matter, tuple(involved), values, many=many)


def _non_response(number: int, silence: NonResponse) -> Entry:
    values: dict[str, Scalar | None] = {"kind": silence.kind, "topic": silence.topic}
    places = {"text": (silence.span,)}
    one = {"actor": silence.actor}
    return Entry(
        "non_responses", f"n{number}", words_of((silence.span,)), (silence.span,), values, places, one
    )


def article_values(record: ArticleRecord) -> Iterator[tuple[str, Scalar | None]]:
    """Yield the fields of the article itself by path; of the text its hash."""
    article = record.article
    yield "title", article.title
    yield "url", article.url
    yield "site", article.site
    yield "byline", article.byline
    yield "published", article.published
    yield "language", article.language
    yield "text", article.text_sha256

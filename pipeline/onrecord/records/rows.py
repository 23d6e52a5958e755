"""The flat claim table: one row a claim, nothing to join."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypedDict

if TYPE_CHECKING:
    from onrecord.records.contract import ArticleRecord, Claim, DateExpression, Figure, Place


class ClaimRow(TypedDict):
    """One row of the flat claim table, in the contract's column order."""

    article_id: str
    url: str | None
    title: str | None
    site: str | None
    published: str | None
    claim_id: str
    quotation: str
    speech_act: str
    source_name: str | None
    source_type: str | None
    source_roles: list[str]
    source_text: str | None
    cue: str | None
    content: str
    polarity: str
    hedge: str | None
    target_name: str | None
    medium: str | None
    said_earliest: str | None
    said_latest: str | None
    figures: list[str]
    places: list[str]
    dates: list[str]
    start: int
    end: int
    confidence: float
    source_external_id: str | None
    target_external_id: str | None
    place_external_ids: list[str]


ROW_FIELDS: tuple[str, ...] = tuple(ClaimRow.__annotations__)


def to_rows(record: ArticleRecord) -> list[dict[str, Any]]:
    """Return a row for every claim of the record.

    Interrupted contents are joined by " … "; figures, places and dates are given as the text has
    them (places by name); `start` and `end` enclose source, cue and content. `place_external_ids` are
    those of the places that have one.
    """
    return [dict(_row(record, claim)) for claim in record.claims]


def _row(record: ArticleRecord, claim: Claim) -> ClaimRow:
    article = record.article
    source = record.source_of(claim)
    target = record[claim.target.actor] if claim.target and claim.target.actor else None
    said: DateExpression | None = record[claim.said] if claim.said else None  # type: ignore[assignment]
    figures: list[Figure] = [record[i] for i in claim.figures]  # type: ignore[misc]
    places: list[Place] = [record[i] for i in claim.places]  # type: ignore[misc]
    dates: list[DateExpression] = [record[i] for i in claim.dates]  # type: ignore[misc]
    parts = [s for s in (*claim.content, claim.cue, claim.source.span) if s]
    return {
        "article_id": article.id,
        "url": article.url,
        "title": article.title,
        "site": article.site,
        "published": article.published,
        "claim_id": claim.id,
        "quotation": claim.quotation,
        "speech_act": claim.speech_act,
        "source_name": source.name if source else None,
        "source_type": source.type if source else None,
        "source_roles": list(source.roles) if source else [],
        "source_text": claim.source.span.text if claim.source.span else None,
        "cue": claim.cue.text if claim.cue else None,
        "content": " … ".join(span.text for span in claim.content),
        "polarity": claim.polarity,
        "hedge": claim.hedge,
        "target_name": getattr(target, "name", None),
        "medium": claim.medium,
        "said_earliest": said.earliest if said else None,
        "said_latest": said.latest if said else None,
        "figures": [figure.text for figure in figures],
        "places": [place.name for place in places],
        "dates": [date.text for date in dates],
        "start": min(s.start for s in parts),
        "end": max(s.end for s in parts),
        "confidence": claim.confidence,
        "source_external_id": source.external_id if source else None,
        "target_external_id": getattr(target, "external_id", None),
        "place_external_ids": [place.external_id for place in places if place.external_id is not None],
    }

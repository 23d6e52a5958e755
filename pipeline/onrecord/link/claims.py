"""Claims of a record: sources and targets resolved, and what stands inside each content."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

from spacy.tokens import Doc

from onrecord.annotate.annotations import ActorAnnotation, ClaimAnnotation, NonResponseAnnotation, Offsets
from onrecord.link.items import span_of
from onrecord.link.sources import ActorIndex
from onrecord.parse.texts import text_of
from onrecord.records import Claim, Cue, NonResponse, Source, Target


class Inside:
    """Which items of one kind stand inside a stretch of text; items may have several spans."""

    def __init__(self, spans: Iterable[tuple[int, int, str]]) -> None:
        self._spans = sorted(spans)
        self._starts = [start for start, _, _ in self._spans]
        self._longest = max((end - start for start, end, _ in self._spans), default=0)

    def of(self, content: tuple[Offsets, ...]) -> tuple[str, ...]:
        """Return the ids of the items that overlap the content, in the order of their numbers."""
        found = set()
        for start, end in content:
            first = bisect_left(self._starts, start - self._longest)
            for low, high, identifier in self._spans[first : bisect_left(self._starts, end)]:
                if high > start and low < end:
                    found.add(identifier)
        return tuple(sorted(found, key=lambda identifier: int(identifier[1:])))


def link_claims(
    doc: Doc,
    annotations: list[ClaimAnnotation],
    sources: list[ActorAnnotation | None],
    index: ActorIndex,
    actor_ids: dict[int, str],
    insides: tuple[Inside, Inside, Inside, Inside],
    date_ids: dict[int, str],
    targets: list[tuple[int | None, int | None]],
    min_confidence: float,
) -> tuple[Claim, ...]:
    """Return the claims in text order; `insides` are those of actors, places, dates and figures."""
    text = text_of(doc)
    kept = [n for n, one in enumerate(annotations) if one.confidence >= min_confidence]
    kept.sort(key=lambda n: (_start(annotations[n]), n))
    ids = {number: f"c{position}" for position, number in enumerate(kept, 1)}
    claims = []
    for number in kept:
        one = annotations[number]
        mention = sources[number]
        aimed_actor, aimed_claim = targets[number]
        target = Target(
            actor=actor_ids.get(aimed_actor) if aimed_actor is not None else None,
            claim=ids.get(aimed_claim) if aimed_claim is not None else None,
        )
        claims.append(
            Claim(
                id=ids[number],
                quotation=one.quotation,
                speech_act=one.speech_act,
                source=Source(
                    actor=actor_ids.get(mention.actor.key) if mention else None,
                    span=span_of(text, *one.source) if one.source else None,
                ),
                cue=Cue(start=one.cue[0], end=one.cue[1], text=text[slice(*one.cue)], lemma=one.lemma or "")
                if one.cue
                else None,
                content=tuple(span_of(text, *piece) for piece in one.content),
                polarity=one.polarity,
                hedge=text[slice(*one.hedge)] if one.hedge else None,
                target=target if target.actor or target.claim else None,
                medium=text[slice(*one.medium)] if one.medium else None,
                said=date_ids.get(one.said[0]) if one.said else None,
                co_sources=tuple(_co_sources(text, one, index, actor_ids)),
                parent=ids.get(one.parent) if one.parent is not None else None,
                actors=insides[0].of(one.content),
                places=insides[1].of(one.content),
                dates=insides[2].of(one.content),
                figures=insides[3].of(one.content),
                confidence=one.confidence,
            )
        )
    return tuple(claims)


def _co_sources(
    text: str, claim: ClaimAnnotation, index: ActorIndex, actor_ids: dict[int, str]
) -> Iterable[Source]:
    for words in claim.co_sources:
        mention = index.of(words)
        yield Source(actor=actor_ids.get(mention.actor.key) if mention else None, span=span_of(text, *words))


def link_non_responses(
    doc: Doc, annotations: list[NonResponseAnnotation], index: ActorIndex, actor_ids: dict[int, str]
) -> tuple[NonResponse, ...]:
    """Return who would not say."""
    text = text_of(doc)
    found = []
    for one in annotations:
        mention = index.of(one.source) if one.source else None
        found.append(
            NonResponse(
                actor=actor_ids.get(mention.actor.key) if mention else None,
                span=span_of(text, one.start, one.end),
                kind=one.kind,
                topic=text[slice(*one.topic)] if one.topic else None,
            )
        )
    return tuple(found)


def _start(claim: ClaimAnnotation) -> int:
    starts = [start for start, _ in claim.content]
    starts += [span[0] for span in (claim.cue, claim.source) if span]
    return min(starts)

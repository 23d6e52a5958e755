"""Figures of a record: who did what is counted, where and when, as far as the sentence says so."""

from __future__ import annotations

from spacy.tokens import Doc, Span, Token

from onrecord.annotate.annotations import FIGURES, FigureAnnotation
from onrecord.link.sources import ActorIndex
from onrecord.parse.texts import text_of
from onrecord.records import DateExpression, Figure, Place

_DOERS = ("nsubj", "agent")
_CLIMB = 5


def link_figures(
    doc: Doc,
    index: ActorIndex,
    actor_ids: dict[int, str],
    places: tuple[Place, ...],
    dates: tuple[DateExpression, ...],
) -> tuple[Figure, ...]:
    """Return the figures of a Doc with `by`, `at` and `when` as ids."""
    spans = list(doc.spans[FIGURES]) if FIGURES in doc.spans else []
    place_at = {
        mention.start: place.id for place in places for mention in place.mentions if not mention.in_name
    }
    date_at = {date.start: date.id for date in dates if date.type in ("DATE", "TIME")}
    figures = []
    text = text_of(doc)
    parsed = doc.has_annotation("DEP")
    for number, span in enumerate(spans, 1):
        one: FigureAnnotation = span._.onrecord_figure
        by, at, when = (
            _circumstances(doc, span, one, index, place_at, date_at) if parsed else (None, None, None)
        )
        figures.append(
            Figure(
                id=f"f{number}",
                start=one.start,
                end=one.end,
                text=text[one.start : one.end],
                value=one.value,
                low=one.low,
                high=one.high,
                modifier=one.modifier,
                unit=one.unit,
                counted=one.counted,
                measure=one.measure,
                by=actor_ids.get(by) if by is not None else None,
                at=at,
                when=when,
            )
        )
    return tuple(figures)


def _circumstances(
    doc: Doc,
    span: Span,
    one: FigureAnnotation,
    index: ActorIndex,
    place_at: dict[int, str],
    date_at: dict[int, str],
) -> tuple[int | None, str | None, str | None]:
    predicate = _token_at(doc, one.predicate) if one.predicate is not None else _verb_above(span.root)
    counted = _token_at(doc, one.counted_head) if one.counted_head is not None else None
    anchors = [token for token in (counted, span.root, predicate) if token is not None]
    at = _hanging(span, anchors, place_at)
    when = _hanging(span, anchors, date_at)
    return _doer(predicate, counted, span, index), at, when


def _doer(predicate: Token | None, counted: Token | None, figure: Span, index: ActorIndex) -> int | None:
    """The actor behind a predicate: subject of an active verb, agent of a passive one."""
    if predicate is None:
        return None
    for c in predicate.children:
        head = next((g for g in c.children if g.dep_ == "pobj"), None) if c.dep_ == "agent" else c
        if c.dep_ not in _DOERS or head is None or head is counted or figure.start <= head.i < figure.end:
            continue
        mention = index.of((head.idx, head.idx + len(head)))
        if mention is not None:
            return mention.actor.key
    return None


def _hanging(figure: Span, anchors: list[Token], known: dict[int, str]) -> str | None:
    """The nearest known expression of the sentence that hangs, by prepositions, on one of the anchors."""
    sentence = figure.sent
    best: tuple[int, str] | None = None
    for token in sentence:
        identifier = known.get(token.idx)
        if identifier is None or figure.start <= token.i < figure.end:
            continue
        if any(_hangs_on(token, anchor) for anchor in anchors):
            distance = abs(token.i - figure.start)
            if best is None or distance < best[0]:
                best = distance, identifier
    return best[1] if best else None


def _hangs_on(token: Token, anchor: Token) -> bool:
    for _ in range(_CLIMB):
        if token.i == anchor.i:
            return True
        if token.dep_ in ("ROOT", "nsubj", "nsubjpass", "dobj", "ccomp", "relcl", "conj", "advcl", "poss"):
            return False
        token = token.head
    return False


def _verb_above(token: Token) -> Token | None:
    for _ in range(_CLIMB):
        if token.pos_ in ("VERB", "AUX"):
            return token
        if token.head is token:
            return None
        token = token.head
    return None


def _token_at(doc: Doc, offset: int) -> Token | None:
    span = doc.char_span(offset, offset + 1, alignment_mode="expand")
    return span[0] if span is not None and len(span) else None

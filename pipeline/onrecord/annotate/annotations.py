"""What annotators say and linking reads: frozen dataclasses on spans of the Doc.

An annotator puts token spans into `doc.spans[KEY]` and its finding on each span as an extension
attribute: `doc.spans["onrecord_dates"][0]._.onrecord_date` is a `DateAnnotation`. Offsets in the
annotations are code points into `doc.text` and exact; the token span may be wider, since a token
("US$5bn") can hold more than the annotation. One layer never annotates the same token span twice.

Annotations survive `Doc.to_bytes` (and with it `nlp.pipe(n_process=2)`): they are registered
with srsly's msgpack.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, Literal, TypeVar

import srsly
from spacy.tokens import Doc, Span

from onrecord.records.vocabulary import (
    ActorType,
    MentionKind,
    Modifier,
    PlaceKind,
    Polarity,
    Quotation,
    SpeechAct,
    TimexType,
)

Offsets = tuple[int, int]
"""Half-open code-point offsets into the text of the Doc."""


@dataclass(frozen=True, slots=True)
class DateAnnotation:
    """A TIMEX3 expression. `anchor` and `range_end` point to another one by its start offset."""

    start: int
    end: int
    type: TimexType
    timex: str
    mod: str | None = None
    earliest: str | None = None
    latest: str | None = None
    anchor: Literal["publication", "absolute"] | int | None = None
    range_end: int | None = None


@dataclass(frozen=True, slots=True)
class FigureAnnotation:
    """A number with its modifier and unit, and what it counts.

    `counted` is the head noun phrase; `counted_head` the offset of its head word; `predicate` the
    offset of the word that says what happened to it; `measure` counted and predicate in lemmas.
    """

    start: int
    end: int
    value: float | None
    low: float | None
    high: float | None
    modifier: Modifier
    unit: str | None = None
    counted: str | None = None
    counted_head: int | None = None
    predicate: int | None = None
    measure: str | None = None


@dataclass(frozen=True, slots=True)
class PlaceEntity:
    """A place of the article; `key` numbers places within the Doc, `within` is such a key."""

    key: int
    name: str
    kind: PlaceKind
    country: str | None = None
    admin1: str | None = None
    geonames_id: int | None = None
    lat: float | None = None
    lon: float | None = None
    within: int | None = None
    external_id: str | None = None


@dataclass(frozen=True, slots=True)
class PlaceAnnotation:
    """A mention of a place: a toponym, or words that refer to the place without naming it."""

    start: int
    end: int
    place: PlaceEntity
    in_name: bool = False
    kind: MentionKind = "name"


@dataclass(frozen=True, slots=True)
class ActorEntity:
    """An actor of the article; affiliations are keys of actors, `places` keys of places."""

    key: int
    name: str
    type: ActorType
    roles: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    affiliations: tuple[int, ...] = ()
    places: tuple[int, ...] = ()
    external_id: str | None = None


@dataclass(frozen=True, slots=True)
class ActorAnnotation:
    """A mention of an actor; `head` is the offset of its head word."""

    start: int
    end: int
    kind: MentionKind
    head: int
    actor: ActorEntity


@dataclass(frozen=True, slots=True)
class ClaimAnnotation:
    """A claim, before its source is resolved. All fields of type Offsets are places in the text.

    `speaker` is the mention to resolve the source by where it differs from `source` or where no
    words name one (a quotation that goes on with the speaker of the one before). `parent` is the
    number, in text order of the annotations, of the claim that this one is reported inside.
    """

    content: tuple[Offsets, ...]
    quotation: Quotation
    speech_act: SpeechAct
    source: Offsets | None = None
    co_sources: tuple[Offsets, ...] = ()
    speaker: Offsets | None = None
    cue: Offsets | None = None
    lemma: str | None = None
    polarity: Polarity = "positive"
    hedge: Offsets | None = None
    target: Offsets | None = None
    medium: Offsets | None = None
    said: Offsets | None = None
    parent: int | None = None
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class NonResponseAnnotation:
    """Someone who would not say ("declined to comment")."""

    start: int
    end: int
    kind: Literal["declined", "unreachable", "no_reply"]
    source: Offsets | None = None
    topic: Offsets | None = None


Annotation = (
    DateAnnotation
    | FigureAnnotation
    | PlaceAnnotation
    | ActorAnnotation
    | ClaimAnnotation
    | NonResponseAnnotation
)
A = TypeVar("A", bound=Annotation)

DATES = "onrecord_dates"
FIGURES = "onrecord_figures"
PLACES = "onrecord_places"
ACTORS = "onrecord_actors"
CLAIMS = "onrecord_claims"
NON_RESPONSES = "onrecord_non_responses"

_ATTRIBUTE = {
    DATES: "onrecord_date",
    FIGURES: "onrecord_figure",
    PLACES: "onrecord_place",
    ACTORS: "onrecord_actor",
    CLAIMS: "onrecord_claim",
    NON_RESPONSES: "onrecord_non_response",
}


def register_extensions() -> None:
    """Register the extension attributes with spaCy; safe to call again.

    `doc._.onrecord_published` (ISO date or datetime, or None) and `doc._.onrecord_site` are what
    the caller knows of the article; dates and places are resolved with their help.
    """
    for attribute in _ATTRIBUTE.values():
        if not Span.has_extension(attribute):
            Span.set_extension(attribute, default=None)
    for attribute in ("onrecord_published", "onrecord_site"):
        if not Doc.has_extension(attribute):
            Doc.set_extension(attribute, default=None)


def annotate(doc: Doc, key: str, label: str, found: Iterable[tuple[Offsets, Annotation]]) -> None:
    """Write annotations, in text order, into `doc.spans[key]`, each on the tokens of its offsets.

    The offsets say which tokens carry the annotation. Where two annotations would fall on the same
    tokens the first wins.
    """
    attribute = _ATTRIBUTE[key]
    spans: list[Span] = []
    taken: set[Offsets] = set()
    for (start, end), annotation in sorted(found, key=lambda one: one[0]):
        span = doc.char_span(start, end, label=label, alignment_mode="expand")
        if span is None or (span.start, span.end) in taken:
            continue
        taken.add((span.start, span.end))
        span._.set(attribute, annotation)
        spans.append(span)
    doc.spans[key] = spans


def annotations_on(doc: Doc, key: str, kind: type[A]) -> list[A]:
    """Return what an annotator wrote, in text order; an empty list where it did not run."""
    attribute = _ATTRIBUTE[key]
    if key not in doc.spans:
        return []
    found = (span._.get(attribute) for span in doc.spans[key])
    return [one for one in found if isinstance(one, kind)]


# ------------------------------------------------------------------ serialisation

_CLASSES: dict[str, type[Any]] = {
    cls.__name__: cls
    for cls in (
        DateAnnotation,
        FigureAnnotation,
        PlaceEntity,
        PlaceAnnotation,
        ActorEntity,
        ActorAnnotation,
        ClaimAnnotation,
        NonResponseAnnotation,
    )
}
_MARK = "__onrecord__"


def _encode(value: Any, chain: Callable[[Any], Any] | None = None) -> Any:
    if is_dataclass(value) and type(value).__name__ in _CLASSES:
        return {_MARK: type(value).__name__, **{f.name: getattr(value, f.name) for f in fields(value)}}
    return value if chain is None else chain(value)


def _decode(value: Any, chain: Callable[[Any], Any] | None = None) -> Any:
    if isinstance(value, dict) and value.get(_MARK) in _CLASSES:
        cls = _CLASSES[value[_MARK]]
        return cls(**{name: _tuples(item) for name, item in value.items() if name != _MARK})
    return value if chain is None else chain(value)


def _tuples(value: Any) -> Any:
    """Undo msgpack's habit of turning tuples into lists; annotations hold no lists."""
    return tuple(_tuples(item) for item in value) if isinstance(value, list) else value


srsly.msgpack_encoders("onrecord", func=_encode)
srsly.msgpack_decoders("onrecord", func=_decode)

"""The record contract as pydantic models: one `ArticleRecord` for one article.

Terms are the field's own: source, cue and content as in the attribution corpora PARC 3.0 and
PolNeAR, TIMEX3 values for dates, ISO 3166-1 alpha-2 for countries, GeoNames ids for places.
Every span holds code-point offsets, half open, into `article.text`, and its text is exactly
`article.text[start:end]`; a record whose spans do not slice exactly cannot be made.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cached_property
from importlib.metadata import entry_points
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from onrecord.records.vocabulary import (
    ActorType,
    MentionKind,
    Modifier,
    NonResponseKind,
    PlaceKind,
    Polarity,
    Quotation,
    SpeechAct,
    Stance,
    TimexType,
)

SCHEMA_VERSION = "1"


class Model(BaseModel):
    """Base of all contract models: immutable, and strict about names."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Span(Model):
    """A stretch of the article's text."""

    start: int = Field(ge=0, description="offset of the first code point")
    end: int = Field(description="offset after the last code point")
    text: str = Field(description="article.text[start:end]")


class Article(Model):
    """What was read."""

    id: str = Field(description="given, else a hash of the URL or the text")
    url: str | None = None
    title: str | None = None
    site: str | None = None
    byline: tuple[str, ...] = ()
    published: str | None = Field(None, description="ISO date or datetime; null if unknown")
    language: str = "en"
    text: str
    text_sha256: str = Field(description="SHA-256 of the text as UTF-8, hexadecimal")

    @classmethod
    def of(cls, text: str, **fields: Any) -> Self:
        """Make an article from its text and other fields; the hash, and the id if none is given, follow."""
        digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
        if not fields.get("id"):
            url = fields.get("url")
            fields["id"] = (
                hashlib.sha256(url.encode("utf-8", "surrogatepass")).hexdigest()[:16] if url else digest[:16]
            )
        return cls(text=text, text_sha256=digest, **fields)

    @model_validator(mode="after")
    def _is_unicode(self) -> Self:
        # Half a surrogate pair is no character: Python holds it, but no file of records can.
        for words in (self.id, self.url, self.title, self.site, *self.byline, self.published, self.text):
            (words or "").encode()
        return self


class ActorMention(Span):
    """One place in the text where an actor is mentioned."""

    kind: MentionKind


class Actor(Model):
    """A person or body that says, does or suffers something."""

    id: str
    name: str = Field(description="the fullest name that the article gives")
    type: ActorType
    roles: tuple[str, ...] = ()
    affiliations: tuple[str, ...] = Field((), description="ids of actors or places")
    aliases: tuple[str, ...] = ()
    external_id: str | None = Field(None, description="id that the user's own file of actors gives")
    mentions: tuple[ActorMention, ...]


class PlaceMention(Span):
    """One place in the text where a place is named or, where all mentions are asked for, meant."""

    in_name: bool = Field(False, description="stands inside the name of a body (Bank of Kenya)")
    kind: MentionKind = Field("name", description="only where all mentions are asked for another than a name")


class Place(Model):
    """A toponym, resolved as far as the text and the gazetteer allow."""

    id: str
    name: str
    kind: PlaceKind
    country: str | None = Field(None, pattern="^[A-Z]{2}$", description="ISO 3166-1 alpha-2")
    admin1: str | None = None
    geonames_id: int | None = None
    external_id: str | None = Field(None, description="id that the user's own gazetteer gives")
    lat: float | None = Field(None, ge=-90, le=90)
    lon: float | None = Field(None, ge=-180, le=180)
    within: str | None = Field(None, description="id of the place of this article that contains it")
    mentions: tuple[PlaceMention, ...]


class DateExpression(Span):
    """An expression of time, as TIMEX3 and as a calendar interval."""

    id: str
    type: TimexType
    timex: str = Field(description="TIMEX3 value")
    mod: str | None = Field(None, description="TIMEX3 mod: START, MID, END, APPROX, …")
    earliest: str | None = Field(None, description="ISO date, inclusive")
    latest: str | None = Field(None, description="ISO date, inclusive")
    anchor: str | None = Field(None, description="`publication`, `absolute`, or the id of an expression")
    range_end: str | None = Field(None, description="id of the second half of a range")


class Figure(Span):
    """A number that the article states about the world."""

    id: str
    value: float | None = None
    low: float | None = None
    high: float | None = None
    modifier: Modifier
    unit: str | None = None
    counted: str | None = None
    measure: str | None = None
    by: str | None = None
    at: str | None = None
    when: str | None = None


class Cue(Span):
    """The words that link a source to what it says."""

    lemma: str


class Source(Model):
    """Who is on record: the words that name it, and the actor that they mean."""

    actor: str | None = None
    span: Span | None = None


class Target(Model):
    """Whom and which claim a denial, dismissal or accusation is aimed at."""

    actor: str | None = None
    claim: str | None = None


class Claim(Model):
    """Someone on record for something."""

    id: str
    quotation: Quotation
    speech_act: SpeechAct
    source: Source
    cue: Cue | None = None
    content: tuple[Span, ...] = Field(min_length=1)
    polarity: Polarity = "positive"
    hedge: str | None = None
    target: Target | None = None
    medium: str | None = None
    said: str | None = None
    co_sources: tuple[Source, ...] = ()
    parent: str | None = None
    actors: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    confidence: float = Field(1.0, ge=0, le=1)


class DisputeSide(Model):
    """The claims that take one stance in a dispute."""

    stance: Stance
    claims: tuple[str, ...]


class Dispute(Model):
    """Claims of one article on one matter that contradict one another."""

    id: str
    matter: str
    sides: tuple[DisputeSide, ...]


class NonResponse(Model):
    """Who would not say."""

    actor: str | None
    span: Span
    kind: NonResponseKind
    topic: str | None = None


Item = Actor | Place | DateExpression | Figure | Claim


class ArticleRecord(Model):
    """All that one article puts on record.

    Every id of the record resolves through it: `record["a3"]`, `record["c1"]`.
    """

    schema_version: str = SCHEMA_VERSION
    article: Article
    actors: tuple[Actor, ...] = ()
    places: tuple[Place, ...] = ()
    dates: tuple[DateExpression, ...] = ()
    figures: tuple[Figure, ...] = ()
    claims: tuple[Claim, ...] = ()
    disputes: tuple[Dispute, ...] = ()
    non_responses: tuple[NonResponse, ...] = ()
    provenance: dict[str, Any] = Field(default_factory=dict)

    @cached_property
    def _items(self) -> dict[str, Item]:
        groups: tuple[tuple[Item, ...], ...] = (
            self.actors,
            self.places,
            self.dates,
            self.figures,
            self.claims,
        )
        return {item.id: item for group in groups for item in group}

    def __getitem__(self, identifier: str) -> Item:
        """Return the item with that id; raise KeyError for an id that the record does not have."""
        return self._items[identifier]

    def __contains__(self, identifier: object) -> bool:
        return identifier in self._items

    def source_of(self, claim: Claim) -> Actor | None:
        """Return the actor on record for a claim, or None where the text names none."""
        actor = self._items.get(claim.source.actor) if claim.source.actor else None
        return actor if isinstance(actor, Actor) else None

    def to_rows(self) -> list[dict[str, Any]]:
        """Return the flat claim table: one dict a claim, nothing to join."""
        from onrecord.records.rows import to_rows  # noqa: PLC0415  rows are made of records

        return to_rows(self)

    def _repr_html_(self) -> str | None:
        """Return the record as notebooks show it: by the entry point `html` of `onrecord.renderers`."""
        for renderer in entry_points(group="onrecord.renderers", name="html"):
            return str(renderer.load()(self))
        return None

    def spans(self) -> Iterator[Span]:
        """Yield every span of the record."""
        for actor in self.actors:
            yield from actor.mentions
        for place in self.places:
            yield from place.mentions
        yield from self.dates
        yield from self.figures
        for claim in self.claims:
            yield from claim.content
            for source in (claim.source, *claim.co_sources):
                if source.span:
                    yield source.span
            if claim.cue:
                yield claim.cue
        for silence in self.non_responses:
            yield silence.span

    @model_validator(mode="after")
    def _spans_slice_exactly(self) -> Self:
        text = self.article.text
        for span in self.spans():
            if not span.start < span.end or text[span.start : span.end] != span.text:
                raise ValueError(
                    f"article {self.article.id!r}: span {span.start}-{span.end} is not {span.text!r}"
                )
        return self

    @model_validator(mode="after")
    def _ids_resolve(self) -> Self:
        known = self._items
        if len(known) != sum(
            len(g) for g in (self.actors, self.places, self.dates, self.figures, self.claims)
        ):
            raise ValueError(f"article {self.article.id!r}: an id stands twice")
        for referrer, identifier in self._references():
            if identifier is not None and identifier not in known:
                raise ValueError(
                    f"article {self.article.id!r}: {referrer} refers to {identifier!r}, which is not there"
                )
        return self

    def _references(self) -> Iterator[tuple[str, str | None]]:
        for actor in self.actors:
            yield from ((actor.id, other) for other in actor.affiliations)
        for place in self.places:
            yield place.id, place.within
        for date in self.dates:
            yield date.id, date.range_end
            if date.anchor not in ("publication", "absolute"):
                yield date.id, date.anchor
        for figure in self.figures:
            yield from ((figure.id, other) for other in (figure.by, figure.at, figure.when))
        for claim in self.claims:
            for source in (claim.source, *claim.co_sources):
                yield claim.id, source.actor
            if claim.target:
                yield claim.id, claim.target.actor
                yield claim.id, claim.target.claim
            yield claim.id, claim.said
            yield claim.id, claim.parent
            for group in (claim.actors, claim.places, claim.dates, claim.figures):
                yield from ((claim.id, other) for other in group)
        for dispute in self.disputes:
            for side in dispute.sides:
                yield from ((dispute.id, other) for other in side.claims)
        for silence in self.non_responses:
            yield "non_response", silence.actor


class Failure(Model):
    """An input that did not become a record, and why. The rest of its batch goes on.

    `code` is stable and meant for programs (`empty`, `binary`, `not_english`, `truncated`,
    `too_large`, `unreadable`, `fetch_failed`, …); `reason` is for people; `input` is the file or
    URL as it was named, with the line where the input is a line of a file.
    """

    code: str
    input: str
    reason: str
    line: int | None = None
    article_id: str | None = None

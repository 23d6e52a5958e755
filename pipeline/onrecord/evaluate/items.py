"""Records as the evaluation reads them: gold or predicted, by any system.

Predictions are read leniently, so that systems which fill only part of the contract can be
compared: what is missing or null counts as not said. Gold items have two fields of their own:
`optional` marks what is neither wanted nor punished, `accept` lists further right values.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from onrecord.errors import InvalidRecordError

KINDS = ("actors", "places", "dates", "figures", "claims")
GOLD_ONLY = ("optional", "accept")


class Lenient(BaseModel):
    """Base of the models: null is as good as missing, and fields that nobody scores may be there."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    @model_validator(mode="before")
    @classmethod
    def _null_is_missing(cls, data: Any) -> Any:
        if isinstance(data, Mapping):
            return {name: value for name, value in data.items() if value is not None}
        return data


class Accept(Lenient):
    """Further right values of the fields of a gold item, and where it is lenient altogether.

    `loose` names fields that may be given or not ("medium", "said", …), or "none": the claim may
    stand without a source. `target: "optional"` lets a target be given or not. `source` and
    `target_actor` are ids of actors; `km` is a distance for large places.
    """

    speech_act: tuple[str, ...] = ()
    quotation: tuple[str, ...] = ()
    polarity: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    target: Literal["optional"] | None = None
    target_actor: tuple[str, ...] = ()
    loose: tuple[str, ...] = ()
    name: tuple[str, ...] = ()
    type: tuple[str | None, ...] = ()
    roles: tuple[str, ...] = ()
    country: tuple[str | None, ...] = ()
    km: tuple[float, ...] = ()
    timex: tuple[str | None, ...] = ()
    interval: tuple[tuple[str | None, str | None], ...] = ()
    modifier: tuple[str | None, ...] = ()
    number: tuple[tuple[float | None, float | None, float | None], ...] = ()
    unit: tuple[str | None, ...] = ()
    counted: tuple[str | None, ...] = ()


class ScoredSpan(Lenient):
    """A stretch of the article's text; without offsets it is looked up by its text."""

    start: int | None = None
    end: int | None = None
    text: str | None = None


class Item(Lenient):
    """What all items have."""

    id: str | None = None
    optional: bool = False
    accept: Accept = Accept()


class ScoredActor(Item):
    """An actor, by its names."""

    name: str | None = None
    type: str | None = None
    roles: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """All names by which it can be recognised, the fullest first."""
        return tuple(name for name in (self.name, *self.aliases, *self.accept.name) if name)


class ScoredPlace(Item):
    """A place, by its name and mentions."""

    name: str | None = None
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    mentions: tuple[ScoredSpan, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """All names by which it can be recognised."""
        mentioned = (mention.text for mention in self.mentions)
        return tuple(name for name in (self.name, *self.accept.name, *mentioned) if name)


class ScoredDate(Item, ScoredSpan):
    """A date expression."""

    type: str | None = None
    timex: str | None = None
    earliest: str | None = None
    latest: str | None = None


class ScoredFigure(Item, ScoredSpan):
    """A number that the article states."""

    value: float | None = None
    low: float | None = None
    high: float | None = None
    modifier: str | None = None
    unit: str | None = None
    counted: str | None = None


class ScoredSource(Lenient):
    """Who is on record: the id of an actor."""

    actor: str | None = None


class ScoredTarget(Lenient):
    """Whom or which claim a claim is aimed at: ids."""

    actor: str | None = None
    claim: str | None = None

    def __bool__(self) -> bool:
        return bool(self.actor or self.claim)


class ScoredClaim(Item):
    """A claim."""

    quotation: str | None = None
    speech_act: str | None = None
    source: ScoredSource = ScoredSource()
    cue: ScoredSpan | None = None
    content: tuple[ScoredSpan, ...] = ()
    polarity: str | None = None
    hedge: str | None = None
    target: ScoredTarget = ScoredTarget()
    medium: str | None = None
    said: str | None = None
    co_sources: tuple[ScoredSource, ...] = ()
    parent: str | None = None

    @property
    def text(self) -> str:
        """The content in one line."""
        return " … ".join(" ".join(span.text.split()) for span in self.content if span.text)


class ScoredArticle(Lenient):
    """What the article is recognised by."""

    id: str | None = None
    text: str = ""


class ScoredRecord(Lenient):
    """One article's record."""

    article: ScoredArticle
    actors: tuple[ScoredActor, ...] = ()
    places: tuple[ScoredPlace, ...] = ()
    dates: tuple[ScoredDate, ...] = ()
    figures: tuple[ScoredFigure, ...] = ()
    claims: tuple[ScoredClaim, ...] = ()

    @classmethod
    def gold(cls, data: Mapping[str, Any]) -> Self:
        """Read a gold record from its JSON object; raise InvalidRecordError where that cannot be done."""
        return cls._parse(data, "gold record")

    @classmethod
    def predicted(cls, data: Mapping[str, Any]) -> Self:
        """Read a prediction. It cannot say for itself what is optional or what else is right."""
        own = {
            kind: [_without_gold_fields(item) for item in data[kind]]
            for kind in KINDS
            if isinstance(data.get(kind), list | tuple)
        }
        return cls._parse({**data, **own}, "predicted record")

    @classmethod
    def _parse(cls, data: Mapping[str, Any], what: str) -> Self:
        try:
            return cls.model_validate(data)
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(map(str, first["loc"]))
            article = data.get("article")
            name = article.get("id") if isinstance(article, Mapping) else None
            raise InvalidRecordError(f"{what} {name!r}: {where}: {first['msg']}") from error


def _without_gold_fields(item: Any) -> Any:
    if isinstance(item, Mapping):
        return {name: value for name, value in item.items() if name not in GOLD_ONLY}
    return item


def agrees(gold: Item, predicted: Item, field: str) -> bool:
    """Whether a prediction has the gold value of a field, or one that the gold accepts as well."""
    found = getattr(predicted, field)
    return found == getattr(gold, field) or found in getattr(gold.accept, field)

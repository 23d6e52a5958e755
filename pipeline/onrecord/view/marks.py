"""The text of an article cut at every boundary of a span, so that spans may nest and overlap."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from onrecord.records import Actor, ArticleRecord, DateExpression, Figure, Place, Span

MarkKind = Literal["actor", "source", "cue", "content", "figure", "date", "place"]
MarkedItem = Actor | Figure | DateExpression | Place


@dataclass(frozen=True, slots=True)
class Mark:
    """A span of the record with what it is; `claim` is the number of its claim, from 0."""

    kind: MarkKind
    start: int
    end: int
    claim: int | None = None
    item: MarkedItem | None = None


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of text that no mark begins or ends within.

    `opens` are the numbers of the claims whose content begins here.
    """

    start: int
    text: str
    marks: tuple[Mark, ...]
    opens: tuple[int, ...]


def marks_of(record: ArticleRecord) -> Iterator[Mark]:
    """Yield the marks of a record: the parts of its claims, its actors, figures, dates and places."""
    for number, claim in enumerate(record.claims):
        for source in (claim.source, *claim.co_sources):
            if source.span:
                yield _mark("source", source.span, number)
        if claim.cue:
            yield _mark("cue", claim.cue, number)
        for content in claim.content:
            yield _mark("content", content, number)
    for actor in record.actors:
        for actor_mention in actor.mentions:
            yield Mark("actor", actor_mention.start, actor_mention.end, item=actor)
    for figure in record.figures:
        yield Mark("figure", figure.start, figure.end, item=figure)
    for date in record.dates:
        yield Mark("date", date.start, date.end, item=date)
    for place in record.places:
        for mention in place.mentions:
            yield Mark("place", mention.start, mention.end, item=place)


def segments(record: ArticleRecord) -> list[Segment]:
    """Return the whole text of the article in segments, each with the marks that cover it."""
    text = record.article.text
    marks = list(marks_of(record))
    begins: dict[int, list[int]] = defaultdict(list)
    ends: dict[int, list[int]] = defaultdict(list)
    for number, mark in enumerate(marks):
        begins[mark.start].append(number)
        ends[mark.end].append(number)
    opens: dict[int, list[int]] = defaultdict(list)
    for number, claim in enumerate(record.claims):
        opens[claim.content[0].start].append(number)
    cuts = sorted({0, len(text), *begins, *ends})
    active: dict[int, Mark] = {}
    found: list[Segment] = []
    for start, end in pairwise(cuts):
        for number in ends.get(start, ()):
            active.pop(number, None)
        active.update((number, marks[number]) for number in begins.get(start, ()))
        found.append(Segment(start, text[start:end], tuple(active.values()), tuple(opens.get(start, ()))))
    return found


def _mark(kind: MarkKind, span: Span, claim: int) -> Mark:
    return Mark(kind, span.start, span.end, claim)

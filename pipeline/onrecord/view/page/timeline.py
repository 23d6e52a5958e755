"""Dates of all articles of a page in calendar order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from onrecord.records import ArticleRecord
from onrecord.view.page.cards import Card
from onrecord.view.wording import title_of, word_interval


@dataclass(frozen=True, slots=True)
class Expression:
    """Words for a date, and the anchor of the place where they stand."""

    words: str
    anchor: str


@dataclass(slots=True)
class Moment:
    """A calendar interval: the words for it, the claims that speak of it, the articles published on it."""

    year: str
    interval: str
    expressions: list[Expression] = field(default_factory=list)
    cards: dict[str, Card] = field(default_factory=dict)
    published: list[Expression] = field(default_factory=list)


_Key = tuple[str, str, str]


def timeline(records: Sequence[ArticleRecord], cards: Sequence[Sequence[Card]]) -> list[Moment]:
    """Return the moments of some records, those that begin first before the others.

    Expressions without a calendar interval (durations, sets, vague ones) have no place on it.
    """
    moments: dict[_Key, Moment] = {}
    for number, (record, its_cards) in enumerate(zip(records, cards, strict=True), 1):
        of_date = _cards_of_dates(its_cards)
        if record.article.published:
            day = record.article.published[:10]
            moment = _moment(moments, day, day)
            moment.published.append(Expression(title_of(record.article), f"r{number}"))
        for at, date in enumerate(record.dates, 1):
            if date.earliest or date.latest:
                moment = _moment(moments, date.earliest, date.latest)
                moment.expressions.append(Expression(date.text, f"r{number}-d{at}"))
                moment.cards.update({card.anchor: card for card in of_date.get(date.id, ())})
    return [moments[key] for key in sorted(moments)]


def _moment(moments: dict[_Key, Moment], earliest: str | None, latest: str | None) -> Moment:
    interval = word_interval(earliest, latest) or ""
    begin = earliest or latest or ""
    # "From 1 May" and "1 May" begin on the same day, but are not the same.
    return moments.setdefault((begin, latest or begin, interval), Moment(begin[:4], interval))


def _cards_of_dates(cards: Sequence[Card]) -> Mapping[str, list[Card]]:
    of_date: dict[str, list[Card]] = {}
    for card in cards:
        for identifier in card.claim.dates:
            of_date.setdefault(identifier, []).append(card)
    return of_date

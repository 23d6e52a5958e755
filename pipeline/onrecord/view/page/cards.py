"""Claims as cards, and the sources that they share across articles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from onrecord.records import Actor, ArticleRecord, Claim
from onrecord.records.vocabulary import SpeechAct
from onrecord.view.wording import REPORTED_IN, ClaimWording, title_of, word_claim

ActGroup = Literal["asserts", "rejects", "charges", "commits", "holds"]

ACT_GROUPS: Mapping[SpeechAct, ActGroup] = {
    "statement": "asserts",
    "announcement": "asserts",
    "estimate": "asserts",
    "finding": "asserts",
    "confirmation": "asserts",
    "denial": "rejects",
    "dismissal": "rejects",
    "accusation": "charges",
    "warning": "charges",
    "commitment": "commits",
    "directive": "commits",
    "opinion": "holds",
    "question": "holds",
}
"""Speech acts by the colour that a page gives them; the word always stands beside it."""


@dataclass(frozen=True, slots=True)
class Link:
    """A claim that another points at: its anchor and its number in its article."""

    anchor: str
    number: int


@dataclass(frozen=True, slots=True)
class Card:
    """A claim as it is shown, and what filters ask it for."""

    anchor: str
    number: int
    claim: Claim
    wording: ClaimWording
    sources: tuple[int, ...]
    """The numbers of its source, and of those who say it together with it, on the page."""
    target: str | None
    """Whom it is aimed at."""
    target_claim: Link | None
    parent: Link | None
    article: str
    published: str | None

    @property
    def group(self) -> ActGroup:
        """The group of its speech act."""
        return ACT_GROUPS[self.claim.speech_act]

    @property
    def details(self) -> list[tuple[str, tuple[str, ...]]]:
        """Further fields with their values, but for those that a card shows as links."""
        return [detail for detail in self.wording.details if detail[0] != REPORTED_IN]

    @property
    def percent(self) -> int:
        """Its confidence in percent, rounded down: what is not certain never reads 100."""
        return int(self.claim.confidence * 100)


@dataclass(slots=True)
class PageSource:
    """A source with all its claims on the page, in the order of articles."""

    number: int
    name: str
    type: str | None
    roles: dict[str, None] = field(default_factory=dict)
    cards: list[Card] = field(default_factory=list)
    articles: set[int] = field(default_factory=set)


def cards_and_sources(records: Sequence[ArticleRecord]) -> tuple[list[list[Card]], list[PageSource]]:
    """Return the cards of each record, and the sources of all of them, in order of first mention."""
    sources: list[PageSource] = []
    numbers: dict[tuple[object, ...], int] = {}
    cards: list[list[Card]] = []
    for number, record in enumerate(records, 1):
        anchors = {claim.id: Link(f"r{number}-c{at}", at) for at, claim in enumerate(record.claims, 1)}
        cards.append([])
        for claim in record.claims:
            wording = word_claim(record, claim)
            saying: list[int] = []
            words = (wording.source, *(other for other, _ in wording.others))
            for source, its_words in zip((claim.source, *claim.co_sources), words, strict=True):
                actor = _actor(record, source.actor)
                key = _source_key(number, actor, its_words)
                if key not in numbers:
                    numbers[key] = len(sources)
                    name = actor.name if actor else its_words
                    sources.append(PageSource(len(sources), name, actor.type if actor else None))
                if numbers[key] not in saying:
                    saying.append(numbers[key])
                sources[numbers[key]].roles.update(dict.fromkeys(actor.roles if actor else ()))
            card = Card(
                anchor=anchors[claim.id].anchor,
                number=anchors[claim.id].number,
                claim=claim,
                wording=wording,
                sources=tuple(saying),
                target=_target(record, claim),
                target_claim=anchors[claim.target.claim] if claim.target and claim.target.claim else None,
                parent=anchors[claim.parent] if claim.parent else None,
                article=title_of(record.article),
                published=record.article.published,
            )
            cards[-1].append(card)
            for at in saying:
                sources[at].cards.append(card)
                sources[at].articles.add(number)
    return cards, sources


def _source_key(record: int, actor: Actor | None, words: str) -> tuple[object, ...]:
    if actor is None:
        return record, None, words.casefold()
    # Only a name means the same one in every article: "the army" and "an official" are others in each.
    if any(mention.kind == "name" for mention in actor.mentions):
        return None, actor.name.casefold()
    return record, actor.id


def _target(record: ArticleRecord, claim: Claim) -> str | None:
    actor = _actor(record, claim.target.actor) if claim.target else None
    return actor.name if actor else None


def _actor(record: ArticleRecord, identifier: str | None) -> Actor | None:
    actor = record[identifier] if identifier else None
    return actor if isinstance(actor, Actor) else None

"""Disputes: a claim beside those that deny or dismiss it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from onrecord.records import ArticleRecord
from onrecord.records.vocabulary import Stance
from onrecord.view.page.cards import Card
from onrecord.view.wording import title_of

_STANCES: tuple[Stance, ...] = ("asserts", "denies", "dismisses")


@dataclass(frozen=True, slots=True)
class PageDispute:
    """Claims of one article on one matter: `asserted` on one side, `against` on the other."""

    record: str
    """The anchor of the article."""
    article: str
    matter: str | None
    asserted: tuple[Card, ...]
    against: tuple[Card, ...]


def disputes_of(record: ArticleRecord, name: str, cards: Sequence[Card]) -> Iterator[PageDispute]:
    """Yield the record's own disputes, then claims that others are aimed at and no dispute tells of."""
    title = title_of(record.article)
    by_id = {card.claim.id: card for card in cards}
    told: set[tuple[str, str]] = set()
    for dispute in record.disputes:
        sides: Mapping[Stance, list[Card]] = {stance: [] for stance in _STANCES}
        for side in dispute.sides:
            sides[side.stance].extend(by_id[claim] for claim in side.claims)
        asserted = tuple(sides["asserts"])
        against = (*sides["denies"], *sides["dismisses"])
        told.update((other.claim.id, one.claim.id) for other in against for one in asserted)
        yield PageDispute(name, title, dispute.matter, asserted, against)
    aimed: dict[str, list[Card]] = {}
    for card in cards:
        target = card.claim.target
        if target and target.claim and (card.claim.id, target.claim) not in told:
            aimed.setdefault(target.claim, []).append(card)
    for identifier, against_it in aimed.items():
        yield PageDispute(name, title, None, (by_id[identifier],), tuple(against_it))

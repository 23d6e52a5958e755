"""Places and actors: found by name, and counted once an article."""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.evaluate.items import ScoredActor, ScoredPlace, ScoredRecord, agrees
from onrecord.evaluate.names import any_same_name, kilometres, same_place_name, same_role, words
from onrecord.evaluate.pairing import (
    Candidate,
    Comparison,
    Fault,
    Judgement,
    Pairing,
    faults_of,
    instead,
)

LIMIT_KM = 161.0
"""A hundred miles: the usual limit within which a toponym counts as resolved (accuracy@161km)."""


def compare_places(gold: ScoredRecord, predicted: ScoredRecord) -> Comparison:
    """Compare the places of one article by name; country and distance beside, where gold has them."""
    pairing = Pairing(gold.places, predicted.places, _place_candidates(gold, predicted))

    def offered_where(field: str) -> list[int]:
        partner = pairing.by_prediction
        return [
            p
            for p in pairing.offered
            if p not in partner or getattr(gold.places[partner[p]], field) is not None
        ]

    judgements = {
        "places": pairing.judge(lambda _g, _p: True),
        "place+country": Judgement(
            [g for g in pairing.wanted if gold.places[g].country is not None],
            offered_where("country"),
            pairing.right(lambda g, p: g.country is not None and agrees(g, p, "country")),
        ),
        "place+161km": Judgement(
            [g for g in pairing.wanted if gold.places[g].lat is not None],
            offered_where("lat"),
            pairing.right(_near),
        ),
    }
    return Comparison(judgements, faults_of("place", pairing, _show_place, _place_differences))


def _place_candidates(gold: ScoredRecord, predicted: ScoredRecord) -> Iterator[Candidate]:
    for g, one in enumerate(gold.places):
        for p, other in enumerate(predicted.places):
            if any(same_place_name(a, b) for a in one.names for b in other.names):
                yield (not agrees(one, other, "country"), not _near(one, other)), g, p


def _near(gold: ScoredPlace, predicted: ScoredPlace) -> bool:
    distance = _distance(gold, predicted)
    return distance is not None and distance <= max((LIMIT_KM, *gold.accept.km))


def _distance(one: ScoredPlace, other: ScoredPlace) -> float | None:
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return None
    return kilometres(one.lat, one.lon, other.lat, other.lon)


def _show_place(place: ScoredPlace, _of_gold: bool) -> str:
    where = f"{place.lat:.2f}, {place.lon:.2f}" if place.lat is not None and place.lon is not None else None
    parts = (place.id, f"“{place.name}”", place.country, f"({where})" if where else None)
    return " ".join(part for part in parts if part)


def _place_differences(gold: ScoredPlace, predicted: ScoredPlace) -> Iterator[str]:
    if gold.country is not None and not agrees(gold, predicted, "country"):
        yield instead("country", gold.country, predicted.country)
    if gold.lat is not None and not _near(gold, predicted):
        distance = _distance(gold, predicted)
        yield "no coordinates given" if distance is None else f"{distance:,.0f} km away"


def compare_actors(gold: ScoredRecord, predicted: ScoredRecord) -> Comparison:
    """Compare the actors of one article by name; type and roles beside.

    Gold lists groups of people only where they speak or matter, so a predicted group that gold lacks
    is shown but not counted.
    """
    pairing = Pairing(gold.actors, predicted.actors, _actor_candidates(gold, predicted))
    extra = [
        p for p in pairing.offered if p not in pairing.by_prediction and predicted.actors[p].type == "group"
    ]
    pairing.excuse(extra)
    # Gold that only accepts roles, and wants none: a role given there is neither right nor wrong.
    unwanted = {
        p for g, p in pairing.pairs.items() if gold.actors[g].accept.roles and not _roles(gold.actors[g])
    }
    judgements = {
        "actors": pairing.judge(lambda _g, _p: True),
        "actor+type": pairing.judge(lambda g, p: agrees(g, p, "type")),
        "actor+role": Judgement(
            [g for g in pairing.wanted if _roles(gold.actors[g])],
            [p for p in pairing.offered if _roles(predicted.actors[p]) and p not in unwanted],
            pairing.right(lambda g, p: bool(_roles(g)) and _role_right(g, p)),
        ),
    }
    faults = faults_of("actor", pairing, _show_actor, _actor_differences)
    shown = tuple(Fault("actor", "not counted", _show_actor(predicted.actors[p], False)) for p in extra)
    return Comparison(judgements, faults + shown)


def _actor_candidates(gold: ScoredRecord, predicted: ScoredRecord) -> Iterator[Candidate]:
    for g, one in enumerate(gold.actors):
        listed = {words(name) for name in one.names}
        for p, other in enumerate(predicted.actors):
            if any_same_name(one.names, other.names):
                preference = (
                    words(one.name or "") != words(other.name or ""),
                    listed.isdisjoint(map(words, other.names)),
                    not agrees(one, other, "type"),
                    one.optional,
                )
                yield preference, g, p


def _roles(actor: ScoredActor) -> list[str]:
    return [role for role in actor.roles if role]


def _role_right(gold: ScoredActor, predicted: ScoredActor) -> bool:
    wanted = (*_roles(gold), *gold.accept.roles)
    return any(same_role(one, other) for one in wanted for other in _roles(predicted))


def _show_actor(actor: ScoredActor, _of_gold: bool) -> str:
    roles = f", {', '.join(actor.roles)}" if actor.roles else ""
    return f"{actor.id + ' ' if actor.id else ''}“{actor.name}” ({actor.type}{roles})"


def _actor_differences(gold: ScoredActor, predicted: ScoredActor) -> Iterator[str]:
    if not agrees(gold, predicted, "type"):
        yield instead("type", gold.type, predicted.type)
    if _roles(gold) and not _role_right(gold, predicted):
        yield instead("role", tuple(_roles(gold)), tuple(_roles(predicted)))

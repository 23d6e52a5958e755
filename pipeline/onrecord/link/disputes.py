"""Disputes: claims of one article on one matter that contradict one another.

Two things make a dispute: a denial or dismissal with the claim that it answers, and different figures
of different sources for the same thing. Where neither is plain, there is none.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations

from onrecord.records import Claim, Dispute, DisputeSide, Figure
from onrecord.records.vocabulary import SpeechAct, Stance

STANCES: dict[SpeechAct, Stance] = {"denial": "denies", "dismissal": "dismisses"}
"""Acts by which a claim is answered, and the stance that each takes."""
NOT_SO: frozenset[SpeechAct] = frozenset({"directive", "commitment", "question"})
"""Acts that say of nothing that it is so."""
_MATTER_WORDS = 14
_ABOUT = 0.1  # how far off "about 40" may be, as a share of it
_MOST_ALIKE = 60  # figures of one measure that are held against each other: a bound on hostile texts

Found = tuple[str, tuple[DisputeSide, ...]]


def find_disputes(claims: tuple[Claim, ...], figures: tuple[Figure, ...]) -> tuple[Dispute, ...]:
    """Return the disputes among claims, in the order of their first claims."""
    found = [*_answered(claims), *_differing(claims, {figure.id: figure for figure in figures})]
    order = {claim.id: number for number, claim in enumerate(claims)}
    found.sort(key=lambda one: min(order[claim] for side in one[1] for claim in side.claims))
    return tuple(
        Dispute(id=f"x{number}", matter=matter, sides=sides)
        for number, (matter, sides) in enumerate(found, 1)
    )


def _answered(claims: tuple[Claim, ...]) -> list[Found]:
    """Every claim that is denied or dismissed, with those reported inside it and all that answer it."""
    by_id = {claim.id: claim for claim in claims}
    reported: defaultdict[str, list[str]] = defaultdict(list)
    answers: defaultdict[str, defaultdict[Stance, list[str]]] = defaultdict(lambda: defaultdict(list))
    for claim in claims:
        stance = STANCES.get(claim.speech_act)
        if stance and claim.target and claim.target.claim:
            answers[claim.target.claim][stance].append(claim.id)
        elif claim.parent and stance is None:
            reported[claim.parent].append(claim.id)
    return [
        (
            summarised(by_id[asserted]),
            (
                DisputeSide(stance="asserts", claims=(asserted, *reported[asserted])),
                *(DisputeSide(stance=stance, claims=tuple(ids)) for stance, ids in sides.items()),
            ),
        )
        for asserted, sides in answers.items()
    ]


def summarised(claim: Claim) -> str:
    """Return the beginning of what a claim says, in one line."""
    words = " ".join(span.text for span in claim.content).removeprefix("that ").split()
    return " ".join(words[:_MATTER_WORDS]) + (" …" if len(words) > _MATTER_WORDS else "")


def _differing(claims: tuple[Claim, ...], figures: dict[str, Figure]) -> list[Found]:
    """Two claims of different sources whose figures for one measure exclude one another."""
    alike: defaultdict[tuple[str, str | None], list[tuple[Claim, Figure]]] = defaultdict(list)
    for claim in claims:
        if claim.speech_act not in NOT_SO:
            for figure in map(figures.__getitem__, claim.figures):
                if figure.measure:
                    alike[figure.measure, figure.unit].append((claim, figure))
    found: dict[tuple[str, str], Found] = {}
    pairs = (pair for stated in alike.values() for pair in combinations(stated[:_MOST_ALIKE], 2))
    for (claim, one), (other, two) in pairs:
        if None in (claim.source.actor, other.source.actor) or _sources(claim) & _sources(other):
            continue
        if claim.id in (other.parent, other.id) or other.id == claim.parent or not _excludes(one, two):
            continue
        matter = f"number of {one.counted}" if one.unit is None and one.counted else str(one.measure)
        sides = tuple(DisputeSide(stance="asserts", claims=(side.id,)) for side in (claim, other))
        found.setdefault((claim.id, other.id), (matter, sides))
    return list(found.values())


def _sources(claim: Claim) -> set[str | None]:
    return {one.actor for one in (claim.source, *claim.co_sources)}


def _excludes(one: Figure, other: Figure) -> bool:
    """Whether two figures of one measure are of one place and time, and cannot both be right."""
    pairs = ((one.at, other.at), (one.when, other.when), (one.by, other.by))
    return exclude_one_another(one, other) and not any(
        here and there and here != there for here, there in pairs
    )


def exclude_one_another(one: Figure, other: Figure) -> bool:
    """Whether two figures for one thing cannot both be right: "12" and "at least 40", not "12" and "over 10".

    What is only said to be about a number may be a tenth off it. Figures of a change never exclude
    one another: one says from where, the other may not.
    """
    if any(figure.modifier.startswith("change") for figure in (one, other)):
        return False
    (low, high), (low_other, high_other) = _bounds(one), _bounds(other)
    return high < low_other or high_other < low


def _bounds(figure: Figure) -> tuple[float, float]:
    if figure.value is not None and figure.modifier in ("exact", "approximate"):
        leeway = abs(figure.value) * _ABOUT if figure.modifier == "approximate" else 0.0
        return figure.value - leeway, figure.value + leeway
    low = figure.low if figure.low is not None else float("-inf")
    high = figure.high if figure.high is not None else float("inf")
    return low, high

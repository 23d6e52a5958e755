"""Dates, places and actors of a record, made of annotations; ids in order of first mention."""

from __future__ import annotations

from collections.abc import Iterable

from onrecord.annotate.annotations import ActorAnnotation, DateAnnotation, PlaceAnnotation
from onrecord.records import Actor, ActorMention, DateExpression, Place, PlaceMention, Span


def span_of(text: str, start: int, end: int) -> Span:
    """Return the span of a text between two offsets."""
    return Span(start=start, end=end, text=text[start:end])


def link_dates(text: str, found: list[DateAnnotation]) -> tuple[DateExpression, ...]:
    """Return date expressions, with anchors and range ends as ids."""
    found = sorted(found, key=lambda one: (one.start, one.end))
    ids = {one.start: f"d{number}" for number, one in enumerate(found, 1)}
    return tuple(
        DateExpression(
            id=ids[one.start],
            start=one.start,
            end=one.end,
            text=text[one.start : one.end],
            type=one.type,
            timex=one.timex,
            mod=one.mod,
            earliest=one.earliest,
            latest=one.latest,
            anchor=ids.get(one.anchor) if isinstance(one.anchor, int) else one.anchor,
            range_end=ids.get(one.range_end) if one.range_end is not None else None,
        )
        for one in _one_a_start(found)
    )


def _one_a_start(found: Iterable[DateAnnotation]) -> list[DateAnnotation]:
    """Where two expressions start at one offset only the longer stands (sorted input: the last)."""
    return list({one.start: one for one in found}.values())


def link_places(text: str, found: list[PlaceAnnotation]) -> tuple[tuple[Place, ...], dict[int, str]]:
    """Return the places of an article and, for each key of a place entity, its id."""
    mentions: dict[int, list[PlaceAnnotation]] = {}
    for one in sorted(found, key=lambda one: one.start):
        mentions.setdefault(one.place.key, []).append(one)
    ids = {key: f"p{number}" for number, key in enumerate(mentions, 1)}
    places = []
    for key, group in mentions.items():
        entity = group[0].place
        places.append(
            Place(
                id=ids[key],
                name=entity.name,
                kind=entity.kind,
                country=entity.country,
                admin1=entity.admin1,
                geonames_id=entity.geonames_id,
                external_id=entity.external_id,
                lat=entity.lat,
                lon=entity.lon,
                within=ids.get(entity.within) if entity.within is not None else None,
                mentions=tuple(
                    PlaceMention(
                        start=m.start, end=m.end, text=text[m.start : m.end], in_name=m.in_name, kind=m.kind
                    )
                    for m in group
                ),
            )
        )
    return tuple(places), ids


def link_actors(
    text: str, found: list[ActorAnnotation], place_ids: dict[int, str]
) -> tuple[tuple[Actor, ...], dict[int, str]]:
    """Return the actors of an article and, for each key of an actor entity, its id."""
    mentions: dict[int, list[ActorAnnotation]] = {}
    for one in sorted(found, key=lambda one: (one.start, one.end)):
        mentions.setdefault(one.actor.key, []).append(one)
    ids = {key: f"a{number}" for number, key in enumerate(mentions, 1)}
    actors = []
    for key, group in mentions.items():
        entity = group[0].actor
        affiliations = [ids[other] for other in entity.affiliations if other in ids]
        affiliations += [place_ids[other] for other in entity.places if other in place_ids]
        actors.append(
            Actor(
                id=ids[key],
                name=entity.name,
                type=entity.type,
                roles=entity.roles,
                affiliations=tuple(affiliations),
                aliases=entity.aliases,
                external_id=entity.external_id,
                mentions=tuple(
                    ActorMention(start=m.start, end=m.end, text=text[m.start : m.end], kind=m.kind)
                    for m in group
                ),
            )
        )
    return tuple(actors), ids

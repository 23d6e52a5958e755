"""Looking places up: what the shipped gazetteer, and a user's own, know under a name."""

from __future__ import annotations

import os
from dataclasses import dataclass

import numpy as np

from onrecord.annotate.places.gazetteer import Gazetteer, load_gazetteer
from onrecord.annotate.places.outlet import Home
from onrecord.annotate.places.own_gazetteer import load_own_gazetteer
from onrecord.annotate.places.resolution import Ranking, Toponym, prior_scores
from onrecord.records.vocabulary import PlaceKind

__all__ = ["PlaceEntry", "lookup"]


@dataclass(frozen=True, slots=True)
class PlaceEntry:
    """A place that bears a name.

    `name` is its first name, which the shipped gazetteer keeps without accents for towns; `is_alternate`
    says that the name asked for is another one. `within` are the names of what contains it, the smallest
    first. What is not known is None: the inhabitants of regions and seas, all that a user leaves open.
    """

    name: str
    kind: PlaceKind
    country: str | None
    admin1: str | None
    geonames_id: int | None
    external_id: str | None
    lat: float | None
    lon: float | None
    population: int | None
    is_alternate: bool
    within: tuple[str, ...]


def lookup(name: str, *, gazetteer: str | os.PathLike[str] | None = None) -> list[PlaceEntry]:
    """Return the places that bear a name as it is written, the likeliest in an article about anything first.

    Case makes no difference but for abbreviations ("US"), accents, hyphens and apostrophes make none. The
    list is empty where nothing bears the name, and holds at most some hundred.

    Args:
        name: a name, also an abbreviation that names a place behind another alone ("TX").
        gazetteer: the CSV file of a user's own places, which go before others.

    Raises:
        InputNotFoundError: there is no such file.
        LexiconError: the file cannot be used; the message names the line and the reason.

    """
    known = load_gazetteer() if gazetteer is None else load_own_gazetteer(gazetteer)
    senses = known.senses(name, after_comma=True)
    if senses is None:
        return []
    toponym = Toponym(
        name,
        rows=senses.rows,
        alternate=senses.alternate.astype(np.int64),
        listed=senses.rows[: senses.listed],
        own=senses.rows[: senses.own],
    )
    order = np.argsort(-prior_scores(Ranking([toponym], known, Home(), None)), kind="stable")
    return [_entry(known, int(senses.rows[at]), bool(senses.alternate[at])) for at in order.tolist()]


def _entry(gazetteer: Gazetteer, row: int, is_alternate: bool) -> PlaceEntry:
    lat, lon = gazetteer.point(row) or (None, None)
    identifier = int(gazetteer.geonames_id[row]) or None
    # Without a GeoNames id the column tells how well known a place is, not who lives there.
    population = int(gazetteer.population[row]) if identifier is not None else 0
    return PlaceEntry(
        name=gazetteer.name(row),
        kind=gazetteer.kind(row),
        country=gazetteer.country_code(row),
        admin1=gazetteer.admin1_name(row),
        geonames_id=identifier,
        external_id=gazetteer.external_id(row),
        lat=lat,
        lon=lon,
        population=population or None,
        is_alternate=is_alternate,
        within=_within(gazetteer, row),
    )


def _within(gazetteer: Gazetteer, row: int) -> tuple[str, ...]:
    outer = (int(gazetteer.admin2[row]), int(gazetteer.admin1[row]), gazetteer.country_row(row))
    return tuple(dict.fromkeys(gazetteer.name(one) for one in outer if one >= 0 and one != row))

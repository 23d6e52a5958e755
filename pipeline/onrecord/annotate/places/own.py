"""A user's own places, as a CSV file gives them."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import cast

from onrecord.annotate.own_rows import read_own_rows
from onrecord.annotate.places.gazetteer import country_codes
from onrecord.annotate.places.lexicon import KINDS
from onrecord.records.vocabulary import PlaceKind

COLUMNS = ("alternate_names", "kind", "country", "admin1", "lat", "lon", "external_id")
"""What may stand beside the column `name`, which has to be there."""
# Without people: the gazetteer has no place there.
_UNINHABITED = frozenset(("AQ", "BV", "HM", "UM"))


@dataclass(frozen=True, slots=True)
class OwnPlace:
    """A row of the file; None and empty strings are what it leaves open."""

    names: tuple[str, ...]
    kind: PlaceKind | None
    country: str
    admin1: str
    lat: float | None
    lon: float | None
    external_id: str | None


def read_own_places(path: str | os.PathLike[str]) -> list[OwnPlace]:
    """Read a user's own places.

    Raises InputNotFoundError where there is no such file, and LexiconError, naming file, line and
    reason, where it cannot be used.
    """
    countries = country_codes() | _UNINHABITED
    found = []
    for row in read_own_rows(path, ("name",), COLUMNS):
        country = row.fields["country"]
        if country and country not in countries:
            row.fail(f"country {country!r} is no ISO 3166-1 code of two capital letters")
        lat, lon = row.number("lat", 90), row.number("lon", 180)
        if (lat is None) != (lon is None):
            row.fail("lat and lon are given together or not at all")
        found.append(
            OwnPlace(
                names=row.names("alternate_names"),
                kind=cast(PlaceKind, row.one_of("kind", KINDS)) or None,
                country=country,
                admin1=row.fields["admin1"],
                lat=lat,
                lon=lon,
                external_id=row.fields["external_id"] or None,
            )
        )
    return found

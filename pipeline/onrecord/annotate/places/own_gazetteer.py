"""The gazetteer with a user's own places in it."""

from __future__ import annotations

import os
from collections.abc import Sequence

import numpy as np

from onrecord.annotate.own_names import OwnNames
from onrecord.annotate.places.gazetteer import (
    ADMIN1,
    CITY,
    COUNTRY,
    FEATURE_PROMINENCE,
    NATURAL,
    REGION,
    SITE,
    Gazetteer,
    Ints,
    Senses,
    angle_km,
    load_gazetteer,
    unit_vector,
)
from onrecord.annotate.places.own import OwnPlace, read_own_places
from onrecord.records.vocabulary import PlaceKind

SAME_PLACE_KM = 50.0
_FEATURE: dict[PlaceKind, int] = {
    "country": COUNTRY,
    "region": REGION,
    "city": CITY,
    "natural": NATURAL,
    "site": SITE,
}


class OwnGazetteer(Gazetteer):
    """The shipped gazetteer and a user's places, which go before others under exactly their names.

    A place of the user's is one of the gazetteer where that bears the name, in the same country and of the
    same kind, and lies within 50 km, or where the user gives country and kind and no point; it then keeps
    what the gazetteer knows of it beyond the user's file. Any other is a place of its own.
    """

    def __init__(self, shipped: Gazetteer, places: Sequence[OwnPlace]) -> None:
        """Add places to a gazetteer, which stays as it is."""
        vars(self).update(vars(shipped))
        self.countries = list(self.countries)
        self.own = OwnNames()
        self._external: dict[int, str] = {}
        self._own_names: dict[int, str] = {}
        self._own_admin1: dict[int, str] = {}
        rows = [self._same(place) for place in places]
        first = len(self.feature)
        new = [place for place, row in zip(places, rows, strict=True) if row < 0]
        self._extend(new)
        numbers = iter(range(first, first + len(new)))
        for place, same in zip(places, rows, strict=True):
            row = same if same >= 0 else next(numbers)
            self._describe(row, place)
            for name in place.names:
                self.own.add(name, row)

    def senses(self, name: str, after_comma: bool = False) -> Senses | None:
        """Return the places that bear a name, the user's own first; see `Gazetteer.senses`."""
        known = super().senses(name, after_comma)
        own = np.array(self.own.bearers(name), dtype=np.int64)
        if not len(own):
            return known
        if known is None:
            known = Senses(np.empty(0, dtype=np.int64), np.empty(0, dtype=bool))
        others = ~np.isin(known.rows, own)
        return Senses(
            np.concatenate([own, known.rows[others]]),
            np.concatenate([np.zeros(len(own), dtype=bool), known.alternate[others]]),
            len(own) + int(others[: known.listed].sum()),
            len(own),
        )

    def name(self, row: int) -> str:
        """Return the first name of a place; see `Gazetteer.name`."""
        return self._own_names.get(row) or super().name(row)

    def admin1_name(self, row: int) -> str | None:
        """Return the name of the first-level subdivision that a place lies in, as the user writes it."""
        return self._own_admin1.get(row) or super().admin1_name(row)

    def external_id(self, row: int) -> str | None:
        """Return the id that the user gives a place."""
        return self._external.get(row)

    def _same(self, place: OwnPlace) -> int:
        """Return the row of the place in the gazetteer, -1 where it is not there."""
        senses = Gazetteer.senses(self, place.names[0])
        if senses is None or (place.lat is None and not (place.country and place.kind)):
            return -1
        rows = senses.rows[~senses.alternate]
        if place.country:
            rows = rows[self.country[rows] == self.country_index(place.country)]
        rows = rows[[place.kind in (None, self.kind(row)) for row in rows.tolist()]]
        if place.lat is not None and place.lon is not None:
            point = unit_vector(place.lat, place.lon)
            rows = rows[angle_km(self.vector[rows], point[None])[:, 0] <= SAME_PLACE_KM]
        return int(rows[np.argmax(self.population[rows])]) if len(rows) else -1

    def _extend(self, places: Sequence[OwnPlace]) -> None:
        """Add a row for each place; all columns that are written to later are the user's own from here on."""
        for place in places:
            if place.country not in self.countries:
                self.countries.append(place.country)
        country: Ints = np.array([self.countries.index(place.country) for place in places], dtype=np.int64)
        admin1 = np.array([self._admin1_row(place) for place in places], dtype=np.int64)
        none = np.zeros(len(places), dtype=np.int64)
        self.geonames_id = np.concatenate([self.geonames_id, none])
        feature = [_FEATURE[place.kind or "city"] for place in places]
        self.feature = np.concatenate([self.feature, np.array(feature, dtype=np.int64)])
        self.country = np.concatenate([self.country, country])
        prominence = np.array([self._prominence(place) for place in places], dtype=np.int64)
        self.population = np.concatenate([self.population, prominence])
        self.admin1 = np.concatenate([self.admin1, admin1])
        self.admin2 = np.concatenate([self.admin2, none - 1])
        unknown = np.full(len(places), np.nan)
        self.lat = np.concatenate([self.lat, unknown])
        self.lon = np.concatenate([self.lon, unknown])
        # The centre of the earth is near to nothing: a place without a point is no evidence of nearness.
        self.vector = np.concatenate([self.vector, np.zeros((len(places), 3), dtype=self.vector.dtype)])

    def _describe(self, row: int, place: OwnPlace) -> None:
        """Write into a row what the user's file says of its place."""
        self._own_names[row] = place.names[0]
        if place.admin1:
            self._own_admin1[row] = place.admin1
        if place.external_id:
            self._external[row] = place.external_id
        if place.lat is not None and place.lon is not None:
            self.lat[row], self.lon[row] = place.lat, place.lon
            self.vector[row] = unit_vector(place.lat, place.lon)

    def _admin1_row(self, place: OwnPlace) -> int:
        senses = Gazetteer.senses(self, place.admin1) if place.admin1 else None
        if senses is None:
            return -1
        rows = senses.rows[self.feature[senses.rows] == ADMIN1]
        rows = rows[self.country[rows] == self.country_index(place.country)]
        return int(rows[0]) if len(rows) else -1

    def _prominence(self, place: OwnPlace) -> int:
        """Return what a place counts as inhabitants: as many as the largest of its names."""
        known = (Gazetteer.senses(self, name) for name in place.names)
        largest = [int(self.population[one.rows].max(initial=0)) for one in known if one is not None]
        return max([FEATURE_PROMINENCE, *largest])


def load_own_gazetteer(path: str | os.PathLike[str]) -> OwnGazetteer:
    """Return the gazetteer with the places of a user's file in it; raises as `read_own_places` does."""
    return OwnGazetteer(load_gazetteer(), read_own_places(path))

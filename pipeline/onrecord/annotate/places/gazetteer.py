"""The gazetteer: which places of the world bear a name, as NumPy columns behind a trie of folded names."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, BinaryIO, Literal, cast

import marisa_trie
import numpy as np
import numpy.typing as npt

from onrecord.annotate.own_names import OwnNames
from onrecord.annotate.places.lexicon import AlternateName, NamedFeature, folder, read_features, read_names
from onrecord.annotate.places.names import fold
from onrecord.errors import LexiconError
from onrecord.records.vocabulary import PlaceKind

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

FEATURES = ("country", "admin1", "admin2", "admin3", "capital", "city", "region", "natural", "site")
"""Feature classes, in the numbers that the file holds."""
COUNTRY, ADMIN1, ADMIN2, ADMIN3, CAPITAL, CITY, REGION, NATURAL, SITE = range(len(FEATURES))
MAX_SENSES = 120
"""Most places kept for one name, the most populous first."""
FEATURE_PROMINENCE = 1_000_000
"""What a place of features.csv counts as inhabitants: seas and regions have none, and are well known."""
EARTH_RADIUS_KM = 6371.0
_KIND: dict[int, PlaceKind] = {
    COUNTRY: "country",
    ADMIN1: "region",
    ADMIN2: "region",
    ADMIN3: "region",
    CAPITAL: "city",
    CITY: "city",
    REGION: "region",
    NATURAL: "natural",
    SITE: "site",
}
_SAME_REGION_KM = 400.0
_SMALL_WORDS = frozenset(("and", "of", "the"))


@dataclass(frozen=True, slots=True)
class Senses:
    """The places that bear a name: row numbers, and which of them bear it only as an alternate name.

    The first `listed` rows are those that features.csv, names.csv or the user give the name to, the first
    `own` of them those of the user.
    """

    rows: Ints
    alternate: npt.NDArray[np.bool_]
    listed: int = 0
    own: int = 0


@dataclass(frozen=True, slots=True)
class _Listed:
    row: int
    capitals: bool
    after_comma: bool


class Gazetteer:
    """Places by name, with what is known of each.

    Columns are arrays over row numbers: `geonames_id` (0 where none), `feature` (an index into
    FEATURES), `country` (an index into `countries`), `lat`, `lon` (degrees), `population`,
    `admin1` and `admin2` (row numbers of the containing subdivisions, -1 where none), `vector` (the
    point on the unit sphere). `own` are the names of a user's places: none here, see `OwnGazetteer`.

    Source: GeoNames (CC BY 4.0), as the README next to the data tells.
    """

    def __init__(self, stream: BinaryIO) -> None:
        with np.load(stream, allow_pickle=False) as data:
            columns: dict[str, Any] = {name: data[name] for name in data.files}
        self._trie = marisa_trie.Trie()
        self._trie.frombytes(columns["trie"].tobytes())
        self._offsets = columns["offsets"]
        self._postings = columns["postings"]
        self.countries: list[str] = [str(code) for code in columns["countries"]]
        features = read_features()
        self.geonames_id: Ints = _extended(columns["geonames_id"], [0] * len(features))
        self.feature: Ints = _extended(
            columns["feature"], [FEATURES.index(_feature(one)) for one in features]
        )
        self.country: Ints = _extended(
            columns["country"], [self._country_index(one.country) for one in features]
        )
        self.lat: Floats = _extended(columns["lat"], [one.lat for one in features])
        self.lon: Floats = _extended(columns["lon"], [one.lon for one in features])
        self.population: Ints = _extended(columns["population"], [FEATURE_PROMINENCE] * len(features))
        self.admin1: Ints = _extended(columns["admin1"], [-1] * len(features))
        self.admin2: Ints = _extended(columns["admin2"], [-1] * len(features))
        self._admin1_name: dict[int, str] = dict(
            zip(columns["admin1_rows"].tolist(), map(str, columns["admin1_names"]), strict=True)
        )
        self._country_row = {
            int(self.country[row]): int(row) for row in np.flatnonzero(self.feature == COUNTRY)
        }
        lat, lon = np.radians(self.lat), np.radians(self.lon)
        self.vector: Floats = np.stack(
            (np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)), axis=1
        ).astype(np.float32)
        self.own: OwnNames[int] = OwnNames()
        self._listed: dict[str, list[_Listed]] = {}
        self._add_features(features, len(columns["lat"]))
        self._add_names(read_names())

    def senses(self, name: str, after_comma: bool = False) -> Senses | None:
        """Return the places that bear a name as it is written, or None.

        `after_comma` also allows forms that name a place only behind another ("Paris, TX").
        """
        key = fold(name)
        # Two letters that are a village somewhere are too easily an ordinary word.
        number = self._trie.get(key) if len(key) > 2 or name.isupper() else None
        listed = self._listed.get(key)
        if number is None and listed is None:
            return None
        if number is None:
            postings: Ints = np.empty(0, dtype=np.int64)
        else:
            postings = self._postings[self._offsets[number] : self._offsets[number + 1]].astype(np.int64)
        rows, alternate = postings >> 1, (postings & 1).astype(bool)
        extra: list[int] = []
        if listed:
            fitting = (
                one.row
                for one in listed
                if (after_comma or not one.after_comma) and (name.isupper() or not one.capitals)
            )
            extra = list(dict.fromkeys(fitting))
            others = ~np.isin(rows, extra)
            rows = np.concatenate([np.array(extra, dtype=np.int64), rows[others]])
            alternate = np.concatenate([np.zeros(len(extra), dtype=bool), alternate[others]])
        return Senses(rows, alternate, len(extra)) if len(rows) else None

    def kind(self, row: int) -> PlaceKind:
        """Return the contract's kind of a place."""
        return _KIND[int(self.feature[row])]

    def country_code(self, row: int) -> str | None:
        """Return the alpha-2 code of the country that a place lies in, None where in none or several."""
        return self.countries[int(self.country[row])] or None

    def admin1_name(self, row: int) -> str | None:
        """Return the name of the first-level subdivision that a place lies in, None for it itself."""
        own = int(self.admin1[row])
        return self._admin1_name.get(own) if own != row else None

    def own_admin1_name(self, row: int) -> str | None:
        """Return the name of a place that is a first-level subdivision itself, else of the one it lies in."""
        return self._admin1_name.get(row) or self.admin1_name(row)

    def name(self, row: int) -> str:
        """Return the first name of a place; without accents where the gazetteer keeps no other form."""
        if row in self._admin1_name:
            return self._admin1_name[row]
        at = np.flatnonzero(self._postings == row << 1)
        if len(at):
            numbers = np.searchsorted(self._offsets, at, side="right") - 1
            # "Burkina" is short for "Burkina Faso".
            key = max((str(self._trie.restore_key(int(number))) for number in numbers), key=len)
        else:
            key = next(key for key, listed in self._listed.items() if any(one.row == row for one in listed))
        return " ".join(word if word in _SMALL_WORDS else word.capitalize() for word in key.split())

    def external_id(self, row: int) -> str | None:  # noqa: ARG002  it has none, a user's may
        """Return the id that the user gives a place, None here; see `OwnGazetteer`."""
        return None

    def point(self, row: int) -> tuple[float, float] | None:
        """Return latitude and longitude of a place in degrees, None where the user gives a place none."""
        lat, lon = float(self.lat[row]), float(self.lon[row])
        return None if np.isnan(lat) else (round(lat, 4), round(lon, 4))

    def country_row(self, row: int) -> int:
        """Return the row of the country that a place lies in, -1 where there is none."""
        return self._country_row.get(int(self.country[row]), -1)

    def country_index(self, code: str) -> int:
        """Return the number of a country in the column `country`, -1 for an unknown code."""
        return self.countries.index(code) if code and code in self.countries else -1

    def distance_km(self, rows: Ints, others: Ints) -> Floats:
        """Return great-circle distances in kilometres, a line for each of `rows`, a column for each other."""
        return angle_km(self.vector[rows], self.vector[others])

    def _country_index(self, code: str) -> int:
        if code not in self.countries:
            raise LexiconError(f"features.csv: no country has the code {code!r}")
        return self.countries.index(code)

    def _add_features(self, features: list[NamedFeature], first: int) -> None:
        for row, feature in enumerate(features, first):
            same = self._same_region(feature)
            if same is not None:
                self.population[same] = max(int(self.population[same]), FEATURE_PROMINENCE)
            for name in feature.names:
                self._list(name, _Listed(row if same is None else same, False, False))

    def _same_region(self, feature: NamedFeature) -> int | None:
        """Return the gazetteer's own row of a region that features.csv names too: it has more to tell."""
        senses = self.senses(feature.names[0])
        if senses is None or feature.kind != "region":
            return None
        regions = senses.rows[np.isin(self.feature[senses.rows], (ADMIN1, REGION))]
        point = unit_vector(feature.lat, feature.lon)
        near = regions[angle_km(self.vector[regions], point[None])[:, 0] < _SAME_REGION_KM]
        return int(near[0]) if len(near) else None

    def _add_names(self, names: list[AlternateName]) -> None:
        for one in names:
            senses = self.senses(one.of)
            rows = [] if senses is None else senses.rows.tolist()
            fitting = [
                row for row in rows if self.kind(row) == one.kind and self.country_code(row) == one.country
            ]
            if not fitting:
                raise LexiconError(
                    f"{one.where}: the gazetteer has no {one.kind} {one.of!r} in {one.country!r}"
                )
            best = max(fitting, key=lambda row: int(self.population[row]))
            self._list(one.name, _Listed(best, one.name.isupper(), one.after_comma))

    def _list(self, name: str, listed: _Listed) -> None:
        self._listed.setdefault(fold(name), []).append(listed)


@lru_cache(maxsize=1)
def load_gazetteer() -> Gazetteer:
    """Read the gazetteer at its first use; later calls return the same object."""
    with (folder() / "gazetteer.npz").open("rb") as stream:
        return Gazetteer(cast(BinaryIO, stream))


@lru_cache(maxsize=1)
def country_codes() -> frozenset[str]:
    """Return the codes of the countries in the gazetteer, without reading the rest of it."""
    with (
        (folder() / "gazetteer.npz").open("rb") as stream,
        np.load(cast(BinaryIO, stream), allow_pickle=False) as data,
    ):
        return frozenset(str(code) for code in data["countries"] if code)


def unit_vector(lat: float, lon: float) -> Floats:
    """Return the point on the unit sphere of a latitude and longitude in degrees."""
    phi, lam = np.radians(lat), np.radians(lon)
    return np.array([np.cos(phi) * np.cos(lam), np.cos(phi) * np.sin(lam), np.sin(phi)])


def angle_km(one: Floats, other: Floats) -> Floats:
    """Return great-circle distances in kilometres between two lists of points on the unit sphere."""
    cosine = np.clip(one @ other.T, -1.0, 1.0)
    # The chord keeps its precision for near points, where the arc cosine would lose it.
    distance: Floats = 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.maximum(0.0, (1 - cosine) / 2)))
    return distance


def _feature(one: NamedFeature) -> Literal["country", "city", "region", "natural", "site"]:
    return cast(Literal["country", "city", "region", "natural", "site"], one.kind)


def _extended(column: npt.NDArray[Any], more: list[Any]) -> npt.NDArray[Any]:
    dtype = np.float64 if column.dtype.kind == "f" else np.int64
    return np.concatenate([column.astype(dtype), np.array(more, dtype=dtype)])

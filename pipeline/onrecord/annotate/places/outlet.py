"""What the site of an article says about where its readers are at home."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from onrecord.annotate.places.gazetteer import ADMIN1, CAPITAL, CITY, Gazetteer
from onrecord.annotate.places.lexicon import read_outlets

_HOST = re.compile(r"^(?:[a-z][a-z0-9+.-]{0,20}://)?(?:www\.)?([a-z0-9.-]{1,253})", re.ASCII)
# Country domains that are used all over the world.
_GENERIC_DOMAINS = frozenset(("tv", "me", "co", "io", "ai", "cc", "fm", "ly", "to", "ws", "am", "is"))


@dataclass(frozen=True, slots=True)
class Home:
    """Where a site is at home: numbers of the gazetteer, -1 where not known."""

    country: int = -1
    admin1: int = -1
    row: int = -1
    host: str = ""


def home_of(site: str | None, gazetteer: Gazetteer) -> Home:
    """Return the home of a site, given as host, URL or name, from outlets.csv or its country domain."""
    match = _HOST.match((site or "").strip().lower())
    if match is None:
        return Home()
    host = match.group(1).strip(".")
    if "." not in host:
        return Home()
    outlets = read_outlets()
    labels = host.split(".")
    for first in range(len(labels) - 1):
        outlet = outlets.get(".".join(labels[first:]))
        if outlet is not None:
            country = gazetteer.country_index(outlet.country)
            admin1 = _row(gazetteer, outlet.admin1, country, (ADMIN1,))
            return Home(
                country, admin1, _row(gazetteer, outlet.place, country, (CAPITAL, CITY), admin1), host
            )
    domain = labels[-1].upper() if labels[-1] not in _GENERIC_DOMAINS else ""
    return Home(gazetteer.country_index("GB" if domain == "UK" else domain), host=host)


def _row(gazetteer: Gazetteer, name: str, country: int, features: tuple[int, ...], admin1: int = -1) -> int:
    senses = gazetteer.senses(name) if name else None
    if senses is None:
        return -1
    rows = senses.rows[np.isin(gazetteer.feature[senses.rows], features)]
    rows = rows[gazetteer.country[rows] == country]
    if admin1 >= 0:
        rows = rows[gazetteer.admin1[rows] == admin1]
    return int(rows[0]) if len(rows) else -1

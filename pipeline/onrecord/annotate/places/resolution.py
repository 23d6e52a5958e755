"""Resolving toponyms: deciding which of the world's places of a name the article means.

All places that bear a name are ranked by a weighted sum of what a journalist would look at, given in
RANKING; the weights stand in weights.toml. The names of an article are ranked together: what the
others probably mean is evidence (Lieberman and Samet 2012 call it the adaptive context; the weights
are those of a conditional logit).
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from onrecord.annotate.places.candidates import Candidate
from onrecord.annotate.places.gazetteer import (
    ADMIN1,
    ADMIN2,
    ADMIN3,
    CAPITAL,
    CITY,
    COUNTRY,
    NATURAL,
    REGION,
    SITE,
    Floats,
    Gazetteer,
    Ints,
    Senses,
)
from onrecord.annotate.places.lexicon import read_weights, read_words
from onrecord.annotate.places.names import fold
from onrecord.annotate.places.outlet import Home

Bools = npt.NDArray[np.bool_]

LOCAL = (
    "population",  # log10 of the inhabitants, by ten
    "most_populous",  # of all places of the name
    "population_no_home",  # the same as population where it is not known where the site is at home
    "country",
    "admin1",
    "admin2",
    "admin3",
    "capital",
    "city",
    "feature",  # a region, river, sea or site
    "alternate_name",  # not the place's first name
    "listed_name",  # features.csv or names.csv give it the name, or the user
    "own_place",  # the user gives it the name
    "in_qualifier",  # "Paris, Texas": lies in Texas
    "not_in_qualifier",
    "division_word",  # "county", "province" beside it: 1 for subdivisions, -1 for all else
    "settlement_word",  # "the city of" before it: 1 for populated places, -1 for all else
    "natural_word",  # "sea", "river" in the name, and it is one
    "container_word",  # what stands behind a comma: 1 for subdivisions and countries, -1 for all else
    "namesake_town",  # a subdivision around a town of the same name, without a word that tells them apart
    "home_country",  # lies in the country of the site
    "home_admin1",
    "near_home",  # 1 at the site's home, falling to 1/e within 100 km
    "named_by_site",  # the site is in no list, its host holds the name, and it is a town of its country
)
CONTEXT = (
    "same_country",  # share of the article's other places in its country
    "same_admin1",  # share of the article's other places in its first-level subdivision
    "near_others",  # mean nearness to the article's other places, 1/e at 150 km
    "near_one",  # nearness to the nearest of them
    "within_another",  # the article also names its county, state or country
    "contains_others",  # the article names places within it
    "dateline_country",
    "near_dateline",
)
RANKING = LOCAL + CONTEXT
NEAR_HOME_KM = 100.0
NEAR_KM = 150.0
MAX_CONTEXT_POINTS = 64
SAME_SPOT_KM = 60.0
SAME_TOWN_KM = 25.0
LARGE_TOWN = 50_000
_BLOCK = 4096


@dataclass(slots=True)
class Toponym:
    """One name of the article with its mentions, and what it was resolved to."""

    key: str
    mentions: list[Candidate] = field(default_factory=list)
    rows: Ints = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    alternate: Ints = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    listed: Ints = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    own: Ints = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    hints: set[str] = field(default_factory=set)
    qualifier: Toponym | None = None
    probabilities: Floats = field(default_factory=lambda: np.empty(0))
    row: int = -1
    country: int = -1


def group(mentions: list[Candidate], gazetteer: Gazetteer) -> list[Toponym]:
    """Group mentions by name, in text order; mentions that are qualified differently stay apart."""
    toponyms: dict[str, Toponym] = {}
    of: dict[int, Toponym] = {}
    plain: dict[str, str] = {}
    rivers = {fold(one.name) for one in mentions if "natural" in one.hints}
    # Qualified mentions first: a bare "Columbus" is the one that the article has introduced.
    for one in sorted(mentions, key=lambda one: (one.qualifier is None, one.start)):
        # "The Korana" is the river that the article names elsewhere, not a town of that name.
        natural = "natural" in one.hints or ("before the" in one.features and fold(one.name) in rivers)
        name = fold(one.name) + (" (natural)" if natural else "")
        if one.qualifier is not None:
            key = f"{name}, {fold(one.qualifier.name)}"
            plain.setdefault(name, key)
        else:
            # The state in "Buffalo, New York" need not be what a bare "New York" means.
            key = f"{name} (container)" if one.qualifies else plain.get(name, name)
        toponym = toponyms.get(key)
        if toponym is None:
            toponym = toponyms[key] = Toponym(key)
            senses = _with_divisions(one, gazetteer) if "division" in one.hints else one.senses
            if senses is not None:
                rows, alternate = senses.rows, senses.alternate
                if natural:
                    # The river behind "Delaware" is not the state; the island of Bali is the province.
                    kinds = (
                        (NATURAL, REGION, SITE, ADMIN1) if "island" in one.hints else (NATURAL, REGION, SITE)
                    )
                    keep = np.isin(gazetteer.feature[rows], kinds)
                    rows, alternate = rows[keep], alternate[keep]
                toponym.listed = senses.rows[: senses.listed]
                toponym.own = one.senses.rows[: one.senses.own] if one.senses is not None else toponym.own
                toponym.rows, toponym.alternate = rows, alternate.astype(np.int64)
        toponym.mentions.append(one)
        toponym.hints |= one.hints
        of[id(one)] = toponym
    for toponym in toponyms.values():
        toponym.mentions.sort(key=lambda one: one.start)
        qualifier = next((one.qualifier for one in toponym.mentions if one.qualifier is not None), None)
        if qualifier is not None:
            toponym.qualifier = of.get(id(qualifier))
    return sorted(toponyms.values(), key=lambda toponym: toponym.mentions[0].start)


def _with_divisions(one: Candidate, gazetteer: Gazetteer) -> Senses | None:
    """Add the senses of longer forms of a name: "Blue Nile region" may be the "Blue Nile State"."""
    found = [
        one.senses,
        *(gazetteer.senses(f"{one.name} {word}") for word in sorted(read_words()["division_words"])),
    ]
    known = [senses for senses in found if senses is not None]
    if not known:
        return None
    rows, first = np.unique(np.concatenate([senses.rows for senses in known]), return_index=True)
    alternate = np.concatenate([senses.alternate for senses in known])[first]
    return Senses(rows, alternate)


def resolve(toponyms: list[Toponym], gazetteer: Gazetteer, home: Home, dateline: Toponym | None) -> None:
    """Set the probabilities, `row` and `country` of toponyms; -1 where the evidence is thin."""
    known = [toponym for toponym in toponyms if len(toponym.rows)]
    if not known:
        return
    weights = read_weights()
    ranking = Ranking(known, gazetteer, home, dateline)
    full = np.array([weights["ranking"].get(name, 0.0) for name in RANKING])
    probabilities = ranking.softmax(prior_scores(ranking))
    for _ in range(2):
        probabilities = ranking.softmax(ranking.features(probabilities) @ full)
    limits = weights["confidence"]
    for number, toponym in enumerate(known):
        inside = ranking.in_qualifier[ranking.bounds[number] : ranking.bounds[number + 1]]
        toponym.probabilities = probabilities[ranking.bounds[number] : ranking.bounds[number + 1]]
        _decide(toponym, gazetteer, limits["place"], limits["country"])
        if (
            toponym.row >= 0
            and toponym.qualifier is not None
            and not inside[np.argmax(toponym.probabilities)]
        ):
            # "Holliday, Mo." is not the Holliday in Texas, though the gazetteer has no other.
            toponym.row = toponym.country = -1


def prior_scores(ranking: Ranking) -> Floats:
    """Return what speaks for each candidate before the other names of the article are heard."""
    scores: Floats = ranking.local @ np.array([read_weights()["prior"].get(name, 0.0) for name in LOCAL])
    return scores


def _decide(toponym: Toponym, gazetteer: Gazetteer, place: float, country: float) -> None:
    best = int(np.argmax(toponym.probabilities))
    row = int(toponym.rows[best])
    distance = gazetteer.distance_km(toponym.rows, toponym.rows[best : best + 1])[:, 0]
    near = distance <= SAME_SPOT_KM
    near[best] = True  # even where it has no point
    towns = (distance <= SAME_TOWN_KM) & np.isin(gazetteer.feature[toponym.rows], (CAPITAL, CITY))
    if "division" not in toponym.hints and towns.any() and gazetteer.feature[row] in (ADMIN1, ADMIN2, ADMIN3):
        # The municipality around a town bears its name; without a word like "district" the town is meant.
        row = int(toponym.rows[np.argmax(np.where(towns, toponym.probabilities, -1.0))])
    if toponym.probabilities[near].sum() >= place:
        toponym.row = row
        toponym.country = int(gazetteer.country[row])
    elif toponym.probabilities[gazetteer.country[toponym.rows] == gazetteer.country[row]].sum() >= country:
        toponym.country = int(gazetteer.country[row])


class Ranking:
    """The candidates of all toponyms of an article in one flat table, for NumPy."""

    def __init__(
        self, toponyms: list[Toponym], gazetteer: Gazetteer, home: Home, dateline: Toponym | None
    ) -> None:
        self.gazetteer = gazetteer
        self.bounds = np.cumsum([0, *(len(toponym.rows) for toponym in toponyms)])
        self.rows = np.concatenate([toponym.rows for toponym in toponyms])
        self.group = np.repeat(np.arange(len(toponyms)), np.diff(self.bounds))
        self.country = gazetteer.country[self.rows]
        feature = gazetteer.feature[self.rows]
        # A first-level subdivision counts as lying in itself.
        self.admin1 = np.where(feature == ADMIN1, self.rows, gazetteer.admin1[self.rows])
        self.admin2 = gazetteer.admin2[self.rows]
        self.country_row = np.array(
            [gazetteer.country_row(row) for row in self.rows.tolist()], dtype=np.int64
        )
        self.dateline = next((n for n, toponym in enumerate(toponyms) if toponym is dateline), -1)
        self.weight = np.sqrt([len(toponym.mentions) for toponym in toponyms])
        self.alternate = np.concatenate([toponym.alternate for toponym in toponyms]).astype(bool)
        self.local = self._local(toponyms, feature, home)

    def softmax(self, scores: Floats) -> Floats:
        """Turn scores into probabilities within each toponym."""
        top = np.maximum.reduceat(scores, self.bounds[:-1])
        powers = np.exp(scores - top[self.group])
        shares: Floats = powers / np.add.reduceat(powers, self.bounds[:-1])[self.group]
        return shares

    def features(self, probabilities: Floats) -> Floats:
        """Return the features RANKING of all candidates, given what each toponym probably means."""
        return np.hstack([self.local, self._context(probabilities)])

    def _local(self, toponyms: list[Toponym], feature: Ints, home: Home) -> Floats:
        gazetteer, rows = self.gazetteer, self.rows
        population = np.log10(gazetteer.population[rows] + 1.0) / 10
        top = np.maximum.reduceat(population, self.bounds[:-1])
        settlement = np.isin(feature, (CAPITAL, CITY))
        division = np.isin(feature, (ADMIN1, ADMIN2, ADMIN3, REGION))
        hinted = {
            hint: np.array([hint in toponym.hints for toponym in toponyms])[self.group]
            for hint in ("division", "settlement", "natural name", "container")
        }
        self.in_qualifier, qualified = self._qualified(toponyms)
        at_home = (self.country == home.country) & (home.country >= 0)
        named = np.array([_in_host(toponym, home.host) for toponym in toponyms])[self.group]
        near = np.zeros(len(rows))
        if home.row >= 0:
            near = np.exp(-gazetteer.distance_km(rows, np.array([home.row]))[:, 0] / NEAR_HOME_KM)
        columns = (
            population,
            population >= top[self.group],
            population * (home.country < 0),
            feature == COUNTRY,
            feature == ADMIN1,
            feature == ADMIN2,
            feature == ADMIN3,
            feature == CAPITAL,
            feature == CITY,
            np.isin(feature, (REGION, NATURAL, SITE)),
            self.alternate,
            np.concatenate([np.isin(toponym.rows, toponym.listed) for toponym in toponyms]),
            np.concatenate([np.isin(toponym.rows, toponym.own) for toponym in toponyms]),
            self.in_qualifier,
            qualified & ~self.in_qualifier,
            hinted["division"] * np.where(division, 1.0, -1.0),
            hinted["settlement"] * np.where(settlement, 1.0, -1.0),
            hinted["natural name"] & (feature == NATURAL),
            hinted["container"] * np.where(division | (feature == COUNTRY), 1.0, -1.0),
            self._around_namesake(settlement) & ~hinted["division"] & ~hinted["container"],
            at_home,
            (self.admin1 == home.admin1) & (home.admin1 >= 0),
            near,
            named & settlement & (home.row < 0) & (at_home | (home.country < 0)),
        )
        return np.stack([np.asarray(column, dtype=np.float64) for column in columns], axis=1)

    def _around_namesake(self, settlement: Bools) -> Bools:
        """Say of each candidate whether a large town that is a candidate of the same toponym lies in it."""
        population = self.gazetteer.population[self.rows]
        large = np.flatnonzero(settlement & ~self.alternate & (population >= LARGE_TOWN))
        pairs = {
            (group, row)
            for container in (self.admin1, self.admin2)
            for group, row in zip(self.group[large].tolist(), container[large].tolist(), strict=True)
        }
        every = zip(self.group.tolist(), self.rows.tolist(), strict=True)
        return np.array([pair in pairs for pair in every], dtype=bool)

    def _qualified(self, toponyms: list[Toponym]) -> tuple[Bools, Bools]:
        inside = np.zeros(len(self.rows), dtype=bool)
        qualified = np.zeros(len(self.rows), dtype=bool)
        for number, toponym in enumerate(toponyms):
            if toponym.qualifier is None or not len(toponym.qualifier.rows):
                continue
            part = slice(self.bounds[number], self.bounds[number + 1])
            outer = toponym.qualifier.rows
            qualified[part] = True
            inside[part] = (
                np.isin(self.admin1[part], outer) & (self.admin1[part] != self.rows[part])
                | np.isin(self.admin2[part], outer)
                | np.isin(self.country_row[part], outer) & (self.country_row[part] != self.rows[part])
            )
        return inside, qualified

    def _context(self, probabilities: Floats) -> Floats:
        mass = probabilities * self.weight[self.group]
        total = self.weight.sum() - self.weight[self.group]
        share = np.maximum(total, 1e-9)
        columns = [
            np.where(self.country_row >= 0, self._shared(self.country, mass), 0.0) / share,
            np.where(self.admin1 >= 0, self._shared(self.admin1, mass), 0.0) / share,
            *self._nearness(probabilities, mass, share),
            self._contained(probabilities),
            self._containing(probabilities),
            *self._at_dateline(probabilities),
        ]
        return np.stack(columns, axis=1)

    def _shared(self, container: Ints, mass: Floats) -> Floats:
        """Return, by candidate, the mass of other toponyms in the same container."""
        keys, index = np.unique(container, return_inverse=True)
        everything = np.bincount(index, mass, len(keys))[index]
        pairs, own_index = np.unique(self.group * len(keys) + index, return_inverse=True)
        own = np.bincount(own_index, mass, len(pairs))[own_index]
        shared: Floats = np.maximum(everything - own, 0.0)
        return shared

    def _nearness(self, probabilities: Floats, mass: Floats, share: Floats) -> tuple[Floats, Floats]:
        best = self._best(probabilities)
        # A country or continent is no point: nearness to it says nothing.
        points = best[np.isin(self.gazetteer.feature[self.rows[best]], (COUNTRY, REGION), invert=True)]
        points = points[:MAX_CONTEXT_POINTS]
        mean, most = np.zeros(len(self.rows)), np.zeros(len(self.rows))
        if not len(points):
            return mean, most
        weight = mass[points]
        for first in range(0, len(self.rows), _BLOCK):
            part = slice(first, first + _BLOCK)
            near = np.exp(-self.gazetteer.distance_km(self.rows[part], self.rows[points]) / NEAR_KM)
            near *= self.group[part, None] != self.group[points][None]
            mean[part] = near @ weight
            most[part] = (near * probabilities[points]).max(axis=1)
        return mean / share, most

    def _best(self, probabilities: Floats) -> Ints:
        """Return the number of the likeliest candidate of each toponym."""
        order = np.lexsort((-probabilities, self.group))
        best: Ints = order[self.bounds[:-1]]
        return best

    def _contained(self, probabilities: Floats) -> Floats:
        """Return how probably the article also names a place that a candidate lies in."""
        result = np.zeros(len(self.rows))
        order = np.argsort(self.rows, kind="stable")
        known = self.rows[order]
        for container in (self.admin1, self.admin2, self.country_row):
            at = np.searchsorted(known, container).clip(max=len(known) - 1)
            other = order[at]
            holds = (known[at] == container) & (container != self.rows) & (self.group[other] != self.group)
            result = np.maximum(result, np.where(holds, probabilities[other], 0.0))
        return result

    def _containing(self, probabilities: Floats) -> Floats:
        """Return how probably the article names a place within a candidate."""
        result = np.zeros(len(self.rows))
        best = self._best(probabilities)
        order = np.argsort(self.rows, kind="stable")
        known = self.rows[order]
        for container in (self.admin1, self.admin2, self.country_row):
            inner = best[(container[best] >= 0) & (container[best] != self.rows[best])]
            first = np.searchsorted(known, container[inner], side="left")
            last = np.searchsorted(known, container[inner], side="right")
            for number, start, stop in zip(inner.tolist(), first.tolist(), last.tolist(), strict=True):
                outer = order[start:stop]
                outer = outer[self.group[outer] != self.group[number]]
                result[outer] = np.maximum(result[outer], probabilities[number])
        return result

    def _at_dateline(self, probabilities: Floats) -> tuple[Floats, Floats]:
        if self.dateline < 0:
            return np.zeros(len(self.rows)), np.zeros(len(self.rows))
        best = self._best(probabilities)[self.dateline]
        other = self.group != self.dateline
        near = np.exp(-self.gazetteer.distance_km(self.rows, self.rows[best : best + 1])[:, 0] / NEAR_KM)
        return (other & (self.country == self.country[best])).astype(np.float64), other * near


def _in_host(toponym: Toponym, host: str) -> bool:
    """Say whether the site is called after a place: dallasnews.com, columbustelegram.com."""
    name = toponym.key.split(",")[0].split(" (")[0].replace(" ", "")
    return len(name) > 3 and name in host.replace("-", "")

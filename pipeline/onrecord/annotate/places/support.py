"""Places that stand in names of bodies alone, and whether the rest of the article speaks for them."""

from __future__ import annotations

from onrecord.annotate.places.description import MILLION
from onrecord.annotate.places.gazetteer import CAPITAL, COUNTRY, Gazetteer
from onrecord.annotate.places.outlet import Home
from onrecord.annotate.places.resolution import Toponym


def supported(toponyms: list[Toponym], gazetteer: Gazetteer, home: Home) -> list[Toponym]:
    """Leave out toponyms that only name bodies and whose place nothing else in the article points to.

    "Tarn Analytics" in a report from Oregon says nothing of the river in France, while "Leeds Crown
    Court" is a court in Leeds. A name that is a country's, a capital's or a large city's stays; so does
    one in a country that a place outside names lies in, or the site; and so does a place of the user's.
    """
    countries = {
        toponym.country for toponym in toponyms if toponym.country >= 0 and not _only_in_names(toponym)
    }
    if home.country >= 0:
        countries.add(home.country)
    if not countries:
        return toponyms
    return [one for one in toponyms if _stands_alone(one, gazetteer) or one.country in countries]


def _stands_alone(toponym: Toponym, gazetteer: Gazetteer) -> bool:
    if not _only_in_names(toponym):
        return True
    row = toponym.row
    return row >= 0 and (
        row in toponym.own
        or gazetteer.feature[row] in (COUNTRY, CAPITAL)
        or int(gazetteer.population[row]) >= MILLION
    )


def _only_in_names(toponym: Toponym) -> bool:
    return all(one.compound for one in toponym.mentions)

"""The `onrecord_places` component."""

from __future__ import annotations

import os
import re
from collections import Counter

from spacy.tokens import Doc, Token

from onrecord.annotate.actors.own import read_own_actors
from onrecord.annotate.annotations import PLACES, PlaceAnnotation, PlaceEntity, annotate, register_extensions
from onrecord.annotate.own_names import OwnNames
from onrecord.annotate.places.candidates import Candidate
from onrecord.annotate.places.gazetteer import COUNTRY, Gazetteer, load_gazetteer
from onrecord.annotate.places.metonymy import is_metonym
from onrecord.annotate.places.outlet import home_of
from onrecord.annotate.places.own_gazetteer import load_own_gazetteer
from onrecord.annotate.places.recognition import recognize
from onrecord.annotate.places.resolution import Toponym, group, resolve
from onrecord.annotate.places.support import supported
from onrecord.parse.texts import text_of
from onrecord.records.vocabulary import ActorType, PlaceKind

# What stands behind a dateline: "NAIROBI, Kenya (LNA) —", "PARIS --".
_DATELINE_END = re.compile(r"[^\n.!?]{0,40}?(?:\([^()\n]{1,30}\)|\s[—–-]{1,2}\s|\s?—)")
_COMMON = 0.6  # of the towns in one country
_DATELINE_WITHIN = 600


class Places:
    """Find toponyms and resolve them: a PlaceAnnotation each, with the PlaceEntity that they share.

    Reads `doc._.onrecord_site` and, where the pipeline has them, entities, tags and parse. The
    shipped gazetteer is loaded with the first document, a user's own places at once.
    """

    def __init__(
        self,
        gazetteer: str | os.PathLike[str] | None = None,
        actors: str | os.PathLike[str] | None = None,
    ) -> None:
        """Take in the CSV files of a user's own places and actors, where there are such.

        Of actors the names count: a place in one is a part of it. Raises InputNotFoundError where there is
        no such file, LexiconError, naming file, line and reason, where it cannot be used.
        """
        register_extensions()
        self._own = load_own_gazetteer(gazetteer) if gazetteer is not None else None
        self._actors: OwnNames[ActorType] = OwnNames()
        for actor in read_own_actors(actors) if actors is not None else ():
            for name in actor.names:
                self._actors.add(name, actor.type)

    def __call__(self, doc: Doc) -> Doc:
        """Annotate a document."""
        gazetteer = self._own or load_gazetteer()
        found = self._outside_actors(doc, recognize(doc, gazetteer))
        toponyms = group(found, gazetteer)
        home = home_of(doc._.onrecord_site, gazetteer)
        resolve(toponyms, gazetteer, home, dateline_of(text_of(doc), toponyms))
        kept = [(one, _places_only(doc, one)) for one in supported(toponyms, gazetteer, home)]
        entities = _entities([toponym for toponym, mentions in kept if mentions], gazetteer)
        annotate(
            doc,
            PLACES,
            "PLACE",
            (
                (
                    (one.start, one.end),
                    PlaceAnnotation(one.start, one.end, entities[toponym.key], one.in_name),
                )
                for toponym, mentions in kept
                for one in mentions
            ),
        )
        return doc

    def _outside_actors(self, doc: Doc, found: list[Candidate]) -> list[Candidate]:
        """Leave out what stands in names of the user's persons, and mark what does in those of bodies."""
        if not self._actors:
            return found
        tokens, starts = [token.text for token in doc], [token.idx for token in doc]
        actor_at = {
            number: (last - first, kind)
            for first, last, (kind, *_) in self._actors.find(text_of(doc), tokens, starts)
            for number in range(first, last)
        }
        kept = []
        for one in found:
            length, kind = actor_at.get(one.first, (0, None))
            if length > one.last - one.first and one.last - 1 in actor_at:
                if kind == "person":
                    continue
                one.in_name = one.compound = True
            kept.append(one)
        return kept


def dateline_of(text: str, toponyms: list[Toponym]) -> Toponym | None:
    """Return the place that the article is filed from, if it says so at the beginning of a line."""
    for toponym in toponyms:
        first = toponym.mentions[0]
        if first.start > _DATELINE_WITHIN:
            break
        at_line_start = first.start == 0 or text[first.start - 1] in "\r\n"
        if at_line_start and _DATELINE_END.match(text, first.end):
            return toponym
    return None


def _places_only(doc: Doc, toponym: Toponym) -> list[Candidate]:
    """Leave out the mentions that stand for a government."""
    if not doc.has_annotation("DEP"):
        return toponym.mentions
    return [one for one in toponym.mentions if one.in_name or not is_metonym(_head(doc, one))]


def _head(doc: Doc, one: Candidate) -> Token:
    return doc[one.first : one.last].root


def _entities(toponyms: list[Toponym], gazetteer: Gazetteer) -> dict[str, PlaceEntity]:
    """Make one entity for each distinct place, by the key of its toponyms, numbered in text order."""
    same: dict[object, list[Toponym]] = {}
    for toponym in toponyms:
        same.setdefault(toponym.row if toponym.row >= 0 else toponym.key, []).append(toponym)
    keys = {identity: key for key, identity in enumerate(same, 1)}
    common = _common_country(toponyms, gazetteer)
    entities: dict[str, PlaceEntity] = {}
    for identity, group_ in same.items():
        entity = _entity(keys, identity, group_, gazetteer, common)
        entities.update((toponym.key, entity) for toponym in group_)
    return entities


def _common_country(toponyms: list[Toponym], gazetteer: Gazetteer) -> int:
    """Return the country that the resolved towns and regions of the article lie in, -1 if they do not agree.

    Two in five may lie elsewhere, and countries that are only named do not count where towns are.
    """
    resolved = [toponym for toponym in toponyms if toponym.country >= 0]
    inner = [one for one in resolved if one.row < 0 or gazetteer.feature[one.row] != COUNTRY]
    countries = Counter(one.country for one in (inner if len(inner) > 1 else resolved))
    country, count = next(iter(countries.most_common(1)), (-1, 0))
    return country if count > 1 and count >= _COMMON * countries.total() else -1


def _entity(
    keys: dict[object, int], identity: object, toponyms: list[Toponym], gazetteer: Gazetteer, common: int
) -> PlaceEntity:
    first = toponyms[0]
    row, country = first.row, first.country
    name = _name([one for toponym in toponyms for one in toponym.mentions])
    if row >= 0:
        lat, lon = gazetteer.point(row) or (None, None)
        return PlaceEntity(
            keys[identity],
            name,
            gazetteer.kind(row),
            gazetteer.country_code(row),
            gazetteer.admin1_name(row),
            int(gazetteer.geonames_id[row]) or None,
            lat,
            lon,
            _within(row, keys, gazetteer),
            gazetteer.external_id(row),
        )
    qualifier = first.qualifier
    outer = qualifier.row if qualifier is not None else -1
    if outer >= 0:
        country = int(gazetteer.country[outer])
    elif country < 0 and "natural" not in first.hints:  # a sea or a river lies in several
        country = common
    return PlaceEntity(
        keys[identity],
        name,
        _guessed_kind(first),
        gazetteer.countries[country] or None if country >= 0 else None,
        gazetteer.own_admin1_name(outer) if outer >= 0 else None,
        within=keys.get(outer) if outer >= 0 else None,
    )


def _within(row: int, keys: dict[object, int], gazetteer: Gazetteer) -> int | None:
    """Return the key of the smallest place of the article that contains a place."""
    for outer in (int(gazetteer.admin2[row]), int(gazetteer.admin1[row]), gazetteer.country_row(row)):
        if outer != row and outer in keys:
            return keys[outer]
    return None


def _guessed_kind(toponym: Toponym) -> PlaceKind:
    if "natural" in toponym.hints:
        return "natural"
    if "division" in toponym.hints:
        return "region"
    return "site" if toponym.mentions[0].label == "FAC" else "city"


def _name(mentions: list[Candidate]) -> str:
    """Return the fullest form of a name, not in capitals if the article also writes it otherwise."""
    forms = [one.written for one in mentions]
    best = max(forms, key=lambda form: (not _shouted(form), len(form)))
    return best.title() if _shouted(best) else best


def _shouted(form: str) -> bool:
    return form.isupper() and len(form) > 4

"""The `onrecord_actors` component."""

from __future__ import annotations

import os

from spacy.tokens import Doc

from onrecord.annotate.actors.clustering import Clustering
from onrecord.annotate.actors.describing import describe
from onrecord.annotate.actors.everyone import Everyone, PlaceReferences, place_of
from onrecord.annotate.actors.learned.antecedents import RankedAntecedents, told_nominals
from onrecord.annotate.actors.learned.model import Coreference
from onrecord.annotate.actors.lexicon import load_lexicon
from onrecord.annotate.actors.listing import listed
from onrecord.annotate.actors.names import find_names
from onrecord.annotate.actors.nominals import all_mentions
from onrecord.annotate.actors.own import read_own_actors
from onrecord.annotate.actors.own_mentions import OwnActors
from onrecord.annotate.actors.shown_types import with_types
from onrecord.annotate.actors.tokens import Tokens, tokens_of
from onrecord.annotate.annotations import (
    ACTORS,
    PLACES,
    ActorAnnotation,
    Offsets,
    PlaceAnnotation,
    PlaceEntity,
    annotate,
    register_extensions,
)
from onrecord.annotate.methods import checked_method
from onrecord.errors import InvalidSettingError


class Actors:
    """Find who says, does or suffers something, and which words mean the same one.

    Three steps in modules of their own, each of which another method can replace: mentions
    (`names`, `nominals`, `pronouns`), clustering (`clustering` with `name_matching`, `appositions`,
    `nominal_antecedents`, `salience`) and describing (`describing`). Without a parse only names are
    found, without tags only titled ones and those with a known first name or key word.
    """

    def __init__(
        self,
        *,
        method: str = "rules",
        weights: str | None = None,
        actors: str | os.PathLike[str] | None = None,
        mentions: str = "actors",
    ) -> None:
        """Read the lexicon, and the heads of coreference where the method is `model`.

        `model` needs `onrecord_encoder` before it in the pipeline, with the same `weights` (a folder;
        else those that ship with `en_onrecord`). Raises InvalidSettingError for an unknown method,
        ModelNotFoundError for missing weights, LexiconError for a broken lexicon. `actors` is the CSV file of
        a user's own actors: InputNotFoundError where there is no such file, LexiconError, naming file, line
        and reason, where it cannot be used. `mentions` are those of `actors`, or with `all` (which the method
        `model` alone can find) those of all people, bodies and places; references to places are then added
        to `doc.spans["onrecord_places"]`.
        """
        if mentions not in ("actors", "all") or (mentions == "all" and method != "model"):
            raise InvalidSettingError(
                f"mentions is {mentions!r}; it can be 'actors', and with the method 'model' also 'all'"
            )
        register_extensions()
        self._lexicon = load_lexicon()
        self._own = OwnActors(read_own_actors(actors) if actors is not None else [])
        self._everyone = mentions == "all"
        self._model = Coreference(weights) if checked_method(method) == "model" else None

    def __call__(self, doc: Doc) -> Doc:
        """Write an `ActorAnnotation` a mention into `doc.spans["onrecord_actors"]`."""
        annotate(doc, ACTORS, "ACTOR", self._find(doc) if len(doc) else [])
        return doc

    def _find(self, doc: Doc) -> list[tuple[Offsets, ActorAnnotation]]:
        tokens, lexicon = tokens_of(doc), self._lexicon
        names = find_names(tokens, lexicon, self._own)
        reading = self._model.read(doc._.onrecord_encoding) if self._model and tokens.parsed else None
        told = told_nominals(tokens, reading) if reading else {}
        mentions = with_types(tokens, lexicon, list(all_mentions(tokens, lexicon, names, told)))
        ranked = RankedAntecedents(tokens, mentions, reading) if reading else None
        clustering = Clustering(tokens, lexicon, mentions, ranked)
        clusters = clustering.run()
        if self._everyone and ranked:
            everyone = Everyone(tokens, mentions, clusters, ranked, clustering.speaker_at)
            everyone.run()
            clusters = everyone.clusters
            _annotate_places(tokens, everyone.places)
        else:
            clusters = [c for c in clusters if listed(tokens, lexicon, mentions, c)]
        found: list[tuple[Offsets, ActorAnnotation]] = []
        entities = describe(tokens, lexicon, mentions, clusters, self._own)
        for entity, cluster in zip(entities, clusters, strict=True):
            for number in cluster.mentions:
                mention = mentions[number]
                start, end = tokens.start[mention.start], tokens.end[mention.end - 1]
                annotation = ActorAnnotation(
                    start=start, end=end, kind=mention.kind, head=tokens.start[mention.head], actor=entity
                )
                found.append(((start, end), annotation))
        return found


def _annotate_places(tokens: Tokens, places: list[PlaceReferences]) -> None:
    """Add what refers to places without naming them to the toponyms of a document."""
    doc = tokens.doc
    found = [((span.start_char, span.end_char), span._.onrecord_place) for span in doc.spans.get(PLACES, ())]
    entities = {annotation.place.key: annotation.place for _, annotation in found}
    last = max(entities, default=0)
    for place in places:
        if place.key is None:
            last += 1
            entity = PlaceEntity(last, *place_of(tokens, place.mentions))
        else:
            entity = entities[place.key]
        for mention in place.mentions:
            offsets = tokens.start[mention.start], tokens.end[mention.end - 1]
            found.append((offsets, PlaceAnnotation(*offsets, entity, kind=mention.kind)))
    annotate(doc, PLACES, "PLACE", found)

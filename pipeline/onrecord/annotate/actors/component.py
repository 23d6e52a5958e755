"""The `onrecord_actors` component."""

from __future__ import annotations

import os

from spacy.tokens import Doc

from onrecord.annotate.actors.appositions import with_types
from onrecord.annotate.actors.clustering import cluster_mentions
from onrecord.annotate.actors.describing import describe
from onrecord.annotate.actors.learned.antecedents import RankedAntecedents, told_nominals
from onrecord.annotate.actors.learned.model import Coreference
from onrecord.annotate.actors.lexicon import load_lexicon
from onrecord.annotate.actors.listing import listed
from onrecord.annotate.actors.names import find_names
from onrecord.annotate.actors.nominals import all_mentions
from onrecord.annotate.actors.own import read_own_actors
from onrecord.annotate.actors.own_mentions import OwnActors
from onrecord.annotate.actors.tokens import tokens_of
from onrecord.annotate.annotations import ACTORS, ActorAnnotation, Offsets, annotate, register_extensions
from onrecord.annotate.methods import checked_method


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
    ) -> None:
        """Read the lexicon, and the heads of coreference where the method is `model`.

        `model` needs `onrecord_encoder` before it in the pipeline, with the same `weights` (a folder;
        else those that ship with `en_onrecord`). Raises InvalidSettingError for an unknown method,
        ModelNotFoundError for missing weights, LexiconError for a broken lexicon. `actors` is the CSV file of
        a user's own actors: InputNotFoundError where there is no such file, LexiconError, naming file, line
        and reason, where it cannot be used.
        """
        register_extensions()
        self._lexicon = load_lexicon()
        self._own = OwnActors(read_own_actors(actors) if actors is not None else [])
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
        clusters = [
            c
            for c in cluster_mentions(tokens, lexicon, mentions, ranked)
            if listed(tokens, lexicon, mentions, c)
        ]
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

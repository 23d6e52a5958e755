"""The entry point of `onrecord_actors`. It stays light: spaCy imports it at every `spacy.load`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacy.language import Language

if TYPE_CHECKING:
    from onrecord.annotate.actors.component import Actors


@Language.factory(
    "onrecord_actors",
    default_config={"method": "rules", "weights": None, "actors": None, "mentions": "actors"},
)
def create_actors(
    nlp: Language,  # noqa: ARG001  spaCy's signature
    name: str,  # noqa: ARG001
    method: str,
    weights: str | None,
    actors: str | None,
    mentions: str,
) -> Actors:
    """Create the component that finds actors; see `component.Actors`."""
    from onrecord.annotate.actors.component import Actors  # noqa: PLC0415  lexicons are read on use

    return Actors(method=method, weights=weights, actors=actors, mentions=mentions)

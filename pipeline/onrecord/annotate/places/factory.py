"""The entry point of `onrecord_places`. It stays light: spaCy imports it at every `spacy.load`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacy.language import Language

if TYPE_CHECKING:
    from onrecord.annotate.places.component import Places


@Language.factory("onrecord_places", default_config={"gazetteer": None, "actors": None})
def create_places(
    nlp: Language,  # noqa: ARG001  spaCy's signature
    name: str,  # noqa: ARG001
    gazetteer: str | None,
    actors: str | None,
) -> Places:
    """Create the component that finds and resolves toponyms; see `component.Places`."""
    from onrecord.annotate.places.component import Places  # noqa: PLC0415  lexicons are read on use

    return Places(gazetteer, actors)

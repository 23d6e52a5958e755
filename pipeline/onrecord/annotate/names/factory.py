"""The entry point of `onrecord_names`. It stays light: spaCy imports it at every `spacy.load`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacy.language import Language

if TYPE_CHECKING:
    from onrecord.annotate.names.component import Names


@Language.factory("onrecord_names", assigns=["doc.ents"], default_config={"weights": None})
def create_names(nlp: Language, name: str, weights: str | None) -> Names:  # noqa: ARG001  spaCy's signature
    """Create the component that recognises names; see `component.Names`."""
    from onrecord.annotate.names.component import Names  # noqa: PLC0415  weights are read on use

    return Names(weights=weights)

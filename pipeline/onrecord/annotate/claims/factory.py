"""The entry point of `onrecord_claims`. It stays light: spaCy imports it at every `spacy.load`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacy.language import Language

if TYPE_CHECKING:
    from onrecord.annotate.claims.component import Claims


@Language.factory("onrecord_claims", default_config={"method": "rules", "weights": None})
def create_claims(nlp: Language, name: str, method: str, weights: str | None) -> Claims:  # noqa: ARG001  spaCy's signature
    """Create the component that finds claims; see `component.Claims`."""
    from onrecord.annotate.claims.component import Claims  # noqa: PLC0415  lexicons are read on use

    return Claims(method=method, weights=weights)

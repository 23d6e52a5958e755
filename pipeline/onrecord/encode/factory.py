"""The entry point of `onrecord_encoder`. It stays light: spaCy imports it at every `spacy.load`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacy.language import Language

if TYPE_CHECKING:
    from onrecord.encode.component import EncoderComponent


@Language.factory("onrecord_encoder", default_config={"weights": None})
def create_encoder(nlp: Language, name: str, weights: str | None) -> EncoderComponent:  # noqa: ARG001
    """Create the component that encodes words; see `component.EncoderComponent`."""
    from onrecord.encode.component import EncoderComponent  # noqa: PLC0415  weights are read on use

    return EncoderComponent(weights=weights)

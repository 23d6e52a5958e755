"""The entry point of `onrecord_figures`. It stays light: spaCy imports it at every `spacy.load`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacy.language import Language

if TYPE_CHECKING:
    from onrecord.annotate.figures.component import Figures


@Language.factory("onrecord_figures")
def create_figures(nlp: Language, name: str) -> Figures:  # noqa: ARG001  spaCy's signature
    """Create the component that finds figures; see `component.Figures`."""
    from onrecord.annotate.figures.component import Figures  # noqa: PLC0415  lexicons are read on use

    return Figures()

"""The entry point of `onrecord_dates`. It stays light: spaCy imports it at every `spacy.load`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacy.language import Language

if TYPE_CHECKING:
    from onrecord.annotate.dates.component import Dates


@Language.factory("onrecord_dates", default_config={"day_first": None})
def create_dates(nlp: Language, name: str, day_first: bool | None) -> Dates:  # noqa: ARG001  spaCy's signature
    """Create the component that finds expressions of time; see `component.Dates`."""
    from onrecord.annotate.dates.component import Dates  # noqa: PLC0415  lexicons are read on use

    return Dates(day_first=day_first)

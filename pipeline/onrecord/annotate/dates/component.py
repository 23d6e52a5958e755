"""The `onrecord_dates` component."""

from __future__ import annotations

from spacy.tokens import Doc

from onrecord.annotate.annotations import register_extensions


class Dates:
    def __init__(self, *, day_first: bool | None = None) -> None:
        register_extensions()

    def __call__(self, doc: Doc) -> Doc:
        return doc

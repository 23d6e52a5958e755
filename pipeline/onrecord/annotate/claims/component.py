"""The `onrecord_claims` component."""

from __future__ import annotations

from spacy.tokens import Doc

from onrecord.annotate.annotations import register_extensions


class Claims:
    def __init__(self, *, method: str = "rules") -> None:
        register_extensions()

    def __call__(self, doc: Doc) -> Doc:
        return doc

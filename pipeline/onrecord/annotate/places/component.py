"""The `onrecord_places` component."""

from __future__ import annotations

from spacy.tokens import Doc

from onrecord.annotate.annotations import register_extensions


class Places:
    def __init__(self) -> None:
        register_extensions()

    def __call__(self, doc: Doc) -> Doc:
        return doc

"""The text of a Doc, put together once: spaCy does so from all tokens each time that it is asked."""

from __future__ import annotations

from spacy.tokens import Doc

_KNOWN = "onrecord_text"


def text_of(doc: Doc) -> str:
    """Return `doc.text`, which never changes."""
    if not Doc.has_extension(_KNOWN):
        Doc.set_extension(_KNOWN, default=None)
    known: str | None = doc._.get(_KNOWN)
    if known is None:
        known = doc.text
        doc._.set(_KNOWN, known)
    return known

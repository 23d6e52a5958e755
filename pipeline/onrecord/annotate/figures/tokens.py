"""The Doc as figures need it: tokens by offset, and what the pipeline knows of them."""

from __future__ import annotations

from functools import cached_property

import numpy as np
from spacy.tokens import Doc, Token


class Tokens:
    """Finds the token at an offset; says what annotation the Doc has."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.has_parse = doc.has_annotation("DEP")
        self.has_tags = doc.has_annotation("TAG")

    @cached_property
    def _starts(self) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        return np.fromiter((token.idx for token in self.doc), dtype=np.int64, count=len(self.doc))

    def at(self, offset: int) -> Token:
        """Return the token that covers the code point at `offset`, or the last one that begins before it."""
        return self.doc[max(int(np.searchsorted(self._starts, offset, side="right")) - 1, 0)]

    def is_plural_noun(self, offset: int) -> bool:
        """Tell whether a plural noun stands at `offset`, by its ending where there are no tags."""
        token = self.at(offset)
        if self.has_tags:
            return token.tag_ in ("NNS", "NNPS") or token.lower_ == "people"
        text = token.lower_
        return text == "people" or (
            len(text) > 3 and text.isalpha() and text.endswith("s") and not text.endswith("ss")
        )

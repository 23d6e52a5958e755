"""The `onrecord_encoder` component: one pass of the shared encoder over a Doc."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import srsly
from spacy.tokens import Doc

from onrecord.encode.model import EncoderModel, Encoding, weights_folder
from onrecord.encode.words import words_of
from onrecord.errors import ModelNotFoundError
from onrecord.parse.quotations import find_quotations
from onrecord.parse.texts import text_of


def _drop(value: Any, chain: Callable[[Any], Any] | None = None) -> Any:
    if isinstance(value, Encoding):
        return None
    return value if chain is None else chain(value)


srsly.msgpack_encoders("onrecord_encoding", func=_drop)


class EncoderComponent:
    """Writes `doc._.onrecord_encoding`: vectors of all words, for the heads that read them.

    Words are the Doc's tokens without white space. The encoding is working memory: it is dropped
    when the Doc is serialised.
    """

    def __init__(self, *, weights: str | None = None) -> None:
        """Load the weights that ship with `en_onrecord`, or those in the folder named.

        Raises ModelNotFoundError where there are none.
        """
        folder = Path(weights) if weights else weights_folder()
        if folder is None:
            raise ModelNotFoundError(
                "en_onrecord holds no weights; use the rules, or train and export a model"
            )
        if not Doc.has_extension("onrecord_encoding"):
            Doc.set_extension("onrecord_encoding", default=None)
        self._model = EncoderModel(folder)

    def __call__(self, doc: Doc) -> Doc:
        """Encode the Doc."""
        doc._.onrecord_encoding = self.encode(doc)
        return doc

    def encode(self, doc: Doc) -> Encoding:
        """Return the vectors of a Doc's words."""
        text = text_of(doc)
        tokens = [token for token in doc if not token.is_space]
        spans = np.asarray([(t.idx, t.idx + len(t)) for t in tokens], dtype=np.int64).reshape(-1, 2)
        breaks = [i for i, c in enumerate(text) if c == "\n"]
        return self._model(words_of([t.text for t in tokens], spans, breaks, find_quotations(text)))

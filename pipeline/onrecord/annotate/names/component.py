"""The `onrecord_names` component: a recogniser of names that reads the shared encoder."""

from __future__ import annotations

import numpy as np
from spacy.tokens import Doc, Span

from onrecord.annotate.names.tags import spans_of
from onrecord.encode.model import Encoding, open_head


class Names:
    """Writes `doc.ents` with the eighteen types of OntoNotes 5, in the place of spaCy's `ner`.

    It needs `onrecord_encoder` before it in the pipeline, with the same weights. Entities that the
    Doc has already are replaced.
    """

    def __init__(self, *, weights: str | None = None) -> None:
        """Load `names.onnx` from the folder named, or the one that ships with `en_onrecord`.

        Raises ModelNotFoundError where it is missing or broken.
        """
        self._head = open_head("names", weights)

    def __call__(self, doc: Doc) -> Doc:
        """Recognise the names of the Doc."""
        tokens = [token.i for token in doc if not token.is_space]
        doc.set_ents(
            [
                Span(doc, tokens[start], tokens[end - 1] + 1, label)
                for start, end, label in self._find(doc._.onrecord_encoding)
            ]
        )
        return doc

    def _find(self, encoding: Encoding) -> list[tuple[int, int, str]]:
        scores = [
            self._head.run(None, {"vectors": vectors[None]})[0][0, window.own - window.start :]
            for window, vectors in zip(encoding.windows, encoding.vectors, strict=True)
        ]
        return spans_of(np.concatenate(scores)) if scores else []

"""Texts cut into words as the pipeline cuts them."""

from __future__ import annotations

import numpy as np
import spacy

from onrecord.encode.words import Words, words_of
from onrecord.parse.quotations import find_quotations

_TOKENIZER = spacy.blank("en")


def tokenize(text: str) -> Words:
    """Return the words of a text as the pipeline's tokenizer cuts them."""
    tokens = [token for token in _TOKENIZER.make_doc(text) if not token.is_space]
    spans = np.asarray([(t.idx, t.idx + len(t)) for t in tokens], dtype=np.int64).reshape(-1, 2)
    breaks = [i for i, c in enumerate(text) if c == "\n"]
    return words_of([t.text for t in tokens], spans, breaks, find_quotations(text))


def word_range(words: Words, start: int, end: int) -> tuple[int, int] | None:
    """Return the half-open range of the words in a stretch of text; None where it holds none."""
    low = int(np.searchsorted(words.spans[:, 1], start, "right"))
    high = int(np.searchsorted(words.spans[:, 0], end, "left"))
    return (low, high) if low < high else None

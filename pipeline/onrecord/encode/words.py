"""Words as the encoder sees them: word pieces and the features that a lower-case vocabulary loses."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

from onrecord.parse.quotations import Quotation

CLS, SEP, UNKNOWN = 101, 102, 100
_MAX_PIECES_A_WORD = (
    12  # a longer word (a URL, a hostile one) is cut: only its first piece becomes its vector
)
_CACHE = 50_000

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Words:
    """The words of one text: spans in code points, line numbers and feature classes.

    `spans` is (words, 2); `lines` the number of the line that each word stands in; `features`
    (words, 3): shape, quotation and line-start class.
    """

    texts: list[str]
    spans: Ints
    lines: Ints
    features: Ints


def words_of(texts: list[str], spans: Ints, line_breaks: list[int], quotations: list[Quotation]) -> Words:
    """Return words with their features.

    Args:
        texts: the words, white space left out.
        spans: their code-point offsets, (words, 2).
        line_breaks: offsets of the line breaks of the text, ascending.
        quotations: the text's quotations.

    """
    lines = (
        np.searchsorted(np.asarray(line_breaks, dtype=np.int64), spans[:, 0])
        if len(texts)
        else np.zeros(0, int)
    )
    features = np.zeros((len(texts), 3), dtype=np.int64)
    features[:, 0] = [_shape(text) for text in texts]
    for one in quotations:
        low, high = np.searchsorted(spans[:, 1], one.start, "right"), np.searchsorted(spans[:, 0], one.end)
        features[low:high, 1] = 2 if one.single else 1
        inner = (
            np.searchsorted(spans[:, 0], one.inner_start),
            np.searchsorted(spans[:, 1], one.inner_end, "right"),
        )
        features[low : inner[0], 1] = features[inner[1] : high, 1] = 3
    if len(texts):
        features[:, 2] = np.diff(lines, prepend=-1) > 0
    return Words(texts, spans, lines.astype(np.int64), features)


def _shape(word: str) -> int:
    if word.islower():
        return 1
    if any(c.isdigit() for c in word):
        return 4
    if not any(c.isalpha() for c in word):
        return 5
    if word.isupper():
        return 3 if len(word) > 1 else 7
    return 2 if word.istitle() else 6


class WordPieces:
    """Cuts words into WordPiece ids, remembering those it has seen."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer
        self._known: dict[str, tuple[int, ...]] = {}

    def __call__(self, words: list[str]) -> list[tuple[int, ...]]:
        """Return the ids of each word's pieces; at least one a word."""
        if len(self._known) > _CACHE:
            self._known.clear()
        known = self._known
        unseen = list({word for word in words if word not in known})
        encodings = self._tokenizer.encode_batch_fast(unseen, add_special_tokens=False) if unseen else []
        for word, encoding in zip(unseen, encodings, strict=True):
            known[word] = tuple(encoding.ids[:_MAX_PIECES_A_WORD]) or (UNKNOWN,)
        return [known[word] for word in words]

"""The learned heads of mentions and antecedents at run time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from onrecord.annotate.actors.learned.pairs import Heads, PairFeatures, candidates
from onrecord.encode.model import Encoding, Vectors, open_head
from onrecord.encode.words import Ints

_ASKED_AT_ONCE = 128
_WORDS_AT_ONCE = 10_000  # more than any article has; what lies between the layers takes 10 KB a word


@dataclass(frozen=True)
class Ranking:
    """What a mention may refer back to: probabilities of mentions before it, and of none of them."""

    candidates: Ints
    probabilities: Vectors
    none: float


class Coreference:
    """Reads the shared encoder's vectors with the two heads of coreference."""

    def __init__(self, weights: str | None) -> None:
        """Load `mentions.onnx` and `antecedents.onnx` from the folder named, or those that ship.

        Raises ModelNotFoundError where they are missing or broken.
        """
        self._mentions = open_head("mentions", weights)
        self._antecedents = open_head("antecedents", weights)

    def read(self, encoding: Encoding) -> Reading:
        """Return what the heads say of a text."""
        return Reading(self, encoding)

    def class_scores(self, vectors: Vectors) -> Vectors:
        """Return log-probabilities of each word's class, (words, classes)."""
        if not len(vectors):
            return vectors
        starts = range(0, len(vectors), _WORDS_AT_ONCE)
        parts = (vectors[None, start : start + _WORDS_AT_ONCE] for start in starts)
        scores: Vectors = np.concatenate(
            [self._mentions.run(None, {"vectors": part})[0][0] for part in parts]
        )
        return scores - np.logaddexp.reduce(scores, axis=1, keepdims=True)

    def rank(
        self, encoding: Encoding, vectors: Vectors, heads: Heads, mentions: Ints
    ) -> Iterator[tuple[int, Ranking]]:
        """Yield the mentions that are asked about, ascending, each with its ranking."""
        features = PairFeatures(encoding.words, heads)
        for start in range(0, len(mentions), _ASKED_AT_ONCE):
            asked = mentions[start : start + _ASKED_AT_ONCE]
            earlier = candidates(asked)
            known = np.maximum(earlier, 0)
            low, high = int(known.min(initial=asked[0])), int(asked[-1]) + 1
            (scores,) = self._antecedents.run(
                None,
                {
                    "vectors": vectors[heads.words[low:high]],
                    "asked": asked - low,
                    "earlier": known - low,
                    "features": features(asked, known),
                },
            )
            scores[:, 1:][earlier < 0] = -np.inf
            likely = np.exp(scores - np.logaddexp.reduce(scores, axis=1, keepdims=True))
            for mention, row, chances in zip(asked.tolist(), earlier, likely, strict=True):
                yield mention, Ranking(row, chances[1:], float(chances[0]))


class Reading:
    """What the heads say of one text."""

    def __init__(self, model: Coreference, encoding: Encoding) -> None:
        """Keep the text's vectors; nothing is computed before it is asked for."""
        self._model = model
        self._encoding = encoding
        self._vectors = encoding.own()

    @cached_property
    def classes(self) -> Vectors:
        """Log-probabilities of each word's class, (words, classes)."""
        return self._model.class_scores(self._vectors)

    def rank(self, heads: Heads, mentions: Ints) -> dict[int, Ranking]:
        """Return the rankings of some of the mentions, by number, ascending."""
        return dict(self._model.rank(self._encoding, self._vectors, heads, mentions))

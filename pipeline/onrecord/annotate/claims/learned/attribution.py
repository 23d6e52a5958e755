"""Attributions by the learned method: cues, and for each its source and content, in words."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from onrecord.annotate.claims.learned.decoding import (
    B_CONTENT,
    B_SOURCE,
    I_CONTENT,
    I_SOURCE,
    OUTSIDE,
    ROLES,
    Weights,
    best_roles,
    cue_spans,
    spans_of,
)
from onrecord.annotate.claims.learned.geometry import geometry
from onrecord.encode.model import Encoding, Vectors, open_head
from onrecord.encode.windows import Window
from onrecord.encode.words import Words

WordRange = tuple[int, int]

_SURE = 50.0  # a score that leaves other roles no chance


@dataclass(frozen=True)
class Attribution:
    """Cue, source and content as half-open ranges of words; `confidence` from 0 to 1."""

    cue: WordRange
    source: tuple[WordRange, ...]
    content: tuple[WordRange, ...]
    confidence: float


class AttributionModel:
    """Reads the shared encoder's vectors with the two attribution heads."""

    def __init__(self, weights: str | None, decoding: Weights) -> None:
        """Load `cues.onnx` and `roles.onnx` from the folder named, or the one that ships.

        Raises ModelNotFoundError where they are missing.
        """
        self._cues = open_head("cues", weights)
        self._roles = open_head("roles", weights)
        self._decoding = decoding

    def __call__(self, encoding: Encoding) -> list[Attribution]:
        """Return the attributions of a text in the order of their cues."""
        read = [
            (window, spans, self._role_scores(encoding.words, window, vectors, spans))
            for window, vectors in zip(encoding.windows, encoding.vectors, strict=True)
            if (spans := self._cues_of(window, vectors))
        ]
        if not read:
            return []
        cues = [span for _, spans, _ in read for span in spans]
        # All cues of the text in one Viterbi: its steps are words, and cost the same for many cues.
        roles, certainty = best_roles(
            _padded([scores for *_, scores in read]),
            np.asarray([span[:2] for span in cues], dtype=np.int64),
            self._decoding,
        )
        offsets = [window.start for window, spans, _ in read for _ in spans]
        found: list[Attribution] = []
        for (start, end, probability), row, sure, moved in zip(cues, roles, certainty, offsets, strict=True):
            source, content = (
                tuple((a + moved, b + moved) for a, b in spans_of(row, *marks))
                for marks in ((B_SOURCE, I_SOURCE), (B_CONTENT, I_CONTENT))
            )
            if content:
                confidence = float(probability * np.exp(sure))
                found.append(Attribution((start + moved, end + moved), source, content, confidence))
        return found

    def _cues_of(self, window: Window, vectors: Vectors) -> list[tuple[int, int, float]]:
        (scores,) = self._cues.run(None, {"vectors": vectors[None]})
        spans = cue_spans(scores[0], self._decoding.cue_bias)
        return [span for span in spans if window.start + span[0] >= window.own]

    def _role_scores(
        self, words: Words, window: Window, vectors: Vectors, spans: list[tuple[int, int, float]]
    ) -> Vectors:
        cues = np.asarray([span[:2] for span in spans], dtype=np.int64)
        quotes = words.features[window.start : window.end, 1]
        scores: Vectors = self._roles.run(
            None,
            {
                "vectors": vectors[None],
                "owner": np.zeros(len(cues), dtype=np.int64),
                "cues": np.stack([vectors[start:end].mean(0) for start, end in cues]),
                "geometry": geometry(cues, words.lines[window.start : window.end], quotes),
            },
        )[0]
        return scores


def _padded(scores: list[Vectors]) -> Vectors:
    """Join scores of windows, (cues, words, roles); words that a window lacks have no role for sure."""
    longest = max(one.shape[1] for one in scores)
    padded = np.zeros((sum(len(one) for one in scores), longest, ROLES), dtype=np.float32)
    padded[..., OUTSIDE] = _SURE
    row = 0
    for one in scores:
        padded[row : row + len(one), : one.shape[1]] = one
        row += len(one)
    return padded

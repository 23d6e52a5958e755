"""Attributions by the learned method: cues, and for each its source and content, in words."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from onrecord.annotate.claims.learned.decoding import (
    B_CONTENT,
    B_SOURCE,
    I_CONTENT,
    I_SOURCE,
    Weights,
    best_roles,
    cue_spans,
    spans_of,
)
from onrecord.annotate.claims.learned.geometry import geometry
from onrecord.encode.model import Encoding, open_head

WordRange = tuple[int, int]


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
        found: list[Attribution] = []
        words = encoding.words
        for window, vectors in zip(encoding.windows, encoding.vectors, strict=True):
            (scores,) = self._cues.run(None, {"vectors": vectors[None]})
            spans = [
                s for s in cue_spans(scores[0], self._decoding.cue_bias) if window.start + s[0] >= window.own
            ]
            if not spans:
                continue
            cues = np.asarray([span[:2] for span in spans], dtype=np.int64)
            where = geometry(
                cues, words.lines[window.start : window.end], words.features[window.start : window.end, 1]
            )
            (scored,) = self._roles.run(
                None,
                {
                    "vectors": vectors[None],
                    "owner": np.zeros(len(cues), dtype=np.int64),
                    "cues": np.stack([vectors[start:end].mean(0) for start, end in cues]),
                    "geometry": where,
                },
            )
            roles, certainty = best_roles(scored, cues, self._decoding)
            for (start, end, probability), row, sure in zip(spans, roles, certainty, strict=True):
                source, content = (
                    tuple((a + window.start, b + window.start) for a, b in spans_of(row, *marks))
                    for marks in ((B_SOURCE, I_SOURCE), (B_CONTENT, I_CONTENT))
                )
                if content:
                    cue = (start + window.start, end + window.start)
                    confidence = float(probability * np.exp(sure))
                    found.append(Attribution(cue, source, content, confidence))
        return found

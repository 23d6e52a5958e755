"""From scores to spans: cues by BIO, and for each cue the best sequence of roles (Viterbi)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]

OUTSIDE, B_SOURCE, I_SOURCE, B_CONTENT, I_CONTENT = range(5)
ROLES = 5
CUE_OUTSIDE, B_CUE, I_CUE = range(3)
CUES = 3


@dataclass(frozen=True)
class Weights:
    """What decoding adds to the scores, in nats; see `claims/model.toml`."""

    cue_bias: float = 0.0
    enter_content: float = -1.0
    enter_source: float = 0.5


def cue_spans(scores: Floats, bias: float = 0.0) -> list[tuple[int, int, float]]:
    """Return (start, end, probability) of the cues in a window's BIO scores, (words, 3).

    `bias` is added to the scores of B and I: above 0 it finds more cues.
    """
    shifted = scores + np.asarray([0.0, bias, bias], dtype=scores.dtype)
    labels = shifted.argmax(-1)
    probabilities = 1.0 - _softmax(scores)[:, CUE_OUTSIDE]
    spans: list[tuple[int, int, float]] = []
    start = None
    for number, label in enumerate([*labels.tolist(), CUE_OUTSIDE]):
        if start is not None and label != I_CUE:
            spans.append((start, number, float(probabilities[start:number].max())))
            start = None
        if label == B_CUE or (label == I_CUE and start is None):
            start = number
    return spans


def best_roles(
    scores: Floats, cues: npt.NDArray[np.int64], weights: Weights
) -> tuple[npt.NDArray[np.int64], Floats]:
    """Return the best role of each word for each cue, (cues, words), and each cue's mean log-probability.

    A role goes on only where it has begun (BIO); the cue's own words have none.

    Args:
        scores: unnormalised scores (cues, words, 5).
        cues: first and last-plus-one word of each cue.
        weights: what entering a role costs.

    """
    count, words, _ = scores.shape
    logs = np.log(np.maximum(_softmax(scores), 1e-9)).astype(np.float32)
    emissions = logs.copy()
    emissions[..., B_CONTENT] += weights.enter_content
    emissions[..., B_SOURCE] += weights.enter_source
    columns = np.arange(words)
    own = (columns >= cues[:, :1]) & (columns < cues[:, 1:])
    emissions[own] = [0.0, -1e4, -1e4, -1e4, -1e4]
    allowed = np.zeros((ROLES, ROLES), dtype=np.float32)
    allowed[:, I_SOURCE] = allowed[:, I_CONTENT] = -1e4
    allowed[[B_SOURCE, I_SOURCE], I_SOURCE] = 0.0
    allowed[[B_CONTENT, I_CONTENT], I_CONTENT] = 0.0
    state = emissions[:, 0] + np.asarray([0, 0, -1e4, 0, -1e4], dtype=np.float32)
    back = np.zeros((count, words, ROLES), dtype=np.int64)
    for word in range(1, words):
        paths = state[:, :, None] + allowed
        back[:, word] = paths.argmax(1)
        state = paths.max(1) + emissions[:, word]
    roles = np.zeros((count, words), dtype=np.int64)
    roles[:, -1] = state.argmax(-1)
    rows = np.arange(count)
    for word in range(words - 1, 0, -1):
        roles[:, word - 1] = back[rows, word, roles[:, word]]
    chosen = np.take_along_axis(logs, roles[..., None], -1)[..., 0]
    roled = roles > 0
    certainty = np.where(roled.any(1), (chosen * roled).sum(1) / np.maximum(roled.sum(1), 1), -10.0)
    return roles, certainty.astype(np.float32)


def spans_of(roles: npt.NDArray[np.int64], begin: int, inside: int) -> list[tuple[int, int]]:
    """Return the word spans that one role has in a sequence."""
    spans: list[tuple[int, int]] = []
    start = None
    for number, role in enumerate([*roles.tolist(), OUTSIDE]):
        if start is not None and role != inside:
            spans.append((start, number))
            start = None
        if role == begin:
            start = number
    return spans


def _softmax(scores: Floats) -> Floats:
    shifted = np.exp(scores - scores.max(-1, keepdims=True))
    normalised: Floats = shifted / shifted.sum(-1, keepdims=True)
    return normalised

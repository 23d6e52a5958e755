"""Windows as padded tensors, and batches of windows of about one length."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import torch
from models.training.encoder import Encoder
from torch import Tensor

from onrecord.encode.windows import Window

PIECES_A_BATCH = 2600
IGNORED = -100
"""Label of a word that has no part in the loss."""

_STRETCH = 400

T = TypeVar("T")


@dataclass(frozen=True)
class Inputs:
    """Encoder input of a batch of windows, padded to one length."""

    pieces: Tensor
    features: Tensor
    firsts: Tensor

    @classmethod
    def of(cls, windows: Sequence[Window]) -> Inputs:
        """Pad windows to the longest of them."""
        longest = max(len(one.pieces) for one in windows)
        words = max(len(one.firsts) for one in windows)
        pieces = np.zeros((len(windows), longest), dtype=np.int64)
        features = np.zeros((len(windows), longest, 3), dtype=np.int64)
        firsts = np.zeros((len(windows), words), dtype=np.int64)
        for number, one in enumerate(windows):
            pieces[number, : len(one.pieces)] = one.pieces
            features[number, : len(one.pieces)] = one.features
            firsts[number, : len(one.firsts)] = one.firsts
        return cls(*(torch.from_numpy(a) for a in (pieces, features, firsts)))

    def encode(self, encoder: Encoder) -> Tensor:
        """Return the word vectors (windows, words, width)."""
        return encoder(self.pieces, self.features, self.firsts)

    def encode_lower(self, encoder: Encoder) -> Tensor:
        """Return the words' vectors of the layer below (windows, words, width)."""
        return encoder.both(self.pieces, self.features, self.firsts)[1]


def by_length(
    items: Sequence[T], lengths: Sequence[int], rng: np.random.Generator, limit: int = PIECES_A_BATCH
) -> Iterator[list[T]]:
    """Yield batches of items of about one length, at most `limit` long together, in random order."""
    order = rng.permutation(len(items))
    batches: list[list[T]] = []
    # Sorted within stretches: little padding, and no epoch has the same neighbours.
    for start in range(0, len(order), _STRETCH):
        ranked = sorted(order[start : start + _STRETCH].tolist(), key=lambda i: lengths[i])
        batch: list[T] = []
        for i in ranked:
            if batch and lengths[i] * (len(batch) + 1) > limit:
                batches.append(batch)
                batch = []
            batch.append(items[i])
        batches.append(batch)
    for i in rng.permutation(len(batches)):
        yield batches[i]


def labels(rows: Sequence[np.ndarray]) -> Tensor:
    """Pad rows of labels to one length with `IGNORED`."""
    padded = np.full((len(rows), max(map(len, rows))), IGNORED, dtype=np.int64)
    for number, row in enumerate(rows):
        padded[number, : len(row)] = row
    return torch.from_numpy(padded)


def own_vectors(encoded: Tensor, windows: Sequence[Window]) -> Tensor:
    """Return one vector a word of a text from its encoded windows, (words, width)."""
    return torch.cat([encoded[i, one.own - one.start : one.end - one.start] for i, one in enumerate(windows)])

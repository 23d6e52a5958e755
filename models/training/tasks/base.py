"""What a task has to offer so that it can share the encoder with others."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import numpy as np
from models.training.encoder import Encoder
from torch import Tensor, nn


class Task(Protocol):
    """A head with its data, loss and score; a folder under `tasks/` each."""

    name: str
    head: nn.Module

    def load(self, data: Path) -> None:
        """Read the training data in the user's folder."""

    def load_dev(self, data: Path) -> None:
        """Read the development data in the user's folder."""

    def batches(self, rng: np.random.Generator) -> Iterator[object]:
        """Yield the batches of one epoch in random order."""

    def loss(self, encoder: Encoder, batch: object) -> Tensor:
        """Return the loss of a batch, to be minimised."""

    def evaluate(self, encoder: Encoder) -> dict[str, float]:
        """Return the scores on development data, in percent, the one to watch first."""

"""The encoder as it was exported, in the place of the one in torch, so that a head can be trained on it."""

from __future__ import annotations

from pathlib import Path

import torch
from models.training.encoder import Encoder
from torch import Tensor, nn

from onrecord.encode.model import open_session


class ShippedEncoder(Encoder):
    """Gives the vectors of `encoder.onnx` in a folder; there is nothing to be trained in it."""

    def __init__(self, folder: Path) -> None:
        nn.Module.__init__(self)
        self._session = open_session(folder / "encoder.onnx")

    def __deepcopy__(self, memo: object) -> ShippedEncoder:
        return self

    @torch.no_grad()
    def both(self, pieces: Tensor, features: Tensor, firsts: Tensor) -> tuple[Tensor, Tensor]:
        """Encode a batch of windows; see `Encoder.both`."""
        inputs = {"pieces": pieces, "features": features, "firsts": firsts}
        vectors, lower = self._session.run(
            ["vectors", "lower"], {name: tensor.numpy() for name, tensor in inputs.items()}
        )
        return torch.from_numpy(vectors), torch.from_numpy(lower).float()

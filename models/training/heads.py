"""What heads of several tasks are made of."""

from __future__ import annotations

import torch
from torch import Tensor, nn


class Neighbours(nn.Conv1d):
    """A convolution along the words, (batch, words, width) in and out, the words' number kept.

    It is exported as a matrix product over shifted copies, which can be quantised and a convolution
    along one axis cannot.
    """

    def __init__(self, width: int, out: int, kernel: int, dilation: int = 1) -> None:
        super().__init__(width, out, kernel, padding=dilation * (kernel // 2), dilation=dilation)

    def forward(self, hidden: Tensor) -> Tensor:
        """Mix each word with its neighbours."""
        if not torch.onnx.is_in_onnx_export():
            return super().forward(hidden.transpose(1, 2)).transpose(1, 2)
        reach, step, words = int(self.padding[0]), self.dilation[0], hidden.shape[1]
        padded = nn.functional.pad(hidden, (0, 0, reach, reach))
        shifted = [padded[:, i * step : i * step + words] for i in range(self.kernel_size[0])]
        # The weight is (out, width, kernel); its rows follow the order of the shifted copies.
        matrix = self.weight.permute(2, 1, 0).reshape(-1, self.out_channels)
        return torch.cat(shifted, -1) @ matrix + self.bias


class Tagger(nn.Module):
    """Scores of each word's class, from the word and its neighbours."""

    def __init__(self, width: int, classes: int, inner: int, dropout: float = 0.2) -> None:
        super().__init__()
        self.dropout = nn.Dropout(dropout)
        self.inner = Neighbours(width, inner, 3)
        self.out = nn.Linear(inner, classes)

    def forward(self, vectors: Tensor) -> Tensor:
        """Map word vectors (batch, words, width) to scores (batch, words, classes)."""
        hidden = nn.functional.gelu(self.inner(self.dropout(vectors)))
        return self.out(self.dropout(hidden))

"""The scorer of every word's role for each cue."""

from __future__ import annotations

import torch
from models.training.heads import Neighbours
from torch import Tensor, nn

from onrecord.annotate.claims.learned.decoding import ROLES
from onrecord.annotate.claims.learned.geometry import DISTANCES, LINES, QUOTES

_KERNEL = 5


class RoleScorer(nn.Module):
    """Scores of each word's role for each cue.

    A cue and a word meet in the product of their projections, with embeddings of where they stand
    to each other; two convolutions along the text let neighbouring words agree on where a span
    begins and ends.
    """

    def __init__(self, width: int, inner: int = 128, dropout: float = 0.2) -> None:
        super().__init__()
        self.dropout = nn.Dropout(dropout)
        self.word = nn.Linear(width, inner)
        self.cue = nn.Linear(width, inner)
        self.gate = nn.Linear(width, inner)
        self.distance = nn.Embedding(DISTANCES, inner)
        self.line = nn.Embedding(LINES, inner)
        self.quote = nn.Embedding(QUOTES, inner)
        self.mix = nn.Linear(inner, inner)
        self.near = Neighbours(inner, inner, _KERNEL)
        self.far = Neighbours(inner, inner, _KERNEL, dilation=2)
        self.norm_near = nn.LayerNorm(inner)
        self.norm_far = nn.LayerNorm(inner)
        self.out = nn.Linear(inner, ROLES)

    def forward(self, vectors: Tensor, owner: Tensor, cues: Tensor, geometry: Tensor) -> Tensor:
        """Score roles.

        Args:
            vectors: word vectors (windows, words, width).
            owner: the window of each cue (cues,).
            cues: mean vector of each cue's words (cues, width).
            geometry: classes of `learned.geometry` (cues, words, 3).

        Returns:
            scores (cues, words, 5).

        """
        words = self.word(self.dropout(vectors))[owner]
        hidden = words * torch.tanh(self.gate(cues))[:, None] + self.cue(cues)[:, None]
        hidden = (
            hidden
            + self.distance(geometry[..., 0])
            + self.line(geometry[..., 1])
            + self.quote(geometry[..., 2])
        )
        hidden = nn.functional.gelu(self.mix(nn.functional.gelu(hidden)))
        for convolution, norm in ((self.near, self.norm_near), (self.far, self.norm_far)):
            spread = convolution(self.dropout(hidden))
            hidden = norm(hidden + nn.functional.gelu(spread))
        return self.out(self.dropout(hidden))

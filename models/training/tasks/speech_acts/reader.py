"""The head of speech acts: its own copy of the encoder's upper layers, and a tagger above them."""

from __future__ import annotations

import copy

from models.training.encoder import LOWER, Encoder
from models.training.heads import Tagger
from torch import Tensor, nn

from onrecord.annotate.claims.learned.acts import CLASSES


class ActReader(nn.Module):
    """Scores of each word's act, were it a cue.

    The shared encoder learns where claims begin and end, and forgets in its upper layers what tells the
    senses of a word. So this head begins again above the layer `LOWER`, with the upper layers as they were
    pretrained, and reads one sentence at a time, a vector a word.
    """

    def __init__(self, encoder: Encoder) -> None:
        """Take the upper layers of an encoder as they are, to be trained here."""
        super().__init__()
        self.layers = copy.deepcopy(encoder.layers[LOWER:])
        self.layers.requires_grad_(True)
        self.dropout = nn.Dropout(encoder.config.dropout)
        self.tagger = Tagger(encoder.config.width, len(CLASSES), 192, dropout=0.3)

    def forward(self, vectors: Tensor, padded: Tensor | None = None) -> Tensor:
        """Map vectors (batch, words, width) to scores (batch, words, acts), `padded` words apart."""
        none = vectors.new_zeros(1, 1, 1, 1)
        mask = none if padded is None else padded[:, None, None, :].to(vectors.dtype) * -10000.0
        hidden = self.dropout(vectors)
        for layer in self.layers:
            hidden = layer(hidden, mask)
        return self.tagger(hidden)

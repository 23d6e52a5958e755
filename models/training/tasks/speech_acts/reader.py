"""The head of speech acts: its own copy of the encoder's upper layers, and a tagger above them."""

from __future__ import annotations

import copy

import torch
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


class ActAsked(nn.Module):
    """The same scores at run time, of the words that are asked about alone, of several sentences at once."""

    def __init__(self, reader: ActReader) -> None:
        """Take the weights of a trained reader."""
        super().__init__()
        self.reader = reader

    def forward(self, vectors: Tensor, sentences: Tensor, asked: Tensor) -> Tensor:
        """Map vectors (words, width), the `sentences` (words) that they are of and those `asked` to scores.

        `asked` (cues, 3) are the numbers of words with those before and behind them in their sentence, -1
        where there is none; the scores are (cues, acts). No word looks into another sentence.
        """
        others = (sentences[:, None] != sentences[None, :]).to(vectors.dtype)[None, None] * -10000.0
        hidden = vectors[None]
        for layer in self.reader.layers[:-1]:
            hidden = layer(hidden, others)
        wanted = asked.clamp(min=0).flatten()
        last = self.reader.layers[-1](hidden, others[:, :, wanted], wanted[None])[0]
        beside = last.view(-1, 3, last.shape[-1]) * (asked >= 0).to(last.dtype)[..., None]
        scores: Tensor = self.reader.tagger(beside)[:, 1]
        return torch.log_softmax(scores, -1)

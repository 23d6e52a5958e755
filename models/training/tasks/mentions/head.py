"""The heads of mentions and antecedents."""

from __future__ import annotations

import torch
from models.training.heads import Tagger
from torch import Tensor, nn

from onrecord.annotate.actors.learned.classes import CLASSES
from onrecord.annotate.actors.learned.pairs import SIZES


class AntecedentRanker(nn.Module):
    """Scores each candidate of a mention, and the case that it has none (Lee et al. 2017, on heads)."""

    def __init__(self, width: int, inner: int = 128, dropout: float = 0.3) -> None:
        super().__init__()
        self.dropout = nn.Dropout(dropout)
        self.anaphor = nn.Linear(width, 2 * inner)
        self.antecedent = nn.Linear(width, 2 * inner)
        self.features = nn.ModuleList(nn.Embedding(size, inner) for size in SIZES)
        self.product = nn.Linear(inner, inner, bias=False)
        self.mix = nn.Linear(inner, inner)
        self.out = nn.Linear(inner, 1)
        self.new = nn.Linear(inner, 1)

    def forward(self, vectors: Tensor, asked: Tensor, earlier: Tensor, features: Tensor) -> Tensor:
        """Score candidates.

        Args:
            vectors: of all mentions (mentions, width).
            asked: numbers of the mentions that are asked about, (asked,).
            earlier: their candidates (asked, candidates), none of them below 0.
            features: classes of the pairs (asked, candidates, 6).

        Returns:
            scores (asked, 1 + candidates), those of having no antecedent first.

        """
        vectors = self.dropout(vectors)
        gate, own = self.anaphor(vectors[asked]).chunk(2, -1)
        their_gate, theirs = self.antecedent(vectors).chunk(2, -1)
        hidden = self.product(gate[:, None] * their_gate[earlier])
        hidden = hidden + own[:, None] + theirs[earlier]
        for number, embedding in enumerate(self.features):
            hidden = hidden + embedding(features[..., number])
        hidden = self.dropout(nn.functional.gelu(hidden))
        hidden = nn.functional.gelu(self.mix(hidden))
        scores = self.out(self.dropout(hidden))[..., 0]
        return torch.cat([self.new(nn.functional.gelu(own)), scores], 1)


class MentionsHead(nn.Module):
    """Mention tagger and antecedent ranker together."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.mentions = Tagger(width, CLASSES, 192, dropout=0.3)
        self.antecedents = AntecedentRanker(width)

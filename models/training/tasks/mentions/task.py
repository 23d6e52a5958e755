"""Mentions and antecedents as a task of the shared encoder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
from models.training.batches import Inputs, own_vectors
from models.training.encoder import Encoder
from models.training.tasks.mentions.data import Document, read_documents
from models.training.tasks.mentions.head import MentionsHead
from torch import Tensor, nn

from onrecord.annotate.actors.learned.pairs import Heads, PairFeatures, candidates
from onrecord.encode.words import WordPieces

_IMPOSSIBLE = -1e4


class MentionsTask:
    """Mentions of GUM and their antecedents; a batch is a document. See `base.Task`."""

    name = "mentions"

    def __init__(self, pieces: WordPieces, width: int = 384) -> None:
        self.head: MentionsHead = MentionsHead(width)
        self._pieces = pieces
        self._train: list[Document] = []
        self.dev: list[Document] = []

    def load(self, data: Path) -> None:
        """Read `actors/train.jsonl`."""
        self._train = list(read_documents(data / "actors" / "train.jsonl", self._pieces))

    def load_dev(self, data: Path) -> None:
        """Read `actors/dev.jsonl`."""
        self.dev = list(read_documents(data / "actors" / "dev.jsonl", self._pieces))

    def batches(self, rng: np.random.Generator) -> Iterator[Document]:
        """Yield the documents in random order."""
        for i in rng.permutation(len(self._train)):
            yield self._train[i]

    def loss(self, encoder: Encoder, batch: Document) -> Tensor:
        """Cross-entropy of the classes, and the marginal likelihood of all right antecedents."""
        vectors = own_vectors(Inputs.of(batch.windows).encode(encoder), batch.windows)
        scores = self.head.mentions(vectors[None])[0]
        loss = nn.functional.cross_entropy(scores.float(), torch.from_numpy(batch.classes()))
        if len(batch.heads) > 1:
            ranked, earlier = self._rank(vectors, batch, batch.heads)
            right = (batch.entities[earlier] == batch.entities[:, None]) & (earlier >= 0)
            right = np.concatenate([~right.any(1, keepdims=True), right], 1)
            likely = torch.log_softmax(ranked.float(), 1)
            wanted = likely.masked_fill(~torch.from_numpy(right), _IMPOSSIBLE)
            loss = loss - torch.logsumexp(wanted, 1).mean()
        return loss

    def _rank(self, vectors: Tensor, document: Document, heads: Heads) -> tuple[Tensor, np.ndarray]:
        mentions = np.arange(len(heads))
        earlier = candidates(mentions)
        known = np.maximum(earlier, 0)
        features = PairFeatures(document.words, heads)(mentions, known)
        ranked = self.head.antecedents(
            vectors[torch.from_numpy(heads.words)],
            torch.from_numpy(mentions),
            torch.from_numpy(known),
            torch.from_numpy(features),
        )
        absent = torch.from_numpy(np.pad(earlier < 0, ((0, 0), (1, 0))))
        return ranked.masked_fill(absent, _IMPOSSIBLE), earlier

    @torch.no_grad()
    def evaluate(self, encoder: Encoder) -> dict[str, float]:
        """Return F1 of mention heads, and how often the best antecedent of a gold mention is right."""
        right = found = gold = linked = anaphors = decided = 0
        for document in self.dev:
            vectors = own_vectors(Inputs.of(document.windows).encode(encoder), document.windows)
            said = self.head.mentions(vectors[None])[0].argmax(-1).numpy()
            classes = document.classes()
            right += int(((said > 0) & (classes > 0)).sum())
            found += int((said > 0).sum())
            gold += int((classes > 0).sum())
            ranked, earlier = self._rank(vectors, document, document.heads)
            best = ranked.argmax(1).numpy()
            for number, choice in enumerate(best):
                before = document.entities[:number] == document.entities[number]
                anaphors += bool(before.any())
                if choice:
                    decided += 1
                    linked += bool(
                        document.entities[earlier[number, choice - 1]] == document.entities[number]
                    )
        return {
            "detection": 200 * right / max(1, found + gold),
            "links": 200 * linked / max(1, anaphors + decided),
        }

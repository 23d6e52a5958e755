"""Attribution as a task of the shared encoder."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from models.training.batches import IGNORED, Inputs, by_length, labels
from models.training.encoder import Encoder
from models.training.heads import Tagger
from models.training.tasks.attribution.data import Attribution, Document, Example, examples, read_documents
from models.training.tasks.attribution.head import RoleScorer
from models.training.tasks.attribution.score import Scores
from torch import Tensor, nn

from onrecord.annotate.claims.learned.decoding import (
    B_CONTENT,
    B_SOURCE,
    CUES,
    I_CONTENT,
    I_SOURCE,
    Weights,
    best_roles,
    cue_spans,
    spans_of,
)
from onrecord.annotate.claims.learned.geometry import geometry
from onrecord.annotate.claims.learned.policy import load_policy
from onrecord.encode.windows import Window, windows
from onrecord.encode.words import WordPieces

Encoded = tuple[Window, Tensor]

_CUE_WEIGHT = 3.0
_ROLE_WEIGHT = 3.0


@dataclass(frozen=True)
class Batch:
    """Windows with their labels; `owner` is the window of each cue."""

    inputs: Inputs
    tags: Tensor
    owner: Tensor
    cues: list[tuple[int, int]]
    geometry: Tensor
    roles: Tensor


class AttributionHead(nn.Module):
    """Cue tagger and role scorer together."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.cues = Tagger(width, CUES, 128)
        self.roles = RoleScorer(width)


class AttributionTask:
    """Cue, source and content from PolNeAR; see `base.Task`."""

    name = "attribution"

    def __init__(self, pieces: WordPieces, width: int = 384) -> None:
        self.head: AttributionHead = AttributionHead(width)
        self._pieces = pieces
        self._examples: list[Example] = []
        self.dev: list[Document] = []

    def load(self, data: Path) -> None:
        """Read `polnear/train.jsonl`."""
        train = read_documents(data / "polnear" / "train.jsonl", self._pieces)
        self._examples = [example for document in train for example in examples(document)]

    def load_fold(self, data: Path, fold: int, folds: int) -> None:
        """Read `polnear/train.jsonl`, every so-manieth article of it as development data."""
        documents = list(read_documents(data / "polnear" / "train.jsonl", self._pieces))
        self.dev = documents[fold::folds]
        held_out = {document.id for document in self.dev}
        self._examples = [
            example for document in documents if document.id not in held_out for example in examples(document)
        ]

    def load_dev(self, data: Path) -> None:
        """Read `polnear/dev.jsonl`."""
        self.dev = list(read_documents(data / "polnear" / "dev.jsonl", self._pieces))

    def batches(self, rng: np.random.Generator) -> Iterator[Batch]:
        """Yield batches of windows of about one length, in random order."""
        lengths = [len(one.window.pieces) for one in self._examples]
        yield from map(collate, by_length(self._examples, lengths, rng))

    def loss(self, encoder: Encoder, batch: Batch) -> Tensor:
        """Cross-entropy of cue tags and of the roles for the gold cues."""
        vectors = batch.inputs.encode(encoder)
        tags = self.head.cues(vectors)
        loss = _CUE_WEIGHT * nn.functional.cross_entropy(
            tags.float().flatten(0, 1), batch.tags.flatten(), ignore_index=IGNORED
        )
        if batch.cues:
            scores = self.head.roles(*role_inputs(vectors, batch))
            roles = nn.functional.cross_entropy(
                scores.float().flatten(0, 1), batch.roles.flatten(), ignore_index=IGNORED
            )
            loss = loss + _ROLE_WEIGHT * roles
        return loss

    @torch.no_grad()
    def evaluate(self, encoder: Encoder) -> dict[str, float]:
        """Return relation F1 and its parts on the development articles."""
        scores, weights = Scores(), load_policy().decoding
        for document in self.dev:
            scores.add(document, self.predict(self.encode(encoder, document), document, weights))
        return scores.percent()

    @torch.no_grad()
    def encode(self, encoder: Encoder, document: Document) -> list[Encoded]:
        """Return the windows of an article, each with its vectors (1, words, width)."""
        cut = windows(document.words, document.pieces)
        return [(window, Inputs.of([window]).encode(encoder)) for window in cut]

    @torch.no_grad()
    def predict(self, encoded: list[Encoded], document: Document, weights: Weights) -> list[Attribution]:
        """Return the attributions of an encoded article."""
        found = []
        for window, vectors in encoded:
            tags = self.head.cues(vectors)[0].float().numpy()
            own = [span for span in cue_spans(tags, weights.cue_bias) if window.start + span[0] >= window.own]
            if not own:
                continue
            cues = np.asarray([span[:2] for span in own])
            lines = document.words.lines[window.start : window.end]
            quotes = document.words.features[window.start : window.end, 1]
            where = torch.from_numpy(geometry(cues, lines, quotes))
            means = torch.stack([vectors[0, start:end].mean(0) for start, end in cues])
            owner = torch.zeros(len(cues), dtype=torch.long)
            scores = self.head.roles(vectors, owner, means, where).float().numpy()
            roles, _ = best_roles(scores, cues, weights)
            for (start, end), row in zip(cues.tolist(), roles, strict=True):
                moved = [
                    [(a + window.start, b + window.start) for a, b in spans_of(row, *marks)]
                    for marks in ((B_SOURCE, I_SOURCE), (B_CONTENT, I_CONTENT))
                ]
                if moved[1]:
                    found.append(Attribution(moved[0], (start + window.start, end + window.start), moved[1]))
        return found


def role_inputs(vectors: Tensor, batch: Batch) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Return the role scorer's inputs for the gold cues of a batch."""
    means = torch.stack(
        [
            vectors[window, start:end].mean(0)
            for window, (start, end) in zip(batch.owner.tolist(), batch.cues, strict=True)
        ]
    )
    return vectors, batch.owner, means, batch.geometry


def collate(batch: list[Example]) -> Batch:
    """Pad windows and their labels to one length."""
    words = max(len(one.tags) for one in batch)
    where = np.zeros((sum(len(one.cues) for one in batch), words, 3), dtype=np.int64)
    roles = np.full(where.shape[:2], IGNORED, dtype=np.int64)
    owner: list[int] = []
    cues: list[tuple[int, int]] = []
    for number, one in enumerate(batch):
        if not len(one.cues):
            continue
        rows, size = slice(len(cues), len(cues) + len(one.cues)), len(one.tags)
        window = one.window
        lines = one.words.lines[window.start : window.end]
        quotes = one.words.features[window.start : window.end, 1]
        roles[rows, :size] = one.roles
        where[rows, :size] = geometry(one.cues, lines, quotes)
        owner.extend([number] * len(one.cues))
        cues.extend((int(a), int(b)) for a, b in one.cues)
    return Batch(
        Inputs.of([one.window for one in batch]),
        labels([one.tags for one in batch]),
        torch.tensor(owner, dtype=torch.long),
        cues,
        torch.from_numpy(where),
        torch.from_numpy(roles),
    )

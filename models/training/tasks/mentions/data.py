"""GUM as documents of words: the head word of each mention, its class and its entity."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from models.training.texts import tokenize, word_range

from onrecord.annotate.actors.learned.classes import KINDS, TYPES, class_of
from onrecord.annotate.actors.learned.pairs import Heads
from onrecord.encode.windows import Window, windows
from onrecord.encode.words import Ints, WordPieces, Words


@dataclass(frozen=True)
class Document:
    """A document with its mentions; `entities` numbers the entity of each, in the order of `heads`."""

    id: str
    words: Words
    windows: list[Window]
    heads: Heads
    entities: Ints

    def classes(self) -> Ints:
        """Return the class of every word."""
        classes = np.zeros(len(self.words.texts), dtype=np.int64)
        classes[self.heads.words] = self.heads.classes
        return classes


def read_documents(path: Path, pieces: WordPieces) -> Iterator[Document]:
    """Yield the documents of a GUM JSONL file: `id`, `text`, `entities` with their mentions.

    Of two mentions with one head word ("Ann and her sister", "Ann") the shorter is taken.
    """
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            words = tokenize(row["text"])
            taken: dict[int, tuple[int, int, int]] = {}
            for number, entity in enumerate(row["entities"]):
                if entity["type"] not in TYPES:
                    continue
                for mention in entity["mentions"]:
                    head = word_range(words, mention["head"]["start"], mention["head"]["end"])
                    if head is None or mention["kind"] not in KINDS:
                        continue
                    size = mention["end"] - mention["start"]
                    one = (size, class_of(mention["kind"], entity["type"]), number)
                    taken[head[1] - 1] = min(one, taken.get(head[1] - 1, one))
            order = sorted(taken)
            yield Document(
                row["id"],
                words,
                list(windows(words, pieces(words.texts))),
                Heads(
                    np.asarray(order, dtype=np.int64),
                    np.asarray([taken[i][1] for i in order], dtype=np.int64),
                ),
                np.asarray([taken[i][2] for i in order], dtype=np.int64),
            )

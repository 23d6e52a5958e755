"""Sentences with one cue in square brackets and the act that it stands for."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from models.training.batches import IGNORED
from models.training.texts import tokenize, word_range

from onrecord.annotate.claims.learned.acts import CLASSES
from onrecord.encode.windows import Window, windows
from onrecord.encode.words import Ints, WordPieces

SENTENCES = Path(__file__).parent / "sentences"


@dataclass(frozen=True)
class Example:
    """A sentence as a window; `acts` holds the class of each word of the cue, `IGNORED` elsewhere."""

    text: str
    window: Window
    acts: Ints


def read_sentences(path: Path, pieces: WordPieces) -> Iterator[Example]:
    """Yield the sentences of a TSV file with the columns `act` and `sentence`.

    Raises ValueError with the line for one that has not exactly one cue, or an unknown act.
    """
    with path.open(encoding="utf-8", newline="") as lines:
        reader = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        for row in reader:
            text, start, end = unmarked(row["sentence"], f"{path}:{reader.line_num}")
            if row["act"] not in CLASSES:
                raise ValueError(f"{path}:{reader.line_num}: {row['act']!r} is no act")
            words = tokenize(text)
            where = word_range(words, start, end)
            if where is None:
                raise ValueError(f"{path}:{reader.line_num}: the cue is no word")
            (window,) = windows(words, pieces(words.texts))
            acts = np.full(len(words.texts), IGNORED, dtype=np.int64)
            acts[slice(*where)] = CLASSES.index(row["act"])
            yield Example(text, window, acts)


def unmarked(sentence: str, where: str) -> tuple[str, int, int]:
    """Return a sentence without its brackets, and the start and end of what stood in them."""
    before, opened, rest = sentence.partition("[")
    cue, closed, behind = rest.partition("]")
    if not (opened and closed and cue) or "[" in behind or "]" in behind:
        raise ValueError(f"{where}: one cue in brackets is wanted")
    return before + cue + behind, len(before), len(before) + len(cue)

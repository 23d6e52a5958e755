"""The tags of the names head: BIO of the eighteen types of OntoNotes 5."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

LABELS: Final = (
    "PERSON",
    "NORP",
    "FAC",
    "ORG",
    "GPE",
    "LOC",
    "PRODUCT",
    "EVENT",
    "WORK_OF_ART",
    "LAW",
    "LANGUAGE",
    "DATE",
    "TIME",
    "PERCENT",
    "MONEY",
    "QUANTITY",
    "ORDINAL",
    "CARDINAL",
)
TAGS: Final = 1 + 2 * len(LABELS)
"""Tag 0 is outside; the type number t begins with tag 1 + 2t and goes on with tag 2 + 2t."""

Scores = np.ndarray[Any, np.dtype[np.float32]]


def tags_of(spans: list[tuple[int, int, str]], words: int) -> np.ndarray[Any, np.dtype[np.int64]]:
    """Return the tag of each word, given (start, end, label) in words; spans do not overlap."""
    tags = np.zeros(words, dtype=np.int64)
    for start, end, label in spans:
        tags[start] = 1 + 2 * LABELS.index(label)
        tags[start + 1 : end] = 2 + 2 * LABELS.index(label)
    return tags


def spans_of(scores: Scores) -> list[tuple[int, int, str]]:
    """Return (start, end, label) in words of the best tags that make names.

    A name goes on only as what it began as; where the best tags word by word break that, Viterbi
    finds the best that do not. Scores are (words, tags).
    """
    best = scores.argmax(1)
    names = np.flatnonzero(best)
    if not len(names):
        return []
    found: list[tuple[int, int, str]] = []
    cuts = np.flatnonzero(np.diff(names) > 1) + 1
    for run in np.split(names, cuts):
        low, high = int(run[0]), int(run[-1]) + 1
        tags = best[low:high].tolist()
        if not _is_lawful(tags):
            tags = _best_path(scores[low:high])
        found.extend((low + start, low + end, label) for start, end, label in _spans(tags))
    return found


def _is_lawful(tags: list[int]) -> bool:
    return all(tag % 2 or tag in (before, before + 1) for before, tag in zip([-1, *tags], tags, strict=False))


def _spans(tags: list[int]) -> list[tuple[int, int, str]]:
    begins = [i for i, tag in enumerate(tags) if tag % 2]
    found = []
    for start in begins:
        end = start + 1
        while end < len(tags) and tags[end] == tags[start] + 1:
            end += 1
        found.append((start, end, LABELS[(tags[start] - 1) // 2]))
    return found


def _best_path(scores: Scores) -> list[int]:
    begin, inside = slice(1, TAGS, 2), slice(2, TAGS, 2)
    begins, insides = np.arange(1, TAGS, 2), np.arange(2, TAGS, 2)
    total = scores[0].copy()
    total[inside] = -np.inf
    backs = np.zeros(scores.shape, dtype=np.int64)
    for i in range(1, len(scores)):
        # Outside and beginnings may follow anything; an inside only its own beginning or inside.
        backs[i] = total.argmax()
        backs[i, inside] = np.where(total[inside] > total[begin], insides, begins)
        total = scores[i] + total[backs[i]]
    path = [int(total.argmax())]
    for row in backs[:0:-1]:
        path.append(int(row[path[-1]]))
    return path[::-1]

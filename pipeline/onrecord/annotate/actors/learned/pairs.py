"""What the antecedent ranker sees of two mentions besides their vectors, as classes to embed.

A mention is known by its head word and class. Its candidates are the `REACH` mentions before it, so
that time is linear in the article's length; what lies farther back is for name matching.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from onrecord.annotate.actors.learned.classes import CLASSES
from onrecord.encode.words import Ints, Words

REACH: Final = 80
"""Candidates of a mention."""

PRONOUNS: Final = (
    frozenset({"he", "him", "his", "himself"}),
    frozenset({"she", "her", "hers", "herself"}),
    frozenset({"it", "its", "itself"}),
    frozenset({"they", "them", "their", "theirs", "themselves"}),
    frozenset({"i", "me", "my", "mine", "myself"}),
    frozenset({"we", "us", "our", "ours", "ourselves"}),
    frozenset({"you", "your", "yours", "yourself", "yourselves"}),
    frozenset({"who", "whom", "whose", "which", "that"}),
)
"""He, she, it, they, I, we, you and who, each with its forms."""
_GROUPS: Final = len(PRONOUNS) + 1
_DISTANCES: Final = np.asarray([1, 2, 3, 4, 5, 7, 10, 15, 22, 32, 48])
_LINES: Final = np.asarray([0, 1, 2, 4, 8, 16])

SIZES: Final = (
    CLASSES * CLASSES,
    len(_DISTANCES) + 1,
    len(_LINES) + 1,
    7,
    _GROUPS * _GROUPS,
    4,
)
"""How many classes each feature has: kinds and types, distance, lines, wording, pronouns, quotations."""


@dataclass(frozen=True)
class Heads:
    """The mentions of a text in order: their head words (indices) and classes."""

    words: Ints
    classes: Ints

    def __len__(self) -> int:
        """Return the number of mentions."""
        return len(self.words)


def candidates(mentions: Ints) -> Ints:
    """Return the candidates of mentions, by number, nearest first.

    The shape is (mentions, candidates); where a mention has fewer than the others stands -1.
    """
    reach = min(REACH, max(int(mentions.max(initial=0)), 1))
    earlier: Ints = np.maximum(mentions[:, None] - 1 - np.arange(reach), -1)
    return earlier


class PairFeatures:
    """The features of pairs of mentions of one text."""

    def __init__(self, words: Words, heads: Heads) -> None:
        """Look at every mention once."""
        self._heads = heads
        self._groups = np.asarray([_group(words.texts[i]) for i in heads.words], dtype=np.int64)
        self._quoted = (words.features[heads.words, 1] > 0).astype(np.int64)
        self._lines = words.lines[heads.words]
        self._wording = _Wording(words, heads)

    def __call__(self, mentions: Ints, earlier: Ints) -> Ints:
        """Return the classes of pairs, (mentions, candidates, 6), each below its number in `SIZES`.

        `earlier` are the candidates of the mentions, none of them below 0.
        """
        later = mentions[:, None]
        classes = self._heads.classes
        return np.stack(
            [
                classes[later] * CLASSES + classes[earlier],
                np.searchsorted(_DISTANCES, later - earlier),
                np.searchsorted(_LINES, self._lines[later] - self._lines[earlier]),
                self._wording(later, earlier),
                self._groups[later] * _GROUPS + self._groups[earlier],
                self._quoted[later] * 2 + self._quoted[earlier],
            ],
            -1,
        ).astype(np.int64)


def _group(word: str) -> int:
    lower = word.lower()
    return next((i for i, group in enumerate(PRONOUNS, 1) if lower in group), 0)


class _Wording:
    """How the wordings of two mentions relate, 0 to 6.

    0: other head words; 1: one begins with the other; 2: the same head word, nothing before either;
    3: before one only; 4: before both the same; 5: before both another; 6: one is the other's initials.
    """

    def __init__(self, words: Words, heads: Heads) -> None:
        texts = [words.texts[i].lower() for i in heads.words]
        numbers: dict[str, int] = {}
        self._heads = np.asarray([numbers.setdefault(t, len(numbers)) for t in texts], dtype=np.int64)
        stems: dict[str, int] = {}
        self._stems = np.asarray([stems.setdefault(t[:5], len(stems)) for t in texts], dtype=np.int64)
        before: dict[str, int] = {"": 0}
        self._before = np.asarray(
            [before.setdefault(_name_before(words, int(i)), len(before)) for i in heads.words], dtype=np.int64
        )
        initials: dict[str, int] = {"": 0}
        self._initials = np.asarray(
            [initials.setdefault(_initials(words, int(i)), len(initials)) for i in heads.words],
            dtype=np.int64,
        )
        self._capitals = np.asarray(
            [
                initials.get(text, -1) if (text := words.texts[i]).isupper() and len(text) > 1 else -1
                for i in heads.words
            ],
            dtype=np.int64,
        )

    def __call__(self, later: Ints, earlier: Ints) -> Ints:
        same = self._heads[later] == self._heads[earlier]
        stem = self._stems[later] == self._stems[earlier]
        one, other = self._before[later], self._before[earlier]
        kind = np.where(stem, 1, 0)
        initials = (self._capitals[later] == self._initials[earlier]) | (
            self._capitals[earlier] == self._initials[later]
        )
        kind = np.where(initials & ~same, 6, kind)
        both = (one > 0) & (other > 0)
        apart = np.where(one == other, 4, 5)
        neither = (one == 0) & (other == 0)
        return np.where(same, np.where(both, apart, np.where(neither, 2, 3)), kind)


def _name_before(words: Words, head: int) -> str:
    """Return the capitalised word right before a head, as in given name and surname."""
    if head == 0 or words.lines[head - 1] != words.lines[head]:
        return ""
    word = words.texts[head - 1]
    return word.lower() if word[0].isupper() and words.texts[head][0].isupper() else ""


def _initials(words: Words, head: int) -> str:
    """Return the initials of the capitalised words up to a head: Popular Mobilization Forces, PMF."""
    start = head
    while (
        start > 0
        and head - start < 6
        and words.lines[start - 1] == words.lines[head]
        and (words.texts[start - 1][0].isupper() or words.texts[start - 1] in ("of", "and", "for", "the"))
    ):
        start -= 1
    parts = [words.texts[i][0] for i in range(start, head + 1) if words.texts[i][0].isupper()]
    return "".join(parts) if len(parts) > 1 else ""

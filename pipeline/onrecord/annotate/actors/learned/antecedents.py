"""Antecedents by the learned ranker, for the mentions that the rules work with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

import numpy as np

from onrecord.annotate.actors.learned.classes import TYPES, class_of, kind_and_type
from onrecord.annotate.actors.learned.model import Ranking, Reading
from onrecord.annotate.actors.learned.pairs import Heads
from onrecord.annotate.actors.lexicon import HeadClass
from onrecord.annotate.actors.mention import Mention
from onrecord.annotate.actors.salience import Cluster
from onrecord.annotate.actors.tokens import Tokens

T = TypeVar("T")

_HEAD_CLASS: dict[str, HeadClass] = {"person": "person", "organization": "organization"}


def told_nominals(tokens: Tokens, reading: Reading) -> dict[int, HeadClass]:
    """Return the heads of nominals for people and bodies that the tagger sees, by token."""
    said = reading.classes.argmax(1)
    told = {}
    for token, class_ in zip(_words(tokens), said.tolist(), strict=True):
        if class_:
            kind, type_ = kind_and_type(class_)
            if kind == "nominal" and type_ in _HEAD_CLASS:
                told[token] = _HEAD_CLASS[type_]
    return told


class RankedAntecedents:
    """Finds the cluster that a nominal joins, by the learned ranker.

    `heads` are the tokens that are heads of mentions, those of the rules and those that only the tagger
    sees; `classes` are theirs, and `mention_of` the numbers of the rules' mentions, -1 where they have none.
    """

    def __init__(self, tokens: Tokens, mentions: list[Mention], reading: Reading) -> None:
        """Rank the mentions of a text, and the heads besides them that only the tagger sees."""
        word_of = {token: word for word, token in enumerate(_words(tokens))}
        scores = reading.classes
        classes = scores.argmax(1)
        number_at: dict[int, int] = {}
        for number, mention in enumerate(mentions):
            if mention.competitor and classes[word_of[mention.head]] == 0:
                continue
            word = word_of[_head(mention)]
            number_at.setdefault(word, number)
            if not mention.competitor:
                low = class_of(mention.kind, TYPES[0])
                classes[word] = low + int(scores[word, low : low + len(TYPES)].argmax())
        heads = np.flatnonzero(classes)
        words = _words(tokens)
        self.heads = [words[word] for word in heads.tolist()]
        self.classes = classes[heads].tolist()
        self.mention_of = [number_at.get(int(word), -1) for word in heads]
        self._place_of = {number: place for place, number in enumerate(self.mention_of) if number >= 0}
        self._reading = reading
        self._heads = Heads(heads.astype(np.int64), classes[heads].astype(np.int64))
        asked = [p for n, p in self._place_of.items() if mentions[n].kind == "nominal"]
        self._rankings = self.rank(asked)

    def rank(self, asked: list[int]) -> dict[int, Ranking]:
        """Return what each of some heads, by their places among `heads`, may refer back to."""
        return self._reading.rank(self._heads, np.asarray(sorted(asked), dtype=np.int64))

    def find(self, number: int, owner: Mapping[int, Cluster]) -> Cluster | None:
        """Return the cluster that a nominal joins, or None where to begin a new one is likelier."""
        ranking = self._rankings.get(self._place_of.get(number, -1))
        if ranking is None:
            return None

        def meant(earlier: int) -> Cluster | None:
            cluster = owner.get(self.mention_of[earlier])
            return None if cluster is None or cluster.competitor else cluster

        return likeliest(ranking, meant)


def likeliest(ranking: Ranking, meant: Callable[[int], T]) -> T | None:
    """Return what a mention most likely means, or None where to begin something new is likelier.

    `meant` tells what an earlier mention means, by its place among the heads. The chances of its mentions
    count together (Lee et al. 2017 take the best mention alone; who was named often is then too easily left).
    """
    objects: dict[int, T] = {}
    chances: dict[int, float] = {}
    none = ranking.none
    for earlier, chance in zip(ranking.candidates.tolist(), ranking.probabilities.tolist(), strict=True):
        if earlier < 0:
            break
        one = meant(earlier)
        if one is None:
            none = max(none, chance)
        else:
            objects[id(one)] = one
            chances[id(one)] = chances.get(id(one), 0.0) + chance
    best = max(chances, key=chances.__getitem__, default=None)
    return objects[best] if best is not None and chances[best] > none else None


def _words(tokens: Tokens) -> list[int]:
    return [index for index, text in enumerate(tokens.text) if not text.isspace()]


def _head(mention: Mention) -> int:
    """The head as the training data has it: of a name its last word."""
    return mention.end - 1 if mention.kind == "name" else mention.head

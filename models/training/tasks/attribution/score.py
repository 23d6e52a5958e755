"""Scores of attributions: relation, strict relation, cue and content, as matches of word sets.

The measures of attribution extraction as one-to-one pairs: contents with a Jaccard index of at
least one half, and sources that share a word (or none on either side); `strict` wants equal
contents. Punctuation does not count.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from models.training.tasks.attribution.data import Attribution, Document

_WORD = re.compile(r"\w")


@dataclass(frozen=True)
class _Sets:
    source: frozenset[int]
    cue: frozenset[int]
    content: frozenset[int]


class Scores:
    """Adds up over articles; `percent` gives F1 of every measure."""

    def __init__(self) -> None:
        self._right: Counter[str] = Counter()
        self._gold: Counter[str] = Counter()
        self._found: Counter[str] = Counter()

    def add(self, document: Document, found: list[Attribution]) -> None:
        """Score one article."""
        spoken = [bool(_WORD.search(text)) for text in document.words.texts]
        gold, predicted = ([_sets(one, spoken) for one in many] for many in (document.attributions, found))
        for measure, admits in _MEASURES.items():
            wanted = [one for one in gold if one.cue] if measure == "cue" else gold
            offered = [one for one in predicted if one.cue] if measure == "cue" else predicted
            self._gold[measure] += len(wanted)
            self._found[measure] += len(offered)
            self._right[measure] += len(_pairs(wanted, offered, admits))

    def percent(self) -> dict[str, float]:
        """Return F1 in percent by measure, with precision and recall of the relation."""
        scores = {
            measure: 200 * self._right[measure] / max(1, self._gold[measure] + self._found[measure])
            for measure in _MEASURES
        }
        scores["precision"] = 100 * self._right["relation"] / max(1, self._found["relation"])
        scores["recall"] = 100 * self._right["relation"] / max(1, self._gold["relation"])
        return scores


def _sets(one: Attribution, spoken: list[bool]) -> _Sets:
    def words(spans: list[tuple[int, int]]) -> frozenset[int]:
        return frozenset(i for start, end in spans for i in range(start, end) if spoken[i])

    return _Sets(words(one.source), words([one.cue] if one.cue else []), words(one.content))


def _jaccard(one: _Sets, other: _Sets) -> float:
    shared = len(one.content & other.content)
    return shared / (len(one.content) + len(other.content) - shared) if shared else 0.0


def _same_source(one: _Sets, other: _Sets) -> bool:
    return bool(one.source & other.source) or not (one.source or other.source)


_MEASURES: dict[str, Callable[[_Sets, _Sets], bool]] = {
    "relation": lambda one, other: _jaccard(one, other) >= 0.5 and _same_source(one, other),
    "strict": lambda one, other: (
        bool(one.content) and one.content == other.content and _same_source(one, other)
    ),
    "cue": lambda one, other: bool(one.cue & other.cue),
    "content": lambda one, other: bool(one.content) and one.content == other.content,
}


def right_ones(gold: list[Attribution], found: list[Attribution], spoken: list[bool]) -> set[int]:
    """Return the numbers of the found attributions that are right by the relation measure."""
    wanted, offered = ([_sets(one, spoken) for one in many] for many in (gold, found))
    return _pairs(wanted, offered, _MEASURES["relation"])


def _pairs(gold: list[_Sets], found: list[_Sets], admits: Callable[[_Sets, _Sets], bool]) -> set[int]:
    """Pair gold and found ones, the likest first, each once; returns the numbers of the found ones."""
    candidates = sorted(
        (-_jaccard(one, other), not _same_source(one, other), -len(one.cue & other.cue), i, j)
        for i, one in enumerate(gold)
        for j, other in enumerate(found)
        if admits(one, other)
    )
    used_gold: set[int] = set()
    used_found: set[int] = set()
    for *_, i, j in candidates:
        if i not in used_gold and j not in used_found:
            used_gold.add(i)
            used_found.add(j)
    return used_found

"""Where the spans of a predicted text stand in the gold text.

A system may clean the text of an article in its own way, so offsets of the two texts need not
agree. Both are cut into word tokens and aligned, and spans are compared as sets of tokens of the
gold text; punctuation, quotation marks and white space never count.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from difflib import SequenceMatcher

from onrecord.evaluate.items import ScoredSpan
from onrecord.evaluate.names import fold

Tokens = frozenset[int]
"""Numbers of tokens of the gold text; tokens that the gold text lacks have negative numbers."""

_TOKEN = re.compile(r"\w+")


class Alignment:
    """Turns spans of a text into tokens of the gold text.

    A span whose tokens are not all aligned is looked up by its words, nearest to where the alignment
    expects it; failing that, each of its tokens counts by itself. A span whose text is not what
    stands at its offsets breaks the contract: it is looked up by its text, and counted in `slipped`.
    """

    def __init__(self, gold_text: str, text: str | None = None) -> None:
        self._text = gold_text if text is None else text
        matches = list(_TOKEN.finditer(self._text))
        self._starts = [match.start() for match in matches]
        self._ends = [match.end() for match in matches]
        self._tokens = [fold(match.group()) for match in matches]
        self._gold = self._tokens if text is None else [fold(word) for word in _TOKEN.findall(gold_text)]
        self._to_gold = _aligned(self._tokens, self._gold)
        self._aligned = sorted(self._to_gold)
        self._places: dict[str, list[int]] = defaultdict(list)
        for number, word in enumerate(self._gold):
            self._places[word].append(number)
        self._known: dict[tuple[int | None, int | None, str | None], Tokens] = {}
        self.slipped: set[tuple[int, int, str]] = set()

    def __call__(self, span: ScoredSpan | None) -> Tokens:
        """Return the tokens of a span; none for no span."""
        if span is None:
            return frozenset()
        key = (span.start, span.end, span.text)
        if key not in self._known:
            self._known[key] = self._locate(*key)
        return self._known[key]

    def _locate(self, start: int | None, end: int | None, text: str | None) -> Tokens:
        if start is None or end is None:
            if not text:
                return frozenset()
            start = end = max(0, self._text.find(text))
        if text is not None and self._text[start:end] != text:
            return self._locate_by_text(start, end, text)
        found = range(bisect_right(self._ends, start), bisect_left(self._starts, end))
        if all(number in self._to_gold for number in found):
            return frozenset(self._to_gold[number] for number in found)
        place = self._nearest([self._tokens[number] for number in found], self._expected(found[0]))
        if place is not None:
            return frozenset(place)
        return frozenset(self._to_gold.get(number, -1 - number) for number in found)

    def _locate_by_text(self, start: int, end: int, text: str) -> Tokens:
        self.slipped.add((start, end, text))
        wanted = [fold(word) for word in _TOKEN.findall(text)]
        share = start / max(1, len(self._text))
        place = self._nearest(wanted, round(share * len(self._gold)))
        return frozenset(place if place is not None else (-1 - start - n for n in range(len(wanted))))

    def _expected(self, number: int) -> int:
        """Return where in the gold text a token should stand, by its nearest aligned neighbour."""
        if not self._aligned:
            return round(number / max(1, len(self._tokens)) * len(self._gold))
        right = bisect_left(self._aligned, number)
        near = min(self._aligned[max(0, right - 1) : right + 1], key=lambda one: abs(one - number))
        return self._to_gold[near] + number - near

    def _nearest(self, wanted: Sequence[str], near: int) -> range | None:
        """Return the occurrence of a sequence of words in the gold text that is nearest to a place."""
        if not wanted:
            return None
        size = len(wanted)
        starts = [
            start for start in self._places.get(wanted[0], ()) if self._gold[start : start + size] == wanted
        ]
        if not starts:
            return None
        best = min(starts, key=lambda start: abs(start - near))
        return range(best, best + size)


def _aligned(tokens: Sequence[str], gold: Sequence[str]) -> dict[int, int]:
    if tokens == gold:
        return {number: number for number in range(len(tokens))}
    blocks = SequenceMatcher(None, tokens, gold, autojunk=False).get_matching_blocks()
    return {one + n: other + n for one, other, size in blocks for n in range(size)}
